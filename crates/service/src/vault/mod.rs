//! Secrets at rest: sealed by data keys, which the operator's key wraps.
//!
//! The operator key stands in a file or in the environment and never in the database; the database
//! holds wrapped data keys and what they sealed. A new operator key means wrapping the data keys
//! anew, not sealing everything again. The cipher is XChaCha20-Poly1305 (S. Arciszewski,
//! draft-irtf-cfrg-xchacha-03, 2020): its nonces are long enough to be drawn at random.

mod cipher;
mod data_key;
mod operator_key;
mod wrapped_key;

pub use data_key::DataKey;
pub use operator_key::{OperatorKey, OperatorKeyError, OperatorKeyId};
pub use wrapped_key::WrappedKey;

use crate::random::{Random, RandomError};
use thiserror::Error;

/// Wraps and unwraps data keys with the operator's key.
#[derive(Debug)]
pub struct Vault {
    key: OperatorKey,
    key_id: OperatorKeyId,
}

impl Vault {
    /// A vault that `key` opens.
    pub fn new(key: OperatorKey) -> Vault {
        let key_id = key.id();
        Vault { key, key_id }
    }

    /// The id of the operator key.
    pub fn operator_key_id(&self) -> OperatorKeyId {
        self.key_id
    }

    /// Draws a data key, and wraps it for `context`, the place where it will be kept.
    ///
    /// # Errors
    /// [`VaultError::Random`] when there are no random bytes.
    pub fn new_data_key(
        &self,
        context: &[u8],
        random: &dyn Random,
    ) -> Result<(DataKey, WrappedKey), VaultError> {
        let key = DataKey::draw(random)?;
        let wrapped = self.wrap(&key, context, random)?;
        Ok((key, wrapped))
    }

    /// The data key in `wrapped`, which was wrapped for `context`.
    ///
    /// # Errors
    /// [`VaultError::OtherOperatorKey`] when another operator key wrapped it;
    /// [`VaultError::Refused`] when it was altered or wrapped for another context.
    pub fn unwrap(&self, wrapped: &WrappedKey, context: &[u8]) -> Result<DataKey, VaultError> {
        if wrapped.operator_key_id() != self.key_id {
            return Err(VaultError::OtherOperatorKey {
                wrapped_by: wrapped.operator_key_id(),
                present: self.key_id,
            });
        }
        wrapped.open(self.key.bytes(), context)
    }

    /// Takes a key that `old` wrapped into this vault. What the data key sealed stays as it is.
    ///
    /// # Errors
    /// Those of [`Vault::unwrap`] for `old`, and [`VaultError::Random`].
    pub fn rewrap(
        &self,
        old: &Vault,
        wrapped: &WrappedKey,
        context: &[u8],
        random: &dyn Random,
    ) -> Result<WrappedKey, VaultError> {
        let key = old.unwrap(wrapped, context)?;
        self.wrap(&key, context, random)
    }

    fn wrap(
        &self,
        key: &DataKey,
        context: &[u8],
        random: &dyn Random,
    ) -> Result<WrappedKey, VaultError> {
        WrappedKey::seal(key, self.key_id, self.key.bytes(), context, random)
    }
}

/// Why a secret was not sealed or opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum VaultError {
    /// The bytes are too few to be what they should be, or too many.
    #[error(
        "sealed bytes are damaged: {bytes} bytes are not a length they can have; restore them from a backup"
    )]
    Length {
        /// How many they are.
        bytes: usize,
    },
    /// The form of the bytes is unknown to this version of mien.
    #[error(
        "sealed bytes have the form {version}, which this version of mien does not know; use the version that wrote them or a newer one"
    )]
    Version {
        /// Their first byte.
        version: u8,
    },
    /// Another operator key wrapped the data key.
    #[error(
        "the operator key {wrapped_by} is needed, but the key given is {present}; give mien the right key"
    )]
    OtherOperatorKey {
        /// The key that is needed.
        wrapped_by: OperatorKeyId,
        /// The key that is there.
        present: OperatorKeyId,
    },
    /// The bytes were altered, or sealed by another data key or for another context.
    #[error(
        "sealed bytes are refused: they were altered or belong to another place; restore them from a backup"
    )]
    Refused,
    /// The plaintext has more bytes than the cipher takes: 256 GiB.
    #[error("{bytes} bytes are too many to be sealed in one piece")]
    TooLong {
        /// How many they are.
        bytes: usize,
    },
    /// There are no random bytes.
    #[error(transparent)]
    Random(#[from] RandomError),
}

#[cfg(test)]
mod tests;
