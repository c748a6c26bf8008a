//! `/operator`: what only operators see and do, over all accounts.

mod accounts;
mod audit;
mod catalogue;
mod exemptions;
mod health;
mod revenue;
mod reviews;
mod users;

use crate::server::Shared;
use std::sync::Arc;
use utoipa_axum::router::OpenApiRouter;

pub(super) fn operations() -> OpenApiRouter<Arc<Shared>> {
    OpenApiRouter::new()
        .merge(accounts::operations())
        .merge(exemptions::operations())
        .merge(users::operations())
        .merge(reviews::operations())
        .merge(catalogue::operations())
        .merge(revenue::operations())
        .merge(health::operations())
        .merge(audit::operations())
}
