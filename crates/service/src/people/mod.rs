//! The people who sign in: users, what they may do in which account, their sessions; and what is known of
//! what they did.

mod audit;
mod exemptions;
mod failed_sign_ins;
mod fault;
mod first_operator;
mod members;
mod passwords;
mod sessions;
mod throttle;
mod totp;
mod users;

pub use audit::{Actor, AuditView};
pub use exemptions::{ExemptionView, ListedExemption};
pub use fault::PeopleFault;
pub use first_operator::Login;
pub use members::{AddedMember, MemberView};
pub use passwords::PasswordCost;
pub use sessions::{Membership, NewSession, SignIn, SignedIn};
pub use store::{AuditFilter, Role, UserState};
pub use totp::NewTotp;
pub use users::{NewUser, NewlyCreatedUser, UserView};

use crate::ServiceError;
use billing::AccountId;
use exemptions::Exemptions;
use failed_sign_ins::FailedSignIns;
use passwords::Passwords;
use std::sync::{Mutex, RwLock};
use store::Store;
use throttle::Throttle;

/// What is kept in memory about people.
pub(crate) struct People {
    passwords: Passwords,
    by_login: Mutex<Throttle>,
    by_client: Mutex<Throttle>,
    exemptions: RwLock<Exemptions>,
    failed_sign_ins: Mutex<FailedSignIns>,
}

impl People {
    /// What the books say of people now.
    pub(crate) fn read(store: &Store, cost: PasswordCost) -> Result<People, ServiceError> {
        let exemptions = store.read(Exemptions::read)?;
        Ok(People {
            passwords: Passwords::new(cost)?,
            by_login: Mutex::new(Throttle::new(throttle::LOGINS)),
            by_client: Mutex::new(Throttle::new(throttle::CLIENTS)),
            exemptions: RwLock::new(exemptions),
            failed_sign_ins: Mutex::default(),
        })
    }
}

fn account_subject(account: AccountId) -> String {
    format!("account {account}")
}
