//! Rows about the fields of a request.

use super::{Case, both, newer, provoke};
use crate::client::Reply;
use crate::world::World;
use serde_json::{Value, json};

/// A good request but for one field.
fn with(world: &World, version: &'static str, name: &str, value: Value) -> Reply {
    let mut fields = world.fuse_face();
    fields[name] = value;
    world.call(version, "FuseFace", &fields)
}

/// A good request of another content type or body.
fn sent(world: &World, version: &'static str, content_type: &'static str, body: &str) -> Reply {
    world.pass(1000);
    let mut draft = world.draft(version, "FuseFace");
    draft.content_type = content_type;
    draft.body = body.as_bytes().to_vec();
    draft.send()
}

pub(super) const CASES: &[Case] = &[
    both("Multipart", |world, version| {
        sent(world, version, "multipart/form-data; boundary=x", "--x")
    }),
    both("ContentTypeOther", |world, version| {
        sent(world, version, "application/octet-stream", "x")
    }),
    both("Unreadable", |world, version| {
        sent(world, version, "application/json", "[1")
    }),
    both("WrongType", |world, version| {
        with(world, version, "FuseFaceDegree", json!("50"))
    }),
    both("FieldMissing", |world, version| {
        with(world, version, "ModelId", Value::Null)
    }),
    both("OutOfRange", |world, version| {
        with(world, version, "FuseFaceDegree", json!(101))
    }),
    both("NotOneOf", |world, version| {
        with(world, version, "RspImgType", json!("png"))
    }),
    both("TextLength", |world, version| {
        let pair = json!({ "MetaKey": "k".repeat(33), "MetaValue": "v" });
        let param = json!({ "ImageCodecParam": { "MetaData": [pair] } });
        with(world, version, "FuseParam", param)
    }),
    both("EntryCount", |world, version| {
        with(world, version, "MergeInfos", json!([]))
    }),
    both("FaceTakenTwice", |world, version| {
        let photo = &world.fuse_face()["MergeInfos"][0];
        with(world, version, "MergeInfos", json!([photo, photo]))
    }),
    // In 2018-12-01 a request has no mark of its own.
    newer("ValueRefused", |world, version| {
        let rect = json!({ "X": 0, "Y": 0, "Width": 64, "Height": 64 });
        let logo = json!({ "LogoRect": rect, "LogoImage": "AAAA" });
        with(world, version, "LogoParam", logo)
    }),
    both("ClientTokenReused", |world, version| {
        let mut fields = world.fuse_face();
        let send = |fields: &Value| {
            world.pass(1000);
            let mut draft = world.draft(version, "FuseFace");
            draft
                .headers
                .push(("X-Mien-Client-Token", version.to_owned()));
            draft.body = fields.to_string().into_bytes();
            draft.send()
        };
        assert_eq!(send(&fields).code(), "ok");
        fields["FuseFaceDegree"] = json!(1);
        send(&fields)
    }),
    both("PictureMissing", |world, version| {
        with(world, version, "MergeInfos", json!([{ "Image": "" }]))
    }),
    both("UrlIllegal", |world, version| {
        let merges = json!([{ "Url": "ftp://img.example/u1.jpg" }]);
        with(world, version, "MergeInfos", merges)
    }),
    both("UrlsNotTaken", |_, version| {
        let world = World::without_fetcher();
        let merges = json!([{ "Url": "https://img.example/u1.jpg" }]);
        with(&world, version, "MergeInfos", merges)
    }),
    both("Base64Broken", |world, version| {
        with(world, version, "MergeInfos", json!([{ "Image": "a*b=" }]))
    }),
    both("Base64TooLong", |world, version| {
        let merges = json!([{ "Image": "A".repeat((5 << 20) + 4) }]);
        with(world, version, "MergeInfos", merges)
    }),
    both("FaceRectMalformed", |world, version| {
        let merges = json!([crate::pictures::with_rect(0, 0, 29)]);
        with(world, version, "MergeInfos", merges)
    }),
];

#[test]
fn rows_about_fields() {
    provoke(CASES);
}
