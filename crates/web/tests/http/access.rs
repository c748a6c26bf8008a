//! Who asks: the checks before a request's fields, in their order.

use crate::client::{Draft, NEW, OLD};
use crate::world::World;
use serde_json::json;
use store::KeyState;

/// What makes a good request a bad one.
type Fault = fn(&mut Draft<'_>);

#[test]
fn every_check_has_its_code_and_costs_nothing() {
    let world = World::new();
    let faults: &[(&str, Fault, &str)] = &[
        ("method", |d| d.method = "PUT", "UnsupportedProtocol"),
        ("method", |d| d.method = "DELETE", "UnsupportedProtocol"),
        (
            "size",
            |d| d.body = vec![b' '; (10 << 20) + 1],
            "RequestSizeLimitExceeded",
        ),
        (
            "no signature",
            |d| d.without = "Authorization",
            "AuthFailure.InvalidAuthorization",
        ),
        (
            "skipped",
            |d| d.authorization = Some("SKIP"),
            "AuthFailure.InvalidAuthorization",
        ),
        (
            "v1",
            |d| d.authorization = Some("HmacSHA256 x"),
            "AuthFailure.InvalidAuthorization",
        ),
        (
            "unreadable",
            |d| d.authorization = Some("TC3-HMAC-SHA256 Credential=x"),
            "AuthFailure.InvalidAuthorization",
        ),
        (
            "no time",
            |d| d.without = "X-TC-Timestamp",
            "MissingParameter",
        ),
        (
            "no action",
            |d| d.without = "X-TC-Action",
            "MissingParameter",
        ),
        (
            "no version",
            |d| d.without = "X-TC-Version",
            "MissingParameter",
        ),
        (
            "no key of ours",
            |d| d.secret_id = "AKIDEXAMPLE1234567890EXAMPLE".to_owned(),
            "AuthFailure.InvalidSecretId",
        ),
        (
            "unknown key",
            |d| d.secret_id = format!("AKID{}", "x".repeat(32)),
            "AuthFailure.SecretIdNotFound",
        ),
        (
            "slow clock",
            |d| d.late_s = 301,
            "AuthFailure.SignatureExpire",
        ),
        (
            "quick clock",
            |d| d.late_s = -301,
            "AuthFailure.SignatureExpire",
        ),
        (
            "service",
            |d| d.service = "cvm",
            "AuthFailure.SignatureFailure",
        ),
        (
            "secret",
            |d| d.secret_key = "x".repeat(32),
            "AuthFailure.SignatureFailure",
        ),
        (
            "unsigned body",
            |d| {
                d.headers
                    .push(("X-TC-Content-SHA256", "UNSIGNED-PAYLOAD".to_owned()));
            },
            "AuthFailure.SignatureFailure",
        ),
        (
            "token",
            |d| {
                d.headers.push(("X-TC-Token", "t".to_owned()));
            },
            "AuthFailure.TokenFailure",
        ),
        ("version", |d| d.version = "2020-01-01", "NoSuchVersion"),
        ("action", |d| d.action = "Nonsense", "InvalidAction"),
        (
            "video",
            |d| d.action = "SubmitVideoFaceFusionJob",
            "InvalidAction",
        ),
        (
            "multipart",
            |d| d.content_type = "multipart/form-data",
            "InvalidRequest",
        ),
        (
            "form",
            |d| d.content_type = "application/octet-stream",
            "InvalidParameter",
        ),
        ("fields", |_| (), "MissingParameter"),
        ("clock", |d| d.late_s = 299, "MissingParameter"),
    ];
    for version in [OLD, NEW] {
        for (name, fault, code) in faults {
            let mut draft = world.draft(version, "FuseFace");
            fault(&mut draft);
            let reply = draft.send();
            assert_eq!(reply.code(), *code, "{version} {name}");
            assert_eq!(reply.header("x-mien-charged"), Some("0"), "{name}");
        }
    }
    for (state, code) in [
        (KeyState::Disabled, "AuthFailure.SecretIdNotFound"),
        (KeyState::Enabled, "MissingParameter"),
        (KeyState::Deleted, "AuthFailure.SecretIdNotFound"),
    ] {
        world.set_key_state(state);
        assert_eq!(
            world.draft(NEW, "FuseFace").send().code(),
            code,
            "{state:?}"
        );
    }
    assert_eq!(world.paid(), (0, 0));
}

#[test]
fn who_is_not_known_learns_of_nothing_behind_the_signature() {
    let world = World::new();
    let mut draft = world.draft("2020-01-01", "Nonsense");
    draft.secret_key = "x".repeat(32);
    draft.body = world.fuse_face().to_string().into_bytes();
    assert_eq!(draft.send().code(), "AuthFailure.SignatureFailure");
}

#[test]
fn the_pace_is_held_before_fields_are_looked_at() {
    let world = World::new();
    let wrong = json!({ "ProjectId": world.activity.to_string() });
    assert_eq!(
        world.call(NEW, "FuseFace", &wrong).code(),
        "MissingParameter"
    );
    for action in ["FuseFace", "FaceFusion"] {
        let mut draft = world.draft(OLD, action);
        draft.body = wrong.to_string().into_bytes();
        let reply = draft.send();
        assert_eq!(reply.code(), "RequestLimitExceeded", "{action}");
    }
    // What names no activity of the caller's has no pace.
    for body in [
        "{}",
        "[]",
        r#"{"ProjectId":"999999"}"#,
        r#"{"ProjectId":7}"#,
    ] {
        let mut draft = world.draft(NEW, "FuseFace");
        draft.body = body.as_bytes().to_vec();
        assert!(draft.send().code().contains("Parameter"), "{body}");
    }
    assert_eq!(world.call(NEW, "FuseFace", &world.fuse_face()).code(), "ok");
    assert_eq!(world.paid(), (1, 1));
}

#[test]
fn materials_are_listed_once_a_second_by_each_account() {
    let world = World::new();
    let asked = json!({ "ActivityId": world.activity.to_string() });
    assert_eq!(world.call(NEW, "DescribeMaterialList", &asked).code(), "ok");
    let mut draft = world.draft(OLD, "DescribeMaterialList");
    assert_eq!(draft.send().code(), "RequestLimitExceeded");
    let (_, secret_id, secret_key) = crate::world::new_account(&world.service);
    (draft.secret_id, draft.secret_key) = (secret_id, secret_key);
    assert_eq!(draft.send().code(), "MissingParameter");
    // Fusions have a pace of their own.
    let mut fuse = world.draft(NEW, "FuseFace");
    fuse.body = world.fuse_face().to_string().into_bytes();
    assert_eq!(fuse.send().code(), "ok");
}

#[test]
fn a_query_is_signed_and_read_too() {
    let world = World::new();
    let mut draft = world.draft(NEW, "DescribeMaterialList");
    draft.method = "GET";
    draft.body = Vec::new();
    draft.content_type = "application/x-www-form-urlencoded";
    draft.query = format!("ActivityId={}&Limit=3", world.activity);
    let response = draft.send().response();
    assert_eq!(response["Count"], 1, "{response}");
    draft.query = "x".repeat((32 << 10) + 1);
    assert_eq!(draft.send().code(), "RequestSizeLimitExceeded");
}
