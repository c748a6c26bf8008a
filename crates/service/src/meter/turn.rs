//! A call's turn in the pace of its activity, taken before anything else of the call is looked at.

use super::Meter;
use super::rights::ActivityRights;
use crate::error::ServiceError;
use billing::{AccountId, ActivityId};
use std::sync::Arc;

/// A place among an activity's calls of this second. Dropped, the place stays taken: a request that was
/// refused for its fields has used its turn.
#[derive(Debug)]
pub struct Turn {
    rights: Arc<ActivityRights>,
    activity: ActivityId,
}

impl Turn {
    /// The rights of the activity, if the turn is one of it.
    pub(super) fn rights_of(
        self,
        account: AccountId,
        activity: ActivityId,
    ) -> Option<Arc<ActivityRights>> {
        let is_its = self.activity == activity && self.rights.account == account;
        is_its.then_some(self.rights)
    }
}

impl Meter {
    /// Takes a turn of an account's activity, or says that there are too many calls this second.
    pub fn take_turn(
        &self,
        account: AccountId,
        activity: ActivityId,
    ) -> Result<Turn, ServiceError> {
        let rights = self.rights_of(account, activity)?;
        self.hold_pace(&rights)?;
        Ok(Turn { rights, activity })
    }
}
