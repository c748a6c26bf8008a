//! An account at a glance.

use crate::error::ServiceError;
use crate::service::{Service, account_of};
use billing::{AccountId, ChargedTo, Day, Degree, Grant, GrantId, Moment, Money, Outcome, rate};
use std::collections::BTreeMap;
use store::{Records, UsageRow};

const HOUR_MS: i64 = 3_600_000;
const DAY_HOURS: u64 = 24;
/// How long back a pace is taken from.
const PACE_DAYS: i64 = 7;

/// Calls by their end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CallCounts {
    /// All that were let in, those that the service failed included.
    pub calls: u64,
    /// Those that ended in a picture.
    pub fused: u64,
}

/// A grant with calls left, and how long it lasts at the pace of late.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantForecast {
    /// The grant.
    pub grant: Grant,
    /// Calls a day that it paid: in the last 7 days, or since it first paid there, but over a day at least.
    pub per_day: u64,
    /// The day on which it is used up at that pace; `None` where it ends before, or pays nothing.
    pub runs_out_on: Option<Day>,
}

/// What was done on the way to a campaign.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FirstSteps {
    /// There is an activity.
    pub create_activity: bool,
    /// There is a material that calls may use.
    pub add_material: bool,
    /// A material has degrees of its own.
    pub tune: bool,
    /// There is an API key.
    pub create_key: bool,
    /// A call was made.
    pub first_call: bool,
    /// A licence was bought.
    pub buy_licence: bool,
}

/// An account at a glance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    /// Calls of today so far.
    pub today: CallCounts,
    /// Calls of this month so far.
    pub month: CallCounts,
    /// The most calls of a second that one activity was let make today, since the start of the process.
    pub qps_peak_today: u32,
    /// Activities there are.
    pub activities: u64,
    /// Materials of all activities.
    pub materials: u64,
    /// Postpaid calls of this month so far.
    pub postpaid_calls: u64,
    /// What they would cost if the month ended now.
    pub postpaid_so_far: Money,
    /// Grants with calls left that are not over, those that end first first.
    pub grants: Vec<GrantForecast>,
    /// What was done on the way to a campaign.
    pub first_steps: FirstSteps,
}

/// What the books say of it in one transaction.
struct Found {
    usage: Vec<UsageRow>,
    grants: Vec<Grant>,
    postpaid_calls: u64,
    activities: u64,
    materials: u64,
    first_steps: FirstSteps,
}

impl Service {
    /// An account at a glance.
    pub fn overview(&self, account: AccountId) -> Result<Overview, ServiceError> {
        let (now, calendar) = (self.now(), self.calendar());
        let today = calendar.day_of(now);
        let month = calendar.month_of(now);
        let month_starts = calendar.start_of_month(month);
        let pace_starts = now.plus_ms(-PACE_DAYS * 24 * HOUR_MS);
        let found = self.ports.store.read(|records| {
            account_of(records, account)?;
            // To the end of the hour that runs.
            let (from, to) = (month_starts.min(pace_starts), now.plus_ms(HOUR_MS));
            Ok::<_, ServiceError>(Found {
                usage: records.usage(account, from, to)?,
                grants: records.grants(account)?,
                postpaid_calls: records.postpaid_calls(account, month)?,
                ..look(records, account)?
            })
        })?;
        let since = |moment: Moment| {
            let rows = found.usage.iter().filter(move |row| row.hour >= moment);
            rows.fold(CallCounts::default(), add)
        };
        let rated = rate(&self.catalogue(), found.postpaid_calls);
        Ok(Overview {
            today: since(calendar.start_of(today)),
            month: since(month_starts),
            qps_peak_today: self.meter().qps_peak_today(account),
            activities: found.activities,
            materials: found.materials,
            postpaid_calls: found.postpaid_calls,
            postpaid_so_far: rated.map_or(Money::ZERO, |rated| rated.amount),
            grants: self.forecasts(&found, pace_starts, now),
            first_steps: found.first_steps,
        })
    }

    fn forecasts(&self, found: &Found, pace_starts: Moment, now: Moment) -> Vec<GrantForecast> {
        let paces = paces(&found.usage, pace_starts, now);
        let live = found
            .grants
            .iter()
            .filter(|grant| grant.left() > 0 && grant.is_valid_at(now));
        let mut forecasts: Vec<GrantForecast> = live
            .map(|grant| {
                let per_day = paces.get(&grant.id).copied().unwrap_or(0);
                let day = self.day_used_up(grant, per_day, now);
                GrantForecast {
                    grant: grant.clone(),
                    per_day,
                    runs_out_on: day,
                }
            })
            .collect();
        forecasts.sort_by_key(|forecast| {
            let ends = forecast.grant.ends;
            (ends.is_none(), ends, forecast.grant.id)
        });
        forecasts
    }

    fn day_used_up(&self, grant: &Grant, per_day: u64, now: Moment) -> Option<Day> {
        let hours = grant
            .left()
            .saturating_mul(DAY_HOURS)
            .checked_div(per_day)?;
        // Beyond a hundred years is never.
        let hours = i64::try_from(hours).ok().filter(|&hours| hours < 876_000)?;
        let at = now.plus_ms(hours * HOUR_MS);
        grant.is_valid_at(at).then(|| self.calendar().day_of(at))
    }
}

fn add(counts: CallCounts, row: &UsageRow) -> CallCounts {
    let fused = match row.outcome {
        Outcome::Fused => row.calls,
        _ => 0,
    };
    CallCounts {
        calls: counts.calls + row.calls,
        fused: counts.fused + fused,
    }
}

/// Calls a day that each grant paid lately.
fn paces(usage: &[UsageRow], from: Moment, now: Moment) -> BTreeMap<GrantId, u64> {
    let mut paid: BTreeMap<GrantId, (Moment, u64)> = BTreeMap::new();
    for row in usage.iter().filter(|row| row.hour.plus_ms(HOUR_MS) > from) {
        let ChargedTo::Grant(grant) = row.charged_to else {
            continue;
        };
        let (_, calls) = paid.entry(grant).or_insert((row.hour.max(from), 0));
        *calls += row.calls;
    }
    let per_day = |(grant, (first, calls)): (GrantId, (Moment, u64))| {
        let passed_ms = now.unix_ms() - first.unix_ms();
        let hours = u64::try_from(passed_ms / HOUR_MS).unwrap_or(0);
        let hours = hours.max(DAY_HOURS);
        (grant, (calls * DAY_HOURS).div_ceil(hours))
    };
    paid.into_iter().map(per_day).collect()
}

fn look(records: &mut Records<'_>, account: AccountId) -> Result<Found, ServiceError> {
    let activities = records.activities(account)?;
    let mut steps = FirstSteps {
        create_activity: !activities.is_empty(),
        create_key: !records.keys(account)?.is_empty(),
        first_call: records.call_log_end(account)?.0 > 0,
        ..FirstSteps::default()
    };
    let mut count = 0;
    for activity in &activities {
        let materials = records.materials(activity.id)?;
        count += materials.len() as u64;
        for material in materials {
            let degrees = [material.feature_degree, material.shape_degree];
            steps.add_material |= material.status.is_usable();
            steps.tune |= degrees != [Degree::HALF; 2];
        }
        steps.buy_licence |= !records.licences(activity.id)?.is_empty();
    }
    Ok(Found {
        usage: Vec::new(),
        grants: Vec::new(),
        postpaid_calls: 0,
        activities: activities.len() as u64,
        materials: count,
        first_steps: steps,
    })
}
