use super::{Records, integer, read, time};
use crate::StoreError;
use crate::sql::{Row, Value};
use billing::Moment;
use serde::Serialize;

/// Somebody who signs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// Its id.
    pub id: u64,
    /// By which it signs in; no two users have the same.
    pub login: String,
    /// What people call it.
    pub name: String,
    /// The hash of its password.
    pub password: String,
    /// Its second factor, sealed; `None` without one.
    pub totp: Option<Vec<u8>>,
    /// Whether it runs this mien.
    pub operator: bool,
    /// Whether it may sign in.
    pub state: UserState,
    /// When it was created.
    pub created: Moment,
}

/// Whether a user may sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum UserState {
    /// Yes.
    Active,
    /// Not now.
    Disabled,
}

impl UserState {
    const fn code(self) -> i64 {
        match self {
            UserState::Active => 0,
            UserState::Disabled => 1,
        }
    }

    fn from_code(code: i64) -> Option<UserState> {
        [UserState::Active, UserState::Disabled]
            .into_iter()
            .find(|state| state.code() == code)
    }
}

fn user(row: &dyn Row) -> Result<User, StoreError> {
    Ok(User {
        id: read::count(row, 0)?,
        login: read::text(row, 1)?,
        name: read::text(row, 2)?,
        password: read::text(row, 3)?,
        totp: row.bytes(4)?,
        operator: read::integer(row, 5)? != 0,
        state: read::coded(row, 6, UserState::from_code)?,
        created: read::moment(row, 7)?,
    })
}

impl Records<'_> {
    /// The id of the next user.
    pub fn next_user(&mut self) -> Result<u64, StoreError> {
        self.next("user", 1)
    }

    /// Adds a user.
    pub fn add_user(&mut self, user: &User) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO app_user (id, login, name, password, totp, operator, state, created)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            &[
                integer(user.id),
                Value::Text(&user.login),
                Value::Text(&user.name),
                Value::Text(&user.password),
                user.totp.as_deref().map_or(Value::Null, Value::Bytes),
                Value::Integer(i64::from(user.operator)),
                Value::Integer(user.state.code()),
                time(user.created),
            ],
        )?;
        Ok(())
    }

    /// Writes a user's changed fields; id, login and time of creation stay.
    pub fn update_user(&mut self, user: &User) -> Result<(), StoreError> {
        self.execute(
            "UPDATE app_user SET name = $1, password = $2, totp = $3, operator = $4, state = $5
             WHERE id = $6",
            &[
                Value::Text(&user.name),
                Value::Text(&user.password),
                user.totp.as_deref().map_or(Value::Null, Value::Bytes),
                Value::Integer(i64::from(user.operator)),
                Value::Integer(user.state.code()),
                integer(user.id),
            ],
        )?;
        Ok(())
    }

    /// A user by its id.
    pub fn user(&mut self, id: u64) -> Result<Option<User>, StoreError> {
        self.row(
            "SELECT id, login, name, password, totp, operator, state, created FROM app_user
             WHERE id = $1",
            &[integer(id)],
            user,
        )
    }

    /// A user by its login.
    pub fn user_by_login(&mut self, login: &str) -> Result<Option<User>, StoreError> {
        self.row(
            "SELECT id, login, name, password, totp, operator, state, created FROM app_user
             WHERE login = $1",
            &[Value::Text(login)],
            user,
        )
    }

    /// All users, by id.
    pub fn users(&mut self) -> Result<Vec<User>, StoreError> {
        self.rows(
            "SELECT id, login, name, password, totp, operator, state, created FROM app_user
             ORDER BY id",
            &[],
            user,
        )
    }
}
