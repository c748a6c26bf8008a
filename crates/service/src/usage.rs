//! Usage: counted by hour as calls are charged, summed here by hour, day or month.

use crate::error::ServiceError;
use crate::service::{Service, account_of};
use billing::{AccountId, ActivityId, ChargedTo, Moment, Outcome};
use serde::Serialize;
use std::collections::BTreeMap;
use store::UsageRow;

/// Lengths of time that usage is summed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// An hour.
    Hour,
    /// A day of the calendar.
    Day,
    /// A month of the calendar.
    Month,
}

/// Calls of one period that have activity, payer and outcome in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UsageSum {
    /// The period, as `2027-01-10 08:00`, `2027-01-10` or `2027-01`.
    pub period: String,
    /// The activity.
    pub activity: ActivityId,
    /// What paid.
    pub charged_to: ChargedTo,
    /// How they ended.
    pub outcome: Outcome,
    /// How many.
    pub calls: u64,
}

impl Service {
    /// An account's usage in `from..to` (whole hours), summed by period, activity, payer and outcome.
    pub fn usage(
        &self,
        account: AccountId,
        from: Moment,
        to: Moment,
        period: Period,
    ) -> Result<Vec<UsageSum>, ServiceError> {
        let rows = self.ports.store.read(|records| {
            account_of(records, account)?;
            Ok::<_, ServiceError>(records.usage(account, from, to)?)
        })?;
        let mut sums: BTreeMap<_, u64> = BTreeMap::new();
        for row in rows {
            let key = (
                self.period_of(&row, period),
                row.activity,
                row.charged_to,
                row.outcome,
            );
            *sums.entry(key).or_default() += row.calls;
        }
        let sum = |((period, activity, charged_to, outcome), calls)| UsageSum {
            period,
            activity,
            charged_to,
            outcome,
            calls,
        };
        Ok(sums.into_iter().map(sum).collect())
    }

    /// Counts an account's usage anew from its call log.
    pub fn rebuild_usage(&self, account: AccountId) -> Result<(), ServiceError> {
        self.ports.store.write(|records| {
            account_of(records, account)?;
            Ok(records.rebuild_usage(account)?)
        })
    }

    fn period_of(&self, row: &UsageRow, period: Period) -> String {
        let calendar = self.calendar();
        match period {
            // The hour's own beginning: "2027-01-10 08:00".
            Period::Hour => calendar.write(row.hour).chars().take(16).collect(),
            Period::Day => calendar.day_of(row.hour).to_string(),
            Period::Month => calendar.month_of(row.hour).to_string(),
        }
    }
}
