//! Usage: how many calls, by time and by what they have in common.

#![expect(
    unused_qualifications,
    reason = "what the operations expand to is not ours"
)]

use super::csv;
use super::{InAccount, Problem, Problems, Reader, work};
use crate::server::Shared;
use axum::Json;
use axum::extract::{Query, State};
use axum::response::Response;
use billing::Day;
use serde::{Deserialize, Serialize};
use service::Service;
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Usage over time.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Usage {
    /// The first day.
    #[schema(value_type = String, format = Date, example = "2026-11-01")]
    from: Day,
    /// The last day, included.
    #[schema(value_type = String, format = Date, example = "2026-11-24")]
    to: Day,
    /// What a period is.
    by: Period,
    /// What a series is.
    split: Split,
    /// The periods in order, as `2026-11-24 08:00`, `2026-11-24` or `2026-11`; none is left out.
    #[schema(example = json!(["2026-11-23", "2026-11-24"]))]
    periods: Vec<String>,
    /// The greatest series first; one for all calls without a split.
    series: Vec<Series>,
    /// All calls of all series.
    #[schema(example = 1300)]
    total: u64,
}

/// Calls that have something in common.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Series {
    /// What, for programs: `all`, an activity's id, `grant:1`, `postpaid`, `nobody`, an outcome.
    #[schema(example = "300100")]
    key: String,
    /// What, for people: an activity's name where it has one, else the key.
    #[schema(example = "春节")]
    label: String,
    /// Calls of each period.
    #[schema(example = json!([600, 700]))]
    calls: Vec<u64>,
    /// Calls of all periods.
    #[schema(example = 1300)]
    total: u64,
}

/// A length of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Period {
    /// An hour.
    Hour,
    /// A day of the calendar.
    #[default]
    Day,
    /// A month of the calendar.
    Month,
}

/// By what calls are told apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Split {
    /// By nothing.
    #[default]
    None,
    /// By activity.
    Activity,
    /// By what paid.
    ChargedTo,
    /// By how they ended.
    Outcome,
}

/// Which usage.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct UsageQuery {
    /// The first day; without it as far back as a chart shows.
    #[param(value_type = Option<String>, format = Date, example = "2026-11-01")]
    from: Option<Day>,
    /// The last day, included; today without it.
    #[param(value_type = Option<String>, format = Date, example = "2026-11-24")]
    to: Option<Day>,
    /// What a period is.
    #[serde(default)]
    #[param(inline, required = false)]
    by: Period,
    /// What a series is.
    #[serde(default)]
    #[param(inline, required = false)]
    split: Split,
}

/// Usage over time
#[utoipa::path(
    get,
    path = "/accounts/{account}/usage",
    tag = "usage",
    params(InAccount, UsageQuery),
    responses((status = 200, description = "Calls by period, 1000 periods at most.", body = Usage), Problems)
)]
async fn get_usage(
    State(shared): State<Arc<Shared>>,
    reader: Reader,
    Query(query): Query<UsageQuery>,
) -> Result<Json<Usage>, Problem> {
    Ok(Json(usage(&shared, reader, query).await?))
}

async fn usage(shared: &Arc<Shared>, reader: Reader, query: UsageQuery) -> Result<Usage, Problem> {
    let account = reader.account;
    let usage = work(shared, move |service| {
        let (from, to) = query.days(service);
        let (by, split) = (query.by.into(), query.split.into());
        let found = service.usage_series(account, from, to, by, split)?;
        Ok::<_, Problem>(Usage {
            from,
            to,
            by: query.by,
            split: query.split,
            total: found.series.iter().map(|series| series.total).sum(),
            periods: found.periods,
            series: found.series.into_iter().map(Series::from).collect(),
        })
    });
    usage.await
}

impl UsageQuery {
    /// The days asked for; as many as a chart shows where nothing is said.
    fn days(&self, service: &Service) -> (Day, Day) {
        let last = self
            .to
            .unwrap_or_else(|| service.calendar().day_of(service.now()));
        let first = self.from.unwrap_or_else(|| match self.by {
            Period::Hour => last,
            Period::Day => last.plus_days(-29),
            Period::Month => (0..11)
                .fold(last.month(), |month, _| month.previous())
                .first_day(),
        });
        (first, last)
    }
}

impl From<service::Series> for Series {
    fn from(series: service::Series) -> Series {
        let key = series.key.to_string();
        Series {
            label: series.label.unwrap_or_else(|| key.clone()),
            key,
            calls: series.calls,
            total: series.total,
        }
    }
}

impl From<Period> for service::Period {
    fn from(period: Period) -> service::Period {
        match period {
            Period::Hour => service::Period::Hour,
            Period::Day => service::Period::Day,
            Period::Month => service::Period::Month,
        }
    }
}

impl From<Split> for service::Split {
    fn from(split: Split) -> service::Split {
        match split {
            Split::None => service::Split::None,
            Split::Activity => service::Split::Activity,
            Split::ChargedTo => service::Split::ChargedTo,
            Split::Outcome => service::Split::Outcome,
        }
    }
}

/// Usage as a table
#[utoipa::path(
    get,
    path = "/accounts/{account}/usage.csv",
    tag = "usage",
    params(InAccount, UsageQuery),
    responses((status = 200, description = "A line for each period and series that has calls.", body = String, content_type = "text/csv"), Problems)
)]
async fn get_usage_csv(
    State(shared): State<Arc<Shared>>,
    reader: Reader,
    Query(query): Query<UsageQuery>,
) -> Result<Response, Problem> {
    let account = reader.account;
    let usage = usage(&shared, reader, query).await?;
    let mut table = String::from(csv::BYTE_ORDER_MARK);
    csv::line(&mut table, &["period", "key", "label", "calls"]);
    for (place, period) in usage.periods.iter().enumerate() {
        for series in &usage.series {
            let calls = series.calls.get(place).copied().unwrap_or(0);
            if calls > 0 {
                let calls = calls.to_string();
                csv::line(&mut table, &[period, &series.key, &series.label, &calls]);
            }
        }
    }
    let name = format!("usage-{account}-{}-{}.csv", usage.from, usage.to);
    Ok(csv::download(&name, table.into()))
}

pub(super) fn operations() -> OpenApiRouter<Arc<Shared>> {
    OpenApiRouter::new()
        .routes(routes!(get_usage))
        .routes(routes!(get_usage_csv))
}
