//! A request to the API, from its bytes to its answer.

use super::body::{HeldRoom, Received, receive};
use super::fusions;
use super::order::{Admitted, Fusion, Order};
use super::reply::{Manner, Reply, detail};
use super::{Shared, materials};
use crate::accept::{FieldForm, LONGEST_BODY, accept, asked_version};
use crate::codes::ApiError;
use crate::dispatch::Operation;
use crate::language::Language;
use crate::request::{BodySum, Headers, RequestHead};
use crate::wire::{Document, Input, Request as Asked};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use billing::{AccountId, ActivityId};
use service::random::{OsRandom, Random};
use service::{Service, ServiceError, Turn};
use sha2::{Digest as _, Sha256};
use std::sync::Arc;

/// By which a client repeats a call.
const CLIENT_TOKEN: &str = "x-mien-client-token";

/// How a request goes on after it was read.
enum Step {
    /// It is answered.
    Done(Reply),
    /// A picture is to be made; the call was let in.
    Fuse(Box<(Order, Admitted)>),
}

/// Answers what comes to any path, for operations are chosen by headers.
pub(super) async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let head = head_of(&parts);
    let received = receive(body, LONGEST_BODY, &shared).await;
    let Some(body) = received else {
        // Nobody reads it; the connection ends with it.
        return StatusCode::REQUEST_TIMEOUT.into_response();
    };
    let manner = Manner {
        version: asked_version(&head),
        language: Language::of(&head.headers),
        request_id: request_id(),
    };
    let reply = reply(&shared, head, body).await;
    if let Some(detail) = reply.result.as_ref().err().and_then(detail) {
        (shared.config.log)(&format!("request {}: {detail}", manner.request_id));
    }
    manner.write(&reply)
}

async fn reply(shared: &Arc<Shared>, head: RequestHead, body: Received) -> Reply {
    let reader = Arc::clone(shared);
    let step = tokio::task::spawn_blocking(move || begin(&reader, &head, body)).await;
    match step {
        Ok(Ok(Step::Done(reply))) => reply,
        Ok(Ok(Step::Fuse(call))) => {
            let (order, admitted) = *call;
            fusions::fuse(shared, order, admitted).await
        }
        Ok(Err(error)) => error.into(),
        Err(error) => {
            let detail = error.to_string();
            ApiError::Internal { detail }.into()
        }
    }
}

/// Checks and reads a request; answers it where that needs no picture.
fn begin(shared: &Shared, head: &RequestHead, body: Received) -> Result<Step, ApiError> {
    let (sum, bytes, room) = match body {
        Received::TooLarge => (BodySum::TooLarge, Vec::new(), HeldRoom::default()),
        Received::Whole(bytes, room) => (sum_of(&bytes), bytes, room),
        Received::NoRoom => return Err(ApiError::Busy),
    };
    let service = &shared.service;
    let now = service.now();
    let accepted = accept(head, sum, now, |id| Ok(service.secret_of(id.as_str())?))?;
    let input = match accepted.form {
        FieldForm::Json => Input::Json(&bytes),
        FieldForm::Query => Input::Query(&head.query),
    };
    let operation = accepted.operation;
    let account = accepted.caller.account;
    let secret_id = accepted.caller.secret_id.as_str();
    let fields = Document::parse(input)?;
    let paying = match operation {
        Operation::FuseFaceUltra2022 => service.key_pays(secret_id)?,
        _ => fields.activity(),
    };
    let turn = take_turn(service, operation, account, paying)?;
    let base = shared.base_url(&head.headers);
    let fusion = match fields.read(operation)? {
        Asked::FuseFace(request) => Fusion::Material(request),
        Asked::FuseFaceUltra(request) => {
            Fusion::Template(request, paying.ok_or(ApiError::NoPayingActivity)?)
        }
        Asked::DescribeMaterialList(request) => {
            let answer = materials::list(shared, operation, account, &request, &base)?;
            return Ok(Step::Done(Reply::free(Ok(answer))));
        }
    };
    let token = client_token(&head.headers)?;
    let mut order = Order::new(operation, account, fusion, token, base, room)?;
    let admitted = order.admit(service, turn)?;
    Ok(Step::Fuse(Box::new((order, admitted))))
}

/// Holds a caller to its requests a second, before its fields are looked at. An activity that is not there
/// has no pace; that it is not there is said later.
fn take_turn(
    service: &Service,
    operation: Operation,
    account: AccountId,
    paying: Option<ActivityId>,
) -> Result<Option<Turn>, ApiError> {
    match operation {
        Operation::DescribeMaterialList2018 | Operation::DescribeMaterialList2022 => {
            service.take_listing_turn(account)?;
            Ok(None)
        }
        Operation::FaceFusion2018
        | Operation::FuseFace2018
        | Operation::FuseFace2022
        | Operation::FuseFaceUltra2022 => {
            let Some(activity) = paying else {
                return Ok(None);
            };
            match service.meter().take_turn(account, activity) {
                Ok(turn) => Ok(Some(turn)),
                Err(ServiceError::NotFound { .. }) => Ok(None),
                Err(error) => Err(error.into()),
            }
        }
    }
}

impl Shared {
    /// What the addresses of results begin with.
    fn base_url(&self, headers: &Headers) -> String {
        let host = headers.one("host").ok().flatten();
        self.base_of(host.and_then(|host| std::str::from_utf8(host).ok()))
    }

    /// The same for a client that calls us by `host`.
    pub(crate) fn base_of(&self, host: Option<&str>) -> String {
        if let Some(url) = &self.config.public_url {
            return url.trim_end_matches('/').to_owned();
        }
        match host {
            Some(host) if !host.is_empty() => format!("http://{host}"),
            _ => format!("http://{}", self.address),
        }
    }
}

fn head_of(parts: &Parts) -> RequestHead {
    let headers = parts.headers.iter();
    RequestHead {
        method: parts.method.as_str().to_owned(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers: headers
            .map(|(name, value)| (name.as_str(), value.as_bytes()))
            .collect(),
    }
}

fn sum_of(bytes: &[u8]) -> BodySum {
    BodySum::Whole {
        bytes: bytes.len(),
        sha256: Sha256::digest(bytes).into(),
    }
}

fn client_token(headers: &Headers) -> Result<Option<String>, ApiError> {
    let value = headers.one(CLIENT_TOKEN);
    let value = value.map_err(|_| ApiError::HeaderRepeated {
        name: "X-Mien-Client-Token",
    })?;
    value
        .map(|value| {
            let text = std::str::from_utf8(value).map_err(|_| ApiError::ValueRefused {
                reason: "X-Mien-Client-Token is no UTF-8 text".to_owned(),
            })?;
            Ok(text.to_owned())
        })
        .transpose()
}

/// A random UUID. Without randomness it is the nil UUID: an answer needs one, and its log tells the time.
fn request_id() -> String {
    let mut bytes = [0; 16];
    match OsRandom.fill(&mut bytes) {
        Ok(()) => uuid::Builder::from_random_bytes(bytes).into_uuid(),
        Err(_) => uuid::Uuid::nil(),
    }
    .to_string()
}
