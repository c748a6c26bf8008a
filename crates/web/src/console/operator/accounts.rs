//! Accounts: opening them, crediting them, stopping them.

use crate::console::names::AccountState;
use crate::console::paths::{self, given};
use crate::console::{Body, InAccount, Operator, Problem, Problems, Trail, work};
use crate::server::Shared;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use billing::{AccountId, Moment, Money, Month};
use serde::{Deserialize, Serialize};
use service::{AccountSummary, TopUp};
use std::sync::Arc;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// An account as an operator looks over it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AccountOverview {
    /// Its id.
    #[schema(value_type = String, example = "100001")]
    id: AccountId,
    /// Its name.
    #[schema(example = "Lanterns Ltd")]
    name: String,
    /// Whether it may be used.
    state: AccountState,
    /// What it holds, in yuan.
    #[schema(value_type = String, example = "5000.00")]
    balance: Money,
    /// What it owes for bills that are not paid, in yuan; above zero its calls are refused.
    #[schema(value_type = String, example = "0.00")]
    owed: Money,
    /// Activities it may create, deleted ones included.
    #[schema(example = 20)]
    activity_limit: u32,
    /// Activities it has.
    #[schema(example = 3)]
    activities: u64,
    /// Its calls of this month that count.
    #[schema(example = 12000)]
    calls_this_month: u64,
    /// Whether its pictures need not carry the visible mark now.
    label_exempt: bool,
    /// When it was created.
    #[schema(value_type = String, format = DateTime, example = "2026-11-24T03:00:00Z")]
    created: Moment,
}

impl From<AccountSummary> for AccountOverview {
    fn from(summary: AccountSummary) -> AccountOverview {
        let account = summary.account;
        AccountOverview {
            id: account.id,
            name: account.name,
            state: account.state.into(),
            balance: account.balance,
            owed: account.owed,
            activity_limit: account.activity_limit,
            activities: summary.activities,
            calls_this_month: summary.calls_this_month,
            label_exempt: summary.label_exempt,
            created: account.created,
        }
    }
}

/// All accounts.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AccountOverviews {
    /// By id.
    accounts: Vec<AccountOverview>,
}

/// An account to be opened.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewAccount {
    /// Its name, 1 to 40 characters.
    #[schema(example = "Lanterns Ltd")]
    name: String,
}

/// What is to change about an account; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AccountPatch {
    /// Whether it may be used.
    state: Option<AccountState>,
    /// Activities it may create; `null` for the usual number.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<u32>, nullable, required = false, example = 40)]
    activity_limit: Option<Option<u32>>,
}

/// Money for an account.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewTopUp {
    /// 1 to 64 characters of the operator's own; the same key is credited once, whatever is retried.
    #[schema(example = "transfer-2026-11-24-7")]
    key: String,
    /// How much, in yuan; above zero.
    #[schema(value_type = String, example = "5000.00")]
    amount: Money,
    /// A remark for the customer's ledger, at most 200 characters.
    #[serde(default)]
    #[schema(example = "bank transfer")]
    note: String,
}

/// What a top-up brought about.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TopUpDone {
    /// What came in, in yuan.
    #[schema(value_type = String, example = "5000.00")]
    amount: Money,
    /// The balance after it, and after the bills it paid.
    #[schema(value_type = String, example = "5000.00")]
    balance: Money,
    /// Months whose bills it paid.
    #[schema(value_type = Vec<String>, example = json!(["2026-10"]))]
    bills_paid: Vec<Month>,
    /// Whether this key was credited before and nothing happened now.
    repeated: bool,
}

impl From<TopUp> for TopUpDone {
    fn from(done: TopUp) -> TopUpDone {
        TopUpDone {
            amount: done.amount,
            balance: done.balance,
            bills_paid: done.bills_paid,
            repeated: done.repeated,
        }
    }
}

/// All accounts
#[utoipa::path(
    get,
    path = "/operator/accounts",
    tag = "operator",
    responses((status = 200, description = "All of them, by id.", body = AccountOverviews), Problems)
)]
async fn all_accounts(
    State(shared): State<Arc<Shared>>,
    _operator: Operator,
) -> Result<Json<AccountOverviews>, Problem> {
    let all = work(&shared, |service| service.account_summaries()).await?;
    let accounts = all.into_iter().map(AccountOverview::from).collect();
    Ok(Json(AccountOverviews { accounts }))
}

/// Open an account
#[utoipa::path(
    post,
    path = "/operator/accounts",
    tag = "operator",
    request_body = NewAccount,
    responses((status = 201, description = "It is there.", body = AccountOverview), Problems)
)]
async fn open_account(
    State(shared): State<Arc<Shared>>,
    _operator: Operator,
    trail: Trail,
    Body(new): Body<NewAccount>,
) -> Result<(StatusCode, Json<AccountOverview>), Problem> {
    let opened = work(&shared, move |service| {
        let account = service.create_account(&new.name)?;
        trail.in_account(account.id);
        trail.detail(account.name);
        service.account_summary(account.id)
    });
    Ok((StatusCode::CREATED, Json(opened.await?.into())))
}

/// One account
#[utoipa::path(
    get,
    path = "/operator/accounts/{account}",
    tag = "operator",
    params(InAccount),
    responses((status = 200, description = "The account.", body = AccountOverview), Problems)
)]
async fn one_account(
    State(shared): State<Arc<Shared>>,
    _operator: Operator,
    Path(path): Path<InAccount>,
) -> Result<Json<AccountOverview>, Problem> {
    let id: AccountId = paths::id("account", &path.account)?;
    let found = work(&shared, move |service| service.account_summary(id)).await?;
    Ok(Json(found.into()))
}

/// Stop an account, let it in again, or set its limit
#[utoipa::path(
    patch,
    path = "/operator/accounts/{account}",
    tag = "operator",
    params(InAccount),
    request_body = AccountPatch,
    responses((status = 200, description = "As it is now.", body = AccountOverview), Problems)
)]
async fn change_account(
    State(shared): State<Arc<Shared>>,
    _operator: Operator,
    trail: Trail,
    Path(path): Path<InAccount>,
    Body(patch): Body<AccountPatch>,
) -> Result<Json<AccountOverview>, Problem> {
    let id: AccountId = paths::id("account", &path.account)?;
    trail.in_account(id);
    trail.detail(patch.detail());
    let changed = work(&shared, move |service| {
        if let Some(state) = patch.state {
            service.set_account_state(id, state.into())?;
        }
        if let Some(limit) = patch.activity_limit {
            service.set_activity_limit(id, limit)?;
        }
        service.account_summary(id)
    });
    Ok(Json(changed.await?.into()))
}

impl AccountPatch {
    /// What changes, for the audit log.
    fn detail(&self) -> String {
        let state = self.state.map(|state| match state {
            AccountState::Active => "active".to_owned(),
            AccountState::Suspended => "suspended".to_owned(),
        });
        let limit = self.activity_limit.map(|limit| match limit {
            Some(limit) => format!("activity limit {limit}"),
            None => "the usual activity limit".to_owned(),
        });
        let parts = [state, limit].into_iter().flatten();
        parts.collect::<Vec<_>>().join(", ")
    }
}

/// Credit an account
#[utoipa::path(
    post,
    path = "/operator/accounts/{account}/top-ups",
    tag = "operator",
    params(InAccount),
    request_body = NewTopUp,
    responses((status = 200, description = "It is credited, once for each key; bills that wait are paid first.", body = TopUpDone), Problems)
)]
async fn top_up(
    State(shared): State<Arc<Shared>>,
    _operator: Operator,
    trail: Trail,
    Path(path): Path<InAccount>,
    Body(new): Body<NewTopUp>,
) -> Result<Json<TopUpDone>, Problem> {
    let id: AccountId = paths::id("account", &path.account)?;
    trail.in_account(id);
    trail.detail(format!("{} {} {}", new.key, new.amount, new.note));
    let done = work(&shared, move |service| {
        service.top_up(id, new.amount, &new.key, &new.note)
    });
    Ok(Json(done.await?.into()))
}

pub(super) fn operations() -> OpenApiRouter<Arc<Shared>> {
    OpenApiRouter::new()
        .routes(routes!(all_accounts, open_account))
        .routes(routes!(one_account, change_account))
        .routes(routes!(top_up))
}
