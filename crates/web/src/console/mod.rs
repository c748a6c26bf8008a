//! The console API, `/api/v1`: JSON for the web console and for programs that manage accounts.
//!
//! One file for each subject holds its shapes (what goes over the wire, with their schemas) and its operations.
//! Who asks is taken from the session's cookie by the extractors of [`caller`]; what went wrong becomes a
//! [`Problem`]. The document that describes all of it is put together here from the operations themselves.

mod caller;
mod problem;
mod work;

pub(crate) use caller::{Editor, Operator, Owner, Reader, User};
pub(crate) use problem::Problem;
pub(crate) use work::work;

use crate::server::Shared;
use std::sync::Arc;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

/// What the document says before its operations.
#[derive(OpenApi)]
#[openapi(info(
    title = "mien console API",
    description = "Manages accounts, activities, materials, orders and bills."
))]
struct Document;

/// All operations, under `/api/v1`.
pub(crate) fn operations() -> OpenApiRouter<Arc<Shared>> {
    let all = OpenApiRouter::new();
    OpenApiRouter::with_openapi(Document::openapi()).nest("/api/v1", all)
}
