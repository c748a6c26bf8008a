//! The web console under `/console/`, the campaign page under `/c/`, and the way to them from `/`.

use super::{Shared, api};
use crate::campaign::document;
use crate::console::work;
use assets::Asset;
use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::header::{
    ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, CACHE_CONTROL, CONTENT_ENCODING,
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HOST, IF_NONE_MATCH, REFERRER_POLICY, VARY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use std::sync::Arc;

/// Where the console begins.
const CONSOLE: &str = "/console/";

/// Nothing from elsewhere, no script in a page itself. Styles may stand in attributes: charts draw with them.
/// Pages may frame each other: the console shows statements and campaign pages.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' blob: data:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; \
    frame-src 'self' blob:; frame-ancestors 'self'; base-uri 'none'; form-action 'self'";

const FOR_EVER: &str = "public, max-age=31536000, immutable";
const ASK_EACH_TIME: &str = "no-cache";

pub(super) fn routes() -> Router<Arc<Shared>> {
    let redirect = || async { Redirect::permanent(CONSOLE) };
    Router::new()
        .route("/", get(home).fallback(api::answer))
        .route("/console", get(redirect))
        .route(CONSOLE, get(start))
        .route("/console/{*path}", get(console))
        .route("/c/{slug}", get(campaign))
}

/// Browsers go to the console; programs of the cloud API call `/`, also by GET.
async fn home(shared: State<Arc<Shared>>, request: Request) -> Response {
    if is_browser(request.headers()) && request.uri().query().is_none() {
        return Redirect::temporary(CONSOLE).into_response();
    }
    api::answer(shared, request).await
}

fn is_browser(headers: &HeaderMap) -> bool {
    let accept = headers.get(ACCEPT).and_then(|value| value.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
        && !headers.contains_key(AUTHORIZATION)
}

async fn start(headers: HeaderMap) -> Response {
    give(assets::console(), &headers)
}

/// A file; for any other path the console itself, which knows its pages. Only files have an ending or lie
/// in `assets/`: a missing one is missing, or a browser would take a page for a script.
async fn console(Path(path): Path<String>, headers: HeaderMap) -> Response {
    let is_file = path.starts_with("assets/")
        || path
            .rsplit('/')
            .next()
            .is_some_and(|name| name.contains('.'));
    match assets::find(&path) {
        Some(asset) => give(Some(asset), &headers),
        None if is_file => missing(),
        None => give(assets::console(), &headers),
    }
}

/// The page of a campaign, with what it is about in its head. Where there is none to be seen the built page is
/// given all the same: it tells so in the visitor's language, and knows previews.
async fn campaign(
    State(shared): State<Arc<Shared>>,
    Path(slug): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let Some(asset) = assets::campaign() else {
        return missing();
    };
    let found = work(&shared, move |service| service.page(&slug)).await;
    match found {
        Ok(Some(page)) if page.published => {
            let host = headers.get(HOST).and_then(|host| host.to_str().ok());
            let built = String::from_utf8_lossy(asset.plain);
            let html = document(&built, &page, &shared.base_of(host));
            written(html, asset.media_type)
        }
        Ok(_) if uri.query().is_none() => {
            let mut response = give(Some(asset), &HeaderMap::new());
            *response.status_mut() = StatusCode::NOT_FOUND;
            response
        }
        Ok(_) | Err(_) => give(Some(asset), &headers),
    }
}

/// Answers with a page that was written for this caller.
fn written(html: String, media_type: &'static str) -> Response {
    let mut response = ([(CONTENT_TYPE, media_type)], html).into_response();
    guard(&mut response, ASK_EACH_TIME);
    response
}

/// How long an answer may be kept, and what its page may do.
fn guard(response: &mut Response, keep: &'static str) {
    for (name, value) in [
        (CACHE_CONTROL, keep),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "same-origin"),
        (CONTENT_SECURITY_POLICY, POLICY),
    ] {
        let value = HeaderValue::from_static(value);
        response.headers_mut().insert(name, value);
    }
}

fn missing() -> Response {
    (StatusCode::NOT_FOUND, "no such file\n").into_response()
}

/// Answers with a file in the form that is the smallest the caller takes, or that it has not changed.
fn give(asset: Option<&'static Asset>, headers: &HeaderMap) -> Response {
    let Some(asset) = asset else {
        return missing();
    };
    let (encoding, bytes) = encoded(asset, headers);
    let known = headers
        .get(IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok());
    let unchanged = known.is_some_and(|known| {
        known
            .split(',')
            .any(|tag| tag.trim().trim_start_matches("W/") == asset.etag)
    });
    let mut response = match unchanged {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => ([(CONTENT_TYPE, asset.media_type)], bytes).into_response(),
    };
    let keep = if asset.is_hashed() {
        FOR_EVER
    } else {
        ASK_EACH_TIME
    };
    guard(&mut response, keep);
    let mut set = |name: HeaderName, value: &'static str| {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    };
    set(ETAG, asset.etag);
    set(VARY, "accept-encoding");
    if let Some(encoding) = encoding.filter(|_| !unchanged) {
        set(CONTENT_ENCODING, encoding);
    }
    response
}

fn encoded(asset: &'static Asset, headers: &HeaderMap) -> (Option<&'static str>, &'static [u8]) {
    let brotli = asset.brotli.filter(|_| takes(headers, "br"));
    let gzip = asset.gzip.filter(|_| takes(headers, "gzip"));
    match (brotli, gzip) {
        (Some(bytes), _) => (Some("br"), bytes),
        (None, Some(bytes)) => (Some("gzip"), bytes),
        (None, None) => (None, asset.plain),
    }
}

/// Whether the caller named an encoding and did not refuse it (RFC 9110, section 12.5.3).
fn takes(headers: &HeaderMap, encoding: &str) -> bool {
    let values = headers.get_all(ACCEPT_ENCODING).into_iter();
    let values = values.filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|one| {
        let mut parts = one.trim().split(';');
        let named = parts
            .next()
            .is_some_and(|name| name.trim().eq_ignore_ascii_case(encoding));
        let refused = parts.any(|part| {
            let weight = part.trim().strip_prefix("q=");
            weight.is_some_and(|weight| weight.trim_matches(['0', '.']).is_empty())
        });
        named && !refused
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(HeaderName, &'static str)]) -> HeaderMap {
        let pairs = pairs.iter().cloned();
        pairs
            .map(|(name, value)| (name, HeaderValue::from_static(value)))
            .collect()
    }

    fn answer(path: &str, given: &[(HeaderName, &'static str)]) -> Response {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        runtime.block_on(console(Path(path.to_owned()), headers(given)))
    }

    fn header(response: &Response, name: &HeaderName) -> String {
        let value = response.headers().get(name);
        value
            .map(|value| value.to_str().unwrap().to_owned())
            .unwrap_or_default()
    }

    fn a_script() -> &'static str {
        let html = std::str::from_utf8(assets::console().unwrap().plain).unwrap();
        let mut words = html
            .split('"')
            .filter_map(|word| word.strip_prefix(CONSOLE));
        words
            .find(|word| word.starts_with("assets/") && word.ends_with(".js"))
            .unwrap()
    }

    #[test]
    fn pages_are_asked_for_each_time_and_hashed_files_kept() {
        for (path, status, cache, media_type) in [
            (
                "",
                StatusCode::OK,
                ASK_EACH_TIME,
                "text/html; charset=utf-8",
            ),
            (
                "accounts/100001/overview",
                StatusCode::OK,
                ASK_EACH_TIME,
                "text/html; charset=utf-8",
            ),
            (
                "first.js",
                StatusCode::OK,
                ASK_EACH_TIME,
                "text/javascript; charset=utf-8",
            ),
            (
                a_script(),
                StatusCode::OK,
                FOR_EVER,
                "text/javascript; charset=utf-8",
            ),
            (
                "assets/old-12345678.js",
                StatusCode::NOT_FOUND,
                "",
                "text/plain; charset=utf-8",
            ),
            (
                "robots.txt",
                StatusCode::NOT_FOUND,
                "",
                "text/plain; charset=utf-8",
            ),
        ] {
            let response = answer(path, &[]);
            assert_eq!(response.status(), status, "{path}");
            assert_eq!(header(&response, &CACHE_CONTROL), cache, "{path}");
            assert_eq!(header(&response, &CONTENT_TYPE), media_type, "{path}");
            if status == StatusCode::OK {
                assert!(header(&response, &CONTENT_SECURITY_POLICY).contains("script-src 'self';"));
            }
        }
    }

    #[test]
    fn the_smallest_form_that_the_caller_takes() {
        for (accepted, encoding) in [
            ("gzip, deflate, br, zstd", "br"),
            ("gzip", "gzip"),
            ("br;q=0, GZIP", "gzip"),
            ("br;q=0.5", "br"),
            ("identity", ""),
            ("", ""),
        ] {
            let response = answer(a_script(), &[(ACCEPT_ENCODING, accepted)]);
            assert_eq!(header(&response, &CONTENT_ENCODING), encoding, "{accepted}");
        }
    }

    #[test]
    fn what_has_not_changed_is_not_sent_again() {
        let etag = assets::console().unwrap().etag;
        let response = answer("overview", &[(IF_NONE_MATCH, etag)]);
        assert_eq!(response.status(), StatusCode::NOT_MODIFIED);
        assert_eq!(header(&response, &ETAG), etag);
        let response = answer("overview", &[(IF_NONE_MATCH, "\"0\"")]);
        assert_eq!(response.status(), StatusCode::OK);
    }

    #[test]
    fn browsers_are_told_from_programs() {
        for (given, browser) in [
            (
                &[(ACCEPT, "text/html,application/xhtml+xml,*/*;q=0.8")][..],
                true,
            ),
            (&[(ACCEPT, "*/*")][..], false),
            (&[][..], false),
            (
                &[(ACCEPT, "text/html"), (AUTHORIZATION, "TC3-HMAC-SHA256 …")][..],
                false,
            ),
        ] {
            let mut map = HeaderMap::new();
            for (name, value) in given {
                map.insert(name, HeaderValue::from_bytes(value.as_bytes()).unwrap());
            }
            assert_eq!(is_browser(&map), browser, "{given:?}");
        }
    }
}
