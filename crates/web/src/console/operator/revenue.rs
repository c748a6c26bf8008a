//! What came in, what was called for it, and what that cost.

#![expect(
    unused_qualifications,
    reason = "what the operations expand to is not ours"
)]

use crate::console::{Body, Operator, Problem, Problems, Trail, work};
use crate::server::Shared;
use axum::Json;
use axum::extract::{Query, State};
use billing::{Day, Money};
use serde::{Deserialize, Serialize};
use service::RevenuePeriod;
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Revenue over time. All lists are as long as `periods`; all amounts are yuan.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RevenueReport {
    /// The first day.
    #[schema(value_type = String, format = Date, example = "2026-11-01")]
    from: Day,
    /// The last day, included.
    #[schema(value_type = String, format = Date, example = "2026-11-24")]
    to: Day,
    /// What a period is.
    by: RevenueBy,
    /// The periods in order, as `2026-11-24` or `2026-11`; none is left out. A month is told as far as the
    /// days asked for reach.
    #[schema(example = json!(["2026-10", "2026-11"]))]
    periods: Vec<String>,
    /// What came in: an order where it was paid; a bill on the last day of the month that it is for, so the
    /// month under way has none yet.
    series: Vec<RevenueOfKind>,
    /// All that came in.
    #[schema(value_type = Vec<String>, example = json!(["20000.00", "5000.00"]))]
    revenue: Vec<Money>,
    /// Calls that count.
    #[schema(example = json!([1000000, 1300]))]
    calls: Vec<u64>,
    /// What they cost by the operator's cost of a million calls, each period rounded half up to the fen.
    #[schema(value_type = Vec<String>, example = json!(["120.00", "0.16"]))]
    cost: Vec<Money>,
    /// What came in less what it cost.
    #[schema(value_type = Vec<String>, example = json!(["19880.00", "4999.84"]))]
    margin: Vec<Money>,
    /// The sums of the lists.
    total: RevenueTotal,
}

/// Revenue of one kind.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RevenueOfKind {
    /// What for.
    kind: RevenueKind,
    /// Of each period.
    #[schema(value_type = Vec<String>, example = json!(["20000.00", "5000.00"]))]
    amounts: Vec<Money>,
    /// Of all periods.
    #[schema(value_type = String, example = "25000.00")]
    total: Money,
}

/// The sums of a report.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RevenueTotal {
    /// All that came in.
    #[schema(value_type = String, example = "25000.00")]
    revenue: Money,
    /// Calls that count.
    #[schema(example = 1001300)]
    calls: u64,
    /// What they cost.
    #[schema(value_type = String, example = "120.16")]
    cost: Money,
    /// What came in less what it cost.
    #[schema(value_type = String, example = "24879.84")]
    margin: Money,
}

/// What money came in for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RevenueKind {
    /// Licences.
    Licence,
    /// QPS upgrades.
    Qps,
    /// Shared packs.
    Pack,
    /// Bills of postpaid calls.
    Postpaid,
}

impl From<billing::Revenue> for RevenueKind {
    fn from(kind: billing::Revenue) -> RevenueKind {
        match kind {
            billing::Revenue::Licence => RevenueKind::Licence,
            billing::Revenue::Qps => RevenueKind::Qps,
            billing::Revenue::Pack => RevenueKind::Pack,
            billing::Revenue::Postpaid => RevenueKind::Postpaid,
        }
    }
}

/// A length of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RevenueBy {
    /// A day of the calendar.
    #[default]
    Day,
    /// A month of the calendar.
    Month,
}

impl From<RevenueBy> for RevenuePeriod {
    fn from(by: RevenueBy) -> RevenuePeriod {
        match by {
            RevenueBy::Day => RevenuePeriod::Day,
            RevenueBy::Month => RevenuePeriod::Month,
        }
    }
}

/// Of which days, and by what.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct RevenueQuery {
    /// The first day.
    #[param(value_type = String, format = Date, example = "2026-11-01")]
    from: Day,
    /// The last day, included.
    #[param(value_type = String, format = Date, example = "2026-11-24")]
    to: Day,
    /// By day without it.
    #[serde(default)]
    #[param(inline, required = false)]
    by: RevenueBy,
}

/// What calls cost the operator.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Costs {
    /// What a million calls cost, in yuan; 0.00 until it is set.
    #[schema(value_type = String, example = "120.00")]
    per_million_calls: Money,
}

/// Revenue over time
#[utoipa::path(
    get,
    path = "/operator/revenue",
    tag = "operator",
    params(RevenueQuery),
    responses((status = 200, description = "The report.", body = RevenueReport), Problems)
)]
async fn revenue(
    State(shared): State<Arc<Shared>>,
    _operator: Operator,
    Query(query): Query<RevenueQuery>,
) -> Result<Json<RevenueReport>, Problem> {
    let RevenueQuery { from, to, by } = query;
    let told = work(&shared, move |service| service.revenue(from, to, by.into())).await?;
    let kinds = billing::Revenue::ALL.into_iter().zip(told.amounts);
    Ok(Json(RevenueReport {
        from,
        to,
        by,
        series: kinds
            .map(|(kind, amounts)| RevenueOfKind {
                kind: kind.into(),
                total: sum(&amounts),
                amounts,
            })
            .collect(),
        total: RevenueTotal {
            revenue: sum(&told.revenue),
            calls: told.calls.iter().sum(),
            cost: sum(&told.cost),
            margin: sum(&told.margin),
        },
        periods: told.periods,
        revenue: told.revenue,
        calls: told.calls,
        cost: told.cost,
        margin: told.margin,
    }))
}

fn sum(amounts: &[Money]) -> Money {
    Money::from_fen(amounts.iter().map(|amount| amount.fen()).sum())
}

/// What calls cost
#[utoipa::path(
    get,
    path = "/operator/costs",
    tag = "operator",
    responses((status = 200, description = "The cost.", body = Costs), Problems)
)]
async fn costs(
    State(shared): State<Arc<Shared>>,
    _operator: Operator,
) -> Result<Json<Costs>, Problem> {
    let per_million_calls = work(&shared, |service| service.cost_per_million_calls()).await?;
    Ok(Json(Costs { per_million_calls }))
}

/// Set what calls cost
#[utoipa::path(
    put,
    path = "/operator/costs",
    tag = "operator",
    request_body = Costs,
    responses((status = 200, description = "All reports are told by it from now on, past periods included.", body = Costs), Problems)
)]
async fn set_costs(
    State(shared): State<Arc<Shared>>,
    _operator: Operator,
    trail: Trail,
    Body(costs): Body<Costs>,
) -> Result<Json<Costs>, Problem> {
    trail.detail(format!("{} per million calls", costs.per_million_calls));
    let set = work(&shared, move |service| {
        service.set_cost_per_million_calls(costs.per_million_calls)
    });
    set.await?;
    Ok(Json(costs))
}

pub(super) fn operations() -> OpenApiRouter<Arc<Shared>> {
    OpenApiRouter::new()
        .routes(routes!(revenue))
        .routes(routes!(costs, set_costs))
}
