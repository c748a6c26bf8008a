//! Reading picture files: a bounded number of bytes, folders of pictures, what an ending means.

use crate::failure::Failure;
use pixel::{Format, Limits};
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

/// Reads a file whole, but never more than the limits allow.
pub(crate) fn read(path: &Path, limits: &Limits) -> Result<Vec<u8>, Failure> {
    let most = limits.max_bytes as u64;
    let failed = |error| Failure::read(path, error);
    let file = File::open(path).map_err(failed)?;
    let length = file.metadata().map_err(failed)?.len();
    let mut bytes = Vec::with_capacity(length.min(most) as usize);
    // The length is only a hint: pipes have none, and files grow.
    file.take(most + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    if bytes.len() as u64 > most {
        return Err(Failure::FileTooLarge {
            path: path.to_owned(),
            most,
        });
    }
    Ok(bytes)
}

/// The picture files of a folder by their endings, sorted by name; those of its subfolders are left out.
pub(crate) fn pictures_in(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let failed = |error| Failure::read(folder, error);
    let mut pictures = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if matches!(Ending::of(&path), Ok(Ending::Format(_))) && !path.is_dir() {
            pictures.push(path);
        }
    }
    pictures.sort();
    Ok(pictures)
}

/// What the ending of an output's name asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// Nothing: it has none.
    Absent,
    /// This format.
    Format(Format),
}

impl Ending {
    /// Refuses an ending that stands for no format mien writes.
    pub(crate) fn of(path: &Path) -> Result<Ending, Failure> {
        let Some(extension) = path.extension() else {
            return Ok(Ending::Absent);
        };
        extension
            .to_str()
            .and_then(Format::from_extension)
            .map(Ending::Format)
            .ok_or_else(|| {
                Failure::Usage(format!(
                    "{}: mien writes .jpg, .jpeg and .png, not .{}; choose one of them",
                    path.display(),
                    extension.to_string_lossy()
                ))
            })
    }

    /// The format asked for, if any.
    pub(crate) fn format(self) -> Option<Format> {
        match self {
            Ending::Absent => None,
            Ending::Format(format) => Some(format),
        }
    }

    /// The format asked for; an error where there is none to fall back on.
    pub(crate) fn required(self, path: &Path) -> Result<Format, Failure> {
        self.format().ok_or_else(|| {
            Failure::Usage(format!("{}: end the name in .png or .jpg", path.display()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_choose_formats() {
        for (name, expected) in [
            ("a.jpg", Some(Some(Format::Jpeg))),
            ("a.b.JPEG", Some(Some(Format::Jpeg))),
            ("a.PNG", Some(Some(Format::Png))),
            ("a", Some(None)),
            ("a.d/b", Some(None)),
            ("a.webp", None),
            ("a.", None),
        ] {
            let found = Ending::of(Path::new(name)).ok().map(Ending::format);
            assert_eq!(found, expected, "{name}");
        }
    }

    #[test]
    fn no_more_than_the_limit_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        fs::write(&path, [7; 10]).unwrap();
        let limits = |max_bytes| Limits {
            max_bytes,
            ..Limits::default()
        };
        assert_eq!(read(&path, &limits(10)).unwrap(), [7; 10]);
        assert_eq!(read(&path, &limits(9)).unwrap_err().exit_code(), 3);
        assert_eq!(read(folder.path(), &limits(9)).unwrap_err().exit_code(), 5);
    }
}
