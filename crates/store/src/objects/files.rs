//! Objects in a folder.
//!
//! The object `a/b.jpg` is the file `a+/b.jpg`: keys have no `+`, so the file `a` of an object `a`
//! and the folder `a+` go together. What is being written lies in the folder `+`.

#[cfg(unix)]
use super::Space;
use super::{MOST_OBJECT_BYTES, ObjectError, ObjectKey, Objects};
use std::collections::HashSet;
use std::fs::{self, DirBuilder, File, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};
use tempfile::{Builder, NamedTempFile};

/// The folder for files that are being written, on the file system of the others.
const UNFINISHED: &str = "+";
/// In that folder, the file by which processes know of each other.
const LOCK: &str = "lock";
/// How the names of unfinished files begin.
const UNFINISHED_FILE: &str = "object-";

/// Objects in the files of a folder.
///
/// An object's bytes and its name are on the disk before a put is answered. Files and folders are
/// made for the user of the process alone. Folders that have become empty stay, and nobody else may
/// remove them meanwhile. The file system must tell capital from small letters.
#[derive(Debug)]
pub struct FileObjects {
    folder: PathBuf,
    /// Folders whose names, and those of the folders above them, are known to be durable.
    durable: RwLock<HashSet<PathBuf>>,
    /// Held shared as long as this lives: nobody sweeps away what is being written here.
    _lock: File,
}

impl FileObjects {
    /// Opens `folder`, made if it is not there, and removes what writers that died left unfinished.
    ///
    /// Several processes may have the same folder open.
    ///
    /// # Errors
    /// [`ObjectError::Denied`], [`ObjectError::Full`] or [`ObjectError::Failed`] when the folder
    /// cannot be made, read or written, or does not support locks.
    pub fn open(folder: impl Into<PathBuf>) -> Result<FileObjects, ObjectError> {
        let folder = folder.into();
        let unfinished = folder.join(UNFINISHED);
        let missing: Vec<&Path> = unfinished
            .ancestors()
            .take_while(|path| !path.exists() && !path.as_os_str().is_empty())
            .collect();
        make_folder(&unfinished)?;
        missing.into_iter().try_for_each(sync_name)?;
        let path = unfinished.join(LOCK);
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|error| ObjectError::of_path(&path, error))?;
        match lock.try_lock() {
            // Nobody else is here, so nobody is writing.
            Ok(()) => {
                sweep(&unfinished)?;
                lock.unlock()
                    .map_err(|error| ObjectError::of_path(&path, error))?;
            }
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(error)) => return Err(ObjectError::of_path(&path, error)),
        }
        // Waits, if at all, for another process's sweep.
        lock.lock_shared()
            .map_err(|error| ObjectError::of_path(&path, error))?;
        Ok(FileObjects {
            durable: RwLock::new(HashSet::from([folder.clone()])),
            folder,
            _lock: lock,
        })
    }

    /// The file of an object.
    fn file_of(&self, key: &ObjectKey) -> PathBuf {
        match key.as_str().rsplit_once('/') {
            Some((folders, name)) => self.folder_of(folders).join(name),
            None => self.folder.join(key.as_str()),
        }
    }

    /// The folder of the segments before the last slash of a key.
    fn folder_of(&self, segments: &str) -> PathBuf {
        let mut path = self.folder.clone();
        path.extend(segments.split('/').map(|segment| format!("{segment}+")));
        path
    }

    /// Makes the folder of an object's file where it is not there, and its name durable.
    ///
    /// A folder that is there may be so new that the one who made it has not come to this; only what was
    /// made durable here, or lies above what was, is known to be.
    fn make_durable(&self, folder: &Path) -> Result<(), ObjectError> {
        let known = |folder: &Path| {
            let durable = self.durable.read();
            durable
                .unwrap_or_else(PoisonError::into_inner)
                .contains(folder)
        };
        if known(folder) {
            return Ok(());
        }
        make_folder(folder)?;
        folder
            .ancestors()
            .take_while(|folder| !known(folder))
            .try_for_each(sync_name)?;
        let mut durable = self.durable.write().unwrap_or_else(PoisonError::into_inner);
        durable.insert(folder.to_owned());
        Ok(())
    }

    /// A file in the folder of the unfinished that holds `bytes` durably.
    fn write_unfinished(&self, bytes: &[u8]) -> Result<NamedTempFile, ObjectError> {
        let folder = self.folder.join(UNFINISHED);
        let mut file = Builder::new()
            .prefix(UNFINISHED_FILE)
            .tempfile_in(&folder)
            .map_err(|error| ObjectError::of_path(&folder, error))?;
        let written = file
            .write_all(bytes)
            .and_then(|()| file.as_file().sync_all());
        written.map_err(|error| ObjectError::of_path(file.path(), error))?;
        Ok(file)
    }
}

impl Objects for FileObjects {
    fn put(&self, key: &ObjectKey, bytes: &[u8]) -> Result<(), ObjectError> {
        if bytes.len() > MOST_OBJECT_BYTES {
            return Err(too_large(key, bytes.len() as u64));
        }
        let path = self.file_of(key);
        let folder = path.parent().unwrap_or(&self.folder);
        self.make_durable(folder)?;
        self.write_unfinished(bytes)?
            .persist(&path)
            .map_err(|persist| ObjectError::of_path(&path, persist.error))?;
        sync_folder(folder)
    }

    /// Writes the file where it stays: without a move there is one change of names to be flushed.
    fn put_new(&self, key: &ObjectKey, bytes: &[u8]) -> Result<(), ObjectError> {
        if bytes.len() > MOST_OBJECT_BYTES {
            return Err(too_large(key, bytes.len() as u64));
        }
        let path = self.file_of(key);
        let folder = path.parent().unwrap_or(&self.folder);
        self.make_durable(folder)?;
        let mut options = File::options();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let failed = |error| ObjectError::of_path(&path, error);
        let mut file = options.open(&path).map_err(failed)?;
        let written = file.write_all(bytes).and_then(|()| file.sync_all());
        if let Err(error) = written {
            // Nobody knows the key; what cannot be removed now is only room that is lost.
            let _ = fs::remove_file(&path);
            return Err(failed(error));
        }
        sync_folder(folder)
    }

    fn get(&self, key: &ObjectKey) -> Result<Vec<u8>, ObjectError> {
        let path = self.file_of(key);
        let failed = |error: io::Error| match error.kind() {
            io::ErrorKind::NotFound => ObjectError::NotFound { key: key.clone() },
            _ => ObjectError::of_path(&path, error),
        };
        let file = File::open(&path).map_err(failed)?;
        let bytes = file.metadata().map_err(failed)?.len();
        if bytes > MOST_OBJECT_BYTES as u64 {
            return Err(too_large(key, bytes));
        }
        let mut content = Vec::with_capacity(bytes as usize);
        // A file is never changed once it has its name, but somebody else could.
        file.take(MOST_OBJECT_BYTES as u64)
            .read_to_end(&mut content)
            .map_err(failed)?;
        Ok(content)
    }

    fn delete(&self, key: &ObjectKey) -> Result<(), ObjectError> {
        let path = self.file_of(key);
        match fs::remove_file(&path) {
            Ok(()) => sync_name(&path),
            // Whoever removed it may not have made that durable.
            Err(error) if error.kind() == io::ErrorKind::NotFound => match path.parent() {
                Some(folder) if folder.exists() => sync_folder(folder),
                _ => Ok(()),
            },
            Err(error) => Err(ObjectError::of_path(&path, error)),
        }
    }

    fn exists(&self, key: &ObjectKey) -> Result<bool, ObjectError> {
        let path = self.file_of(key);
        path.try_exists()
            .map_err(|error| ObjectError::of_path(&path, error))
    }

    fn list(&self, prefix: &str) -> Result<Vec<ObjectKey>, ObjectError> {
        let (folder, segments) = match prefix.rsplit_once('/') {
            None => (self.folder.clone(), String::new()),
            // Only what is a key may become a path.
            Some((segments, _)) if ObjectKey::parse(segments).is_err() => return Ok(Vec::new()),
            Some((segments, _)) => (self.folder_of(segments), format!("{segments}/")),
        };
        let mut keys = Vec::new();
        collect(&folder, &segments, prefix, &mut keys)?;
        keys.sort_unstable();
        Ok(keys)
    }

    #[cfg(unix)]
    fn space(&self) -> Option<Space> {
        let told = rustix::fs::statvfs(&self.folder).ok()?;
        let bytes = |blocks: u64| blocks.saturating_mul(told.f_frsize);
        Some(Space {
            used_bytes: bytes(told.f_blocks.saturating_sub(told.f_bfree)),
            free_bytes: bytes(told.f_bavail),
        })
    }
}

fn too_large(key: &ObjectKey, bytes: u64) -> ObjectError {
    ObjectError::TooLarge {
        key: key.clone(),
        bytes,
    }
}

/// Adds the keys of the objects in and below `folder` that begin with `prefix`. The keys of the
/// folder begin with `segments`, which is empty or ends with a slash.
fn collect(
    folder: &Path,
    segments: &str,
    prefix: &str,
    keys: &mut Vec<ObjectKey>,
) -> Result<(), ObjectError> {
    let failed = |error| ObjectError::of_path(folder, error);
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(failed(error)),
    };
    for entry in entries {
        let name = entry.map_err(failed)?.file_name();
        // What has another name than a key or folder of ours was put here by somebody else.
        let Some(name) = name.to_str() else { continue };
        match name.strip_suffix('+') {
            // The folder of the unfinished.
            Some("") => {}
            Some(segment) => {
                let below = format!("{segments}{segment}/");
                if below.starts_with(prefix) || prefix.starts_with(&below) {
                    collect(&folder.join(name), &below, prefix, keys)?;
                }
            }
            None => {
                if let Ok(key) = ObjectKey::parse(&format!("{segments}{name}"))
                    && key.as_str().starts_with(prefix)
                {
                    keys.push(key);
                }
            }
        }
    }
    Ok(())
}

/// Removes the unfinished files of writers that died.
fn sweep(unfinished: &Path) -> Result<(), ObjectError> {
    let failed = |error| ObjectError::of_path(unfinished, error);
    for entry in fs::read_dir(unfinished).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        if entry
            .file_name()
            .to_string_lossy()
            .starts_with(UNFINISHED_FILE)
        {
            let path = entry.path();
            fs::remove_file(&path).map_err(|error| ObjectError::of_path(&path, error))?;
        }
    }
    Ok(())
}

/// Makes a folder, and those above it, for the user of the process alone.
fn make_folder(folder: &Path) -> Result<(), ObjectError> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(folder)
        .map_err(|error| ObjectError::of_path(folder, error))
}

/// Makes the name of a file or folder, or that it has none any more, durable.
fn sync_name(path: &Path) -> Result<(), ObjectError> {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => sync_folder(folder),
        _ => sync_folder(Path::new(".")),
    }
}

/// Makes the names in a folder durable.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> Result<(), ObjectError> {
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(|error| ObjectError::of_path(folder, error))
}

/// Elsewhere a folder cannot be opened as a file; the file system itself orders the changes.
#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> Result<(), ObjectError> {
    Ok(())
}

#[cfg(test)]
mod tests;
