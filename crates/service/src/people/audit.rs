use crate::{Service, ServiceError};
use billing::{AccountId, Moment};
use serde::Serialize;
use store::{AuditFilter, AuditLine, AuditRecord, Records};

/// Lines that are read at once at most.
const MOST_LINES: u64 = 500;

/// Who does something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Whoever has the data folder, at the command line.
    CommandLine,
    /// Nobody who is known, such as who fails to sign in.
    Nobody,
    /// A user.
    User(u64),
}

impl Actor {
    /// The user's id.
    pub(crate) fn user(self) -> Option<u64> {
        match self {
            Actor::CommandLine | Actor::Nobody => None,
            Actor::User(id) => Some(id),
        }
    }
}

/// Something that somebody did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuditView {
    /// Its id; counts up.
    #[serde(serialize_with = "super::users::as_text")]
    pub id: u64,
    /// When.
    pub at: Moment,
    /// Who, by its login; `None` for the command line, and for who failed to sign in.
    pub login: Option<String>,
    /// In which account.
    pub account: Option<AccountId>,
    /// What was done.
    pub action: String,
    /// To what.
    pub subject: String,
    /// What else is to be known.
    pub detail: String,
}

impl From<AuditRecord> for AuditView {
    fn from(record: AuditRecord) -> AuditView {
        AuditView {
            id: record.id,
            at: record.at,
            login: record.login,
            account: record.account,
            action: record.action,
            subject: record.subject,
            detail: record.detail,
        }
    }
}

/// What is to be written down of a change.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deed<'a> {
    pub(crate) actor: Actor,
    pub(crate) account: Option<AccountId>,
    pub(crate) action: &'a str,
    pub(crate) subject: &'a str,
    pub(crate) detail: &'a str,
}

/// Writes a change down in the transaction that makes it.
pub(crate) fn audit(
    records: &mut Records<'_>,
    at: Moment,
    deed: Deed<'_>,
) -> Result<(), ServiceError> {
    records.add_audit(&AuditLine {
        at,
        user: deed.actor.user(),
        account: deed.account,
        action: deed.action,
        subject: deed.subject,
        detail: deed.detail,
    })?;
    Ok(())
}

impl Service {
    /// Writes down what somebody did, for changes that do not do so themselves. No secrets.
    pub fn note(
        &self,
        actor: Actor,
        account: Option<AccountId>,
        action: &str,
        subject: &str,
        detail: &str,
    ) -> Result<(), ServiceError> {
        let now = self.now();
        let deed = Deed {
            actor,
            account,
            action,
            subject,
            detail,
        };
        self.ports.store.write(|records| audit(records, now, deed))
    }

    /// What somebody did, the newest first; at most 500 lines.
    pub fn audit_log(
        &self,
        filter: &AuditFilter,
        most: u64,
    ) -> Result<Vec<AuditView>, ServiceError> {
        let read = |records: &mut Records<'_>| records.audit(filter, most.min(MOST_LINES));
        let lines = self.ports.store.read(read)?;
        Ok(lines.into_iter().map(AuditView::from).collect())
    }
}
