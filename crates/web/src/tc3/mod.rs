//! TC3-HMAC-SHA256, the signature of the cloud API 3.0: [`verify`] says whose a request is, [`Signer`]
//! makes the header that a client would send.
//!
//! A signature covers method, query, signed headers and the hash of the body. The client libraries of
//! different languages disagree on the host (with its port or without), on the service in the scope
//! and on the case of header values; `candidates` has what each of them may have signed.

mod authorization;
mod candidates;
mod canonical;
mod sign;
#[cfg(test)]
mod tests;
mod verify;

pub use authorization::{Authorization, FormError};
pub use sign::{Signed, Signer};
pub use verify::{AuthError, Caller, verify};

/// Name of the algorithm, as it stands in the header and in the signed text.
pub const ALGORITHM: &str = "TC3-HMAC-SHA256";

/// The service's name in the scope, whatever the endpoint is called.
pub const SERVICE: &str = "facefusion";

/// Last part of every scope.
const TERMINATOR: &str = "tc3_request";

/// Stands in `X-TC-Content-SHA256` when a client did not hash the body.
const UNSIGNED_PAYLOAD: &[u8] = b"UNSIGNED-PAYLOAD";
