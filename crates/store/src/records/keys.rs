use super::{Records, integer, optional_integer, read, time};
use crate::StoreError;
use crate::sql::{Row, Value};
use billing::{AccountId, ActivityId, Moment};
use serde::Serialize;

/// An API key. Its secret is sealed: the books alone do not tell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    /// The public half.
    pub secret_id: String,
    /// Whose it is.
    pub account: AccountId,
    /// The secret half, sealed with the account's data key.
    pub sealed: Vec<u8>,
    /// What it is for, in the customer's words.
    pub label: String,
    /// Whether it may be used.
    pub state: KeyState,
    /// When it was created.
    pub created: Moment,
    /// The activity that pays for calls that name none.
    pub pays: Option<ActivityId>,
}

/// Whether a key may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyState {
    /// Yes.
    Enabled,
    /// Not now.
    Disabled,
    /// Never again.
    Deleted,
}

impl KeyState {
    const fn code(self) -> i64 {
        match self {
            KeyState::Enabled => 0,
            KeyState::Disabled => 1,
            KeyState::Deleted => 2,
        }
    }

    fn from_code(code: i64) -> Option<KeyState> {
        [KeyState::Enabled, KeyState::Disabled, KeyState::Deleted]
            .into_iter()
            .find(|state| state.code() == code)
    }
}

fn key(row: &dyn Row) -> Result<ApiKey, StoreError> {
    Ok(ApiKey {
        secret_id: read::text(row, 0)?,
        account: read::account(row, 1)?,
        sealed: read::bytes(row, 2)?,
        label: read::text(row, 3)?,
        state: read::coded(row, 4, KeyState::from_code)?,
        created: read::moment(row, 5)?,
        pays: read::optional_count(row, 6)?.map(ActivityId::new),
    })
}

impl Records<'_> {
    /// Adds a key.
    pub fn add_key(&mut self, key: &ApiKey) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO api_key (secret_id, account, sealed, label, state, created, pays)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            &[
                Value::Text(&key.secret_id),
                integer(key.account.number()),
                Value::Bytes(&key.sealed),
                Value::Text(&key.label),
                Value::Integer(key.state.code()),
                time(key.created),
                optional_integer(key.pays.map(ActivityId::number)),
            ],
        )?;
        Ok(())
    }

    /// A key by its public half, deleted ones included.
    pub fn key(&mut self, secret_id: &str) -> Result<Option<ApiKey>, StoreError> {
        self.row(
            "SELECT secret_id, account, sealed, label, state, created, pays FROM api_key
             WHERE secret_id = $1",
            &[Value::Text(secret_id)],
            key,
        )
    }

    /// An account's keys, the oldest first, without deleted ones.
    pub fn keys(&mut self, account: AccountId) -> Result<Vec<ApiKey>, StoreError> {
        self.rows(
            "SELECT secret_id, account, sealed, label, state, created, pays FROM api_key
             WHERE account = $1 AND state <> 2 ORDER BY created, secret_id",
            &[integer(account.number())],
            key,
        )
    }

    /// Says what a key is for and which activity pays for calls that name none.
    pub fn describe_key(
        &mut self,
        secret_id: &str,
        label: &str,
        pays: Option<ActivityId>,
    ) -> Result<(), StoreError> {
        self.execute(
            "UPDATE api_key SET label = $1, pays = $2 WHERE secret_id = $3",
            &[
                Value::Text(label),
                optional_integer(pays.map(ActivityId::number)),
                Value::Text(secret_id),
            ],
        )?;
        Ok(())
    }

    /// Sets a key's state.
    pub fn set_key_state(&mut self, secret_id: &str, state: KeyState) -> Result<(), StoreError> {
        // The secret of a deleted key is not kept.
        let sql = match state {
            KeyState::Deleted => "UPDATE api_key SET state = $1, sealed = $2 WHERE secret_id = $3",
            KeyState::Enabled | KeyState::Disabled => {
                "UPDATE api_key SET state = $1 WHERE secret_id = $2"
            }
        };
        let (code, id) = (Value::Integer(state.code()), Value::Text(secret_id));
        match state {
            KeyState::Deleted => self.execute(sql, &[code, Value::Bytes(&[]), id])?,
            KeyState::Enabled | KeyState::Disabled => self.execute(sql, &[code, id])?,
        };
        Ok(())
    }
}
