//! The API explorer: a call of the cloud API, signed with a key of the account.

use super::{Body, Editor, InAccount, Problem, Problems, Trail, work};
use crate::server::Shared;
use crate::server::explorer::{Question, ask};
use axum::Json;
use axum::extract::State;
use axum::http::header::HOST;
use axum::http::{HeaderMap, StatusCode};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use store::KeyState;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Bytes of a question at most: a call's own body, written as JSON once more.
const MOST_BYTES: usize = 21 << 20;

/// A call to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExplorerCall {
    /// The public half of the key that signs it; enabled, and the account's.
    #[schema(example = "AKIDz8krbsJ5yKBZQpn74WFkmLPx3gnPhESA")]
    secret_id: String,
    /// The action.
    #[schema(example = "DescribeMaterialList")]
    action: String,
    /// The version of the API.
    #[schema(example = "2022-09-27")]
    version: String,
    /// The fields, a JSON text; sent as it is.
    #[schema(example = "{\"ActivityId\": 300100}")]
    body: String,
    /// In which language errors are told; `null` or left out as a client that does not say.
    language: Option<ExplorerLanguage>,
}

/// A language of the cloud API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
pub(crate) enum ExplorerLanguage {
    /// Chinese.
    #[serde(rename = "zh-CN")]
    Chinese,
    /// English.
    #[serde(rename = "en-US")]
    English,
}

/// What was sent and what came back.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExplorerExchange {
    /// What was sent.
    request: ExplorerRequest,
    /// What came back.
    response: ExplorerResponse,
}

/// A request of the cloud API with what leads to its signature.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExplorerRequest {
    /// The method.
    #[schema(example = "POST")]
    method: String,
    /// Where it is sent.
    #[schema(example = "http://127.0.0.1:8670/")]
    url: String,
    /// Its headers, in their order.
    headers: Vec<HttpHeader>,
    /// Its body.
    body: String,
    /// The canonical request of TC3-HMAC-SHA256.
    canonical_request: String,
    /// The text that the signature is of.
    string_to_sign: String,
}

/// An answer of the cloud API.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExplorerResponse {
    /// The HTTP status: 200 for errors of the API too.
    #[schema(example = 200)]
    status: u16,
    /// Its headers; `x-mien-*` tell whether the call counts and what paid.
    headers: Vec<HttpHeader>,
    /// Its body, a JSON text.
    body: String,
    /// Milliseconds from the request to the answer.
    #[schema(example = 42)]
    ms: u64,
}

/// A header.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HttpHeader {
    /// Its name.
    #[schema(example = "X-TC-Action")]
    name: String,
    /// Its value.
    #[schema(example = "DescribeMaterialList")]
    value: String,
}

/// Make a call of the cloud API
///
/// It is a call like any other: held to the activity's pace, charged, and logged.
#[utoipa::path(
    post,
    path = "/accounts/{account}/explorer",
    tag = "explorer",
    params(InAccount),
    request_body = ExplorerCall,
    responses((status = 200, description = "It was answered; by an error, perhaps.", body = ExplorerExchange), Problems)
)]
async fn explore(
    State(shared): State<Arc<Shared>>,
    editor: Editor,
    trail: Trail,
    headers: HeaderMap,
    Body(call): Body<ExplorerCall, MOST_BYTES>,
) -> Result<Json<ExplorerExchange>, Problem> {
    trail.detail(format!("{} {}", call.action, call.version));
    let (account, secret_id) = (editor.account, call.secret_id.clone());
    let secret_key = work(&shared, move |service| {
        let keys = service.keys(account)?;
        let own = keys.iter().find(|key| key.secret_id == secret_id);
        let own = own.ok_or_else(|| Problem::not_found("API key", &secret_id))?;
        if own.state != KeyState::Enabled {
            return Err(disabled());
        }
        let secret = service.secret_of(&secret_id)?;
        let secret = secret.filter(|(owner, _)| *owner == account);
        secret.map(|(_, key)| key).ok_or_else(disabled)
    })
    .await?;
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let base = shared.base_of(host);
    let host = base
        .split_once("://")
        .map_or(base.as_str(), |(_, rest)| rest);
    let host = host.split('/').next().unwrap_or(host).to_owned();
    let question = Question {
        secret_id: call.secret_id,
        secret_key,
        action: call.action,
        version: call.version,
        language: call.language.map(|language| match language {
            ExplorerLanguage::Chinese => "zh-CN",
            ExplorerLanguage::English => "en-US",
        }),
        body: call.body.clone(),
        host,
    };
    let exchange = ask(&shared, question).await?;
    Ok(Json(ExplorerExchange {
        request: ExplorerRequest {
            method: "POST".to_owned(),
            url: format!("{base}/"),
            headers: told(exchange.headers),
            body: call.body,
            canonical_request: exchange.signed.canonical_request,
            string_to_sign: exchange.signed.string_to_sign,
        },
        response: ExplorerResponse {
            status: exchange.status.as_u16(),
            headers: told(exchange.answer_headers),
            body: exchange.answer,
            ms: exchange.took_ms,
        },
    }))
}

fn told(headers: Vec<(String, String)>) -> Vec<HttpHeader> {
    let headers = headers.into_iter();
    headers
        .map(|(name, value)| HttpHeader { name, value })
        .collect()
}

fn disabled() -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "key_disabled",
        "该密钥已停用，请启用或选择其他密钥",
        "this key is disabled; enable it or choose another",
    )
}

pub(super) fn operations() -> OpenApiRouter<Arc<Shared>> {
    OpenApiRouter::new().routes(routes!(explore))
}
