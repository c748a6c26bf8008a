//! `/accounts/{account}/audit`: who did what in an account.

#![expect(
    unused_qualifications,
    reason = "what the operations expand to is not ours"
)]

use super::{Problem, Problems, Reader, work};
use crate::server::Shared;
use axum::Json;
use axum::extract::{Query, State};
use billing::{AccountId, Day, Moment};
use serde::{Deserialize, Serialize};
use service::{AuditFilter, AuditView, ServiceError};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

const TAG: &str = "audit";

/// Entries on a page where the caller does not say, and at most.
const USUAL: u64 = 50;
const MOST: u64 = 200;

pub(super) fn operations() -> OpenApiRouter<Arc<Shared>> {
    OpenApiRouter::new().routes(routes!(audit))
}

/// Something that somebody did.
#[derive(Serialize, ToSchema)]
pub(super) struct AuditEntry {
    #[schema(example = "42")]
    id: String,
    #[schema(value_type = String, format = DateTime)]
    at: Moment,
    /// Who; null for the command line, and for who failed to sign in.
    login: Option<String>,
    #[schema(value_type = Option<String>, example = "100001")]
    account: Option<AccountId>,
    /// What was done.
    #[schema(example = "add_member")]
    action: String,
    /// To what.
    subject: String,
    /// What else is to be known.
    detail: String,
}

impl From<AuditView> for AuditEntry {
    fn from(view: AuditView) -> AuditEntry {
        AuditEntry {
            id: view.id.to_string(),
            at: view.at,
            login: view.login,
            account: view.account,
            action: view.action,
            subject: view.subject,
            detail: view.detail,
        }
    }
}

/// A page of the audit log, the newest first.
#[derive(Serialize, ToSchema)]
pub(super) struct AuditPage {
    entries: Vec<AuditEntry>,
    /// To be sent as `after` for the next page; null on the last.
    next: Option<String>,
}

/// Which entries, and which page of them; all without it.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct AuditQuery {
    /// By the user with this login.
    #[param(example = "lin")]
    login: Option<String>,
    /// Of one kind.
    #[param(example = "add_member")]
    action: Option<String>,
    /// From the beginning of this day on.
    #[param(value_type = Option<String>, format = Date, example = "2026-11-01")]
    from: Option<Day>,
    /// Until the end of this day.
    #[param(value_type = Option<String>, format = Date, example = "2026-11-30")]
    to: Option<Day>,
    /// The `next` of the page before.
    after: Option<u64>,
    /// Entries on the page; 50 where it is left out, 200 at most.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
}

/// The moments that days from one to another take; refuses them the wrong way round.
pub(super) fn span(
    shared: &Shared,
    from: Option<Day>,
    to: Option<Day>,
) -> Result<(Option<Moment>, Option<Moment>), Problem> {
    if let (Some(first), Some(last)) = (from, to)
        && last < first
    {
        return Err(ServiceError::DaysReversed { first, last }.into());
    }
    let calendar = shared.service().calendar();
    let from = from.map(|day| calendar.start_of(day));
    Ok((from, to.map(|day| calendar.end_of(day))))
}

/// A text that is asked for; an empty one asks for nothing.
pub(super) fn given(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
}

/// Which page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paging {
    /// The `next` of the page before.
    pub(super) after: Option<u64>,
    /// Entries on the page.
    pub(super) limit: Option<u64>,
}

/// Who did what in the account, the newest first.
#[utoipa::path(
    get, path = "/accounts/{account}/audit", operation_id = "audit", tag = TAG,
    params(("account" = String, Path), AuditQuery),
    responses((status = 200, body = AuditPage), Problems),
)]
async fn audit(
    State(shared): State<Arc<Shared>>,
    reader: Reader,
    Query(query): Query<AuditQuery>,
) -> Result<Json<AuditPage>, Problem> {
    let (from, until) = span(&shared, query.from, query.to)?;
    let filter = AuditFilter {
        account: Some(reader.account),
        login: given(query.login).map(|login| login.to_ascii_lowercase()),
        action: given(query.action),
        from,
        until,
        ..AuditFilter::default()
    };
    let paging = Paging {
        after: query.after,
        limit: query.limit,
    };
    page(&shared, filter, paging).await
}

/// A page of the lines that a filter lets through.
pub(super) async fn page(
    shared: &Arc<Shared>,
    filter: AuditFilter,
    paging: Paging,
) -> Result<Json<AuditPage>, Problem> {
    let most = paging.limit.unwrap_or(USUAL).clamp(1, MOST);
    let filter = AuditFilter {
        before: paging.after,
        ..filter
    };
    // One more tells whether there is another page.
    let mut lines = work(shared, move |service| service.audit_log(&filter, most + 1)).await?;
    let on_page = usize::try_from(most).unwrap_or(usize::MAX);
    let is_last = lines.len() <= on_page;
    lines.truncate(on_page);
    let next = lines.last().filter(|_| !is_last);
    Ok(Json(AuditPage {
        next: next.map(|line| line.id.to_string()),
        entries: lines.into_iter().map(AuditEntry::from).collect(),
    }))
}
