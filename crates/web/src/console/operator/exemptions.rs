//! Exemptions from the visible mark.

use crate::console::{Body, InAccount, Operator, Problem, Problems, Trail, paths, work};
use crate::server::Shared;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use billing::{AccountId, Moment};
use serde::{Deserialize, Serialize};
use service::{Actor, ExemptionView};
use std::sync::Arc;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// That an account's pictures need not carry the visible mark.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Exemption {
    /// The account.
    #[schema(value_type = String, example = "100001")]
    account: AccountId,
    /// Why.
    #[schema(example = "The customer marks the pictures itself; contract 7.")]
    reason: String,
    /// From when.
    #[schema(value_type = String, format = DateTime, example = "2026-11-24T03:00:00Z")]
    since: Moment,
    /// Until when; `null` for ever.
    #[schema(value_type = Option<String>, format = DateTime, required = true, example = "2027-11-24T03:00:00Z")]
    ends: Option<Moment>,
    /// Whether it holds now.
    holds: bool,
    /// The login of who granted it; `null` for the command line.
    #[schema(required = true)]
    by: Option<String>,
}

impl Exemption {
    fn new(view: ExemptionView, now: Moment) -> Exemption {
        Exemption {
            account: view.account,
            reason: view.reason,
            since: view.since,
            ends: view.ends,
            holds: view.ends.is_none_or(|ends| now < ends),
            by: view.by,
        }
    }
}

/// The exemption of an account.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExemptionOfAccount {
    /// `null` where it has none; one that has ended is told.
    #[schema(required = true)]
    exemption: Option<Exemption>,
}

/// An exemption to be granted.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewExemption {
    /// Why, 1 to 200 characters.
    #[schema(example = "The customer marks the pictures itself; contract 7.")]
    reason: String,
    /// Until when; `null` or left out for ever.
    #[schema(value_type = Option<String>, format = DateTime, example = "2027-11-24T03:00:00Z")]
    ends: Option<Moment>,
}

/// The exemption of an account
#[utoipa::path(
    get,
    path = "/operator/accounts/{account}/exemption",
    tag = "operator",
    params(InAccount),
    responses((status = 200, description = "The exemption, if there is one.", body = ExemptionOfAccount), Problems)
)]
async fn exemption(
    State(shared): State<Arc<Shared>>,
    _operator: Operator,
    Path(path): Path<InAccount>,
) -> Result<Json<ExemptionOfAccount>, Problem> {
    let id: AccountId = paths::id("account", &path.account)?;
    let found = work(&shared, move |service| service.exemption(id)).await?;
    let now = shared.service().now();
    let exemption = found.map(|view| Exemption::new(view, now));
    Ok(Json(ExemptionOfAccount { exemption }))
}

/// Exempt an account
#[utoipa::path(
    put,
    path = "/operator/accounts/{account}/exemption",
    tag = "operator",
    params(InAccount),
    request_body = NewExemption,
    responses((status = 200, description = "It holds from now on, in place of the one before.", body = Exemption), Problems)
)]
async fn exempt(
    State(shared): State<Arc<Shared>>,
    operator: Operator,
    trail: Trail,
    Path(path): Path<InAccount>,
    Body(new): Body<NewExemption>,
) -> Result<Json<Exemption>, Problem> {
    let id: AccountId = paths::id("account", &path.account)?;
    let actor = Actor::User(operator.user.id);
    let view = work(&shared, move |service| {
        service.exempt(actor, id, &new.reason, new.ends)
    })
    .await?;
    trail.is_written();
    Ok(Json(Exemption::new(view, shared.service().now())))
}

/// Take an exemption back
#[utoipa::path(
    delete,
    path = "/operator/accounts/{account}/exemption",
    tag = "operator",
    params(InAccount),
    responses((status = 204, description = "Its pictures carry the mark again."), Problems)
)]
async fn end_exemption(
    State(shared): State<Arc<Shared>>,
    operator: Operator,
    trail: Trail,
    Path(path): Path<InAccount>,
) -> Result<StatusCode, Problem> {
    let id: AccountId = paths::id("account", &path.account)?;
    let actor = Actor::User(operator.user.id);
    work(&shared, move |service| service.end_exemption(actor, id)).await?;
    trail.is_written();
    Ok(StatusCode::NO_CONTENT)
}

pub(super) fn operations() -> OpenApiRouter<Arc<Shared>> {
    OpenApiRouter::new().routes(routes!(exemption, exempt, end_exemption))
}
