//! The published vectors, every variant that client libraries send, and requests that are refused.

mod refused;
mod variants;
mod vectors;

use super::*;
use crate::request::{Headers, RequestHead};
use billing::{AccountId, Moment};
use service::api_key::{SecretId, SecretKey};
use sha2::{Digest as _, Sha256};

const SECRET_ID: &str = "AKIDabcdefghijklmnopqrstuvwxyz012345";
const SECRET_KEY: &str = "SecretKeyEXAMPLE0123456789abcdef";
const TIMESTAMP: i64 = 1_700_000_000;
const ACCOUNT: AccountId = AccountId::new(100_001);

const QUERY: &str = "ProjectId=at_1&ModelId=mt_1&RspImgType=url&MergeInfos.0.Url=https%3A%2F%2Fimg.example%2F%E4%BA%BA.jpg";
const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";
const HOST: &str = "facefusion.example.com";

fn head(
    method: &str,
    query: &str,
    content_type: &str,
    host: &str,
    authorization: &str,
) -> RequestHead {
    let timestamp = TIMESTAMP.to_string();
    let headers: Headers = [
        ("Content-Type", content_type),
        ("Host", host),
        ("X-TC-Action", "FuseFace"),
        ("X-TC-Timestamp", timestamp.as_str()),
        ("X-TC-Version", "2022-09-27"),
        ("X-TC-Region", "ap-guangzhou"),
        ("X-TC-Language", "zh-CN"),
        ("Authorization", authorization),
    ]
    .into_iter()
    .collect();
    RequestHead {
        method: method.to_owned(),
        path: "/".to_owned(),
        query: query.to_owned(),
        headers,
    }
}

fn at(seconds: i64) -> Moment {
    Moment::from_unix_ms(seconds * 1000)
}

fn lookup(id: &SecretId) -> Result<Option<(AccountId, SecretKey)>, AuthError> {
    let key = SecretKey::parse(SECRET_KEY).unwrap();
    Ok((id.as_str() == SECRET_ID).then_some((ACCOUNT, key)))
}

fn check(head: &RequestHead, body: &[u8], now: Moment) -> Result<Caller, AuthError> {
    verify(head, &Sha256::digest(body).into(), now, lookup)
}

/// A request signed as the most usual library does.
fn signed() -> RequestHead {
    signed_by(&Signer::new(SECRET_ID))
}

fn signed_by(signer: &Signer<'_>) -> RequestHead {
    let headers = [("content-type", JSON), ("host", HOST)];
    let authorization = signer.authorization(SECRET_KEY, TIMESTAMP, "POST", "", &headers, b"{}");
    head("POST", "", JSON, HOST, &authorization)
}

fn with(name: &str, value: &str) -> RequestHead {
    let mut head = without(name);
    head.headers.add(name, value);
    head
}

fn without(name: &str) -> RequestHead {
    let mut head = signed();
    head.headers = [
        "content-type",
        "host",
        "x-tc-action",
        "x-tc-timestamp",
        "x-tc-version",
        "authorization",
    ]
    .into_iter()
    .filter(|other| *other != name)
    .map(|other| (other, head.headers.one(other).unwrap().unwrap()))
    .collect();
    head
}
