//! Results that the operator signs (C2PA): they hold, whatever way they are fetched, until somebody alters them.

use crate::authority::{Authority, SIGNER};
use crate::client::{NEW, OLD};
use crate::world::{World, portrait};
use billing::MaterialId;
use data_encoding::BASE64;
use pixel::{DecodeOptions, decode, encode_png, resize};
use provenance::{Credential, Integrity, SignError, Trust, TrustAnchors, read_manifest};
use serde_json::json;
use service::labelling::PictureSigner;
use std::sync::Arc;

/// 2027-01-10 in seconds of Unix.
const NOW: i64 = 1_799_539_200;

/// Cannot sign, as with a certificate that ran out.
struct RanOut;

impl PictureSigner for RanOut {
    fn sign(&self, _: &[u8], _: &str) -> Result<Vec<u8>, SignError> {
        Err(SignError::Refused("the certificate ran out".to_owned()))
    }
}

/// A server whose results are signed, and the authority behind its signer.
fn signed() -> (World, Authority) {
    let authority = Authority::new();
    let files = authority.signer();
    let read = Credential::read(files.certificate.as_bytes(), files.key.as_bytes(), NOW);
    (World::signed(Arc::new(read.unwrap())), authority)
}

/// A material that is a PNG, and so are its results.
fn png_material(world: &World) -> MaterialId {
    let full = decode(&portrait("T1"), &DecodeOptions::default())
        .unwrap()
        .pixels;
    let small = resize(full.view(), full.width() / 2, full.height() / 2);
    let mut png = Vec::new();
    encode_png(small.view(), None, &mut png).unwrap();
    let added = world
        .service
        .add_material(world.account, world.activity, "png", &png);
    added.unwrap().id
}

/// The result of a call into a material, as base64 or by address.
fn result(world: &World, material: MaterialId, version: &'static str, by: &str) -> Vec<u8> {
    let mut asked = world.fuse_face();
    asked["ModelId"] = json!(material.to_string());
    asked["RspImgType"] = json!(by);
    let response = world.call(version, "FuseFace", &asked).response();
    let picture = response["FusedImage"].as_str().unwrap();
    match picture.strip_prefix(&format!("http://{}", world.endpoint)) {
        Some(path) => world.get(path).body,
        None => BASE64.decode(picture.as_bytes()).unwrap(),
    }
}

#[test]
fn every_result_is_signed_and_an_altered_one_is_found_out() {
    let (world, authority) = signed();
    let anchors = TrustAnchors::read(authority.certificate.as_bytes()).unwrap();
    let png = png_material(&world);
    for (material, version, by, magic) in [
        (world.material, OLD, "base64", &b"\xff\xd8\xff"[..]),
        (world.material, NEW, "url", b"\xff\xd8\xff"),
        (png, NEW, "base64", b"\x89PNG"),
        (png, OLD, "url", b"\x89PNG"),
    ] {
        let picture = result(&world, material, version, by);
        assert!(picture.starts_with(magic));
        let manifest = read_manifest(&picture, Some(&anchors)).unwrap().unwrap();
        assert_eq!(manifest.integrity, Integrity::Intact, "{manifest:?}");
        assert_eq!(manifest.trust, Trust::Trusted);
        assert_eq!(manifest.signer.name.as_deref(), Some(SIGNER));
        // The label's own number, behind which it is found.
        let id = manifest.produce_id.unwrap();
        let named = format!("ProduceID&quot;:&quot;{id}&quot;");
        assert!(contains(&picture, named.as_bytes()), "{id}");
        let mut altered = picture;
        let at = altered.len() - 100;
        altered[at] ^= 1;
        let manifest = read_manifest(&altered, None).unwrap().unwrap();
        assert_eq!(manifest.integrity, Integrity::PictureAltered);
    }
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[test]
fn a_repeated_call_gets_its_picture_signed_again_for_the_first_call() {
    let (world, _) = signed();
    let mut names = Vec::new();
    for _ in 0..2 {
        world.pass(1000);
        let mut draft = world.draft(NEW, "FuseFace");
        draft.body = world.fuse_face().to_string().into_bytes();
        draft.headers = vec![("X-Mien-Client-Token", "t-1".to_owned())];
        let response = draft.send().response();
        let picture = response["FusedImage"].as_str().unwrap();
        let picture = BASE64.decode(picture.as_bytes()).unwrap();
        let manifest = read_manifest(&picture, None).unwrap().unwrap();
        assert_eq!(manifest.integrity, Integrity::Intact, "{manifest:?}");
        names.push(manifest.produce_id.unwrap());
    }
    assert_eq!(names[0], names[1]);
    assert_eq!(world.paid(), (1, 1));
}

#[test]
fn what_cannot_be_signed_is_not_given_out_and_not_paid() {
    let world = World::signed(Arc::new(RanOut));
    for by in ["base64", "url"] {
        let mut asked = world.fuse_face();
        asked["RspImgType"] = json!(by);
        for (version, code) in [
            (OLD, "FailedOperation.FuseInnerError"),
            (NEW, "FailedOperation.InnerError"),
        ] {
            let reply = world.call(version, "FuseFace", &asked);
            assert_eq!(reply.code(), code, "{version}");
            assert_eq!(reply.header("x-mien-charged"), Some("0"));
            assert!(!contains(&reply.body, b"ran out"));
        }
    }
    assert_eq!(world.paid(), (0, 0));
    let kept = store::objects::Objects::list(world.place.as_ref(), "results/");
    assert!(kept.unwrap().is_empty());
    let log = world.log.lock().unwrap().join("\n");
    assert!(log.contains("the certificate ran out"), "{log}");
}
