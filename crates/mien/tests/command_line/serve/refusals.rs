//! What is answered with an error.

use super::client::{Call, exchange, fuse_face, get};
use super::process::Serving;
use crate::pictures::{SELFIE, png};
use crate::run::Folder;
use serde_json::json;

const OLD: &str = "2018-12-01";
const NEW: &str = "2022-09-27";

#[test]
fn requests_that_are_not_let_in() {
    let folder = Folder::new();
    let serving = Serving::start(&folder);
    let list = json!({ "ActivityId": serving.text("project_id") });
    let call = |version, action| Call::new(&serving, version, action);
    for (call, code) in [
        (
            Call {
                secret_key: "of somebody else",
                ..call(NEW, "DescribeMaterialList")
            },
            "AuthFailure.SignatureFailure",
        ),
        (
            Call {
                age_s: 301,
                ..call(NEW, "DescribeMaterialList")
            },
            "AuthFailure.SignatureExpire",
        ),
        (call("2020-01-01", "DescribeMaterialList"), "NoSuchVersion"),
        (call(OLD, "FuseFaceUltra"), "InvalidAction"),
        (call(NEW, "FuseFace"), "MissingParameter"),
    ] {
        let reply = call.send(&serving, &list);
        assert_eq!(reply.code(), code);
        assert_eq!(reply.header("x-mien-charged"), Some("0"), "{code}");
    }
    let endpoint = serving.text("endpoint");
    let unsigned =
        format!("PUT /any/path HTTP/1.1\r\nHost: {endpoint}\r\nConnection: close\r\n\r\n");
    let reply = exchange(endpoint, &unsigned, b"");
    assert_eq!(reply.code(), "UnsupportedProtocol");
}

#[test]
fn a_body_that_is_too_large_is_answered() {
    let folder = Folder::new();
    let serving = Serving::start(&folder);
    let body = vec![b' '; (10 << 20) + 1];
    let reply = Call::new(&serving, NEW, "FuseFace").send_bytes(&serving, &body);
    assert_eq!(reply.code(), "RequestSizeLimitExceeded");
}

#[test]
fn a_photo_without_a_face_counts() {
    let folder = Folder::new();
    let serving = Serving::start(&folder);
    let grey = png(&pixel::Image::new(200, 200, pixel::Srgb8([128; 3])));
    for (version, code) in [
        (OLD, "InvalidParameterValue.NoFaceInPhoto"),
        (NEW, "FailedOperation.NoFaceDetected"),
    ] {
        let asked = fuse_face(&serving, "url", &grey);
        let reply = Call::new(&serving, version, "FuseFace").send(&serving, &asked);
        assert_eq!(reply.code(), code);
        assert_eq!(reply.header("x-mien-charged"), Some("1"));
    }
    let mut asked = fuse_face(&serving, "url", SELFIE);
    asked["ModelId"] = json!("qc_300100_154001_99");
    let reply = Call::new(&serving, NEW, "FuseFace").send(&serving, &asked);
    assert_eq!(reply.code(), "InvalidParameterValue.MaterialIdNotFound");
    assert_eq!(reply.header("x-mien-charged"), Some("0"));
}

#[test]
fn metadata_that_no_label_holds_costs_nothing() {
    let folder = Folder::new();
    let serving = Serving::start(&folder);
    let pair = json!({ "MetaKey": "k", "MetaValue": "\"".repeat(256) });
    let mut asked = fuse_face(&serving, "base64", SELFIE);
    asked["FuseParam"] = json!({ "ImageCodecParam": { "MetaData": vec![pair; 64] } });
    let reply = Call::new(&serving, OLD, "FuseFace").send(&serving, &asked);
    assert_eq!(reply.code(), "InvalidParameterValue");
    assert_eq!(reply.header("x-mien-charged"), Some("0"));
}

#[test]
fn what_is_no_result_is_not_found_and_health_is_told() {
    let folder = Folder::new();
    let serving = Serving::start(&folder);
    let reply = get(
        &serving,
        "/results/j6b0ed10caaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "",
    );
    assert_eq!(reply.status, 404);
    assert_eq!(get(&serving, "/results/x", "").status, 404);
    assert_eq!(get(&serving, "/healthz", "").body, b"ok\n");
    assert_eq!(get(&serving, "/readyz", "").body, b"ready\n");
    serving.stop();
}
