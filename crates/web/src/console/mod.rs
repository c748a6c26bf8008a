//! The console API, `/api/v1`: JSON for the web console and for programs that manage accounts.
//!
//! One file for each subject holds its shapes (what goes over the wire, with their schemas) and its operations.
//! Who asks is taken from the session's cookie by the extractors of [`caller`]; what went wrong becomes a
//! [`Problem`]; what was changed stands in the audit log ([`Trail`]). The document that describes all of it
//! is put together here from the operations themselves.

mod about;
mod answers;
mod audit;
mod body;
mod caller;
mod client;
mod members;
mod problem;
mod roles;
mod session;
#[cfg(test)]
mod tests;
mod trail;
mod work;

pub(crate) use body::Body;
#[allow(unused_imports, reason = "subjects that come later use the others")]
pub(crate) use caller::{Editor, Operator, Owner, Reader, User};
pub(crate) use problem::{Problem, ProblemShape, Problems};
pub(crate) use trail::Trail;
pub(crate) use work::work;

use crate::server::Shared;
use axum::Router;
use axum::middleware::from_fn_with_state;
use std::sync::{Arc, LazyLock};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityScheme};
use utoipa::{Modify, OpenApi};
use utoipa_axum::router::OpenApiRouter;

/// Where all of it lies.
const PREFIX: &str = "/api/v1";

/// All operations; each subject adds a line.
fn operations() -> OpenApiRouter<Arc<Shared>> {
    OpenApiRouter::new()
        .merge(about::operations())
        .merge(session::operations())
        .merge(members::operations())
        .merge(audit::operations())
}

/// What the document says before its operations.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "mien console API",
        description = "Manages accounts, activities, materials, orders and bills. Sign in with \
            `POST /session`; every method but GET and HEAD needs the session's `csrf` as `X-Mien-Csrf`. \
            Messages are written in Chinese, or in English where `Accept-Language` prefers it.",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
    ),
    components(schemas(ProblemShape)),
    security(("session" = [], "csrf" = [])),
    modifiers(&Keys),
)]
struct Document;

/// How callers show who they are.
struct Keys;

impl Modify for Keys {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let components = document.components.get_or_insert_default();
        let cookie = ApiKey::Cookie(ApiKeyValue::new(caller::COOKIE_NAME));
        components.add_security_scheme("session", SecurityScheme::ApiKey(cookie));
        let header = ApiKeyValue::with_description("X-Mien-Csrf", "Not for GET and HEAD.");
        let header = SecurityScheme::ApiKey(ApiKey::Header(header));
        components.add_security_scheme("csrf", header);
    }
}

/// The document that describes all operations.
fn document() -> &'static utoipa::openapi::OpenApi {
    static DOCUMENT: LazyLock<utoipa::openapi::OpenApi> = LazyLock::new(|| {
        let described = OpenApiRouter::with_openapi(Document::openapi());
        described.nest(PREFIX, operations()).into_openapi()
    });
    &DOCUMENT
}

/// All operations in their place, with what all of them have in common.
pub(crate) fn router(shared: &Arc<Shared>) -> Router<Arc<Shared>> {
    let (operations, _) = operations().split_for_parts();
    let operations = operations
        .route_layer(from_fn_with_state(Arc::clone(shared), trail::record))
        .fallback(unknown)
        .layer(from_fn_with_state(Arc::clone(shared), answers::finish));
    Router::new().nest(PREFIX, operations)
}

/// Nothing is there.
async fn unknown(request: axum::extract::Request) -> Problem {
    Problem::not_found("operation", request.uri().path())
}
