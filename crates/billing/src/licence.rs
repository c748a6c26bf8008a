//! Licences: how long they run and what they fix.

use crate::catalogue::LicencePackage;
use crate::{ActivityId, Calendar, LicenceId, Moment};
use serde::{Deserialize, Serialize};

/// One bought period of an activity's licence. A renewal is another period that follows on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Licence {
    /// Its id.
    pub id: LicenceId,
    /// The activity that may run.
    pub activity: ActivityId,
    /// The package it was bought as.
    pub package: String,
    /// Fixed calls a second during the period.
    pub qps: u32,
    /// From when to when.
    pub period: LicencePeriod,
}

/// From when to when a licence, its pack and its update window run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LicencePeriod {
    /// When it was paid; its pack and update window begin then.
    pub bought: Moment,
    /// When the right to run begins: at purchase, or where the period before ends.
    pub starts: Moment,
    /// The first moment after it, for the pack too.
    pub ends: Moment,
    /// The first moment in which materials are frozen again.
    pub window_ends: Moment,
}

impl Licence {
    /// Whether the activity may run on it.
    ///
    /// One that takes effect on payment is in effect as soon as it is known: a moment before can only be
    /// that of a clock that was set back since, by which nobody shall lose what was paid.
    pub fn covers(&self, at: Moment) -> bool {
        let LicencePeriod {
            bought,
            starts,
            ends,
            ..
        } = self.period;
        (starts <= at || starts == bought) && at < ends
    }
}

/// The period of a package bought now. Days are natural days, the day of purchase included. With
/// `current_end` in the future it is a renewal, which runs from there; its pack and update window
/// begin now all the same.
pub fn licence_period(
    package: &LicencePackage,
    calendar: &Calendar,
    now: Moment,
    current_end: Option<Moment>,
) -> LicencePeriod {
    let today = calendar.day_of(now);
    let (starts, first_day) = match current_end.filter(|&end| end > now) {
        Some(end) => (end, calendar.day_of(end)),
        None => (now, today),
    };
    let last_of = |first, days: u32| calendar.start_of(crate::Day::plus_days(first, days.into()));
    LicencePeriod {
        bought: now,
        starts,
        ends: last_of(first_day, package.valid_days),
        window_ends: last_of(today, package.update_days),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::catalogue::{Catalogue, DEFAULT_TEXT};

    pub(crate) fn moment(text: &str) -> Moment {
        text.parse().unwrap()
    }

    /// A licence between two midnights in Shanghai, its window 30 days long; bought the moment before.
    pub(crate) fn licence(from: &str, to: &str, qps: u32) -> Licence {
        let midnight = |day: &str| moment(&format!("{day}T00:00:00+08:00"));
        Licence {
            id: LicenceId::new(1),
            activity: ActivityId::new(300_100),
            package: "package-1".to_owned(),
            qps,
            period: LicencePeriod {
                bought: midnight(from).plus_ms(-1),
                starts: midnight(from),
                ends: midnight(to),
                window_ends: midnight(from).plus_ms(30 * 86_400_000),
            },
        }
    }

    #[test]
    fn days_count_from_the_day_of_purchase() {
        let catalogue = Catalogue::read(DEFAULT_TEXT).unwrap();
        let calendar = Calendar::default();
        let package = catalogue.package_for(10).unwrap();
        for bought in ["2027-01-10T00:00:00+08:00", "2027-01-10T23:59:59.999+08:00"] {
            let period = licence_period(package, &calendar, moment(bought), None);
            assert_eq!(period.starts, moment(bought));
            // 24:00 on 2028-01-09, and 24:00 on 2027-02-08.
            assert_eq!(period.ends, moment("2028-01-10T00:00:00+08:00"));
            assert_eq!(period.window_ends, moment("2027-02-09T00:00:00+08:00"));
        }
    }

    #[test]
    fn a_clock_that_is_set_back_takes_no_licence_away() {
        let mut bought = licence("2027-01-10", "2028-01-10", 10);
        bought.period.bought = bought.period.starts;
        let mut renewed = licence("2028-01-10", "2029-01-09", 10);
        renewed.period.bought = moment("2027-12-01T09:00:00+08:00");
        for (at, covers) in [
            ("2027-01-09T23:59:59.999+08:00", [true, false]),
            ("2027-01-10T00:00:00+08:00", [true, false]),
            ("2028-01-09T23:59:59.999+08:00", [true, false]),
            ("2028-01-10T00:00:00+08:00", [false, true]),
            ("2029-01-09T00:00:00+08:00", [false, false]),
        ] {
            let told = [&bought, &renewed].map(|licence| licence.covers(moment(at)));
            assert_eq!(told, covers, "{at}");
        }
    }

    #[test]
    fn a_renewal_runs_on_from_the_end() {
        let catalogue = Catalogue::read(DEFAULT_TEXT).unwrap();
        let calendar = Calendar::default();
        let package = catalogue.package_for(10).unwrap();
        let end = moment("2028-01-10T00:00:00+08:00");
        let early = moment("2027-12-01T09:00:00+08:00");
        let period = licence_period(package, &calendar, early, Some(end));
        assert_eq!(period.bought, early);
        assert_eq!(period.starts, end);
        assert_eq!(period.ends, moment("2029-01-09T00:00:00+08:00"));
        assert_eq!(period.window_ends, moment("2027-12-31T00:00:00+08:00"));
        let late = moment("2028-03-01T09:00:00+08:00");
        let period = licence_period(package, &calendar, late, Some(end));
        assert_eq!(period.starts, late);
        assert_eq!(period.ends, moment("2029-03-01T00:00:00+08:00"));
    }
}
