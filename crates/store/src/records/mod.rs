//! The books inside a transaction: one file for each subject, all of mien's SQL.

mod accounts;
mod activities;
mod audit;
mod bills;
mod calls;
mod campaigns;
mod catalogues;
mod charge;
mod exemptions;
mod grants;
mod keys;
mod ledger;
mod licences;
mod materials;
mod memberships;
mod notices;
mod overall;
mod purchases;
mod read;
mod sessions;
mod tokens;
mod usage;
mod users;
mod webhooks;

pub use accounts::{Account, AccountState};
pub use audit::{AuditFilter, AuditLine, AuditRecord};
pub use bills::{Bill, ClosedMonth};
pub use campaigns::{Campaign, Consent};
pub use catalogues::CatalogueEdition;
pub use charge::{Charge, Charged};
pub use exemptions::{LabelExemption, NamedExemption};
pub use keys::{ApiKey, KeyState};
pub use ledger::{LedgerLine, PaidMovement};
pub use materials::{Material, ReviewQueue};
pub use memberships::{MembershipRecord, Role};
pub use notices::NoticeRecord;
pub use purchases::Order;
pub use sessions::LoginSession;
pub use tokens::{ClientToken, TokenUse};
pub use usage::UsageRow;
pub use users::{User, UserState};
pub use webhooks::{DeadLetter, Delivery, DeliveryRecord, Webhook};

use crate::StoreError;
use crate::sql::{Row, Session, Value};

/// The books, inside a transaction.
pub struct Records<'a> {
    session: &'a mut dyn Session,
}

impl std::fmt::Debug for Records<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Records")
    }
}

impl<'a> Records<'a> {
    pub(crate) fn new(session: &'a mut dyn Session) -> Records<'a> {
        Records { session }
    }

    fn execute(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<u64, StoreError> {
        self.session.execute(sql, values)
    }

    /// All rows of an answer.
    fn rows<T>(
        &mut self,
        sql: &'static str,
        values: &[Value<'_>],
        read: impl Fn(&dyn Row) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let mut found = Vec::new();
        self.session.query(sql, values, &mut |row| {
            found.push(read(row)?);
            Ok(())
        })?;
        Ok(found)
    }

    /// The only row of an answer, or none.
    fn row<T>(
        &mut self,
        sql: &'static str,
        values: &[Value<'_>],
        read: impl Fn(&dyn Row) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let mut found = None;
        self.session.query(sql, values, &mut |row| {
            found.get_or_insert(read(row)?);
            Ok(())
        })?;
        Ok(found)
    }

    /// The next number of a sequence that begins behind `start`.
    fn next(&mut self, name: &'static str, start: i64) -> Result<u64, StoreError> {
        let number = self.row(
            "INSERT INTO sequence (name, last) VALUES ($1, $2)
             ON CONFLICT (name) DO UPDATE SET last = sequence.last + 1 RETURNING last",
            &[Value::Text(name), Value::Integer(start)],
            |row| read::count(row, 0),
        )?;
        number.ok_or_else(|| StoreError::Unreadable(format!("the sequence {name} gave no number")))
    }

    /// Bytes kept under a name, such as mien's own sealed signing key.
    pub fn setting(&mut self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let sql = "SELECT value FROM setting WHERE name = $1";
        self.row(sql, &[Value::Text(name)], |row| read::bytes(row, 0))
    }

    /// Keeps bytes under a name, in place of what was there.
    pub fn keep_setting(&mut self, name: &str, value: &[u8]) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO setting (name, value) VALUES ($1, $2)
             ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            &[Value::Text(name), Value::Bytes(value)],
        )?;
        Ok(())
    }
}

/// A count as a parameter.
fn integer(number: u64) -> Value<'static> {
    // Ids and counts are bounded far below; a number beyond finds no row.
    Value::Integer(i64::try_from(number).unwrap_or(i64::MAX))
}

fn optional_integer(number: Option<u64>) -> Value<'static> {
    number.map_or(Value::Null, integer)
}

/// A time as a parameter.
fn time(moment: billing::Moment) -> Value<'static> {
    Value::Integer(moment.unix_ms())
}
