//! The pictures of a page.

#![expect(
    unused_qualifications,
    reason = "what the operations expand to is not ours"
)]

use super::page::{Look, OfPage, visible};
use crate::console::{Problem, Problems, work};
use crate::server::Shared;
use axum::extract::{Path, Query, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use billing::MaterialId;
use pixel::Format;
use serde::Deserialize;
use service::PictureFile;
use std::sync::Arc;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// How long a browser may show a picture without asking: a page that is hidden is soon gone.
const CACHED: &str = "private, max-age=300";

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
    params(OfPage, Look),
    responses(
        (status = 200, description = "The picture.", content((Vec<u8> = "image/jpeg"), (Vec<u8> = "image/png"))),
        Problems
    )
)]
async fn page_cover(
    State(shared): State<Arc<Shared>>,
    Path(path): Path<OfPage>,
    Query(look): Query<Look>,
    request: Request,
) -> Result<Response, Problem> {
    let page = visible(&shared, &path.slug, &look, request).await?;
    let found = work(&shared, move |service| service.page_cover(&page)).await?;
    let file = found.ok_or_else(|| Problem::not_found("cover of page", &path.slug))?;
    Ok(picture(file))
}

/// The picture of a material on a page
#[utoipa::path(
    get,
    path = "/c/{slug}/materials/{material}",
    tag = "pages",
    security(()),
    params(OfPageMaterial, Look),
    responses(
        (status = 200, description = "The picture.", content((Vec<u8> = "image/jpeg"), (Vec<u8> = "image/png"))),
        Problems
    )
)]
async fn page_material(
    State(shared): State<Arc<Shared>>,
    Path(path): Path<OfPageMaterial>,
    Query(look): Query<Look>,
    request: Request,
) -> Result<Response, Problem> {
    let not_found = || Problem::not_found("material", &path.material);
    let page = visible(&shared, &path.slug, &look, request).await?;
    let id: MaterialId = path.material.parse().map_err(|_| not_found())?;
    let found = work(&shared, move |service| service.page_picture(&page, id)).await?;
    Ok(picture(found.ok_or_else(not_found)?))
}

fn picture(file: PictureFile) -> Response {
    let kind = match file.format {
        Some(Format::Jpeg) => "image/jpeg",
        Some(Format::Png) => "image/png",
        None => "application/octet-stream",
    };
    ([(CONTENT_TYPE, kind), (CACHE_CONTROL, CACHED)], file.bytes).into_response()
}

pub(super) fn operations() -> OpenApiRouter<Arc<Shared>> {
    OpenApiRouter::new()
        .routes(routes!(page_cover))
        .routes(routes!(page_material))
}
