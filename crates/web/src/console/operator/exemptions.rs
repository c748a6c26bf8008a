//! Exemptions from the visible mark.

#![expect(
    unused_qualifications,
    reason = "what the operations expand to is not ours"
)]

use crate::console::{Body, InAccount, Operator, Problem, Problems, Trail, paths, work};
use crate::server::Shared;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use billing::{AccountId, Moment};
use serde::{Deserialize, Serialize};
use service::{Actor, ExemptionView};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Exemptions on a page where the caller does not say, and at most.
const USUAL: u64 = 50;
const MOST: u64 = 200;

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

/// An exemption in the list of all accounts.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ListedExemption {
    /// The exemption.
    #[serde(flatten)]
    exemption: Exemption,
    /// The account's name.
    #[schema(example = "Lanterns Ltd")]
    account_name: String,
}

/// A page of exemptions.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExemptionPage {
    /// By account.
    exemptions: Vec<ListedExemption>,
    /// To be sent as `after` for the next page; `null` on the last.
    #[schema(required = true)]
    next: Option<String>,
}

/// Which exemptions, and which page of them.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ExemptionFilter {
    /// Also those that have ended.
    #[serde(default)]
    #[param(required = false)]
    ended: bool,
    /// The `next` of the page before.
    #[param(value_type = Option<String>, example = "100001")]
    after: Option<AccountId>,
    /// Exemptions on the page; 50 where it is left out, 200 at most.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
}

/// Exemptions of all accounts
#[utoipa::path(
    get,
    path = "/operator/exemptions",
    tag = "operator",
    params(ExemptionFilter),
    responses((status = 200, description = "A page of them, by account.", body = ExemptionPage), Problems)
)]
async fn exemptions(
    State(shared): State<Arc<Shared>>,
    _operator: Operator,
    Query(filter): Query<ExemptionFilter>,
) -> Result<Json<ExemptionPage>, Problem> {
    let most = filter.limit.unwrap_or(USUAL).clamp(1, MOST);
    // One more tells whether there is another page.
    let mut listed = work(&shared, move |service| {
        service.exemptions(filter.after, filter.ended, most + 1)
    })
    .await?;
    let on_page = usize::try_from(most).unwrap_or(usize::MAX);
    let is_last = listed.len() <= on_page;
    listed.truncate(on_page);
    let next = listed.last().filter(|_| !is_last);
    let next = next.map(|last| last.exemption.account.to_string());
    let now = shared.service().now();
    let exemptions = listed.into_iter().map(|listed| ListedExemption {
        exemption: Exemption::new(listed.exemption, now),
        account_name: listed.account_name,
    });
    Ok(Json(ExemptionPage {
        exemptions: exemptions.collect(),
        next,
    }))
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
    OpenApiRouter::new()
        .routes(routes!(exemptions))
        .routes(routes!(exemption, exempt, end_exemption))
}
