//! Files over HTTP.

use super::{FetchError, FetchLimits, Fetcher, MOST_URL_CHARACTERS, picture_url};
use crate::clock::{Clock, SystemClock};
use crate::outbound::{AddressPolicy, Broken, HttpUrl, agent};
use std::io::Read;
use std::time::Duration;
use ureq::http::Response;
use ureq::http::header::{CONTENT_LENGTH, LOCATION};
use ureq::{Agent, Body};

/// Redirects that are followed.
const MOST_REDIRECTS: usize = 3;

/// Fetches files from whom a policy allows.
///
/// Redirects are followed here, one by one: where each leads is read, resolved and checked like the
/// URL itself. Only the status 200 brings a file. What the host says of the file's type is not asked
/// for: the bytes tell.
#[derive(Debug)]
pub struct HttpFetcher {
    agent: Agent,
    stopwatch: SystemClock,
}

impl HttpFetcher {
    /// A fetcher that connects to whom `policy` allows.
    pub fn new(policy: AddressPolicy) -> HttpFetcher {
        HttpFetcher {
            // Each request has a shorter time of its own.
            agent: agent(policy, Duration::from_secs(60)),
            stopwatch: SystemClock::new(),
        }
    }
}

impl Fetcher for HttpFetcher {
    fn fetch(&self, url: &str, limits: FetchLimits) -> Result<Vec<u8>, FetchError> {
        let mut url = picture_url(url)?;
        let started_ns = self.stopwatch.monotonic_ns();
        for _ in 0..=MOST_REDIRECTS {
            let elapsed_ns = self.stopwatch.monotonic_ns() - started_ns;
            let limit_ns = limits.timeout_ms.saturating_mul(1_000_000);
            let left = limit_ns.checked_sub(elapsed_ns).filter(|left| *left > 0);
            let left = left.ok_or_else(|| failure(&url, limits, Broken::Timeout))?;
            match self.ask(&url, Duration::from_nanos(left), limits)? {
                Answer::File(bytes) => return Ok(bytes),
                Answer::Elsewhere(next) => url = next,
            }
        }
        Err(FetchError::TooManyRedirects {
            most: MOST_REDIRECTS,
        })
    }
}

/// What one request brought.
enum Answer {
    File(Vec<u8>),
    Elsewhere(HttpUrl),
}

impl HttpFetcher {
    fn ask(
        &self,
        url: &HttpUrl,
        timeout: Duration,
        limits: FetchLimits,
    ) -> Result<Answer, FetchError> {
        let response = self
            .agent
            .get(url.as_str())
            // Else some hosts would send formats that are not read.
            .header("Accept", "image/jpeg, image/png, */*;q=0.1")
            .config()
            .timeout_global(Some(timeout))
            .build()
            .call()
            .map_err(|error| failure(url, limits, error.into()))?;
        match response.status().as_u16() {
            200 => read(url, response, limits).map(Answer::File),
            301 | 302 | 303 | 307 | 308 => next(url, &response).map(Answer::Elsewhere),
            status => Err(FetchError::Status {
                host: url.host().to_owned(),
                status,
            }),
        }
    }
}

/// Where a redirect leads.
fn next(url: &HttpUrl, response: &Response<Body>) -> Result<HttpUrl, FetchError> {
    let nowhere = |source| FetchError::Redirect {
        host: url.host().to_owned(),
        source,
    };
    let location = response.headers().get(LOCATION);
    // Some hosts write letters beyond ASCII there as they are.
    let location = location.and_then(|value| std::str::from_utf8(value.as_bytes()).ok());
    url.join(location.ok_or_else(|| nowhere(None))?, MOST_URL_CHARACTERS)
        .map_err(|error| nowhere(Some(error)))
}

/// The body of an answer, which is not believed in what it says of its size.
fn read(
    url: &HttpUrl,
    mut response: Response<Body>,
    limits: FetchLimits,
) -> Result<Vec<u8>, FetchError> {
    let too_large = || FetchError::TooLarge {
        host: url.host().to_owned(),
        limit: limits.max_bytes,
    };
    let most = limits.max_bytes as u64;
    let declared = response.headers().get(CONTENT_LENGTH);
    let declared: Option<u64> = declared.and_then(|value| value.to_str().ok()?.parse().ok());
    if declared.is_some_and(|bytes| bytes > most) {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    response
        .body_mut()
        .as_reader()
        .take(most.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| failure(url, limits, ureq::Error::from(error).into()))?;
    if bytes.len() > limits.max_bytes {
        return Err(too_large());
    }
    Ok(bytes)
}

fn failure(url: &HttpUrl, limits: FetchLimits, broken: Broken) -> FetchError {
    let host = url.host().to_owned();
    match broken {
        Broken::Timeout => FetchError::TooSlow {
            host,
            limit_ms: limits.timeout_ms,
        },
        Broken::Address(address) => FetchError::Address { host, address },
        Broken::Host(source) => FetchError::Host { host, source },
        Broken::Unsendable(source) | Broken::Connection(source) => {
            FetchError::Connection { host, source }
        }
    }
}

#[cfg(test)]
mod tests;
