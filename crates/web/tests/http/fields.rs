//! Fields that are missing or wrong: each has its code and costs nothing.

use crate::client::NEW;
use crate::world::{World, portrait};
use data_encoding::BASE64;
use serde_json::{Value, json};

const VALUE: &str = "InvalidParameterValue.ParameterValueError";

/// Sets the fields of a good request to the values of `change`; `null` leaves one out.
fn changed(mut fields: Value, change: &Value) -> Value {
    for (name, value) in change.as_object().unwrap() {
        fields[name] = value.clone();
    }
    fields
}

#[test]
fn every_wrong_field_has_its_code_and_costs_nothing() {
    let world = World::new();
    let photo = json!({ "Image": BASE64.encode(&portrait("U1")) });
    let meta = |key: usize, value: usize| {
        let pair = json!({ "MetaKey": "k".repeat(key), "MetaValue": "v".repeat(value) });
        json!({ "FuseParam": { "ImageCodecParam": { "MetaData": [pair] } } })
    };
    let logo = |logo: Value| json!({ "LogoParam": logo });
    let rect = json!({ "X": 0, "Y": 0, "Width": 64, "Height": 64 });
    let cases: Vec<(Value, &str)> = vec![
        (json!({ "ProjectId": null }), "MissingParameter"),
        (json!({ "ModelId": null }), "MissingParameter"),
        (json!({ "RspImgType": null }), "MissingParameter"),
        (json!({ "MergeInfos": null }), "MissingParameter"),
        (json!({ "ProjectId": 300_100 }), "InvalidParameter"),
        (json!({ "MergeInfos": {} }), "InvalidParameter"),
        (json!({ "MergeInfos": ["x"] }), "InvalidParameter"),
        (json!({ "FuseFaceDegree": "50" }), "InvalidParameter"),
        (json!({ "FuseFaceDegree": 1.5 }), "InvalidParameter"),
        (json!({ "FuseFaceDegree": true }), "InvalidParameter"),
        (json!({ "RspImgType": "png" }), VALUE),
        (json!({ "MergeInfos": [] }), VALUE),
        (json!({ "MergeInfos": vec![photo.clone(); 7] }), VALUE),
        (json!({ "MergeInfos": vec![photo.clone(); 2] }), VALUE),
        (json!({ "FuseFaceDegree": 101 }), VALUE),
        (json!({ "FuseProfileDegree": -1 }), VALUE),
        (json!({ "FuseFaceDegree": 1_u64 << 60 }), VALUE),
        (meta(0, 1), VALUE),
        (meta(33, 1), VALUE),
        (meta(1, 257), VALUE),
        (logo(json!({ "LogoImage": "AAAA" })), "MissingParameter"),
        (logo(json!({ "LogoRect": rect })), VALUE),
        (
            logo(
                json!({ "LogoRect": { "X": 0, "Y": 0, "Width": 2161, "Height": 64 }, "LogoImage": "AAAA" }),
            ),
            VALUE,
        ),
        (
            logo(json!({ "LogoRect": rect, "LogoImage": "AAAA" })),
            "InvalidParameterValue",
        ),
        (
            logo(json!({ "LogoRect": rect, "LogoUrl": "https://img.example/none.png" })),
            "InvalidParameterValue",
        ),
        (
            json!({ "ProjectId": "at_1" }),
            "InvalidParameterValue.ActivityIdNotFound",
        ),
        (
            json!({ "ProjectId": "999999" }),
            "InvalidParameterValue.ActivityIdNotFound",
        ),
        (
            json!({ "ModelId": "mt_1" }),
            "InvalidParameterValue.MaterialIdNotFound",
        ),
        (
            json!({ "ModelId": format!("qc_{}_999999_1", world.activity) }),
            "InvalidParameterValue.MaterialIdNotFound",
        ),
        (
            json!({ "MergeInfos": [{ "Image": photo["Image"], "TemplateFaceID": "nonsense" }] }),
            "FailedOperation.TemplateFaceIDNotExist",
        ),
        (
            json!({ "MergeInfos": [{ "Image": photo["Image"], "TemplateFaceID": format!("{}_9", world.material) }] }),
            "FailedOperation.TemplateFaceIDNotExist",
        ),
    ];
    for (change, code) in cases {
        let reply = world.call(NEW, "FuseFace", &changed(world.fuse_face(), &change));
        let shown: String = change.to_string().chars().take(100).collect();
        assert_eq!(reply.code(), code, "{shown}");
        assert_eq!(reply.header("x-mien-charged"), Some("0"), "{shown}");
    }
    assert_eq!(world.paid(), (0, 0));
    // What is not known is passed over, and null is absent.
    let more = json!({ "FuseFaceDegree": null, "Tomorrow": { "x": [1] } });
    let good = changed(world.fuse_face(), &more);
    assert_eq!(world.call(NEW, "FuseFace", &good).code(), "ok");
    assert_eq!(world.paid(), (1, 1));
}

#[test]
fn fields_of_listings() {
    let world = World::new();
    let asked = json!({ "ActivityId": world.activity.to_string() });
    for (change, code) in [
        (json!({}), "ok"),
        (json!({ "Limit": 21 }), "ok"),
        (json!({ "Offset": 9 }), "ok"),
        (json!({ "ActivityId": null }), "MissingParameter"),
        (json!({ "ActivityId": 7 }), "InvalidParameter"),
        (
            json!({ "ActivityId": "999999" }),
            "InvalidParameterValue.ActivityIdNotFound",
        ),
        (
            json!({ "MaterialId": "mt_1" }),
            "InvalidParameterValue.MaterialIdNotFound",
        ),
        (json!({ "Limit": -1 }), VALUE),
        (json!({ "Offset": -1 }), VALUE),
        (json!({ "Limit": "x" }), "InvalidParameter"),
    ] {
        let reply = world.call(
            NEW,
            "DescribeMaterialList",
            &changed(asked.clone(), &change),
        );
        assert_eq!(reply.code(), code, "{change}");
    }
    assert_eq!(world.paid(), (0, 0));
}
