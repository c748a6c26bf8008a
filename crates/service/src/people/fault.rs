use serde::Serialize;

/// Why something with users, their sessions or their roles was not done.
///
/// The text says what is wrong and what would help. `code` is stable for programs.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum PeopleFault {
    /// No active user has this login and password; which of them is wrong is not told.
    #[error("the login or the password is wrong")]
    WrongLogin,
    /// The user has a second factor, and no code was given.
    #[error("this user signs in with a code of its authenticator as well; give the code")]
    CodeNeeded,
    /// The code is wrong, too old, or was used before.
    #[error("the code is wrong, too old or was used before; wait for the next one")]
    WrongCode,
    /// Too many attempts failed.
    #[error("too many attempts; try again in {retry_after_s} s")]
    TooManyAttempts {
        /// When the next attempt is looked at.
        retry_after_s: u64,
    },
    /// The password given beside a change is not the user's.
    #[error("the password is wrong")]
    WrongPassword,
    /// A login that another user has.
    #[error("the login '{login}' is taken; choose another")]
    LoginTaken {
        /// The login.
        login: String,
    },
    /// A text that cannot be a login.
    #[error(
        "a login has {least} to {most} characters of a-z, 0-9, '.', '_', '-' and '@'; choose another"
    )]
    BadLogin {
        /// Characters needed.
        least: usize,
        /// Characters allowed.
        most: usize,
    },
    /// A password that is too short or too long.
    #[error("the password has {length} characters; choose one of {least} to {most}")]
    PasswordLength {
        /// Characters given.
        length: usize,
        /// Characters needed.
        least: usize,
        /// Characters allowed.
        most: usize,
    },
    /// A password that says what the login says.
    #[error("the password is the login; choose another")]
    PasswordIsLogin,
    /// A user who is a member of the account already.
    #[error("'{login}' is a member of the account already; change its role instead")]
    AlreadyMember {
        /// Its login.
        login: String,
    },
    /// An account must keep somebody who may do everything in it.
    #[error("this is the account's last owner; make another user an owner first")]
    LastOwner,
    /// Somebody must be able to run this mien.
    #[error("this is the last active operator; make another one first")]
    LastOperator,
    /// The user has a second factor already.
    #[error("the user signs in with a code already; remove that first")]
    TotpActive,
    /// No second factor was begun that a code could activate.
    #[error("no second factor was begun; begin one first")]
    NoTotp,
    /// A time that is over before it begins.
    #[error("the exemption would end before it begins; choose a later end")]
    EndsInThePast,
}
