//! The pictures of a page.

#![expect(
    unused_qualifications,
    reason = "what the operations expand to is not ours"
)]

use super::page::{Look, OfPage, visible};
use crate::console::shown_picture::{Keeping, Wanted, answer};
use crate::console::{Problem, Problems};
use crate::server::Shared;
use axum::extract::{Path, Query, Request, State};
use axum::response::Response;
use billing::MaterialId;
use serde::Deserialize;
use service::Service;
use std::sync::Arc;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// A material on a page.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct OfPageMaterial {
    /// The name of the page.
    #[param(example = "spring-2027")]
    slug: String,
    /// The material.
    #[param(example = "qc_300100_154001_1")]
    material: String,
}

/// The cover of a page
#[utoipa::path(
    get,
    path = "/c/{slug}/cover",
    tag = "pages",
    security(()),
    params(OfPage, Look, Wanted),
    responses(
        (status = 200, description = "The picture.", content((Vec<u8> = "image/jpeg"), (Vec<u8> = "image/png"))),
        (status = 304, description = "The one that `If-None-Match` names is still the one."),
        Problems
    )
)]
async fn page_cover(
    State(shared): State<Arc<Shared>>,
    Path(path): Path<OfPage>,
    Query(look): Query<Look>,
    Query(wanted): Query<Wanted>,
    request: Request,
) -> Result<Response, Problem> {
    let headers = request.headers().clone();
    let page = visible(&shared, &path.slug, &look, request).await?;
    let find = move |service: &Service| {
        let cover = service.page_cover(&page);
        cover.ok_or_else(|| Problem::not_found("cover of page", &path.slug))
    };
    answer(&shared, &headers, &wanted, Keeping::Minutes, find).await
}

/// The picture of a material on a page
#[utoipa::path(
    get,
    path = "/c/{slug}/materials/{material}",
    tag = "pages",
    security(()),
    params(OfPageMaterial, Look, Wanted),
    responses(
        (status = 200, description = "The picture.", content((Vec<u8> = "image/jpeg"), (Vec<u8> = "image/png"))),
        (status = 304, description = "The one that `If-None-Match` names is still the one."),
        Problems
    )
)]
async fn page_material(
    State(shared): State<Arc<Shared>>,
    Path(path): Path<OfPageMaterial>,
    Query(look): Query<Look>,
    Query(wanted): Query<Wanted>,
    request: Request,
) -> Result<Response, Problem> {
    let headers = request.headers().clone();
    let page = visible(&shared, &path.slug, &look, request).await?;
    let Ok(id) = path.material.parse::<MaterialId>() else {
        return Err(Problem::not_found("material", &path.material));
    };
    let find = move |service: &Service| {
        let found = service.page_picture(&page, id)?;
        found.ok_or_else(|| Problem::not_found("material", &path.material))
    };
    answer(&shared, &headers, &wanted, Keeping::Minutes, find).await
}

pub(super) fn operations() -> OpenApiRouter<Arc<Shared>> {
    OpenApiRouter::new()
        .routes(routes!(page_cover))
        .routes(routes!(page_material))
}
