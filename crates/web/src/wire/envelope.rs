//! What stands around every answer.

use super::answer::Answer;
use crate::codes::ApiError;
use crate::dispatch::Version;
use crate::language::Language;
use serde::Serialize;

/// The content type of every answer, to the letter: with a character set behind it, client libraries do
/// not look for errors.
pub const CONTENT_TYPE: &str = "application/json";

/// The HTTP status of every answer, errors included: with another one, client libraries discard the body.
pub const STATUS: u16 = 200;

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Envelope<T> {
    response: T,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Success<'a> {
    #[serde(flatten)]
    answer: &'a Answer,
    request_id: &'a str,
}

/// The body of a successful answer. `request_id` is a UUID, another for every request.
pub fn success(answer: &Answer, request_id: &str) -> Vec<u8> {
    let response = Success { answer, request_id };
    serde_json::to_vec(&Envelope { response }).unwrap_or_else(|error| {
        let detail = error.to_string();
        let error = ApiError::Internal { detail };
        failure(&error, Version::default(), Language::default(), request_id)
    })
}

/// The body of an answer that tells of an error.
pub fn failure(
    error: &ApiError,
    version: Version,
    language: Language,
    request_id: &str,
) -> Vec<u8> {
    let body = serde_json::json!({
        "Response": {
            "Error": { "Code": error.code(version), "Message": error.message(language) },
            "RequestId": request_id,
        }
    });
    body.to_string().into_bytes()
}
