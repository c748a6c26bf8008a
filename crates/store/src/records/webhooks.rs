use super::{Records, integer, read, time};
use crate::StoreError;
use crate::sql::{Row, Value};
use billing::{AccountId, Moment};

/// Where an account wants to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    /// Its id.
    pub id: u64,
    /// Whose.
    pub account: AccountId,
    /// Where to.
    pub url: String,
    /// The secret that signs deliveries, sealed with the account's data key.
    pub sealed: Vec<u8>,
    /// When it was added.
    pub created: Moment,
}

/// A notice on its way to a webhook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Its id.
    pub id: u64,
    /// Where to.
    pub webhook: u64,
    /// What.
    pub notice: u64,
    /// Attempts that failed.
    pub attempts: u32,
}

/// A delivery with what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryRecord {
    /// The delivery.
    pub delivery: Delivery,
    /// The key of its notice.
    pub notice_key: String,
    /// When it is tried next; `None` where it is not.
    pub next_at: Option<Moment>,
    /// When it arrived; `None` where it did not.
    pub delivered: Option<Moment>,
    /// Why the last attempt that failed did; empty where none failed.
    pub last_error: String,
}

/// A delivery that was given up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadLetter {
    /// The delivery.
    pub delivery: Delivery,
    /// Where it should have gone.
    pub url: String,
    /// Why the last attempt failed.
    pub last_error: String,
}

fn webhook(row: &dyn Row) -> Result<Webhook, StoreError> {
    Ok(Webhook {
        id: read::count(row, 0)?,
        account: read::account(row, 1)?,
        url: read::text(row, 2)?,
        sealed: read::bytes(row, 3)?,
        created: read::moment(row, 4)?,
    })
}

fn delivery(row: &dyn Row) -> Result<Delivery, StoreError> {
    Ok(Delivery {
        id: read::count(row, 0)?,
        webhook: read::count(row, 1)?,
        notice: read::count(row, 2)?,
        attempts: read::small(row, 3)?,
    })
}

impl Records<'_> {
    /// The id of the next webhook.
    pub fn next_webhook(&mut self) -> Result<u64, StoreError> {
        self.next("webhook", 1)
    }

    /// Adds a webhook.
    pub fn add_webhook(&mut self, webhook: &Webhook) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO webhook (id, account, url, sealed, created) VALUES ($1, $2, $3, $4, $5)",
            &[
                integer(webhook.id),
                integer(webhook.account.number()),
                Value::Text(&webhook.url),
                Value::Bytes(&webhook.sealed),
                time(webhook.created),
            ],
        )?;
        Ok(())
    }

    /// An account's webhooks, without deleted ones.
    pub fn webhooks(&mut self, account: AccountId) -> Result<Vec<Webhook>, StoreError> {
        self.rows(
            "SELECT id, account, url, sealed, created FROM webhook
             WHERE account = $1 AND deleted IS NULL ORDER BY id",
            &[integer(account.number())],
            webhook,
        )
    }

    /// A webhook by its id, unless deleted.
    pub fn webhook(&mut self, id: u64) -> Result<Option<Webhook>, StoreError> {
        self.row(
            "SELECT id, account, url, sealed, created FROM webhook WHERE id = $1 AND deleted IS NULL",
            &[integer(id)],
            webhook,
        )
    }

    /// Marks a webhook as deleted and drops what was on its way to it; its secret is not kept.
    pub fn delete_webhook(&mut self, id: u64, at: Moment) -> Result<(), StoreError> {
        let sql = "UPDATE webhook SET deleted = $1, sealed = $2 WHERE id = $3";
        self.execute(sql, &[time(at), Value::Bytes(&[]), integer(id)])?;
        let sql = "DELETE FROM delivery WHERE webhook = $1 AND delivered IS NULL";
        self.execute(sql, &[integer(id)])?;
        Ok(())
    }

    /// Puts a notice on its way to a webhook.
    pub fn add_delivery(
        &mut self,
        webhook: u64,
        notice: u64,
        at: Moment,
    ) -> Result<u64, StoreError> {
        let id = self.next("delivery", 1)?;
        self.execute(
            "INSERT INTO delivery (id, webhook, notice, attempts, next_at, last_error)
             VALUES ($1, $2, $3, 0, $4, '')",
            &[integer(id), integer(webhook), integer(notice), time(at)],
        )?;
        Ok(id)
    }

    /// Deliveries whose time has come, the longest due first.
    pub fn due_deliveries(&mut self, now: Moment, most: u64) -> Result<Vec<Delivery>, StoreError> {
        self.rows(
            "SELECT id, webhook, notice, attempts FROM delivery WHERE next_at <= $1
             ORDER BY next_at, id LIMIT $2",
            &[time(now), integer(most)],
            delivery,
        )
    }

    /// Notes that a delivery arrived.
    pub fn delivered(&mut self, id: u64, at: Moment) -> Result<(), StoreError> {
        let sql = "UPDATE delivery SET delivered = $1, next_at = NULL WHERE id = $2";
        self.execute(sql, &[time(at), integer(id)])?;
        Ok(())
    }

    /// Notes that an attempt failed; without `next_at` it was the last.
    pub fn delivery_failed(
        &mut self,
        id: u64,
        error: &str,
        next_at: Option<Moment>,
    ) -> Result<(), StoreError> {
        self.execute(
            "UPDATE delivery SET attempts = attempts + 1, next_at = $1, last_error = $2 WHERE id = $3",
            &[
                next_at.map_or(Value::Null, time),
                Value::Text(error),
                integer(id),
            ],
        )?;
        Ok(())
    }

    /// Sends a delivery that was given up on its way again.
    pub fn revive_delivery(&mut self, id: u64, at: Moment) -> Result<bool, StoreError> {
        let changed = self.execute(
            "UPDATE delivery SET attempts = 0, next_at = $1
             WHERE id = $2 AND delivered IS NULL AND next_at IS NULL",
            &[time(at), integer(id)],
        )?;
        Ok(changed > 0)
    }

    /// Deliveries to a webhook, the newest first.
    pub fn deliveries(
        &mut self,
        webhook: u64,
        most: u64,
    ) -> Result<Vec<DeliveryRecord>, StoreError> {
        self.rows(
            "SELECT delivery.id, delivery.webhook, delivery.notice, delivery.attempts,
                notice.notice_key, delivery.next_at, delivery.delivered, delivery.last_error
             FROM delivery JOIN notice ON notice.id = delivery.notice
             WHERE delivery.webhook = $1 ORDER BY delivery.id DESC LIMIT $2",
            &[integer(webhook), integer(most)],
            |row| {
                Ok(DeliveryRecord {
                    delivery: delivery(row)?,
                    notice_key: read::text(row, 4)?,
                    next_at: read::optional_moment(row, 5)?,
                    delivered: read::optional_moment(row, 6)?,
                    last_error: read::text(row, 7)?,
                })
            },
        )
    }

    /// Deliveries of an account that were given up, the newest first.
    pub fn dead_letters(&mut self, account: AccountId) -> Result<Vec<DeadLetter>, StoreError> {
        self.rows(
            "SELECT delivery.id, delivery.webhook, delivery.notice, delivery.attempts, webhook.url,
                delivery.last_error
             FROM delivery JOIN webhook ON webhook.id = delivery.webhook
             WHERE webhook.account = $1 AND delivery.delivered IS NULL AND delivery.next_at IS NULL
             ORDER BY delivery.id DESC",
            &[integer(account.number())],
            |row| {
                Ok(DeadLetter {
                    delivery: delivery(row)?,
                    url: read::text(row, 4)?,
                    last_error: read::text(row, 5)?,
                })
            },
        )
    }
}
