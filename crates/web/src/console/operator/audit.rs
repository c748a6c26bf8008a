//! Who did what, over all accounts.

#![expect(
    unused_qualifications,
    reason = "what the operations expand to is not ours"
)]

use crate::console::audit::{AuditPage, Paging, given, page, span};
use crate::console::{Operator, Problem, Problems};
use crate::server::Shared;
use axum::Json;
use axum::extract::{Query, State};
use billing::{AccountId, Day};
use serde::Deserialize;
use service::AuditFilter;
use std::sync::Arc;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Which entries; all without it.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct AuditQuery {
    /// Of one account.
    #[param(value_type = Option<String>, example = "100001")]
    account: Option<AccountId>,
    /// By one user, by its id.
    #[param(value_type = Option<String>, example = "1")]
    user: Option<u64>,
    /// Of one kind.
    #[param(example = "add_member")]
    action: Option<String>,
    /// By the user with this login.
    #[param(example = "lin")]
    login: Option<String>,
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

/// Who did what
#[utoipa::path(
    get,
    path = "/operator/audit",
    tag = "operator",
    params(AuditQuery),
    responses((status = 200, description = "A page, the newest first.", body = AuditPage), Problems)
)]
async fn whole_audit(
    State(shared): State<Arc<Shared>>,
    _operator: Operator,
    Query(query): Query<AuditQuery>,
) -> Result<Json<AuditPage>, Problem> {
    let (from, until) = span(&shared, query.from, query.to)?;
    let filter = AuditFilter {
        account: query.account,
        user: query.user,
        login: given(query.login).map(|login| login.to_ascii_lowercase()),
        action: given(query.action),
        from,
        until,
        before: None,
    };
    let paging = Paging {
        after: query.after,
        limit: query.limit,
    };
    page(&shared, filter, paging).await
}

pub(super) fn operations() -> OpenApiRouter<Arc<Shared>> {
    OpenApiRouter::new().routes(routes!(whole_audit))
}
