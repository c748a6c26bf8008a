//! `GET /metrics`, for Prometheus.

use super::numbers::Snapshot;
use crate::server::{Shared, api};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, FORWARDED};
use axum::response::{IntoResponse, Response};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::net::SocketAddr;
use std::sync::Arc;

/// What a proxy says of the client it speaks for.
const FORWARDED_FOR: [&str; 2] = ["x-forwarded-for", "x-real-ip"];

/// Answers on the main address: who may not read the numbers learns not even that they are there.
pub(in crate::server) async fn metrics(
    State(shared): State<Arc<Shared>>,
    request: Request,
) -> Response {
    let token = shared.config.metrics_token.as_deref();
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let is_local = peer.is_some_and(|ConnectInfo(address)| address.ip().is_loopback());
    let may =
        shared.config.metrics_listen.is_none() && may_read(request.headers(), is_local, token);
    if may {
        text(&shared)
    } else {
        api::answer(State(shared), request).await
    }
}

/// Answers on an address of its own, to whoever reaches it.
pub(in crate::server) async fn open_metrics(State(shared): State<Arc<Shared>>) -> Response {
    text(&shared)
}

/// With a token, who shows it; without one, who calls from this machine and is no proxy.
fn may_read(headers: &HeaderMap, is_local: bool, token: Option<&str>) -> bool {
    let Some(token) = token else {
        let is_proxied = headers.contains_key(FORWARDED)
            || FORWARDED_FOR.iter().any(|name| headers.contains_key(*name));
        return is_local && !is_proxied;
    };
    let shown = headers.get(AUTHORIZATION);
    let shown = shown.and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    shown.is_some_and(|shown| is_same(shown, token))
}

/// Compares without telling by the time taken how much of it is right.
fn is_same(shown: &str, token: &str) -> bool {
    let sum = |text: &str| {
        let mut code = Hmac::<Sha256>::new_from_slice(token.as_bytes()).ok()?;
        code.update(text.as_bytes());
        Some(code)
    };
    match (sum(shown), sum(token)) {
        (Some(shown), Some(own)) => shown.verify(&own.finalize().into_bytes()).is_ok(),
        _ => false,
    }
}

fn text(shared: &Shared) -> Response {
    let snapshot = Snapshot {
        pool: shared.pool.state(),
        upload_bytes: shared.uploads.taken_bytes(),
        charge_batches: shared.service.meter().transactions(),
    };
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    let text = shared.watch.numbers().text(snapshot);
    ([(CONTENT_TYPE, kind)], text).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderName, HeaderValue};

    #[test]
    fn who_may_read_the_numbers() {
        for (header, is_local, token, may) in [
            (None, true, None, true),
            (None, false, None, false),
            (Some(("x-forwarded-for", "192.0.2.1")), true, None, false),
            (Some(("forwarded", "for=192.0.2.1")), true, None, false),
            (None, true, Some("secret"), false),
            (
                Some(("authorization", "Bearer secret")),
                false,
                Some("secret"),
                true,
            ),
            (
                Some(("authorization", "Bearer secre")),
                true,
                Some("secret"),
                false,
            ),
            (
                Some(("authorization", "secret")),
                true,
                Some("secret"),
                false,
            ),
        ] {
            let header = header.into_iter().map(|(name, value)| {
                let name = HeaderName::from_static(name);
                (name, HeaderValue::from_static(value))
            });
            let headers: HeaderMap = header.collect();
            assert_eq!(may_read(&headers, is_local, token), may, "{headers:?}");
        }
    }
}
