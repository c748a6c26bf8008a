//! Data keys as they are kept.

use super::cipher::{self, KEY_BYTES, KeyBytes, NONCE_BYTES, TAG_BYTES};
use super::operator_key::KEY_ID_BYTES;
use super::{DataKey, OperatorKeyId, VaultError};
use crate::random::Random;

const LABEL: &[u8] = b"mien wrapped key";
/// The form of the bytes, the first of them.
const VERSION: u8 = 1;
/// The version and the id of the operator key.
const HEADER_BYTES: usize = 1 + KEY_ID_BYTES;
const BYTES: usize = HEADER_BYTES + NONCE_BYTES + KEY_BYTES + TAG_BYTES;

/// A data key that an operator key wrapped; nothing in it is secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrappedKey {
    bytes: Vec<u8>,
    operator_key_id: OperatorKeyId,
}

impl WrappedKey {
    /// Takes bytes that were kept as a wrapped key.
    ///
    /// # Errors
    /// [`VaultError::Version`] or [`VaultError::Length`] when they cannot be one.
    pub fn from_bytes(bytes: &[u8]) -> Result<WrappedKey, VaultError> {
        let length = VaultError::Length { bytes: bytes.len() };
        let (version, rest) = bytes.split_first().ok_or(length)?;
        if *version != VERSION {
            return Err(VaultError::Version { version: *version });
        }
        let id = rest.first_chunk().ok_or(length)?;
        if bytes.len() != BYTES {
            return Err(length);
        }
        Ok(WrappedKey {
            bytes: bytes.to_vec(),
            operator_key_id: OperatorKeyId(*id),
        })
    }

    /// The bytes to keep: 81 of them.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The operator key that unwraps it.
    pub fn operator_key_id(&self) -> OperatorKeyId {
        self.operator_key_id
    }

    pub(super) fn seal(
        key: &DataKey,
        operator_key_id: OperatorKeyId,
        operator_key: &KeyBytes,
        context: &[u8],
        random: &dyn Random,
    ) -> Result<WrappedKey, VaultError> {
        let mut header = [VERSION; HEADER_BYTES];
        header[1..].copy_from_slice(&operator_key_id.0);
        let plaintext = &**key.bytes();
        let bytes = cipher::seal(operator_key, LABEL, &header, plaintext, context, random)?;
        Ok(WrappedKey {
            bytes,
            operator_key_id,
        })
    }

    pub(super) fn open(
        &self,
        operator_key: &KeyBytes,
        context: &[u8],
    ) -> Result<DataKey, VaultError> {
        let key = cipher::open(operator_key, LABEL, HEADER_BYTES, &self.bytes, context)?;
        DataKey::from_bytes(&key)
    }
}
