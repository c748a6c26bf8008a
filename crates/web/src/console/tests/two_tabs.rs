//! Two who change the same.

use super::licence;
use crate::server::scene::{Browser, Scene, Told};
use axum::body::Body;
use serde_json::{Value, json};
use service::Role;

/// Sends a change that was made from a version.
fn change(browser: &Browser<'_>, method: &str, path: &str, from: &Value, body: &Value) -> Told {
    let mut request = browser.request(method, path, Body::from(body.to_string()));
    let headers = request.headers_mut();
    headers.insert("content-type", "application/json".parse().unwrap());
    let (name, value) = match from.as_str() {
        Some(version) => ("if-match", format!("\"{version}\"")),
        None => ("if-none-match", "*".to_owned()),
    };
    headers.insert(name, value.parse().unwrap());
    browser.scene.ask(request)
}

#[test]
fn a_material_that_another_tab_tuned_is_not_written_over() {
    let scene = Scene::new();
    let account = scene.account("Lanterns");
    let activity = scene.activity(account, "Spring");
    let member = scene.member(account, "member", Role::Member);
    let material = scene.material(account, activity);
    let one = format!("/accounts/{account}/materials/{material}");
    let seen = member.get(&one).done();
    let mine = |from: &Value, body: Value| change(&member, "PATCH", &one, from, &body);
    let theirs = mine(&seen["version"], json!({ "feature_degree": 80 })).done();
    assert_ne!(theirs["version"], seen["version"]);
    let told = mine(&seen["version"], json!({ "feature_degree": 20 }));
    assert_eq!(told.verdict(), "412 changed_meanwhile");
    let current = &told.body["error"]["current"];
    for field in ["id", "feature_degree", "version"] {
        assert_eq!(current[field], theirs[field]);
    }
    assert_eq!(member.get(&one).done(), theirs, "nothing is changed");
    let told = mine(&theirs["version"], json!({ "feature_degree": 20 }));
    assert_eq!(told.done()["feature_degree"], 20);
    // What cannot be edited makes no other version.
    let seen = member.get(&one).done();
    let replaced = member
        .upload(
            "PUT",
            &format!("{one}/picture"),
            crate::server::scene::portrait(),
        )
        .done();
    assert_eq!(replaced["version"], seen["version"]);
    // A program that does not ask changes it in any case.
    let told = member.send("PATCH", &one, &json!({ "name": "c" }));
    assert_eq!(told.verdict(), "200");
    assert_eq!(member.send("DELETE", &one, &Value::Null).verdict(), "204");
    let told = mine(&seen["version"], json!({ "name": "d" }));
    assert_eq!(told.verdict(), "404 not_found");
}

#[test]
fn an_activity_that_another_tab_changed_is_not_written_over() {
    let scene = Scene::new();
    let account = scene.account("Lanterns");
    let activity = scene.activity(account, "Spring");
    let member = scene.member(account, "member", Role::Member);
    let one = format!("/accounts/{account}/activities/{activity}");
    let seen = member.get(&one).done();
    let theirs = member
        .send("PATCH", &one, &json!({ "name": "春节" }))
        .done();
    let mine = |from: &Value, body: Value| change(&member, "PATCH", &one, from, &body);
    let told = mine(&seen["version"], json!({ "name": "元宵" }));
    assert_eq!(told.verdict(), "412 changed_meanwhile");
    assert_eq!(told.body["error"]["current"], theirs);
    // Calls and materials make no other version.
    scene.material(account, activity);
    let told = mine(&theirs["version"], json!({ "name": "元宵" })).done();
    assert_eq!(told["name"], "元宵");
}

#[test]
fn a_licence_bought_in_another_tab_is_told_as_what_it_is() {
    let scene = Scene::new();
    let account = scene.account("Lanterns");
    let activity = scene.activity(account, "Spring");
    let member = scene.member(account, "member", Role::Member);
    let one = format!("/accounts/{account}/activities/{activity}");
    let seen = member.get(&one).done();
    licence(&scene, account, activity);
    let told = change(
        &member,
        "PATCH",
        &one,
        &seen["version"],
        &json!({ "algorithm": "likeness" }),
    );
    assert_eq!(told.verdict(), "409 locked_by_licence");
    let message = told.body["error"]["message"].as_str().unwrap();
    assert!(message.contains("算法版本"), "{message}");
    assert_eq!(member.get(&one).done()["algorithm"], "natural");
    // What it does not lock can still be saved from what was seen.
    let told = change(
        &member,
        "PATCH",
        &one,
        &seen["version"],
        &json!({ "details": "lanterns" }),
    );
    assert_eq!(told.verdict(), "200");
}

#[test]
fn a_campaign_page_that_another_tab_wrote_is_not_written_over() {
    let scene = Scene::new();
    let account = scene.account("Lanterns");
    let activity = scene.activity(account, "Spring");
    let member = scene.member(account, "member", Role::Member);
    let page = format!("/accounts/{account}/activities/{activity}/campaign");
    let draft = |title: &str| {
        json!({
            "slug": "spring",
            "content": {
                "title": title,
                "consent_text": "One picture is made of your photo.",
                "colours": { "primary": "#c8102e", "background": "#fff8f0", "text": "#222222" },
                "materials": null,
                "hourly_limit": 2,
                "keep_result_hours": 24
            }
        })
    };
    let write = |from: &Value, title: &str| change(&member, "PUT", &page, from, &draft(title));
    let first = write(&Value::Null, "one").done();
    let told = write(&Value::Null, "two");
    assert_eq!(told.verdict(), "412 changed_meanwhile");
    assert_eq!(told.body["error"]["current"], first);
    let second = write(&first["version"], "two").done();
    assert_eq!(
        write(&first["version"], "three").verdict(),
        "412 changed_meanwhile"
    );
    assert_eq!(write(&second["version"], "three").verdict(), "200");
}
