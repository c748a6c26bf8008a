use super::super::trail::{Trail, record};
use crate::server::scene::Scene;
use serde_json::{Value, json};
use service::{AuditFilter, AuditView, Role};

/// Who, what, to what, and the rest.
fn lines(scene: &Scene, most: u64) -> Vec<[String; 4]> {
    let log = scene
        .service
        .audit_log(&AuditFilter::default(), most)
        .unwrap();
    let line = |line: AuditView| {
        [
            line.login.unwrap_or_default(),
            line.action,
            line.subject,
            line.detail,
        ]
    };
    log.into_iter().map(line).collect()
}

#[test]
fn changes_leave_one_line_without_secrets() {
    let scene = Scene::new();
    let account = scene.account("Lanterns");
    let owner = scene.member(account, "owner", Role::Owner);
    let before = lines(&scene, 500).len();
    let path = format!("/accounts/{account}/members");
    let added = owner
        .send("POST", &path, &json!({ "login": "wang", "role": "viewer" }))
        .done();
    assert_eq!(
        owner
            .send("POST", &path, &json!({ "login": "wang", "role": "viewer" }))
            .verdict(),
        "409 already_member"
    );
    owner.get(&path).done();
    let all = lines(&scene, 500);
    assert_eq!(all.len(), before + 1);
    assert_eq!(all[0], ["owner", "add_member", "user 2 wang", "viewer"]);
    let password = added["password"].as_str().unwrap();
    assert!(all.iter().flatten().all(|text| !text.contains(password)));
}

#[test]
fn pages_of_the_log() {
    let scene = Scene::new();
    let account = scene.account("Lanterns");
    let owner = scene.member(account, "owner", Role::Owner);
    for login in ["wang", "zhao", "qian"] {
        let path = format!("/accounts/{account}/members");
        owner
            .send("POST", &path, &json!({ "login": login, "role": "viewer" }))
            .done();
    }
    let page = |query: &str| owner.get(&format!("/accounts/{account}/audit?{query}"));
    let first = page("limit=3").done();
    let subjects: Vec<_> = first["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| &line["subject"])
        .collect();
    assert_eq!(subjects, ["user 4 qian", "user 3 zhao", "user 2 wang"]);
    let rest = page(&format!(
        "limit=3&after={}",
        first["next"].as_str().unwrap()
    ))
    .done();
    assert_eq!(rest["entries"].as_array().unwrap().len(), 1);
    assert_eq!(rest["entries"][0]["login"], Value::Null);
    assert_eq!(rest["next"], Value::Null);
    for query in ["limit=-1", "after=x", "limit=1&limit=2"] {
        assert_eq!(page(query).verdict(), "400 malformed", "{query}");
    }
}

/// An operation that says nothing of itself is recorded all the same.
#[test]
fn an_operation_that_forgets_the_log_is_in_it() {
    use axum::Router;
    use axum::body::Body;
    use axum::http::{Request, StatusCode};
    use axum::middleware::from_fn_with_state;
    use axum::routing::any;
    use tower::ServiceExt as _;

    let scene = Scene::new();
    let shared = scene.shared();
    let router: Router = Router::new()
        .route("/things/{thing}/parts/{part}", any(|| async { "done" }))
        .route("/refused", any(|| async { StatusCode::CONFLICT }))
        .route(
            "/asked",
            any(|trail: Trail| async move { trail.changes_nothing() }),
        )
        .route(
            "/told",
            any(|trail: Trail| async move { trail.detail("more") }),
        )
        .route_layer(from_fn_with_state(shared.clone(), record))
        .with_state(shared);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    for (method, path, line) in [
        ("GET", "/things/7/parts/a", None),
        ("HEAD", "/things/7/parts/a", None),
        (
            "POST",
            "/things/7/parts/a",
            Some([
                "",
                "POST /things/{thing}/parts/{part}",
                "thing 7, part a",
                "",
            ]),
        ),
        ("PUT", "/told", Some(["", "PUT /told", "", "more"])),
        ("DELETE", "/refused", None),
        ("POST", "/asked", None),
        ("POST", "/nothing", None),
    ] {
        let before = lines(&scene, 500).len();
        let request = Request::builder().method(method).uri(path);
        let request = request.body(Body::empty()).unwrap();
        runtime.block_on(router.clone().oneshot(request)).unwrap();
        let after = lines(&scene, 500);
        assert_eq!(
            after.len() - before,
            usize::from(line.is_some()),
            "{method} {path}"
        );
        if let Some(line) = line {
            assert_eq!(after[0], line);
        }
    }
}
