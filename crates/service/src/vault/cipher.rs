//! What data keys and wrapped keys have in common: bytes behind a header.
//!
//! Form: header, nonce of 24 bytes, ciphertext, tag of 16 bytes. The tag also covers the header, a
//! label of what the bytes are, and the context.

use super::VaultError;
use crate::random::Random;
use chacha20poly1305::{AeadInOut, KeyInit, Tag, XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

pub(super) const KEY_BYTES: usize = 32;
pub(super) const NONCE_BYTES: usize = 24;
pub(super) const TAG_BYTES: usize = 16;

/// The bytes of a key, overwritten when dropped.
pub(super) type KeyBytes = Zeroizing<[u8; KEY_BYTES]>;

/// What the tag covers besides the plaintext. Labels have no zero byte and each goes with headers of
/// one length, so different triples never give the same bytes.
fn covered(label: &[u8], header: &[u8], context: &[u8]) -> Vec<u8> {
    [label, &[0], header, context].concat()
}

/// `plaintext` sealed behind `header`.
pub(super) fn seal(
    key: &KeyBytes,
    label: &[u8],
    header: &[u8],
    plaintext: &[u8],
    context: &[u8],
    random: &dyn Random,
) -> Result<Vec<u8>, VaultError> {
    let mut nonce = XNonce::default();
    random.fill(&mut nonce)?;
    let covered = covered(label, header, context);
    // The plaintext is encrypted where it lies: no copy of it stays behind.
    let start = header.len() + NONCE_BYTES;
    let mut sealed = Vec::with_capacity(start + plaintext.len() + TAG_BYTES);
    sealed.extend_from_slice(header);
    sealed.extend_from_slice(&nonce);
    sealed.extend_from_slice(plaintext);
    let tag = XChaCha20Poly1305::new((&**key).into())
        .encrypt_inout_detached(&nonce, &covered, (&mut sealed[start..]).into())
        .map_err(|_| VaultError::TooLong {
            bytes: plaintext.len(),
        })?;
    sealed.extend_from_slice(&tag);
    Ok(sealed)
}

/// What [`seal`] sealed behind a header of `header_bytes`.
pub(super) fn open(
    key: &KeyBytes,
    label: &[u8],
    header_bytes: usize,
    sealed: &[u8],
    context: &[u8],
) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    let length = VaultError::Length {
        bytes: sealed.len(),
    };
    let (header, rest) = sealed.split_at_checked(header_bytes).ok_or(length)?;
    let (nonce, rest) = rest.split_first_chunk::<NONCE_BYTES>().ok_or(length)?;
    let (ciphertext, tag) = rest.split_last_chunk::<TAG_BYTES>().ok_or(length)?;
    let covered = covered(label, header, context);
    let mut plaintext = Zeroizing::new(ciphertext.to_vec());
    XChaCha20Poly1305::new((&**key).into())
        .decrypt_inout_detached(
            &XNonce::from(*nonce),
            &covered,
            plaintext.as_mut_slice().into(),
            &Tag::from(*tag),
        )
        .map_err(|_| VaultError::Refused)?;
    Ok(plaintext)
}
