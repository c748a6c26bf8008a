//! `/accounts/{account}/audit`: who did what in an account.

use super::{Problem, Problems, Reader, work};
use crate::server::Shared;
use axum::Json;
use axum::extract::{Query, State};
use billing::{AccountId, Moment};
use serde::{Deserialize, Serialize};
use service::{AuditFilter, AuditView};
use std::sync::Arc;
use utoipa::ToSchema;
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
    /// Who; null for the command line.
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

/// Which page.
#[derive(Clone, Copy, Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Paging {
    /// The `next` of the page before.
    pub(super) after: Option<u64>,
    /// Entries on the page; 50 where it is left out, 200 at most.
    #[param(minimum = 1, maximum = 200)]
    pub(super) limit: Option<u64>,
}

/// Who did what in the account, the newest first.
#[utoipa::path(
    get, path = "/accounts/{account}/audit", operation_id = "audit", tag = TAG,
    params(("account" = String, Path), Paging),
    responses((status = 200, body = AuditPage), Problems),
)]
async fn audit(
    State(shared): State<Arc<Shared>>,
    reader: Reader,
    Query(paging): Query<Paging>,
) -> Result<Json<AuditPage>, Problem> {
    let filter = AuditFilter {
        account: Some(reader.account),
        ..AuditFilter::default()
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
