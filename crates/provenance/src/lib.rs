//! Content Credentials: C2PA manifests in pictures, signed with an operator's [`Credential`] and read back
//! with [`read_manifest`].
//!
//! The crate `c2pa` looks at the machine's clock when it signs and reads, for certificates run out. Nothing here
//! opens a file or speaks to a network: no time stamps, no remote manifests, no revocation lists.

mod algorithm;
mod certificate;
mod credential;
mod fault;
mod manifest;
mod pem;
mod read;
mod sign;
mod tiny;

pub use algorithm::Algorithm;
pub use credential::Credential;
pub use fault::{CredentialFault, CredentialWarning, ManifestError, Part, SignError, TrustFault};
pub use manifest::{Integrity, Manifest, ManifestFault, Signer, Trust};
pub use read::{TrustAnchors, read_manifest};
pub use sign::Act;
