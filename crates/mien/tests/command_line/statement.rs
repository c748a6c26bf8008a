//! A month's statement, and checking it without the server.

use crate::pictures::{SELFIE, TEMPLATE};
use crate::run::Folder;
use std::fs;

const JANUARY: &str = "--now 2027-01-10T09:00:00+08:00";
const FEBRUARY: &str = "--now 2027-02-02T09:00:00+08:00";

/// Books with a January of three calls: one fused, one without a face, one after midnight of another day.
fn books() -> Folder {
    let folder = Folder::new();
    folder.put("t.jpg", TEMPLATE);
    folder.put("u.jpg", SELFIE);
    folder.put("junk.jpg", b"no picture");
    let mien = |words: &str| folder.mien(&format!("{words} {JANUARY}"));
    mien("account create Harbour").expect(0);
    mien("top-up --account 100001 --amount 100").expect(0);
    mien("activity create --account 100001 --name poster").expect(0);
    mien("material add --account 100001 --activity 300100 t.jpg").expect(0);
    let call = "call --account 100001 --activity 300100 --material qc_300100_154001_1 --out r.jpg";
    mien(&format!("{call} --face u.jpg")).expect(0);
    folder
        .mien(&format!(
            "{call} --face junk.jpg --now 2027-01-11T09:00:00+08:00"
        ))
        .expect(3);
    folder
        .mien(&format!(
            "{call} --face u.jpg --now 2027-01-31T23:59:59+08:00"
        ))
        .expect(0);
    folder
}

fn made() -> Folder {
    let folder = books();
    let words = "statement --account 100001 --month 2027-01 --out january";
    folder.mien(&format!("{words} {FEBRUARY}")).expect(0);
    folder
}

const VERIFY: &str = "verify january/statement.json --calls january/calls.jsonl";

#[test]
fn an_honest_month_holds_without_the_books() {
    let folder = made();
    let files = [
        "calls.jsonl",
        "statement.csv",
        "statement.html",
        "statement.json",
    ];
    for file in files {
        assert!(folder.path("january").join(file).is_file(), "{file}");
    }
    let (_, key) = folder.json("statement --key");
    fs::remove_dir_all(folder.path("mien-data")).unwrap();
    let (code, found) = folder.json(VERIFY);
    assert_eq!((code, found["checked_calls"].as_u64()), (0, Some(3)));
    assert_eq!(found["fingerprint"], key["fingerprint"]);
    let key = key["public_key"].as_str().unwrap();
    folder.mien(&format!("{VERIFY} --key {key}")).expect(0);
    let other = key.replace(&key[..2], if key.starts_with("00") { "01" } else { "00" });
    let run = folder.mien(&format!("{VERIFY} --key {other}"));
    assert_ne!(run.code, 0);
}

/// Each row alters one thing; what is told must name it.
#[test]
fn what_was_altered_is_named() {
    let folder = made();
    let statement = fs::read_to_string(folder.path("january/statement.json")).unwrap();
    let calls = fs::read_to_string(folder.path("january/calls.jsonl")).unwrap();
    let lines: Vec<&str> = calls.lines().collect();
    let without_second = format!("{}\n{}\n", lines[0], lines[2]);
    let cases = [
        (
            "a row's outcome",
            calls.replace("undecodable", "service_failed"),
            statement.clone(),
            "row 2",
        ),
        ("a row left out", without_second, statement.clone(), "2"),
        (
            "the last row left out",
            format!("{}\n{}\n", lines[0], lines[1]),
            statement.clone(),
            "3",
        ),
        (
            "a line that is none",
            format!("{calls}what\n"),
            statement.clone(),
            "line 4",
        ),
        (
            "the balance",
            calls.clone(),
            statement.replace("\"closing\": \"100.00\"", "\"closing\": \"99.00\""),
            "signature",
        ),
    ];
    for (what, calls, statement, named) in cases {
        folder.put("january/calls.jsonl", calls.as_bytes());
        folder.put("january/statement.json", statement.as_bytes());
        let run = folder.mien(VERIFY).expect(10);
        assert!(run.stdout.contains(named), "{what}: {}", run.stdout);
        assert!(run.stdout.contains("does not hold"), "{what}");
    }
}

#[test]
fn what_cannot_have_a_statement_is_refused() {
    let folder = books();
    for (words, code, told) in [
        ("statement --account 100001 --month 2027-03", 7, "future"),
        ("statement --account 100009 --month 2027-01", 8, "100009"),
        ("statement --account 100001 --month 2027-13", 2, "2027-13"),
        ("statement", 2, "--account"),
    ] {
        let run = folder.mien(&format!("{words} {FEBRUARY}")).expect(code);
        assert!(run.stderr.contains(told), "{words}: {}", run.stderr);
    }
    folder.put("junk.json", b"{}");
    for (words, code) in [
        ("verify junk.json --calls junk.json", 10),
        ("verify missing.json --calls junk.json", 5),
        ("verify junk.json", 2),
        ("verify junk.json --calls junk.json --key 12", 2),
    ] {
        let run = folder.mien(words);
        assert_eq!(run.code, code, "{words}: {}", run.stderr);
    }
}

#[test]
fn a_month_under_way_is_preliminary() {
    let folder = books();
    let words = "statement --account 100001 --month 2027-01 --now 2027-01-31T23:59:59.500+08:00";
    let run = folder.mien(words).expect(0);
    assert!(
        run.stdout.contains("the month is not over"),
        "{}",
        run.stdout
    );
    let (_, signed) = folder.json(words);
    assert_eq!(signed["statement"]["complete"], false);
}

#[test]
fn a_called_picture_says_that_it_is_made_by_ai() {
    let folder = books();
    let (code, label) = folder.json("label check r.jpg");
    assert_eq!(code, 0, "{label}");
    assert_eq!(label["implicit"]["ContentProducer"], "mien", "{label}");
}
