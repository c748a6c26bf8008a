//! Who delivers letters.

use super::WebhookUrl;
use std::error::Error as StdError;
use std::io;
use std::net::IpAddr;
use thiserror::Error;

/// The most bytes of an answer that are kept, for people to read: 4 KiB.
pub const MOST_ANSWER_BYTES: usize = 4 << 10;

/// Delivers letters.
pub trait Courier: Send + Sync {
    /// Delivers `letter` once, and waits for the receiver's answer.
    ///
    /// # Errors
    /// [`DeliveryError`] when the receiver did not answer that it took the letter. It may have
    /// taken it all the same, so receivers tell letters apart by their `delivery_id`.
    fn deliver(&self, letter: &Letter) -> Result<Receipt, DeliveryError>;
}

/// A notice ready to be posted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Where it goes.
    pub url: WebhookUrl,
    /// The notice, JSON.
    pub body: Vec<u8>,
    /// What [`super::sign`] gave for the body.
    pub signature: String,
    /// What kind of notice it is, in visible ASCII.
    pub event: String,
    /// The same for every attempt to deliver this notice, in visible ASCII.
    pub delivery_id: String,
}

/// What a receiver that took the letter answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The HTTP status, 200 to 299.
    pub status: u16,
    /// The first [`MOST_ANSWER_BYTES`] of the answer; what is no UTF-8 is replaced.
    pub answer: String,
}

/// Why a letter was not delivered. No message tells the address, whose path may be a secret.
#[derive(Debug, Error)]
pub enum DeliveryError {
    /// The receiver answered with another status than 200 to 299. Redirects are not followed.
    #[error("the receiver answered with the status {status}; let it answer 2xx")]
    Status {
        /// The HTTP status.
        status: u16,
        /// The first [`MOST_ANSWER_BYTES`] of the answer; what is no UTF-8 is replaced.
        answer: String,
    },
    /// The host leads to no address that the policy allows. The message does not tell the address:
    /// customers must not learn the operator's network from it.
    #[error(
        "{host} is not on the public internet; use a public host, or ask the operator to allow private ones"
    )]
    Address {
        /// The host.
        host: String,
        /// One of its addresses.
        address: IpAddr,
    },
    /// The host's name leads to no address at all.
    #[error("{host} is not found; check the name")]
    Host {
        /// The host.
        host: String,
        /// What the system said.
        source: io::Error,
    },
    /// The receiver did not answer in time.
    #[error("{host} did not answer in time; let it answer first and work afterwards")]
    Timeout {
        /// The host.
        host: String,
    },
    /// There was no connection, it broke, or TLS or HTTP failed on it.
    #[error("the connection to {host} failed: {source}")]
    Connection {
        /// The host.
        host: String,
        /// What failed.
        source: Box<dyn StdError + Send + Sync>,
    },
    /// Signature, event or delivery id cannot stand in a header.
    #[error("the letter cannot be sent: {source}; use visible ASCII in its headers")]
    Unsendable {
        /// What is wrong.
        source: Box<dyn StdError + Send + Sync>,
    },
}
