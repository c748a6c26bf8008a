//! Whatever is sent, nothing panics.

use super::*;
use proptest::prelude::*;

/// Any JSON, with the API's own names in it, so that readers get far.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (-2_i64..40).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        prop::sample::select(vec![
            "300100",
            MATERIAL,
            "qc_300100_154021_1_1",
            "url",
            "base64",
            URL,
            "AAEC",
            "data:"
        ])
        .prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 64, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
            prop::collection::vec((any_name(), inner), 0..8)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

fn any_name() -> impl Strategy<Value = String> {
    let known = vec![
        "ProjectId",
        "ModelId",
        "RspImgType",
        "MergeInfos",
        "Image",
        "Url",
        "InputImageFaceRect",
        "TemplateFaceID",
        "TemplateFaceRect",
        "X",
        "Y",
        "Width",
        "Height",
        "FuseProfileDegree",
        "FuseFaceDegree",
        "LogoAdd",
        "LogoParam",
        "LogoRect",
        "LogoUrl",
        "LogoImage",
        "FuseParam",
        "ImageCodecParam",
        "MetaData",
        "MetaKey",
        "MetaValue",
        "ModelUrl",
        "ModelImage",
        "FusionUltraParam",
        "WarpRadio",
        "TeethEnhanceRadio",
        "SwapModelType",
        "CelebrityIdentify",
        "ActivityId",
        "MaterialId",
        "Limit",
        "Offset",
    ];
    prop_oneof![
        9 => prop::sample::select(known).prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

fn told(result: &Result<Request, ApiError>, operation: Operation) {
    if let Err(error) = result {
        let body = envelope::failure(
            error,
            operation.version(),
            crate::language::Language::Chinese,
            "id",
        );
        let read: Value = serde_json::from_slice(&body).unwrap();
        assert!(read["Response"]["Error"]["Code"].is_string());
        // What a message repeats of a request is bounded.
        assert!(body.len() < 2_000, "{error}");
    }
}

proptest! {
    #[test]
    fn any_json_is_answered(patch in any_json(), name in any_name(), index in 0..6_usize) {
        let operation = Operation::ALL[index];
        told(&read_json(operation, &patch), operation);
        let mut fields = least(operation);
        fields[name.as_str()] = patch.clone();
        told(&read_json(operation, &fields), operation);
        fields = least(operation);
        if let Some(entry) = fields.pointer_mut("/MergeInfos/0") {
            entry[name.as_str()] = patch;
            told(&read_json(operation, &fields), operation);
        }
    }

    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..200), index in 0..6_usize) {
        let operation = Operation::ALL[index];
        told(&read(operation, Input::Json(&bytes)), operation);
        let text = String::from_utf8_lossy(&bytes);
        told(&read(operation, Input::Query(&text)), operation);
    }

    #[test]
    fn any_query_is_answered(
        pairs in prop::collection::vec((prop::collection::vec(prop_oneof![any_name(), "[0-9]{1,3}"], 1..5), any::<String>()), 0..20),
        index in 0..6_usize,
    ) {
        let operation = Operation::ALL[index];
        let query: Vec<String> = pairs.iter().map(|(steps, value)| format!("{}={value}", steps.join("."))).collect();
        told(&read(operation, Input::Query(&query.join("&"))), operation);
    }
}
