//! What is answered with what was asked for.

use super::client::{Call, fuse_face, get};
use super::process::Serving;
use crate::pictures::{SELFIE, pixels, size};
use crate::run::Folder;
use data_encoding::BASE64;
use serde_json::{Value, json};

const OLD: &str = "2018-12-01";
const NEW: &str = "2022-09-27";

fn base64(text: &Value) -> Vec<u8> {
    BASE64.decode(text.as_str().unwrap().as_bytes()).unwrap()
}

#[test]
fn fusions_come_back_as_picture_or_address_marked_and_labelled() {
    let folder = Folder::new();
    let serving = Serving::start(&folder);
    let mut asked = fuse_face(&serving, "base64", SELFIE);
    asked["FuseParam"] = json!({ "ImageCodecParam": {
        "MetaData": [{ "MetaKey": "campaign", "MetaValue": "春节" }]
    } });
    let reply = Call::new(&serving, NEW, "FuseFace").send(&serving, &asked);
    assert_eq!(reply.header("x-mien-charged"), Some("1"));
    let file = base64(&reply.response()["FusedImage"]);
    let found = label::read_label(&file).unwrap();
    let implicit = found.implicit.unwrap();
    assert_eq!(implicit.content_producer, "mien");
    assert_eq!(implicit.produce_id.len(), 36);
    assert_eq!(found.metadata[0].value, "春节");
    let picture = pixels(&file);
    assert_eq!(size(&picture), [1080, 1080]);
    // The mark changes the lower right corner of the portrait.
    let portrait = pixels(crate::pictures::TEMPLATE);
    assert_ne!(picture.at(1030, 1040), portrait.at(1030, 1040));

    let asked = fuse_face(&serving, "url", SELFIE);
    let reply = Call::new(&serving, OLD, "FuseFace").send(&serving, &asked);
    let response = reply.response();
    assert_eq!(response["ReviewResultSet"], Value::Null);
    let url = response["FusedImage"].as_str().unwrap();
    let fetched = get(&serving, url, "");
    assert_eq!(fetched.status, 200);
    assert_eq!(fetched.header("content-type"), Some("image/jpeg"));
    let cache = fetched.header("cache-control").unwrap();
    assert!(cache.starts_with("private, max-age=604"), "{cache}");
    assert_eq!(size(&pixels(&fetched.body)), [1080, 1080]);
    let part = get(&serving, url, "Range: bytes=2-5\r\n");
    assert_eq!(part.status, 206);
    assert_eq!(part.body, fetched.body[2..6]);
    let range = format!("bytes 2-5/{}", fetched.body.len());
    assert_eq!(part.header("content-range"), Some(range.as_str()));
    assert_eq!(get(&serving, url, "Range: bytes=99999999-\r\n").status, 416);
    serving.stop();
}

#[test]
fn the_oldest_action_is_answered_in_its_own_words() {
    let folder = Folder::new();
    let serving = Serving::start(&folder);
    let asked = json!({
        "ProjectId": serving.text("project_id"),
        "ModelId": serving.text("model_id"),
        "RspImgType": "base64",
        "Image": BASE64.encode(SELFIE),
        "CelebrityIdentify": 1,
    });
    let response = Call::new(&serving, OLD, "FaceFusion")
        .send(&serving, &asked)
        .response();
    assert_eq!(response["ReviewResultSet"], json!([]));
    pixels(&base64(&response["Image"]));
}

#[test]
fn marks() {
    let folder = Folder::new();
    let serving = Serving::start(&folder);
    let fuse = |change: &dyn Fn(&mut Value)| {
        let mut asked = fuse_face(&serving, "base64", SELFIE);
        change(&mut asked);
        Call::new(&serving, NEW, "FuseFace").send(&serving, &asked)
    };
    let usual = fuse(&|_| ());
    assert_eq!(usual.header("x-mien-warning"), None);
    let usual = pixels(&base64(&usual.response()["FusedImage"]));
    let kept = fuse(&|asked| asked["LogoAdd"] = json!(0));
    assert!(kept.header("x-mien-warning").unwrap().contains("LogoAdd"));
    let kept = pixels(&base64(&kept.response()["FusedImage"]));
    assert_eq!(usual.pixels(), kept.pixels());

    let red = pixel::Image::new(8, 8, pixel::Srgb8([255, 0, 0]));
    let own = fuse(&|asked| {
        asked["LogoParam"] = json!({
            "LogoRect": { "X": 100, "Y": 200, "Width": 64, "Height": 64 },
            "LogoImage": BASE64.encode(&crate::pictures::png(&red)),
        });
    });
    let own = pixels(&base64(&own.response()["FusedImage"]));
    let [r, g, b] = own.at(132, 232).0;
    assert!(r > 230 && g < 40 && b < 40, "{r} {g} {b}");
    let broken = fuse(&|asked| {
        asked["LogoParam"] = json!({
            "LogoRect": { "X": 0, "Y": 0, "Width": 64, "Height": 64 },
            "LogoImage": BASE64.encode(b"no picture"),
        });
    });
    assert_eq!(broken.code(), "InvalidParameterValue");
    assert_eq!(broken.header("x-mien-charged"), Some("0"));
}

#[test]
fn a_repeated_call_is_charged_once() {
    let folder = Folder::new();
    let serving = Serving::start(&folder);
    let asked = fuse_face(&serving, "base64", SELFIE);
    let send = |headers| {
        let call = Call {
            headers,
            ..Call::new(&serving, NEW, "FuseFace")
        };
        let reply = call.send(&serving, &asked);
        let response = reply.response();
        assert!(response["Error"].is_null(), "{response}");
        let left = reply.header("x-mien-remaining");
        let left = left.map(|left| left.parse::<u64>().unwrap());
        (reply.header("x-mien-charged").unwrap().to_owned(), left)
    };
    let (charged, left) = send("X-Mien-Client-Token: one\r\n");
    assert_eq!(charged, "1");
    let (charged, _) = send("X-Mien-Client-Token: one\r\n");
    assert_eq!(charged, "0");
    let (charged, later) = send("");
    assert_eq!(charged, "1");
    assert_eq!(later, left.map(|left| left - 1));
}

#[test]
fn materials_are_listed_by_pages_and_the_demo_is_found_again() {
    let folder = Folder::with_portraits();
    let first = Serving::start(&folder);
    let demo = first.demo.clone();
    first.stop();
    let activity = demo["project_id"].as_str().unwrap();
    let words = format!("material add --account 100001 --activity {activity} t.jpg u.jpg");
    folder.mien(&words);
    let serving = Serving::start(&folder);
    for name in ["secret_id", "secret_key", "project_id", "model_id", "face"] {
        assert_eq!(serving.demo[name], demo[name], "{name}");
    }
    let list = |version, activity: Value, limit: u32, offset: u32| {
        let asked = json!({ "ActivityId": activity, "Limit": limit, "Offset": offset });
        let reply = Call::new(&serving, version, "DescribeMaterialList").send(&serving, &asked);
        assert_eq!(reply.header("x-mien-charged"), Some("0"));
        let response = reply.response();
        assert_eq!(response["Count"], 3, "{response}");
        let infos = response["MaterialInfos"].as_array().unwrap().clone();
        infos
            .iter()
            .map(|info| info["MaterialId"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let number: u64 = activity.parse().unwrap();
    let all = list(NEW, json!(activity), 20, 0);
    assert_eq!(all.len(), 3);
    assert_eq!(list(NEW, json!(activity), 2, 0), all[..2]);
    assert_eq!(list(OLD, json!(number), 2, 2), all[2..]);
    assert!(list(OLD, json!(number), 2, 3).is_empty());
}

#[test]
fn the_address_of_a_material_leads_to_its_picture() {
    let folder = Folder::new();
    let serving = Serving::start(&folder);
    let activity: u64 = serving.text("project_id").parse().unwrap();
    let asked = json!({ "ActivityId": activity });
    let response = Call::new(&serving, OLD, "DescribeMaterialList")
        .send(&serving, &asked)
        .response();
    let url = response["MaterialInfos"][0]["Url"].as_str().unwrap();
    let fetched = get(&serving, url, "");
    assert_eq!(fetched.body, crate::pictures::TEMPLATE);
    assert_eq!(fetched.header("content-type"), Some("image/jpeg"));
    for other in [
        url.replace("100001", "100002"),
        url.replace("_1/", "_2/"),
        url[..url.len() - 1].to_owned(),
    ] {
        assert_eq!(get(&serving, &other, "").status, 404, "{other}");
    }
}
