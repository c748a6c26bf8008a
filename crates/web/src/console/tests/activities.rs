use super::licence;
use crate::server::scene::Scene;
use serde_json::{Value, json};
use service::Role;

#[test]
fn activities_come_change_and_go() {
    let scene = Scene::new();
    let account = scene.account("Lanterns");
    let member = scene.member(account, "member", Role::Member);
    let viewer = scene.member(account, "viewer", Role::Viewer);
    let activities = format!("/accounts/{account}/activities");
    let new = json!({ "name": "春节", "algorithm": "natural" });
    assert_eq!(
        viewer.send("POST", &activities, &new).verdict(),
        "403 not_allowed"
    );
    let told = member.send("POST", &activities, &new);
    assert_eq!(told.verdict(), "201");
    let made = told.body;
    assert_eq!(made["quota"], 10);
    assert_eq!(made["free_left"], 500);
    assert_eq!(made["licence"], Value::Null);
    let one = format!("{activities}/{}", made["id"].as_str().unwrap());
    let change = |body: Value| member.send("PATCH", &one, &body);
    let changed = change(json!({ "quota": 30, "algorithm": "likeness" })).done();
    assert_eq!(
        (&changed["quota"], &changed["name"]),
        (&json!(30), &json!("春节"))
    );
    for (body, verdict) in [
        (json!({ "quota": 20 }), "422 unknown_quota"),
        (json!({ "name": "" }), "422 name_empty"),
        (
            json!({ "name": "一二三四五六七八九十一二三四五六" }),
            "422 name_too_long",
        ),
        (json!({ "algorithm": "magic" }), "400 malformed"),
        (json!({ "unknown": 1 }), "400 malformed"),
    ] {
        assert_eq!(change(body).verdict(), verdict);
    }
    assert_eq!(viewer.get(&activities).done()["activities"][0], changed);
    assert_eq!(member.send("DELETE", &one, &Value::Null).verdict(), "204");
    assert_eq!(viewer.get(&one).verdict(), "404 not_found");
}

#[test]
fn a_licence_locks_and_tells_of_itself() {
    let scene = Scene::new();
    let account = scene.account("Lanterns");
    let member = scene.member(account, "member", Role::Member);
    let activity = scene.activity(account, "Spring");
    licence(&scene, account, activity);
    let one = format!("/accounts/{account}/activities/{activity}");
    let told = member.get(&one).done();
    assert_eq!(told["licence"]["package"], "package-1");
    assert_eq!(told["licence"]["ends"], told["licensed_until"]);
    assert_eq!(
        told["licence"]["window_ends"],
        told["materials_frozen_from"]
    );
    let locked = member.send("PATCH", &one, &json!({ "quota": 30 }));
    assert_eq!(locked.verdict(), "409 locked_by_licence");
    let locked = member.send("DELETE", &one, &Value::Null);
    assert_eq!(locked.verdict(), "409 locked_by_licence");

    let days = member
        .get(&format!("{one}/qps?from=2027-01-09&days=3"))
        .done();
    assert_eq!(days["ceiling"], 1000);
    let days: Vec<(&str, u64)> = days["days"]
        .as_array()
        .unwrap()
        .iter()
        .map(|day| {
            let effective = day["effective"].as_u64().unwrap();
            (day["day"].as_str().unwrap(), effective)
        })
        .collect();
    assert_eq!(
        days,
        [("2027-01-09", 1), ("2027-01-10", 10), ("2027-01-11", 10)]
    );
    let bad = member.get(&format!("{one}/qps?from=yesterday"));
    assert_eq!(bad.verdict(), "400 malformed");
}
