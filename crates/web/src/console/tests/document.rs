//! `openapi.json` is the API as people and generators read it; it changes only together with the operations.

use super::super::document;
use crate::server::scene::Scene;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Set to write the file anew instead of comparing it.
const WRITE: &str = "MIEN_WRITE_OPENAPI";

#[test]
fn the_file_is_the_document() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi.json");
    let mut sorted = serde_json::to_value(document()).unwrap();
    // Whatever order other crates have serde_json keep.
    sorted.sort_all_objects();
    let text = format!("{sorted:#}\n");
    if std::env::var_os(WRITE).is_some() {
        fs::write(&path, &text).unwrap();
    }
    let file = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        file == text,
        "openapi.json differs; look at the change, then run once with {WRITE}=1"
    );
}

#[test]
fn the_document_is_served() {
    let scene = Scene::new();
    let told = scene.browser().get("/openapi.json");
    assert_eq!(told.verdict(), "200");
    assert_eq!(told.body, serde_json::to_value(document()).unwrap());
}

/// Every operation has an id of its own, a tag, the common problems, and a key unless it is public.
#[test]
fn operations_are_described() {
    let document = serde_json::to_value(document()).unwrap();
    assert_eq!(document["openapi"], "3.1.0");
    let mut ids = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        let is_placed = path.starts_with("/api/v1/") || path.starts_with("/c/");
        assert!(is_placed, "{path}");
        for (method, operation) in item.as_object().unwrap() {
            let what = format!("{method} {path}");
            let id = operation["operationId"].as_str().unwrap().to_owned();
            assert!(ids.insert(id.clone()), "{id} is the id of two operations");
            assert_eq!(
                operation["tags"].as_array().map(Vec::len),
                Some(1),
                "{what}"
            );
            assert!(operation["summary"].is_string(), "{what}");
            for status in [
                "400", "401", "403", "404", "409", "413", "415", "422", "429", "503",
            ] {
                let schema =
                    &operation["responses"][status]["content"]["application/json"]["schema"];
                assert_eq!(
                    schema["$ref"], "#/components/schemas/Problem",
                    "{what} {status}"
                );
            }
            let named: BTreeSet<&str> = path.split(['{', '}']).skip(1).step_by(2).collect();
            let params = operation["parameters"].as_array().into_iter().flatten();
            let described: BTreeSet<&str> = params
                .filter(|param| param["in"] == "path")
                .filter_map(|param| param["name"].as_str())
                .collect();
            assert_eq!(named, described, "{what}");
        }
    }
}

/// Whatever a reference names is there.
#[test]
fn references_lead_somewhere() {
    let document = serde_json::to_value(document()).unwrap();
    let mut references = Vec::new();
    collect(&document, &mut references);
    assert!(!references.is_empty());
    for reference in references {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
}

fn collect(value: &Value, references: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            references.extend(
                fields
                    .get("$ref")
                    .and_then(Value::as_str)
                    .map(str::to_owned),
            );
            fields.values().for_each(|value| collect(value, references));
        }
        Value::Array(values) => values.iter().for_each(|value| collect(value, references)),
        _ => (),
    }
}
