//! Altered, dropped, repeated and swapped rows.

use super::*;
use proptest::prelude::*;
use proptest::sample::Index;

/// Every change of one field; those of the digest's own come last.
fn alterations() -> Vec<(&'static str, Alteration)> {
    vec![
        ("account", |row| row.account = AccountId::new(100_002)),
        ("seq + 1", |row| row.seq += 1),
        ("seq - 1", |row| row.seq -= 1),
        ("seq far", |row| row.seq = 9_999_999),
        ("seq 0", |row| row.seq = 0),
        ("id", |row| row.id.0[3] ^= 1),
        ("later", |row| row.at = row.at.plus_ms(1)),
        ("much later", |row| row.at = row.at.plus_ms(90 * 86_400_000)),
        ("much earlier", |row| {
            row.at = row.at.plus_ms(-90 * 86_400_000);
        }),
        ("activity", |row| row.activity = ActivityId::new(1)),
        ("material", |row| {
            row.material = match row.material {
                Some(_) => None,
                None => "qc_1_2_3".parse().ok(),
            };
        }),
        ("outcome", |row| {
            row.outcome = match row.outcome {
                Outcome::Fused => Outcome::ServiceFailed,
                _ => Outcome::Fused,
            };
        }),
        ("payer", |row| {
            row.charged_to = match row.charged_to {
                ChargedTo::Postpaid => ChargedTo::Nobody,
                _ => ChargedTo::Postpaid,
            };
        }),
        ("digest", |row| row.digest.0[31] ^= 1),
    ]
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    // At most 40 calls within 30 days; some at the same time.
    let later = prop_oneof![Just(0), 0i64..1_000_000, 0i64..60_000_000];
    proptest::collection::vec((later, 0usize..9, 0usize..4), 1..40)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn an_honest_month_is_clean(steps in steps()) {
        let rows = rows_of(&steps);
        let signed = sign(statement_of(&rows), &key()).unwrap();
        let found = verified(&signed, &rows);
        prop_assert!(found.is_clean(), "{:?}", found.faults);
        prop_assert!(found.counts_compared);
        prop_assert_eq!(found.checked_rows, rows.len() as u64);
        let written = signed.to_json_pretty().unwrap();
        prop_assert_eq!(SignedStatement::read(&written).unwrap(), signed);
    }

    #[test]
    fn one_altered_row_is_one_fault_that_names_it(steps in steps(), which in any::<Index>()) {
        let rows = rows_of(&steps);
        let signed = sign(statement_of(&rows), &key()).unwrap();
        let index = which.index(rows.len());
        for (name, alter) in alterations() {
            let mut altered = rows.clone();
            alter(&mut altered[index]);
            let found = verified(&signed, &altered);
            prop_assert_eq!(found.faults.len(), 1, "{}: {:?}", name, found.faults);
            let VerifyFault::Row { line, fault } = &found.faults[0] else {
                panic!("{name}: {:?}", found.faults);
            };
            prop_assert_eq!(*line, index as u64 + 1, "{}", name);
            prop_assert_eq!(fault.row.seq, altered[index].seq, "{}", name);
            prop_assert_eq!(fault.row.id, altered[index].id, "{}", name);
        }
    }

    /// The row behind it breaks the chain and names both; the last one breaks the signed end.
    #[test]
    fn a_row_altered_along_with_its_digest_is_found(steps in steps(), which in any::<Index>()) {
        let rows = rows_of(&steps);
        let signed = sign(statement_of(&rows), &key()).unwrap();
        let index = which.index(rows.len());
        let mut altered = rows.clone();
        altered[index].id.0[15] ^= 1;
        let previous = index.checked_sub(1).map_or(before(), |previous| rows[previous].digest);
        altered[index].digest = previous.then(&altered[index]);
        let found = verified(&signed, &altered);
        prop_assert_eq!(found.faults.len(), 1, "{:?}", found.faults);
        match &found.faults[0] {
            VerifyFault::Row { fault: RowFault { row, cause: RowCause::Altered { previous } }, .. } => {
                prop_assert_eq!(row.seq, rows[index].seq + 1);
                let both = RowName { seq: rows[index].seq, id: altered[index].id };
                prop_assert_eq!(*previous, Some(both));
            }
            VerifyFault::DayDiffers { day, .. } => {
                prop_assert_eq!(index, rows.len() - 1);
                prop_assert_eq!(*day, Calendar::default().day_of(rows[index].at));
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_log_written_anew_from_a_row_on_parts_on_that_day(steps in steps(), which in any::<Index>()) {
        let rows = rows_of(&steps);
        let signed = sign(statement_of(&rows), &key()).unwrap();
        let index = which.index(rows.len());
        let mut altered = rows.clone();
        altered[index].material = "qc_1_2_3".parse().ok();
        rechain(&mut altered, index);
        let found = verified(&signed, &altered);
        prop_assert_eq!(codes(&found), ["day_differs"]);
        let VerifyFault::DayDiffers { day, .. } = &found.faults[0] else { unreachable!() };
        prop_assert_eq!(*day, Calendar::default().day_of(rows[index].at));
    }

    #[test]
    fn dropped_repeated_and_swapped_rows_are_found(
        steps in steps(), which in any::<Index>(), whither in any::<Index>(),
    ) {
        let rows = rows_of(&steps);
        let signed = sign(statement_of(&rows), &key()).unwrap();
        let (index, other) = (which.index(rows.len()), whither.index(rows.len()));
        let mut dropped = rows.clone();
        dropped.remove(index);
        let found = verified(&signed, &dropped);
        prop_assert_eq!(found.faults.len(), 1, "{:?}", found.faults);
        let expected = rows[index].seq;
        match &found.faults[0] {
            VerifyFault::Row { fault: RowFault { cause: RowCause::Gap { first, last }, .. }, .. }
            | VerifyFault::MissingAtEnd { first, last } => prop_assert_eq!((*first, *last), (expected, expected)),
            other => panic!("{other:?}"),
        }
        let mut repeated = rows.clone();
        repeated.insert(other.max(index) + 1, rows[index].clone());
        let found = verified(&signed, &repeated);
        prop_assert_eq!(codes(&found), ["row_duplicate"]);
        let mut swapped = rows.clone();
        swapped.swap(index, other);
        let found = verified(&signed, &swapped);
        prop_assert_eq!(found.is_clean(), index == other, "{:?}", found.faults);
        for fault in &found.faults {
            prop_assert!(["row_gap", "row_out_of_order", "rows_missing_at_end"].contains(&fault.code()), "{:?}", fault);
        }
    }

    #[test]
    fn whatever_is_read_nothing_panics(text in "\\PC*", mut bytes in any::<Vec<u8>>()) {
        let _ = SignedStatement::read(&text);
        bytes.truncate(4096);
        for line in read_calls(bytes.as_slice()) {
            prop_assert!(line.is_err());
        }
    }
}

#[test]
fn a_failure_of_the_service_that_was_charged_is_found() {
    let mut rows = sample_rows();
    let index = rows
        .iter()
        .position(|row| row.charged_to == ChargedTo::Postpaid)
        .unwrap();
    rows[index].outcome = Outcome::ServiceFailed;
    rechain(&mut rows, index);
    let found = verified(&sample(), &rows);
    assert_eq!(codes(&found), ["row_failure_charged"]);
}

#[test]
fn times_are_checked_where_the_digest_vouches_for_them() {
    let rows = sample_rows();
    for (later, code) in [
        (-28_000_000, "row_time_goes_back"),
        (90 * 86_400_000, "row_outside_month"),
    ] {
        let mut altered = rows.clone();
        altered[20].at = altered[20].at.plus_ms(2 * later);
        rechain(&mut altered, 20);
        let found = verified(&sample(), &altered);
        assert_eq!(codes(&found), [code], "{:?}", found.faults);
    }
}

#[test]
fn the_row_behind_a_signed_day_is_not_doubted_for_the_one_before() {
    let rows = sample_rows();
    let signed = sample();
    let end_of_day = signed.statement.chain.days[2].last_seq;
    let index = usize::try_from(end_of_day - FIRST_SEQ).unwrap() + 1;
    let mut altered = rows.clone();
    altered[index].id.0[0] ^= 1;
    let found = verified(&signed, &altered);
    assert_eq!(
        found.faults[0].to_string(),
        format!(
            "line {}: row {} (call {}) does not match its digest: it was altered",
            index + 1,
            altered[index].seq,
            altered[index].id
        )
    );
}

#[test]
fn rows_beside_the_statement_are_one_fault() {
    let rows = sample_rows();
    let signed = sign(statement_of(&rows[..50]), &key()).unwrap();
    let found = verified(&signed, &rows);
    assert_eq!(
        found.faults[0].to_string(),
        format!(
            "line 51: row 91 (call {}) is not of this statement, whose rows are 41 to 90; 10 such in all",
            rows[50].id
        )
    );
    assert_eq!(found.faults.len(), 1);
}

#[test]
fn a_line_that_cannot_be_read_is_one_fault() {
    let rows = sample_rows();
    let signed = sample();
    for index in [0, 30, rows.len() - 1] {
        let mut text: Vec<String> = rows
            .iter()
            .map(|row| serde_json::to_string(row).unwrap())
            .collect();
        assert!(verify(&signed, read_calls(text.join("\n").as_bytes()), None).is_clean());
        text[index].truncate(100);
        let found = verify(&signed, read_calls(text.join("\n").as_bytes()), None);
        assert_eq!(codes(&found), ["unreadable_line"], "{:?}", found.faults);
        let start = format!("line {}: not a call row: ", index + 1);
        assert!(
            found.faults[0].to_string().starts_with(&start),
            "{}",
            found.faults[0]
        );
    }
}

#[test]
fn a_wrong_file_does_not_fill_the_memory() {
    let text = "nothing\n".repeat(MOST_LISTED_FAULTS + 25);
    let found = verify(&sample(), read_calls(text.as_bytes()), None);
    assert_eq!(found.faults.len(), MOST_LISTED_FAULTS);
    assert_eq!((found.unlisted, found.checked_rows), (25, 0));
    assert!(!found.counts_compared);
}
