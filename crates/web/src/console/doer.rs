//! Who makes a change, for the audit log.

use super::{Editor, Owner, Problem, Reader};
use billing::AccountId;
use service::{Actor, Service};

/// A user who does something in an account.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Doer {
    /// The account.
    pub(crate) account: AccountId,
    /// The user's id.
    pub(crate) user: u64,
}

macro_rules! doers {
    ($($role:ident),*) => {$(
        impl From<&$role> for Doer {
            fn from(role: &$role) -> Doer {
                Doer { account: role.account, user: role.user.id }
            }
        }
    )*};
}

doers!(Reader, Editor, Owner);

impl Doer {
    /// Writes down what was done; `detail` holds no secrets.
    pub(crate) fn note(
        self,
        service: &Service,
        action: &str,
        subject: &str,
        detail: &str,
    ) -> Result<(), Problem> {
        let actor = Actor::User(self.user);
        Ok(service.note(actor, Some(self.account), action, subject, detail)?)
    }
}
