//! Requests that are not believed.

use super::*;
use proptest::prelude::*;

#[test]
fn headers_that_are_missing_or_malformed() {
    for (head, error) in [
        (without("authorization"), AuthError::NotSigned),
        (
            with("authorization", "SKIP"),
            AuthError::Form(FormError::OtherAlgorithm),
        ),
        (
            without("x-tc-timestamp"),
            AuthError::MissingHeader {
                name: "X-TC-Timestamp",
            },
        ),
        (
            with("x-tc-timestamp", ""),
            AuthError::MissingHeader {
                name: "X-TC-Timestamp",
            },
        ),
        (
            without("x-tc-action"),
            AuthError::MissingHeader {
                name: "X-TC-Action",
            },
        ),
        (
            without("x-tc-version"),
            AuthError::MissingHeader {
                name: "X-TC-Version",
            },
        ),
        (
            with("x-tc-timestamp", "soon"),
            AuthError::BadTimestamp {
                value: "soon".to_owned(),
            },
        ),
        (
            with("x-tc-timestamp", "-1"),
            AuthError::BadTimestamp {
                value: "-1".to_owned(),
            },
        ),
        (without("host"), AuthError::Mismatch),
        (without("content-type"), AuthError::Mismatch),
    ] {
        assert_eq!(check(&head, b"{}", at(TIMESTAMP)), Err(error));
    }
    for (name, shown) in [
        ("authorization", "Authorization"),
        ("x-tc-timestamp", "X-TC-Timestamp"),
        ("host", "Host"),
        ("x-tc-action", "X-TC-Action"),
    ] {
        let mut head = signed();
        let value = head.headers.one(name).unwrap().unwrap().to_vec();
        head.headers.add(name, value);
        let refused = check(&head, b"{}", at(TIMESTAMP));
        assert_eq!(refused, Err(AuthError::RepeatedHeader { name: shown }));
    }
}

#[test]
fn five_minutes_either_way() {
    for (seconds, within) in [
        (0, true),
        (300, true),
        (-300, true),
        (301, false),
        (-301, false),
    ] {
        let result = check(&signed(), b"{}", at(TIMESTAMP + seconds));
        let expired = AuthError::Expired {
            timestamp_s: TIMESTAMP.unsigned_abs(),
            now_s: TIMESTAMP + seconds,
        };
        assert_eq!(result.is_ok(), within, "{seconds}");
        assert!(within || result == Err(expired), "{seconds}");
    }
    let huge = with("x-tc-timestamp", &u64::MAX.to_string());
    let refused = check(&huge, b"{}", at(TIMESTAMP));
    assert!(matches!(refused, Err(AuthError::Expired { .. })));
}

#[test]
fn keys_scopes_signatures_and_tokens() {
    let foreign = Signer {
        secret_id: SECRET_ID,
        service: "cvm",
    };
    let unknown = "AKIDabcdefghijklmnopqrstuvwxyz012346";
    for (secret_id, expected) in [
        ("AKIDEXAMPLE1234567890EXAMPLE", "form"),
        ("", "form"),
        (unknown, "unknown"),
    ] {
        let refused = check(&signed_by(&Signer::new(secret_id)), b"{}", at(TIMESTAMP));
        match expected {
            "form" => assert!(matches!(refused, Err(AuthError::NoSecretId(_)))),
            _ => assert!(matches!(refused, Err(AuthError::UnknownSecretId { .. }))),
        }
    }
    let refused = check(&signed_by(&foreign), b"{}", at(TIMESTAMP));
    assert_eq!(
        refused,
        Err(AuthError::ScopeService {
            service: "cvm".to_owned()
        })
    );
    let text = String::from_utf8(
        signed()
            .headers
            .one("authorization")
            .unwrap()
            .unwrap()
            .to_vec(),
    );
    let other_day = with(
        "authorization",
        &text.unwrap().replace("2023-11-14", "2023-11-15"),
    );
    let refused = check(&other_day, b"{}", at(TIMESTAMP));
    assert!(matches!(refused, Err(AuthError::ScopeDate { .. })));
    assert_eq!(
        check(&signed(), b"{} ", at(TIMESTAMP)),
        Err(AuthError::Mismatch)
    );
    let other_type = with("content-type", "text/plain");
    assert_eq!(
        check(&other_type, b"{}", at(TIMESTAMP)),
        Err(AuthError::Mismatch)
    );
    let mut with_token = signed();
    with_token.headers.add("X-TC-Token", "t");
    assert_eq!(
        check(&with_token, b"{}", at(TIMESTAMP)),
        Err(AuthError::Token)
    );
    // Who cannot sign learns nothing of tokens; an empty one is none.
    assert_eq!(
        check(&with_token, b"[]", at(TIMESTAMP)),
        Err(AuthError::Mismatch)
    );
    let mut empty_token = signed();
    empty_token.headers.add("X-TC-Token", "");
    assert!(check(&empty_token, b"{}", at(TIMESTAMP)).is_ok());
}

proptest! {
    #[test]
    fn no_header_bytes_panic(
        pairs in proptest::collection::vec(
            (
                prop_oneof![
                    Just("authorization"), Just("host"), Just("content-type"), Just("x-tc-timestamp"),
                    Just("x-tc-action"), Just("x-tc-version"), Just("x-tc-token"),
                ],
                proptest::collection::vec(any::<u8>(), 0..80),
            ),
            0..10,
        ),
    ) {
        let head = RequestHead { method: "POST".to_owned(), headers: pairs.into_iter().collect(), ..RequestHead::default() };
        let refused = check(&head, b"{}", at(TIMESTAMP)).is_err();
        prop_assert!(refused);
    }

    /// One changed byte anywhere in the signed headers or their signature is noticed.
    #[test]
    fn changed_bytes_do_not_verify(
        name in prop_oneof![Just("authorization"), Just("host"), Just("content-type"), Just("x-tc-timestamp")],
        place in any::<prop::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let before = signed();
        let mut value = before.headers.one(name).unwrap().unwrap().to_vec();
        let place = place.index(value.len());
        let unchanged = value[place];
        value[place] = byte;
        let mut head = without(name);
        head.headers.add(name, value);
        let result = check(&head, b"{}", at(TIMESTAMP));
        // White space between the parts is free, and so is the case of what is compared in lower case.
        let harmless = byte.eq_ignore_ascii_case(&unchanged)
            || byte.is_ascii_whitespace() && (unchanged == b' ');
        prop_assert!(harmless || result.is_err());
    }
}
