//! What admission knows: a snapshot of each activity's rights, its pace, and the calls on their way.

use billing::{AccountId, ActivityId, Calendar, Entitlement, LedgerAccount, Moment, Pace, Refusal};
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
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
    entitlement: RwLock<Arc<Entitlement>>,
    pace: Mutex<Pace>,
    /// Calls let in and not charged yet.
    pub(super) in_flight: AtomicU64,
}

impl Rights {
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
            entitlement: RwLock::new(Arc::new(entitlement)),
            pace: Mutex::default(),
            in_flight: AtomicU64::new(0),
        });
        activities.insert(activity, Arc::clone(&rights));
        Ok(Some(rights))
    }

    /// Reads the rights of an account's known activities anew.
    pub(super) fn refresh(
        &self,
        store: &Store,
        calendar: &Calendar,
        now: Moment,
        account: AccountId,
    ) -> Result<(), StoreError> {
        let mut activities = self
            .activities
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        let of_account: Vec<ActivityId> = activities
            .iter()
            .filter(|(_, rights)| rights.account == account)
            .map(|(&activity, _)| activity)
            .collect();
        for activity in of_account {
            match store.read(|records| load(records, calendar, now, activity))? {
                Some((_, entitlement)) => {
                    if let Some(rights) = activities.get(&activity) {
                        rights.replace(entitlement);
                    }
                }
                None => {
                    activities.remove(&activity);
                }
            }
        }
        Ok(())
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
    pub(super) fn entitlement(&self) -> Arc<Entitlement> {
        Arc::clone(
            &self
                .entitlement
                .read()
                .unwrap_or_else(PoisonError::into_inner),
        )
    }

    fn replace(&self, entitlement: Entitlement) {
        let entitlement = Arc::new(entitlement);
        *self
            .entitlement
            .write()
            .unwrap_or_else(PoisonError::into_inner) = entitlement;
    }

    /// Notes how many free calls the books say are left.
    pub(super) fn set_free_left(&self, free_left: u64) {
        let mut entitlement = self
            .entitlement
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        Arc::make_mut(&mut entitlement).free_left = free_left;
    }

    /// Holds the activity to its calls a second.
    pub(super) fn pace(&self, qps: u32, now_ns: u64) -> Result<(), Refusal> {
        let mut pace = self.pace.lock().unwrap_or_else(PoisonError::into_inner);
        pace.admit(qps, now_ns).map_err(|soon| Refusal::OverQps {
            qps,
            retry_after_ms: soon.retry_after_ns.div_ceil(1_000_000),
        })
    }

    /// Counts a call in; gives how many were in before it.
    pub(super) fn enter(&self) -> u64 {
        self.in_flight.fetch_add(1, Ordering::SeqCst)
    }

    pub(super) fn leave(&self) {
        self.in_flight.fetch_sub(1, Ordering::SeqCst);
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
    let mut licences = records.licences(activity)?;
    licences.retain(|licence| licence.period.ends > now);
    let entitlement = Entitlement {
        activity,
        suspended: account.state == AccountState::Suspended,
        arrears,
        licences,
        upgrades: records.upgrades(activity, calendar.day_of(now))?,
        free_total: free.as_ref().map_or(0, |grant| grant.total),
        free_left: free.as_ref().map_or(0, billing::Grant::left),
    };
    Ok(Some((account.id, entitlement)))
}
