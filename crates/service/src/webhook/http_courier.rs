//! Letters over HTTP.

use super::courier::{Courier, DeliveryError, Letter, MOST_ANSWER_BYTES, Receipt};
use super::{AddressPolicy, WebhookUrl};
use std::io::{self, Read};
use std::net::IpAddr;
use std::time::Duration;
use thiserror::Error;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Body};

/// The time for all of a delivery: name, connection, TLS, request and answer.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Posts letters.
///
/// No redirect is followed and no proxy used: both would lead past the address policy.
#[derive(Debug)]
pub struct HttpCourier {
    agent: Agent,
}

impl HttpCourier {
    /// A courier that connects to whom `policy` allows.
    pub fn new(policy: AddressPolicy) -> HttpCourier {
        HttpCourier::with_timeout(policy, TIMEOUT)
    }

    fn with_timeout(policy: AddressPolicy, timeout: Duration) -> HttpCourier {
        let config = Agent::config_builder()
            .timeout_global(Some(timeout))
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            // Else the environment would name one.
            .proxy(None)
            // Letters are rare: a kept connection would be closed by the time of the next.
            .max_idle_connections(0)
            .user_agent(concat!("mien/", env!("CARGO_PKG_VERSION")))
            .build();
        let resolver = CheckedResolver {
            policy,
            inner: DefaultResolver::default(),
        };
        HttpCourier {
            agent: Agent::with_parts(config, DefaultConnector::new(), resolver),
        }
    }
}

impl Courier for HttpCourier {
    fn deliver(&self, letter: &Letter) -> Result<Receipt, DeliveryError> {
        let mut response = self
            .agent
            .post(letter.url.as_str())
            .header("Content-Type", "application/json")
            .header("X-Mien-Event", &letter.event)
            .header("X-Mien-Delivery", &letter.delivery_id)
            .header("X-Mien-Signature", &letter.signature)
            .send(&letter.body[..])
            .map_err(|error| delivery_error(&letter.url, error))?;
        let status = response.status().as_u16();
        let answer = read_answer(response.body_mut());
        match status {
            200..=299 => Ok(Receipt { status, answer }),
            _ => Err(DeliveryError::Status { status, answer }),
        }
    }
}

/// The beginning of an answer. The status decides, so an answer that breaks off is no failure.
fn read_answer(body: &mut Body) -> String {
    let mut answer = Vec::new();
    let most = MOST_ANSWER_BYTES as u64;
    // What came before a failure is kept.
    let _ = body.as_reader().take(most).read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

fn delivery_error(url: &WebhookUrl, error: ureq::Error) -> DeliveryError {
    let host = url.host().to_owned();
    match error {
        ureq::Error::Timeout(_) => DeliveryError::Timeout { host },
        ureq::Error::Http(_) | ureq::Error::BadUri(_) => DeliveryError::Unsendable {
            source: Box::new(error),
        },
        ureq::Error::Other(other) => match other.downcast::<Unreachable>().map(|cause| *cause) {
            Ok(Unreachable::Refused(address)) => DeliveryError::Address { host, address },
            Ok(Unreachable::Unknown(source)) => DeliveryError::Host { host, source },
            Err(source) => DeliveryError::Connection { host, source },
        },
        error => DeliveryError::Connection {
            host,
            source: Box::new(error),
        },
    }
}

/// Resolves names and passes on the addresses that the policy allows.
///
/// The connection is made to what this gives, so a name cannot lead elsewhere between the check
/// and the connection. Hosts that are numbers, in whatever notation, pass through here too.
#[derive(Debug)]
struct CheckedResolver {
    policy: AddressPolicy,
    inner: DefaultResolver,
}

/// Why there is no address to connect to; travels inside the client's error.
#[derive(Debug, Error)]
enum Unreachable {
    #[error("{0} is not allowed")]
    Refused(IpAddr),
    #[error(transparent)]
    Unknown(io::Error),
}

impl Resolver for CheckedResolver {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let unreachable = |cause| ureq::Error::Other(Box::new(cause));
        let found = match self.inner.resolve(uri, config, timeout) {
            Ok(found) => found,
            Err(ureq::Error::Io(error)) => return Err(unreachable(Unreachable::Unknown(error))),
            Err(ureq::Error::HostNotFound) => {
                let error = io::Error::from(io::ErrorKind::NotFound);
                return Err(unreachable(Unreachable::Unknown(error)));
            }
            Err(error) => return Err(error),
        };
        let mut allowed = self.empty();
        let mut refused = None;
        for address in found.iter() {
            if self.policy.allows(address.ip()) {
                allowed.push(*address);
            } else {
                refused = Some(address.ip());
            }
        }
        match refused {
            Some(address) if allowed.is_empty() => Err(unreachable(Unreachable::Refused(address))),
            _ => Ok(allowed),
        }
    }
}

#[cfg(test)]
mod tests;
