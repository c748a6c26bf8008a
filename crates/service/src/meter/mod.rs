//! The meter: lets calls in from memory, and charges them durably, many in one transaction.
//!
//! `admit → fuse → charge → answer`. Admission decides from a snapshot (account, licence, QPS, free calls
//! left) and costs microseconds. The charge is decided against the books themselves and is on the disk
//! before its caller goes on: an answer never leaves uncharged. While one transaction is flushed, the next
//! calls gather and share the next (group commit).

mod admission;
mod batch;
mod peak;
mod rights;
mod turn;

pub use admission::Admission;
pub use batch::{ChargeError, Ended};
pub use turn::Turn;

use crate::clock::Clock;
use crate::error::ServiceError;
use batch::Batcher;
use billing::{AccountId, ActivityId, Calendar, Catalogue, Refusal};
use rights::{ActivityRights, Rights};
use std::fmt;
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, PoisonError, RwLock};
use store::{Charged, ClientToken, Store, TokenUse};

/// Lets calls in and charges them; shared by all threads.
pub struct Meter {
    store: Store,
    clock: Arc<dyn Clock>,
    calendar: Calendar,
    catalogue: Arc<RwLock<Arc<Catalogue>>>,
    rights: Rights,
    batcher: Batcher,
}

impl fmt::Debug for Meter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Meter")
    }
}

impl Meter {
    /// A meter over the books.
    pub(crate) fn new(
        store: Store,
        clock: Arc<dyn Clock>,
        calendar: Calendar,
        catalogue: Arc<RwLock<Arc<Catalogue>>>,
    ) -> Meter {
        let batcher = Batcher::new(store.clone(), Arc::clone(&clock), calendar.clone());
        Meter {
            store,
            clock,
            calendar,
            catalogue,
            rights: Rights::default(),
            batcher,
        }
    }

    /// Lets a call of an account's activity in, or says why not. What is refused costs no quota.
    ///
    /// A call whose `token` was charged before is let in even where nothing could pay for a new one.
    pub fn admit(
        &self,
        account: AccountId,
        activity: ActivityId,
        token: Option<ClientToken>,
    ) -> Result<Admission, ServiceError> {
        let rights = self.rights_of(account, activity)?;
        rights.entitlement().check_account()?;
        self.hold_pace(&rights)?;
        self.enter(rights, activity, token)
    }

    /// Lets in a call that took its turn before; one of another activity takes one now.
    pub(crate) fn admit_in_turn(
        &self,
        turn: Turn,
        account: AccountId,
        activity: ActivityId,
        token: Option<ClientToken>,
    ) -> Result<Admission, ServiceError> {
        let Some(rights) = turn.rights_of(account, activity) else {
            return self.admit(account, activity, token);
        };
        rights.entitlement().check_account()?;
        self.enter(rights, activity, token)
    }

    /// Whether a call of an activity can be let in or refused from memory.
    pub fn knows(&self, activity: ActivityId) -> bool {
        self.rights.knows(activity)
    }

    fn rights_of(
        &self,
        account: AccountId,
        activity: ActivityId,
    ) -> Result<Arc<ActivityRights>, ServiceError> {
        let now = self.clock.now();
        let known = self
            .rights
            .get_or_load(&self.store, &self.calendar, now, activity)?;
        known
            .filter(|rights| rights.account == account)
            .ok_or_else(|| ServiceError::not_found("activity", activity))
    }

    /// Holds an activity to its calls a second.
    fn hold_pace(&self, rights: &ActivityRights) -> Result<(), Refusal> {
        let catalogue = Arc::clone(
            &self
                .catalogue
                .read()
                .unwrap_or_else(PoisonError::into_inner),
        );
        let entitlement = rights.entitlement();
        let qps = entitlement.qps_at(&catalogue, &self.calendar, self.clock.now());
        rights.pace(qps, self.clock.as_ref(), &self.calendar)
    }

    /// Lets a call in whose turn it is, if something can pay.
    fn enter(
        &self,
        rights: Arc<ActivityRights>,
        activity: ActivityId,
        token: Option<ClientToken>,
    ) -> Result<Admission, ServiceError> {
        let at = self.clock.now();
        let entitlement = rights.entitlement();
        // Free calls are few: there a repetition must not take the place of one, and it is let in where none
        // is left. Where more than these can pay, the charge finds out without a look beforehand.
        if let Some(token) = token.filter(|_| !entitlement.is_licensed_at(at)) {
            let known = self
                .store
                .read(|records| records.token_use(rights.account, &token, at))?;
            match known {
                TokenUse::New => {}
                TokenUse::OtherBody => return Err(Refusal::TokenReused.into()),
                TokenUse::Charged(_) => {
                    return Ok(Admission::repetition(rights, activity, token));
                }
            }
        }
        Ok(Admission::enter(rights, activity, token, at)?)
    }

    /// Charges a call that was let in; returns when that is on the disk.
    pub fn charge(&self, admission: Admission, ended: Ended) -> Result<Charged, ChargeError> {
        let (send, receive) = sync_channel(1);
        self.charge_then(admission, ended, move |charged| {
            // The receiver waits below; it is never gone.
            let _ = send.send(charged);
        });
        receive.recv().unwrap_or(Err(ChargeError::Stopped))
    }

    /// Charges a call that was let in, and hands the result to `then` (on the meter's own thread, so it
    /// must be quick) when it is on the disk.
    pub fn charge_then(
        &self,
        admission: Admission,
        ended: Ended,
        then: impl FnOnce(Result<Charged, ChargeError>) + Send + 'static,
    ) {
        self.batcher.add(admission, ended, Box::new(then));
    }

    /// Transactions in which calls were charged since the start.
    pub fn transactions(&self) -> u64 {
        self.batcher.transactions()
    }

    /// Reads an account's rights anew, after something changed them.
    pub(crate) fn refresh_account(&self, account: AccountId) {
        let now = self.clock.now();
        self.rights
            .refresh(&self.store, &self.calendar, now, account);
    }

    /// The most calls of a second that one activity of an account was let make today, as far as this
    /// process let them in.
    pub fn qps_peak_today(&self, account: AccountId) -> u32 {
        self.rights.peak(account, self.clock.now())
    }

    /// Drops what is known of an activity that is gone.
    pub(crate) fn forget(&self, activity: ActivityId) {
        self.rights.forget(activity);
    }
}
