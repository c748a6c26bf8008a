//! How pictures of materials are answered: the file as it was uploaded, or a small one of it for lists.

use super::{Problem, work};
use crate::server::Shared;
use axum::body::{Body, Bytes};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use pixel::Format;
use serde::Deserialize;
use service::{KeptPicture, Service, ThumbnailWidth};
use std::sync::Arc;
use std::time::Duration;
use utoipa::IntoParams;

/// How long a small picture may wait for its turn to be made.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// How a picture is wanted.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// A JPEG no wider than so many pixels instead of the file: 160, 320 or 640. Nothing is enlarged.
    #[param(example = 320)]
    width: Option<u32>,
    /// The material's `picture`. Where it is the present one, browsers keep a small picture.
    #[param(example = "6b1f0c6c9ad54f62")]
    v: Option<String>,
}

impl Wanted {
    fn width(&self) -> Result<Option<ThumbnailWidth>, Problem> {
        let width = self
            .width
            .map(|pixels| ThumbnailWidth::new(pixels).ok_or(pixels));
        width.transpose().map_err(|pixels| {
            let all = ThumbnailWidth::ALL
                .map(|width| width.to_string())
                .join(", ");
            Problem::new(
                StatusCode::BAD_REQUEST,
                "bad_width",
                format!("没有宽 {pixels} 像素的缩略图，可用宽度：{all}"),
                format!("there is no small picture {pixels} pixels wide; ask for one of {all}"),
            )
            .with("widths", ThumbnailWidth::ALL.to_vec())
        })
    }
}

/// How long browsers may show a picture without asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keeping {
    /// For whoever is signed in. Who signs out must not see it from a cache: files are asked for each time,
    /// which costs no bytes, and small pictures are kept for the cookie with which they came.
    Session,
    /// For a few minutes: a page that is hidden is soon gone.
    Minutes,
}

impl Keeping {
    fn header(self, is_small: bool, is_present: bool) -> &'static str {
        match self {
            Keeping::Minutes => "private, max-age=300",
            Keeping::Session if is_small && is_present => "private, max-age=31536000, immutable",
            Keeping::Session => "private, no-cache",
        }
    }
}

/// Answers with the picture that `find` finds, as it is wanted.
pub(crate) async fn answer(
    shared: &Arc<Shared>,
    headers: &HeaderMap,
    wanted: &Wanted,
    keeping: Keeping,
    find: impl FnOnce(&Service) -> Result<KeptPicture, Problem> + Send + 'static,
) -> Result<Response, Problem> {
    let width = wanted.width()?;
    let kept = work(shared, find).await?;
    let tag = kept.tag();
    let is_present = wanted.v.as_ref() == Some(&tag);
    let etag = match width {
        Some(width) => format!("\"{tag}-{}\"", width.pixels()),
        None => format!("\"{tag}\""),
    };
    let about = [
        (ETAG, etag.clone()),
        (
            CACHE_CONTROL,
            keeping.header(width.is_some(), is_present).to_owned(),
        ),
        (VARY, "Cookie".to_owned()),
    ];
    if is_known(headers, &etag) {
        return Ok((StatusCode::NOT_MODIFIED, about).into_response());
    }
    let (kind, body) = match width {
        Some(width) => ("image/jpeg", small(shared, kept, width).await?),
        None => {
            let kind = match kept.format {
                Some(Format::Jpeg) => "image/jpeg",
                Some(Format::Png) => "image/png",
                // Somebody uploaded it as a picture, and no browser is to take it for something else.
                None => "application/octet-stream",
            };
            let bytes = work(shared, move |service| service.read_picture(&kept)).await?;
            (kind, Bytes::from(bytes))
        }
    };
    let safe = [
        (CONTENT_TYPE, HeaderValue::from_static(kind)),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    Ok((about, safe, Body::from(body)).into_response())
}

/// A small picture. No more are made at once than a part of the cores: calls go before.
async fn small(
    shared: &Arc<Shared>,
    kept: KeptPicture,
    width: ThumbnailWidth,
) -> Result<Bytes, Problem> {
    if let Some(ready) = shared.service().ready_thumbnail(&kept, width) {
        return Ok(Bytes::from_owner(ready));
    }
    let turn = tokio::time::timeout(LONGEST_WAIT, shared.shrinking().acquire()).await;
    // The semaphore is never closed.
    let Ok(Ok(_turn)) = turn else {
        return Err(Problem::busy());
    };
    let made = work(shared, move |service| service.thumbnail(&kept, width)).await?;
    Ok(Bytes::from_owner(made))
}

/// Whether `If-None-Match` names the tag.
fn is_known(headers: &HeaderMap, etag: &str) -> bool {
    let known = headers.get(IF_NONE_MATCH);
    let known = known.and_then(|value| value.to_str().ok());
    known.is_some_and(|known| known.contains(etag) || known.trim() == "*")
}
