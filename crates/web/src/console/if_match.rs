//! `If-Match`: what a change was made from.

#![expect(
    dead_code,
    reason = "the extractor reads the headers, and the shape stands here for the document"
)]

use super::Problem;
use crate::server::Shared;
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::{IF_MATCH, IF_NONE_MATCH};
use axum::http::request::Parts;
use serde::Serialize;
use service::{Expected, ServiceError};
use std::convert::Infallible;
use std::sync::Arc;
use utoipa::IntoParams;

/// How the caller expects to find what it changes.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Header)]
pub(crate) struct IfMatch {
    /// The `version` from which the change was made, in quotes. Where it is another by now, nothing is changed: 412
    /// `changed_meanwhile`, and `current` is how it is now. Without it the change is made in any case.
    #[param(rename = "If-Match", required = false, value_type = String, example = "\"6b1f0c6c9ad54f62\"")]
    version: String,
}

/// What `If-Match` and `If-None-Match: *` say.
pub(crate) struct Precondition(pub(crate) Expected);

impl FromRequestParts<Arc<Shared>> for Precondition {
    type Rejection = Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        _: &Arc<Shared>,
    ) -> Result<Precondition, Infallible> {
        Ok(Precondition(expected(&parts.headers)))
    }
}

fn expected(headers: &HeaderMap) -> Expected {
    let told = |name| headers.get(name)?.to_str().ok().map(str::trim);
    match (told(IF_MATCH), told(IF_NONE_MATCH)) {
        (Some("*"), _) => Expected::Anything,
        (Some(version), _) => Expected::Version(version.trim_matches('"').to_owned()),
        (None, Some("*")) => Expected::Nothing,
        (None, _) => Expected::Anything,
    }
}

/// Why a change was not made; where somebody else changed the same meanwhile, with how it is now.
pub(super) fn with_current<T, S>(
    error: ServiceError,
    current: impl FnOnce() -> Result<T, ServiceError>,
    shape: impl FnOnce(T) -> S,
) -> Problem
where
    S: Serialize,
{
    if !matches!(error, ServiceError::ChangedMeanwhile { .. }) {
        return error.into();
    }
    match current() {
        Ok(current) => {
            let current = serde_json::to_value(shape(current)).unwrap_or_default();
            Problem::from(error).with("current", current)
        }
        // It is gone by now.
        Err(gone) => gone.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_headers_say() {
        let version = |text: &str| Expected::Version(text.to_owned());
        for (header, value, says) in [
            (IF_MATCH, "\"6b1f\"", version("6b1f")),
            (IF_MATCH, " 6b1f ", version("6b1f")),
            (IF_MATCH, "*", Expected::Anything),
            // No version looks like that, and so nothing is changed.
            (IF_MATCH, "W/\"6b1f\"", version("W/\"6b1f")),
            (IF_NONE_MATCH, "*", Expected::Nothing),
            (IF_NONE_MATCH, "\"6b1f\"", Expected::Anything),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header, value.parse().unwrap());
            assert_eq!(expected(&headers), says, "{value}");
        }
        assert_eq!(expected(&HeaderMap::new()), Expected::Anything);
    }
}
