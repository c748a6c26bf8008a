use super::Problem;
use crate::server::Shared;
use crate::server::body::{HeldRoom, Received, receive};
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_LENGTH;
use std::sync::Arc;

/// Bytes of a picture at most: as many as the review and the calls allow.
pub(crate) const MOST_BYTES: usize = 10 << 20;

/// Bytes that are read of a picture that is too large, so that its sender reads the answer.
const BEARABLE_BYTES: usize = 64 << 20;

/// A picture as the body of a request, and the memory it takes; what it is, is found out from its bytes.
pub(crate) struct Picture(pub(crate) Vec<u8>, pub(crate) HeldRoom);

impl FromRequest<Arc<Shared>> for Picture {
    type Rejection = Problem;

    async fn from_request(request: Request, shared: &Arc<Shared>) -> Result<Picture, Problem> {
        let told = request
            .headers()
            .get(CONTENT_LENGTH)
            .and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
        // Nothing is kept of what says beforehand that it is too large. It is still read, as far as that
        // is bearable: a browser that is sending does not look at the answer.
        let most = match told {
            Some(length) if length > BEARABLE_BYTES => return Err(too_large()),
            Some(length) if length > MOST_BYTES => 0,
            _ => MOST_BYTES,
        };
        match receive(request.into_body(), most, shared).await {
            Some(Received::Whole(bytes, _)) if bytes.is_empty() => Err(empty()),
            Some(Received::Whole(bytes, room)) => Ok(Picture(bytes, room)),
            Some(Received::TooLarge) => Err(too_large()),
            Some(Received::NoRoom) => Err(Problem::busy()),
            None => Err(Problem::malformed(
                "the picture ended early, or came too slowly",
            )),
        }
    }
}

fn too_large() -> Problem {
    let most_mb = MOST_BYTES >> 20;
    Problem::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        "picture_too_large",
        format!("图片过大，最多 {most_mb} MB，请压缩后重试"),
        format!("the picture has more than {most_mb} MB; make it smaller"),
    )
    .with("most_bytes", MOST_BYTES)
}

fn empty() -> Problem {
    Problem::new(
        StatusCode::BAD_REQUEST,
        "no_picture",
        "请求体为空，请以图片文件作为请求体",
        "the body is empty; send the file of the picture as the body",
    )
}
