//! Failed sign-ins in the audit log: enough to see that somebody guesses, never so many that the disk fills.

use super::audit::{Actor, Deed, audit};
use super::{PeopleFault, SignIn};
use crate::{Service, ServiceError};
use billing::Moment;
use std::net::IpAddr;
use std::sync::PoisonError;

/// Lines in an hour, of all logins and addresses together.
const MOST_AN_HOUR: u32 = 60;

/// Characters of a login that are written down.
const LONGEST_LOGIN: usize = 64;

const HOUR_MS: i64 = 3_600_000;

/// How many were written down in the present hour.
#[derive(Debug, Default)]
pub(super) struct FailedSignIns {
    hour: i64,
    written: u32,
    /// Those that were not, since the last that was.
    left_out: u64,
}

impl FailedSignIns {
    /// Counts one; whether it is to be written down, and how many before it were not.
    fn count(&mut self, now: Moment) -> Option<u64> {
        let hour = now.unix_ms().div_euclid(HOUR_MS);
        if hour != self.hour {
            (self.hour, self.written) = (hour, 0);
        }
        if self.written >= MOST_AN_HOUR {
            self.left_out = self.left_out.saturating_add(1);
            return None;
        }
        self.written += 1;
        Some(std::mem::take(&mut self.left_out))
    }
}

impl Service {
    /// Writes down that a sign-in failed, as far as there is room for it.
    pub(super) fn note_failed(
        &self,
        given: &SignIn<'_>,
        fault: &PeopleFault,
    ) -> Result<(), ServiceError> {
        let now = self.now();
        let counted = {
            let failed = &self.people.failed_sign_ins;
            let mut failed = failed.lock().unwrap_or_else(PoisonError::into_inner);
            failed.count(now)
        };
        let Some(left_out) = counted else {
            return Ok(());
        };
        let why = match fault {
            PeopleFault::WrongCode => "wrong code",
            _ => "wrong login or password",
        };
        let network = network(given.client);
        let more = match left_out {
            0 => String::new(),
            count => format!("; {count} more before it are not listed"),
        };
        let deed = Deed {
            actor: Actor::Nobody,
            account: None,
            action: "sign_in_failed",
            subject: &format!("login {}", written(given.login)),
            detail: &format!("{why}, from {network}{more}"),
        };
        self.ports.store.write(|records| audit(records, now, deed))
    }
}

/// What somebody typed as a login, in a form that cannot pass for anything else.
fn written(login: &str) -> String {
    let shown = |c: char| match c.is_control() {
        true => char::REPLACEMENT_CHARACTER,
        false => c,
    };
    login.chars().take(LONGEST_LOGIN).map(shown).collect()
}

/// The network an address is in: enough to tell attackers apart, too little to tell who it was.
fn network(client: &str) -> String {
    match client.parse() {
        Ok(IpAddr::V4(address)) => {
            let [a, b, c, _] = address.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        Ok(IpAddr::V6(address)) => {
            let [a, b, c, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}::/48")
        }
        Err(_) => "an unknown address".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_an_hour_and_the_rest_is_counted() {
        let mut failed = FailedSignIns::default();
        let at = |minute: i64| Moment::from_unix_ms(1_799_539_200_000 + minute * 60_000);
        for _ in 0..MOST_AN_HOUR {
            assert_eq!(failed.count(at(0)), Some(0));
        }
        for _ in 0..1000 {
            assert_eq!(failed.count(at(59)), None);
        }
        assert_eq!(failed.count(at(60)), Some(1000));
        assert_eq!(failed.count(at(61)), Some(0));
    }

    #[test]
    fn logins_and_addresses_are_shortened() {
        assert_eq!(written("wang\nroot"), "wang\u{fffd}root");
        assert_eq!(written(&"长".repeat(500)).chars().count(), 64);
        for (client, shown) in [
            ("203.0.113.9", "203.0.113.0/24"),
            ("2001:db8:1:2::", "2001:db8:1::/48"),
            ("unknown", "an unknown address"),
        ] {
            assert_eq!(network(client), shown);
        }
    }
}
