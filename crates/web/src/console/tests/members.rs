use crate::server::scene::Scene;
use serde_json::{Value, json};
use service::Role;

const NOTHING: Value = Value::Null;

/// Who may do what; a foreign account is not there, whoever asks.
#[test]
fn roles() {
    let scene = Scene::new();
    let (account, other) = (scene.account("Lanterns"), scene.account("Harbour"));
    let operator = scene.operator();
    let owner = scene.member(account, "owner", Role::Owner);
    let member = scene.member(account, "member", Role::Member);
    let viewer = scene.member(account, "viewer", Role::Viewer);
    let stranger = scene.member(other, "stranger", Role::Owner);
    let nobody = scene.browser();
    let members = format!("/accounts/{account}/members");
    let audit = format!("/accounts/{account}/audit");
    let one = format!("{members}/9999");
    let bad = json!({ "role": "viewer" });
    for (method, path, body, verdicts) in [
        // operator, owner, member, viewer, stranger, nobody
        (
            "GET",
            &members,
            &NOTHING,
            [
                "200",
                "200",
                "200",
                "200",
                "404 not_found",
                "401 not_signed_in",
            ],
        ),
        (
            "GET",
            &audit,
            &NOTHING,
            [
                "200",
                "200",
                "200",
                "200",
                "404 not_found",
                "401 not_signed_in",
            ],
        ),
        (
            "PATCH",
            &one,
            &bad,
            [
                "404 not_found",
                "404 not_found",
                "403 not_allowed",
                "403 not_allowed",
                "404 not_found",
                "401 not_signed_in",
            ],
        ),
        (
            "DELETE",
            &one,
            &NOTHING,
            [
                "404 not_found",
                "404 not_found",
                "403 not_allowed",
                "403 not_allowed",
                "404 not_found",
                "401 not_signed_in",
            ],
        ),
        (
            "POST",
            &members,
            &json!({ "login": "x", "role": "viewer" }),
            [
                "422 bad_login",
                "422 bad_login",
                "403 not_allowed",
                "403 not_allowed",
                "404 not_found",
                "401 not_signed_in",
            ],
        ),
    ] {
        let browsers = [&operator, &owner, &member, &viewer, &stranger, &nobody];
        for (browser, verdict) in browsers.into_iter().zip(verdicts) {
            let told = browser.send(method, path, body);
            assert_eq!(told.verdict(), verdict, "{method} {path}");
        }
    }
    // Nothing tells a foreign account from none.
    let foreign = owner.get(&format!("/accounts/{other}/members"));
    let missing = owner.get("/accounts/999999/members");
    let told = |body: &Value, id: &str| body.to_string().replace(id, "ID");
    assert_eq!(
        told(&foreign.body, &other.to_string()),
        told(&missing.body, "999999")
    );
    for id in ["nonsense", "-1", "0", "%20", "18446744073709551616"] {
        let told = operator.get(&format!("/accounts/{id}/members"));
        assert_eq!(told.verdict(), "404 not_found", "{id}");
    }
}

#[test]
fn members_come_and_go() {
    let scene = Scene::new();
    let (account, other) = (scene.account("Lanterns"), scene.account("Harbour"));
    let owner = scene.member(account, "owner", Role::Owner);
    let members = format!("/accounts/{account}/members");
    let add = |login: &str, role: &str| {
        owner.send(
            "POST",
            &members,
            &json!({ "login": login, "role": role, "name": "李" }),
        )
    };

    let added = add("Li@example.com", "member");
    assert_eq!(added.verdict(), "201");
    assert_eq!(added.body["login"], "li@example.com");
    assert_eq!(added.body["name"], "李");
    let password = added.body["password"].as_str().unwrap();
    let browser = scene.signed_in("li@example.com", password);
    assert_eq!(browser.get(&members).verdict(), "200");
    assert_eq!(
        add("li@example.com", "owner").verdict(),
        "409 already_member"
    );

    // Whoever is there already keeps its password.
    scene.member(other, "zhao", Role::Owner);
    assert_eq!(add("zhao", "viewer").done()["password"], NOTHING);

    let id = |login: &str| scene.service.user_by_login(login).unwrap().id;
    let change = |login: &str, role: &str| {
        let path = format!("{members}/{}", id(login));
        owner
            .send("PATCH", &path, &json!({ "role": role }))
            .verdict()
    };
    let remove = |login: &str| {
        let path = format!("{members}/{}", id(login));
        owner.send("DELETE", &path, &NOTHING).verdict()
    };
    assert_eq!(change("owner", "owner"), "200");
    assert_eq!(change("owner", "viewer"), "409 last_owner");
    assert_eq!(remove("owner"), "409 last_owner");
    assert_eq!(change("zhao", "owner"), "200");
    assert_eq!(remove("li@example.com"), "204");
    assert_eq!(remove("li@example.com"), "404 not_found");
    assert_eq!(browser.get(&members).verdict(), "404 not_found");

    let told = owner.get(&members).done();
    let told: Vec<_> = told["members"].as_array().unwrap().iter().collect();
    assert_eq!(told.len(), 2);
    assert_eq!(
        (&told[0]["login"], &told[0]["role"]),
        (&json!("owner"), &json!("owner"))
    );
    assert_eq!(
        (&told[1]["login"], &told[1]["role"]),
        (&json!("zhao"), &json!("owner"))
    );
    assert_eq!(remove("owner"), "204");
}
