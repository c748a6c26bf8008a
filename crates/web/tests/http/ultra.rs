//! `FuseFaceUltra`: the template comes along, and the key names the activity that pays.

use crate::client::{NEW, OLD, Reply};
use crate::world::{World, portrait};
use data_encoding::BASE64;
use pixel::{DecodeOptions, Image, Srgb8, decode, encode_png};
use serde_json::{Value, json};
use service::KeyChange;

const VALUE: &str = "InvalidParameterValue.ParameterValueError";

fn asked() -> Value {
    json!({
        "RspImgType": "base64",
        "MergeInfos": [{ "Image": BASE64.encode(&portrait("U1")) }],
        "ModelImage": BASE64.encode(&portrait("T1")),
    })
}

fn picture(reply: &Reply) -> Image<Srgb8> {
    let response = reply.response();
    let text = response["FusedImage"].as_str();
    let text = text.unwrap_or_else(|| panic!("no picture: {response}"));
    let file = BASE64.decode(text.as_bytes()).unwrap();
    decode(&file, &DecodeOptions::default()).unwrap().pixels
}

fn grey(width: usize, height: usize) -> String {
    let mut bytes = Vec::new();
    encode_png(
        Image::new(width, height, Srgb8([110; 3])).view(),
        None,
        &mut bytes,
    )
    .unwrap();
    BASE64.encode(&bytes)
}

#[test]
fn the_activity_that_the_key_names_pays() {
    let world = World::new();
    let call = || world.call(NEW, "FuseFaceUltra", &asked());
    assert_eq!(call().code(), "FailedOperation.ProjectNotAuth");
    world.let_key_pay();
    let reply = call();
    let made = picture(&reply);
    assert_eq!((made.width(), made.height()), (1080, 1080));
    assert_eq!(reply.header("x-mien-charged-to"), Some("free"));
    assert_eq!(world.paid(), (1, 1));
    // Its pace is the activity's.
    let mut draft = world.draft(NEW, "FuseFaceUltra");
    draft.body = b"{}".to_vec();
    assert_eq!(draft.send().code(), "RequestLimitExceeded");
    world.sql("UPDATE call_grant SET used = total", &[]);
    world
        .service
        .set_account_state(world.account, store::AccountState::Active)
        .unwrap();
    assert_eq!(call().code(), "FailedOperation.ProjectNotAuth");
    world.license();
    assert_eq!(call().header("x-mien-charged-to"), Some("licence"));
    let change = KeyChange {
        pays: Some(None),
        ..KeyChange::default()
    };
    let service = &world.service;
    service
        .change_key(world.account, &world.secret_id, &change)
        .unwrap();
    assert_eq!(call().code(), "FailedOperation.ProjectNotAuth");
    assert_eq!(
        world.call(OLD, "FuseFaceUltra", &asked()).code(),
        "InvalidAction"
    );
}

#[test]
fn an_address_leads_to_the_result_for_a_day() {
    let world = World::new();
    world.let_key_pay();
    let mut fields = asked();
    fields["RspImgType"] = json!("url");
    fields["ModelUrl"] = json!("https://img.example/t1.jpg");
    // The address wins.
    fields["ModelImage"] = json!("no base64");
    let response = world.call(NEW, "FuseFaceUltra", &fields).response();
    let url = response["FusedImage"].as_str().unwrap();
    let path = url
        .strip_prefix(&format!("http://{}", world.endpoint))
        .unwrap();
    world.pass(24 * 3_600_000 - 2000);
    assert_eq!(world.get(path).status, 200);
    world.pass(2000);
    assert_eq!(world.get(path).status, 404);
}

#[test]
fn fields_have_their_types_ranges_and_defaults() {
    let world = World::new();
    world.let_key_pay();
    let call = |change: &Value| {
        let mut fields = asked();
        for (name, value) in change.as_object().unwrap() {
            fields[name] = value.clone();
        }
        world.call(NEW, "FuseFaceUltra", &fields)
    };
    let param = |name: &str, value: Value| json!({ "FusionUltraParam": { name: value } });
    let photo = &asked()["MergeInfos"][0]["Image"];
    let with = |name: &str, rect: Value| json!({ "MergeInfos": [{ "Image": photo, name: rect }] });
    for (change, code) in [
        (json!({ "RspImgType": null }), "MissingParameter"),
        (json!({ "MergeInfos": null }), "MissingParameter"),
        (json!({ "ModelImage": null }), VALUE),
        (json!({ "ModelImage": 1 }), "InvalidParameter"),
        (
            json!({ "ModelImage": "a*b=" }),
            "FailedOperation.ImageDecodeFailed",
        ),
        (
            json!({ "ModelUrl": "nowhere" }),
            "InvalidParameterValue.UrlIllegal",
        ),
        (json!({ "SwapModelType": 0 }), VALUE),
        (json!({ "SwapModelType": 7 }), VALUE),
        (json!({ "SwapModelType": "1" }), "InvalidParameter"),
        (param("WarpRadio", json!(1.01)), VALUE),
        (param("WarpRadio", json!("x")), "InvalidParameter"),
        (param("EnhanceRadio", json!(-0.1)), VALUE),
        (param("MpRadio", json!(2)), VALUE),
        (param("TeethEnhanceRadio", json!(0.5)), VALUE),
        (param("MakeupTransferRadio", json!(2)), VALUE),
        (json!({ "FusionUltraParam": [] }), "InvalidParameter"),
        (
            with(
                "TemplateFaceRect",
                json!({ "X": 0, "Y": 0, "Width": 29, "Height": 30 }),
            ),
            "InvalidParameterValue.FaceRectParameterValueError",
        ),
        (
            with("TemplateFaceRect", json!({ "X": 0, "Y": 0, "Width": 30 })),
            "MissingParameter",
        ),
    ] {
        let reply = call(&change);
        let shown: String = change.to_string().chars().take(100).collect();
        assert_eq!(reply.code(), code, "{shown}");
        assert_eq!(reply.header("x-mien-charged"), Some("0"), "{shown}");
    }
    assert_eq!(world.paid(), (0, 0));
    let usual = picture(&call(&json!({})));
    for (change, differs) in [
        (json!({ "SwapModelType": 1 }), false),
        (json!({ "SwapModelType": 3 }), false),
        (json!({ "SwapModelType": 4 }), true),
        (json!({ "SwapModelType": 6 }), true),
        (param("WarpRadio", json!(0.7)), false),
        (param("WarpRadio", json!(0)), true),
        (param("BlurRadio", json!("anything")), false),
        (
            json!({ "FusionUltraParam": { "EnhanceRadio": 1, "MpRadio": 0.1, "TeethEnhanceRadio": 0,
                "MakeupTransferRadio": 1 } }),
            false,
        ),
        (
            with(
                "TemplateFaceRect",
                json!({ "X": 300, "Y": 200, "Width": 480, "Height": 600 }),
            ),
            false,
        ),
        (
            json!({ "MergeInfos": [{ "Image": photo, "TemplateFaceID": "no meaning here" }] }),
            false,
        ),
        (json!({ "ProjectId": "no meaning here" }), false),
    ] {
        let made = picture(&call(&change));
        let shown: String = change.to_string().chars().take(100).collect();
        assert_eq!(made != usual, differs, "{shown}");
    }
}

#[test]
fn templates_that_cannot_be_used_count() {
    let world = World::new();
    world.let_key_pay();
    let rect = json!({ "X": 0, "Y": 1000, "Width": 40, "Height": 40 });
    let photo = asked()["MergeInfos"][0]["Image"].clone();
    let with_rect = json!([{ "Image": photo, "TemplateFaceRect": rect }]);
    let all = asked()["MergeInfos"].clone();
    let mut counted = 0;
    for (template, merges, code) in [
        (
            grey(300, 300),
            all.clone(),
            "FailedOperation.NoFaceDetected",
        ),
        (
            grey(63, 300),
            all.clone(),
            "FailedOperation.ImageResolutionTooSmall",
        ),
        (
            grey(8001, 64),
            all.clone(),
            "FailedOperation.ImageSizeInvalid",
        ),
        (
            BASE64.encode(b"no picture at all"),
            all,
            "FailedOperation.ImageDecodeFailed",
        ),
        (
            BASE64.encode(&portrait("T1")),
            with_rect,
            "InvalidParameterValue.FaceRectParameterValueError",
        ),
    ] {
        let fields = json!({
            "RspImgType": "base64", "ModelImage": template, "MergeInfos": merges,
        });
        let reply = world.call(NEW, "FuseFaceUltra", &fields);
        assert_eq!(reply.code(), code);
        assert_eq!(reply.header("x-mien-charged"), Some("1"), "{code}");
        counted += 1;
    }
    assert_eq!(world.paid(), (counted, counted as usize));
    // Base64 of 5 MB and more is taken here, up to the size of a request.
    let long = json!({ "RspImgType": "url", "ModelImage": "A".repeat(6 << 20), "MergeInfos": [{ "Image": "AAAA" }] });
    let reply = world.call(NEW, "FuseFaceUltra", &long);
    assert_eq!(reply.code(), "FailedOperation.ImageDecodeFailed");
}
