//! The second factor: codes of an authenticator (D. M'Raihi, S. Machani, M. Pei, J. Rydell, RFC 6238, 2011).

use super::audit::Actor;
use super::users::{UserView, change, user_of};
use super::{PeopleFault, sessions};
use crate::vault::DataKey;
use crate::{Service, ServiceError};
use billing::Moment;
use data_encoding::BASE32_NOPAD;
use serde::Serialize;
use store::{Records, User};
use totp_rs::{Builder, Totp};

const SECRET_BYTES: usize = 20;

/// Bytes before the sealed secret: whether it is in force, and the last step whose code was used.
const HEAD_BYTES: usize = 9;

/// A second factor that was begun; the only time its secret is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NewTotp {
    /// To be typed into an authenticator, in base 32.
    pub secret: String,
    /// The same as an `otpauth:` URI, to be shown as a QR code.
    pub uri: String,
}

/// What the books keep of a second factor.
struct Kept<'a> {
    active: bool,
    /// The newest step whose code was used.
    last_step: u64,
    sealed: &'a [u8],
}

impl Kept<'_> {
    fn read(bytes: &[u8]) -> Result<Kept<'_>, ServiceError> {
        let damaged = || ServiceError::Secret("a second factor is too short".to_owned());
        let (head, sealed) = bytes.split_at_checked(HEAD_BYTES).ok_or_else(damaged)?;
        let (active, step) = head.split_first().ok_or_else(damaged)?;
        let step = step.try_into().map_err(|_| damaged())?;
        Ok(Kept {
            active: *active != 0,
            last_step: u64::from_be_bytes(step),
            sealed,
        })
    }

    fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = vec![u8::from(self.active)];
        bytes.extend_from_slice(&self.last_step.to_be_bytes());
        bytes.extend_from_slice(self.sealed);
        bytes
    }
}

/// Whether a kept second factor is in force.
pub(super) fn is_active(bytes: &[u8]) -> bool {
    bytes.first().is_some_and(|active| *active != 0)
}

fn context(user: u64) -> Vec<u8> {
    format!("totp:{user}").into_bytes()
}

fn codes(secret: &[u8]) -> Result<Totp, ServiceError> {
    let length = |_| ServiceError::Secret("a second factor has a wrong length".to_owned());
    let secret: [u8; SECRET_BYTES] = secret.try_into().map_err(length)?;
    let built = Builder::new().with_secret(secret).build();
    built.map_err(|error| ServiceError::Secret(error.to_string()))
}

/// Takes a code of a second factor: what to keep of it then; `None` where the code is wrong, or was used.
pub(super) fn take(
    kept: &[u8],
    user: u64,
    code: &str,
    key: &DataKey,
    now: Moment,
) -> Result<Option<Vec<u8>>, ServiceError> {
    let kept = Kept::read(kept)?;
    let secret = key.open(kept.sealed, &context(user))?;
    let now_s = u64::try_from(now.unix_ms() / 1000).unwrap_or(0);
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let step = codes(&secret)?.check(&code, now_s);
    Ok(step.filter(|step| *step > kept.last_step).map(|last_step| {
        let used = Kept {
            active: true,
            last_step,
            ..kept
        };
        used.to_bytes()
    }))
}

impl Service {
    /// Begins a second factor for a user; it is in force once [a code of it](Service::activate_totp) was
    /// given. One that was begun before is dropped.
    pub fn begin_totp(&self, user: u64) -> Result<NewTotp, ServiceError> {
        let random = self.ports.random.as_ref();
        let mut secret = zeroize::Zeroizing::new([0; SECRET_BYTES]);
        random.fill(secret.as_mut())?;
        let now = self.now();
        let login = self.ports.store.write(|records| {
            let mut user = user_of(records, user)?;
            if user.totp.as_deref().is_some_and(is_active) {
                return Err(PeopleFault::TotpActive.into());
            }
            let key = self.own_data_key(records)?;
            let sealed = key.seal(secret.as_ref(), &context(user.id), random)?;
            let kept = Kept {
                active: false,
                last_step: 0,
                sealed: &sealed,
            };
            user.totp = Some(kept.to_bytes());
            change(records, now, Actor::User(user.id), &user, "begin_totp")?;
            Ok::<_, ServiceError>(user.login)
        })?;
        let secret = BASE32_NOPAD.encode(secret.as_ref());
        // A login has no character that a URI would need escaped, but for the at sign.
        let login = login.replace('@', "%40");
        let uri = format!("otpauth://totp/mien:{login}?secret={secret}&issuer=mien");
        Ok(NewTotp { secret, uri })
    }

    /// Puts the second factor that was begun into force.
    pub fn activate_totp(&self, user: u64, code: &str) -> Result<UserView, ServiceError> {
        let now = self.now();
        self.ports.store.write(|records| {
            let mut user = user_of(records, user)?;
            let kept = match user.totp.as_deref() {
                None => return Err(PeopleFault::NoTotp.into()),
                Some(kept) if is_active(kept) => return Err(PeopleFault::TotpActive.into()),
                Some(kept) => kept,
            };
            let key = self.own_data_key(records)?;
            let used = take(kept, user.id, code, &key, now)?.ok_or(PeopleFault::WrongCode)?;
            user.totp = Some(used);
            change(records, now, Actor::User(user.id), &user, "activate_totp")
        })
    }

    /// A user removes its second factor, and gives its password again for it.
    pub fn remove_totp(&self, user: u64, password: &str) -> Result<UserView, ServiceError> {
        self.check_password(user, password)?;
        self.drop_totp(Actor::User(user), user)
    }

    /// Removes the second factor of a user who lost it.
    pub fn drop_totp(&self, actor: Actor, user: u64) -> Result<UserView, ServiceError> {
        let now = self.now();
        self.ports.store.write(|records| {
            let mut user = user_of(records, user)?;
            user.totp = None;
            change(records, now, actor, &user, "remove_totp")
        })
    }

    /// Holds a user who has a second factor to a code of it.
    pub(super) fn check_code(
        &self,
        records: &mut Records<'_>,
        user: &mut User,
        code: Option<&str>,
    ) -> Result<(), ServiceError> {
        let Some(kept) = user.totp.as_deref().filter(|kept| is_active(kept)) else {
            return Ok(());
        };
        let code = code.filter(|code| !code.trim().is_empty());
        let code = code.ok_or(PeopleFault::CodeNeeded)?;
        let key = self.own_data_key(records)?;
        let used = take(kept, user.id, code, &key, self.now())?;
        user.totp = Some(used.ok_or(PeopleFault::WrongCode)?);
        records.update_user(user)?;
        Ok(())
    }

    /// Whether a password is a user's; slowed down as sign-ins are.
    pub(super) fn check_password(&self, user: u64, password: &str) -> Result<(), ServiceError> {
        let found = self.ports.store.read(|records| user_of(records, user))?;
        let attempt = sessions::Attempt::begin(self, &found.login, None)?;
        if !self
            .people
            .passwords
            .fits(password, Some(&found.password))?
        {
            return Err(PeopleFault::WrongPassword.into());
        }
        attempt.succeeded();
        Ok(())
    }
}
