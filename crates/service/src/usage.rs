//! Usage: counted by hour as calls are charged, summed here by hour, day or month.

use crate::error::ServiceError;
use crate::service::{Service, account_of};
use billing::{AccountId, ActivityId, ChargedTo, Day, Moment, Outcome};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use store::UsageRow;

const HOUR_MS: i64 = 3_600_000;

/// Periods that are told of at once.
const MOST_PERIODS: usize = 1000;

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

impl Period {
    /// Hours of the longest.
    const fn most_hours(self) -> i64 {
        match self {
            Period::Hour => 1,
            Period::Day => 25,
            Period::Month => 31 * 24 + 1,
        }
    }
}

/// By what calls are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Split {
    /// By nothing.
    None,
    /// By activity.
    Activity,
    /// By what paid.
    ChargedTo,
    /// By how they ended.
    Outcome,
}

impl Split {
    fn key(self, row: &UsageRow) -> SplitKey {
        match self {
            Split::None => SplitKey::All,
            Split::Activity => SplitKey::Activity(row.activity),
            Split::ChargedTo => SplitKey::ChargedTo(row.charged_to),
            Split::Outcome => SplitKey::Outcome(row.outcome),
        }
    }
}

/// What the calls of a series have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SplitKey {
    /// Nothing.
    All,
    /// Their activity.
    Activity(ActivityId),
    /// What paid.
    ChargedTo(ChargedTo),
    /// How they ended.
    Outcome(Outcome),
}

impl fmt::Display for SplitKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SplitKey::All => f.write_str("all"),
            SplitKey::Activity(id) => id.fmt(f),
            SplitKey::ChargedTo(payer) => payer.fmt(f),
            SplitKey::Outcome(outcome) => outcome.fmt(f),
        }
    }
}

/// Calls by period that have something in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// What.
    pub key: SplitKey,
    /// Its name, where it has one: that of an activity, deleted or not.
    pub label: Option<String>,
    /// Calls of each period.
    pub calls: Vec<u64>,
    /// Calls of all periods.
    pub total: u64,
}

/// Usage over time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsageSeries {
    /// The periods in order, none left out, as `2027-01-10 08:00`, `2027-01-10` or `2027-01`.
    pub periods: Vec<String>,
    /// The greatest first.
    pub series: Vec<Series>,
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
                self.period_of(row.hour, period),
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

    /// An account's usage on `first..=last`, by period, in series of calls that have something in common.
    /// Every period is there, also those without calls; the greatest series comes first.
    pub fn usage_series(
        &self,
        account: AccountId,
        first: Day,
        last: Day,
        period: Period,
        split: Split,
    ) -> Result<UsageSeries, ServiceError> {
        if last < first {
            return Err(ServiceError::DaysReversed { first, last });
        }
        let (from, to) = (
            self.calendar().start_of(first),
            self.calendar().end_of(last),
        );
        let periods = self.periods(from, to, period)?;
        let (rows, names) = self.ports.store.read(|records| {
            account_of(records, account)?;
            let names = match split {
                Split::Activity => records.activities_ever(account)?,
                _ => Vec::new(),
            };
            Ok::<_, ServiceError>((records.usage(account, from, to)?, names))
        })?;
        let places: HashMap<&str, usize> = (periods.iter().map(String::as_str)).zip(0..).collect();
        let mut series: BTreeMap<SplitKey, Vec<u64>> = BTreeMap::new();
        if split == Split::None {
            series.insert(SplitKey::All, vec![0; periods.len()]);
        }
        for row in &rows {
            let calls = series
                .entry(split.key(row))
                .or_insert_with(|| vec![0; periods.len()]);
            let place = places.get(self.period_of(row.hour, period).as_str());
            if let Some(calls) = place.and_then(|&place| calls.get_mut(place)) {
                *calls += row.calls;
            }
        }
        let names: HashMap<ActivityId, String> = names.into_iter().collect();
        let mut series: Vec<Series> = series
            .into_iter()
            .map(|(key, calls)| Series {
                label: match &key {
                    SplitKey::Activity(id) => names.get(id).cloned(),
                    _ => None,
                },
                total: calls.iter().sum(),
                key,
                calls,
            })
            .collect();
        series.sort_by_key(|series| Reverse(series.total));
        Ok(UsageSeries { periods, series })
    }

    /// The periods that the hours of `from..to` lie in, in order.
    fn periods(
        &self,
        from: Moment,
        to: Moment,
        period: Period,
    ) -> Result<Vec<String>, ServiceError> {
        let hours = |moment: Moment| moment.unix_ms().div_euclid(HOUR_MS);
        let (first, end) = (hours(from), hours(to));
        if end - first > MOST_PERIODS as i64 * period.most_hours() {
            return Err(ServiceError::TooManyPeriods { most: MOST_PERIODS });
        }
        let mut periods: Vec<String> = Vec::new();
        for hour in first..end {
            let name = self.period_of(Moment::from_unix_ms(hour * HOUR_MS), period);
            if periods.last() != Some(&name) {
                periods.push(name);
            }
        }
        if periods.len() > MOST_PERIODS {
            return Err(ServiceError::TooManyPeriods { most: MOST_PERIODS });
        }
        Ok(periods)
    }

    /// Counts an account's usage anew from its call log.
    pub fn rebuild_usage(&self, account: AccountId) -> Result<(), ServiceError> {
        self.ports.store.write(|records| {
            account_of(records, account)?;
            Ok(records.rebuild_usage(account)?)
        })
    }

    /// The period that an hour lies in.
    fn period_of(&self, hour: Moment, period: Period) -> String {
        let calendar = self.calendar();
        match period {
            // The hour's own beginning: "2027-01-10 08:00".
            Period::Hour => calendar.write(hour).chars().take(16).collect(),
            Period::Day => calendar.day_of(hour).to_string(),
            Period::Month => calendar.month_of(hour).to_string(),
        }
    }
}
