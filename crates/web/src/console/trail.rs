//! The trail that changes leave: every request that is no mere look and succeeds is written into the audit
//! log, whether or not its operation thinks of it.

use crate::server::Shared;
use axum::extract::{FromRequestParts, MatchedPath, RawPathParams, Request, State};
use axum::http::Method;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::Response;
use billing::AccountId;
use service::Actor;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};

/// Where an operation says more of what it did. Without a word of it the log tells method, path and ids.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trail(Arc<Mutex<Note>>);

#[derive(Clone, Debug, Default)]
struct Note {
    user: Option<u64>,
    account: Option<AccountId>,
    detail: String,
    /// Nothing is left to be written.
    done: bool,
}

impl Trail {
    /// What else is to be known of the change; no secrets.
    pub(crate) fn detail(&self, detail: impl Into<String>) {
        self.change(|note| note.detail = detail.into());
    }

    /// The use case wrote the change into the log itself, together with the change.
    pub(crate) fn is_written(&self) {
        self.change(|note| note.done = true);
    }

    /// The operation changes nothing, although its method looks like that: a question with a body.
    pub(crate) fn changes_nothing(&self) {
        self.change(|note| note.done = true);
    }

    /// Who acts.
    pub(super) fn by(&self, user: u64) {
        self.change(|note| note.user = Some(user));
    }

    /// Where.
    pub(super) fn in_account(&self, account: AccountId) {
        self.change(|note| note.account = Some(account));
    }

    fn change(&self, change: impl FnOnce(&mut Note)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }

    fn note(&self) -> Note {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Trail {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Trail, Infallible> {
        // Outside of what is recorded nobody listens.
        Ok(parts.extensions.get::<Trail>().cloned().unwrap_or_default())
    }
}

/// Has a request answered, and writes what it changed into the audit log.
pub(super) async fn record(
    State(shared): State<Arc<Shared>>,
    mut request: Request,
    next: Next,
) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return next.run(request).await;
    }
    let trail = Trail::default();
    request.extensions_mut().insert(trail.clone());
    let (mut parts, body) = request.into_parts();
    let action = action(&parts);
    let subject = subject(&mut parts).await;
    let response = next.run(Request::from_parts(parts, body)).await;
    let note = trail.note();
    if note.done || !response.status().is_success() {
        return response;
    }
    let service = Arc::clone(shared.service());
    let actor = note.user.map_or(Actor::CommandLine, Actor::User);
    let text = format!("{action} of {subject}");
    let written = tokio::task::spawn_blocking(move || {
        service.note(actor, note.account, &action, &subject, &note.detail)
    });
    let failed = match written.await {
        Ok(Ok(())) => None,
        Ok(Err(error)) => Some(error.to_string()),
        Err(error) => Some(error.to_string()),
    };
    if let Some(failed) = failed {
        // The change is made, and its answer must not say otherwise.
        shared.log(&format!("{text} is not in the audit log: {failed}"));
    }
    response
}

/// Such as `POST /accounts/{account}/orders`.
fn action(parts: &Parts) -> String {
    let path = parts.extensions.get::<MatchedPath>();
    let path = path.map_or_else(|| parts.uri.path(), MatchedPath::as_str);
    let path = path.strip_prefix(super::PREFIX).unwrap_or(path);
    format!("{} {path}", parts.method)
}

/// The ids that the path names, but for the account's, which has its own place.
async fn subject(parts: &mut Parts) -> String {
    let Ok(params) = RawPathParams::from_request_parts(parts, &()).await else {
        return String::new();
    };
    let params = params.iter().filter(|(name, _)| *name != "account");
    let named: Vec<String> = params
        .map(|(name, value)| format!("{name} {}", crate::codes::shown(value)))
        .collect();
    named.join(", ")
}
