//! What all answers have in common: the caller's language, headers, and that every failure is a
//! [`Problem`], also where the framework refused a request before any operation saw it.

use super::Problem;
use crate::language::Language;
use crate::server::Shared;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT_LANGUAGE, ALLOW, CACHE_CONTROL, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use std::sync::Arc;

/// Bytes of the framework's own words that are passed on.
const MOST_WORDS: usize = 4096;

/// Has a request answered, and finishes the answer.
pub(super) async fn finish(
    State(shared): State<Arc<Shared>>,
    request: Request,
    next: Next,
) -> Response {
    let language = language_of(request.headers());
    let asked = format!("{} {}", request.method(), request.uri().path());
    let response = next.run(request).await;
    let mut response = match response.extensions().get::<Problem>().cloned() {
        Some(problem) => {
            if let Some(detail) = problem.detail() {
                shared.log(&format!("{asked}: {detail}"));
            }
            problem.in_language(language).into_response()
        }
        None if is_failure(response.status()) => foreign(response, language).await,
        None => response,
    };
    let headers = response.headers_mut();
    let no_store = HeaderValue::from_static("no-store");
    headers.entry(CACHE_CONTROL).or_insert(no_store);
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

fn is_failure(status: StatusCode) -> bool {
    status.is_client_error() || status.is_server_error()
}

/// A failure in the framework's words as a problem.
async fn foreign(response: Response, language: Language) -> Response {
    let status = response.status();
    let allow = response.headers().get(ALLOW).cloned();
    let words = to_bytes(response.into_body(), MOST_WORDS).await;
    let words = words.unwrap_or_default();
    let words = String::from_utf8_lossy(&words);
    let problem = match status {
        StatusCode::NOT_FOUND => Problem::not_found("operation", "here"),
        StatusCode::METHOD_NOT_ALLOWED => Problem::new(
            status,
            "wrong_method",
            "该接口不支持此方法",
            "this operation has another method",
        ),
        StatusCode::PAYLOAD_TOO_LARGE => {
            Problem::new(status, "too_large", "请求体过大", "the body is too large")
        }
        _ if status.is_server_error() => Problem::internal(&words),
        _ => Problem::malformed(&words),
    };
    let mut response = problem.in_language(language).into_response();
    if let Some(allow) = allow {
        response.headers_mut().insert(ALLOW, allow);
    }
    response
}

/// English where it is preferred to Chinese, else Chinese.
fn language_of(headers: &HeaderMap) -> Language {
    let values = headers.get_all(ACCEPT_LANGUAGE).into_iter();
    let values = values.filter_map(|value| value.to_str().ok());
    let mut best = (Language::Chinese, 0);
    for range in values.flat_map(|value| value.split(',')) {
        let mut parts = range.trim().split(';');
        let tag = parts.next().unwrap_or_default().trim();
        let weight = parts.find_map(|part| part.trim().strip_prefix("q="));
        let weight = weight.map_or(Some(1000), thousandths).unwrap_or(0);
        let language = match tag.get(..2).map(str::to_ascii_lowercase).as_deref() {
            Some("zh") => Language::Chinese,
            Some("en") => Language::English,
            _ => continue,
        };
        if weight > best.1 {
            best = (language, weight);
        }
    }
    best.0
}

/// A weight such as `0.8` in thousandths.
fn thousandths(text: &str) -> Option<u32> {
    let (whole, part) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let part: String = part.chars().chain("000".chars()).take(3).collect();
    Some(whole.parse::<u32>().ok()?.min(1) * 1000 + part.parse::<u32>().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_preferred_of_two_languages() {
        for (value, language) in [
            ("", Language::Chinese),
            ("zh-CN,zh;q=0.9,en;q=0.8", Language::Chinese),
            ("en-GB,en;q=0.9,zh;q=0.8", Language::English),
            ("zh;q=0.5, EN;q=0.75", Language::English),
            ("fr, de;q=0.9, en;q=0.1", Language::English),
            ("fr", Language::Chinese),
            ("en;q=0", Language::Chinese),
            ("en;q=nonsense", Language::Chinese),
            ("*", Language::Chinese),
            ("e", Language::Chinese),
            ("人脸", Language::Chinese),
        ] {
            let mut headers = HeaderMap::new();
            let value = HeaderValue::from_bytes(value.as_bytes()).unwrap();
            headers.insert(ACCEPT_LANGUAGE, value);
            assert_eq!(language_of(&headers), language, "{headers:?}");
        }
    }
}
