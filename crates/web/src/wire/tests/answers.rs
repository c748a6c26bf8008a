//! Answers to the letter.

use super::*;
use crate::codes::Picture;
use crate::language::Language;
use billing::{CallId, ChargedTo, GrantId, GrantKind, Moment, Outcome};
use service::PictureRole;
use store::Charged;

const REQUEST: &str = "1b4e28ba-2fa1-41d2-883f-0016d3cca427";

fn written(answer: &Answer) -> String {
    String::from_utf8(envelope::success(answer, REQUEST)).unwrap()
}

#[test]
fn fused_pictures() {
    let url = "https://r/1.jpg".to_owned();
    for (operation, review, fields) in [
        (
            Operation::FaceFusion2018,
            None,
            r#""Image":"https://r/1.jpg","ReviewResultSet":null"#,
        ),
        (
            Operation::FaceFusion2018,
            Some(vec![]),
            r#""Image":"https://r/1.jpg","ReviewResultSet":[]"#,
        ),
        (
            Operation::FuseFace2018,
            None,
            r#""FusedImage":"https://r/1.jpg","ReviewResultSet":null"#,
        ),
        (
            Operation::FuseFace2022,
            None,
            r#""FusedImage":"https://r/1.jpg""#,
        ),
        (
            Operation::FuseFaceUltra2022,
            None,
            r#""FusedImage":"https://r/1.jpg""#,
        ),
    ] {
        let answer = Answer::fused(operation, url.clone(), review);
        let expected = format!(r#"{{"Response":{{{fields},"RequestId":"{REQUEST}"}}}}"#);
        assert_eq!(written(&answer), expected);
    }
}

#[test]
fn reviews() {
    let review = ReviewResult {
        category: String::new(),
        code: "0".to_owned(),
        code_description: "OK".to_owned(),
        confidence: 0.0,
        suggestion: String::new(),
        detail_set: vec![ReviewDetail {
            field: String::new(),
            label: "n".to_owned(),
            confidence: 75.5,
            suggestion: "REVIEW".to_owned(),
        }],
    };
    let expected = json!({
        "Category": "", "Code": "0", "CodeDescription": "OK", "Confidence": 0.0, "Suggestion": "",
        "DetailSet": [{ "Field": "", "Label": "n", "Confidence": 75.5, "Suggestion": "REVIEW" }],
    });
    assert_eq!(serde_json::to_value(review).unwrap(), expected);
}

#[test]
fn materials() {
    for infos in [
        MaterialInfos::V2018(Vec::new()),
        MaterialInfos::V2022(Vec::new()),
    ] {
        let answer = Answer::Materials {
            material_infos: infos,
            count: 7,
        };
        let expected =
            format!(r#"{{"Response":{{"MaterialInfos":[],"Count":7,"RequestId":"{REQUEST}"}}}}"#);
        assert_eq!(written(&answer), expected);
    }
}

#[test]
fn errors() {
    let error = ApiError::NoFace {
        picture: Picture(PictureRole::Photo(2)),
    };
    for (version, language, code, message) in [
        (
            Version::V2018,
            Language::Chinese,
            "InvalidParameterValue.NoFaceInPhoto",
            "第 2 张图片中未检测到人脸，请使用人脸清晰、足够大的图片。",
        ),
        (
            Version::V2022,
            Language::English,
            "FailedOperation.NoFaceDetected",
            "No face was found in picture 2; use one whose face is seen and large.",
        ),
    ] {
        let bytes = envelope::failure(&error, version, language, REQUEST);
        let expected = json!({
            "Response": { "Error": { "Code": code, "Message": message }, "RequestId": REQUEST }
        });
        assert_eq!(serde_json::from_slice::<Value>(&bytes).unwrap(), expected);
    }
}

#[test]
fn verdicts() {
    let charged = |charged_to, kind, left, repeated| Charged {
        id: CallId([0; 16]),
        seq: 1,
        at: Moment::default(),
        charged_to,
        kind,
        left,
        repeated,
        outcome: Outcome::Fused,
    };
    let grant = ChargedTo::Grant(GrantId::new(1));
    for (charged, expected) in [
        (None, vec!["0", "none"]),
        (
            Some(charged(ChargedTo::Nobody, None, None, false)),
            vec!["0", "none"],
        ),
        (
            Some(charged(ChargedTo::Postpaid, None, None, false)),
            vec!["1", "postpaid"],
        ),
        (
            Some(charged(grant, Some(GrantKind::Free), Some(499), false)),
            vec!["1", "free", "499"],
        ),
        (
            Some(charged(grant, Some(GrantKind::Licence), Some(0), false)),
            vec!["1", "licence", "0"],
        ),
        (
            Some(charged(grant, Some(GrantKind::Pack), Some(9), false)),
            vec!["1", "pack", "9"],
        ),
        (
            Some(charged(grant, Some(GrantKind::Pack), None, true)),
            vec!["0", "none"],
        ),
    ] {
        let headers = verdict_headers(charged.as_ref());
        let names = ["X-Mien-Charged", "X-Mien-Charged-To", "X-Mien-Remaining"];
        let expected: Vec<(&str, String)> = names
            .into_iter()
            .zip(expected.into_iter().map(str::to_owned))
            .collect();
        assert_eq!(headers, expected);
    }
}
