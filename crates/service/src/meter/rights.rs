//! What admission knows: a snapshot of each activity's rights, its pace, and the calls on their way.

use super::peak::Peak;
use crate::clock::Clock;
use billing::{AccountId, ActivityId, Calendar, Entitlement, LedgerAccount, Moment, Pace, Refusal};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use store::{AccountState, Records, Store, StoreError};

/// The activities that were called since the start.
#[derive(Debug, Default)]
pub(super) struct Rights {
    activities: RwLock<HashMap<ActivityId, Arc<ActivityRights>>>,
}

/// One activity's rights.
#[derive(Debug)]
pub(super) struct ActivityRights {
    pub(super) account: AccountId,
    standing: Mutex<Standing>,
    tempo: Mutex<Tempo>,
}

/// How quick an activity is, and how quick it may be.
#[derive(Debug, Default)]
struct Tempo {
    pace: Pace,
    peak: Peak,
}

/// What a call is let in by. Both change under one lock: between them every free call is either left, or
/// on its way, or used, and is never seen as two of these.
#[derive(Debug)]
struct Standing {
    entitlement: Arc<Entitlement>,
    /// Calls let in and not charged yet.
    in_flight: u64,
}

impl Rights {
    pub(super) fn knows(&self, activity: ActivityId) -> bool {
        self.activities
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .contains_key(&activity)
    }

    /// An activity's rights, read from the books the first time; `None` where there is no such activity.
    pub(super) fn get_or_load(
        &self,
        store: &Store,
        calendar: &Calendar,
        now: Moment,
        activity: ActivityId,
    ) -> Result<Option<Arc<ActivityRights>>, StoreError> {
        let known = self
            .activities
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(rights) = known.get(&activity) {
            return Ok(Some(Arc::clone(rights)));
        }
        drop(known);
        // Loading under the lock keeps a refresh from coming between reading and keeping.
        let mut activities = self
            .activities
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(rights) = activities.get(&activity) {
            return Ok(Some(Arc::clone(rights)));
        }
        let found = store.read(|records| load(records, calendar, now, activity))?;
        let Some((account, entitlement)) = found else {
            return Ok(None);
        };
        let rights = Arc::new(ActivityRights {
            account,
            standing: Mutex::new(Standing {
                entitlement: Arc::new(entitlement),
                in_flight: 0,
            }),
            tempo: Mutex::default(),
        });
        activities.insert(activity, Arc::clone(&rights));
        Ok(Some(rights))
    }

    /// Reads the rights of an account's known activities anew. What cannot be read now is read when it is
    /// needed next.
    pub(super) fn refresh(
        &self,
        store: &Store,
        calendar: &Calendar,
        now: Moment,
        account: AccountId,
    ) {
        let mut activities = self
            .activities
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        activities.retain(|&activity, rights| {
            if rights.account != account {
                return true;
            }
            match store.read(|records| load(records, calendar, now, activity)) {
                Ok(Some((_, entitlement))) => {
                    rights.replace(entitlement);
                    true
                }
                Ok(None) | Err(_) => false,
            }
        });
    }

    /// The most calls of a second that one activity of an account was let make on a moment's day, as far
    /// as is known since the start.
    pub(super) fn peak(&self, account: AccountId, now: Moment) -> u32 {
        let activities = self
            .activities
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        let own = activities
            .values()
            .filter(|rights| rights.account == account);
        own.map(|rights| rights.peak(now)).max().unwrap_or(0)
    }

    pub(super) fn forget(&self, activity: ActivityId) {
        let mut activities = self
            .activities
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        activities.remove(&activity);
    }
}

impl ActivityRights {
    fn standing(&self) -> MutexGuard<'_, Standing> {
        self.standing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn entitlement(&self) -> Arc<Entitlement> {
        Arc::clone(&self.standing().entitlement)
    }

    fn replace(&self, mut entitlement: Entitlement) {
        let mut standing = self.standing();
        // A charge may have told of later free calls than were read.
        let known = standing.entitlement.free_left;
        entitlement.free_left = entitlement.free_left.min(known);
        standing.entitlement = Arc::new(entitlement);
    }

    /// Holds the activity to its calls a second.
    pub(super) fn pace(
        &self,
        qps: u32,
        clock: &dyn Clock,
        calendar: &Calendar,
    ) -> Result<(), Refusal> {
        let mut tempo = self.tempo.lock().unwrap_or_else(PoisonError::into_inner);
        // Read under the lock: a time from before would make a call too soon that waited for another.
        let admitted = tempo.pace.admit(qps, clock.monotonic_ns());
        admitted.map_err(|soon| Refusal::OverQps {
            qps,
            retry_after_ms: soon.retry_after_ns.div_ceil(1_000_000),
        })?;
        tempo.peak.count(clock.now(), calendar);
        Ok(())
    }

    /// The most calls of a second that were let in since a moment's day began.
    fn peak(&self, now: Moment) -> u32 {
        let tempo = self.tempo.lock().unwrap_or_else(PoisonError::into_inner);
        tempo.peak.on_day_of(now)
    }

    /// Counts a call in if something can pay for one more beside those on their way.
    pub(super) fn enter(&self, at: Moment) -> Result<(), Refusal> {
        let mut standing = self.standing();
        let in_flight = standing.in_flight;
        standing.entitlement.check_calls(in_flight, at)?;
        standing.in_flight += 1;
        Ok(())
    }

    /// Counts a call out, and notes how many free calls the books said were left then, if they did. Free
    /// calls never come back, so the least that was heard of is the latest.
    pub(super) fn leave(&self, free_left: Option<u64>) {
        let mut standing = self.standing();
        standing.in_flight = standing.in_flight.saturating_sub(1);
        if let Some(left) = free_left.filter(|&left| left < standing.entitlement.free_left) {
            Arc::make_mut(&mut standing.entitlement).free_left = left;
        }
    }
}

fn load(
    records: &mut Records<'_>,
    calendar: &Calendar,
    now: Moment,
    activity: ActivityId,
) -> Result<Option<(AccountId, Entitlement)>, StoreError> {
    let Some(found) = records.activity(activity)? else {
        return Ok(None);
    };
    let Some(account) = records.account(found.account)? else {
        return Ok(None);
    };
    let arrears = if records.unpaid_bills(account.id)?.is_empty() {
        None
    } else {
        let owed = records.balance(LedgerAccount::Owed(account.id))?.negated();
        Some((owed, records.balance(LedgerAccount::Customer(account.id))?))
    };
    let free = records.free_grant(account.id, activity)?;
    let entitlement = Entitlement {
        activity,
        suspended: account.state == AccountState::Suspended,
        arrears,
        // Those just over as well: the clock may be set back.
        licences: records.licences(activity)?,
        upgrades: records.upgrades(activity, calendar.day_of(now).plus_days(-1))?,
        free_total: free.as_ref().map_or(0, |grant| grant.total),
        free_left: free.as_ref().map_or(0, billing::Grant::left),
    };
    Ok(Some((account.id, entitlement)))
}
