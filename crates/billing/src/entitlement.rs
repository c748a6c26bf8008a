//! What an activity may do at a moment: whether it is licensed, whether a call may enter.

use crate::qps::effective_qps;
use crate::refusal::LockedChange;
use crate::{Activity, ActivityId, Calendar, Catalogue, Licence, Moment, Money, Refusal, Upgrade};

/// An activity with what was bought for it.
#[derive(Clone, Copy, Debug)]
pub struct Standing<'a> {
    /// The activity.
    pub activity: &'a Activity,
    /// All its licence periods, ended ones included, in any order.
    pub licences: &'a [Licence],
    /// Its QPS upgrades.
    pub upgrades: &'a [Upgrade],
}

impl<'a> Standing<'a> {
    /// The licence period that covers a moment.
    pub fn licence_at(&self, at: Moment) -> Option<&'a Licence> {
        self.licences.iter().find(|licence| licence.covers(at))
    }

    /// Whether the activity may run on a licence.
    pub fn is_licensed_at(&self, at: Moment) -> bool {
        self.licence_at(at).is_some()
    }

    /// When the licence ends, renewals already bought included; `None` where it is not licensed now.
    pub fn licensed_until(&self, now: Moment) -> Option<Moment> {
        self.licence_at(now)?;
        self.licences
            .iter()
            .map(|licence| licence.period.ends)
            .max()
    }

    /// Refuses what a licensed activity must not do.
    pub fn check_unlocked(&self, change: LockedChange, now: Moment) -> Result<(), Refusal> {
        match self.licensed_until(now) {
            Some(until) => Err(Refusal::LockedByLicence { change, until }),
            None => Ok(()),
        }
    }

    /// When the materials of a licensed activity are frozen; `None` while it is unlicensed.
    pub fn materials_frozen_from(&self, now: Moment) -> Option<Moment> {
        self.licence_at(now)?;
        self.licences
            .iter()
            .map(|licence| licence.period.window_ends)
            .max()
    }

    /// Whether materials may be added, replaced or deleted now.
    pub fn check_materials_open(&self, now: Moment) -> Result<(), Refusal> {
        match self.materials_frozen_from(now) {
            Some(since) if now >= since => Err(Refusal::MaterialsFrozen { since }),
            _ => Ok(()),
        }
    }

    /// Whether there is room for one more material beside `materials`.
    pub fn check_room(&self, materials: u64) -> Result<(), Refusal> {
        let quota = self.activity.quota;
        if materials >= quota {
            return Err(Refusal::QuotaFull { quota });
        }
        Ok(())
    }
}

/// What admission needs to know of an activity and its account: a snapshot to decide from in memory.
///
/// It may be older than the books: what it lets in is checked against the real balance when it is charged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entitlement {
    /// The activity.
    pub activity: ActivityId,
    /// Stopped by the operator.
    pub suspended: bool,
    /// Unpaid bills and the balance, where there are unpaid bills.
    pub arrears: Option<(Money, Money)>,
    /// Licence periods; ended ones do no harm.
    pub licences: Vec<Licence>,
    /// QPS upgrades; those whose days are over do no harm.
    pub upgrades: Vec<Upgrade>,
    /// Free calls in all.
    pub free_total: u64,
    /// Free calls left.
    pub free_left: u64,
}

impl Entitlement {
    /// Whether a call may enter, beside `in_flight` calls that entered and are not charged yet.
    pub fn check(&self, in_flight: u64, at: Moment) -> Result<(), Refusal> {
        self.check_account()?;
        self.check_calls(in_flight, at)
    }

    /// Whether the account may call at all.
    pub fn check_account(&self) -> Result<(), Refusal> {
        if self.suspended {
            return Err(Refusal::AccountSuspended);
        }
        if let Some((owed, balance)) = self.arrears {
            return Err(Refusal::in_arrears(owed, balance));
        }
        Ok(())
    }

    /// Whether the activity may run on a licence.
    pub fn is_licensed_at(&self, at: Moment) -> bool {
        self.licences.iter().any(|licence| licence.covers(at))
    }

    /// Whether something can pay for one more call beside those in flight.
    pub fn check_calls(&self, in_flight: u64, at: Moment) -> Result<(), Refusal> {
        if self.is_licensed_at(at) || in_flight < self.free_left {
            return Ok(());
        }
        Err(Refusal::NotEntitled {
            activity: self.activity,
            free: self.free_total,
        })
    }

    /// Calls a second that may enter.
    pub fn qps_at(&self, catalogue: &Catalogue, calendar: &Calendar, at: Moment) -> u32 {
        effective_qps(
            &self.licences,
            &self.upgrades,
            catalogue,
            at,
            calendar.day_of(at),
        )
    }
}

impl Refusal {
    /// Of an account that owes more than it holds.
    pub fn in_arrears(owed: Money, balance: Money) -> Refusal {
        Refusal::InArrears {
            owed,
            balance,
            short: owed.minus(balance).unwrap_or(owed).max(Money::ZERO),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::licence::tests::{licence, moment};

    fn entitlement() -> Entitlement {
        Entitlement {
            activity: ActivityId::new(300_100),
            suspended: false,
            arrears: None,
            licences: vec![licence("2027-01-10", "2028-01-10", 10)],
            upgrades: Vec::new(),
            free_total: 500,
            free_left: 2,
        }
    }

    #[test]
    fn an_unlicensed_activity_has_its_free_calls_and_no_more() {
        let before = moment("2027-01-09T23:59:59+08:00");
        let during = moment("2027-01-10T00:00:00+08:00");
        let after = moment("2028-01-10T00:00:00+08:00");
        for (at, in_flight, allowed) in [
            (before, 0, true),
            (before, 1, true),
            (before, 2, false),
            (during, 1_000, true),
            (after, 1, true),
            (after, 2, false),
        ] {
            let result = entitlement().check(in_flight, at);
            assert_eq!(result.is_ok(), allowed, "{at} {in_flight}");
        }
    }

    #[test]
    fn arrears_and_suspension_stop_every_call() {
        let during = moment("2027-02-01T00:00:00+08:00");
        let mut owing = entitlement();
        owing.arrears = Some((Money::from_fen(2_500_001), Money::from_fen(2_500_000)));
        let refused = owing.check(0, during).unwrap_err();
        let text = "the account is in arrears: 25000.01 yuan owed, balance 25000.00; top up 0.01 yuan or more";
        assert_eq!(refused.to_string(), text);
        owing.suspended = true;
        assert_eq!(owing.check(0, during), Err(Refusal::AccountSuspended));
    }

    #[test]
    fn materials_are_frozen_after_the_window() {
        let activity = Activity {
            id: ActivityId::new(300_100),
            account: crate::AccountId::new(1),
            name: "春节".to_owned(),
            details: String::new(),
            algorithm: crate::AlgorithmVersion::Natural,
            quota: 10,
            created: moment("2027-01-01T00:00:00+08:00"),
        };
        let mut licences = vec![licence("2027-01-10", "2028-01-10", 10)];
        let open = |licences: &[Licence], at: &str| {
            let standing = Standing {
                activity: &activity,
                licences,
                upgrades: &[],
            };
            standing.check_materials_open(moment(at)).is_ok()
        };
        for (at, allowed) in [
            ("2027-01-09T00:00:00+08:00", true),
            ("2027-02-08T23:59:59.999+08:00", true),
            ("2027-02-09T00:00:00+08:00", false),
            ("2028-01-10T00:00:00+08:00", true),
        ] {
            assert_eq!(open(&licences, at), allowed, "{at}");
        }
        // A renewal opens the window again.
        let mut renewed = licence("2028-01-10", "2029-01-09", 10);
        renewed.period.bought = moment("2027-12-01T00:00:00+08:00");
        renewed.period.window_ends = moment("2027-12-31T00:00:00+08:00");
        licences.push(renewed);
        assert!(open(&licences, "2027-12-15T00:00:00+08:00"));
        assert!(!open(&licences, "2027-12-31T00:00:00+08:00"));
        let standing = Standing {
            activity: &activity,
            licences: &licences,
            upgrades: &[],
        };
        assert_eq!(
            standing.check_room(10),
            Err(Refusal::QuotaFull { quota: 10 })
        );
        assert_eq!(standing.check_room(9), Ok(()));
    }
}
