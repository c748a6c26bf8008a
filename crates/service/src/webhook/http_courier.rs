//! Letters over HTTP.

use super::courier::{Courier, DeliveryError, Letter, MOST_ANSWER_BYTES, Receipt};
use super::{AddressPolicy, WebhookUrl};
use crate::outbound::{Broken, agent};
use std::io::Read;
use std::time::Duration;
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
        HttpCourier {
            agent: agent(policy, timeout),
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
            .map_err(|error| delivery_error(&letter.url, error.into()))?;
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

fn delivery_error(url: &WebhookUrl, broken: Broken) -> DeliveryError {
    let host = url.host().to_owned();
    match broken {
        Broken::Timeout => DeliveryError::Timeout { host },
        Broken::Address(address) => DeliveryError::Address { host, address },
        Broken::Host(source) => DeliveryError::Host { host, source },
        Broken::Unsendable(source) => DeliveryError::Unsendable { source },
        Broken::Connection(source) => DeliveryError::Connection { host, source },
    }
}

#[cfg(test)]
mod tests;
