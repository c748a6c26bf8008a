//! What is asked for and cannot be: a typed error, and the books as before.

use super::Books;

#[test]
fn unknown_ids_are_not_found() {
    let books = Books::with_activity("0", 10);
    for words in [
        "account show 100002",
        "account suspend 100002",
        "account limit 100002 5",
        "key create --account 100002",
        "key list --account 100002",
        "key disable AKIDnone --account 100001",
        "top-up --account 100002 --amount 1",
        "activity create --account 100002 --name Gala",
        "activity show 300101 --account 100001",
        "activity change 300101 --account 100001 --name Ball",
        "activity delete 300101 --account 100001",
        "activity delete 300101 --account 100001 --yes",
        "material add --account 100001 --activity 300101 t.jpg",
        "material list --account 100001 --activity 300101",
        "material show qc_300100_154001_1 --account 100001",
        "material tune qc_300100_154001_1 --account 100001 --shape-degree 3",
        "material replace qc_300100_154001_1 t.jpg --account 100001",
        "material delete qc_300100_154001_1 --account 100001",
        "material appeal qc_300100_154001_1 --account 100001",
        "material decide qc_300100_154001_1 --pass",
        "buy licence --account 100001 --activity 300101 --pay",
        "buy pack pack-1m --account 100002 --pay",
        "orders --account 100002",
        "ledger --account 100002",
        "bills --account 100002",
        "notices --account 100002",
        "usage --account 100002",
        "usage rebuild --account 100002",
        "webhook add https://example.com --account 100002",
        "webhook delete 1 --account 100001",
        "webhook revive 1 --account 100001",
        "call --account 100001 --activity 300100 --material qc_300100_154001_1 --face u.jpg --out r.jpg",
        "try --account 100001 --activity 300100 --material qc_300100_154001_1 --face u.jpg --out r.jpg",
    ] {
        let error = books.refused(words, 8);
        assert_eq!(error["kind"], "not_found", "{words}");
        assert!(
            error["message"].as_str().unwrap().contains("there is no"),
            "{error}"
        );
    }
    assert!(!books.folder.path("r.jpg").exists());
}

#[test]
fn another_accounts_things_are_not_there() {
    let books = Books::with_activity("0", 10);
    books.did("account create Rival");
    let material = books.did("material add --account 100001 --activity 300100 t.jpg");
    let material = material["id"].as_str().unwrap();
    for words in [
        "activity show 300100 --account 100002".to_owned(),
        "activity delete 300100 --account 100002 --yes".to_owned(),
        format!("material show {material} --account 100002"),
        format!("material delete {material} --account 100002"),
        format!(
            "call --account 100002 --activity 300100 --material {material} --face u.jpg --out r.jpg"
        ),
    ] {
        books.refused(&words, 8);
    }
}

#[test]
fn names_have_a_length() {
    let books = Books::with_activity("0", 10);
    let long = |characters: usize| "长".repeat(characters);
    for (words, code) in [
        (vec!["account", "create", &long(41)], "bad_name"),
        (vec!["account", "create", " "], "bad_name"),
        (vec!["account", "create", "a\u{1b}[2J"], "control_character"),
        (
            vec!["key", "create", "--account", "100001", "--label", &long(41)],
            "bad_name",
        ),
        (
            vec![
                "activity",
                "create",
                "--account",
                "100001",
                "--name",
                &long(16),
            ],
            "name_too_long",
        ),
        (
            vec!["activity", "create", "--account", "100001", "--name", ""],
            "name_empty",
        ),
        (
            vec![
                "activity",
                "create",
                "--account",
                "100001",
                "--name",
                "x",
                "--details",
                &long(501),
            ],
            "details_too_long",
        ),
        (
            vec![
                "activity",
                "change",
                "300100",
                "--account",
                "100001",
                "--name",
                &long(16),
            ],
            "name_too_long",
        ),
        (
            vec![
                "material",
                "add",
                "--account",
                "100001",
                "--activity",
                "300100",
                "t.jpg",
                "--name",
                &long(61),
            ],
            "bad_name",
        ),
        (
            vec![
                "top-up",
                "--account",
                "100001",
                "--amount",
                "1",
                "--key",
                &long(65),
            ],
            "bad_name",
        ),
        (
            vec![
                "top-up",
                "--account",
                "100001",
                "--amount",
                "1",
                "--note",
                &long(201),
            ],
            "bad_name",
        ),
    ] {
        assert_eq!(books.refused_of(&words, 7)["code"], code, "{words:?}");
    }
    // The longest that may be.
    for words in [
        ["account", "create", &long(40)].as_slice(),
        &[
            "activity",
            "create",
            "--account",
            "100001",
            "--name",
            &long(15),
        ],
    ] {
        let (code, document) = books.json_of(words);
        assert_eq!(code, 0, "{document}");
    }
}

#[test]
fn amounts_are_exact_and_above_zero() {
    let books = Books::with_activity("0", 10);
    for amount in [
        "0.001",
        "1e3",
        "ten",
        "1,000",
        "NaN",
        "99999999999999999999",
        "",
    ] {
        let error = books.refused_of(&["top-up", "--account", "100001", "--amount", amount], 2);
        assert_eq!(error["kind"], "usage", "{amount}");
    }
    for (amount, code) in [
        ("0", "not_positive"),
        ("-5", "not_positive"),
        ("100000000.01", "too_much"),
    ] {
        let error = books.refused(&format!("top-up --account 100001 --amount {amount}"), 7);
        assert_eq!(error["code"], code, "{amount}");
    }
}

#[test]
fn what_is_not_for_sale_is_not_sold() {
    let unlicensed = Books::with_activity("100000", 10);
    let licensed = Books::with_licence("100000", 30);
    let qps = "buy qps --account 100001 --activity 300100";
    let licence = "buy licence --account 100001 --activity 300100";
    for (books, words, code) in [
        (
            &unlicensed,
            "buy pack pack-1m --account 100001".to_owned(),
            "no_licensed_activity",
        ),
        (
            &unlicensed,
            format!("{qps} --days 2027-01-10 --extra 10"),
            "not_licensed",
        ),
        (
            &unlicensed,
            format!("{licence} --qps 2027-01-10:25"),
            "not_a_step",
        ),
        (
            &unlicensed,
            format!("{licence} --qps 2027-01-09:20"),
            "starts_in_the_past",
        ),
        (&licensed, licence.to_owned(), "already_licensed"),
        (
            &licensed,
            format!("{qps} --days 2027-01-09..2027-01-12 --extra 10"),
            "starts_in_the_past",
        ),
        // 30 days on sale, today included: January 10 to February 8.
        (
            &licensed,
            format!("{qps} --days 2027-02-09 --extra 10"),
            "too_far_ahead",
        ),
        (
            &licensed,
            format!("{qps} --days 2027-02-10 --extra 10"),
            "too_far_ahead",
        ),
        (
            &licensed,
            format!("{qps} --days 2027-01-12..2027-01-10 --extra 10"),
            "ends_before_it_starts",
        ),
        (
            &licensed,
            format!("{qps} --days 2027-01-10 --extra 960"),
            "above_ceiling",
        ),
        (
            &licensed,
            format!("{qps} --days 2027-01-10 --extra 0"),
            "not_a_step",
        ),
        (
            &licensed,
            format!("{qps} --days 2027-01-10 --extra 11"),
            "not_a_step",
        ),
        (
            &licensed,
            "buy pack pack-2m --account 100001".to_owned(),
            "unknown_pack",
        ),
    ] {
        for words in [words.clone(), format!("{words} --pay")] {
            assert_eq!(books.refused(&words, 7)["code"], code, "{words}");
        }
    }
    licensed.did(&format!("{qps} --days 2027-02-08 --extra 950 --pay"));
    for (words, code) in [
        (
            "activity change 300100 --account 100001 --quota 10",
            "locked_by_licence",
        ),
        (
            "activity change 300100 --account 100001 --algorithm likeness",
            "locked_by_licence",
        ),
        (
            "activity delete 300100 --account 100001 --yes",
            "locked_by_licence",
        ),
        (
            "activity create --account 100001 --name Ball --quota 20",
            "unknown_quota",
        ),
    ] {
        assert_eq!(licensed.refused(words, 7)["code"], code, "{words}");
    }
    let text = licensed.text(licence).expect(7).stderr;
    // By the clock of the books, not in UTC.
    assert!(
        text.contains("licensed until 2028-01-09 24:00; renew"),
        "{text}"
    );
}

#[test]
fn an_order_is_paid_once_and_only_as_agreed() {
    let books = Books::with_activity("4999.99", 10);
    let licence = "buy licence --account 100001 --activity 300100";
    let quote = books.did(licence);
    assert_eq!(quote["not_payable"]["short"], "0.01");
    assert!(quote["balance_after"].is_null());
    let error = books.refused(&format!("{licence} --pay"), 7);
    assert_eq!(
        (&error["code"], &error["short"]),
        (&"balance_too_low".into(), &"0.01".into())
    );

    books.did("top-up --account 100001 --amount 10000.01 --key second");
    let error = books.refused(&format!("{licence} --pay --agreed 4000"), 7);
    assert_eq!(error["code"], "price_changed");
    let first = books.did(&format!("{licence} --pay --agreed 5000 --key k"));
    let again = books.did(&format!("{licence} --pay --agreed 5000 --key k"));
    assert_eq!(
        (&first["id"], &first["balance"]),
        (&again["id"], &again["balance"])
    );
    assert_eq!(
        (&first["repeated"], &again["repeated"]),
        (&false.into(), &true.into())
    );
    let error = books.refused("buy pack pack-100k --account 100001 --pay --key k", 7);
    assert_eq!(error["code"], "order_key_reused");
    assert_eq!(
        books.did("orders --account 100001")["orders"]
            .as_array()
            .unwrap()
            .len(),
        1
    );

    let again = books.did("top-up --account 100001 --amount 10000.01 --key second");
    assert_eq!(again["repeated"], true);
    let error = books.refused("top-up --account 100001 --amount 5 --key second", 7);
    assert_eq!(error["code"], "order_key_reused");
    assert_eq!(books.did("account show 100001")["balance"], "10000.00");
}

#[test]
fn words_that_cannot_be_are_usage_errors() {
    let books = Books::with_activity("0", 10);
    for words in [
        "account show x",
        "account show 0",
        "activity show 300100x --account 100001",
        "activity list",
        "activity change 300100 --account 100001",
        "activity delete 300100 --account 100001",
        "material show portrait --account 100001",
        "material tune qc_300100_154001_1 --account 100001",
        "material tune qc_300100_154001_1 --account 100001 --shape-degree 101",
        "material decide qc_300100_154001_1",
        "material decide qc_300100_154001_1 --pass --reject",
        "material add --account 100001 --activity 300100 t.jpg u.jpg --name Both",
        "buy qps --account 100001 --activity 300100 --days 2027-02-30 --extra 10",
        "buy qps --account 100001 --activity 300100 --days tomorrow --extra 10",
        "buy licence --account 100001 --activity 300100 --agreed 5000",
        "orders --account 100001 --from 2027-02-01 --to 2027-01-01",
        "usage --account 100001 --from 2027-02-01",
        "usage --account 100001 --by week",
        "account list --zone Mars/Olympus",
        "call --account 100001 --activity 300100 --material qc_300100_154001_1 --face u.jpg --out r.gif",
    ] {
        assert_eq!(books.refused(words, 2)["kind"], "usage", "{words}");
    }
}

#[test]
fn activities_are_limited() {
    let books = Books::with_activity("0", 10);
    books.did("account limit 100001 1");
    let create = "activity create --account 100001 --name Ball";
    assert_eq!(books.refused(create, 7)["code"], "too_many_activities");
    books.did("account limit 100001 2");
    books.did(create);
    books.did("activity delete 300101 --account 100001 --yes");
    // A deleted one does not give its free calls again.
    assert_eq!(books.refused(create, 7)["code"], "too_many_activities");
    assert_eq!(books.did("account limit 100001")["activity_limit"], 20);
}
