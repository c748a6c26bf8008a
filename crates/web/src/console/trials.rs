//! Trying a material out: never counted, on the cores that calls use.

use super::materials::TrialSettings;
use super::{Editor, OfMaterial, Picture, Problem, Problems};
use crate::server::Shared;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use std::sync::Arc;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Try a material out
#[utoipa::path(
    post,
    path = "/accounts/{account}/materials/{material}/trial",
    tag = "materials",
    params(OfMaterial, TrialSettings),
    request_body(content((Vec<u8> = "image/jpeg"), (Vec<u8> = "image/png")), description = "The user's photo, 10 MB at most."),
    responses(
        (status = 200, description = "The picture, in the material's format, marked and labelled as that of any call.", content((Vec<u8> = "image/jpeg"), (Vec<u8> = "image/png"))),
        Problems
    )
)]
async fn try_out(
    State(_shared): State<Arc<Shared>>,
    _editor: Editor,
    Path(_path): Path<OfMaterial>,
    Query(_settings): Query<TrialSettings>,
    Picture(_photo, _room): Picture,
) -> Result<Response, Problem> {
    Err(Problem::internal("not there yet"))
}

pub(super) fn operations() -> OpenApiRouter<Arc<Shared>> {
    OpenApiRouter::new().routes(routes!(try_out))
}
