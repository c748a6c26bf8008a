use crate::server::scene::Scene;
use axum::body::Body;
use billing::{Money, Refusal};
use serde_json::{Value, json};
use service::{PeopleFault, ServiceError};

#[test]
fn whatever_is_refused_is_a_problem() {
    let scene = Scene::new();
    let browser = scene.browser();
    for (method, path, kind, body, verdict) in [
        ("GET", "/nothing", "", "", "404 not_found"),
        ("GET", "/", "", "", "404 not_found"),
        ("GET", "", "", "", "404 not_found"),
        ("POST", "/about", "", "", "405 wrong_method"),
        ("PATCH", "/session", "", "", "405 wrong_method"),
        ("GET", "/session", "", "", "401 not_signed_in"),
        ("DELETE", "/session", "", "", "401 not_signed_in"),
        (
            "GET",
            "/accounts/100001/members",
            "",
            "",
            "401 not_signed_in",
        ),
        ("POST", "/session", "", "{}", "415 not_json"),
        ("POST", "/session", "text/plain", "{}", "415 not_json"),
        (
            "POST",
            "/session",
            "application/json",
            "{}",
            "400 malformed",
        ),
        ("POST", "/session", "application/json", "", "400 malformed"),
        (
            "POST",
            "/session",
            "application/json",
            "[1",
            "400 malformed",
        ),
        (
            "POST",
            "/session",
            "application/json; charset=utf-8",
            r#"{"login":"a","login":"b","password":"c"}"#,
            "400 malformed",
        ),
        (
            "POST",
            "/session",
            "application/json",
            r#"{"login":"a","password":"c","else":1}"#,
            "400 malformed",
        ),
    ] {
        let mut request = browser.request(method, path, Body::from(body));
        if !kind.is_empty() {
            request
                .headers_mut()
                .insert("content-type", kind.parse().unwrap());
        }
        let told = scene.ask(request);
        assert_eq!(told.verdict(), verdict, "{method} {path} {kind} {body}");
        assert_eq!(told.headers["cache-control"], "no-store");
        assert_eq!(told.headers["x-content-type-options"], "nosniff");
        assert_eq!(told.headers["content-type"], "application/json");
    }
    assert_eq!(
        browser.send("POST", "/about", &Value::Null).headers["allow"],
        "GET,HEAD"
    );
}

#[test]
fn a_body_has_a_limit() {
    let scene = Scene::new();
    for (bytes, verdict) in [
        ((1 << 20) - 100, "401 wrong_login"),
        (1 << 20, "413 too_large"),
    ] {
        let body = json!({ "login": "somebody", "password": "x".repeat(bytes) });
        let told = scene.browser().send("POST", "/session", &body);
        assert_eq!(told.verdict(), verdict, "{bytes}");
    }
}

#[test]
fn messages_are_in_the_callers_language() {
    let scene = Scene::new();
    let mut browser = scene.browser();
    for (language, message) in [
        ("zh-CN", "登录已过期，请重新登录"),
        (
            "en",
            "nobody is signed in, or the session has ended; sign in again",
        ),
    ] {
        browser.language = language;
        assert_eq!(browser.get("/session").body["error"]["message"], message);
    }
    // What the framework refuses, too.
    browser.language = "en";
    let told = browser.send("PUT", "/about", &Value::Null);
    assert_eq!(
        told.body["error"]["message"],
        "this operation has another method"
    );
}

#[test]
fn numbers_of_a_refusal_stand_beside_its_code() {
    use super::super::Problem;
    use axum::response::IntoResponse as _;
    let money = |fen| Money::from_fen(fen);
    let low = Refusal::BalanceTooLow {
        needed: money(500_000),
        balance: money(100),
        short: money(499_900),
    };
    for (error, status, numbers) in [
        (
            ServiceError::Refused(low),
            409,
            json!({ "code": "balance_too_low", "needed": "5000.00", "balance": "1.00", "short": "4999.00" }),
        ),
        (
            ServiceError::Refused(Refusal::NameEmpty { most: 15 }),
            422,
            json!({ "code": "name_empty", "most": 15 }),
        ),
        (
            ServiceError::People(PeopleFault::TooManyAttempts { retry_after_s: 8 }),
            429,
            json!({ "code": "too_many_attempts", "retry_after_s": 8 }),
        ),
        (
            ServiceError::BadName {
                what: "name",
                length: 41,
                most: 40,
            },
            422,
            json!({ "code": "bad_name", "what": "name", "length": 41, "most": 40 }),
        ),
        (
            ServiceError::NotFound {
                what: "activity",
                id: "7".to_owned(),
            },
            404,
            json!({ "code": "not_found" }),
        ),
        (
            ServiceError::Secret("the key of 42".to_owned()),
            500,
            json!({ "code": "internal" }),
        ),
    ] {
        let response = Problem::from(error).into_response();
        assert_eq!(response.status().as_u16(), status);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        let retry = response.headers().get("retry-after").cloned();
        assert_eq!(retry.is_some(), status == 429);
        let bytes = runtime.block_on(axum::body::to_bytes(response.into_body(), usize::MAX));
        let mut body: Value = serde_json::from_slice(&bytes.unwrap()).unwrap();
        let message = body["error"]
            .as_object_mut()
            .unwrap()
            .remove("message")
            .unwrap();
        let message = message.as_str().unwrap();
        assert!(
            message.chars().any(|c| ('一'..='龥').contains(&c)),
            "{message}"
        );
        assert!(!message.contains("42"), "{message}");
        assert_eq!(body["error"], numbers);
    }
}

/// What broke inside is for the operator alone.
#[test]
fn details_go_to_the_log() {
    use super::super::answers::finish;
    use axum::Router;
    use axum::http::Request;
    use axum::middleware::from_fn_with_state;
    use axum::routing::get;
    use tower::ServiceExt as _;

    let scene = Scene::new();
    let broken = || async { super::super::Problem::internal("the disk of 42") };
    let router: Router = Router::new()
        .route("/broken", get(broken))
        .layer(from_fn_with_state(scene.shared(), finish));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let request = Request::get("/broken?secret=7")
        .body(Body::empty())
        .unwrap();
    let log = tempfile::NamedTempFile::new().unwrap();
    let lines = tracing_subscriber::fmt()
        .with_writer(std::sync::Arc::new(log.reopen().unwrap()))
        .finish();
    let listening = tracing::subscriber::set_default(lines);
    let response = runtime.block_on(router.oneshot(request)).unwrap();
    drop(listening);
    assert_eq!(response.status().as_u16(), 500);
    let bytes = runtime.block_on(axum::body::to_bytes(response.into_body(), usize::MAX));
    let body = String::from_utf8(bytes.unwrap().to_vec()).unwrap();
    assert!(!body.contains("42"), "{body}");
    let told = std::fs::read_to_string(log.path()).unwrap();
    assert!(told.contains("GET /broken: the disk of 42"), "{told}");
    assert!(!told.contains("secret"), "{told}");
}
