//! What an operator asks of all accounts together.

use super::{Records, read};
use crate::StoreError;
use crate::sql::Value;
use billing::{AccountId, Moment};

const HOUR_MS: i64 = 3_600_000;

fn hour(moment: Moment) -> Value<'static> {
    Value::Integer(moment.unix_ms().div_euclid(HOUR_MS))
}

impl Records<'_> {
    /// Calls of all accounts that count, by hour, in the hours from that of `from` to the one before that
    /// of `to`; hours without calls are left out.
    pub fn counted_by_hour(
        &mut self,
        from: Moment,
        to: Moment,
    ) -> Result<Vec<(Moment, u64)>, StoreError> {
        self.rows(
            "SELECT hour, SUM(calls) FROM usage_hour WHERE hour >= $1 AND hour < $2 AND payer <> 0
             GROUP BY hour ORDER BY hour",
            &[hour(from), hour(to)],
            |row| {
                let hour = Moment::from_unix_ms(read::integer(row, 0)? * HOUR_MS);
                Ok((hour, read::count(row, 1)?))
            },
        )
    }

    /// Calls that count, by account, in such hours; accounts without calls are left out.
    pub fn counted_by_account(
        &mut self,
        from: Moment,
        to: Moment,
    ) -> Result<Vec<(AccountId, u64)>, StoreError> {
        self.rows(
            "SELECT account, SUM(calls) FROM usage_hour WHERE hour >= $1 AND hour < $2 AND payer <> 0
             GROUP BY account ORDER BY account",
            &[hour(from), hour(to)],
            |row| Ok((read::account(row, 0)?, read::count(row, 1)?)),
        )
    }

    /// How many activities each account has; accounts without any are left out.
    pub fn activity_counts(&mut self) -> Result<Vec<(AccountId, u64)>, StoreError> {
        self.rows(
            "SELECT account, COUNT(*) FROM activity WHERE deleted IS NULL GROUP BY account ORDER BY account",
            &[],
            |row| Ok((read::account(row, 0)?, read::count(row, 1)?)),
        )
    }

    /// How many materials are in each state of their review, by the state's number.
    pub fn material_counts(&mut self) -> Result<Vec<(u64, u64)>, StoreError> {
        self.rows(
            "SELECT status, COUNT(*) FROM material WHERE deleted IS NULL GROUP BY status ORDER BY status",
            &[],
            |row| Ok((read::count(row, 0)?, read::count(row, 1)?)),
        )
    }
}
