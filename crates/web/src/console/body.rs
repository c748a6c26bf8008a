use super::Problem;
use crate::server::Shared;
use crate::server::body::{Received, receive};
use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// Bytes of a body of JSON at most, unless an operation takes more.
const MOST_BYTES: usize = 1 << 20;

/// What an operation is told in JSON. It must be sent as `application/json`, which no form of another
/// site can.
#[derive(Debug)]
pub(crate) struct Body<T, const MOST: usize = MOST_BYTES>(pub(crate) T);

impl<T: DeserializeOwned, const MOST: usize> FromRequest<Arc<Shared>> for Body<T, MOST> {
    type Rejection = Problem;

    async fn from_request(request: Request, shared: &Arc<Shared>) -> Result<Self, Problem> {
        if !is_json(request.headers()) {
            return Err(Problem::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "not_json",
                "请求体必须是 JSON，并带有 Content-Type: application/json",
                "the body must be JSON, sent with Content-Type: application/json",
            ));
        }
        match receive(request.into_body(), MOST, shared).await {
            Some(Received::Whole(bytes, _room)) => match serde_json::from_slice(&bytes) {
                Ok(told) => Ok(Body(told)),
                Err(error) => Err(Problem::malformed(&error.to_string())),
            },
            Some(Received::TooLarge) => Err(Problem::too_large(MOST)),
            Some(Received::NoRoom) => Err(Problem::busy()),
            None => Err(Problem::malformed(
                "the body ended early, or came too slowly",
            )),
        }
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    let essence = kind.and_then(|kind| kind.split(';').next());
    essence.is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}
