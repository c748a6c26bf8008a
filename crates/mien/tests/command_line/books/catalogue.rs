//! Editions of the catalogue.

use super::Books;
use billing::catalogue::DEFAULT_TEXT;

#[test]
fn every_fault_is_told_with_its_line() {
    let books = Books::with_activity("0", 10);
    // The second tier begins below the end of the first, and a price is below nothing.
    let text = DEFAULT_TEXT
        .replace("over = 1_000_000", "over = 900_000")
        .replace("price = \"1700.00\"", "price = \"-1\"");
    books.folder.put("bad.toml", text.as_bytes());
    let line_of = |part: &str| text.lines().position(|line| line.contains(part)).unwrap() + 1;
    for words in ["catalogue check bad.toml", "catalogue apply bad.toml"] {
        let error = books.refused(words, 7);
        assert_eq!(error["kind"], "bad_catalogue");
        let faults = error["faults"].as_array().unwrap();
        assert_eq!(faults.len(), 2, "{error}");
        assert_eq!(faults[0]["line"], line_of("price = \"-1\""));
        // By the block or the bound of the tier.
        let line = faults[1]["line"].as_u64().unwrap() as usize;
        assert!(line.abs_diff(line_of("over = 900_000")) <= 2, "{error}");
    }
    let run = books.text("catalogue check bad.toml").expect(7);
    let place = format!("\nbad.toml:{}: ", line_of("price = \"-1\""));
    assert!(run.stderr.contains(&place), "{}", run.stderr);
}

#[test]
fn what_is_no_catalogue_is_refused() {
    let books = Books::with_activity("0", 10);
    for (name, bytes) in [
        ("empty.toml", b"".as_slice()),
        ("picture.toml", crate::pictures::SELFIE),
        ("notes.toml", b"Dear diary,\n"),
        ("latin.toml", b"version = \"\xe9t\xe9\"\n"),
    ] {
        books.folder.put(name, bytes);
        let error = books.refused(&format!("catalogue apply {name}"), 7);
        assert_eq!(error["kind"], "bad_catalogue", "{name}");
    }
    assert_eq!(
        books.refused("catalogue apply none.toml", 5)["kind"],
        "unreadable"
    );
}

#[test]
fn a_new_edition_changes_prices_and_not_what_was_bought() {
    let books = Books::with_licence("10000", 10);
    let shown = books.text("catalogue show --file").expect(0).stdout;
    assert_eq!(shown, DEFAULT_TEXT);
    let changed = DEFAULT_TEXT
        .replace("2027-01", "2027-01b")
        .replace("\"210.00\"", "\"300.00\"");
    books.folder.put("next.toml", changed.as_bytes());
    assert_eq!(
        books.did("catalogue check next.toml")["version"],
        "2027-01b"
    );
    assert_eq!(
        books.did("catalogue apply next.toml")["version"],
        "2027-01b"
    );
    let qps = "buy qps --account 100001 --activity 300100 --days 2027-01-10 --extra 10";
    assert_eq!(books.did(qps)["quote"]["total"], "300.00");
    let orders = books.did("orders --account 100001");
    assert_eq!(orders["orders"][0]["quote"]["catalogue"], "2027-01");
    let editions = books.did("catalogue editions");
    assert_eq!(editions["editions"].as_array().unwrap().len(), 2);
    // The same version with other contents.
    let other = changed.replace("300.00", "301.00");
    books.folder.put("other.toml", other.as_bytes());
    assert_eq!(
        books.refused("catalogue apply other.toml", 7)["kind"],
        "bad_catalogue"
    );
    let table = books.text("catalogue show").expect(0).stdout;
    assert!(
        table.contains("300.00 yuan a day for 10 QPS more"),
        "{table}"
    );
}
