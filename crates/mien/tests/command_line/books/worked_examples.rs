//! The worked examples of the product, as far as an order or a look can show them.

use super::Books;

#[test]
fn orders_cost_what_the_product_says() {
    let licence = "buy licence --account 100001 --activity 300100";
    for (quota, words, lines, total) in [
        (10, licence.to_owned(), vec!["5000.00"], "5000.00"),
        (30, licence.to_owned(), vec!["20000.00"], "20000.00"),
        (1000, licence.to_owned(), vec!["80000.00"], "80000.00"),
        (
            30,
            format!("{licence} --qps 2027-01-10:950"),
            vec!["20000.00", "19950.00"],
            "39950.00",
        ),
        (
            10,
            format!("{licence} --qps 2027-01-10..2027-01-12:20 --qps 2027-01-11:10"),
            vec!["5000.00", "1260.00", "210.00"],
            "6470.00",
        ),
    ] {
        let books = Books::with_activity("100000", quota);
        let document = books.did(&words);
        let quote = &document["quote"];
        assert_eq!(quote["total"], total, "{words}");
        let found: Vec<&str> = quote["lines"]
            .as_array()
            .unwrap()
            .iter()
            .map(|line| line["amount"].as_str().unwrap())
            .collect();
        assert_eq!(found, lines, "{words}");
        let after = 10_000_000 - fen(total);
        assert_eq!(fen(document["balance_after"].as_str().unwrap()), after);
        // A quote sells nothing; the order costs the same.
        assert_eq!(books.did("account show 100001")["balance"], "100000.00");
        let paid = books.did(&format!("{words} --pay --agreed {total}"));
        assert_eq!(fen(paid["balance"].as_str().unwrap()), after, "{words}");
    }
}

fn fen(yuan: &str) -> i64 {
    yuan.replace('.', "").parse().unwrap()
}

#[test]
fn twenty_extra_qps_for_three_days_cost_1260() {
    let books = Books::with_licence("10000", 10);
    let words =
        "buy qps --account 100001 --activity 300100 --days 2027-01-10..2027-01-12 --extra 20";
    assert_eq!(books.did(words)["quote"]["total"], "1260.00");
    let text = books.text(words).expect(0).stdout;
    for part in [
        "1260.00",
        "20 QPS more from 2027-01-10 to 2027-01-12",
        "--pay",
        "3740.00",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!(books.did(&format!("{words} --pay"))["balance"], "3740.00");
    assert_eq!(
        books.did("activity show 300100 --account 100001")["qps"],
        30
    );
}

#[test]
fn more_than_a_thousand_qps_are_refused_by_the_day() {
    let books = Books::with_activity("100000", 30);
    let licence = "buy licence --account 100001 --activity 300100";
    for words in [
        format!("{licence} --qps 2027-01-10:960"),
        format!("{licence} --qps 2027-01-10:960 --pay"),
    ] {
        let error = books.refused(&words, 7);
        assert_eq!(error["kind"], "refused");
        assert_eq!(error["code"], "above_ceiling");
        assert_eq!(error["day"], "2027-01-10");
        assert_eq!(error["would_be"], 1010);
        assert_eq!(error["ceiling"], 1000);
    }
}

#[test]
fn a_licence_of_january_10_ends_on_january_9() {
    let mut books = Books::with_activity("5000", 10);
    let order = books.did("buy licence --account 100001 --activity 300100 --pay");
    let period = &order["quote"]["lines"][0]["period"];
    assert_eq!(period["ends"], "2028-01-09T16:00:00.000Z");
    assert_eq!(period["window_ends"], "2027-02-08T16:00:00.000Z");
    let shown = books.text("activity show 300100 --account 100001").stdout;
    assert!(shown.contains("until 2028-01-09 24:00"), "{shown}");
    assert!(
        shown.contains("may change until 2027-02-08 24:00"),
        "{shown}"
    );

    books.set_now("2027-02-08T23:59:59+08:00");
    let add = "material add --account 100001 --activity 300100 t.jpg";
    assert_eq!(books.did(add)["usable"], true);
    books.set_now("2027-02-09T00:00:00+08:00");
    assert_eq!(books.refused(add, 7)["code"], "materials_frozen");

    books.set_now("2028-01-09T23:59:59+08:00");
    let show = "activity show 300100 --account 100001";
    assert_eq!(books.did(show)["licensed_until"], period["ends"]);
    books.set_now("2028-01-10T00:00:00+08:00");
    assert!(books.did(show)["licensed_until"].is_null());
}

#[test]
fn plans_are_compared_and_cliffs_told() {
    let books = Books::none();
    let words = "plan --calls-per-month 200000 --peak-qps 60 --materials 20";
    let document = books.did(words);
    let plans = document["plans"].as_array().unwrap();
    assert_eq!(plans[0]["total"], "129300.00");
    let text = books.text(words).expect(0).stdout;
    for part in [
        "1 × pack-100k + 2 × pack-1m",
        "129300.00",
        "has room for 30 materials",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let cliff =
        "plan --calls-per-month 2083335 --peak-qps 300 --peak-days 3 --materials 8 --months 6";
    let text = books.text(cliff).expect(0).stdout;
    assert!(text.contains("5000001 calls would cost 25000.01"), "{text}");
    // To plan makes no books.
    assert_eq!(books.folder.names(), ["t.jpg", "u.jpg"]);
    for (words, code) in [
        (
            "plan --calls-per-month 1 --peak-qps 1 --materials 1 --months 13",
            "months_out_of_range",
        ),
        (
            "plan --calls-per-month 1 --peak-qps 1001 --materials 1",
            "above_ceiling",
        ),
        (
            "plan --calls-per-month 1 --peak-qps 1 --materials 1001",
            "too_many_materials",
        ),
    ] {
        let (exit_code, document) = books.json(words);
        assert_eq!(
            (exit_code, &document["error"]["code"]),
            (7, &code.into()),
            "{document}"
        );
    }
}
