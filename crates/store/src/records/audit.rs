use super::{Records, integer, optional_integer, read, time};
use crate::StoreError;
use crate::sql::{Row, Value};
use billing::{AccountId, Moment};

/// Something that somebody did, to be written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuditLine<'a> {
    /// When.
    pub at: Moment,
    /// Who; `None` for the command line.
    pub user: Option<u64>,
    /// In which account; `None` where it concerns none.
    pub account: Option<AccountId>,
    /// What was done.
    pub action: &'a str,
    /// To what.
    pub subject: &'a str,
    /// What else is to be known; no secrets.
    pub detail: &'a str,
}

/// Something that somebody did, as it was written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRecord {
    /// Counts up.
    pub id: u64,
    /// When.
    pub at: Moment,
    /// Who; `None` for the command line.
    pub user: Option<u64>,
    /// Its login.
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

/// Which lines of the audit log to read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Of one account.
    pub account: Option<AccountId>,
    /// By one user.
    pub user: Option<u64>,
    /// By the user with this login.
    pub login: Option<String>,
    /// Not before.
    pub from: Option<Moment>,
    /// Before.
    pub until: Option<Moment>,
    /// Of one kind.
    pub action: Option<String>,
    /// Older than this line.
    pub before: Option<u64>,
}

/// Lines that a filter lets through, of all accounts.
macro_rules! audit_sql {
    () => {
        "SELECT audit.id, at, user_id, app_user.login, account, action, subject, detail
         FROM audit LEFT JOIN app_user ON app_user.id = audit.user_id
         WHERE ($1 = 0 OR user_id = $1) AND ($2 = '' OR action = $2) AND audit.id < $3
            AND ($4 = '' OR app_user.login = $4) AND at >= $5 AND at < $6"
    };
}

fn line(row: &dyn Row) -> Result<AuditRecord, StoreError> {
    Ok(AuditRecord {
        id: read::count(row, 0)?,
        at: read::moment(row, 1)?,
        user: read::optional_count(row, 2)?,
        login: row.text(3)?,
        account: read::optional_count(row, 4)?.map(AccountId::new),
        action: read::text(row, 5)?,
        subject: read::text(row, 6)?,
        detail: read::text(row, 7)?,
    })
}

impl Records<'_> {
    /// Writes down what somebody did.
    pub fn add_audit(&mut self, line: &AuditLine<'_>) -> Result<u64, StoreError> {
        let id = self.next("audit", 1)?;
        self.execute(
            "INSERT INTO audit (id, at, user_id, account, action, subject, detail)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            &[
                integer(id),
                time(line.at),
                optional_integer(line.user),
                optional_integer(line.account.map(AccountId::number)),
                Value::Text(line.action),
                Value::Text(line.subject),
                Value::Text(line.detail),
            ],
        )?;
        Ok(id)
    }

    /// What somebody did, the newest first.
    pub fn audit(
        &mut self,
        filter: &AuditFilter,
        most: u64,
    ) -> Result<Vec<AuditRecord>, StoreError> {
        // No user has the id 0, and no login or action is the empty text: they stand for all.
        let mut values = vec![
            integer(filter.user.unwrap_or(0)),
            Value::Text(filter.action.as_deref().unwrap_or("")),
            integer(filter.before.unwrap_or(u64::MAX)),
            Value::Text(filter.login.as_deref().unwrap_or("")),
            time(filter.from.unwrap_or(Moment::from_unix_ms(i64::MIN))),
            time(filter.until.unwrap_or(Moment::from_unix_ms(i64::MAX))),
        ];
        // Parameters count in the order in which they stand.
        let sql = match filter.account {
            Some(account) => {
                values.push(integer(account.number()));
                concat!(
                    audit_sql!(),
                    " AND account = $7 ORDER BY audit.id DESC LIMIT $8"
                )
            }
            None => concat!(audit_sql!(), " ORDER BY audit.id DESC LIMIT $7"),
        };
        values.push(integer(most));
        self.rows(sql, &values, line)
    }
}
