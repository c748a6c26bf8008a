//! The hash chain over an account's call log: each row's digest covers the row and the digest before it,
//! so that no row can be changed, dropped or inserted without changing every digest after it.
//!
//! The digest of a row is SHA-256 over the digest before it (32 bytes; for the first row that of
//! [`Digest::origin`]), then seq, call id, time (Unix milliseconds), activity, material serial and number
//! (both 0 without one), outcome code and payer code, as little-endian numbers of 8, 16, 8, 8, 8, 8, 1 and 8 bytes.

use crate::as_text::serde_as_text;
use crate::{AccountId, CallRow};
use sha2::{Digest as _, Sha256};
use std::fmt;
use std::str::FromStr;

/// A SHA-256 digest, written in hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// Of a text or other bytes.
    pub fn of(bytes: &[u8]) -> Digest {
        Digest(Sha256::digest(bytes).into())
    }

    /// What comes before the first row of an account's log.
    pub fn origin(account: AccountId) -> Digest {
        Digest::of(format!("mien call log 1 of account {account}").as_bytes())
    }

    /// The digest that `row` must carry behind a row with the digest `self`.
    pub fn then(&self, row: &CallRow) -> Digest {
        let (serial, number) = row
            .material
            .map_or((0, 0), |material| (material.serial, material.number));
        let mut hash = Sha256::new();
        hash.update(self.0);
        hash.update(row.seq.to_le_bytes());
        hash.update(row.id.0);
        hash.update(row.at.unix_ms().to_le_bytes());
        hash.update(row.activity.number().to_le_bytes());
        hash.update(serial.to_le_bytes());
        hash.update(number.to_le_bytes());
        hash.update([row.outcome.code()]);
        hash.update(row.charged_to.code().to_le_bytes());
        Digest(hash.finalize().into())
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&data_encoding::HEXLOWER.encode(&self.0))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Digest {
    type Err = String;

    fn from_str(text: &str) -> Result<Digest, String> {
        let bytes = data_encoding::HEXLOWER.decode(text.as_bytes()).ok();
        let digest = bytes.and_then(|bytes| bytes.try_into().ok()).map(Digest);
        digest.ok_or_else(|| format!("'{text}' is no digest: 64 digits 0-9 and a-f"))
    }
}

serde_as_text!(Digest);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ActivityId, CallId, ChargedTo, GrantId, MaterialId, Moment, Outcome};

    fn row() -> CallRow {
        let activity = ActivityId::new(300_100);
        CallRow {
            account: AccountId::new(100_001),
            seq: 1,
            id: CallId([7; 16]),
            at: Moment::from_unix_ms(1_800_000_000_000),
            activity,
            material: Some(MaterialId {
                activity,
                serial: 154_021,
                number: 1,
            }),
            outcome: Outcome::Fused,
            charged_to: ChargedTo::Grant(GrantId::new(3)),
            digest: Digest([0; 32]),
        }
    }

    /// Computed with another implementation: the layout is a promise to those who verify.
    #[test]
    fn the_layout_is_fixed() {
        let origin = Digest::origin(AccountId::new(100_001));
        assert_eq!(
            origin.then(&row()).to_string(),
            "24ac70ecd430de2b931136fe9b9a82672d93f389bed7b3a71aed82b949da4fd3"
        );
    }

    #[test]
    fn every_field_is_covered() {
        let origin = Digest::origin(AccountId::new(100_001));
        let changes: [fn(&mut CallRow); 7] = [
            |row| row.seq = 2,
            |row| row.id = CallId([8; 16]),
            |row| row.at = row.at.plus_ms(1),
            |row| row.activity = ActivityId::new(300_101),
            |row| row.material = None,
            |row| row.outcome = Outcome::NoFace,
            |row| row.charged_to = ChargedTo::Postpaid,
        ];
        for (index, change) in changes.iter().enumerate() {
            let mut changed = row();
            change(&mut changed);
            assert_ne!(origin.then(&changed), origin.then(&row()), "change {index}");
        }
        assert_ne!(
            Digest::origin(AccountId::new(2)).then(&row()),
            origin.then(&row())
        );
    }
}
