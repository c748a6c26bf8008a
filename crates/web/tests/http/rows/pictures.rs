//! Rows about pictures and the faces in them.

use super::{Case, both, newer, provoke};
use crate::client::Reply;
use crate::pictures::{grey, part, with_rect};
use crate::world::{World, portrait};
use data_encoding::BASE64;
use serde_json::{Value, json};

/// A request that is good but for its photo.
fn of(world: &World, version: &'static str, photo: &Value) -> Reply {
    let mut fields = world.fuse_face();
    fields["MergeInfos"] = json!([photo]);
    world.call(version, "FuseFace", &fields)
}

pub(super) const CASES: &[Case] = &[
    both("PictureNotFetched", |world, version| {
        let photo = json!({ "Url": "https://img.example/none.jpg" });
        of(world, version, &photo)
    }),
    both("PictureFileTooLarge", |world, version| {
        let photo = json!({ "Url": "https://img.example/large.jpg" });
        of(world, version, &photo)
    }),
    both("PictureUndecodable", |world, version| {
        let photo = json!({ "Image": BASE64.encode(b"GIF89a, or not even that") });
        of(world, version, &photo)
    }),
    both("PictureSideTooShort", |world, version| {
        of(world, version, &grey(63, 200))
    }),
    both("PictureSizeInvalid", |world, version| {
        of(world, version, &grey(8001, 64))
    }),
    both("NoFace", |world, version| {
        of(world, version, &grey(300, 300))
    }),
    both("FaceRectWithoutFace", |world, version| {
        of(world, version, &with_rect(90_000, 90_000, 40))
    }),
    both("FaceTooSmall", |world, version| {
        of(world, version, &part(0..100, 66))
    }),
    both("FaceCut", |world, version| {
        of(world, version, &part(50..100, 400))
    }),
    newer("TemplateFaceShared", |world, version| {
        let photo = BASE64.encode(&portrait("U1"));
        let aimed = |x: u32| {
            let rect = json!({ "X": x, "Y": 200, "Width": 480, "Height": 600 });
            json!({ "Image": photo, "TemplateFaceRect": rect })
        };
        let fields = json!({
            "RspImgType": "base64",
            "MergeInfos": [aimed(300), aimed(310)],
            "ModelImage": BASE64.encode(&portrait("T1")),
        });
        world.call(version, "FuseFaceUltra", &fields)
    }),
];

#[test]
fn rows_about_pictures() {
    provoke(CASES);
}
