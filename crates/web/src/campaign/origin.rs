use crate::console::Problem;
use crate::server::Shared;
use axum::extract::FromRequestParts;
use axum::http::header::{HOST, ORIGIN};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use std::sync::Arc;

/// That a change comes from a page of ours: browsers say from which page they send something.
#[derive(Clone, Copy, Debug)]
pub(super) struct OwnOrigin;

impl FromRequestParts<Arc<Shared>> for OwnOrigin {
    type Rejection = Problem;

    async fn from_request_parts(
        parts: &mut Parts,
        shared: &Arc<Shared>,
    ) -> Result<OwnOrigin, Problem> {
        let url = shared.config().public_url.as_deref();
        match is_own(&parts.headers, url) {
            true => Ok(OwnOrigin),
            false => Err(Problem::new(
                StatusCode::FORBIDDEN,
                "foreign_origin",
                "请在活动页面上操作",
                "this can be done from the page itself only",
            )),
        }
    }
}

fn is_own(headers: &HeaderMap, public_url: Option<&str>) -> bool {
    let text = |name| {
        let value: Option<&axum::http::HeaderValue> = headers.get(name);
        value.and_then(|value| value.to_str().ok())
    };
    let Some(origin) = text(ORIGIN) else {
        return false;
    };
    let Some((scheme, host)) = origin.split_once("://") else {
        return false;
    };
    match public_url {
        // A server in front may have changed what we read as the host.
        Some(url) => url.split_once("://").is_some_and(|(own_scheme, rest)| {
            let own = rest.split('/').next().unwrap_or_default();
            own_scheme.eq_ignore_ascii_case(scheme) && own.eq_ignore_ascii_case(host)
        }),
        None => text(HOST).is_some_and(|own| own.eq_ignore_ascii_case(host)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins() {
        for (origin, host, url, own) in [
            ("http://faces.example", "faces.example", None, true),
            (
                "http://Faces.example:8670",
                "faces.example:8670",
                None,
                true,
            ),
            ("http://evil.example", "faces.example", None, false),
            ("null", "faces.example", None, false),
            ("", "faces.example", None, false),
            ("http://faces.example", "", None, false),
            (
                "https://faces.example",
                "10.0.0.7",
                Some("https://faces.example/"),
                true,
            ),
            (
                "http://faces.example",
                "10.0.0.7",
                Some("https://faces.example"),
                false,
            ),
            (
                "https://10.0.0.7",
                "10.0.0.7",
                Some("https://faces.example"),
                false,
            ),
        ] {
            let mut headers = HeaderMap::new();
            if !origin.is_empty() {
                headers.insert(ORIGIN, origin.parse().unwrap());
            }
            if !host.is_empty() {
                headers.insert(HOST, host.parse().unwrap());
            }
            assert_eq!(is_own(&headers, url), own, "{origin} {host} {url:?}");
        }
    }
}
