use crate::server::scene::Scene;
use serde_json::{Value, json};
use service::Role;

/// What belongs to another account is not there, by whatever id it is named.
#[test]
fn ids_of_another_account() {
    let scene = Scene::new();
    let (ours, theirs) = (scene.account("Lanterns"), scene.account("Harbour"));
    let owner = scene.member(ours, "owner", Role::Owner);
    let activity = scene.activity(theirs, "Autumn");
    let material = scene.material(theirs, activity);
    let key = scene.service.create_key(theirs, "").unwrap();
    let key = key.secret_id.as_str();
    let webhook = scene
        .service
        .add_webhook(theirs, "https://example.org/")
        .unwrap()
        .id;
    scene.notice(theirs);
    let nothing = json!({});
    for account in [ours, theirs] {
        for (method, path) in [
            ("GET", format!("activities/{activity}")),
            ("PATCH", format!("activities/{activity}")),
            ("DELETE", format!("activities/{activity}")),
            ("GET", format!("activities/{activity}/qps")),
            ("GET", format!("activities/{activity}/materials")),
            ("POST", format!("activities/{activity}/materials?name=x")),
            ("GET", format!("materials/{material}")),
            ("PATCH", format!("materials/{material}")),
            ("DELETE", format!("materials/{material}")),
            ("GET", format!("materials/{material}/picture")),
            ("PUT", format!("materials/{material}/picture")),
            ("POST", format!("materials/{material}/appeal")),
            ("POST", format!("materials/{material}/trial")),
            ("PATCH", format!("keys/{key}")),
            ("DELETE", format!("keys/{key}")),
            ("DELETE", format!("webhooks/{webhook}")),
            ("POST", format!("webhooks/{webhook}/test")),
            ("GET", format!("webhooks/{webhook}/deliveries")),
            ("POST", "deliveries/1/retry".to_owned()),
        ] {
            let path = format!("/accounts/{account}/{path}");
            let told = owner.send(method, &path, &nothing);
            assert_eq!(told.verdict(), "404 not_found", "{method} {path}");
        }
    }
    let quotes = format!("/accounts/{ours}/quotes");
    let purchase = json!({ "buy": "licence", "activity": activity.to_string() });
    let told = owner.send("POST", &quotes, &json!({ "purchase": purchase }));
    assert_eq!(told.verdict(), "404 not_found");
    let seen = json!({ "notice": "1" });
    let told = owner.send("PUT", &format!("/accounts/{ours}/notices/seen"), &seen);
    assert_eq!(told.verdict(), "404 not_found");
    assert!(scene.service.material(theirs, material).is_ok());
    assert!(scene.service.secret_of(key).unwrap().is_some());
    for path in ["activities/x", "materials/qc_1", "webhooks/x/deliveries"] {
        let told = owner.send("GET", &format!("/accounts/{ours}/{path}"), &Value::Null);
        assert_eq!(told.verdict(), "404 not_found", "{path}");
    }
}
