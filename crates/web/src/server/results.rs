//! `GET /results/{key}`: results that were asked for as addresses; and how pictures are given out.

use super::Shared;
use super::range::{Part, part};
use super::watch::without_keys;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, RANGE,
};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use pixel::Format;
use service::{KeptResult, ServiceError};
use std::sync::Arc;

/// A picture that may be fetched; `None` where there is none.
pub(super) type Found = Option<KeptResult>;

/// The picture under a key. Who does not hold the key of one that is there learns nothing.
pub(super) async fn get(
    State(shared): State<Arc<Shared>>,
    Path(key): Path<String>,
    headers: HeaderMap,
) -> Response {
    let service = Arc::clone(&shared.service);
    respond(&shared, &headers, move || service.result(&key)).await
}

/// Answers with what `find`, which may block, finds.
pub(super) async fn respond(
    shared: &Shared,
    headers: &HeaderMap,
    find: impl FnOnce() -> Result<Found, ServiceError> + Send + 'static,
) -> Response {
    match tokio::task::spawn_blocking(find).await {
        Ok(Ok(Some(kept))) => {
            let left_ms = kept.expires.unix_ms() - shared.service.now().unix_ms();
            let range = headers.get(RANGE).and_then(|range| range.to_str().ok());
            picture(kept, left_ms.max(0) / 1000, range)
        }
        Ok(Ok(None)) => (StatusCode::NOT_FOUND, "no such picture, or no longer\n").into_response(),
        Ok(Err(error)) => {
            let error = error.to_string();
            tracing::error!("a picture cannot be read: {}", without_keys(&error));
            (StatusCode::SERVICE_UNAVAILABLE, "try again soon\n").into_response()
        }
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "try again soon\n").into_response(),
    }
}

fn picture(kept: KeptResult, left_s: i64, range: Option<&str>) -> Response {
    let kind = match kept.format {
        Format::Jpeg => "image/jpeg",
        Format::Png => "image/png",
    };
    let length = kept.bytes.len();
    let headers = [
        (CONTENT_TYPE, kind.to_owned()),
        (CACHE_CONTROL, format!("private, max-age={left_s}")),
        (ACCEPT_RANGES, "bytes".to_owned()),
    ];
    let bytes = Bytes::from(kept.bytes);
    match part(range, length) {
        Part::All => (
            headers,
            [(CONTENT_LENGTH, length.to_string())],
            Body::from(bytes),
        )
            .into_response(),
        Part::Some(range) => {
            let about = [
                (CONTENT_LENGTH, range.len().to_string()),
                (
                    CONTENT_RANGE,
                    format!("bytes {}-{}/{length}", range.start, range.end - 1),
                ),
            ];
            let body = Body::from(bytes.slice(range));
            (StatusCode::PARTIAL_CONTENT, headers, about, body).into_response()
        }
        Part::None => {
            let about = [(CONTENT_RANGE, format!("bytes */{length}"))];
            (StatusCode::RANGE_NOT_SATISFIABLE, about).into_response()
        }
    }
}
