use crate::server::scene::{Scene, portrait};
use data_encoding::BASE64;
use serde_json::{Value, json};
use service::Role;
use store::KeyState;

fn fields(response: &Value) -> Value {
    serde_json::from_str(response["response"]["body"].as_str().unwrap()).unwrap()
}

#[test]
fn a_call_is_signed_answered_and_charged_like_any_other() {
    let scene = Scene::new();
    let account = scene.account("Lanterns");
    let activity = scene.activity(account, "Spring");
    let material = scene.material(account, activity);
    let member = scene.member(account, "member", Role::Member);
    let key = scene.service.create_key(account, "app").unwrap();
    let path = format!("/accounts/{account}/explorer");
    let body = json!({
        "ProjectId": activity.to_string(),
        "ModelId": material.to_string(),
        "RspImgType": "url",
        "MergeInfos": [{ "Image": BASE64.encode(&portrait()) }],
    })
    .to_string();
    let mut call = json!({
        "secret_id": key.secret_id.as_str(),
        "action": "FuseFace",
        "version": "2022-09-27",
        "body": body,
        "language": "en-US",
    });
    let told = member.send("POST", &path, &call).done();
    assert_eq!(told["response"]["status"], 200);
    let answer = fields(&told);
    let picture = answer["Response"]["FusedImage"].as_str();
    assert!(
        picture.is_some_and(|url| url.contains("/results/")),
        "{answer}"
    );
    let used: u64 = scene
        .service
        .grants(account)
        .unwrap()
        .iter()
        .map(|grant| grant.used)
        .sum();
    assert_eq!(used, 1);
    let request = &told["request"];
    assert_eq!(request["body"], call["body"]);
    let canonical = request["canonical_request"].as_str().unwrap();
    assert!(
        canonical.starts_with("POST\n/\n\ncontent-type:application/json"),
        "{canonical}"
    );
    let to_sign = request["string_to_sign"].as_str().unwrap();
    assert!(to_sign.starts_with("TC3-HMAC-SHA256\n"), "{to_sign}");
    let headers = request["headers"].to_string();
    assert!(
        headers.contains("SignedHeaders=content-type;host;x-tc-action"),
        "{headers}"
    );
    let everything = told.to_string();
    assert!(
        !everything.contains(key.secret_key.expose()),
        "no secret is told"
    );

    // The second call of a second is over the pace, and says so as the API does.
    let told = member.send("POST", &path, &call).done();
    assert_eq!(
        fields(&told)["Response"]["Error"]["Code"],
        "RequestLimitExceeded"
    );
    call["action"] = json!("Nonsense");
    let told = member.send("POST", &path, &call).done();
    assert_eq!(fields(&told)["Response"]["Error"]["Code"], "InvalidAction");
    call["action"] = json!("a\nb");
    assert_eq!(member.send("POST", &path, &call).verdict(), "400 malformed");
    let used: u64 = scene
        .service
        .grants(account)
        .unwrap()
        .iter()
        .map(|grant| grant.used)
        .sum();
    assert_eq!(used, 1);
}

#[test]
fn only_keys_of_the_account_that_are_enabled_sign() {
    let scene = Scene::new();
    let (account, other) = (scene.account("Lanterns"), scene.account("Harbour"));
    let own = scene.service.create_key(account, "app").unwrap();
    let foreign = scene.service.create_key(other, "app").unwrap();
    let member = scene.member(account, "member", Role::Member);
    let viewer = scene.member(account, "viewer", Role::Viewer);
    let path = format!("/accounts/{account}/explorer");
    let call = |id: &str| {
        json!({
            "secret_id": id, "action": "DescribeMaterialList", "version": "2022-09-27", "body": "{}"
        })
    };
    let id = own.secret_id.as_str();
    assert_eq!(
        viewer.send("POST", &path, &call(id)).verdict(),
        "403 not_allowed"
    );
    for unknown in [foreign.secret_id.as_str(), "AKIDnone", ""] {
        let told = member.send("POST", &path, &call(unknown));
        assert_eq!(told.verdict(), "404 not_found", "{unknown}");
    }
    assert_eq!(member.send("POST", &path, &call(id)).verdict(), "200");
    scene
        .service
        .set_key_state(account, id, KeyState::Disabled)
        .unwrap();
    assert_eq!(
        member.send("POST", &path, &call(id)).verdict(),
        "409 key_disabled"
    );
}
