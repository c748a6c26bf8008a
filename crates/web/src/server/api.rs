//! A request to the API, from its bytes to its answer.

use super::body::{HeldRoom, Received, SMALL_BODY};
use super::door::take_in;
use super::fusions;
use super::order::{Admitted, Fusion, Order};
use super::reply::{Manner, Reply, detail};
use super::watch::{Caller, Request as Watched, without_keys};
use super::{Shared, materials};
use crate::accept::{Accepted, FieldForm, accept, asked_version};
use crate::codes::ApiError;
use crate::dispatch::Operation;
use crate::language::Language;
use crate::request::{BodySum, Headers, RequestHead};
use crate::wire::{Document, Input, Request as Asked};
use axum::body::HttpBody as _;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use billing::{AccountId, ActivityId};
use service::course::{Stage, measure};
use service::random::{OsRandom, Random};
use service::{Service, ServiceError, Turn};
use sha2::{Digest as _, Sha256};
use std::net::SocketAddr;
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
    let manner = Manner {
        version: asked_version(&head),
        language: Language::of(&head.headers),
        request_id: request_id(),
    };
    let client = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    let client = client.map(|ConnectInfo(address)| *address);
    let client = client.filter(|_| shared.config.log_clients);
    let mut watched = shared.watch.begin(&head, &manner, client);
    let received = take_in(&shared, &head, body).await;
    let Some(body) = received else {
        // Nobody reads it; the connection ends with it.
        return StatusCode::REQUEST_TIMEOUT.into_response();
    };
    watched.was_read(body.length());
    let reply = reply(&shared, head, body, &watched).await;
    if let Some(detail) = reply.result.as_ref().err().and_then(detail) {
        let detail = without_keys(detail);
        tracing::error!(request = manner.request_id, "{detail}");
    }
    let response = manner.write(&reply);
    let code = reply.result.as_ref().err();
    let code = code.map(|error| error.code(manner.version));
    watched.end(code, reply.charged.as_ref(), bytes_of(&response));
    response
}

async fn reply(
    shared: &Arc<Shared>,
    head: RequestHead,
    body: Received,
    watched: &Watched,
) -> Reply {
    let (course, caller) = (Arc::clone(watched.course()), Arc::clone(watched.caller()));
    let entered = match at_once(shared, &head, &body, watched) {
        Ok(entered) => entered,
        Err(error) => return error.into(),
    };
    let reader = Arc::clone(shared);
    let begin = move || course.follow(|| begin(&reader, &head, body, entered, &caller));
    let step = tokio::task::spawn_blocking(begin).await;
    match step {
        Ok(Ok(Step::Done(reply))) => reply,
        Ok(Ok(Step::Fuse(call))) => {
            let (order, admitted) = *call;
            fusions::fuse(shared, order, admitted, watched.course()).await
        }
        Ok(Err(error)) => error.into(),
        Err(error) => {
            let detail = error.to_string();
            ApiError::Internal { detail }.into()
        }
    }
}

/// A request whose caller is known and whose turn it is.
struct Entered {
    accepted: Accepted,
    paying: Option<ActivityId>,
    turn: Option<Turn>,
}

/// Where to look for what a request names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    /// Only where that takes no time.
    Memory,
    Books,
}

/// Refuses on the spot what can be refused on the spot: handing a request to another thread costs more than
/// checking a small one. `None` where the books have to be asked.
fn at_once(
    shared: &Shared,
    head: &RequestHead,
    body: &Received,
    watched: &Watched,
) -> Result<Option<Entered>, ApiError> {
    match body {
        Received::NoRoom => Err(ApiError::Busy),
        Received::Whole(bytes, _) if bytes.len() <= SMALL_BODY => {
            let (course, caller) = (watched.course(), watched.caller());
            let enter = || enter(shared, head, sum_of(bytes), bytes, caller, Look::Memory);
            // The small body is read again on the thread where the rest happens.
            Ok(course.follow(enter)?.map(|(entered, _)| entered))
        }
        _ => Ok(None),
    }
}

/// Finds out who asks for what, and holds him to his requests a second.
fn enter<'a>(
    shared: &Shared,
    head: &'a RequestHead,
    sum: BodySum,
    bytes: &'a [u8],
    caller: &Caller,
    look: Look,
) -> Result<Option<(Entered, Document<'a>)>, ApiError> {
    let service = &shared.service;
    let mut is_known = true;
    let accepted = measure(Stage::Verify, || {
        accept(head, sum, service.now(), |id| match look {
            Look::Books => Ok(service.secret_of(id.as_str())?),
            Look::Memory => {
                let known = service.known_secret_of(id.as_str());
                is_known = known.is_some();
                Ok(known)
            }
        })
    });
    if !is_known {
        return Ok(None);
    }
    let accepted = accepted?;
    let account = accepted.caller.account;
    caller.is(account);
    measure(Stage::Admit, || {
        let operation = accepted.operation;
        let fields = fields_of(&accepted, head, bytes)?;
        let paying = match (operation, look) {
            (Operation::FuseFaceUltra2022, Look::Memory) => return Ok(None),
            (Operation::FuseFaceUltra2022, Look::Books) => {
                service.key_pays(accepted.caller.secret_id.as_str())?
            }
            _ => fields.activity(),
        };
        if look == Look::Memory && paying.is_some_and(|activity| !service.meter().knows(activity)) {
            return Ok(None);
        }
        caller.pays_with(paying);
        let turn = take_turn(service, operation, account, paying)?;
        let entered = Entered {
            accepted,
            paying,
            turn,
        };
        Ok(Some((entered, fields)))
    })
}

fn fields_of<'a>(
    accepted: &Accepted,
    head: &'a RequestHead,
    bytes: &'a [u8],
) -> Result<Document<'a>, ApiError> {
    Document::parse(match accepted.form {
        FieldForm::Json => Input::Json(bytes),
        FieldForm::Query => Input::Query(&head.query),
    })
}

/// Checks and reads a request; answers it where that needs no picture.
fn begin(
    shared: &Shared,
    head: &RequestHead,
    body: Received,
    entered: Option<Entered>,
    caller: &Caller,
) -> Result<Step, ApiError> {
    let (bytes, room) = match body {
        Received::Whole(bytes, room) => (Some(bytes), room),
        Received::TooLarge | Received::NoRoom => (None, HeldRoom::default()),
    };
    let sum = || bytes.as_deref().map_or(BodySum::TooLarge, sum_of);
    let bytes_or_none = bytes.as_deref().unwrap_or_default();
    let (entered, fields) = match entered {
        Some(entered) => {
            let fields = fields_of(&entered.accepted, head, bytes_or_none)?;
            (entered, fields)
        }
        // Whoever may look into the books finds out.
        None => {
            enter(shared, head, sum(), bytes_or_none, caller, Look::Books)?.ok_or(ApiError::Busy)?
        }
    };
    measure(Stage::Admit, || admit(shared, head, &fields, room, entered))
}

/// Reads the fields of a request, and has the meter let it in.
fn admit(
    shared: &Shared,
    head: &RequestHead,
    fields: &Document<'_>,
    room: HeldRoom,
    entered: Entered,
) -> Result<Step, ApiError> {
    let Entered {
        accepted,
        paying,
        turn,
    } = entered;
    let operation = accepted.operation;
    let account = accepted.caller.account;
    if let Some(activity) = paying {
        let secret_id = accepted.caller.secret_id.as_str();
        shared.door.remember(secret_id, activity);
    }
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
    let admitted = order.admit(&shared.service, turn)?;
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

/// Bytes of an answer's body.
fn bytes_of(response: &Response) -> usize {
    let bytes = response.body().size_hint().lower();
    usize::try_from(bytes).unwrap_or(usize::MAX)
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
