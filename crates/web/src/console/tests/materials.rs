use super::licence;
use crate::server::scene::{Scene, portrait};
use axum::body::Body;
use serde_json::{Value, json};
use service::Role;

#[test]
fn a_material_from_upload_to_deletion() {
    let scene = Scene::new();
    let account = scene.account("Lanterns");
    let activity = scene.activity(account, "Spring");
    let member = scene.member(account, "member", Role::Member);
    let viewer = scene.member(account, "viewer", Role::Viewer);
    let list = format!("/accounts/{account}/activities/{activity}/materials");
    let add = |name: &str, picture: Vec<u8>| {
        member.upload("POST", &format!("{list}?name={name}"), picture)
    };
    let added = add("b", portrait());
    assert_eq!(added.verdict(), "201");
    let made = added.body;
    assert_eq!(made["usable"], true);
    assert_eq!(
        made["faces"][0]["bounds"],
        made["review"]["faces"][0]["bounds"]
    );
    assert_eq!(
        add("a", b"no picture".to_vec()).body["status"],
        "rejected_by_machine"
    );
    assert_eq!(add("", portrait()).verdict(), "422 bad_name");
    assert_eq!(add("x", Vec::new()).verdict(), "400 no_picture");
    let names = |query: &str| -> Vec<String> {
        let told = viewer.get(&format!("{list}{query}")).done();
        let found = told["materials"].as_array().unwrap().iter();
        found
            .map(|one| one["name"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(names(""), ["a", "b"]);
    assert_eq!(names("?sort=oldest"), ["b", "a"]);
    assert_eq!(names("?sort=name&state=usable"), ["b"]);
    assert_eq!(names("?state=refused"), ["a"]);
    assert_eq!(names("?state=waiting"), [""; 0]);
    assert_eq!(
        viewer.get(&format!("{list}?sort=size")).verdict(),
        "400 malformed"
    );

    let one = format!(
        "/accounts/{account}/materials/{}",
        made["id"].as_str().unwrap()
    );
    let patch = json!({ "name": "c", "feature_degree": 30 });
    let told = member.send("PATCH", &one, &patch).done();
    assert_eq!(
        (&told["name"], &told["feature_degree"]),
        (&json!("c"), &json!(30))
    );
    assert_eq!(told["shape_degree"], 50);
    let bad = member.send("PATCH", &one, &json!({ "shape_degree": 101 }));
    assert_eq!(bad.verdict(), "422 degree_out_of_range");
    assert_eq!(
        viewer.send("PATCH", &one, &patch).verdict(),
        "403 not_allowed"
    );
    let appeal = member.send("POST", &format!("{one}/appeal"), &json!({}));
    assert_eq!(appeal.verdict(), "409 wrong_review_state");

    let picture = viewer.get(&format!("{one}/picture"));
    assert_eq!(picture.bytes, portrait());
    assert_eq!(picture.headers["content-type"], "image/jpeg");
    assert_eq!(picture.headers["cache-control"], "private, no-cache");
    let mut known = viewer.request("GET", &format!("{one}/picture"), Body::empty());
    let etag = picture.headers["etag"].clone();
    known.headers_mut().insert("if-none-match", etag.clone());
    let told = scene.ask(known);
    assert_eq!((told.verdict().as_str(), told.bytes.len()), ("304", 0));
    let told = member
        .upload("PUT", &format!("{one}/picture"), portrait())
        .done();
    assert_ne!(
        format!("\"{}\"", told["picture"].as_str().unwrap()),
        etag.to_str().unwrap()
    );
    assert_eq!(member.send("DELETE", &one, &Value::Null).verdict(), "204");
    assert_eq!(
        viewer.get(&format!("{one}/picture")).verdict(),
        "404 not_found"
    );
}

#[test]
fn a_refused_material_is_appealed_with_a_reason() {
    let scene = Scene::new();
    let account = scene.account("Lanterns");
    let activity = scene.activity(account, "Spring");
    let member = scene.member(account, "member", Role::Member);
    let list = format!("/accounts/{account}/activities/{activity}/materials");
    let made = member.upload("POST", &format!("{list}?name=x"), b"no".to_vec());
    assert!(made.body["review"]["reason"]["text_zh"].is_string());
    let id = made.body["id"].as_str().unwrap();
    let appeal = format!("/accounts/{account}/materials/{id}/appeal");
    let told = member
        .send("POST", &appeal, &json!({ "reason": "它本应如此" }))
        .done();
    assert_eq!(
        (&told["status"], &told["reason"]),
        (&json!("appealed"), &json!("它本应如此"))
    );
    assert!(
        told["review"]["reason"]["code"].is_string(),
        "what the machine said stays"
    );
}

#[test]
fn full_quotas_closed_windows_and_large_pictures() {
    let scene = Scene::new();
    let account = scene.account("Lanterns");
    let activity = scene.activity(account, "Spring");
    let member = scene.member(account, "member", Role::Member);
    let list = format!("/accounts/{account}/activities/{activity}/materials");
    let add = |bytes: Vec<u8>| member.upload("POST", &format!("{list}?name=x"), bytes);
    let mut last = String::new();
    for _ in 0..10 {
        last = add(b"no".to_vec()).done()["id"]
            .as_str()
            .unwrap()
            .to_owned();
    }
    let full = add(portrait());
    assert_eq!(full.verdict(), "409 quota_full");
    assert_eq!(full.body["error"]["quota"], 10);
    licence(&scene, account, activity);
    scene.pass_s(31 * 24 * 3600);
    let member = scene.signed_in_again("member");
    let one = format!("/accounts/{account}/materials/{last}");
    for (method, path) in [
        ("POST", format!("{list}?name=x")),
        ("PUT", format!("{one}/picture")),
    ] {
        let frozen = member.upload(method, &path, portrait());
        assert_eq!(frozen.verdict(), "409 materials_frozen", "{path}");
    }
    let frozen = member.send("DELETE", &one, &Value::Null);
    assert_eq!(frozen.verdict(), "409 materials_frozen");
    let tuned = member.send("PATCH", &one, &json!({ "feature_degree": 1 }));
    assert_eq!(tuned.verdict(), "200", "degrees change at any time");
    // A photo of 50 MB, and one that does not say how large it is.
    let path = format!("{list}?name=x");
    let large = member.upload("POST", &path, vec![0; 50 << 20]);
    assert_eq!(large.verdict(), "413 picture_too_large");
    assert_eq!(large.body["error"]["most_bytes"], 10 << 20);
    let request = member.request("POST", &path, Body::from(vec![0; (10 << 20) + 1]));
    assert_eq!(scene.ask(request).verdict(), "413 picture_too_large");
    let mut request = member.request("POST", &path, Body::empty());
    let length = "5000000000".parse().unwrap();
    request.headers_mut().insert("content-length", length);
    assert_eq!(scene.ask(request).verdict(), "413 picture_too_large");
}

#[test]
fn a_trial_makes_a_picture_and_counts_nothing() {
    let scene = Scene::new();
    let account = scene.account("Lanterns");
    let activity = scene.activity(account, "Spring");
    let member = scene.member(account, "member", Role::Member);
    let material = scene.material(account, activity);
    let trial = format!("/accounts/{account}/materials/{material}/trial");
    let made = member.upload("POST", &trial, portrait());
    assert_eq!(made.verdict(), "200");
    assert_eq!(made.headers["content-type"], "image/jpeg");
    assert!(made.bytes.starts_with(&[0xff, 0xd8]));
    let other = format!("{trial}?algorithm=likeness&feature_degree=0&shape_degree=0&face=1");
    let other = member.upload("POST", &other, portrait());
    assert_eq!(other.verdict(), "200");
    assert_ne!(other.bytes, made.bytes);
    for (query, bytes, verdict) in [
        ("?feature_degree=101", portrait(), "422 degree_out_of_range"),
        ("?algorithm=magic", portrait(), "400 malformed"),
        ("?face=9", portrait(), "422 bad_parameter"),
        ("", b"no".to_vec(), "422 undecodable"),
    ] {
        let told = member.upload("POST", &format!("{trial}{query}"), bytes);
        assert_eq!(told.verdict(), verdict, "{query}");
    }
    let view = scene.service.activity(account, activity).unwrap();
    assert_eq!(view.free_left, 500);
    let refused = scene.refused_material(account, activity);
    let told = member.upload(
        "POST",
        &format!("/accounts/{account}/materials/{refused}/trial"),
        portrait(),
    );
    assert_eq!(told.verdict(), "409 material_not_passed");
    assert!(scene.audited(account).is_empty());
}
