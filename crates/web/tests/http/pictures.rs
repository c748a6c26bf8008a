//! Pictures that cannot be used: each has its code in each version, and counts where it was looked at.

use crate::client::{NEW, OLD};
use crate::world::{World, portrait};
use data_encoding::BASE64;
use pixel::{DecodeOptions, Image, Srgb8, decode, encode_png, resize};
use serde_json::{Value, json};

fn png(picture: &Image<Srgb8>) -> String {
    let mut bytes = Vec::new();
    encode_png(picture.view(), None, &mut bytes).unwrap();
    BASE64.encode(&bytes)
}

pub(crate) fn grey(width: usize, height: usize) -> Value {
    json!({ "Image": png(&Image::new(width, height, Srgb8([110; 3]))) })
}

/// A part of a portrait, by percents of its columns, shrunk to a width.
pub(crate) fn part(percents: std::ops::Range<usize>, width: usize) -> Value {
    let full = decode(&portrait("U1"), &DecodeOptions::default())
        .unwrap()
        .pixels;
    let columns = full.width() * percents.start / 100..full.width() * percents.end / 100;
    let mut cut = Image::new(columns.len(), full.height(), Srgb8([0; 3]));
    for y in 0..full.height() {
        cut.row_mut(y)
            .copy_from_slice(&full.row(y)[columns.clone()]);
    }
    let height = cut.height() * width / cut.width();
    json!({ "Image": png(&resize(cut.view(), width, height)) })
}

pub(crate) fn with_rect(x: i64, y: i64, side: i64) -> Value {
    json!({
        "Image": BASE64.encode(&portrait("U1")),
        "InputImageFaceRect": { "X": x, "Y": y, "Width": side, "Height": side },
    })
}

/// The picture, the code in 2018-12-01, the one in 2022-09-27 (empty: the same), and whether it counts.
fn cases() -> Vec<(&'static str, Value, &'static str, &'static str, bool)> {
    let full = decode(&portrait("U1"), &DecodeOptions::default()).unwrap();
    let height = full.pixels.height();
    vec![
        (
            "none",
            json!({}),
            "InvalidParameterValue.ImageEmpty",
            "InvalidParameterValue.ParameterValueError",
            false,
        ),
        (
            "empty",
            json!({ "Image": "", "Url": "" }),
            "InvalidParameterValue.ImageEmpty",
            "InvalidParameterValue.ParameterValueError",
            false,
        ),
        (
            "broken base64",
            json!({ "Image": "a*b=" }),
            "FailedOperation.ImageDecodeFailed",
            "",
            false,
        ),
        (
            "base64 of 5 MB and one",
            json!({ "Image": "A".repeat((5 << 20) + 4) }),
            "FailedOperation.ImageSizeExceed",
            "",
            false,
        ),
        (
            "no picture",
            json!({ "Image": BASE64.encode(b"GIF89a, or not even that") }),
            "FailedOperation.ImageDecodeFailed",
            "",
            true,
        ),
        (
            "cut off",
            json!({ "Image": BASE64.encode(&portrait("U1")[..200]) }),
            "FailedOperation.ImageDecodeFailed",
            "",
            true,
        ),
        (
            "no address",
            json!({ "Url": "ftp://img.example/u1.jpg" }),
            "FailedOperation.ImageDownloadError",
            "InvalidParameterValue.UrlIllegal",
            false,
        ),
        (
            "not there",
            json!({ "Url": "https://img.example/none.jpg" }),
            "FailedOperation.ImageDownloadError",
            "",
            true,
        ),
        (
            "too large a file",
            json!({ "Url": "https://img.example/large.jpg" }),
            "FailedOperation.ImageSizeExceed",
            "",
            true,
        ),
        (
            "63 pixels",
            grey(63, 200),
            "FailedOperation.ImageResolutionTooSmall",
            "",
            true,
        ),
        (
            "8001 pixels",
            grey(8001, 64),
            "FailedOperation.ImageResolutionExceed",
            "FailedOperation.ImageSizeInvalid",
            true,
        ),
        (
            "4097 pixels",
            grey(64, 4097),
            "InvalidParameterValue.NoFaceInPhoto",
            "FailedOperation.ImageSizeInvalid",
            true,
        ),
        (
            "4096 pixels",
            grey(64, 4096),
            "InvalidParameterValue.NoFaceInPhoto",
            "FailedOperation.NoFaceDetected",
            true,
        ),
        (
            "no face",
            grey(300, 300),
            "InvalidParameterValue.NoFaceInPhoto",
            "FailedOperation.NoFaceDetected",
            true,
        ),
        (
            "tiny face",
            part(0..100, 66),
            "FailedOperation.FaceSizeTooSmall",
            "",
            true,
        ),
        (
            "half a face",
            part(50..100, 400),
            "FailedOperation.FaceExceedBorder",
            "FailedOperation.NoFaceDetected",
            true,
        ),
        (
            "box of 29 pixels",
            with_rect(0, 0, 29),
            "InvalidParameterValue.FaceRectParameterValueError",
            "",
            false,
        ),
        (
            "negative box",
            with_rect(-1, 0, 100),
            "InvalidParameterValue.FaceRectParameterValueError",
            "",
            false,
        ),
        (
            "box without a face",
            with_rect(0, height as i64 - 40, 40),
            "FailedOperation.FaceRectInvalid",
            "InvalidParameterValue.FaceRectParameterValueError",
            true,
        ),
        (
            "box outside",
            with_rect(90_000, 90_000, 40),
            "FailedOperation.FaceRectInvalid",
            "InvalidParameterValue.FaceRectParameterValueError",
            true,
        ),
    ]
}

#[test]
fn every_picture_fault_has_its_code_in_each_version() {
    let world = World::new();
    let mut counted = 0;
    for (name, picture, code_2018, code_2022, counts) in cases() {
        for version in [OLD, NEW] {
            let mut asked = world.fuse_face();
            asked["MergeInfos"] = json!([picture]);
            let reply = world.call(version, "FuseFace", &asked);
            let code = match (version, code_2022) {
                (OLD, _) | (_, "") => code_2018,
                _ => code_2022,
            };
            assert_eq!(reply.code(), code, "{version}: {name}");
            let charged = if counts { "1" } else { "0" };
            assert_eq!(
                reply.header("x-mien-charged"),
                Some(charged),
                "{version}: {name}"
            );
            counted += usize::from(counts);
            assert_eq!(world.paid(), (counted as u64, counted), "{version}: {name}");
        }
    }
}

#[test]
fn the_oldest_action_says_the_same() {
    let world = World::new();
    for (picture, code) in [
        (json!({}), "InvalidParameterValue.ImageEmpty"),
        (grey(300, 300), "InvalidParameterValue.NoFaceInPhoto"),
        (json!({ "Url": "https://img.example/u1.jpg" }), "ok"),
    ] {
        let mut asked = world.fuse_face();
        for name in ["Image", "Url"] {
            asked[name] = picture[name].clone();
        }
        assert_eq!(world.call(OLD, "FaceFusion", &asked).code(), code);
    }
}
