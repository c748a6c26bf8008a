//! `codes.txt` is the table as people read it; it changes only together with the table.

use super::{ApiError, ROWS, Row};
use crate::language::Language;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

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
    let expected = BTreeSet::from(["UnsupportedOperation", "UnsupportedProtocol"]);
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
