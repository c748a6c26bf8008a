use crate::api_key::SecretKeyError;
use crate::outbound::HttpUrlError;
use crate::people::PeopleFault;
use crate::random::RandomError;
use crate::vault::VaultError;
use billing::{CalendarError, Refusal};
use std::sync::Arc;
use store::StoreError;
use store::objects::ObjectError;

/// Why a use case failed.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// The rules do not allow it.
    #[error("{0}")]
    Refused(#[from] Refusal),
    /// There is no such thing, or it is another account's.
    #[error("there is no {what} {id}{}", hint(.what))]
    NotFound {
        /// What kind of thing.
        what: &'static str,
        /// Its id as given.
        id: String,
    },
    /// It is not any more as it was when the change was made.
    #[error("the {what} was changed meanwhile; look at it as it is now, then decide")]
    ChangedMeanwhile {
        /// What kind of thing.
        what: &'static str,
    },
    /// A name of an account, key or material that cannot be.
    #[error("the {what} has {length} characters; write 1 to {most}")]
    BadName {
        /// What it should name.
        what: &'static str,
        /// Characters given.
        length: usize,
        /// Characters allowed.
        most: usize,
    },
    /// A catalogue whose version exists with other contents.
    #[error(
        "the catalogue version '{0}' exists with other contents; give the new edition a version of its own"
    )]
    CatalogueVersionTaken(String),
    /// A catalogue file with faults.
    #[error("the catalogue cannot be used:\n{0}")]
    Catalogue(#[from] billing::catalogue::CatalogueError),
    /// A month that cannot have a statement yet.
    #[error("{0} lies in the future; a statement tells of a month that has begun")]
    FutureMonth(billing::Month),
    /// Something with a campaign page.
    #[error("{0}")]
    Campaign(#[from] crate::CampaignFault),
    /// More periods than are told of at once.
    #[error("more than {most} periods; ask for fewer days or for longer periods")]
    TooManyPeriods {
        /// The most there may be.
        most: usize,
    },
    /// A time that ends before it begins.
    #[error("the last day {last} is before the first day {first}")]
    DaysReversed {
        /// The first day.
        first: billing::Day,
        /// The last day.
        last: billing::Day,
    },
    /// A statement that cannot be signed.
    #[error("the statement cannot be made: {0}")]
    Statement(String),
    /// No such time zone, day or month.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    /// A URL that cannot be a webhook.
    #[error("the webhook cannot be there: {0}")]
    WebhookUrl(#[from] HttpUrlError),
    /// Something with users, sessions or roles that cannot be.
    #[error("{0}")]
    People(#[from] PeopleFault),
    /// The books cannot be read or written.
    #[error("{0}")]
    Store(Arc<StoreError>),
    /// A picture cannot be kept or read.
    #[error("{0}")]
    Object(#[from] ObjectError),
    /// A picture's file is none that can be read.
    #[error("the picture cannot be decoded: {0}")]
    Undecodable(#[from] pixel::DecodeError),
    /// A secret cannot be sealed or opened.
    #[error("{0}")]
    Vault(#[from] VaultError),
    /// A sealed secret is not what it should be.
    #[error("a sealed secret is damaged: {0}; restore the database from a backup")]
    Secret(String),
    /// A material's picture cannot be prepared although it passed its review.
    #[error("the material's picture cannot be prepared: {0}; upload it again")]
    Template(String),
    /// The engine cannot work.
    #[error("the engine failed: {0}")]
    Engine(String),
    /// No random bytes.
    #[error("{0}")]
    Random(#[from] RandomError),
}

impl From<StoreError> for ServiceError {
    fn from(error: StoreError) -> ServiceError {
        ServiceError::Store(Arc::new(error))
    }
}

impl From<SecretKeyError> for ServiceError {
    fn from(error: SecretKeyError) -> ServiceError {
        ServiceError::Secret(error.to_string())
    }
}

impl ServiceError {
    /// No such thing.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "ids are small and mostly copied"
    )]
    pub(crate) fn not_found(what: &'static str, id: impl ToString) -> ServiceError {
        ServiceError::NotFound {
            what,
            id: id.to_string(),
        }
    }
}

fn hint(what: &str) -> &'static str {
    match what {
        "account" => "; `mien account list` shows the accounts",
        "activity" => " in this account; `mien activity list` shows its activities",
        "material" => " in this account; `mien material list` shows an activity's materials",
        "API key" => " in this account; `mien key list` shows its keys",
        "user" => "; `mien user list` shows the users",
        "member" => " in this account; `mien user members` shows its members",
        "webhook" => " in this account; `mien webhook list` shows its webhooks",
        _ => "",
    }
}
