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

#[test]
fn the_log_is_filtered_where_it_lies() {
    let scene = Scene::new();
    let account = scene.account("Lanterns");
    let owner = scene.member(account, "owner", Role::Owner);
    let members = format!("/accounts/{account}/members");
    let add = |login: &str| {
        let body = json!({ "login": login, "role": "viewer" });
        owner.send("POST", &members, &body).done()["user"].clone()
    };
    add("wang");
    scene.pass_s(3600);
    let zhao = add("zhao");
    let path = format!("{members}/{}", zhao["id"].as_str().unwrap_or("3"));
    owner
        .send("PATCH", &path, &json!({ "role": "member" }))
        .done();
    let count = |query: &str| {
        let told = owner
            .get(&format!("/accounts/{account}/audit?{query}"))
            .done();
        told["entries"].as_array().unwrap().len()
    };
    for (query, found) in [
        ("", 4),
        ("action=add_member", 3),
        ("action=set_role", 1),
        ("login=owner", 3),
        ("login=OWNER&action=set_role", 1),
        ("login=nobody", 0),
        ("from=2027-01-10", 4),
        ("from=2027-01-10&to=2027-01-10", 4),
        ("from=2027-01-11", 0),
        ("to=2027-01-09", 0),
        ("login=&action=", 4),
    ] {
        assert_eq!(count(query), found, "{query}");
    }
    for (query, verdict) in [
        ("from=2027-01-11&to=2027-01-10", "422 days_reversed"),
        ("from=yesterday", "400 malformed"),
    ] {
        let told = owner.get(&format!("/accounts/{account}/audit?{query}"));
        assert_eq!(told.verdict(), verdict, "{query}");
    }
    let operator = scene.operator();
    let told = operator
        .get("/operator/audit?login=owner&from=2027-01-10&to=2027-01-10")
        .done();
    assert_eq!(
        told["entries"].as_array().unwrap().len(),
        4,
        "the sign-in too"
    );
}

#[test]
fn failed_sign_ins_are_in_the_log_without_passwords_and_never_fill_it() {
    let scene = Scene::new();
    let password = scene.user("wang", false);
    let mut browser = scene.browser();
    let guess = "hunter2-guess";
    assert_eq!(
        browser.sign_in("Wang", guess, None).verdict(),
        "401 wrong_login"
    );
    assert_eq!(
        browser.sign_in("nobody", guess, None).verdict(),
        "401 wrong_login"
    );
    let told = lines(&scene, 2);
    let detail = "wrong login or password, from 203.0.113.0/24";
    assert_eq!(told[0], ["", "sign_in_failed", "login nobody", detail]);
    assert_eq!(told[1], ["", "sign_in_failed", "login Wang", detail]);
    assert_eq!(browser.sign_in("wang", &password, None).verdict(), "200");
    assert_eq!(lines(&scene, 1)[0][1], "sign_in");
    let before = lines(&scene, 500).len();
    // From ever other addresses, so that nobody has to wait.
    for host in 0..100 {
        let address: &'static str = format!("198.51.{host}.7:1").leak();
        browser.address = address;
        browser.sign_in(&format!("guess{host}"), guess, None);
    }
    let told = lines(&scene, 500);
    assert_eq!(told.len() - before, 58);
    scene.pass_s(3600);
    browser.sign_in("last", guess, None);
    let last = &lines(&scene, 1)[0];
    assert!(
        last[3].ends_with("; 42 more before it are not listed"),
        "{last:?}"
    );
    let mut all = lines(&scene, 500).into_iter().flatten();
    assert!(all.all(|text| !text.contains(guess)));
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
