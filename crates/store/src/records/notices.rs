use super::{Records, integer, read, time};
use crate::StoreError;
use crate::sql::{Row, Value};
use billing::{AccountId, Moment};

/// Something a customer was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeRecord {
    /// Its id.
    pub id: u64,
    /// Who was told.
    pub account: AccountId,
    /// The same event has the same key.
    pub key: String,
    /// What, as JSON.
    pub body: String,
    /// When.
    pub at: Moment,
}

fn notice(row: &dyn Row) -> Result<NoticeRecord, StoreError> {
    Ok(NoticeRecord {
        id: read::count(row, 0)?,
        account: read::account(row, 1)?,
        key: read::text(row, 2)?,
        body: read::text(row, 3)?,
        at: read::moment(row, 4)?,
    })
}

impl Records<'_> {
    /// Adds a notice and a delivery to each of the account's webhooks; `false` where its key is there
    /// already and nothing was done.
    pub fn add_notice(
        &mut self,
        account: AccountId,
        key: &str,
        body: &str,
        at: Moment,
    ) -> Result<bool, StoreError> {
        if self.has_notice(account, key)? {
            return Ok(false);
        }
        let id = self.next("notice", 1)?;
        self.execute(
            "INSERT INTO notice (id, account, notice_key, body, at) VALUES ($1, $2, $3, $4, $5)",
            &[
                integer(id),
                integer(account.number()),
                Value::Text(key),
                Value::Text(body),
                time(at),
            ],
        )?;
        for webhook in self.webhooks(account)? {
            self.add_delivery(webhook.id, id, at)?;
        }
        Ok(true)
    }

    /// Whether a notice with this key was added.
    pub fn has_notice(&mut self, account: AccountId, key: &str) -> Result<bool, StoreError> {
        let found = self.row(
            "SELECT 1 FROM notice WHERE account = $1 AND notice_key = $2",
            &[integer(account.number()), Value::Text(key)],
            |row| read::integer(row, 0),
        )?;
        Ok(found.is_some())
    }

    /// A notice by its id.
    pub fn notice(&mut self, id: u64) -> Result<Option<NoticeRecord>, StoreError> {
        self.row(
            "SELECT id, account, notice_key, body, at FROM notice WHERE id = $1",
            &[integer(id)],
            notice,
        )
    }

    /// An account's notices before one, the newest first.
    pub fn notices_before(
        &mut self,
        account: AccountId,
        before: u64,
        most: u64,
    ) -> Result<Vec<NoticeRecord>, StoreError> {
        self.rows(
            "SELECT id, account, notice_key, body, at FROM notice WHERE account = $1 AND id < $2
             ORDER BY id DESC LIMIT $3",
            &[integer(account.number()), integer(before), integer(most)],
            notice,
        )
    }

    /// The newest notice of an account that a user has seen; 0 before the first.
    pub fn notice_seen(&mut self, user: u64, account: AccountId) -> Result<u64, StoreError> {
        let seen = self.row(
            "SELECT notice FROM notice_seen WHERE user_id = $1 AND account = $2",
            &[integer(user), integer(account.number())],
            |row| read::count(row, 0),
        )?;
        Ok(seen.unwrap_or(0))
    }

    /// Notes how far a user has read an account's notices; never back.
    pub fn see_notice(
        &mut self,
        user: u64,
        account: AccountId,
        notice: u64,
    ) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO notice_seen (user_id, account, notice) VALUES ($1, $2, $3)
             ON CONFLICT (user_id, account) DO UPDATE SET notice = excluded.notice
             WHERE notice_seen.notice < excluded.notice",
            &[integer(user), integer(account.number()), integer(notice)],
        )?;
        Ok(())
    }

    /// How many notices of an account came after one.
    pub fn notices_after(&mut self, account: AccountId, notice: u64) -> Result<u64, StoreError> {
        let count = self.row(
            "SELECT COUNT(*) FROM notice WHERE account = $1 AND id > $2",
            &[integer(account.number()), integer(notice)],
            |row| read::count(row, 0),
        )?;
        Ok(count.unwrap_or(0))
    }

    /// An account's notices, the newest first.
    pub fn notices(
        &mut self,
        account: AccountId,
        most: u64,
    ) -> Result<Vec<NoticeRecord>, StoreError> {
        self.rows(
            "SELECT id, account, notice_key, body, at FROM notice WHERE account = $1
             ORDER BY id DESC LIMIT $2",
            &[integer(account.number()), integer(most)],
            notice,
        )
    }
}
