use super::rights::ActivityRights;
use billing::{AccountId, ActivityId};
use std::sync::Arc;
use store::ClientToken;

/// A call that was let in. It holds a place among the activity's free calls until it is charged; dropped
/// without a charge, the call never happened.
#[derive(Debug)]
pub struct Admission {
    rights: Arc<ActivityRights>,
    activity: ActivityId,
    token: Option<ClientToken>,
    in_flight_before: u64,
}

impl Admission {
    /// Counts a call in.
    pub(super) fn enter(
        rights: Arc<ActivityRights>,
        activity: ActivityId,
        token: Option<ClientToken>,
    ) -> Admission {
        let in_flight_before = rights.enter();
        Admission {
            rights,
            activity,
            token,
            in_flight_before,
        }
    }

    /// Whose call.
    pub fn account(&self) -> AccountId {
        self.rights.account
    }

    /// For which activity.
    pub fn activity(&self) -> ActivityId {
        self.activity
    }

    /// Calls of the activity that were on their way when this one came.
    pub(super) fn in_flight_before(&self) -> u64 {
        self.in_flight_before
    }

    pub(super) fn token(&self) -> Option<ClientToken> {
        self.token
    }

    pub(super) fn rights(&self) -> &ActivityRights {
        &self.rights
    }
}

impl Drop for Admission {
    fn drop(&mut self) {
        self.rights.leave();
    }
}
