//! Connections from here to addresses that customers choose.
//!
//! Whatever goes out (letters to webhooks, pictures fetched by URL) takes the same way: a URL that
//! one parser has read, names resolved and checked against the operator's policy, and a connection to
//! the very address that was checked. No proxy is used, no redirect followed unseen.

mod address;
mod connection;
mod range;
mod url;

pub use address::{AddressPolicy, is_public};
pub use range::{AddressRange, AddressRangeError};
pub use url::{HttpUrl, HttpUrlError};

pub(crate) use connection::{Broken, agent};
