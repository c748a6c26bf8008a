use crate::as_text::serde_as_text;
use ed25519_dalek::{Signer as _, VerifyingKey};
use sha2::{Digest as _, Sha256};
use std::fmt;
use std::str::FromStr;

/// The Ed25519 key with which statements are signed; wiped from memory when dropped.
#[derive(Clone)]
pub struct SigningKey(ed25519_dalek::SigningKey);

/// The key against which signatures are checked; written as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

/// An Ed25519 signature; written as 128 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Signature([u8; 64]);

/// Why a text is no key or signature.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not the right number of hexadecimal digits.
    #[error("'{text}' is no {what}: write {digits} digits 0-9 and a-f")]
    NotHex {
        /// What was written.
        text: String,
        /// What was to be read.
        what: &'static str,
        /// How many digits it has.
        digits: usize,
    },
    /// 32 bytes that are no point of the curve.
    #[error("'{0}' is no Ed25519 public key: the curve has no such point; copy it again")]
    NotOnCurve(String),
}

impl SigningKey {
    /// From the 32 random bytes that are its secret.
    pub fn from_seed(seed: &[u8; 32]) -> SigningKey {
        SigningKey(ed25519_dalek::SigningKey::from_bytes(seed))
    }

    /// The key that checks what this one signs.
    pub fn public_key(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    pub(super) fn sign(&self, message: &[u8]) -> Signature {
        Signature(self.0.sign(message).to_bytes())
    }
}

impl fmt::Debug for SigningKey {
    /// Tells the fingerprint, never the secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.public_key().fingerprint())
    }
}

impl PublicKey {
    /// What people compare: the first 16 hexadecimal digits of the key's SHA-256, in groups of four.
    pub fn fingerprint(&self) -> String {
        let digest: [u8; 32] = Sha256::digest(self.0.as_bytes()).into();
        let groups = digest[..8].chunks(2);
        let groups: Vec<String> = groups
            .map(|pair| data_encoding::HEXLOWER.encode(pair))
            .collect();
        groups.join(" ")
    }

    pub(super) fn has_signed(&self, message: &[u8], signature: &Signature) -> bool {
        let signature = ed25519_dalek::Signature::from_bytes(&signature.0);
        self.0.verify_strict(message, &signature).is_ok()
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&data_encoding::HEXLOWER.encode(self.0.as_bytes()))
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&data_encoding::HEXLOWER.encode(&self.0))
    }
}

impl FromStr for PublicKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<PublicKey, KeyError> {
        let bytes: [u8; 32] = hex(text, "public key")?;
        VerifyingKey::from_bytes(&bytes)
            .map(PublicKey)
            .map_err(|_| KeyError::NotOnCurve(text.to_owned()))
    }
}

impl FromStr for Signature {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Signature, KeyError> {
        hex(text, "signature").map(Signature)
    }
}

fn hex<const BYTES: usize>(text: &str, what: &'static str) -> Result<[u8; BYTES], KeyError> {
    let bytes = data_encoding::HEXLOWER.decode(text.as_bytes()).ok();
    let bytes = bytes.and_then(|bytes| bytes.try_into().ok());
    bytes.ok_or_else(|| KeyError::NotHex {
        text: text.to_owned(),
        what,
        digits: 2 * BYTES,
    })
}

/// Debug and serde by the written form.
macro_rules! as_text {
    ($($name:ty),*) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        serde_as_text!($name);
    )*};
}
as_text!(PublicKey, Signature);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_read_as_they_are_written_and_hide_their_secret() {
        let key = SigningKey::from_seed(&[7; 32]);
        let public = key.public_key();
        assert_eq!(public.to_string().parse(), Ok(public));
        assert_eq!(
            format!("{key:?}"),
            format!("SigningKey({})", public.fingerprint())
        );
        let signature = key.sign(b"text");
        assert_eq!(signature.to_string().parse(), Ok(signature));
        assert!(public.has_signed(b"text", &signature));
        assert!(!public.has_signed(b"test", &signature));
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for text in ["", "00", &"g".repeat(64), &"A".repeat(64)] {
            let refused = text.parse::<PublicKey>();
            assert!(matches!(refused, Err(KeyError::NotHex { .. })), "{text}");
        }
        let off_curve = format!("02{}", "0".repeat(62));
        assert_eq!(
            off_curve.parse::<PublicKey>(),
            Err(KeyError::NotOnCurve(off_curve.clone()))
        );
    }
}
