use super::rights::ActivityRights;
use crate::error::ServiceError;
use billing::{AccountId, ActivityId, Entitlement, Moment};
use std::sync::Arc;
use store::ClientToken;

/// A call that was let in. It holds a place among the activity's free calls until it is charged; dropped
/// without a charge, the call never happened.
#[derive(Debug)]
pub struct Admission {
    rights: Arc<ActivityRights>,
    activity: ActivityId,
    token: Option<ClientToken>,
    repetition: bool,
}

impl Admission {
    /// Lets a call in if the entitlement allows one more beside those on their way.
    pub(super) fn enter(
        rights: Arc<ActivityRights>,
        entitlement: &Entitlement,
        activity: ActivityId,
        token: Option<ClientToken>,
        at: Moment,
    ) -> Result<Admission, ServiceError> {
        let in_flight = rights.enter();
        // From here on dropping it leaves again.
        let admission = Admission {
            rights,
            activity,
            token,
            repetition: false,
        };
        entitlement.check_calls(in_flight, at)?;
        Ok(admission)
    }

    /// Lets in a call that was charged before.
    pub(super) fn repetition(
        rights: Arc<ActivityRights>,
        activity: ActivityId,
        token: Option<ClientToken>,
    ) -> Admission {
        rights.enter();
        Admission {
            rights,
            activity,
            token,
            repetition: true,
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

    /// Whether the call was charged before under its token.
    pub fn is_repetition(&self) -> bool {
        self.repetition
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
