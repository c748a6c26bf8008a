use super::rights::ActivityRights;
use billing::{AccountId, ActivityId, Moment, Refusal};
use std::sync::Arc;
use store::ClientToken;

/// A call that was let in. It holds a place among the activity's free calls until it is charged; dropped
/// without a charge, the call never happened.
#[derive(Debug)]
pub struct Admission {
    rights: Arc<ActivityRights>,
    activity: ActivityId,
    token: Option<ClientToken>,
    has_place: bool,
    /// Free calls left, as its charge told.
    free_left: Option<u64>,
}

impl Admission {
    /// Lets a call in if something can pay for one more beside those on their way.
    pub(super) fn enter(
        rights: Arc<ActivityRights>,
        activity: ActivityId,
        token: Option<ClientToken>,
        at: Moment,
    ) -> Result<Admission, Refusal> {
        rights.enter(at)?;
        // From here on dropping it leaves again.
        Ok(Admission {
            rights,
            activity,
            token,
            has_place: true,
            free_left: None,
        })
    }

    /// Lets in a call that was charged before. It takes no place, for nothing more is paid.
    pub(super) fn repetition(
        rights: Arc<ActivityRights>,
        activity: ActivityId,
        token: ClientToken,
    ) -> Admission {
        Admission {
            rights,
            activity,
            token: Some(token),
            has_place: false,
            free_left: None,
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

    pub(super) fn token(&self) -> Option<ClientToken> {
        self.token
    }

    /// Gives its place up, telling how many free calls its charge left, if that is known.
    pub(super) fn end(mut self, free_left: Option<u64>) {
        self.free_left = free_left;
    }
}

impl Drop for Admission {
    fn drop(&mut self) {
        if self.has_place {
            self.rights.leave(self.free_left);
        }
    }
}
