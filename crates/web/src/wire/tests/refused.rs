//! What is refused, field by field.

use super::*;
use Operation::{
    DescribeMaterialList2018 as List2018, DescribeMaterialList2022 as List2022,
    FaceFusion2018 as Single, FuseFace2018 as Fuse2018, FuseFace2022 as Fuse2022,
    FuseFaceUltra2022 as Ultra,
};

const VALUE_ERROR: &str = "InvalidParameterValue.ParameterValueError";
const RECT_ERROR: &str = "InvalidParameterValue.FaceRectParameterValueError";

#[test]
fn required_fields() {
    for (operation, names) in [
        (Single, &["ProjectId", "ModelId", "RspImgType"][..]),
        (
            Fuse2018,
            &["ProjectId", "ModelId", "RspImgType", "MergeInfos"],
        ),
        (
            Fuse2022,
            &["ProjectId", "ModelId", "RspImgType", "MergeInfos"],
        ),
        (Ultra, &["RspImgType", "MergeInfos"]),
        (List2018, &["ActivityId"]),
        (List2022, &["ActivityId"]),
    ] {
        for name in names {
            let mut fields = least(operation);
            fields.as_object_mut().unwrap().remove(*name);
            let expected = (
                "MissingParameter",
                format!("The parameter {name} is missing."),
            );
            assert_eq!(refusal(operation, &fields), expected);
            fields[name] = Value::Null;
            assert_eq!(refusal(operation, &fields), expected);
        }
    }
}

#[test]
fn required_fields_inside() {
    let rect = json!({ "X": 0, "Y": 0, "Width": 99, "Height": 99 });
    for side in ["X", "Y", "Width", "Height"] {
        let mut part = rect.clone();
        part.as_object_mut().unwrap().remove(side);
        for (operation, path) in [
            (Fuse2018, "/MergeInfos/0/InputImageFaceRect"),
            (Fuse2022, "/MergeInfos/0/InputImageFaceRect"),
            (Ultra, "/MergeInfos/0/TemplateFaceRect"),
        ] {
            let fields = with(operation, path, part.clone());
            let name = path[1..].replace('/', ".");
            let text = format!("The parameter {name}.{side} is missing.");
            assert_eq!(refusal(operation, &fields), ("MissingParameter", text));
        }
    }
    for (path, value, missing) in [
        (
            "/LogoParam",
            json!({ "LogoUrl": URL }),
            "LogoParam.LogoRect",
        ),
        (
            "/FuseParam",
            json!({ "ImageCodecParam": { "MetaData": [{ "MetaKey": "k" }] } }),
            "FuseParam.ImageCodecParam.MetaData.0.MetaValue",
        ),
        (
            "/FuseParam",
            json!({ "ImageCodecParam": { "MetaData": [{ "MetaValue": "v" }] } }),
            "FuseParam.ImageCodecParam.MetaData.0.MetaKey",
        ),
    ] {
        let text = format!("The parameter {missing} is missing.");
        let fields = with(Fuse2022, path, value);
        assert_eq!(refusal(Fuse2022, &fields), ("MissingParameter", text));
    }
}

#[test]
fn values_of_a_wrong_type() {
    for (operation, path, value, expected) in [
        (Fuse2022, "/ProjectId", json!(300100), "String"),
        (Fuse2022, "/ModelId", json!(true), "String"),
        (Fuse2022, "/RspImgType", json!(["url"]), "String"),
        (
            Fuse2022,
            "/MergeInfos",
            json!({ "Url": URL }),
            "Array of Object",
        ),
        (Fuse2022, "/MergeInfos", json!("x"), "Array of Object"),
        (Fuse2022, "/MergeInfos/0", json!(URL), "Object"),
        (Fuse2022, "/MergeInfos/0", json!(null), "Object"),
        (Fuse2022, "/MergeInfos/0/Url", json!(1), "String"),
        (
            Fuse2022,
            "/MergeInfos/0/InputImageFaceRect",
            json!([0, 0, 30, 30]),
            "Object",
        ),
        (Fuse2022, "/MergeInfos/0/TemplateFaceID", json!(1), "String"),
        (Fuse2022, "/FuseProfileDegree", json!("50"), "Integer"),
        (Fuse2022, "/FuseFaceDegree", json!(50.0), "Integer"),
        (Fuse2022, "/FuseFaceDegree", json!(1e30), "Integer"),
        (Fuse2022, "/LogoAdd", json!(true), "Integer"),
        (Fuse2022, "/LogoParam", json!("x"), "Object"),
        (Fuse2022, "/FuseParam", json!([]), "Object"),
        (Fuse2018, "/CelebrityIdentify", json!("1"), "Integer"),
        (Single, "/Url", json!({}), "String"),
        (Ultra, "/ModelUrl", json!(1), "String"),
        (Ultra, "/SwapModelType", json!("1"), "Integer"),
        (Ultra, "/FusionUltraParam", json!(0.5), "Object"),
        (List2018, "/ActivityId", json!("300100"), "Integer"),
        (List2022, "/ActivityId", json!(300100), "String"),
        (List2022, "/MaterialId", json!(1), "String"),
        (List2022, "/Limit", json!("1"), "Integer"),
        (List2022, "/Offset", json!(0.5), "Integer"),
    ] {
        let name = path[1..].replace('/', ".");
        let text = format!("{name} must be of type {expected}.");
        let fields = with(operation, path, value);
        assert_eq!(refusal(operation, &fields), ("InvalidParameter", text));
    }
    let fields = with(Ultra, "/FusionUltraParam", json!({ "MpRadio": "0.5" }));
    let text = "FusionUltraParam.MpRadio must be of type Float.".to_owned();
    assert_eq!(refusal(Ultra, &fields), ("InvalidParameter", text));
}

#[test]
fn values_out_of_range() {
    let ultra = |name: &str, value: Value| json!({ name: value });
    let meta = |key: usize, value: usize| {
        let entry = json!({ "MetaKey": "钥".repeat(key), "MetaValue": "v".repeat(value) });
        json!({ "ImageCodecParam": { "MetaData": [entry] } })
    };
    let metas = |count: usize| {
        let entry = json!({ "MetaKey": "k", "MetaValue": "v" });
        json!({ "ImageCodecParam": { "MetaData": vec![entry; count] } })
    };
    for (operation, path, right, wrong) in [
        (Fuse2022, "/RspImgType", json!("base64"), json!("URL")),
        (Fuse2022, "/RspImgType", json!("url"), json!("")),
        (Fuse2022, "/FuseProfileDegree", json!(0), json!(-1)),
        (Fuse2022, "/FuseProfileDegree", json!(100), json!(101)),
        (Fuse2018, "/FuseFaceDegree", json!(0), json!(-1)),
        (Fuse2018, "/FuseFaceDegree", json!(100), json!(u64::MAX)),
        (Fuse2018, "/CelebrityIdentify", json!(1), json!(2)),
        (Single, "/CelebrityIdentify", json!(0), json!(-1)),
        (Ultra, "/SwapModelType", json!(1), json!(0)),
        (Ultra, "/SwapModelType", json!(6), json!(7)),
        (
            Ultra,
            "/FusionUltraParam",
            ultra("WarpRadio", json!(1)),
            ultra("WarpRadio", json!(1.01)),
        ),
        (
            Ultra,
            "/FusionUltraParam",
            ultra("EnhanceRadio", json!(0)),
            ultra("EnhanceRadio", json!(-0.1)),
        ),
        (
            Ultra,
            "/FusionUltraParam",
            ultra("MpRadio", json!(1.0)),
            ultra("MpRadio", json!(2)),
        ),
        (
            Ultra,
            "/FusionUltraParam",
            ultra("TeethEnhanceRadio", json!(1)),
            ultra("TeethEnhanceRadio", json!(0.5)),
        ),
        (
            Ultra,
            "/FusionUltraParam",
            ultra("MakeupTransferRadio", json!(0)),
            ultra("MakeupTransferRadio", json!(2)),
        ),
        (Fuse2022, "/FuseParam", meta(32, 256), meta(33, 256)),
        (Fuse2022, "/FuseParam", meta(1, 0), meta(0, 0)),
        (Fuse2018, "/FuseParam", meta(32, 256), meta(32, 257)),
        (Fuse2022, "/FuseParam", metas(1), metas(2)),
        (Fuse2018, "/FuseParam", metas(64), metas(65)),
        (List2022, "/Limit", json!(1), json!(0)),
        (List2018, "/Limit", json!(1), json!(-1)),
        (List2022, "/Offset", json!(0), json!(-1)),
    ] {
        assert!(
            read_json(operation, &with(operation, path, right.clone())).is_ok(),
            "{path} {right}"
        );
        let (code, text) = refusal(operation, &with(operation, path, wrong));
        assert_eq!(code, VALUE_ERROR, "{text}");
        assert!(text.starts_with(&path[1..]), "{text}");
    }
}

#[test]
fn the_number_of_merge_infos() {
    let entry =
        |index: usize| json!({ "Url": URL, "TemplateFaceID": format!("{MATERIAL}_{}", index + 1) });
    for operation in [Fuse2018, Fuse2022] {
        for (count, right) in [
            (0, false),
            (1, true),
            (6, true),
            (7, false),
            (10_000, false),
        ] {
            let entries: Vec<Value> = (0..count).map(entry).collect();
            let fields = with(operation, "/MergeInfos", json!(entries));
            if right {
                assert_eq!(fuse_face(operation, &fields).merges.len(), count);
            } else {
                let text = format!("MergeInfos has {count} entries; 1 to 6 are allowed.");
                assert_eq!(refusal(operation, &fields), (VALUE_ERROR, text));
            }
        }
    }
}

#[test]
fn each_face_takes_one_picture() {
    let face = |index: u32| json!({ "Url": URL, "TemplateFaceID": format!("{MATERIAL}_{index}") });
    let largest = json!({ "Url": URL });
    let rect = |x: u32| json!({ "Url": URL, "TemplateFaceRect": { "X": x, "Y": 0, "Width": 30, "Height": 30 } });
    for (operation, first, second, right) in [
        (Fuse2022, face(1), face(2), true),
        (Fuse2022, largest.clone(), face(2), true),
        (Fuse2022, face(2), face(2), false),
        (Fuse2022, largest.clone(), largest.clone(), false),
        // The largest face has index 1.
        (Fuse2018, face(1), largest.clone(), false),
        (Ultra, rect(0), rect(1), true),
        (Ultra, rect(0), largest.clone(), true),
        (Ultra, rect(0), rect(0), false),
        (Ultra, largest.clone(), largest.clone(), false),
    ] {
        let fields = with(operation, "/MergeInfos", json!([first, second]));
        if right {
            assert!(read_json(operation, &fields).is_ok(), "{fields}");
        } else {
            let (code, text) = refusal(operation, &fields);
            assert_eq!(code, VALUE_ERROR);
            assert!(text.starts_with("MergeInfos.0 and MergeInfos.1"), "{text}");
        }
    }
}

#[test]
fn ids_that_name_nothing() {
    for (operation, path, value, code) in [
        (
            Fuse2022,
            "/ProjectId",
            json!("at_1"),
            "InvalidParameterValue.ActivityIdNotFound",
        ),
        (
            Fuse2022,
            "/ProjectId",
            json!(""),
            "InvalidParameterValue.ActivityIdNotFound",
        ),
        (
            List2018,
            "/ActivityId",
            json!(0),
            "InvalidParameterValue.ActivityIdNotFound",
        ),
        (
            List2018,
            "/ActivityId",
            json!(-5),
            "InvalidParameterValue.ActivityIdNotFound",
        ),
        (
            List2018,
            "/ActivityId",
            json!(u64::MAX),
            "InvalidParameterValue.ActivityIdNotFound",
        ),
        (
            Single,
            "/ModelId",
            json!("mt_1"),
            "InvalidParameterValue.MaterialIdNotFound",
        ),
        (
            List2022,
            "/MaterialId",
            json!("mt_1"),
            "InvalidParameterValue.MaterialIdNotFound",
        ),
        (
            Fuse2022,
            "/MergeInfos/0/TemplateFaceID",
            json!("x"),
            "FailedOperation.TemplateFaceIDNotExist",
        ),
        (
            Fuse2022,
            "/MergeInfos/0/TemplateFaceID",
            json!("qc_300100_154022_1_1"),
            "FailedOperation.TemplateFaceIDNotExist",
        ),
    ] {
        let (given, text) = refusal(operation, &with(operation, path, value));
        assert_eq!(given, code, "{text}");
    }
    // An empty text is no id at all.
    let fields = with(Fuse2022, "/MergeInfos/0/TemplateFaceID", json!(""));
    assert_eq!(fuse_face(Fuse2022, &fields).merges[0].template_face, None);
}

#[test]
fn boxes() {
    let rect = |x: i64, y: i64, width: i64, height: i64| json!({ "X": x, "Y": y, "Width": width, "Height": height });
    let huge = i64::from(u32::MAX) + 1;
    for (value, face, logo) in [
        (rect(0, 0, 30, 30), true, true),
        (rect(9000, 9000, 2160, 2160), true, true),
        (rect(0, 0, 29, 30), false, true),
        (rect(0, 0, 30, 29), false, true),
        (rect(0, 0, 2161, 2160), true, false),
        (rect(0, 0, 2160, 2161), true, false),
        (rect(0, 0, 0, 30), false, false),
        (rect(-1, 0, 30, 30), false, false),
        (rect(0, -1, 30, 30), false, false),
        (rect(0, 0, -30, -30), false, false),
        (rect(huge, 0, 30, 30), false, false),
    ] {
        for (operation, path) in [
            (Fuse2018, "/MergeInfos/0/InputImageFaceRect"),
            (Ultra, "/MergeInfos/0/TemplateFaceRect"),
        ] {
            let fields = with(operation, path, value.clone());
            if face {
                assert!(read_json(operation, &fields).is_ok(), "{fields}");
            } else {
                assert_eq!(refusal(operation, &fields).0, RECT_ERROR, "{fields}");
            }
        }
        let fields = with(
            Fuse2022,
            "/LogoParam",
            json!({ "LogoUrl": URL, "LogoRect": value }),
        );
        if logo {
            assert!(read_json(Fuse2022, &fields).is_ok(), "{fields}");
        } else {
            let (code, text) = refusal(Fuse2022, &fields);
            assert_eq!(code, VALUE_ERROR);
            assert!(text.starts_with("LogoParam.LogoRect is"), "{text}");
        }
    }
}

#[test]
fn documents_that_cannot_be_read() {
    for operation in Operation::ALL {
        for body in [&b""[..], b"[]", b"{", b"\xff", b"ProjectId=1"] {
            let error = read(operation, Input::Json(body)).unwrap_err();
            assert_eq!(error.code(operation.version()), "InvalidParameter");
        }
        let error = read(operation, Input::Query("A.1=1")).unwrap_err();
        assert_eq!(error.code(operation.version()), "InvalidParameter");
    }
}
