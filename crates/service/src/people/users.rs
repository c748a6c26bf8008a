use super::audit::{Actor, Deed, audit};
use super::{PeopleFault, passwords};
use crate::service::check_name;
use crate::{Service, ServiceError};
use billing::Moment;
use serde::{Serialize, Serializer};
use store::{Records, User, UserState};

const SHORTEST_LOGIN: usize = 3;
const LONGEST_LOGIN: usize = 64;
/// Characters in the name of a user.
const LONGEST_NAME: usize = 40;

/// A user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UserView {
    /// Its id.
    #[serde(serialize_with = "as_text")]
    pub id: u64,
    /// By which it signs in.
    pub login: String,
    /// What people call it.
    pub name: String,
    /// Whether it runs this mien, and may do everything.
    pub operator: bool,
    /// Whether it signs in with a second factor.
    pub has_totp: bool,
    /// Whether it may sign in.
    pub state: UserState,
    /// When it was created.
    pub created: Moment,
}

impl UserView {
    pub(super) fn of(user: &User) -> UserView {
        UserView {
            id: user.id,
            login: user.login.clone(),
            name: user.name.clone(),
            operator: user.operator,
            has_totp: user.totp.as_deref().is_some_and(super::totp::is_active),
            state: user.state,
            created: user.created,
        }
    }
}

/// Writes an id as the text that other ids are.
pub(super) fn as_text<S: Serializer>(id: &u64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(id)
}

/// A user to be created.
#[derive(Clone, Debug)]
pub struct NewUser<'a> {
    /// By which it signs in; upper-case letters are written small.
    pub login: &'a str,
    /// What people call it; empty for its login.
    pub name: &'a str,
    /// Whether it runs this mien.
    pub operator: bool,
}

/// A user just created; the only time its password is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NewlyCreatedUser {
    /// The user.
    #[serde(flatten)]
    pub user: UserView,
    /// A password drawn for it.
    pub password: String,
}

impl Service {
    /// Creates a user and draws its password.
    pub fn create_user(
        &self,
        actor: Actor,
        new: &NewUser<'_>,
    ) -> Result<NewlyCreatedUser, ServiceError> {
        let made = self.draw_user(new)?;
        let now = self.now();
        self.ports.store.write(|records| {
            let user = add_user(records, made.user.clone(), now)?;
            let deed = Deed {
                actor,
                account: None,
                action: "create_user",
                subject: &subject(&user),
                detail: if user.operator { "operator" } else { "" },
            };
            audit(records, now, deed)?;
            Ok(NewlyCreatedUser {
                user: UserView::of(&user),
                password: made.password.clone(),
            })
        })
    }

    /// A user with a password, not in the books yet and without an id. Hashing takes a while, and no
    /// transaction waits for it.
    pub(super) fn draw_user(&self, new: &NewUser<'_>) -> Result<DrawnUser, ServiceError> {
        let login = login_of(new.login)?;
        let name = if new.name.is_empty() {
            &login
        } else {
            new.name
        };
        // A login may be longer than a name, and names nobody chose need not be refused.
        let name: String = match new.name {
            "" => name.chars().take(LONGEST_NAME).collect(),
            _ => name.to_owned(),
        };
        check_name("name", &name, LONGEST_NAME)?;
        let random = self.ports.random.as_ref();
        let password = passwords::draw(random)?;
        let user = User {
            id: 0,
            login,
            name,
            password: self.people.passwords.hash(&password, random)?,
            totp: None,
            operator: new.operator,
            state: UserState::Active,
            created: self.now(),
        };
        Ok(DrawnUser { user, password })
    }

    /// All users, by id.
    pub fn users(&self) -> Result<Vec<UserView>, ServiceError> {
        let users = self.ports.store.read(|records| records.users())?;
        Ok(users.iter().map(UserView::of).collect())
    }

    /// One user.
    pub fn user(&self, id: u64) -> Result<UserView, ServiceError> {
        let user = self.ports.store.read(|records| user_of(records, id))?;
        Ok(UserView::of(&user))
    }

    /// The user with a login.
    pub fn user_by_login(&self, login: &str) -> Result<UserView, ServiceError> {
        let key = login.to_ascii_lowercase();
        let user = self
            .ports
            .store
            .read(|records| records.user_by_login(&key))?;
        let user = user.ok_or_else(|| ServiceError::not_found("user", login))?;
        Ok(UserView::of(&user))
    }

    /// Lets a user sign in again, or does not and ends its sessions.
    pub fn set_user_state(
        &self,
        actor: Actor,
        id: u64,
        state: UserState,
    ) -> Result<UserView, ServiceError> {
        let now = self.now();
        self.ports.store.write(|records| {
            let mut user = user_of(records, id)?;
            if state == UserState::Disabled {
                check_operators_left(records, &user)?;
                records.end_sessions_of(id, None)?;
            }
            user.state = state;
            let action = match state {
                UserState::Active => "enable_user",
                UserState::Disabled => "disable_user",
            };
            change(records, now, actor, &user, action)
        })
    }

    /// Lets a user run this mien and do everything, or does not any more. The last operator stays one.
    pub fn set_operator(
        &self,
        actor: Actor,
        id: u64,
        operator: bool,
    ) -> Result<UserView, ServiceError> {
        let now = self.now();
        self.ports.store.write(|records| {
            let mut user = user_of(records, id)?;
            if user.operator == operator {
                return Ok(UserView::of(&user));
            }
            if !operator {
                check_operators_left(records, &user)?;
            }
            user.operator = operator;
            let action = match operator {
                true => "grant_operator",
                false => "revoke_operator",
            };
            change(records, now, actor, &user, action)
        })
    }

    /// Gives a user another name.
    pub fn rename_user(&self, actor: Actor, id: u64, name: &str) -> Result<UserView, ServiceError> {
        check_name("name", name, LONGEST_NAME)?;
        let now = self.now();
        self.ports.store.write(|records| {
            let mut user = user_of(records, id)?;
            name.clone_into(&mut user.name);
            change(records, now, actor, &user, "rename_user")
        })
    }

    /// Draws another password for a user, in place of the one it forgot, and ends its sessions.
    pub fn reset_password(&self, actor: Actor, id: u64) -> Result<NewlyCreatedUser, ServiceError> {
        let random = self.ports.random.as_ref();
        let password = passwords::draw(random)?;
        let hash = self.people.passwords.hash(&password, random)?;
        let now = self.now();
        self.ports.store.write(|records| {
            let mut user = user_of(records, id)?;
            user.password.clone_from(&hash);
            records.end_sessions_of(id, None)?;
            Ok(NewlyCreatedUser {
                user: change(records, now, actor, &user, "reset_password")?,
                password: password.clone(),
            })
        })
    }
}

/// A user that is to be added, with its password.
pub(super) struct DrawnUser {
    pub(super) user: User,
    pub(super) password: String,
}

/// Adds a user whose login nobody has.
pub(super) fn add_user(
    records: &mut Records<'_>,
    mut user: User,
    now: Moment,
) -> Result<User, ServiceError> {
    if records.user_by_login(&user.login)?.is_some() {
        let login = user.login;
        return Err(PeopleFault::LoginTaken { login }.into());
    }
    user.id = records.next_user()?;
    user.created = now;
    records.add_user(&user)?;
    Ok(user)
}

/// Writes a changed user, and that it was changed.
pub(super) fn change(
    records: &mut Records<'_>,
    now: Moment,
    actor: Actor,
    user: &User,
    action: &str,
) -> Result<UserView, ServiceError> {
    records.update_user(user)?;
    let deed = Deed {
        actor,
        account: None,
        action,
        subject: &subject(user),
        detail: "",
    };
    audit(records, now, deed)?;
    Ok(UserView::of(user))
}

/// What the audit log calls a user.
pub(super) fn subject(user: &User) -> String {
    format!("user {} {}", user.id, user.login)
}

/// A user, or that there is none.
pub(super) fn user_of(records: &mut Records<'_>, id: u64) -> Result<User, ServiceError> {
    let user = records.user(id)?;
    user.ok_or_else(|| ServiceError::not_found("user", id))
}

/// A login in its one form.
pub(super) fn login_of(text: &str) -> Result<String, PeopleFault> {
    let login = text.to_ascii_lowercase();
    let (least, most) = (SHORTEST_LOGIN, LONGEST_LOGIN);
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "._-@".contains(c);
    if !(least..=most).contains(&login.chars().count()) || !login.chars().all(fits) {
        return Err(PeopleFault::BadLogin { least, most });
    }
    Ok(login)
}

/// Somebody else must be able to run this mien when a user no longer can.
fn check_operators_left(records: &mut Records<'_>, leaves: &User) -> Result<(), ServiceError> {
    if !leaves.operator || leaves.state == UserState::Disabled {
        return Ok(());
    }
    let stays =
        |user: &User| user.id != leaves.id && user.operator && user.state == UserState::Active;
    match records.users()?.iter().any(stays) {
        true => Ok(()),
        false => Err(PeopleFault::LastOperator.into()),
    }
}
