//! That a visitor agrees.

use super::origin::OwnOrigin;
use super::page::{OfPage, published};
use super::visitor;
use crate::console::{Body, Client, Problem, Problems, work};
use crate::server::Shared;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};
use service::Visitor;
use std::sync::Arc;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// That a visitor agrees to a page's text.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct VisitorConsent {
    /// The `text_digest` of the page whose text it was shown.
    text_digest: String,
}

/// A receipt.
#[derive(Debug, Serialize, ToSchema)]
struct ConsentReceipt {
    /// To be sent with photos; holds for a day, for this browser and this text.
    receipt: String,
}

/// Agree to the text of a page
///
/// Kept are the receipt, the time, the text's digest and a keyed hash of a random cookie.
#[utoipa::path(
    post,
    path = "/c/{slug}/consents",
    tag = "pages",
    security(()),
    params(OfPage),
    request_body = VisitorConsent,
    responses((status = 201, description = "It is kept.", body = ConsentReceipt), Problems)
)]
async fn agree(
    State(shared): State<Arc<Shared>>,
    _own: OwnOrigin,
    Path(path): Path<OfPage>,
    Client(client): Client,
    headers: HeaderMap,
    Body(told): Body<VisitorConsent>,
) -> Result<Response, Problem> {
    let page = published(&shared, &path.slug).await?;
    let cookie = match visitor::cookie(&headers) {
        Some(cookie) => cookie,
        None => visitor::draw()?,
    };
    let kept = visitor::set_cookie(&shared, &page.slug, &cookie);
    let receipt = work(&shared, move |service| {
        let visitor = Visitor {
            cookie: &cookie,
            client: &client,
        };
        service.consent(&page, &told.text_digest, &visitor)
    })
    .await?;
    let receipt = Json(ConsentReceipt { receipt });
    Ok((StatusCode::CREATED, [(SET_COOKIE, kept)], receipt).into_response())
}

pub(super) fn operations() -> OpenApiRouter<Arc<Shared>> {
    OpenApiRouter::new().routes(routes!(agree))
}
