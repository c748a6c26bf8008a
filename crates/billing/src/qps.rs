//! Calls a second: what an activity has on a day, and what more of them costs.

use crate::{
    ActivityId, Calendar, Catalogue, Day, Licence, Moment, Money, Refusal, Standing, UpgradeId,
};
use serde::{Deserialize, Serialize};

/// Extra QPS bought for some days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upgrade {
    /// Its id.
    pub id: UpgradeId,
    /// The activity.
    pub activity: ActivityId,
    /// First day.
    pub first_day: Day,
    /// Last day, included.
    pub last_day: Day,
    /// Calls a second on top.
    pub extra: u32,
}

/// Extra QPS that somebody wants for some days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpgradeRequest {
    /// First day.
    pub first_day: Day,
    /// Last day, included.
    pub last_day: Day,
    /// Calls a second on top.
    pub extra: u32,
}

impl Upgrade {
    fn extra_on(&self, day: Day) -> u64 {
        if self.first_day <= day && day <= self.last_day {
            self.extra.into()
        } else {
            0
        }
    }
}

/// Calls a second that an activity may make at a moment on a day: the free rate without a licence, else
/// the licence's and all upgrades of that day, never above the ceiling.
pub fn effective_qps(
    licences: &[Licence],
    upgrades: &[Upgrade],
    catalogue: &Catalogue,
    at: Moment,
    day: Day,
) -> u32 {
    match licences.iter().find(|licence| licence.covers(at)) {
        None => catalogue.free.qps,
        Some(licence) => {
            let extra: u64 = upgrades.iter().map(|upgrade| upgrade.extra_on(day)).sum();
            let ceiling = catalogue.qps_upgrade.ceiling;
            u32::try_from(u64::from(licence.qps) + extra).map_or(ceiling, |qps| qps.min(ceiling))
        }
    }
}

/// Calls a second of an activity on a day, and what they are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayQps {
    /// The day.
    pub day: Day,
    /// Whether a licence runs on the day, for a part of it at least.
    pub licensed: bool,
    /// Fixed calls a second of the licence; 0 without one.
    pub fixed: u32,
    /// Calls a second that were bought for the day, licensed or not.
    pub upgrades: u32,
    /// What the activity may make while it is licensed, or without a licence.
    pub effective: u32,
}

/// Calls a second of an activity on a day. On a day on which a licence begins or ends it is what holds while
/// it runs.
pub fn qps_on_day(
    licences: &[Licence],
    upgrades: &[Upgrade],
    catalogue: &Catalogue,
    calendar: &Calendar,
    day: Day,
) -> DayQps {
    let (start, end) = (calendar.start_of(day), calendar.end_of(day));
    let running = licences
        .iter()
        .filter(|licence| licence.period.starts < end && start < licence.period.ends);
    let fixed = running.map(|licence| licence.qps).max();
    let extra: u64 = upgrades.iter().map(|upgrade| upgrade.extra_on(day)).sum();
    let upgrades = u32::try_from(extra).unwrap_or(u32::MAX);
    DayQps {
        day,
        licensed: fixed.is_some(),
        fixed: fixed.unwrap_or(0),
        upgrades,
        effective: fixed.map_or(catalogue.free.qps, |fixed| {
            fixed
                .saturating_add(upgrades)
                .min(catalogue.qps_upgrade.ceiling)
        }),
    }
}

/// What an upgrade costs, or why it cannot be bought now.
pub(crate) fn price_upgrade(
    standing: &Standing<'_>,
    request: &UpgradeRequest,
    catalogue: &Catalogue,
    calendar: &Calendar,
    now: Moment,
) -> Result<Money, Refusal> {
    let until = standing.licensed_until(now).ok_or(Refusal::NotLicensed)?;
    let terms = &catalogue.qps_upgrade;
    let &UpgradeRequest {
        first_day,
        last_day,
        extra,
    } = request;
    if extra == 0 || extra % terms.step != 0 {
        return Err(Refusal::NotAStep {
            asked: extra,
            step: terms.step,
        });
    }
    let today = calendar.day_of(now);
    if first_day < today {
        return Err(Refusal::StartsInThePast { first_day, today });
    }
    if last_day < first_day {
        return Err(Refusal::EndsBeforeItStarts {
            first_day,
            last_day,
        });
    }
    let last_on_sale = today.plus_days(i64::from(terms.window_days) - 1);
    if last_day > last_on_sale {
        return Err(Refusal::TooFarAhead {
            day: last_day,
            last: last_on_sale,
        });
    }
    let days = 1 + u64::try_from(first_day.days_until(last_day)).unwrap_or(0);
    for offset in 0..days {
        let day = first_day.plus_days(offset as i64);
        check_day(standing, day, extra, catalogue, calendar, until)?;
    }
    let steps = u64::from(extra / terms.step);
    terms.price.times(days * steps).ok_or(Refusal::TooMuch {
        amount: terms.price,
        most: terms.price,
    })
}

fn check_day(
    standing: &Standing<'_>,
    day: Day,
    extra: u32,
    catalogue: &Catalogue,
    calendar: &Calendar,
    until: Moment,
) -> Result<(), Refusal> {
    let start = calendar.start_of(day);
    let end_of_day = calendar.end_of(day).plus_ms(-1);
    if start >= until {
        return Err(Refusal::BeyondLicence {
            day,
            last: calendar.day_of(until.plus_ms(-1)),
        });
    }
    // On the day of purchase the licence begins during the day.
    let fixed = standing
        .licences
        .iter()
        .filter(|licence| licence.period.starts <= end_of_day && start < licence.period.ends)
        .map(|licence| u64::from(licence.qps))
        .max()
        .unwrap_or(0);
    let bought: u64 = standing
        .upgrades
        .iter()
        .map(|upgrade| upgrade.extra_on(day))
        .sum();
    let would_be = fixed + bought + u64::from(extra);
    let ceiling = catalogue.qps_upgrade.ceiling;
    if would_be > u64::from(ceiling) {
        return Err(Refusal::AboveCeiling {
            day,
            would_be,
            ceiling,
            contact: catalogue.contact.clone(),
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::DEFAULT_TEXT;
    use crate::licence::tests::{licence, moment};
    use crate::{AccountId, Activity, AlgorithmVersion};

    const NOW: &str = "2027-01-10T15:00:00+08:00";

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn upgrade(first: &str, last: &str, extra: u32) -> Upgrade {
        Upgrade {
            id: UpgradeId::new(1),
            activity: ActivityId::new(300_100),
            first_day: day(first),
            last_day: day(last),
            extra,
        }
    }

    fn activity() -> Activity {
        Activity {
            id: ActivityId::new(300_100),
            account: AccountId::new(1),
            name: "春节".to_owned(),
            details: String::new(),
            algorithm: AlgorithmVersion::Natural,
            quota: 30,
            created: moment("2027-01-01T00:00:00+08:00"),
        }
    }

    fn price(
        licences: &[Licence],
        upgrades: &[Upgrade],
        first: &str,
        last: &str,
        extra: u32,
    ) -> Result<Money, Refusal> {
        let activity = activity();
        let standing = Standing {
            activity: &activity,
            licences,
            upgrades,
        };
        let request = UpgradeRequest {
            first_day: day(first),
            last_day: day(last),
            extra,
        };
        let catalogue = Catalogue::read(DEFAULT_TEXT).unwrap();
        price_upgrade(
            &standing,
            &request,
            &catalogue,
            &Calendar::default(),
            moment(NOW),
        )
    }

    #[test]
    fn steps_times_days_times_price() {
        let licences = [licence("2027-01-10", "2028-01-10", 50)];
        let quoted = |first, last, extra| price(&licences, &[], first, last, extra);
        for (first, last, extra, amount) in [
            ("2027-01-10", "2027-01-12", 20, "1260.00"),
            ("2027-01-10", "2027-01-10", 950, "19950.00"),
            ("2027-02-08", "2027-02-08", 10, "210.00"),
        ] {
            let quoted = quoted(first, last, extra).unwrap();
            assert_eq!(quoted.to_string(), amount, "{first} {last} {extra}");
        }
    }

    #[test]
    fn what_cannot_be_bought_is_refused_with_its_reason() {
        let licences = [licence("2027-01-10", "2028-01-10", 50)];
        let quoted = |first, last, extra| price(&licences, &[], first, last, extra).unwrap_err();
        let above = Refusal::AboveCeiling {
            day: day("2027-01-10"),
            would_be: 1010,
            ceiling: 1000,
            contact: String::new(),
        };
        assert_eq!(quoted("2027-01-10", "2027-01-10", 960), above);
        let far = Refusal::TooFarAhead {
            day: day("2027-02-09"),
            last: day("2027-02-08"),
        };
        assert_eq!(quoted("2027-01-10", "2027-02-09", 10), far);
        let past = Refusal::StartsInThePast {
            first_day: day("2027-01-09"),
            today: day("2027-01-10"),
        };
        assert_eq!(quoted("2027-01-09", "2027-01-10", 10), past);
        assert!(matches!(
            quoted("2027-01-12", "2027-01-11", 10),
            Refusal::EndsBeforeItStarts { .. }
        ));
        for extra in [0, 5, 15] {
            assert!(matches!(
                quoted("2027-01-10", "2027-01-10", extra),
                Refusal::NotAStep { .. }
            ));
        }
        assert_eq!(
            price(&[], &[], "2027-01-10", "2027-01-10", 10),
            Err(Refusal::NotLicensed)
        );
        let short = [licence("2027-01-10", "2027-01-12", 50)];
        let beyond = Refusal::BeyondLicence {
            day: day("2027-01-12"),
            last: day("2027-01-11"),
        };
        assert_eq!(
            price(&short, &[], "2027-01-10", "2027-01-12", 10),
            Err(beyond)
        );
    }

    #[test]
    fn the_first_day_that_would_be_too_high_is_named() {
        let licences = [licence("2027-01-10", "2028-01-10", 50)];
        let bought = [upgrade("2027-01-12", "2027-01-13", 500)];
        let refused = price(&licences, &bought, "2027-01-10", "2027-01-14", 460).unwrap_err();
        let text = "on 2027-01-12 the activity would have 1010 QPS, more than 1000; for more ask the operator";
        assert_eq!(refused.to_string(), text);
        assert!(price(&licences, &bought, "2027-01-10", "2027-01-11", 460).is_ok());
    }

    #[test]
    fn the_rate_of_a_day() {
        let catalogue = Catalogue::read(DEFAULT_TEXT).unwrap();
        let licences = [licence("2027-01-10", "2028-01-10", 50)];
        let upgrades = [
            upgrade("2027-01-12", "2027-01-13", 500),
            upgrade("2027-01-13", "2027-01-14", 490),
        ];
        let calendar = Calendar::default();
        for (at, qps) in [
            ("2027-01-09T23:59:59+08:00", 1),
            ("2027-01-11T23:59:59+08:00", 50),
            ("2027-01-12T00:00:00+08:00", 550),
            // 50 + 500 + 490 = 1040.
            ("2027-01-13T12:00:00+08:00", 1000),
            ("2027-01-14T12:00:00+08:00", 540),
            ("2028-01-10T00:00:00+08:00", 1),
        ] {
            let at = moment(at);
            let effective =
                effective_qps(&licences, &upgrades, &catalogue, at, calendar.day_of(at));
            assert_eq!(effective, qps, "{at}");
        }
    }
}
