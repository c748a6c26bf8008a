//! The people who sign in: users, what they may do in which account, their sessions.

use crate::{Service, ServiceError};
use billing::{AccountId, Moment};
use serde::Serialize;

/// What a user may do in an account. Each role may do what those before it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Looks at everything of the account.
    Viewer,
    /// Changes activities, materials and campaign pages.
    Member,
    /// Buys, and handles keys, webhooks and members.
    Owner,
}

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UserView {
    /// Its id.
    pub id: u64,
    /// By which it signs in.
    pub login: String,
    /// What people call it.
    pub name: String,
    /// Whether it runs this mien, and may do everything.
    pub operator: bool,
    /// Whether it signs in with a second factor.
    pub has_totp: bool,
}

/// An account in which a user may do something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Membership {
    /// The account.
    pub account: AccountId,
    /// Its name.
    pub account_name: String,
    /// What the user may do there.
    pub role: Role,
}

/// A user who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// Who.
    pub user: UserView,
    /// Where it may act; an operator may act everywhere.
    pub memberships: Vec<Membership>,
    /// What changes must be sent with.
    pub csrf: String,
    /// When the session ends if nothing is done with it.
    pub ends: Moment,
}

impl SignedIn {
    /// What the user may do in an account; `None` is nothing.
    pub fn role_in(&self, account: AccountId) -> Option<Role> {
        if self.user.operator {
            return Some(Role::Owner);
        }
        let found = self
            .memberships
            .iter()
            .find(|membership| membership.account == account);
        found.map(|membership| membership.role)
    }
}

impl Service {
    /// Who is signed in with a session's token; `None` where it is unknown or has ended.
    pub fn signed_in(&self, _token: &str) -> Result<Option<SignedIn>, ServiceError> {
        Ok(None)
    }
}
