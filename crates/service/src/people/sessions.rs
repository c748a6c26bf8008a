//! Sessions: who is signed in, by a random token of which the books keep the SHA-256 alone.

use super::audit::{Actor, Deed, audit};
use super::users::{UserView, change, subject, user_of};
use super::{PeopleFault, passwords};
use crate::random::Random;
use crate::{Service, ServiceError};
use billing::{AccountId, Moment};
use data_encoding::BASE64URL_NOPAD;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::sync::{Mutex, PoisonError};
use store::{AccountState, LoginSession, Records, Role, User, UserState};
use zeroize::Zeroizing;

/// How exactly it is known when something was last done with a session: each time is a write.
const SEEN_WITHIN_MS: i64 = 60_000;

/// An account in which a user may do something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Membership {
    /// The account.
    pub account: AccountId,
    /// Its name.
    pub account_name: String,
    /// Whether its calls are let in.
    pub account_state: AccountState,
    /// What the user may do there.
    pub role: Role,
}

/// A user who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// Who.
    pub user: UserView,
    /// Where it may act; an operator may act everywhere, and all accounts are here.
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

/// What somebody gives to sign in.
#[derive(Clone, Copy)]
pub struct SignIn<'a> {
    /// The login.
    pub login: &'a str,
    /// The password.
    pub password: &'a str,
    /// A code of the second factor.
    pub code: Option<&'a str>,
    /// From where it comes, such as an IP address.
    pub client: &'a str,
}

/// A session just begun; the only time its token is told.
pub struct NewSession {
    /// What the client shows from now on.
    pub token: Zeroizing<String>,
    /// Who is signed in.
    pub signed_in: SignedIn,
}

/// An attempt that counts as failed unless it is said to have succeeded.
pub(super) struct Attempt<'a> {
    service: &'a Service,
    login: String,
    client: Option<String>,
}

impl Attempt<'_> {
    pub(super) fn begin<'a>(
        service: &'a Service,
        login: &str,
        client: Option<&str>,
    ) -> Result<Attempt<'a>, ServiceError> {
        // What cannot be a login is none, and need not be remembered in its length.
        let login: String = login.chars().take(64).collect();
        let now_ns = service.ports.clock.monotonic_ns();
        let people = &service.people;
        let mut by_login = lock(&people.by_login);
        let mut by_client = lock(&people.by_client);
        let for_client = client.map_or(0, |client| by_client.wait_s(client, now_ns));
        let retry_after_s = by_login.wait_s(&login, now_ns).max(for_client);
        if retry_after_s > 0 {
            return Err(PeopleFault::TooManyAttempts { retry_after_s }.into());
        }
        by_login.begin(&login, now_ns);
        if let Some(client) = client {
            by_client.begin(client, now_ns);
        }
        Ok(Attempt {
            service,
            login,
            client: client.map(str::to_owned),
        })
    }

    pub(super) fn succeeded(self) {
        let people = &self.service.people;
        lock(&people.by_login).forgive(&self.login);
        if let Some(client) = &self.client {
            lock(&people.by_client).take_back(client);
        }
    }

    /// The password was right and more is needed: that is no guess.
    fn was_no_guess(self) {
        let people = &self.service.people;
        lock(&people.by_login).take_back(&self.login);
        if let Some(client) = &self.client {
            lock(&people.by_client).take_back(client);
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Service {
    /// Signs a user in. A wrong login, password or code is written into the audit log.
    pub fn sign_in(&self, given: &SignIn<'_>) -> Result<NewSession, ServiceError> {
        let tried = self.try_sign_in(given);
        if let Err(ServiceError::People(
            fault @ (PeopleFault::WrongLogin | PeopleFault::WrongCode),
        )) = &tried
        {
            self.note_failed(given, fault)?;
        }
        tried
    }

    fn try_sign_in(&self, given: &SignIn<'_>) -> Result<NewSession, ServiceError> {
        let login = given.login.to_ascii_lowercase();
        let attempt = Attempt::begin(self, &login, Some(given.client))?;
        let known = self
            .ports
            .store
            .read(|records| records.user_by_login(&login))?;
        let kept = known.as_ref().map(|user| user.password.as_str());
        let fits = self.people.passwords.fits(given.password, kept)?;
        let known = known.filter(|user| fits && user.state == UserState::Active);
        let known = known.ok_or(PeopleFault::WrongLogin)?;
        match self.begin_session(&known, given.code) {
            Ok(session) => {
                attempt.succeeded();
                Ok(session)
            }
            Err(ServiceError::People(PeopleFault::CodeNeeded)) => {
                attempt.was_no_guess();
                Err(PeopleFault::CodeNeeded.into())
            }
            Err(error) => Err(error),
        }
    }

    /// Begins a session of a user whose password fitted.
    fn begin_session(&self, known: &User, code: Option<&str>) -> Result<NewSession, ServiceError> {
        let random = self.ports.random.as_ref();
        let (token, csrf) = (Zeroizing::new(draw_token(random)?), draw_token(random)?);
        let now = self.now();
        let session = LoginSession {
            digest: digest(&token),
            user: known.id,
            csrf,
            created: now,
            seen: now,
            ends: now.plus_ms(self.settings.session_longest_ms),
        };
        let signed_in = self.ports.store.write(|records| {
            let mut user = user_of(records, known.id)?;
            // It may have changed while its password was tried.
            if user.password != known.password || user.state != UserState::Active {
                return Err(PeopleFault::WrongLogin.into());
            }
            self.check_code(records, &mut user, code)?;
            records.drop_ended_sessions(now, now.plus_ms(-self.settings.session_idle_ms))?;
            records.add_session(&session)?;
            let deed = Deed {
                actor: Actor::User(user.id),
                account: None,
                action: "sign_in",
                subject: &subject(&user),
                detail: "",
            };
            audit(records, now, deed)?;
            signed_in(records, &user, &session, self.settings.session_idle_ms)
        })?;
        Ok(NewSession { token, signed_in })
    }

    /// Who is signed in with a session's token; `None` where it is unknown or has ended.
    pub fn signed_in(&self, token: &str) -> Result<Option<SignedIn>, ServiceError> {
        let (digest, now) = (digest(token), self.now());
        let idle_ms = self.settings.session_idle_ms;
        let found = self.ports.store.read(|records| {
            let Some(session) = records.session(&digest)? else {
                return Ok(None);
            };
            if ends(&session, idle_ms) <= now {
                return Ok(None);
            }
            let user = user_of(records, session.user)?;
            let signed_in = signed_in(records, &user, &session, idle_ms)?;
            let active = user.state == UserState::Active;
            Ok::<_, ServiceError>(active.then_some((session, signed_in)))
        })?;
        let Some((session, mut signed_in)) = found else {
            return Ok(None);
        };
        if now >= session.seen.plus_ms(SEEN_WITHIN_MS) {
            let store = &self.ports.store;
            store.write(|records| records.touch_session(&digest, now))?;
            let seen = LoginSession {
                seen: now,
                ..session
            };
            signed_in.ends = ends(&seen, idle_ms);
        }
        Ok(Some(signed_in))
    }

    /// Ends a session.
    pub fn sign_out(&self, token: &str) -> Result<(), ServiceError> {
        let (digest, now) = (digest(token), self.now());
        self.ports.store.write(|records| {
            let Some(session) = records.session(&digest)? else {
                return Ok(());
            };
            records.end_session(&digest)?;
            let user = user_of(records, session.user)?;
            let deed = Deed {
                actor: Actor::User(user.id),
                account: None,
                action: "sign_out",
                subject: &subject(&user),
                detail: "",
            };
            audit(records, now, deed)
        })
    }

    /// A user chooses another password and gives the old one; all its sessions but this one end.
    pub fn change_password(
        &self,
        user: u64,
        token: &str,
        old: &str,
        new: &str,
    ) -> Result<(), ServiceError> {
        self.check_password(user, old)?;
        let login = self.user(user)?.login;
        passwords::check(new, &login)?;
        let hash = self
            .people
            .passwords
            .hash(new, self.ports.random.as_ref())?;
        let (digest, now) = (digest(token), self.now());
        self.ports.store.write(|records| {
            let mut user = user_of(records, user)?;
            user.password.clone_from(&hash);
            records.end_sessions_of(user.id, Some(&digest))?;
            change(records, now, Actor::User(user.id), &user, "change_password")?;
            Ok(())
        })
    }
}

/// When a session ends if nothing more is done with it.
fn ends(session: &LoginSession, idle_ms: i64) -> Moment {
    session.seen.plus_ms(idle_ms).min(session.ends)
}

fn signed_in(
    records: &mut Records<'_>,
    user: &User,
    session: &LoginSession,
    idle_ms: i64,
) -> Result<SignedIn, ServiceError> {
    Ok(SignedIn {
        user: UserView::of(user),
        memberships: memberships(records, user)?,
        csrf: session.csrf.clone(),
        ends: ends(session, idle_ms),
    })
}

fn memberships(records: &mut Records<'_>, user: &User) -> Result<Vec<Membership>, ServiceError> {
    let view = |account: store::Account, role| Membership {
        account: account.id,
        account_name: account.name,
        account_state: account.state,
        role,
    };
    if user.operator {
        let accounts = records.accounts()?.into_iter();
        return Ok(accounts.map(|account| view(account, Role::Owner)).collect());
    }
    let mut found = Vec::new();
    for membership in records.memberships_of_user(user.id)? {
        let account = crate::service::account_of(records, membership.account)?;
        found.push(view(account, membership.role));
    }
    Ok(found)
}

fn draw_token(random: &dyn Random) -> Result<String, ServiceError> {
    let mut bytes = Zeroizing::new([0; 32]);
    random.fill(bytes.as_mut())?;
    Ok(BASE64URL_NOPAD.encode(bytes.as_ref()))
}

fn digest(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}
