use crate::server::scene::Scene;
use serde_json::{Value, json};
use service::Role;

#[test]
fn a_key_is_made_changed_and_deleted() {
    let scene = Scene::new();
    let account = scene.account("Lanterns");
    let other = scene.account("Harbour");
    let activity = scene.activity(account, "Spring").to_string();
    let foreign = scene.activity(other, "Autumn").to_string();
    let owner = scene.member(account, "owner", Role::Owner);
    let viewer = scene.member(account, "viewer", Role::Viewer);
    let keys = format!("/accounts/{account}/keys");
    let made = owner.send("POST", &keys, &json!({ "label": "app", "pays": activity }));
    assert_eq!(made.verdict(), "201");
    assert_eq!(made.body["pays"], activity);
    let secret = made.body["secret_key"].as_str().unwrap();
    let id = made.body["secret_id"].as_str().unwrap();
    let (_, kept) = scene.service.secret_of(id).unwrap().unwrap();
    assert_eq!(kept.expose(), secret);
    let listed = viewer.get(&keys);
    assert!(!String::from_utf8(listed.bytes).unwrap().contains(secret));

    let one = format!("{keys}/{id}");
    for (body, verdict) in [
        (json!({ "state": "disabled" }), "200"),
        (json!({ "label": "shop" }), "200"),
        (json!({ "pays": foreign }), "404 not_found"),
        (json!({ "pays": "nonsense" }), "400 malformed"),
        (json!({ "label": "x".repeat(41) }), "422 bad_name"),
    ] {
        assert_eq!(
            owner.send("PATCH", &one, &body).verdict(),
            verdict,
            "{body}"
        );
    }
    let told = viewer.get(&keys).done()["keys"][0].clone();
    assert_eq!(told["state"], "disabled");
    assert_eq!(
        (&told["label"], &told["pays"]),
        (&json!("shop"), &json!(activity))
    );
    let told = owner.send("PATCH", &one, &json!({ "pays": null })).done();
    assert_eq!(told["pays"], Value::Null);
    let made = owner.send("POST", &keys, &json!({ "pays": foreign }));
    assert_eq!(made.verdict(), "404 not_found");
    assert_eq!(owner.send("DELETE", &one, &Value::Null).verdict(), "204");
    assert_eq!(viewer.get(&keys).done()["keys"], json!([]));
    let gone = owner.send("PATCH", &one, &json!({ "state": "enabled" }));
    assert_eq!(gone.verdict(), "404 not_found");
    let log = scene
        .service
        .audit_log(&service::AuditFilter::default(), 100);
    let log = format!("{log:?}");
    assert!(log.contains("state disabled") || log.contains("disabled"));
    assert!(!log.contains(secret), "no secret is written down");
}
