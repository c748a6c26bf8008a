//! What is for sale, and what to buy of it for a need.

mod for_sale;
mod plans;

pub(super) use for_sale::Catalogue;

use super::{Body, InAccount, Problem, Problems, Reader, Trail, work};
use crate::server::Shared;
use axum::Json;
use axum::extract::State;
use billing::plan::Need;
use plans::{Plan, PlanNeed, PlanNote, Plans};
use std::sync::Arc;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// What is for sale
#[utoipa::path(
    get,
    path = "/accounts/{account}/catalogue",
    tag = "orders",
    params(InAccount),
    responses((status = 200, description = "The edition in force.", body = Catalogue), Problems)
)]
async fn list_for_sale(State(shared): State<Arc<Shared>>, _reader: Reader) -> Json<Catalogue> {
    Json(Catalogue::from(shared.service().catalogue().as_ref()))
}

/// What to buy for a need
#[utoipa::path(
    post,
    path = "/accounts/{account}/plan",
    tag = "orders",
    params(InAccount),
    request_body = PlanNeed,
    responses((status = 200, description = "The cheapest plans.", body = Plans), Problems)
)]
async fn plan(
    State(shared): State<Arc<Shared>>,
    _reader: Reader,
    trail: Trail,
    Body(asked): Body<PlanNeed>,
) -> Result<Json<Plans>, Problem> {
    trail.changes_nothing();
    let need = Need {
        calls_per_month: asked.calls_per_month,
        months: asked.months,
        peak_qps: asked.peak_qps,
        peak_days_per_month: asked.peak_days,
        materials: asked.materials,
    };
    let plans = work(&shared, move |service| need.plans(&service.catalogue())).await?;
    Ok(Json(Plans {
        need: asked,
        catalogue: plans.catalogue,
        warnings: plans.warnings.iter().map(PlanNote::from).collect(),
        plans: plans.plans.into_iter().map(Plan::from).collect(),
    }))
}

pub(super) fn operations() -> OpenApiRouter<Arc<Shared>> {
    OpenApiRouter::new()
        .routes(routes!(list_for_sale))
        .routes(routes!(plan))
}
