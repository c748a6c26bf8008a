//! Statements: a month as the customer can check it without the server.

#![expect(
    unused_qualifications,
    reason = "what the operations expand to is not ours"
)]

use super::csv;
use super::paths::id;
use super::stream::stream;
use super::{InAccount, OfMonth, Problem, Problems, Reader, work};
use crate::server::Shared;
use axum::Json;
use axum::body::Body as ResponseBody;
use axum::extract::{Path, Query, State};
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use billing::statement::{Language, SignedStatement, html};
use billing::{CallRow, Month};
use serde::{Deserialize, Serialize};
use std::io;
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Calls that are read from the books at once.
const CALLS_AT_ONCE: u64 = 5_000;

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
    State(shared): State<Arc<Shared>>,
    reader: Reader,
) -> Result<Json<StatementMonths>, Problem> {
    let account = reader.account;
    let months = work(&shared, move |service| {
        let months = service.statement_months(account)?.into_iter();
        let key = service.statement_key()?;
        Ok::<_, Problem>(StatementMonths {
            months: months
                .map(|(month, complete)| StatementMonth { month, complete })
                .collect(),
            public_key: key.to_string(),
            fingerprint: key.fingerprint(),
        })
    });
    Ok(Json(months.await?))
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
    State(shared): State<Arc<Shared>>,
    reader: Reader,
    Path(path): Path<OfMonth>,
) -> Result<Response, Problem> {
    let signed = signed(&shared, &reader, &path).await?;
    let text = signed.to_json_pretty();
    let text = text.map_err(|error| Problem::internal(&error.to_string()))?;
    Ok(([(CONTENT_TYPE, "application/json")], text).into_response())
}

async fn signed(
    shared: &Arc<Shared>,
    reader: &Reader,
    path: &OfMonth,
) -> Result<SignedStatement, Problem> {
    let month: Month = id("month", &path.month)?;
    let account = reader.account;
    work(shared, move |service| service.statement(account, month)).await
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
    State(shared): State<Arc<Shared>>,
    reader: Reader,
    Path(path): Path<OfMonth>,
    Query(asked): Query<InLanguage>,
) -> Result<Response, Problem> {
    let signed = signed(&shared, &reader, &path).await?;
    let language = match asked.language {
        StatementLanguage::Zh => Language::Zh,
        StatementLanguage::En => Language::En,
    };
    let about = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        // The page brings its own style, and needs nothing else.
        (
            CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-modals",
        ),
    ];
    Ok((about, html(&signed, language)).into_response())
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
    State(shared): State<Arc<Shared>>,
    reader: Reader,
    Path(path): Path<OfMonth>,
) -> Result<Response, Problem> {
    let mut head = String::new();
    let names = [
        "seq",
        "id",
        "at",
        "activity",
        "material",
        "outcome",
        "charged_to",
        "digest",
    ];
    csv::line(&mut head, &names);
    let service = Arc::clone(shared.service());
    let write = move |row: &CallRow, text: &mut String| {
        let fields = [
            row.seq.to_string(),
            row.id.to_string(),
            service.calendar().write(row.at),
            row.activity.to_string(),
            row.material.map(|id| id.to_string()).unwrap_or_default(),
            row.outcome.to_string(),
            row.charged_to.to_string(),
            row.digest.to_string(),
        ];
        csv::line(text, &fields.each_ref().map(String::as_str));
    };
    let name = format!("calls-{}-{}.csv", reader.account, path.month);
    let lines = calls(&shared, &reader, &path, head, write).await?;
    Ok(csv::download(&name, lines))
}

/// The calls of a month as lines, read as they are sent.
async fn calls(
    shared: &Arc<Shared>,
    reader: &Reader,
    path: &OfMonth,
    head: String,
    write: impl Fn(&CallRow, &mut String) + Send + 'static,
) -> Result<ResponseBody, Problem> {
    let month: Month = id("month", &path.month)?;
    let account = reader.account;
    // Whether it can be told of, before anything is said.
    work(shared, move |service| {
        service.calls_after(account, month, 0, 1)
    })
    .await?;
    let service = Arc::clone(shared.service());
    let mut after = 0;
    Ok(stream(head, move |text| {
        let rows = service
            .calls_after(account, month, after, CALLS_AT_ONCE)
            .map_err(io::Error::other)?;
        for row in &rows {
            write(row, text);
            after = row.seq;
        }
        Ok(!rows.is_empty())
    }))
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
    State(shared): State<Arc<Shared>>,
    reader: Reader,
    Path(path): Path<OfMonth>,
) -> Result<Response, Problem> {
    let write = |row: &CallRow, text: &mut String| {
        // A row is plain numbers and texts, which always can be written.
        if let Ok(line) = serde_json::to_string(row) {
            text.push_str(&line);
            text.push('\n');
        }
    };
    let lines = calls(&shared, &reader, &path, String::new(), write).await?;
    Ok(([(CONTENT_TYPE, "application/jsonl")], lines).into_response())
}

pub(super) fn operations() -> OpenApiRouter<Arc<Shared>> {
    OpenApiRouter::new()
        .routes(routes!(get_months))
        .routes(routes!(get_statement))
        .routes(routes!(get_html))
        .routes(routes!(get_calls_csv))
        .routes(routes!(get_calls_jsonl))
}
