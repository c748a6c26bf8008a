//! The key that all other secrets hang on.

use super::cipher::{KEY_BYTES, KeyBytes};
use crate::random::{Random, RandomError};
use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};
use sha2::{Digest, Sha256};
use std::fmt;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use tempfile::Builder;
use thiserror::Error;
use zeroize::Zeroizing;

pub(super) const KEY_ID_BYTES: usize = 8;
/// The hexadecimal digits of a key.
const DIGITS: usize = 2 * KEY_BYTES;
/// The most bytes that are read of a key file: enough to tell that a longer one is no key.
const MOST_FILE_BYTES: usize = 256;

/// The key of the operator, 32 bytes. Without it nothing sealed can be opened.
///
/// Its memory is overwritten when it is dropped, and `Debug` shows its id only.
pub struct OperatorKey(KeyBytes);

impl OperatorKey {
    /// Takes the text of a key: 64 hexadecimal digits, and perhaps white space around them.
    ///
    /// # Errors
    /// [`OperatorKeyError::Length`] or [`OperatorKeyError::Digit`]; neither tells the text.
    pub fn parse(text: &str) -> Result<OperatorKey, OperatorKeyError> {
        let digits = text.trim_ascii();
        if digits.len() != DIGITS {
            return Err(OperatorKeyError::Length {
                bytes: digits.len(),
            });
        }
        let mut key = KeyBytes::default();
        HEXLOWER_PERMISSIVE
            .decode_mut(digits.as_bytes(), &mut *key)
            .map_err(|partial| OperatorKeyError::Digit {
                position: partial.error.position + 1,
            })?;
        Ok(OperatorKey(key))
    }

    /// The key in the file `path`; where there is no file, a new key that is written there.
    ///
    /// The file has 64 hexadecimal digits and a line feed, and a new one the mode 0600. It comes
    /// into being as a whole, is durable before this returns, and when two processes make it at
    /// once both get the same key. The folder must be there.
    ///
    /// # Errors
    /// [`OperatorKeyError::Exposed`] when others than the owner and the group may read the file, or
    /// others than the owner write it; [`OperatorKeyError::File`] when it can be neither read nor
    /// made; those of [`OperatorKey::parse`] for what is in it; [`OperatorKeyError::Random`].
    pub fn load_or_create(
        path: &Path,
        random: &dyn Random,
    ) -> Result<OperatorKey, OperatorKeyError> {
        match File::open(path) {
            Ok(file) => OperatorKey::load(path, file),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                OperatorKey::create(path, random)
            }
            Err(error) => Err(file_error(path, error)),
        }
    }

    /// Tells keys apart without telling them: the first 8 bytes of their SHA-256.
    pub fn id(&self) -> OperatorKeyId {
        let digest: [u8; 32] = Sha256::digest(&self.0[..]).into();
        let mut id = [0; KEY_ID_BYTES];
        id.copy_from_slice(&digest[..KEY_ID_BYTES]);
        OperatorKeyId(id)
    }

    pub(super) fn bytes(&self) -> &KeyBytes {
        &self.0
    }

    fn load(path: &Path, file: File) -> Result<OperatorKey, OperatorKeyError> {
        check_mode(path, &file)?;
        // Never grows, so no copy stays behind in memory.
        let mut text = Zeroizing::new(Vec::with_capacity(MOST_FILE_BYTES));
        file.take(MOST_FILE_BYTES as u64)
            .read_to_end(&mut text)
            .map_err(|error| file_error(path, error))?;
        let text = str::from_utf8(&text).map_err(|error| OperatorKeyError::Digit {
            position: error.valid_up_to() + 1,
        })?;
        OperatorKey::parse(text)
    }

    fn create(path: &Path, random: &dyn Random) -> Result<OperatorKey, OperatorKeyError> {
        let mut key = KeyBytes::default();
        random.fill(&mut *key)?;
        let mut text = Zeroizing::new([b'\n'; DIGITS + 1]);
        HEXLOWER.encode_mut(&*key, &mut text[..DIGITS]);

        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let failed = |error| file_error(path, error);
        let mut builder = Builder::new();
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600));
        let mut file = builder
            .prefix(".operator-key-")
            .tempfile_in(folder)
            .map_err(failed)?;
        file.write_all(&*text).map_err(failed)?;
        file.as_file().sync_all().map_err(failed)?;
        match file.persist_noclobber(path) {
            Ok(_) => {
                sync_folder(folder).map_err(failed)?;
                Ok(OperatorKey(key))
            }
            // Another process was first: its key counts.
            Err(persist) if persist.error.kind() == io::ErrorKind::AlreadyExists => {
                OperatorKey::load(path, File::open(path).map_err(failed)?)
            }
            Err(persist) => Err(failed(persist.error)),
        }
    }
}

impl fmt::Debug for OperatorKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OperatorKey({})", self.id())
    }
}

/// What tells operator keys apart; it is not secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OperatorKeyId(pub(super) [u8; KEY_ID_BYTES]);

impl fmt::Display for OperatorKeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&HEXLOWER.encode(&self.0))
    }
}

/// Why there is no operator key.
#[derive(Debug, Error)]
pub enum OperatorKeyError {
    /// The text has not 64 digits.
    #[error("an operator key has {DIGITS} hexadecimal digits, not {bytes}; copy it as a whole")]
    Length {
        /// The bytes it has without white space.
        bytes: usize,
    },
    /// A character is no hexadecimal digit. The character is not told: it may be half a secret.
    #[error("character {position} of the operator key is no hexadecimal digit (0 to 9, a to f)")]
    Digit {
        /// Where it stands, from 1.
        position: usize,
    },
    /// The file may be read or written by more users than is safe.
    #[error("{}: the operator key's file has the mode {mode:o}; run chmod 600 on it", path.display())]
    Exposed {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// The file cannot be read or made.
    #[error("{}: the operator key cannot be read or made here: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// There are no random bytes for a new key.
    #[error(transparent)]
    Random(#[from] RandomError),
}

fn file_error(path: &Path, source: io::Error) -> OperatorKeyError {
    OperatorKeyError::File {
        path: path.to_owned(),
        source,
    }
}

/// Group members may read: that is how a container gets at a key that another user mounted.
#[cfg(unix)]
fn check_mode(path: &Path, file: &File) -> Result<(), OperatorKeyError> {
    use std::os::unix::fs::PermissionsExt;
    let metadata = file.metadata().map_err(|error| file_error(path, error))?;
    let mode = metadata.permissions().mode() & 0o777;
    if mode & 0o027 == 0 {
        return Ok(());
    }
    Err(OperatorKeyError::Exposed {
        path: path.to_owned(),
        mode,
    })
}

/// Elsewhere the folder's own access list protects the file.
#[cfg(not(unix))]
fn check_mode(_path: &Path, _file: &File) -> Result<(), OperatorKeyError> {
    Ok(())
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SeededRandom;
    use std::fs;

    const TEXT: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    #[test]
    fn texts_of_keys() {
        let padded = format!(" {TEXT}\r\n");
        for text in [TEXT, &TEXT.to_uppercase(), &padded] {
            let key = OperatorKey::parse(text).unwrap();
            assert_eq!(key.bytes()[..4], [0, 1, 2, 3], "{text}");
            assert_eq!(key.bytes()[31], 0x1f, "{text}");
            // sha256sum of the 32 bytes begins so.
            assert_eq!(key.id().to_string(), "630dcd2966c43366");
        }
    }

    #[test]
    fn texts_that_are_no_keys() {
        let wrong_digit = format!("{}x{}", &TEXT[..10], &TEXT[11..]);
        let two_lines = format!("{TEXT}\n{TEXT}\n");
        for (text, message) in [
            ("", "not 0;"),
            (&TEXT[1..], "not 63;"),
            (&two_lines, "not 129;"),
            (&wrong_digit, "character 11 of"),
        ] {
            let error = OperatorKey::parse(text).unwrap_err().to_string();
            assert!(error.contains(message), "{error}");
            assert!(!error.contains("0a0b0c"), "{error}");
        }
    }

    #[test]
    fn a_key_is_made_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("operator.key");
        let made = OperatorKey::load_or_create(&path, &SeededRandom::new(1)).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(text.len(), 65);
        assert!(text.ends_with('\n'));
        let loaded = OperatorKey::load_or_create(&path, &SeededRandom::new(2)).unwrap();
        assert_eq!(made.bytes(), loaded.bytes());
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_key_made_meanwhile_counts() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("operator.key");
        let first = OperatorKey::create(&path, &SeededRandom::new(1)).unwrap();
        let second = OperatorKey::create(&path, &SeededRandom::new(2)).unwrap();
        assert_eq!(first.bytes(), second.bytes());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_damaged_file_is_refused_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("operator.key");
        OperatorKey::create(&path, &SeededRandom::new(1)).unwrap();
        for content in [&b""[..], b"\xff\xfe", &[b'0'; 10_000]] {
            // Keeps the mode.
            fs::write(&path, content).unwrap();
            let error = OperatorKey::load_or_create(&path, &SeededRandom::new(2)).unwrap_err();
            assert!(
                matches!(
                    error,
                    OperatorKeyError::Length { .. } | OperatorKeyError::Digit { .. }
                ),
                "{error}"
            );
            assert_eq!(fs::read(&path).unwrap(), content);
        }
    }

    #[test]
    fn a_missing_folder_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("none").join("operator.key");
        let error = OperatorKey::load_or_create(&path, &SeededRandom::new(1)).unwrap_err();
        assert!(error.to_string().starts_with(&path.display().to_string()));
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_and_a_group_may_read() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("operator.key");
        let random = SeededRandom::new(1);
        OperatorKey::load_or_create(&path, &random).unwrap();
        let metadata = fs::metadata(&path).unwrap();
        assert_eq!(metadata.permissions().mode() & 0o777, 0o600);
        for (mode, fits) in [
            (0o400, true),
            (0o440, true),
            (0o660, false),
            (0o604, false),
            (0o644, false),
            (0o602, false),
        ] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            match OperatorKey::load_or_create(&path, &random) {
                Ok(_) => assert!(fits, "{mode:o}"),
                Err(OperatorKeyError::Exposed { mode: told, .. }) => {
                    assert_eq!((fits, told), (false, mode));
                }
                Err(error) => panic!("{mode:o}: {error}"),
            }
        }
    }

    #[test]
    fn a_key_is_not_shown() {
        let key = OperatorKey::parse(TEXT).unwrap();
        assert_eq!(format!("{key:?}"), "OperatorKey(630dcd2966c43366)");
    }
}
