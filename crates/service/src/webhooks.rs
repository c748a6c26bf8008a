//! Webhooks: where an account wants to be told, and what is on its way there.

use crate::error::ServiceError;
use crate::service::{Service, account_of};
use crate::webhook::{Courier, Letter, WebhookUrl, next_attempt, sign};
use billing::{AccountId, Moment};
use serde::Serialize;
use store::{Account, DeadLetter, Delivery, DeliveryRecord, Records, Webhook};

/// Random bytes behind a webhook's secret.
const SECRET_BYTES: usize = 24;

/// What kind of notice a letter for a test says it is.
const TEST_EVENT: &str = "test";

/// A webhook just added; the only time its secret is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewWebhook {
    /// Its id.
    pub id: u64,
    /// What signs deliveries.
    pub secret: String,
}

/// A webhook as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WebhookView {
    /// Its id.
    pub id: u64,
    /// Where to.
    pub url: String,
    /// When it was added.
    pub created: Moment,
}

/// What one round of deliveries brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DeliveryRound {
    /// Arrived.
    pub delivered: u64,
    /// Failed, to be tried again.
    pub failed: u64,
    /// Given up.
    pub given_up: u64,
}

fn secret_context(webhook: u64) -> Vec<u8> {
    format!("webhook:{webhook}").into_bytes()
}

impl Service {
    /// Adds a webhook.
    pub fn add_webhook(&self, account: AccountId, url: &str) -> Result<NewWebhook, ServiceError> {
        let url = WebhookUrl::parse(url)?;
        let now = self.now();
        let random = self.ports.random.as_ref();
        self.ports.store.write(|records| {
            let owner = account_of(records, account)?;
            let mut bytes = [0; SECRET_BYTES];
            random.fill(&mut bytes)?;
            let secret = format!("whsec_{}", data_encoding::HEXLOWER.encode(&bytes));
            let id = records.next_webhook()?;
            let sealed =
                self.data_key(&owner)?
                    .seal(secret.as_bytes(), &secret_context(id), random)?;
            records.add_webhook(&Webhook {
                id,
                account,
                url: url.as_str().to_owned(),
                sealed,
                created: now,
            })?;
            Ok(NewWebhook { id, secret })
        })
    }

    /// An account's webhooks.
    pub fn webhooks(&self, account: AccountId) -> Result<Vec<WebhookView>, ServiceError> {
        let webhooks = self.ports.store.read(|records| {
            account_of(records, account)?;
            Ok::<_, ServiceError>(records.webhooks(account)?)
        })?;
        let view = |webhook: Webhook| WebhookView {
            id: webhook.id,
            url: webhook.url,
            created: webhook.created,
        };
        Ok(webhooks.into_iter().map(view).collect())
    }

    /// Deletes a webhook and drops what was on its way to it.
    pub fn delete_webhook(&self, account: AccountId, id: u64) -> Result<(), ServiceError> {
        let now = self.now();
        self.ports.store.write(|records| {
            own_webhook(records, account, id)?;
            Ok(records.delete_webhook(id, now)?)
        })
    }

    /// The newest deliveries to a webhook, the newest first.
    pub fn deliveries(
        &self,
        account: AccountId,
        webhook: u64,
        most: u64,
    ) -> Result<Vec<DeliveryRecord>, ServiceError> {
        self.ports.store.read(|records| {
            own_webhook(records, account, webhook)?;
            Ok(records.deliveries(webhook, most)?)
        })
    }

    /// A letter that tells of nothing, ready to be posted to a webhook for a test.
    pub fn test_letter(&self, account: AccountId, webhook: u64) -> Result<Letter, ServiceError> {
        let (webhook, owner) = self.ports.store.read(|records| {
            let webhook = own_webhook(records, account, webhook)?;
            Ok::<_, ServiceError>((webhook, account_of(records, account)?))
        })?;
        let now = self.now();
        let body = format!(
            "{{\"account\":\"{account}\",\"at\":\"{now}\",\"notice\":{{\"notice\":\"test\"}}}}"
        );
        let delivery_id = format!("test-{}", now.unix_ms());
        self.sealed_letter(&webhook, &owner, body, TEST_EVENT.to_owned(), delivery_id)
    }

    /// Deliveries of an account that were given up.
    pub fn dead_letters(&self, account: AccountId) -> Result<Vec<DeadLetter>, ServiceError> {
        self.ports.store.read(|records| {
            account_of(records, account)?;
            Ok(records.dead_letters(account)?)
        })
    }

    /// Sends a delivery that was given up on its way again.
    pub fn revive_delivery(&self, account: AccountId, id: u64) -> Result<(), ServiceError> {
        let now = self.now();
        self.ports.store.write(|records| {
            account_of(records, account)?;
            let dead = records.dead_letters(account)?;
            let known = dead.iter().any(|letter| letter.delivery.id == id);
            if !known || !records.revive_delivery(id, now)? {
                return Err(ServiceError::not_found("dead letter", id));
            }
            Ok(())
        })
    }

    /// Delivers what is due, at most `most` letters. A letter that arrived but whose arrival could not
    /// be written down is delivered again: receivers tell letters apart by their delivery id.
    pub fn deliver_due(
        &self,
        courier: &dyn Courier,
        most: u64,
    ) -> Result<DeliveryRound, ServiceError> {
        let due = self
            .ports
            .store
            .read(|records| records.due_deliveries(self.now(), most))?;
        let mut round = DeliveryRound::default();
        for delivery in due {
            self.deliver_one(courier, &delivery, &mut round)?;
        }
        Ok(round)
    }

    fn deliver_one(
        &self,
        courier: &dyn Courier,
        delivery: &Delivery,
        round: &mut DeliveryRound,
    ) -> Result<(), ServiceError> {
        let result = match self.letter(delivery) {
            Ok(Some(letter)) => courier.deliver(&letter).map_err(|error| error.to_string()),
            Ok(None) => return Ok(()),
            Err(ServiceError::Store(error)) => return Err(ServiceError::Store(error)),
            // A letter that cannot be written must not keep the others from being delivered.
            Err(error) => Err(error.to_string()),
        };
        let now = self.now();
        let next_at = next_attempt(delivery.attempts + 1, now.unix_ms()).map(Moment::from_unix_ms);
        match (&result, next_at) {
            (Ok(_), _) => round.delivered += 1,
            (Err(_), Some(_)) => round.failed += 1,
            (Err(_), None) => round.given_up += 1,
        }
        self.ports.store.write(|records| match &result {
            Ok(_) => Ok(records.delivered(delivery.id, now)?),
            Err(reason) => Ok(records.delivery_failed(delivery.id, reason, next_at)?),
        })
    }

    /// What is to be posted; `None` where the webhook is gone.
    fn letter(&self, delivery: &Delivery) -> Result<Option<Letter>, ServiceError> {
        let found = self.ports.store.read(|records| {
            let Some(webhook) = records.webhook(delivery.webhook)? else {
                return Ok(None);
            };
            let owner = account_of(records, webhook.account)?;
            let notice = records.notice(delivery.notice)?;
            Ok::<_, ServiceError>(notice.map(|notice| (webhook, owner, notice)))
        })?;
        let Some((webhook, owner, notice)) = found else {
            return Ok(None);
        };
        let event = notice.key.split(':').next().unwrap_or_default().to_owned();
        let body = format!(
            "{{\"account\":\"{}\",\"at\":\"{}\",\"notice\":{}}}",
            notice.account, notice.at, notice.body
        );
        let delivery_id = delivery.id.to_string();
        self.sealed_letter(&webhook, &owner, body, event, delivery_id)
            .map(Some)
    }

    fn sealed_letter(
        &self,
        webhook: &Webhook,
        owner: &Account,
        body: String,
        event: String,
        delivery_id: String,
    ) -> Result<Letter, ServiceError> {
        let context = secret_context(webhook.id);
        let secret = self.data_key(owner)?.open(&webhook.sealed, &context)?;
        let signature = sign(body.as_bytes(), &secret, self.now().unix_ms());
        Ok(Letter {
            url: WebhookUrl::parse(&webhook.url)?,
            body: body.into_bytes(),
            signature,
            event,
            delivery_id,
        })
    }
}

fn own_webhook(
    records: &mut Records<'_>,
    account: AccountId,
    id: u64,
) -> Result<Webhook, ServiceError> {
    account_of(records, account)?;
    let webhook = records
        .webhook(id)?
        .filter(|webhook| webhook.account == account);
    webhook.ok_or_else(|| ServiceError::not_found("webhook", id))
}
