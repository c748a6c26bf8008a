//! The client whose connections go only where the policy allows.

use super::AddressPolicy;
use std::error::Error as StdError;
use std::io;
use std::net::IpAddr;
use std::time::Duration;
use thiserror::Error;
use ureq::Agent;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};

/// A client that connects to whom `policy` allows and gives every answer as it is.
///
/// `timeout` is the time for all of one request: name, connection, TLS, request and answer. No
/// redirect is followed and no proxy used: both would lead past the policy.
pub(crate) fn agent(policy: AddressPolicy, timeout: Duration) -> Agent {
    let config = Agent::config_builder()
        .timeout_global(Some(timeout))
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        // Else the environment would name one.
        .proxy(None)
        // A kept connection would be one that the policy of its time allowed, and to a host whose
        // name may lead elsewhere by now.
        .max_idle_connections(0)
        .user_agent(concat!("mien/", env!("CARGO_PKG_VERSION")))
        .build();
    let resolver = CheckedResolver {
        policy,
        inner: DefaultResolver::default(),
    };
    Agent::with_parts(config, DefaultConnector::new(), resolver)
}

/// Why a request got no answer.
#[derive(Debug)]
pub(crate) enum Broken {
    /// The time is up.
    Timeout,
    /// The host leads to no address that the policy allows; one that it leads to.
    Address(IpAddr),
    /// The host's name leads to no address.
    Host(io::Error),
    /// The request cannot be written.
    Unsendable(Box<dyn StdError + Send + Sync>),
    /// There was no connection, it broke, or TLS or HTTP failed on it.
    Connection(Box<dyn StdError + Send + Sync>),
}

impl From<ureq::Error> for Broken {
    fn from(error: ureq::Error) -> Broken {
        match error {
            ureq::Error::Timeout(_) => Broken::Timeout,
            ureq::Error::Http(_) | ureq::Error::BadUri(_) => Broken::Unsendable(Box::new(error)),
            ureq::Error::Other(other) => match other.downcast::<Unreachable>() {
                Ok(cause) => match *cause {
                    Unreachable::Refused(address) => Broken::Address(address),
                    Unreachable::Unknown(source) => Broken::Host(source),
                },
                Err(source) => Broken::Connection(source),
            },
            error => Broken::Connection(Box::new(error)),
        }
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
