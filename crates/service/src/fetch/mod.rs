//! Pictures that calls give by URL.
//!
//! Anybody who may call can name a URL, so a fetcher is what an attacker would use to look around in
//! the operator's network. It asks only addresses that the policy allows, at every redirect anew, and
//! takes neither more bytes nor more time than it is given.

mod error;
mod http_fetcher;

pub use error::FetchError;
pub use http_fetcher::HttpFetcher;

use crate::outbound::{HttpUrl, HttpUrlError};

/// The most characters of a picture's URL; signed ones are long.
pub const MOST_URL_CHARACTERS: usize = 4096;

/// How much a fetcher may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FetchLimits {
    /// Bytes of the file.
    pub max_bytes: usize,
    /// Time for all of it, redirects included.
    pub timeout_ms: u64,
}

impl Default for FetchLimits {
    /// 10 MiB in 10 seconds.
    fn default() -> FetchLimits {
        FetchLimits {
            max_bytes: 10 << 20,
            timeout_ms: 10_000,
        }
    }
}

/// Fetches files.
pub trait Fetcher: Send + Sync {
    /// The file at `url`, whole.
    ///
    /// # Errors
    /// [`FetchError`] says why there is none.
    fn fetch(&self, url: &str, limits: FetchLimits) -> Result<Vec<u8>, FetchError>;
}

/// A picture's URL as fetchers read it.
///
/// # Errors
/// [`HttpUrlError`] says why `text` cannot be one.
pub fn picture_url(text: &str) -> Result<HttpUrl, HttpUrlError> {
    HttpUrl::parse(text, MOST_URL_CHARACTERS)
}
