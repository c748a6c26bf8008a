use super::{Records, integer, read};
use crate::StoreError;
use crate::sql::{Row, Value};
use billing::AccountId;
use serde::{Deserialize, Serialize};

/// What a user may do in an account. Each role may do what those before it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Looks at everything of the account.
    Viewer,
    /// Changes activities, materials and campaign pages.
    Member,
    /// Buys, and handles keys, webhooks and members.
    Owner,
}

impl Role {
    const fn code(self) -> i64 {
        match self {
            Role::Viewer => 0,
            Role::Member => 1,
            Role::Owner => 2,
        }
    }

    fn from_code(code: i64) -> Option<Role> {
        [Role::Viewer, Role::Member, Role::Owner]
            .into_iter()
            .find(|role| role.code() == code)
    }
}

/// That a user may do something in an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MembershipRecord {
    /// The user.
    pub user: u64,
    /// The account.
    pub account: AccountId,
    /// What it may do there.
    pub role: Role,
}

fn membership(row: &dyn Row) -> Result<MembershipRecord, StoreError> {
    Ok(MembershipRecord {
        user: read::count(row, 0)?,
        account: read::account(row, 1)?,
        role: read::coded(row, 2, Role::from_code)?,
    })
}

impl Records<'_> {
    /// Gives a user a role in an account, in place of the one it had.
    pub fn set_membership(&mut self, membership: &MembershipRecord) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO membership (user_id, account, role) VALUES ($1, $2, $3)
             ON CONFLICT (user_id, account) DO UPDATE SET role = excluded.role",
            &[
                integer(membership.user),
                integer(membership.account.number()),
                Value::Integer(membership.role.code()),
            ],
        )?;
        Ok(())
    }

    /// Takes a user out of an account.
    pub fn remove_membership(&mut self, user: u64, account: AccountId) -> Result<(), StoreError> {
        let sql = "DELETE FROM membership WHERE user_id = $1 AND account = $2";
        self.execute(sql, &[integer(user), integer(account.number())])?;
        Ok(())
    }

    /// Where a user may do something, by account.
    pub fn memberships_of_user(&mut self, user: u64) -> Result<Vec<MembershipRecord>, StoreError> {
        self.rows(
            "SELECT user_id, account, role FROM membership WHERE user_id = $1 ORDER BY account",
            &[integer(user)],
            membership,
        )
    }

    /// All of them, by user and account.
    pub fn memberships(&mut self) -> Result<Vec<MembershipRecord>, StoreError> {
        let sql = "SELECT user_id, account, role FROM membership ORDER BY user_id, account";
        self.rows(sql, &[], membership)
    }

    /// Who may do something in an account, by user.
    pub fn memberships_of_account(
        &mut self,
        account: AccountId,
    ) -> Result<Vec<MembershipRecord>, StoreError> {
        self.rows(
            "SELECT user_id, account, role FROM membership WHERE account = $1 ORDER BY user_id",
            &[integer(account.number())],
            membership,
        )
    }
}
