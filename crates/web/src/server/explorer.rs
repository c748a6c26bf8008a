//! A call that the console makes for a member: signed here, then on the path of every call.

use super::{Shared, api};
use crate::console::Problem;
use crate::tc3::{SERVICE, Signed, Signer};
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use service::api_key::SecretKey;
use std::sync::Arc;

/// The most that is read of an answer: a picture of base64 and what is around it.
const MOST_ANSWER: usize = 64 << 20;

/// What is to be asked.
#[derive(Debug)]
pub(crate) struct Question {
    pub(crate) secret_id: String,
    pub(crate) secret_key: SecretKey,
    pub(crate) action: String,
    pub(crate) version: String,
    /// In which language, as `X-TC-Language` says it.
    pub(crate) language: Option<&'static str>,
    pub(crate) body: String,
    /// What a client would write into `Host`.
    pub(crate) host: String,
}

/// What was sent and what came back.
#[derive(Debug)]
pub(crate) struct Exchange {
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) signed: Signed,
    pub(crate) status: StatusCode,
    pub(crate) answer_headers: Vec<(String, String)>,
    pub(crate) answer: String,
    pub(crate) took_ms: u64,
}

/// Signs a question and has it answered as if it had come from outside.
pub(crate) async fn ask(shared: &Arc<Shared>, question: Question) -> Result<Exchange, Problem> {
    let (headers, signed) = sign(shared, &question);
    let mut request = Request::new(Body::from(question.body));
    *request.method_mut() = axum::http::Method::POST;
    for (name, value) in &headers {
        let name = HeaderName::from_bytes(name.to_ascii_lowercase().as_bytes());
        let value = HeaderValue::from_str(value);
        let (Ok(name), Ok(value)) = (name, value) else {
            return Err(Problem::malformed(
                "action or version cannot stand in a header",
            ));
        };
        request.headers_mut().append(name, value);
    }
    let began_ns = shared.monotonic_ns();
    let response = api::answer(State(Arc::clone(shared)), request).await;
    let took_ms = (shared.monotonic_ns() - began_ns) / 1_000_000;
    let (parts, body) = response.into_parts();
    let answer = to_bytes(body, MOST_ANSWER).await;
    let answer = answer.map_err(|error| Problem::internal(&error.to_string()))?;
    let told = parts.headers.iter();
    let told = told.map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        (name.as_str().to_owned(), value)
    });
    Ok(Exchange {
        headers,
        signed,
        status: parts.status,
        answer_headers: told.collect(),
        answer: String::from_utf8_lossy(&answer).into_owned(),
        took_ms,
    })
}

/// The headers that a client would send, and its signature.
fn sign(shared: &Shared, question: &Question) -> (Vec<(String, String)>, Signed) {
    let timestamp = shared.service.now().unix_ms() / 1000;
    let kind = "application/json; charset=utf-8";
    let action = question.action.to_ascii_lowercase();
    let to_sign = [
        ("content-type", kind),
        ("host", question.host.as_str()),
        ("x-tc-action", action.as_str()),
    ];
    let signer = Signer {
        secret_id: &question.secret_id,
        service: SERVICE,
    };
    let secret = question.secret_key.expose();
    let body = question.body.as_bytes();
    let signed = signer.signed(secret, timestamp, "POST", "", &to_sign, body);
    let mut headers = vec![
        (HOST.to_string(), question.host.clone()),
        (CONTENT_TYPE.to_string(), kind.to_owned()),
        ("X-TC-Action".to_owned(), question.action.clone()),
        ("X-TC-Version".to_owned(), question.version.clone()),
        ("X-TC-Timestamp".to_owned(), timestamp.to_string()),
    ];
    if let Some(language) = question.language {
        headers.push(("X-TC-Language".to_owned(), language.to_owned()));
    }
    headers.push((AUTHORIZATION.to_string(), signed.authorization.clone()));
    (headers, signed)
}
