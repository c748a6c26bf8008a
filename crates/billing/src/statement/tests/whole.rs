//! Altered statements, contradictions in signed ones, and what becomes of them on paper.

use super::*;
use serde_json::Value;

/// Calls `visit` with every number, text, truth and nothing in `value`.
fn for_each_leaf(value: &Value, path: &str, visit: &mut dyn FnMut(&str, &Value)) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                for_each_leaf(value, &format!("{path}/{key}"), visit);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                for_each_leaf(value, &format!("{path}/{index}"), visit);
            }
        }
        leaf => visit(path, leaf),
    }
}

/// Other values that a field could have.
fn others(leaf: &Value) -> Vec<Value> {
    match leaf {
        Value::Number(number) => vec![(number.as_u64().unwrap() + 1).into(), Value::Null],
        Value::Bool(truth) => vec![(!truth).into()],
        Value::Null => vec!["2028-01-03T00:00:00.000Z".into(), 1.into(), "300101".into()],
        Value::String(text) => {
            let mut others = vec![Value::Null, format!("{text}x").into()];
            // The same kind of text with another digit or letter.
            for (from, to) in [("0", "1"), ("1", "2"), ("2", "3"), ("a", "b")] {
                others.push(text.replacen(from, to, 1).into());
            }
            for name in ["bill_paid", "free", "pack", "postpaid", "no_face", "UTC"] {
                others.push(name.into());
            }
            others
        }
        _ => unreachable!(),
    }
}

#[test]
fn every_altered_field_of_the_statement_is_found() {
    let rows = sample_rows();
    let text = sample().to_json_pretty().unwrap();
    let whole: Value = serde_json::from_str(&text).unwrap();
    let (mut refused, mut found) = (0, 0);
    for_each_leaf(&whole, "", &mut |path, leaf| {
        for other in others(leaf) {
            let mut altered = whole.clone();
            if *leaf == other {
                continue;
            }
            *altered.pointer_mut(path).unwrap() = other.clone();
            match SignedStatement::read(&altered.to_string()) {
                Err(_) => refused += 1,
                Ok(signed) => {
                    let verification = verified(&signed, &rows);
                    assert!(!verification.is_clean(), "{path}: {leaf} -> {other}");
                    assert_eq!(codes(&verification)[0], "bad_signature", "{path}");
                    found += 1;
                }
            }
        }
    });
    assert!(refused > 100 && found > 100, "{refused} {found}");
}

#[test]
fn what_a_file_says_beside_the_statement_is_refused() {
    let text = sample().to_json_pretty().unwrap();
    let number = |text: &str| text.replacen("\"8840.00\"", "8840", 1);
    let in_line =
        |text: &str| text.replacen("\"line\": \"qps\"", "\"line\": \"qps\", \"more\": 1", 1);
    let offset = |text: &str| {
        text.replacen(
            "2027-01-03T01:05:00.000Z",
            "2027-01-03T09:05:00.000+08:00",
            1,
        )
    };
    for (altered, at) in [
        (number(&text), "/statement/closing"),
        (in_line(&text), "/statement/orders/0/lines/1/more"),
        (offset(&text), "/statement/orders/0/lines/0/period/bought"),
    ] {
        assert_ne!(altered, text);
        let refused = SignedStatement::read(&altered).unwrap_err();
        let StatementError::NotAsWritten { at: found } = &refused else {
            // A time in the line's front part comes first.
            panic!("{refused}");
        };
        assert!(found == at || found.ends_with("/paid"), "{found}");
    }
    let refused = SignedStatement::read(&text.replacen("\"format\": 1", "\"format\": 2", 1));
    assert!(matches!(
        refused,
        Err(StatementError::UnknownFormat { found: 2 })
    ));
    let refused = SignedStatement::read(&text.replacen("\"zone\"", "\"zune\"", 1)).unwrap_err();
    assert!(refused.to_string().contains("line 7 column"), "{refused}");
    let refused = SignedStatement::read("{\n  oops").unwrap_err();
    assert!(refused.to_string().contains("line 2 column"), "{refused}");
}

/// The signed bytes are a promise to those who verify with other programs; computed once with one.
#[test]
fn the_signed_bytes_are_fixed() {
    let statement = statement_of(&[]);
    let bytes = String::from_utf8(canonical_bytes(&statement).unwrap()).unwrap();
    assert_eq!(bytes, include_str!("canonical.txt").trim_end_matches('\n'));
    let signed = sign(statement, &key()).unwrap();
    assert_eq!(
        signed.public_key.to_string(),
        "ea4a6c63e29c520abef5507b132ec5f9954776aebebe7b92421eea691446d22c"
    );
    assert_eq!(
        signed.signature.to_string(),
        "23c49eb4f277f41295a8e257fc050ad4cf4291b3a8f3862fdaec9e0493db15f613ff5351581f5ea0461bfbfc187d1f8b1b8d99ce657ad8f29fcae47a35be1a0a"
    );
    assert_eq!(signed.public_key.fingerprint(), "fe81 2c12 f3ab 4ce6");
}

#[test]
fn another_key_is_named() {
    let rows = sample_rows();
    let other = SigningKey::from_seed(&[8; 32]);
    let signed = sign(statement_of(&rows), &other).unwrap();
    assert!(signed.verify_signature(None));
    assert!(!signed.verify_signature(Some(&key().public_key())));
    assert_eq!(codes(&verified(&signed, &rows)), ["wrong_key"]);
    assert!(verify(&signed, lines(&rows), None).is_clean());
}

/// Faults of the server itself: signed all the same.
#[test]
fn a_signed_contradiction_is_found() {
    let rows = sample_rows();
    let cases: [(&[&str], Alteration<Statement>); 17] = [
        (&["order_sum"], |it| {
            it.orders[0].lines[1].amount = yuan("1260.01");
        }),
        (&["order_sum", "closing_differs"], |it| {
            it.orders[0].total = yuan("21260.01");
        }),
        (&["closing_differs"], |it| it.opening = yuan("100.01")),
        (&["sum_too_large"], |it| {
            it.opening = Money::from_fen(i64::MAX);
        }),
        (&["outside_month"], |it| {
            it.orders[0].paid = moment("2027-02-01T00:00:00+08:00");
        }),
        (&["outside_month"], |it| {
            it.movements[0].at = moment("2026-12-31T23:59:59+08:00");
        }),
        (&["complete_differs"], |it| it.complete = false),
        (&["grant_differs", "grant_sum"], |it| {
            it.grants[0].used_in_month += 1;
        }),
        (&["grant_sum"], |it| it.grants[1].left -= 1),
        (&["grant_missing"], |it| {
            it.grants[1].activity = Some(ACTIVITY);
        }),
        (&["postpaid_calls_differ"], |it| it.postpaid = None),
        (&["tier_differs"], |it| {
            it.postpaid.as_mut().unwrap().tier.first = 1_000;
        }),
        (&["amount_differs"], |it| {
            it.postpaid.as_mut().unwrap().amount = yuan("9");
        }),
        (&["usage_differs", "calls_differ"], |it| {
            let usage = it.usage.iter_mut();
            let mut free = usage.filter(|usage| usage.charged_to == ChargedTo::Nobody);
            free.next().unwrap().calls += 1;
        }),
        (&["day_differs", "days_broken"], |it| {
            it.chain.days[3].calls += 1;
        }),
        (&["day_differs", "end_broken"], |it| {
            it.chain.days.last_mut().unwrap().head = before();
        }),
        (&["end_broken"], |it| it.chain.head = before()),
    ];
    for (expected, alter) in cases {
        let mut statement = statement_of(&rows);
        alter(&mut statement);
        let signed = sign(statement, &key()).unwrap();
        let found = verified(&signed, &rows);
        assert_eq!(codes(&found), expected, "{:?}", found.faults);
        assert!(found.faults.iter().all(|fault| !fault.is_of_rows()));
    }
}

#[test]
fn the_amount_is_rounded_half_up_by_the_tier_reached() {
    for (calls, exact, amount) in [
        (1_000_001, "12000.012", "12000.01"),
        (5_000_001, "25000.005", "25000.01"),
    ] {
        let rated = rate(&Catalogue::read(DEFAULT_TEXT).unwrap(), calls).unwrap();
        let mut postpaid = Postpaid {
            calls,
            tier: rated.tier,
            exact: exact.to_owned(),
            amount: yuan(amount),
        };
        let mut faults = Vec::new();
        check::check_postpaid(Some(&postpaid), calls, &mut faults);
        assert!(faults.is_empty(), "{faults:?}");
        postpaid.amount = postpaid.amount.minus(yuan("0.01")).unwrap();
        check::check_postpaid(Some(&postpaid), calls, &mut faults);
        assert_eq!(faults[0].code(), "amount_differs");
    }
}

#[test]
fn an_empty_month_is_clean() {
    let signed = sign(statement_of(&[]), &key()).unwrap();
    assert!(verified(&signed, &[]).is_clean());
    assert_eq!(
        codes(&verified(&signed, &sample_rows())),
        ["row_not_covered"]
    );
}

#[test]
fn a_page_is_whole_and_escapes_what_is_free() {
    for language in [Language::Zh, Language::En] {
        let page = html(&sample(), language);
        assert!(page.contains("春节活动 &amp; Co. &lt;&quot;studio&quot;&gt;"));
        assert!(page.contains("新春&lt;拜年&gt;"));
        assert!(!page.contains("<拜年>") && !page.contains("<script"));
        assert!(!page.contains("http://") && !page.contains("https://"));
        for part in [
            sample().signature.to_string(),
            sample().public_key.fingerprint(),
            sample().statement.chain.head.to_string(),
            "mien verify statement.json --calls calls.jsonl".to_owned(),
            "¥8,840.00".to_owned(),
            "¥21,260.00".to_owned(),
        ] {
            assert!(page.contains(&part), "{part}");
        }
        assert_eq!(
            page.matches("<section").count(),
            page.matches("</section>").count()
        );
        let empty = html(&sign(statement_of(&[]), &key()).unwrap(), language);
        assert!(empty.ends_with("</html>\n"));
    }
}

#[test]
fn a_month_that_runs_is_preliminary() {
    let rows = sample_rows();
    let mut statement = statement_of(&rows);
    statement.issued = moment("2027-01-31T23:59:59.999+08:00");
    statement.complete = false;
    let signed = sign(statement, &key()).unwrap();
    assert!(verified(&signed, &rows).is_clean());
    assert!(html(&signed, Language::En).contains("Preliminary"));
}
