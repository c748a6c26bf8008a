//! API keys.

use super::names::KeyState;
use super::{Body, InAccount, OfKey, Owner, Problem, Problems, Reader, Trail, work};
use crate::server::Shared;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use billing::{ActivityId, Moment};
use serde::{Deserialize, Deserializer, Serialize};
use service::{KeyChange, KeyView};
use std::sync::Arc;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// An API key.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Key {
    /// The public half.
    #[schema(example = "AKIDz8krbsJ5yKBZQpn74WFkmLPx3gnPhESA")]
    secret_id: String,
    /// What it is for; may be empty.
    #[schema(example = "campaign page")]
    label: String,
    /// Whether it may be used.
    state: KeyState,
    /// When it was created.
    #[schema(value_type = String, format = DateTime, example = "2026-11-24T03:00:00Z")]
    created: Moment,
    /// The activity that pays for calls that name none (FuseFaceUltra); with `null` they are refused.
    #[schema(value_type = Option<String>, required = true, example = "300100")]
    pays: Option<ActivityId>,
}

impl From<KeyView> for Key {
    fn from(view: KeyView) -> Key {
        Key {
            secret_id: view.secret_id,
            label: view.label,
            state: view.state.into(),
            created: view.created,
            pays: view.pays,
        }
    }
}

/// The keys of an account.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Keys {
    /// The oldest first, without deleted ones.
    keys: Vec<Key>,
}

/// What a new key is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewKey {
    /// What it is for, at most 40 characters.
    #[serde(default)]
    #[schema(example = "campaign page")]
    label: String,
    /// The activity that pays for calls that name none.
    #[schema(value_type = Option<String>, example = "300100")]
    pays: Option<ActivityId>,
}

/// A key just created.
#[derive(Serialize, ToSchema)]
pub(crate) struct CreatedKey {
    /// The key.
    #[serde(flatten)]
    key: Key,
    /// The secret half. It is shown this once.
    #[schema(example = "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE")]
    secret_key: String,
}

/// What is to change about a key; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeyPatch {
    /// `enabled` or `disabled`.
    state: Option<KeyState>,
    /// What it is for, at most 40 characters.
    label: Option<String>,
    /// The activity that pays for calls that name none; `null` for none.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, nullable, required = false, example = "300100")]
    pays: Option<Option<ActivityId>>,
}

/// Tells `null` from nothing.
fn given<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Option<ActivityId>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// API keys
#[utoipa::path(
    get,
    path = "/accounts/{account}/keys",
    tag = "keys",
    params(InAccount),
    responses((status = 200, description = "All keys.", body = Keys), Problems)
)]
async fn get_keys(
    State(shared): State<Arc<Shared>>,
    reader: Reader,
) -> Result<Json<Keys>, Problem> {
    let account = reader.account;
    let keys = work(&shared, move |service| service.keys(account)).await?;
    let keys = keys.into_iter().map(Key::from).collect();
    Ok(Json(Keys { keys }))
}

/// Create an API key
#[utoipa::path(
    post,
    path = "/accounts/{account}/keys",
    tag = "keys",
    params(InAccount),
    request_body = NewKey,
    responses((status = 201, description = "It is created; its secret is shown this once.", body = CreatedKey), Problems)
)]
async fn create_key(
    State(shared): State<Arc<Shared>>,
    owner: Owner,
    trail: Trail,
    Body(new): Body<NewKey>,
) -> Result<(StatusCode, Json<CreatedKey>), Problem> {
    let account = owner.account;
    let created = work(&shared, move |service| {
        if let Some(activity) = new.pays {
            // Before the key exists, so that none is made in vain.
            service.activity(account, activity)?;
        }
        let made = service.create_key(account, &new.label)?;
        let secret_id = made.secret_id.as_str();
        let change = KeyChange {
            pays: Some(new.pays),
            ..KeyChange::default()
        };
        let view = service.change_key(account, secret_id, &change)?;
        trail.detail(format!("{secret_id}: {}", new.label));
        Ok::<_, Problem>(CreatedKey {
            key: view.into(),
            secret_key: made.secret_key.expose().to_owned(),
        })
    });
    Ok((StatusCode::CREATED, Json(created.await?)))
}

/// Change an API key
#[utoipa::path(
    patch,
    path = "/accounts/{account}/keys/{secret_id}",
    tag = "keys",
    params(OfKey),
    request_body = KeyPatch,
    responses((status = 200, description = "As it is now.", body = Key), Problems)
)]
async fn change_key(
    State(shared): State<Arc<Shared>>,
    owner: Owner,
    trail: Trail,
    Path(path): Path<OfKey>,
    Body(patch): Body<KeyPatch>,
) -> Result<Json<Key>, Problem> {
    let account = owner.account;
    let view = work(&shared, move |service| {
        trail.detail(patch.detail());
        let change = KeyChange {
            state: patch.state.map(Into::into),
            label: patch.label,
            pays: patch.pays,
        };
        service.change_key(account, &path.secret_id, &change)
    });
    Ok(Json(view.await?.into()))
}

impl KeyPatch {
    /// What changes, for the audit log.
    fn detail(&self) -> String {
        let state = self.state.map(|state| match state {
            KeyState::Enabled => "enabled".to_owned(),
            KeyState::Disabled => "disabled".to_owned(),
            KeyState::Deleted => "deleted".to_owned(),
        });
        let label = self.label.as_ref().map(|label| format!("label {label}"));
        let pays = self.pays.map(|pays| match pays {
            Some(activity) => format!("pays {activity}"),
            None => "pays nothing".to_owned(),
        });
        let parts = [state, label, pays];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

/// Delete an API key
#[utoipa::path(
    delete,
    path = "/accounts/{account}/keys/{secret_id}",
    tag = "keys",
    params(OfKey),
    responses((status = 204, description = "It is gone, its secret too."), Problems)
)]
async fn delete_key(
    State(shared): State<Arc<Shared>>,
    owner: Owner,
    Path(path): Path<OfKey>,
) -> Result<StatusCode, Problem> {
    let account = owner.account;
    work(&shared, move |service| {
        service.set_key_state(account, &path.secret_id, store::KeyState::Deleted)
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) fn operations() -> OpenApiRouter<Arc<Shared>> {
    OpenApiRouter::new()
        .routes(routes!(get_keys, create_key))
        .routes(routes!(change_key, delete_key))
}
