//! The account itself.

use super::money::Grant;
use super::names::AccountState;
use super::{InAccount, Problem, Problems, Reader, work};
use crate::server::Shared;
use axum::Json;
use axum::extract::State;
use billing::{AccountId, Moment, Money};
use serde::Serialize;
use service::AccountView;
use std::sync::Arc;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// An account with its money and its rights to calls.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Account {
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
    /// When it was created.
    #[schema(value_type = String, format = DateTime, example = "2026-11-24T03:00:00Z")]
    created: Moment,
    /// Its rights to calls, those that are used up or over included, the oldest first.
    grants: Vec<Grant>,
}

impl Account {
    pub(super) fn new(view: AccountView, grants: Vec<billing::Grant>) -> Account {
        Account {
            id: view.id,
            name: view.name,
            state: view.state.into(),
            balance: view.balance,
            owed: view.owed,
            activity_limit: view.activity_limit,
            created: view.created,
            grants: grants.into_iter().map(Grant::from).collect(),
        }
    }
}

/// The account
#[utoipa::path(
    get,
    path = "/accounts/{account}",
    tag = "account",
    params(InAccount),
    responses((status = 200, description = "The account.", body = Account), Problems)
)]
async fn show_account(
    State(shared): State<Arc<Shared>>,
    reader: Reader,
) -> Result<Json<Account>, Problem> {
    let id = reader.account;
    let account = work(&shared, move |service| {
        let view = service.account(id)?;
        Ok::<_, Problem>(Account::new(view, service.grants(id)?))
    });
    Ok(Json(account.await?))
}

pub(super) fn operations() -> OpenApiRouter<Arc<Shared>> {
    OpenApiRouter::new().routes(routes!(show_account))
}
