//! The console API, `/api/v1`: JSON for the web console and for programs that manage accounts.
//!
//! One file for each subject holds its shapes (what goes over the wire, with their schemas) and its operations; a large
//! subject is a folder, with its operations in `mod.rs` and its shapes beside.
//! Who asks is taken from the session's cookie by the extractors of [`caller`]; what went wrong becomes a
//! [`Problem`]; what was changed stands in the audit log ([`Trail`]). The document that describes all of it
//! is put together here from the operations themselves.

mod about;
mod accounts;
mod activities;
mod answers;
mod audit;
mod body;
mod caller;
mod campaigns;
mod client;
mod csv;
mod explorer;
mod if_match;
mod keys;
mod materials;
mod members;
mod money;
mod names;
mod notices;
mod operator;
mod orders;
mod overview;
mod paths;
mod picture;
mod planning;
mod problem;
mod roles;
mod session;
pub(crate) mod shown_picture;
mod statements;
mod stream;
#[cfg(test)]
mod tests;
mod trail;
mod trials;
mod usage;
mod webhooks;
mod work;

pub(crate) use body::Body;
pub(crate) use caller::{Editor, Operator, Owner, Reader, User};
pub(crate) use client::Client;
pub(crate) use if_match::{IfMatch, Precondition};
pub(crate) use paths::{
    InAccount, OfActivity, OfDelivery, OfEdition, OfKey, OfMaterial, OfMonth, OfReview, OfUser,
    OfWebhook,
};
pub(crate) use picture::Picture;
pub(crate) use problem::{Problem, ProblemShape, Problems};
pub(crate) use trail::Trail;
pub(crate) use work::work;

use crate::campaign;
use crate::server::Shared;
use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::any;
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
        .merge(accounts::operations())
        .merge(overview::operations())
        .merge(activities::operations())
        .merge(materials::operations())
        .merge(trials::operations())
        .merge(orders::operations())
        .merge(planning::operations())
        .merge(usage::operations())
        .merge(money::operations())
        .merge(statements::operations())
        .merge(keys::operations())
        .merge(webhooks::operations())
        .merge(notices::operations())
        .merge(explorer::operations())
        .merge(campaigns::operations())
        .merge(operator::operations())
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
        let described = described.nest(PREFIX, operations());
        described.merge(campaign::operations()).into_openapi()
    });
    &DOCUMENT
}

/// All operations in their place, with what all of them have in common.
pub(crate) fn router(shared: &Arc<Shared>) -> Router<Arc<Shared>> {
    let (operations, _) = operations().split_for_parts();
    let finish = from_fn_with_state(Arc::clone(shared), answers::finish);
    let operations = operations
        .route_layer(from_fn_with_state(Arc::clone(shared), trail::record))
        .fallback(unknown)
        .layer(finish.clone());
    // What is nested does not take the prefix with nothing but a slash behind it.
    let bare = any(unknown).layer(finish.clone());
    let (pages, _) = campaign::operations().split_for_parts();
    Router::new()
        .nest(PREFIX, operations)
        .route(&format!("{PREFIX}/"), bare)
        .merge(pages.layer(finish))
}

/// Nothing is there.
async fn unknown(request: axum::extract::Request) -> Problem {
    Problem::not_found("operation", request.uri().path())
}
