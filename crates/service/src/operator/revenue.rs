//! What came in, what was called for it, and what that cost.

use super::costs;
use crate::{Service, ServiceError};
use billing::{Calendar, Day, LedgerAccount, Moment, Money, Month, Revenue};
use std::collections::BTreeMap;

/// Periods that are told of at once.
const MOST_PERIODS: usize = 1000;

/// What a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RevenuePeriod {
    /// A day of the calendar.
    Day,
    /// A month of the calendar.
    Month,
}

/// Revenue by period. All lists are as long as `periods`.
///
/// What an order brought stands where it was paid. A bill stands on the last day of the month it is for, not
/// where it was drawn, so that it stands beside the calls it is for; the month under way has none yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevenueSeries {
    /// The periods in order, none left out, as `2027-01-10` or `2027-01`.
    pub periods: Vec<String>,
    /// What came in, in the order of [`Revenue::ALL`].
    pub amounts: [Vec<Money>; 4],
    /// All that came in.
    pub revenue: Vec<Money>,
    /// Calls that count.
    pub calls: Vec<u64>,
    /// What they cost, each period rounded half up to the fen.
    pub cost: Vec<Money>,
    /// What came in less what it cost.
    pub margin: Vec<Money>,
}

impl Service {
    /// Revenue on the days `first..=last`. A month is told as far as these days reach.
    pub fn revenue(
        &self,
        first: Day,
        last: Day,
        by: RevenuePeriod,
    ) -> Result<RevenueSeries, ServiceError> {
        let calendar = self.calendar();
        let periods = periods(first, last, by)?;
        let places: BTreeMap<&str, usize> = (periods.iter().map(String::as_str)).zip(0..).collect();
        let place_of = |day: Day| places.get(name(day, by).as_str()).copied();
        let (from, to) = (calendar.start_of(first), calendar.end_of(last));
        let mut amounts = [(); 4].map(|()| vec![Money::ZERO; periods.len()]);
        let mut calls = vec![0_u64; periods.len()];
        let per_million = self.ports.store.read(|records| {
            let sold = [Revenue::Licence, Revenue::Qps, Revenue::Pack];
            for (kind, amounts) in sold.into_iter().zip(&mut amounts) {
                for line in records.ledger(LedgerAccount::Revenue(kind), from, to)? {
                    let place = place_of(calendar.day_of(line.at));
                    add(amounts, place, line.amount);
                }
            }
            for bill in records.bills_of_months(first.month(), last.month())? {
                let place = Some(last_day(calendar, bill.month))
                    .filter(|day| (first..=last).contains(day))
                    .and_then(place_of);
                add(&mut amounts[3], place, bill.amount);
            }
            for (hour, counted) in records.counted_by_hour(from, to)? {
                let place = place_of(calendar.day_of(hour));
                if let Some(calls) = place.and_then(|place| calls.get_mut(place)) {
                    *calls += counted;
                }
            }
            costs::read(records)
        })?;
        let sum = |place: usize| amounts.iter().map(|amounts| amounts[place].fen()).sum();
        let revenue: Vec<Money> = (0..periods.len()).map(sum).map(Money::from_fen).collect();
        let cost = calls
            .iter()
            .map(|&calls| costs::cost_of(calls, per_million));
        let cost: Vec<Money> = cost.collect();
        let margin = revenue.iter().zip(&cost);
        let margin = margin.map(|(revenue, cost)| Money::from_fen(revenue.fen() - cost.fen()));
        Ok(RevenueSeries {
            margin: margin.collect(),
            periods,
            amounts,
            revenue,
            calls,
            cost,
        })
    }
}

fn add(amounts: &mut [Money], place: Option<usize>, amount: Money) {
    if let Some(sum) = place.and_then(|place| amounts.get_mut(place)) {
        *sum = sum.plus(amount).unwrap_or(*sum);
    }
}

fn last_day(calendar: &Calendar, month: Month) -> Day {
    let end = calendar.end_of_month(month);
    calendar.day_of(Moment::from_unix_ms(end.unix_ms() - 1))
}

fn name(day: Day, by: RevenuePeriod) -> String {
    match by {
        RevenuePeriod::Day => day.to_string(),
        RevenuePeriod::Month => day.month().to_string(),
    }
}

fn periods(first: Day, last: Day, by: RevenuePeriod) -> Result<Vec<String>, ServiceError> {
    if last < first {
        return Err(ServiceError::DaysReversed { first, last });
    }
    let most = MOST_PERIODS;
    let most_days = match by {
        RevenuePeriod::Day => most,
        RevenuePeriod::Month => most * 28,
    };
    if first.days_until(last) >= i64::try_from(most_days).unwrap_or(i64::MAX) {
        return Err(ServiceError::TooManyPeriods { most });
    }
    let mut periods: Vec<String> = Vec::new();
    let mut day = first;
    loop {
        let name = name(day, by);
        if periods.last() != Some(&name) {
            periods.push(name);
        }
        if day == last {
            return Ok(periods);
        }
        day = day.plus_days(1);
    }
}
