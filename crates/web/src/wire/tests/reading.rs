//! What is read when nothing is wrong.

use super::*;
use billing::{ActivityId, Degree};

#[test]
fn the_least_requests() {
    let merge = Merge {
        picture: PictureSource::Url(URL.to_owned()),
        face_rect: None,
        template_face: None,
    };
    for (operation, logo) in [
        (Operation::FaceFusion2018, None),
        (Operation::FuseFace2018, None),
        (Operation::FuseFace2022, Some(Logo::Usual)),
    ] {
        let expected = FuseFace {
            activity: ActivityId::new(300_100),
            material: MATERIAL.parse().unwrap(),
            result: ResultForm::Url,
            merges: vec![merge.clone()],
            feature_degree: None,
            shape_degree: None,
            logo,
            metadata: Vec::new(),
            review: false,
        };
        assert_eq!(fuse_face(operation, &least(operation)), expected);
    }
    let expected = FuseFaceUltra {
        result: ResultForm::Url,
        merges: vec![UltraMerge {
            picture: PictureSource::Url(URL.to_owned()),
            face_rect: None,
            template_rect: None,
        }],
        template: PictureSource::Url(URL.to_owned()),
        effects: Effects::default(),
        logo: Logo::Usual,
        swap_model: 1,
    };
    let ultra = Operation::FuseFaceUltra2022;
    assert_eq!(fuse_face_ultra(&least(ultra)), expected);
}

#[test]
fn every_field_of_fuse_face() {
    let rect = json!({ "X": 1, "Y": 2, "Width": 30, "Height": 40 });
    let fields = json!({
        "ProjectId": "300100", "ModelId": MATERIAL, "RspImgType": "base64",
        "MergeInfos": [
            { "Url": URL, "Image": "not looked at", "InputImageFaceRect": rect, "TemplateFaceID": format!("{MATERIAL}_2") },
            { "Url": null, "Image": "AAEC" },
        ],
        "FuseProfileDegree": 10, "FuseFaceDegree": 90,
        "LogoAdd": 7,
        "LogoParam": { "LogoUrl": URL, "LogoRect": { "X": 0, "Y": 0, "Width": 2160, "Height": 1 } },
        "FuseParam": { "ImageCodecParam": { "MetaData": [{ "MetaKey": "k", "MetaValue": "" }] } },
        "FromTheFuture": { "X": [[1, 2], null] },
    });
    let request = fuse_face(Operation::FuseFace2022, &fields);
    assert_eq!(request.result, ResultForm::Base64);
    assert_eq!(request.shape_degree, Degree::new(10).ok());
    assert_eq!(request.feature_degree, Degree::new(90).ok());
    assert_eq!(request.metadata, [("k".to_owned(), String::new())]);
    let [first, second] = request.merges.as_slice() else {
        panic!("{request:?}");
    };
    assert_eq!(first.picture, PictureSource::Url(URL.to_owned()));
    let expected = Rect {
        x: 1,
        y: 2,
        width: 30,
        height: 40,
    };
    assert_eq!(first.face_rect, Some(expected));
    assert_eq!(first.template_face.unwrap().index, 2);
    assert_eq!(second.picture, PictureSource::Bytes(vec![0, 1, 2]));
    assert!(matches!(request.logo, Some(Logo::Own { rect, .. }) if rect.width == 2160));
}

#[test]
fn every_field_of_fuse_face_ultra() {
    let rect = json!({ "X": 1, "Y": 2, "Width": 30, "Height": 40 });
    let fields = json!({
        "RspImgType": "base64", "ModelImage": "AAEC", "SwapModelType": 6, "LogoAdd": 0,
        "ProjectId": 5, "ModelId": [],
        "LogoParam": "not looked at",
        "MergeInfos": [{ "Image": "AAEC", "TemplateFaceRect": rect, "TemplateFaceID": 3 }],
        "FusionUltraParam": {
            "WarpRadio": 0, "EnhanceRadio": 1.0, "MpRadio": 0.25, "BlurRadio": "not looked at",
            "TeethEnhanceRadio": 0.0, "MakeupTransferRadio": 1,
        },
    });
    let request = fuse_face_ultra(&fields);
    assert_eq!(request.template, PictureSource::Bytes(vec![0, 1, 2]));
    assert_eq!((request.swap_model, &request.logo), (6, &Logo::Absent));
    assert_eq!(request.merges[0].template_rect.unwrap().height, 40);
    let expected = Effects {
        shape_pull: 0.0,
        enhancement: 1.0,
        smoothing: 0.25,
        repairs_teeth: false,
        keeps_make_up: true,
    };
    assert_eq!(request.effects, expected);
}

/// What a version or an action does not have is passed over, whatever it holds.
#[test]
fn fields_of_others_are_passed_over() {
    for (operation, path) in [
        (Operation::FaceFusion2018, "/MergeInfos"),
        (Operation::FaceFusion2018, "/FuseFaceDegree"),
        (Operation::FaceFusion2018, "/PornDetect"),
        (Operation::FuseFace2018, "/LogoAdd"),
        (Operation::FuseFace2018, "/LogoParam"),
        (Operation::FuseFace2018, "/MergeInfos/0/TemplateFaceRect"),
        (Operation::FuseFace2022, "/CelebrityIdentify"),
        (Operation::FuseFace2022, "/MergeInfos/0/TemplateFaceRect"),
        (Operation::FuseFaceUltra2022, "/FuseParam"),
        (Operation::FuseFaceUltra2022, "/MergeInfos/0/TemplateFaceID"),
        (Operation::DescribeMaterialList2022, "/Anything"),
    ] {
        let fields = with(operation, path, json!(["?"]));
        let least = read_json(operation, &least(operation));
        assert_eq!(read_json(operation, &fields), least, "{path}");
    }
}

#[test]
fn null_is_absent() {
    for operation in Operation::ALL {
        let mut fields = least(operation);
        for name in [
            "FuseProfileDegree",
            "FuseFaceDegree",
            "CelebrityIdentify",
            "FuseParam",
            "LogoAdd",
            "LogoParam",
            "SwapModelType",
            "FusionUltraParam",
            "MaterialId",
            "Limit",
            "Offset",
        ] {
            fields[name] = Value::Null;
        }
        if fields.get("MergeInfos").is_some() {
            for name in [
                "Image",
                "InputImageFaceRect",
                "TemplateFaceID",
                "TemplateFaceRect",
            ] {
                fields["MergeInfos"][0][name] = Value::Null;
            }
        }
        assert_eq!(
            read_json(operation, &fields),
            read_json(operation, &least(operation))
        );
    }
}

#[test]
fn a_review_is_asked_for_with_one() {
    for operation in [Operation::FaceFusion2018, Operation::FuseFace2018] {
        for (value, review) in [(0, false), (1, true)] {
            let fields = with(operation, "/CelebrityIdentify", json!(value));
            assert_eq!(fuse_face(operation, &fields).review, review);
        }
    }
}

#[test]
fn every_number_but_zero_adds_a_mark() {
    for (value, logo) in [
        (json!(0), Logo::Absent),
        (json!(1), Logo::Usual),
        (json!(-1), Logo::Usual),
        (json!(u64::MAX), Logo::Usual),
        (json!(null), Logo::Usual),
    ] {
        let fields = with(Operation::FuseFace2022, "/LogoAdd", value);
        assert_eq!(fuse_face(Operation::FuseFace2022, &fields).logo, Some(logo));
    }
}

/// A flattened query says the same as JSON.
#[test]
fn queries_say_the_same() {
    let query = "ProjectId=300100&ModelId=qc_300100_154021_1&RspImgType=url&FuseFaceDegree=0&LogoAdd=0\
        &MergeInfos.0.Url=https%3A%2F%2Fimg.example%2F%E4%BA%BA.jpg\
        &MergeInfos.0.InputImageFaceRect.X=0&MergeInfos.0.InputImageFaceRect.Y=0\
        &MergeInfos.0.InputImageFaceRect.Width=30&MergeInfos.0.InputImageFaceRect.Height=30";
    let operation = Operation::FuseFace2022;
    let mut fields = least(operation);
    put(&mut fields, "/FuseFaceDegree", json!(0));
    put(&mut fields, "/LogoAdd", json!(0));
    let rect = json!({ "X": 0, "Y": 0, "Width": 30, "Height": 30 });
    put(&mut fields, "/MergeInfos/0/InputImageFaceRect", rect);
    assert_eq!(
        read(operation, Input::Query(query)),
        read_json(operation, &fields)
    );
    let query =
        "RspImgType=url&MergeInfos.0.Image=AAEC&ModelImage=AAEC&FusionUltraParam.WarpRadio=0.5";
    let request = read(Operation::FuseFaceUltra2022, Input::Query(query));
    assert!(
        matches!(request, Ok(Request::FuseFaceUltra(ultra)) if ultra.effects.shape_pull == 0.5)
    );
}

#[test]
fn numbers_in_queries_are_numbers() {
    for (field, right) in [
        ("SwapModelType=2", true),
        ("SwapModelType=two", false),
        ("SwapModelType=", false),
        ("SwapModelType=2.0", false),
        ("FusionUltraParam.WarpRadio=NaN", false),
        ("FusionUltraParam.WarpRadio=inf", false),
        ("FusionUltraParam.WarpRadio=1e999", false),
        ("FusionUltraParam=1", false),
        ("MergeInfos.0.InputImageFaceRect=1", false),
    ] {
        let query = format!("RspImgType=url&MergeInfos.0.Image=AAEC&ModelImage=AAEC&{field}");
        let result = read(Operation::FuseFaceUltra2022, Input::Query(&query));
        match result {
            Ok(_) => assert!(right, "{field}"),
            Err(error) => {
                assert!(!right, "{field}: {error}");
                assert_eq!(error.code(Version::V2022), "InvalidParameter", "{field}");
            }
        }
    }
}
