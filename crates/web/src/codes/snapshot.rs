//! `codes.txt` is the table as people read it; it changes only together with the table.

use super::{ApiError, ROWS, Row};
use crate::dispatch::Version;
use crate::language::Language;
use billing::{ActivityId, CallId, ChargedTo, MaterialId, Moment, Outcome, Refusal};
use service::{CallFailure, ChargeError, ServiceError};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use store::{Charged, StoreError};

/// Set to write the file anew instead of comparing it.
const WRITE: &str = "MIEN_WRITE_CODES";

const HEAD: &str = "\
Error codes of the cloud API, in the order of the checks. Written by the tests of crates/web; the table is
crates/web/src/codes/table.rs. Where two codes stand, the first is that of 2018-12-01, the second that of
2022-09-27. A call that ends in a code marked [counts] is charged.
";

fn text() -> String {
    let mut text = HEAD.to_owned();
    for row in ROWS {
        let Row {
            cause,
            code_2018,
            code_2022,
            counts,
            chinese,
            english,
        } = row;
        let newer = if code_2018 == code_2022 {
            String::new()
        } else {
            format!(" | {code_2022}")
        };
        let counts = if *counts { "  [counts]" } else { "" };
        text +=
            &format!("\n{cause}\n    {code_2018}{newer}{counts}\n    {chinese}\n    {english}\n");
    }
    text
}

#[test]
fn the_file_is_the_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("codes.txt");
    if std::env::var_os(WRITE).is_some() {
        fs::write(&path, text()).unwrap();
    }
    let file = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(
        file,
        text(),
        "look at the change, then run once with {WRITE}=1"
    );
}

/// All published codes of section 2.6 and 5 that we use are spelled as published: dotted words, the
/// first of which is a known family.
#[test]
fn codes_are_of_known_families() {
    const FAMILIES: [&str; 16] = [
        "AuthFailure",
        "FailedOperation",
        "InternalError",
        "InvalidAction",
        "InvalidParameter",
        "InvalidParameterValue",
        "InvalidRequest",
        "LimitExceeded",
        "MissingParameter",
        "NoSuchVersion",
        "RequestLimitExceeded",
        "RequestSizeLimitExceeded",
        "ResourceInsufficient",
        "ResourceNotFound",
        "ResourceUnavailable",
        "ServiceUnavailable",
    ];
    let others: BTreeSet<&str> = ROWS
        .iter()
        .flat_map(|row| [row.code_2018, row.code_2022])
        .filter(|code| !FAMILIES.contains(&code.split('.').next().unwrap()))
        .collect();
    let expected = BTreeSet::from(["UnauthorizedOperation", "UnsupportedProtocol"]);
    assert_eq!(others, expected);
}

#[test]
fn every_row_has_both_languages() {
    for row in ROWS {
        let chinese = |text: &str| text.chars().any(|c| ('一'..='龥').contains(&c));
        assert!(
            chinese(row.chinese) || row.chinese == "{chinese}。",
            "{}",
            row.cause
        );
        assert!(!chinese(row.english), "{}", row.cause);
    }
}

#[test]
fn values_are_put_into_the_text() {
    let error = ApiError::TooManyRequests {
        qps: 10,
        retry_after_ms: 80,
    };
    assert_eq!(
        error.message(Language::English),
        "More than 10 requests a second; try again in 80 ms, or upgrade the QPS."
    );
    assert_eq!(
        error.message(Language::Chinese),
        "请求频率超过每秒 10 次，请在 80 毫秒后重试，或升级 QPS。"
    );
}

fn failed_picture(outcome: Outcome) -> CallFailure {
    CallFailure::Picture {
        call: CallId([0; 16]),
        photo: 1,
        outcome,
        reason: "r".to_owned(),
        charged: Charged {
            seq: 1,
            at: Moment::default(),
            charged_to: ChargedTo::Postpaid,
            kind: None,
            left: None,
            repeated: false,
            outcome,
        },
    }
}

#[test]
fn pictures_that_cannot_be_used() {
    use Outcome::*;
    for (outcome, code_2018, code_2022) in [
        (Undecodable, "FailedOperation.ImageDecodeFailed", ""),
        (BadSize, "FailedOperation.ImageSizeInvalid", ""),
        (NotFetched, "FailedOperation.ImageDownloadError", ""),
        (
            NoFace,
            "InvalidParameterValue.NoFaceInPhoto",
            "FailedOperation.NoFaceDetected",
        ),
        (FaceTooSmall, "FailedOperation.FaceSizeTooSmall", ""),
        (
            FaceCut,
            "FailedOperation.FaceExceedBorder",
            "FailedOperation.NoFaceDetected",
        ),
        (
            Unfusable,
            "FailedOperation.FaceFusionError",
            "FailedOperation.NoFaceDetected",
        ),
    ] {
        let error = ApiError::from(failed_picture(outcome));
        assert_eq!(error.code(Version::V2018), code_2018);
        let code_2022 = if code_2022.is_empty() {
            code_2018
        } else {
            code_2022
        };
        assert_eq!(error.code(Version::V2022), code_2022);
        assert_eq!(error.counts(), outcome.is_charged(), "{outcome}");
    }
}

#[test]
fn failures_of_calls_and_use_cases() {
    let material: MaterialId = "qc_300100_154021_1".parse().unwrap();
    let not_found = |what| ServiceError::NotFound {
        what,
        id: "1".to_owned(),
    };
    let store = |error| ServiceError::Store(Arc::new(error));
    let activity = ActivityId::new(300_100);
    for (failure, code) in [
        (
            CallFailure::NotAdmitted(ServiceError::Refused(Refusal::NotEntitled {
                activity,
                free: 500,
            })),
            "FailedOperation.ProjectNotAuth",
        ),
        (
            CallFailure::NotAdmitted(not_found("activity")),
            "InvalidParameterValue.ActivityIdNotFound",
        ),
        (
            CallFailure::NotAdmitted(not_found("material")),
            "InvalidParameterValue.MaterialIdNotFound",
        ),
        (
            CallFailure::NotAdmitted(not_found("webhook")),
            "ResourceNotFound",
        ),
        (
            CallFailure::NotAdmitted(store(StoreError::Full("f".to_owned()))),
            "ServiceUnavailable",
        ),
        (
            CallFailure::NotAdmitted(store(StoreError::Corrupt("c".to_owned()))),
            "InternalError",
        ),
        (
            CallFailure::BadParameter("b".to_owned()),
            "InvalidParameterValue.ParameterValueError",
        ),
        (
            CallFailure::MaterialNotPassed {
                material,
                status: 22,
            },
            "FailedOperation.FuseMaterialNotAuth",
        ),
        (
            CallFailure::Service("s".to_owned()),
            "FailedOperation.InnerError",
        ),
        (
            CallFailure::NotCharged(ChargeError::Refused(Refusal::TokenReused)),
            "InvalidParameterValue",
        ),
        (
            CallFailure::NotCharged(ChargeError::Stopped),
            "ServiceUnavailable",
        ),
    ] {
        let text = format!("{failure:?}");
        let error = ApiError::from(failure);
        assert_eq!(error.code(Version::V2022), code, "{text}");
        assert!(!error.counts(), "{text}");
    }
}

/// What is wrong inside is for the log: it may tell of paths and addresses.
#[test]
fn callers_are_not_told_what_is_wrong_inside() {
    for error in [
        ApiError::Internal {
            detail: "secret".to_owned(),
        },
        ApiError::WorkFailed {
            detail: "secret".to_owned(),
        },
        ApiError::NotReady {
            detail: "secret".to_owned(),
        },
        ApiError::ResultNotKept {
            detail: "secret".to_owned(),
        },
    ] {
        for language in [Language::Chinese, Language::English] {
            assert!(!error.message(language).contains("secret"), "{error:?}");
        }
    }
}
