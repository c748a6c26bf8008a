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

pub use admission::Admission;
pub use batch::{ChargeError, Ended};

use crate::clock::Clock;
use crate::error::ServiceError;
use batch::Batcher;
use billing::{AccountId, ActivityId, Calendar, Catalogue, Refusal};
use rights::Rights;
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
        let rights = self
            .rights
            .get_or_load(&self.store, &self.calendar, self.clock.now(), activity)?
            .filter(|rights| rights.account == account)
            .ok_or_else(|| ServiceError::not_found("activity", activity))?;
        let entitlement = rights.entitlement();
        let at = self.clock.now();
        entitlement.check_account()?;
        let catalogue = Arc::clone(
            &self
                .catalogue
                .read()
                .unwrap_or_else(PoisonError::into_inner),
        );
        let qps = entitlement.qps_at(&catalogue, &self.calendar, at);
        rights.pace(qps, self.clock.as_ref(), &self.calendar)?;
        // Free calls are few: there a repetition must not take the place of one, and it is let in where none
        // is left. Where more than these can pay, the charge finds out without a look beforehand.
        if let Some(token) = token.filter(|_| !entitlement.is_licensed_at(at)) {
            let known = self
                .store
                .read(|records| records.token_use(account, &token, at))?;
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
