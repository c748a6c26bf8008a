use super::{Records, integer, optional_integer, read, time};
use crate::StoreError;
use crate::sql::{Row, Value};
use billing::{AccountId, Moment};

/// That an account's pictures need not carry the visible mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelExemption {
    /// The account.
    pub account: AccountId,
    /// Why, in the operator's words.
    pub reason: String,
    /// Who granted it; `None` for the command line.
    pub user: Option<u64>,
    /// From when.
    pub since: Moment,
    /// Until when; `None` for ever.
    pub ends: Option<Moment>,
}

fn exemption(row: &dyn Row) -> Result<LabelExemption, StoreError> {
    Ok(LabelExemption {
        account: read::account(row, 0)?,
        reason: read::text(row, 1)?,
        user: read::optional_count(row, 2)?,
        since: read::moment(row, 3)?,
        ends: read::optional_moment(row, 4)?,
    })
}

/// An exemption with the names of whom it concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedExemption {
    /// The exemption.
    pub exemption: LabelExemption,
    /// The account's name.
    pub account_name: String,
    /// The login of who granted it; `None` for the command line.
    pub login: Option<String>,
}

fn named(row: &dyn Row) -> Result<NamedExemption, StoreError> {
    Ok(NamedExemption {
        exemption: exemption(row)?,
        account_name: read::text(row, 5)?,
        login: row.text(6)?,
    })
}

impl Records<'_> {
    /// Exemptions with their names, by account: those of accounts behind `after`, `most` of them at most. With `since`,
    /// only those that had not ended then.
    pub fn exemption_page(
        &mut self,
        after: Option<AccountId>,
        since: Option<Moment>,
        most: u64,
    ) -> Result<Vec<NamedExemption>, StoreError> {
        self.rows(
            "SELECT e.account, e.reason, e.user_id, e.since, e.ends, account.name, app_user.login
             FROM label_exemption e JOIN account ON account.id = e.account
                LEFT JOIN app_user ON app_user.id = e.user_id
             WHERE e.account > $1 AND (e.ends IS NULL OR e.ends > $2)
             ORDER BY e.account LIMIT $3",
            &[
                integer(after.map_or(0, AccountId::number)),
                time(since.unwrap_or(Moment::from_unix_ms(i64::MIN))),
                integer(most),
            ],
            named,
        )
    }

    /// Exempts an account, in place of the exemption it had.
    pub fn set_exemption(&mut self, exemption: &LabelExemption) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO label_exemption (account, reason, user_id, since, ends)
             VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (account) DO UPDATE SET reason = excluded.reason,
                user_id = excluded.user_id, since = excluded.since, ends = excluded.ends",
            &[
                integer(exemption.account.number()),
                Value::Text(&exemption.reason),
                optional_integer(exemption.user),
                time(exemption.since),
                exemption.ends.map_or(Value::Null, time),
            ],
        )?;
        Ok(())
    }

    /// Takes an account's exemption back; whether there was one.
    pub fn remove_exemption(&mut self, account: AccountId) -> Result<bool, StoreError> {
        let sql = "DELETE FROM label_exemption WHERE account = $1";
        Ok(self.execute(sql, &[integer(account.number())])? > 0)
    }

    /// All exemptions, those that have ended included, by account.
    pub fn exemptions(&mut self) -> Result<Vec<LabelExemption>, StoreError> {
        self.rows(
            "SELECT account, reason, user_id, since, ends FROM label_exemption ORDER BY account",
            &[],
            exemption,
        )
    }
}
