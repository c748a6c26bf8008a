//! From what a request says of labels to how its picture is labelled.

use super::order::Order;
use super::{Shared, fetching};
use crate::codes::ApiError;
use crate::wire::{Logo, PictureSource, Rect};
use service::fetch::{FetchLimits, Fetcher};
use service::labelling::{Labelling, Mark, MetaData, OWN_MARK_LIMITS, OwnMark};
use std::sync::Arc;

/// Said where a picture without a mark was asked for and may not be had.
pub(super) const LOGO_KEPT: &str =
    "LogoAdd 0 was not followed: the account has no exemption, so the mark stays";

/// How a picture is labelled, as far as that is known when a request was read: a mark of the caller's own is
/// still to be fetched and decoded.
pub(super) fn labelling(metadata: &[(String, String)]) -> Result<Labelling, ApiError> {
    let pairs = metadata.iter().cloned();
    let labelling = Labelling {
        mark: Mark::Usual,
        metadata: pairs.map(|(key, value)| MetaData { key, value }).collect(),
    };
    labelling.check().map_err(|error| ApiError::ValueRefused {
        reason: format!("MetaData: {error}"),
    })?;
    Ok(labelling)
}

/// The mark asked for. Fetching and decoding a caller's own takes threads of its own: those that fuse do not
/// wait for somebody's server.
pub(super) async fn mark(shared: &Arc<Shared>, order: &Order) -> Result<Mark, ApiError> {
    let (picture, rect) = match order.logo() {
        Some(Logo::Own { picture, rect }) => (picture.clone(), *rect),
        Some(Logo::Absent) if order.is_exempt => return Ok(Mark::Absent),
        Some(Logo::Absent | Logo::Usual) | None => return Ok(Mark::Usual),
    };
    let file = match picture {
        PictureSource::Bytes(bytes) => bytes,
        PictureSource::Url(url) => {
            let fetcher = shared.config.fetcher.clone();
            let group = order.activity().number();
            fetching::on_thread(shared, group, move || fetched(&url, fetcher.as_deref())).await?
        }
    };
    // A decoded mark is large: no more at once than there are cores. The semaphore is never closed.
    let _turn = shared.decoding.acquire().await;
    apart(move || decoded(&file, rect)).await
}

/// Does what blocks on a thread for that.
async fn apart<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ApiError> + Send + 'static,
) -> Result<T, ApiError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|error| {
        let detail = error.to_string();
        Err(ApiError::Internal { detail })
    })
}

fn fetched(url: &str, fetcher: Option<&dyn Fetcher>) -> Result<Vec<u8>, ApiError> {
    let Some(fetcher) = fetcher else {
        return Err(refused("it is not fetched here; send it as base64"));
    };
    let limits = FetchLimits {
        max_bytes: OWN_MARK_LIMITS.max_bytes,
        ..FetchLimits::default()
    };
    let fetched = fetcher.fetch(url, limits);
    fetched.map_err(|error| refused(&error.to_string()))
}

fn decoded(file: &[u8], rect: Rect) -> Result<Mark, ApiError> {
    let [x, y, width, height] = [rect.x, rect.y, rect.width, rect.height].map(|side| side as usize);
    let place = pixel::Rect {
        x,
        y,
        width,
        height,
    };
    let own = OwnMark::read(file, place).map_err(|error| refused(&error.to_string()))?;
    Ok(Mark::Own(Box::new(own)))
}

fn refused(reason: &str) -> ApiError {
    ApiError::ValueRefused {
        reason: format!("the mark of LogoParam cannot be used: {reason}"),
    }
}
