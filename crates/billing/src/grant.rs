//! Rights to a number of calls, and which of them pays.

use crate::{ActivityId, ChargedTo, GrantId, Moment, Refusal};
use serde::{Deserialize, Serialize};

/// What a grant comes from; in the order in which they pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GrantKind {
    /// The free calls of an activity.
    Free,
    /// The pack of an activity's licence.
    Licence,
    /// A pack shared by the licensed activities of an account.
    Pack,
}

/// A right to a number of calls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Grant {
    /// Its id.
    pub id: GrantId,
    /// What it comes from.
    pub kind: GrantKind,
    /// The only activity it pays for; `None` for a shared pack.
    pub activity: Option<ActivityId>,
    /// Calls in all.
    pub total: u64,
    /// Calls used; never above `total`.
    pub used: u64,
    /// When it was bought, or given.
    pub bought: Moment,
    /// It pays for calls before this moment; `None` never ends.
    pub ends: Option<Moment>,
}

impl Grant {
    /// Calls left, whether or not it has ended.
    pub fn left(&self) -> u64 {
        self.total.saturating_sub(self.used)
    }

    /// Whether its time is not over.
    pub fn is_valid_at(&self, at: Moment) -> bool {
        self.ends.is_none_or(|ends| at < ends)
    }

    fn can_pay(&self, activity: ActivityId, licensed: bool, at: Moment) -> bool {
        let serves = self.activity.is_none_or(|own| own == activity);
        serves
            && (licensed || self.kind == GrantKind::Free)
            && self.left() > 0
            && self.is_valid_at(at)
    }

    /// Grants pay in the order of this key, the least first.
    fn turn(&self) -> (GrantKind, bool, Option<Moment>, Moment, GrantId) {
        // What never ends comes last.
        let endless = self.ends.is_none();
        (self.kind, endless, self.ends, self.bought, self.id)
    }
}

/// The grants of one account, from which calls are paid.
#[derive(Clone, Debug, Default)]
pub struct Wallet {
    grants: Vec<Grant>,
}

impl Wallet {
    /// A wallet of these grants, in any order.
    pub fn new(mut grants: Vec<Grant>) -> Wallet {
        grants.sort_by_key(Grant::turn);
        Wallet { grants }
    }

    /// Adds a grant.
    pub fn add(&mut self, grant: Grant) {
        let at = self
            .grants
            .partition_point(|other| other.turn() <= grant.turn());
        self.grants.insert(at, grant);
    }

    /// The grants, in the order in which they pay.
    pub fn grants(&self) -> &[Grant] {
        &self.grants
    }

    /// Takes one call of `activity` from the grant whose turn it is: the activity's free calls, its
    /// licence packs, the shared packs, each the earliest to end first, then the oldest; then the
    /// call is postpaid. Without a licence only free calls pay; `free_total` is told when they are used.
    pub fn pay(
        &mut self,
        activity: ActivityId,
        licensed: bool,
        free_total: u64,
        at: Moment,
    ) -> Result<ChargedTo, Refusal> {
        let grant = self
            .grants
            .iter_mut()
            .find(|grant| grant.can_pay(activity, licensed, at));
        match grant {
            Some(grant) => {
                grant.used += 1;
                Ok(ChargedTo::Grant(grant.id))
            }
            None if licensed => Ok(ChargedTo::Postpaid),
            None => Err(Refusal::NotEntitled {
                activity,
                free: free_total,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ACTIVITY: ActivityId = ActivityId::new(300_100);

    fn day(number: i64) -> Moment {
        Moment::from_unix_ms(number * 86_400_000)
    }

    fn grant(id: u64, kind: GrantKind, total: u64, ends: Option<i64>) -> Grant {
        Grant {
            id: GrantId::new(id),
            kind,
            activity: (kind != GrantKind::Pack).then_some(ACTIVITY),
            total,
            used: 0,
            bought: day(id as i64),
            ends: ends.map(day),
        }
    }

    fn payers(wallet: &mut Wallet, licensed: bool, calls: usize, at: Moment) -> Vec<Option<u64>> {
        (0..calls)
            .map(|_| match wallet.pay(ACTIVITY, licensed, 3, at) {
                Ok(ChargedTo::Grant(id)) => Some(id.number()),
                Ok(ChargedTo::Postpaid) => Some(0),
                Ok(ChargedTo::Nobody) | Err(_) => None,
            })
            .collect()
    }

    #[test]
    fn free_calls_first_then_the_licence_pack() {
        let mut wallet = Wallet::new(vec![
            grant(2, GrantKind::Licence, 10_000, Some(400)),
            grant(1, GrantKind::Free, 3, None),
        ]);
        let paid = payers(&mut wallet, true, 5, day(10));
        assert_eq!(paid, [1, 1, 1, 2, 2].map(Some));
    }

    #[test]
    fn the_earliest_to_end_pays_first_then_the_oldest_then_nobody_in_advance() {
        // Bought second, ends first.
        let mut wallet = Wallet::new(vec![
            grant(1, GrantKind::Pack, 1, Some(60)),
            grant(2, GrantKind::Pack, 1, Some(50)),
            grant(3, GrantKind::Pack, 1, Some(60)),
            grant(4, GrantKind::Licence, 1, Some(90)),
            grant(5, GrantKind::Licence, 1, Some(80)),
        ]);
        let paid = payers(&mut wallet, true, 6, day(10));
        assert_eq!(paid, [5, 4, 2, 1, 3, 0].map(Some));
    }

    #[test]
    fn without_a_licence_only_free_calls_pay() {
        let mut wallet = Wallet::new(vec![
            grant(1, GrantKind::Free, 2, None),
            grant(2, GrantKind::Pack, 9, Some(90)),
            grant(3, GrantKind::Licence, 9, Some(90)),
        ]);
        let paid = payers(&mut wallet, false, 3, day(10));
        assert_eq!(paid, [Some(1), Some(1), None]);
        let refused = wallet.pay(ACTIVITY, false, 2, day(10));
        let expected = Refusal::NotEntitled {
            activity: ACTIVITY,
            free: 2,
        };
        assert_eq!(refused, Err(expected));
    }

    #[test]
    fn what_has_ended_or_is_anothers_pays_for_nothing() {
        let mut other = grant(3, GrantKind::Licence, 9, Some(90));
        other.activity = Some(ActivityId::new(300_101));
        let mut wallet = Wallet::new(vec![grant(2, GrantKind::Pack, 9, Some(20)), other]);
        assert_eq!(payers(&mut wallet, true, 1, day(20)), [Some(0)]);
        assert_eq!(payers(&mut wallet, true, 1, day(20).plus_ms(-1)), [Some(2)]);
    }

    proptest! {
        #[test]
        fn every_call_is_paid_once_and_no_grant_goes_below_zero(
            totals in proptest::collection::vec((0u64..6, 0u8..3, proptest::option::of(0i64..40)), 0..8),
            calls in proptest::collection::vec((any::<bool>(), 0i64..50), 0..60),
        ) {
            let kinds = [GrantKind::Free, GrantKind::Licence, GrantKind::Pack];
            let grants: Vec<Grant> = totals.iter().enumerate()
                .map(|(index, &(total, kind, ends))| grant(index as u64 + 1, kinds[usize::from(kind)], total, ends))
                .collect();
            let mut wallet = Wallet::new(grants);
            let (mut from_grants, mut now) = (0, 0);
            for (licensed, day_number) in calls {
                now = now.max(day_number);
                if let Ok(ChargedTo::Grant(_)) = wallet.pay(ACTIVITY, licensed, 0, day(now)) {
                    from_grants += 1;
                }
            }
            prop_assert!(wallet.grants().iter().all(|grant| grant.used <= grant.total));
            prop_assert_eq!(wallet.grants().iter().map(|grant| grant.used).sum::<u64>(), from_grants);
        }
    }
}
