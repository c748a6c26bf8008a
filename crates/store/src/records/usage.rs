use super::{Records, integer, read};
use crate::StoreError;
use crate::sql::{Row, Value};
use billing::{AccountId, ActivityId, ChargedTo, Moment, Outcome};
use serde::Serialize;

const HOUR_MS: i64 = 3_600_000;

/// Calls of one hour that have activity, payer and outcome in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct UsageRow {
    /// Where the hour begins.
    pub hour: Moment,
    /// The activity.
    pub activity: ActivityId,
    /// What paid.
    pub charged_to: ChargedTo,
    /// How they ended.
    pub outcome: Outcome,
    /// How many.
    pub calls: u64,
}

fn usage(row: &dyn Row) -> Result<UsageRow, StoreError> {
    Ok(UsageRow {
        hour: Moment::from_unix_ms(read::integer(row, 0)? * HOUR_MS),
        activity: read::activity(row, 1)?,
        charged_to: read::coded(row, 2, ChargedTo::from_code)?,
        outcome: read::coded(row, 3, Outcome::from_code)?,
        calls: read::count(row, 4)?,
    })
}

impl Records<'_> {
    pub(super) fn add_usage(
        &mut self,
        account: AccountId,
        hour: i64,
        activity: ActivityId,
        payer: ChargedTo,
        outcome: Outcome,
        calls: u64,
    ) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO usage_hour (account, hour, activity, payer, outcome, calls)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (account, hour, activity, payer, outcome) DO UPDATE
             SET calls = usage_hour.calls + excluded.calls",
            &[
                integer(account.number()),
                Value::Integer(hour),
                integer(activity.number()),
                Value::Integer(payer.code()),
                integer(outcome.code().into()),
                integer(calls),
            ],
        )?;
        Ok(())
    }

    /// An account's usage in the hours from that of `from` to the one before that of `to`: ranges that
    /// meet have no hour in common.
    pub fn usage(
        &mut self,
        account: AccountId,
        from: Moment,
        to: Moment,
    ) -> Result<Vec<UsageRow>, StoreError> {
        let hour = |moment: Moment| Value::Integer(moment.unix_ms().div_euclid(HOUR_MS));
        self.rows(
            "SELECT hour, activity, payer, outcome, calls FROM usage_hour
             WHERE account = $1 AND hour >= $2 AND hour < $3
             ORDER BY hour, activity, payer, outcome",
            &[integer(account.number()), hour(from), hour(to)],
            usage,
        )
    }

    /// Counts an account's hourly usage anew from its call log.
    pub fn rebuild_usage(&mut self, account: AccountId) -> Result<(), StoreError> {
        let id = integer(account.number());
        self.execute("DELETE FROM usage_hour WHERE account = $1", &[id])?;
        self.execute(
            "INSERT INTO usage_hour (account, hour, activity, payer, outcome, calls)
             SELECT account, at / 3600000, activity, payer, outcome, COUNT(*) FROM call_log
             WHERE account = $1 GROUP BY account, at / 3600000, activity, payer, outcome",
            &[id],
        )?;
        Ok(())
    }

    /// Postpaid calls of an account in a month.
    pub fn postpaid_calls(
        &mut self,
        account: AccountId,
        month: billing::Month,
    ) -> Result<u64, StoreError> {
        let month = month.to_string();
        let calls = self.row(
            "SELECT calls FROM postpaid_month WHERE account = $1 AND month = $2",
            &[integer(account.number()), Value::Text(&month)],
            |row| read::count(row, 0),
        )?;
        Ok(calls.unwrap_or(0))
    }
}
