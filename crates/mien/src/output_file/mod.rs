//! Writing a file so that a failure leaves nothing behind and never harms an input.

mod replace;

use crate::failure::Failure;
use crate::picture_file::Ending;
use pixel::{Format, Image, Srgb8, encode_jpeg, encode_png};
use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// JPEG quality of drawings and sheets.
const QUALITY: u8 = 92;

/// A place to write to, checked before the work begins.
#[derive(Clone, Debug)]
pub(crate) struct OutputFile {
    /// As the person named it.
    named: PathBuf,
    /// Where the bytes go: links followed.
    target: PathBuf,
}

impl OutputFile {
    /// Checks that `path` can be a result: its folder exists, it is no folder or device, and it is
    /// none of `inputs` by whatever name (link or other spelling).
    pub(crate) fn check(path: &Path, inputs: &Inputs) -> Result<OutputFile, Failure> {
        let metadata = match fs::metadata(path) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                check_parent(path)?;
                return Ok(OutputFile {
                    named: path.to_owned(),
                    target: path.to_owned(),
                });
            }
            Err(error) => return Err(Failure::write(path, error)),
        };
        if metadata.is_dir() {
            let error = io::Error::from(io::ErrorKind::IsADirectory);
            return Err(Failure::write(path, error));
        }
        if !metadata.is_file() {
            return Err(Failure::Usage(format!(
                "{}: not a regular file; name a file to write to",
                path.display()
            )));
        }
        if let Some(input) = file_id(path).and_then(|id| inputs.by_id.get(&id)) {
            return Err(Failure::Usage(format!(
                "{}: would overwrite the input {}; choose another output",
                path.display(),
                input.display()
            )));
        }
        let target = fs::canonicalize(path).map_err(|error| Failure::write(path, error))?;
        Ok(OutputFile {
            named: path.to_owned(),
            target,
        })
    }

    /// The path as the person named it.
    pub(crate) fn path(&self) -> &Path {
        &self.named
    }

    /// Writes all of `bytes`, or leaves everything as it was.
    pub(crate) fn write(&self, bytes: &[u8]) -> Result<(), Failure> {
        replace::replace(&self.target, bytes).map_err(|error| Failure::write(&self.named, error))
    }

    /// Encodes a picture as the name's ending says, PNG where it has none, and writes it.
    pub(crate) fn write_picture(&self, picture: &Image<Srgb8>) -> Result<(), Failure> {
        let mut bytes = Vec::new();
        let encoded = match Ending::of(&self.named)?.format() {
            Some(Format::Jpeg) => encode_jpeg(picture.view(), QUALITY, &[], &mut bytes),
            Some(Format::Png) | None => encode_png(picture.view(), None, &mut bytes),
        };
        encoded.map_err(|error| Failure::Internal(error.to_string()))?;
        self.write(&bytes)
    }
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

fn check_parent(path: &Path) -> Result<(), Failure> {
    let folder = folder_of(path);
    match fs::metadata(folder) {
        Ok(metadata) if metadata.is_dir() => Ok(()),
        Ok(_) => Err(Failure::write(
            path,
            io::Error::from(io::ErrorKind::NotADirectory),
        )),
        Err(error) => Err(Failure::write(path, error)),
    }
}

/// What tells two files apart, whatever their names.
#[cfg(unix)]
type FileId = (u64, u64);

#[cfg(not(unix))]
type FileId = PathBuf;

#[cfg(unix)]
fn file_id(path: &Path) -> Option<FileId> {
    use std::os::unix::fs::MetadataExt;
    let metadata = fs::metadata(path).ok()?;
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn file_id(path: &Path) -> Option<FileId> {
    fs::canonicalize(path).ok()
}

/// The files a command reads, which it must never write to.
#[derive(Debug, Default)]
pub(crate) struct Inputs {
    by_id: HashMap<FileId, PathBuf>,
}

impl Inputs {
    /// Files that cannot be looked at are left out: reading them will say why.
    pub(crate) fn new<'a>(paths: impl IntoIterator<Item = &'a Path>) -> Inputs {
        let by_id = paths
            .into_iter()
            .filter_map(|path| Some((file_id(path)?, path.to_owned())))
            .collect();
        Inputs { by_id }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_that_cannot_be_written_are_refused_before_the_work() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, b"x").unwrap();
        for (path, expected) in [
            (folder.path().to_owned(), 5),
            (folder.path().join("missing/out.jpg"), 5),
            (file.join("out.jpg"), 5),
            (PathBuf::from("/dev/null"), 2),
        ] {
            let failure = OutputFile::check(&path, &Inputs::default()).unwrap_err();
            assert_eq!(failure.exit_code(), expected, "{}", path.display());
        }
    }

    #[cfg(unix)]
    #[test]
    fn an_input_is_recognised_under_every_name() {
        let folder = tempfile::tempdir().unwrap();
        let input = folder.path().join("input.jpg");
        fs::write(&input, b"input").unwrap();
        fs::create_dir(folder.path().join("sub")).unwrap();
        let soft = folder.path().join("soft.jpg");
        std::os::unix::fs::symlink(&input, &soft).unwrap();
        let hard = folder.path().join("hard.jpg");
        fs::hard_link(&input, &hard).unwrap();
        let inputs = Inputs::new([input.as_path()]);
        for name in [
            input.clone(),
            soft,
            hard,
            folder.path().join("sub/../input.jpg"),
        ] {
            let failure = OutputFile::check(&name, &inputs).unwrap_err();
            assert_eq!(failure.exit_code(), 2, "{}", name.display());
        }
        assert!(OutputFile::check(&input, &Inputs::new([folder.path()])).is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_written_through() {
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("real"), folder.path().join("link"));
        fs::write(&real, b"old").unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        let output = OutputFile::check(&link, &Inputs::default()).unwrap();
        output.write(b"new").unwrap();
        assert_eq!(fs::read(&real).unwrap(), b"new");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    }
}
