use crate::outbound::HttpUrlError;
use std::error::Error as StdError;
use std::io;
use std::net::IpAddr;
use thiserror::Error;

/// Why a file was not fetched. No message tells the URL, which may hold a signature.
#[derive(Debug, Error)]
pub enum FetchError {
    /// The URL cannot be one.
    #[error("{0}")]
    Url(#[from] HttpUrlError),
    /// The host leads to no address that the policy allows. The message does not tell the address:
    /// callers must not learn the operator's network from it.
    #[error(
        "{host} is not on the public internet; use a public host, send the picture itself, or ask the \
         operator to allow that network"
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
    /// There was no connection, it broke, or TLS or HTTP failed on it.
    #[error("the connection to {host} failed: {source}")]
    Connection {
        /// The host.
        host: String,
        /// What failed.
        source: Box<dyn StdError + Send + Sync>,
    },
    /// The host answered, but not with the file.
    #[error("{host} answered with the status {status}; only 200 brings a picture")]
    Status {
        /// The host.
        host: String,
        /// The HTTP status.
        status: u16,
    },
    /// A redirect without a place that could be asked.
    #[error("{host} redirects to nowhere; use the picture's own URL")]
    Redirect {
        /// The host.
        host: String,
        /// What is wrong with the place; `None` where none is given.
        source: Option<HttpUrlError>,
    },
    /// More redirects than are followed.
    #[error("the URL is redirected more than {most} times; use the picture's own URL")]
    TooManyRedirects {
        /// Redirects that are followed.
        most: usize,
    },
    /// The file has more bytes than may be taken.
    #[error("the file at {host} has more than the {limit} bytes allowed; use a smaller picture")]
    TooLarge {
        /// The host.
        host: String,
        /// [`FetchLimits::max_bytes`](super::FetchLimits::max_bytes).
        limit: usize,
    },
    /// The time was up before the file was there.
    #[error("{host} did not give the file within {limit_ms} ms; use a quicker host")]
    TooSlow {
        /// The host that was asked last.
        host: String,
        /// [`FetchLimits::timeout_ms`](super::FetchLimits::timeout_ms).
        limit_ms: u64,
    },
}
