//! One request for every row of the order of checks.

use super::*;
use crate::tc3::Signer;
use sha2::{Digest as _, Sha256};

const SECRET_ID: &str = "AKIDabcdefghijklmnopqrstuvwxyz012345";
const SECRET_KEY: &str = "SecretKeyEXAMPLE0123456789abcdef";
const TIMESTAMP: i64 = 1_700_000_000;
const HOST: &str = "facefusion.example.com";
const JSON: &str = "application/json";

/// A request as a client means it, and what is done to it on the way.
struct Draft {
    method: &'static str,
    query: String,
    content_type: &'static str,
    action: &'static str,
    version: &'static str,
    secret_id: &'static str,
    service: &'static str,
    secret_key: &'static str,
    authorization: Option<&'static str>,
    more: Vec<(&'static str, &'static str)>,
    without: &'static str,
    body: BodySum,
    late_s: i64,
}

fn body(bytes: usize) -> BodySum {
    let sha256 = Sha256::digest(b"{}").into();
    BodySum::Whole { bytes, sha256 }
}

impl Draft {
    fn new() -> Draft {
        Draft {
            method: "POST",
            query: String::new(),
            content_type: JSON,
            action: "FuseFace",
            version: "2022-09-27",
            secret_id: SECRET_ID,
            service: "facefusion",
            secret_key: SECRET_KEY,
            authorization: None,
            more: Vec::new(),
            without: "",
            body: body(2),
            late_s: 0,
        }
    }

    fn send(&self) -> Result<Accepted, ApiError> {
        self.send_with(|id| {
            let key = SecretKey::parse(SECRET_KEY).unwrap();
            Ok((id.as_str() == SECRET_ID).then_some((AccountId::new(1), key)))
        })
    }

    fn send_with(
        &self,
        secret_of: impl FnOnce(&SecretId) -> Result<Option<(AccountId, SecretKey)>, ApiError>,
    ) -> Result<Accepted, ApiError> {
        let signer = Signer {
            secret_id: self.secret_id,
            service: self.service,
        };
        let signed = [("content-type", self.content_type), ("host", HOST)];
        let authorization = signer.authorization(
            self.secret_key,
            TIMESTAMP,
            self.method,
            &self.query,
            &signed,
            b"{}",
        );
        let timestamp = TIMESTAMP.to_string();
        let headers = [
            ("host", HOST),
            ("content-type", self.content_type),
            (
                "authorization",
                self.authorization.unwrap_or(&authorization),
            ),
            ("x-tc-timestamp", &timestamp),
            ("x-tc-action", self.action),
            ("x-tc-version", self.version),
        ];
        let head = RequestHead {
            method: self.method.to_owned(),
            path: "/".to_owned(),
            query: self.query.clone(),
            headers: headers
                .into_iter()
                .filter(|(name, _)| *name != self.without)
                .chain(self.more.iter().copied())
                .collect(),
        };
        let now = Moment::from_unix_ms((TIMESTAMP + self.late_s) * 1000);
        accept(&head, self.body, now, secret_of)
    }
}

#[test]
fn a_good_request_is_accepted() {
    let accepted = Draft::new().send().unwrap();
    assert_eq!(accepted.operation, Operation::FuseFace2022);
    assert_eq!(accepted.form, FieldForm::Json);
    let get = Draft {
        method: "GET",
        query: "ActivityId=300100".to_owned(),
        content_type: "application/x-www-form-urlencoded",
        action: "DescribeMaterialList",
        ..Draft::new()
    };
    assert_eq!(get.send().unwrap().form, FieldForm::Query);
    let charset = Draft {
        content_type: "Application/JSON; charset=utf-8",
        ..Draft::new()
    };
    assert!(charset.send().is_ok());
}

/// The rows of the order of checks. Each request has the faults of all later rows, too, so that the
/// order itself is tested.
#[test]
fn the_order_of_checks() {
    // From the last check to the first: each adds one fault, which must hide those before it.
    let mut draft = Draft {
        content_type: "multipart/form-data",
        ..Draft::new()
    };
    let expect = |draft: &Draft, code: &str| {
        let error = draft.send().unwrap_err();
        assert_eq!(error.code(Version::V2022), code, "{error}");
    };
    expect(&draft, "InvalidRequest");
    draft.action = "Nonsense";
    expect(&draft, "InvalidAction");
    draft.version = "2020-01-01";
    expect(&draft, "NoSuchVersion");
    draft.more.push(("x-tc-token", "t"));
    expect(&draft, "AuthFailure.TokenFailure");
    draft.secret_key = "another";
    expect(&draft, "AuthFailure.SignatureFailure");
    draft.service = "cvm";
    expect(&draft, "AuthFailure.SignatureFailure");
    draft.more.push(("x-tc-content-sha256", "UNSIGNED-PAYLOAD"));
    expect(&draft, "AuthFailure.SignatureFailure");
    draft.late_s = 301;
    expect(&draft, "AuthFailure.SignatureExpire");
    draft.secret_id = "AKIDabcdefghijklmnopqrstuvwxyz012346";
    expect(&draft, "AuthFailure.SecretIdNotFound");
    draft.secret_id = "AKIDEXAMPLE1234567890EXAMPLE";
    expect(&draft, "AuthFailure.InvalidSecretId");
    for name in ["x-tc-timestamp", "x-tc-action", "x-tc-version"] {
        draft.without = name;
        expect(&draft, "MissingParameter");
    }
    for value in ["SKIP", "HmacSHA256 x", "TC3-HMAC-SHA256 Credential=x", ""] {
        draft.authorization = Some(value);
        expect(&draft, "AuthFailure.InvalidAuthorization");
    }
    draft.without = "authorization";
    expect(&draft, "AuthFailure.InvalidAuthorization");
    for large in [BodySum::TooLarge, body(LONGEST_BODY + 1)] {
        draft.body = large;
        expect(&draft, "RequestSizeLimitExceeded");
    }
    draft.body = body(2);
    draft.query = "x".repeat(LONGEST_QUERY + 1);
    expect(&draft, "RequestSizeLimitExceeded");
    for method in ["PUT", "post", "HEAD", ""] {
        draft.method = method;
        expect(&draft, "UnsupportedProtocol");
    }
}

#[test]
fn bodies_that_are_no_json() {
    for (content_type, code) in [
        ("multipart/form-data; boundary=x", "InvalidRequest"),
        ("application/octet-stream", "InvalidParameter"),
        ("application/x-www-form-urlencoded", "InvalidParameter"),
        ("text/plain", "InvalidParameter"),
    ] {
        let error = Draft {
            content_type,
            ..Draft::new()
        }
        .send()
        .unwrap_err();
        assert_eq!(error.code(Version::V2022), code, "{content_type}");
    }
}

#[test]
fn the_largest_body_is_accepted() {
    let draft = Draft {
        body: body(LONGEST_BODY),
        ..Draft::new()
    };
    assert!(draft.send().is_ok());
}

#[test]
fn a_key_that_cannot_be_looked_up_is_no_unknown_key() {
    let not_ready = ApiError::NotReady {
        detail: "the disk is gone".to_owned(),
    };
    let refused = Draft::new().send_with(|_| Err(not_ready.clone()));
    assert_eq!(refused, Err(not_ready));
}
