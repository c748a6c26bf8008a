use crate::server::scene::Scene;
use serde_json::{Value, json};
use service::Role;
use service::webhook::{Courier, DeliveryError, Letter, Receipt, WebhookUrl, verify};
use std::sync::{Arc, Mutex};

/// Keeps letters, and answers each with a status.
struct Letterbox {
    letters: Mutex<Vec<Letter>>,
    status: Mutex<u16>,
}

impl Courier for Letterbox {
    fn deliver(&self, letter: &Letter) -> Result<Receipt, DeliveryError> {
        self.letters.lock().unwrap().push(letter.clone());
        let (status, answer) = (*self.status.lock().unwrap(), "thanks".to_owned());
        match status {
            200..=299 => Ok(Receipt { status, answer }),
            _ => Err(DeliveryError::Status { status, answer }),
        }
    }
}

fn scene() -> (Scene, Arc<Letterbox>) {
    let letterbox = Arc::new(Letterbox {
        letters: Mutex::default(),
        status: Mutex::new(200),
    });
    let courier = Arc::clone(&letterbox);
    (
        Scene::with(move |config| config.courier = courier),
        letterbox,
    )
}

#[test]
fn a_webhook_is_added_tested_and_deleted() {
    let (scene, letterbox) = scene();
    let account = scene.account("Lanterns");
    let owner = scene.member(account, "owner", Role::Owner);
    let hooks = format!("/accounts/{account}/webhooks");
    let url = "https://example.org/mien";
    let added = owner.send("POST", &hooks, &json!({ "url": url }));
    assert_eq!(added.verdict(), "201");
    let secret = added.body["secret"].as_str().unwrap();
    let id = added.body["id"].as_str().unwrap();
    assert!(!owner.get(&hooks).body.to_string().contains(secret));
    let bad = owner.send("POST", &hooks, &json!({ "url": "ftp://example.org" }));
    assert_eq!(bad.verdict(), "422 bad_url");

    let test = format!("{hooks}/{id}/test");
    let told = owner.send("POST", &test, &Value::Null).done();
    assert_eq!(told["delivered"], true);
    assert_eq!(
        (&told["status"], &told["answer"]),
        (&json!(200), &json!("thanks"))
    );
    assert_eq!(told["error"], Value::Null);
    let letter = letterbox.letters.lock().unwrap()[0].clone();
    assert_eq!(letter.url, WebhookUrl::parse(url).unwrap());
    assert_eq!(letter.event, "test");
    let now_ms = scene.service.now().unix_ms();
    verify(
        &letter.signature,
        &letter.body,
        secret.as_bytes(),
        now_ms,
        1000,
    )
    .unwrap();
    *letterbox.status.lock().unwrap() = 500;
    let told = owner.send("POST", &test, &Value::Null).done();
    assert_eq!(told["delivered"], false);
    assert_eq!(
        (&told["status"], &told["answer"]),
        (&json!(500), &json!("thanks"))
    );
    assert!(told["error"].is_string());
    let one = format!("{hooks}/{id}");
    assert_eq!(owner.send("DELETE", &one, &Value::Null).verdict(), "204");
    assert_eq!(
        owner.send("POST", &test, &Value::Null).verdict(),
        "404 not_found"
    );
}

#[test]
fn deliveries_are_told_of_and_sent_again() {
    let (scene, letterbox) = scene();
    let account = scene.account("Lanterns");
    let owner = scene.member(account, "owner", Role::Owner);
    let hooks = format!("/accounts/{account}/webhooks");
    let added = owner.send("POST", &hooks, &json!({ "url": "https://example.org/" }));
    let id = added.body["id"].as_str().unwrap();
    let deliveries = || {
        let told = owner.get(&format!("{hooks}/{id}/deliveries")).done();
        told["deliveries"].clone()
    };
    assert_eq!(deliveries(), json!([]));
    scene.notice(account);
    assert_eq!(deliveries()[0]["state"], "waiting");
    assert_eq!(deliveries()[0]["event"], "material-decided");
    *letterbox.status.lock().unwrap() = 503;
    let delivery = deliveries()[0]["id"].as_str().unwrap().to_owned();
    let retry = format!("/accounts/{account}/deliveries/{delivery}/retry");
    assert_eq!(
        owner.send("POST", &retry, &Value::Null).verdict(),
        "404 not_found",
        "it was not given up"
    );
    for _ in 0..100 {
        scene.pass_s(24 * 3600);
        scene.service.deliver_due(letterbox.as_ref(), 10).unwrap();
    }
    let owner = scene.signed_in_again("owner");
    let told = owner.get(&format!("{hooks}/{id}/deliveries")).done();
    assert_eq!(told["deliveries"][0]["state"], "given_up");
    let error = told["deliveries"][0]["last_error"].as_str().unwrap();
    assert!(error.contains("503"), "{error}");
    assert_eq!(owner.send("POST", &retry, &Value::Null).verdict(), "204");
    *letterbox.status.lock().unwrap() = 204;
    scene.service.deliver_due(letterbox.as_ref(), 10).unwrap();
    let told = owner.get(&format!("{hooks}/{id}/deliveries")).done();
    assert_eq!(told["deliveries"][0]["state"], "delivered");
}

#[test]
fn notices_are_read() {
    let scene = Scene::new();
    let account = scene.account("Lanterns");
    let viewer = scene.member(account, "viewer", Role::Viewer);
    let other = scene.member(account, "other", Role::Viewer);
    let notices = format!("/accounts/{account}/notices");
    for _ in 0..3 {
        scene.notice(account);
        scene.pass_s(1);
    }
    let told = viewer.get(&format!("{notices}?limit=2")).done();
    assert_eq!(told["unread"], 3);
    let page = told["notices"].as_array().unwrap();
    assert_eq!(page.len(), 2);
    assert_eq!(page[0]["seen"], false);
    assert_eq!(page[0]["about"]["notice"], "material_decided");
    assert!(!page[0]["title_zh"].as_str().unwrap().is_empty());
    let next = told["next"].as_str().unwrap();
    let rest = viewer
        .get(&format!("{notices}?limit=2&after={next}"))
        .done();
    assert_eq!(rest["notices"].as_array().unwrap().len(), 1);
    assert_eq!(rest["next"], Value::Null);
    let see = |id: &Value| viewer.send("PUT", &format!("{notices}/seen"), &json!({ "notice": id }));
    assert_eq!(see(&page[1]["id"]).done()["unread"], 1);
    assert_eq!(
        see(&rest["notices"][0]["id"]).done()["unread"],
        1,
        "never back"
    );
    assert_eq!(see(&json!("999")).verdict(), "404 not_found");
    assert_eq!(see(&json!("x")).verdict(), "404 not_found");
    assert_eq!(other.get(&notices).done()["unread"], 3, "each reads alone");
    let told = viewer.get(&notices).done();
    let seen: Vec<_> = told["notices"].as_array().unwrap().iter().collect();
    assert_eq!(
        (&seen[0]["seen"], &seen[1]["seen"]),
        (&json!(false), &json!(true))
    );
}
