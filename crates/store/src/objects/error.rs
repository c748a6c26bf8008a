//! What can go wrong with objects.

use super::{MOST_OBJECT_BYTES, ObjectKey};
use std::error::Error as StdError;
use std::io;
use std::path::Path;
use thiserror::Error;

/// Why an object was not kept, found or removed.
#[derive(Debug, Error)]
pub enum ObjectError {
    /// There is no object under the key.
    #[error("there is no object {key}")]
    NotFound {
        /// The key.
        key: ObjectKey,
    },
    /// The object has more than [`MOST_OBJECT_BYTES`].
    #[error("the object {key} has {bytes} bytes; at most {MOST_OBJECT_BYTES} are kept")]
    TooLarge {
        /// The key.
        key: ObjectKey,
        /// The bytes it has.
        bytes: u64,
    },
    /// There is no room left, or a quota is used up.
    #[error("{place}: no room left for objects; free some or enlarge the quota")]
    Full {
        /// The file, folder or address.
        place: String,
        /// What the system said.
        source: Box<dyn StdError + Send + Sync>,
    },
    /// The process has no right to do this.
    #[error("{place}: access denied; let the user that runs mien read and write here")]
    Denied {
        /// The file, folder or address.
        place: String,
        /// What the system said.
        source: Box<dyn StdError + Send + Sync>,
    },
    /// The place failed in another way.
    #[error("{place}: objects cannot be kept or read here: {source}")]
    Failed {
        /// The file, folder or address.
        place: String,
        /// What the system said.
        source: Box<dyn StdError + Send + Sync>,
    },
}

impl ObjectError {
    /// The error of a file or folder that the system refused to work with.
    pub(super) fn of_path(path: &Path, error: io::Error) -> ObjectError {
        let place = path.display().to_string();
        let kind = error.kind();
        let source = Box::new(error);
        match kind {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                ObjectError::Full { place, source }
            }
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                ObjectError::Denied { place, source }
            }
            _ => ObjectError::Failed { place, source },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn causes_are_told_apart() {
        // Numbers of Linux, which `io::Error` turns into kinds.
        #[cfg(target_os = "linux")]
        for (errno, message) in [
            (28, "objects: no room left"),  // ENOSPC
            (122, "objects: no room left"), // EDQUOT
            (13, "objects: access denied"), // EACCES
            (1, "objects: access denied"),  // EPERM
            (30, "objects: access denied"), // EROFS
            (
                5,
                "objects: objects cannot be kept or read here: Input/output error",
            ), // EIO
        ] {
            let error =
                ObjectError::of_path(Path::new("objects"), io::Error::from_raw_os_error(errno));
            let text = error.to_string();
            assert!(text.starts_with(message), "{errno}: {text}");
            assert!(error.source().is_some());
        }
    }
}
