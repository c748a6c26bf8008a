//! With what a key signs.

use c2pa::SigningAlg;
use serde::Serialize;
use std::fmt;

/// A signature algorithm of C2PA, which follows from the kind of key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Algorithm {
    /// ECDSA on P-256 with SHA-256.
    Es256,
    /// ECDSA on P-384 with SHA-384.
    Es384,
    /// Ed25519.
    Ed25519,
    /// RSASSA-PSS with SHA-256.
    Ps256,
}

const EC: &str = "1.2.840.10045.2.1";
const P256: &str = "1.2.840.10045.3.1.7";
const P384: &str = "1.3.132.0.34";
const ED25519: &str = "1.3.101.112";
const RSA: &str = "1.2.840.113549.1.1.1";
const RSA_PSS: &str = "1.2.840.113549.1.1.10";

impl Algorithm {
    /// The algorithm of keys with these object identifiers; the curve's stands in the parameters.
    pub(crate) fn of_key(algorithm: &str, curve: Option<&str>) -> Option<Algorithm> {
        match (algorithm, curve) {
            (EC, Some(P256)) => Some(Algorithm::Es256),
            (EC, Some(P384)) => Some(Algorithm::Es384),
            (ED25519, _) => Some(Algorithm::Ed25519),
            (RSA | RSA_PSS, _) => Some(Algorithm::Ps256),
            _ => None,
        }
    }

    /// Bytes of a signature, at most; of RSA with 8192 bits.
    pub(crate) fn most_signature_bytes(self) -> usize {
        match self {
            Algorithm::Es256 | Algorithm::Ed25519 => 64,
            Algorithm::Es384 => 96,
            Algorithm::Ps256 => 1024,
        }
    }

    pub(crate) fn signing(self) -> SigningAlg {
        match self {
            Algorithm::Es256 => SigningAlg::Es256,
            Algorithm::Es384 => SigningAlg::Es384,
            Algorithm::Ed25519 => SigningAlg::Ed25519,
            Algorithm::Ps256 => SigningAlg::Ps256,
        }
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Algorithm::Es256 => "es256",
            Algorithm::Es384 => "es384",
            Algorithm::Ed25519 => "ed25519",
            Algorithm::Ps256 => "ps256",
        })
    }
}
