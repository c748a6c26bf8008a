//! Logins that mien makes itself: the first operator's, and those of a demo.

use super::audit::Actor;
use super::users::{NewUser, user_of};
use crate::{Service, ServiceError};
use serde::Serialize;
use store::{User, UserState};

/// With what somebody signs in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Login {
    /// The login.
    pub login: String,
    /// The password.
    pub password: String,
    /// What people call its user.
    pub name: String,
    /// Whether the user is an operator.
    pub operator: bool,
}

/// What a demo login begins with; such operators do not run a mien.
const DEMO: &str = "demo-";

impl Service {
    /// Whether nobody can run this mien: no operator may sign in. Those of a demo do not count.
    pub fn needs_operator(&self) -> Result<bool, ServiceError> {
        let users = self.ports.store.read(|records| records.users())?;
        let runs = |user: &User| {
            user.operator && user.state == UserState::Active && !user.login.starts_with(DEMO)
        };
        Ok(!users.iter().any(runs))
    }

    /// Creates an operator where [nobody can run this mien](Service::needs_operator). Its password is told
    /// this once.
    pub fn ensure_operator(&self) -> Result<Option<Login>, ServiceError> {
        if !self.needs_operator()? {
            return Ok(None);
        }
        let users = self.users()?;
        let is_free = |login: &String| users.iter().all(|user| user.login != *login);
        let numbered = (2_u32..).map(|number| format!("operator-{number}"));
        let mut logins = std::iter::once("operator".to_owned()).chain(numbered);
        let login = logins.find(is_free).unwrap_or_default();
        let new = NewUser {
            login: &login,
            name: "",
            operator: true,
        };
        let made = self.create_user(Actor::CommandLine, &new)?;
        Ok(Some(Login {
            login: made.user.login,
            password: made.password,
            name: made.user.name,
            operator: true,
        }))
    }

    /// A login of a demo: made once, with the same password each time it is asked for.
    pub fn demo_login(&self, login: &str, operator: bool) -> Result<Login, ServiceError> {
        let login = format!("{DEMO}{login}");
        let setting = format!("password of {login}");
        let known = self
            .ports
            .store
            .read(|records| records.user_by_login(&login))?;
        let told = |password: String, name: String| Login {
            login: login.clone(),
            password,
            name,
            operator,
        };
        let Some(user) = known else {
            let new = NewUser {
                login: &login,
                name: "",
                operator,
            };
            let made = self.create_user(Actor::CommandLine, &new)?;
            self.keep_sealed(&setting, &made.password)?;
            return Ok(told(made.password, made.user.name));
        };
        if user.state == UserState::Disabled {
            self.set_user_state(Actor::CommandLine, user.id, UserState::Active)?;
        }
        // Whoever tried the demo out may have changed the password, or set a second factor.
        if user.totp.is_some() {
            self.drop_totp(Actor::CommandLine, user.id)?;
        }
        let user = self.ports.store.read(|records| user_of(records, user.id))?;
        if let Some(password) = self.kept_sealed(&setting)?
            && self
                .people
                .passwords
                .fits(&password, Some(&user.password))?
        {
            return Ok(told(password, user.name));
        }
        let reset = self.reset_password(Actor::CommandLine, user.id)?;
        self.keep_sealed(&setting, &reset.password)?;
        Ok(told(reset.password, user.name))
    }

    fn keep_sealed(&self, name: &str, text: &str) -> Result<(), ServiceError> {
        let random = self.ports.random.as_ref();
        self.ports.store.write(|records| {
            let key = self.own_data_key(records)?;
            let sealed = key.seal(text.as_bytes(), name.as_bytes(), random)?;
            Ok(records.keep_setting(name, &sealed)?)
        })
    }

    fn kept_sealed(&self, name: &str) -> Result<Option<String>, ServiceError> {
        self.ports.store.read(|records| {
            let Some(sealed) = records.setting(name)? else {
                return Ok(None);
            };
            let plain = self.own_data_key(records)?.open(&sealed, name.as_bytes())?;
            Ok(Some(String::from_utf8_lossy(&plain).into_owned()))
        })
    }
}
