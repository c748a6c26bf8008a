//! Statements: a month as the customer can check it without the server.

use super::{InAccount, OfMonth, Problem, Problems, Reader};
use crate::server::Shared;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use billing::Month;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The months of which there are statements.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StatementMonths {
    /// The newest first.
    months: Vec<StatementMonth>,
    /// The public half of the key that signs statements, in hexadecimal digits.
    public_key: String,
    /// Its fingerprint, for people to compare.
    fingerprint: String,
}

/// A month of which there is a statement.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StatementMonth {
    /// The month.
    #[schema(value_type = String, example = "2026-11")]
    month: Month,
    /// Whether the month is over and its statement will not change.
    complete: bool,
}

/// A language of statements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum StatementLanguage {
    /// Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

/// In which language.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct InLanguage {
    /// The language.
    #[serde(default)]
    #[param(inline, required = false)]
    language: StatementLanguage,
}

/// Months with statements
#[utoipa::path(
    get,
    path = "/accounts/{account}/statements",
    tag = "statements",
    params(InAccount),
    responses((status = 200, description = "The months.", body = StatementMonths), Problems)
)]
async fn get_months(
    State(_shared): State<Arc<Shared>>,
    _reader: Reader,
) -> Result<Json<StatementMonths>, Problem> {
    Err(Problem::internal("not there yet"))
}

/// The signed statement of a month
///
/// The document that `mien verify` checks; its fields are described in docs/BILLING.md.
#[utoipa::path(
    get,
    path = "/accounts/{account}/statements/{month}",
    tag = "statements",
    params(OfMonth),
    responses((status = 200, description = "The statement, signed.", body = Object, content_type = "application/json"), Problems)
)]
async fn get_statement(
    State(_shared): State<Arc<Shared>>,
    _reader: Reader,
    Path(_path): Path<OfMonth>,
) -> Result<Response, Problem> {
    Err(Problem::internal("not there yet"))
}

/// The statement of a month, to look at and to print
#[utoipa::path(
    get,
    path = "/accounts/{account}/statements/{month}/statement.html",
    tag = "statements",
    params(OfMonth, InLanguage),
    responses((status = 200, description = "A page that needs nothing else.", body = String, content_type = "text/html"), Problems)
)]
async fn get_html(
    State(_shared): State<Arc<Shared>>,
    _reader: Reader,
    Path(_path): Path<OfMonth>,
    Query(_language): Query<InLanguage>,
) -> Result<Response, Problem> {
    Err(Problem::internal("not there yet"))
}

/// The calls of a month as a table
#[utoipa::path(
    get,
    path = "/accounts/{account}/statements/{month}/calls.csv",
    tag = "statements",
    params(OfMonth),
    responses((status = 200, description = "A line for each call, in the order of the log.", body = String, content_type = "text/csv"), Problems)
)]
async fn get_calls_csv(
    State(_shared): State<Arc<Shared>>,
    _reader: Reader,
    Path(_path): Path<OfMonth>,
) -> Result<Response, Problem> {
    Err(Problem::internal("not there yet"))
}

/// The calls of a month, one JSON object a line
///
/// Beside the statement it is all that `mien verify` needs to check every call.
#[utoipa::path(
    get,
    path = "/accounts/{account}/statements/{month}/calls.jsonl",
    tag = "statements",
    params(OfMonth),
    responses((status = 200, description = "A line for each call, in the order of the log.", body = String, content_type = "application/jsonl"), Problems)
)]
async fn get_calls_jsonl(
    State(_shared): State<Arc<Shared>>,
    _reader: Reader,
    Path(_path): Path<OfMonth>,
) -> Result<Response, Problem> {
    Err(Problem::internal("not there yet"))
}

pub(super) fn operations() -> OpenApiRouter<Arc<Shared>> {
    OpenApiRouter::new()
        .routes(routes!(get_months))
        .routes(routes!(get_statement))
        .routes(routes!(get_html))
        .routes(routes!(get_calls_csv))
        .routes(routes!(get_calls_jsonl))
}
