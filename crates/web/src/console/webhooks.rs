//! Webhooks, and what was delivered to them.

use super::paths::id;
use super::{
    Body, InAccount, OfDelivery, OfWebhook, Owner, Problem, Problems, Reader, Trail, work,
};
use crate::server::Shared;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use billing::Moment;
use serde::{Deserialize, Serialize};
use service::WebhookView;
use service::webhook::{DeliveryError, Receipt};
use std::sync::Arc;
use store::DeliveryRecord;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Deliveries that are told of at once.
const NEWEST_DELIVERIES: u64 = 100;

/// Where an account wants to be told.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Webhook {
    /// Its id.
    #[schema(example = "1")]
    id: String,
    /// Where to.
    #[schema(example = "https://example.org/mien")]
    url: String,
    /// When it was added.
    #[schema(value_type = String, format = DateTime, example = "2026-11-24T03:00:00Z")]
    created: Moment,
}

impl From<WebhookView> for Webhook {
    fn from(view: WebhookView) -> Webhook {
        Webhook {
            id: view.id.to_string(),
            url: view.url,
            created: view.created,
        }
    }
}

/// The webhooks of an account.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Webhooks {
    /// The oldest first.
    webhooks: Vec<Webhook>,
}

/// What a new webhook is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewWebhook {
    /// Where to; `http` or `https`, at most 500 characters.
    #[schema(example = "https://example.org/mien")]
    url: String,
}

/// A webhook just added.
#[derive(Serialize, ToSchema)]
pub(crate) struct AddedWebhook {
    /// Its id.
    #[schema(example = "1")]
    id: String,
    /// Where to.
    #[schema(example = "https://example.org/mien")]
    url: String,
    /// What signs deliveries. It is shown this once.
    #[schema(example = "whsec_0123456789abcdef0123456789abcdef0123456789abcdef")]
    secret: String,
}

/// Where a delivery is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DeliveryState {
    /// It is tried, or tried again, at `next_at`.
    Waiting,
    /// It arrived.
    Delivered,
    /// It failed as often as is tried; it can be sent on its way again.
    GivenUp,
}

/// A notice on its way to a webhook, or there.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Delivery {
    /// Its id; receivers find it in `X-Mien-Delivery`.
    #[schema(example = "7")]
    id: String,
    /// The notice.
    #[schema(example = "12")]
    notice: String,
    /// What kind of notice.
    #[schema(example = "pack-used")]
    event: String,
    /// Where it is.
    state: DeliveryState,
    /// Attempts that failed.
    #[schema(example = 0)]
    attempts: u32,
    /// When it is tried next; `null` where it is not.
    #[schema(value_type = Option<String>, format = DateTime, required = true)]
    next_at: Option<Moment>,
    /// When it arrived; `null` where it did not.
    #[schema(value_type = Option<String>, format = DateTime, required = true)]
    delivered: Option<Moment>,
    /// Why the last attempt that failed did; empty where none failed.
    #[schema(example = "")]
    last_error: String,
}

/// Deliveries to a webhook.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Deliveries {
    /// The newest first, 100 at most.
    deliveries: Vec<Delivery>,
}

/// What became of a letter posted for a test.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TestDelivery {
    /// Whether the receiver took it: answered with a status of 200 to 299.
    delivered: bool,
    /// The status it answered with; `null` where it did not answer.
    #[schema(required = true, example = 200)]
    status: Option<u16>,
    /// What it answered, the first 4 KiB; `null` where it did not answer.
    #[schema(required = true, example = "ok")]
    answer: Option<String>,
    /// Why it was not delivered, in English; `null` where it was.
    #[schema(required = true)]
    error: Option<String>,
    /// How long it took, in milliseconds.
    #[schema(example = 42)]
    took_ms: u64,
}

/// Webhooks
#[utoipa::path(
    get,
    path = "/accounts/{account}/webhooks",
    tag = "webhooks",
    params(InAccount),
    responses((status = 200, description = "All webhooks.", body = Webhooks), Problems)
)]
async fn get_webhooks(
    State(shared): State<Arc<Shared>>,
    reader: Reader,
) -> Result<Json<Webhooks>, Problem> {
    let account = reader.account;
    let webhooks = work(&shared, move |service| service.webhooks(account)).await?;
    let webhooks = webhooks.into_iter().map(Webhook::from).collect();
    Ok(Json(Webhooks { webhooks }))
}

/// Add a webhook
#[utoipa::path(
    post,
    path = "/accounts/{account}/webhooks",
    tag = "webhooks",
    params(InAccount),
    request_body = NewWebhook,
    responses((status = 201, description = "It is there; its secret is shown this once.", body = AddedWebhook), Problems)
)]
async fn add_webhook(
    State(shared): State<Arc<Shared>>,
    owner: Owner,
    trail: Trail,
    Body(new): Body<NewWebhook>,
) -> Result<(StatusCode, Json<AddedWebhook>), Problem> {
    let account = owner.account;
    let added = work(&shared, move |service| {
        let added = service.add_webhook(account, &new.url)?;
        let id = added.id.to_string();
        // Without the address, whose path may be a secret.
        trail.detail(id.clone());
        Ok::<_, Problem>(AddedWebhook {
            id,
            url: new.url,
            secret: added.secret,
        })
    });
    Ok((StatusCode::CREATED, Json(added.await?)))
}

/// Delete a webhook
#[utoipa::path(
    delete,
    path = "/accounts/{account}/webhooks/{webhook}",
    tag = "webhooks",
    params(OfWebhook),
    responses((status = 204, description = "It is gone, and what was on its way to it."), Problems)
)]
async fn delete_webhook(
    State(shared): State<Arc<Shared>>,
    owner: Owner,
    Path(path): Path<OfWebhook>,
) -> Result<StatusCode, Problem> {
    let webhook: u64 = id("webhook", &path.webhook)?;
    let account = owner.account;
    work(&shared, move |service| {
        service.delete_webhook(account, webhook)
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Post a letter to a webhook, for a test
///
/// It is signed as all are, its event is `test`, and what the receiver answers is told.
#[utoipa::path(
    post,
    path = "/accounts/{account}/webhooks/{webhook}/test",
    tag = "webhooks",
    params(OfWebhook),
    responses((status = 200, description = "What became of it.", body = TestDelivery), Problems)
)]
async fn test_webhook(
    State(shared): State<Arc<Shared>>,
    owner: Owner,
    Path(path): Path<OfWebhook>,
) -> Result<Json<TestDelivery>, Problem> {
    let webhook: u64 = id("webhook", &path.webhook)?;
    let account = owner.account;
    let sender = Arc::clone(&shared);
    let posted = work(&shared, move |service| {
        let letter = service.test_letter(account, webhook)?;
        let begun_ns = sender.monotonic_ns();
        let result = sender.config().courier.deliver(&letter);
        let took_ms = (sender.monotonic_ns() - begun_ns) / 1_000_000;
        Ok::<_, Problem>(TestDelivery::new(result, took_ms))
    });
    Ok(Json(posted.await?))
}

impl TestDelivery {
    fn new(result: Result<Receipt, DeliveryError>, took_ms: u64) -> TestDelivery {
        let (answered, error) = match result {
            Ok(receipt) => (Some((receipt.status, receipt.answer)), None),
            Err(error) => {
                let text = error.to_string();
                let answered = match error {
                    DeliveryError::Status { status, answer } => Some((status, answer)),
                    _ => None,
                };
                (answered, Some(text))
            }
        };
        let (status, answer) = answered.unzip();
        TestDelivery {
            delivered: error.is_none(),
            status,
            answer,
            error,
            took_ms,
        }
    }
}

/// Deliveries to a webhook
#[utoipa::path(
    get,
    path = "/accounts/{account}/webhooks/{webhook}/deliveries",
    tag = "webhooks",
    params(OfWebhook),
    responses((status = 200, description = "The newest deliveries.", body = Deliveries), Problems)
)]
async fn get_deliveries(
    State(shared): State<Arc<Shared>>,
    reader: Reader,
    Path(path): Path<OfWebhook>,
) -> Result<Json<Deliveries>, Problem> {
    let webhook: u64 = id("webhook", &path.webhook)?;
    let account = reader.account;
    let found = work(&shared, move |service| {
        service.deliveries(account, webhook, NEWEST_DELIVERIES)
    });
    let deliveries = found.await?.into_iter().map(Delivery::from).collect();
    Ok(Json(Deliveries { deliveries }))
}

impl From<DeliveryRecord> for Delivery {
    fn from(record: DeliveryRecord) -> Delivery {
        let event = record.notice_key.split(':').next().unwrap_or_default();
        Delivery {
            id: record.delivery.id.to_string(),
            notice: record.delivery.notice.to_string(),
            event: event.to_owned(),
            state: match (record.delivered, record.next_at) {
                (Some(_), _) => DeliveryState::Delivered,
                (None, Some(_)) => DeliveryState::Waiting,
                (None, None) => DeliveryState::GivenUp,
            },
            attempts: record.delivery.attempts,
            next_at: record.next_at,
            delivered: record.delivered,
            last_error: record.last_error,
        }
    }
}

/// Send a delivery that was given up on its way again
#[utoipa::path(
    post,
    path = "/accounts/{account}/deliveries/{delivery}/retry",
    tag = "webhooks",
    params(OfDelivery),
    responses((status = 204, description = "It is on its way."), Problems)
)]
async fn retry_delivery(
    State(shared): State<Arc<Shared>>,
    owner: Owner,
    Path(path): Path<OfDelivery>,
) -> Result<StatusCode, Problem> {
    let delivery: u64 = id("delivery", &path.delivery)?;
    let account = owner.account;
    work(&shared, move |service| {
        service.revive_delivery(account, delivery)
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) fn operations() -> OpenApiRouter<Arc<Shared>> {
    OpenApiRouter::new()
        .routes(routes!(get_webhooks, add_webhook))
        .routes(routes!(delete_webhook))
        .routes(routes!(test_webhook))
        .routes(routes!(get_deliveries))
        .routes(routes!(retry_delivery))
}
