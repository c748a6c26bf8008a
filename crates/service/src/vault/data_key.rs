//! The keys that seal secrets.

use super::VaultError;
use super::cipher::{self, KEY_BYTES, KeyBytes};
use crate::random::Random;
use std::fmt;
use zeroize::Zeroizing;

const LABEL: &[u8] = b"mien sealed secret";
/// The form of what [`DataKey::seal`] gives, its first byte.
const VERSION: u8 = 1;

/// A key that seals secrets. Only its wrapped form is kept.
///
/// Its memory is overwritten when it is dropped, and `Debug` does not show it.
pub struct DataKey(KeyBytes);

impl DataKey {
    pub(super) fn draw(random: &dyn Random) -> Result<DataKey, VaultError> {
        let mut key = KeyBytes::default();
        random.fill(&mut *key)?;
        Ok(DataKey(key))
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Result<DataKey, VaultError> {
        if bytes.len() != KEY_BYTES {
            return Err(VaultError::Length { bytes: bytes.len() });
        }
        let mut key = KeyBytes::default();
        key.copy_from_slice(bytes);
        Ok(DataKey(key))
    }

    pub(super) fn bytes(&self) -> &KeyBytes {
        &self.0
    }

    /// Seals `plaintext` for `context`, the place where it will be kept, such as `api-key:AKID...`.
    ///
    /// The context is not in the result; opening needs the same. The result has 41 bytes more than
    /// the plaintext.
    ///
    /// # Errors
    /// [`VaultError::Random`] when there are no random bytes.
    pub fn seal(
        &self,
        plaintext: &[u8],
        context: &[u8],
        random: &dyn Random,
    ) -> Result<Vec<u8>, VaultError> {
        cipher::seal(&self.0, LABEL, &[VERSION], plaintext, context, random)
    }

    /// Opens what [`DataKey::seal`] sealed for `context`.
    ///
    /// # Errors
    /// [`VaultError::Refused`] when it was altered, or sealed by another key or for another context.
    pub fn open(&self, sealed: &[u8], context: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        match sealed.first() {
            Some(&VERSION) => cipher::open(&self.0, LABEL, 1, sealed, context),
            Some(&version) => Err(VaultError::Version { version }),
            None => Err(VaultError::Length { bytes: 0 }),
        }
    }
}

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DataKey(..)")
    }
}
