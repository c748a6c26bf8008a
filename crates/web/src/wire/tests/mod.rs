//! Requests field by field, and answers to the letter.

mod answers;
mod any_input;
mod materials;
mod pictures;
mod reading;
mod refused;

use super::*;
use serde_json::{Value, json};

const MATERIAL: &str = "qc_300100_154021_1";
const URL: &str = "https://img.example/人.jpg";

/// A request with the required fields only.
fn least(operation: Operation) -> Value {
    let mut fields = json!({ "ProjectId": "300100", "ModelId": MATERIAL, "RspImgType": "url" });
    match operation {
        Operation::FaceFusion2018 => fields["Url"] = json!(URL),
        Operation::FuseFace2018 | Operation::FuseFace2022 => {
            fields["MergeInfos"] = json!([{ "Url": URL }]);
        }
        Operation::FuseFaceUltra2022 => {
            fields =
                json!({ "RspImgType": "url", "MergeInfos": [{ "Url": URL }], "ModelUrl": URL });
        }
        Operation::DescribeMaterialList2018 => fields = json!({ "ActivityId": 300100 }),
        Operation::DescribeMaterialList2022 => fields = json!({ "ActivityId": "300100" }),
    }
    fields
}

/// The least request with one value put in at a path such as `/MergeInfos/0/Url`.
fn with(operation: Operation, path: &str, value: Value) -> Value {
    let mut fields = least(operation);
    put(&mut fields, path, value);
    fields
}

fn put(fields: &mut Value, path: &str, value: Value) {
    let (parent, name) = path.rsplit_once('/').unwrap();
    let parent = fields
        .pointer_mut(parent)
        .unwrap_or_else(|| panic!("{path}"));
    match parent {
        Value::Array(list) if list.len() == name.parse().unwrap_or(0) => list.push(value),
        Value::Array(list) => list[name.parse::<usize>().unwrap()] = value,
        other => other[name] = value,
    }
}

fn read_json(operation: Operation, fields: &Value) -> Result<Request, ApiError> {
    read(operation, Input::Json(fields.to_string().as_bytes()))
}

fn fuse_face(operation: Operation, fields: &Value) -> FuseFace {
    match read_json(operation, fields) {
        Ok(Request::FuseFace(request)) => request,
        other => panic!("{fields}: {other:?}"),
    }
}

fn fuse_face_ultra(fields: &Value) -> FuseFaceUltra {
    match read_json(Operation::FuseFaceUltra2022, fields) {
        Ok(Request::FuseFaceUltra(request)) => request,
        other => panic!("{fields}: {other:?}"),
    }
}

/// The code and the English message of a refused request.
fn refusal(operation: Operation, fields: &Value) -> (&'static str, String) {
    match read_json(operation, fields) {
        Err(error) => {
            assert!(!error.counts(), "{error}");
            (error.code(operation.version()), error.to_string())
        }
        Ok(request) => panic!("{fields} was read: {request:?}"),
    }
}
