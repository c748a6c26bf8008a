use super::{Records, integer, optional_integer, read, time};
use crate::StoreError;
use crate::sql::{Row, Value};
use billing::{AccountId, Moment};
use serde::Serialize;

/// A customer's account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// Its name.
    pub name: String,
    /// Whether it may be used.
    pub state: AccountState,
    /// Activities it may have; `None` for the operator's usual number.
    pub activity_limit: Option<u32>,
    /// When it was created.
    pub created: Moment,
    /// The key that its secrets are sealed with, itself sealed.
    pub data_key: Vec<u8>,
}

/// Whether an account may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountState {
    /// Yes.
    Active,
    /// Stopped by the operator.
    Suspended,
}

impl AccountState {
    const fn code(self) -> i64 {
        match self {
            AccountState::Active => 0,
            AccountState::Suspended => 1,
        }
    }

    fn from_code(code: i64) -> Option<AccountState> {
        match code {
            0 => Some(AccountState::Active),
            1 => Some(AccountState::Suspended),
            _ => None,
        }
    }
}

fn account(row: &dyn Row) -> Result<Account, StoreError> {
    Ok(Account {
        id: read::account(row, 0)?,
        name: read::text(row, 1)?,
        state: read::coded(row, 2, AccountState::from_code)?,
        activity_limit: read::optional_count(row, 3)?.and_then(|limit| u32::try_from(limit).ok()),
        created: read::moment(row, 4)?,
        data_key: read::bytes(row, 5)?,
    })
}

impl Records<'_> {
    /// The id of the next account.
    pub fn next_account(&mut self) -> Result<AccountId, StoreError> {
        self.next("account", 100_001).map(AccountId::new)
    }

    /// Adds an account.
    pub fn add_account(&mut self, account: &Account) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO account (id, name, state, activity_limit, created, data_key)
             VALUES ($1, $2, $3, $4, $5, $6)",
            &[
                integer(account.id.number()),
                Value::Text(&account.name),
                Value::Integer(account.state.code()),
                optional_integer(account.activity_limit.map(u64::from)),
                time(account.created),
                Value::Bytes(&account.data_key),
            ],
        )?;
        Ok(())
    }

    /// Writes an account's changed fields.
    pub fn update_account(&mut self, account: &Account) -> Result<(), StoreError> {
        self.execute(
            "UPDATE account SET name = $1, state = $2, activity_limit = $3, data_key = $4 WHERE id = $5",
            &[
                Value::Text(&account.name),
                Value::Integer(account.state.code()),
                optional_integer(account.activity_limit.map(u64::from)),
                Value::Bytes(&account.data_key),
                integer(account.id.number()),
            ],
        )?;
        Ok(())
    }

    /// An account by its id.
    pub fn account(&mut self, id: AccountId) -> Result<Option<Account>, StoreError> {
        self.row(
            "SELECT id, name, state, activity_limit, created, data_key FROM account WHERE id = $1",
            &[integer(id.number())],
            account,
        )
    }

    /// All accounts, by id.
    pub fn accounts(&mut self) -> Result<Vec<Account>, StoreError> {
        self.rows(
            "SELECT id, name, state, activity_limit, created, data_key FROM account ORDER BY id",
            &[],
            account,
        )
    }
}
