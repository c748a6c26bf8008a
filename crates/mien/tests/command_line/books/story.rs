//! From the first account to a bill in arrears and back.

use super::Books;
use billing::catalogue::DEFAULT_TEXT;

const CALL: &str = "call --account 100001 --activity 300100 --face u.jpg --out r.jpg";

/// The default catalogue with so few calls that a test can use them up.
fn few_calls() -> String {
    DEFAULT_TEXT
        .replace("2027-01", "few")
        .replace("calls = 500 ", "calls = 2 ")
        .replace("calls = 10_000\n", "calls = 1\n")
}

#[test]
fn from_the_first_account_to_arrears_and_back() {
    let mut books = Books::none();
    let account = books.did("account create Harbour");
    assert_eq!(
        (&account["id"], &account["balance"]),
        (&"100001".into(), &"0.00".into())
    );
    books.folder.put("few.toml", few_calls().as_bytes());
    books.did("catalogue apply few.toml");
    books.did("key create --account 100001 --label page");
    books.did("top-up --account 100001 --amount 5000.03 --key bank-1");
    let activity = books.did("activity create --account 100001 --name Gala");
    assert_eq!(
        (&activity["id"], &activity["free_left"]),
        (&"300100".into(), &2.into())
    );
    let material = books.did("material add --account 100001 --activity 300100 t.jpg");
    let call = format!("{CALL} --material {}", material["id"].as_str().unwrap());

    // The free calls, one of which the photo spoils, and no more without a licence.
    let first = books.did(&format!("{call} --token one"));
    assert_eq!(
        (&first["grant_kind"], &first["left"]),
        (&"free".into(), &1.into())
    );
    let again = books.did(&format!("{call} --token one"));
    assert_eq!(
        (&again["repeated"], &again["call"]),
        (&true.into(), &first["call"])
    );
    let other = books.refused(&format!("{call} --token one --shape-degree 1"), 7);
    assert_eq!(other["code"], "token_reused");
    books.folder.put("notes.jpg", b"Dear diary,\n");
    let (code, spoilt) = books.json(&call.replace("u.jpg", "notes.jpg"));
    assert_eq!(
        (code, &spoilt["error"]["code"]),
        (3, &"undecodable".into()),
        "{spoilt}"
    );
    assert_eq!(spoilt["error"]["left"], 0);
    let error = books.refused(&call, 7);
    assert_eq!(
        (&error["code"], &error["free"]),
        (&"not_entitled".into(), &2.into())
    );

    // Its pack has one call; then the month's bill pays.
    books.did("buy licence --account 100001 --activity 300100 --pay --agreed 5000");
    assert_eq!(books.did(&call)["grant_kind"], "licence");
    assert_eq!(books.did(&call)["charged_to"], "postpaid");
    let text = books.text(&call).expect(0).stdout;
    assert!(text.contains("paid by the month's bill"), "{text}");
    let before = books.did("usage --account 100001");
    assert_eq!(calls(&before, "postpaid"), 2);
    assert_eq!(calls(&before, "grant:1"), 2);
    books.did("usage rebuild --account 100001");
    assert_eq!(books.did("usage --account 100001"), before);
    let csv = books.text("usage --account 100001 --by month --csv").stdout;
    assert!(csv.contains("\n2027-01,300100,postpaid,fused,2\n"), "{csv}");
    let table = books.text("usage --account 100001 --by hour").stdout;
    assert!(
        table.contains("2027-01-10 09:00  300100") && table.contains('█'),
        "{table}"
    );

    // 0.04 yuan are due and 0.03 are there.
    books.set_now("2027-01-31T23:59:59+08:00");
    assert_eq!(books.did("month close")["months"], 0);
    books.set_now("2027-02-01T00:00:00+08:00");
    let closed = books.did("month close");
    assert_eq!(closed["months"], 1);
    let bill = &closed["bills"][0];
    assert_eq!(
        (&bill["calls"], &bill["amount"]),
        (&2.into(), &"0.04".into())
    );
    assert!(bill["paid"].is_null());
    assert_eq!(books.did("month close")["months"], 0);
    let error = books.refused(&call, 7);
    assert_eq!(
        (&error["code"], &error["short"]),
        (&"in_arrears".into(), &"0.01".into())
    );
    let error = books.refused("buy pack pack-100k --account 100001 --pay", 7);
    assert_eq!(error["code"], "in_arrears");
    let bills = books.text("bills --account 100001").stdout;
    assert!(bills.contains("not paid"), "{bills}");

    // What was missing restores the service at once.
    let top_up = books.did("top-up --account 100001 --amount 0.01 --key bank-2");
    assert_eq!(top_up["bills_paid"], serde_json::json!(["2027-01"]));
    assert_eq!(top_up["balance"], "0.00");
    assert_eq!(books.did(&call)["charged_to"], "postpaid");
    let ledger = books.did("ledger --account 100001");
    let balances = ledger["movements"].as_array().unwrap().iter();
    let balances: Vec<_> = balances
        .map(|line| line["balance"].as_str().unwrap())
        .collect();
    assert_eq!(balances, ["5000.03", "0.03", "0.04", "0.00"]);
    let later = books.did("ledger --account 100001 --from 2027-02-01");
    assert_eq!(later["movements"][0]["balance"], "0.04");
    let notices = books.text("notices --account 100001").expect(0).stdout;
    for part in [
        "in arrears",
        "calls are served again",
        "The bill for 2027-01: 0.04 yuan",
    ] {
        assert!(notices.contains(part), "{part}: {notices}");
    }
}

/// Calls of all rows that this paid.
fn calls(usage: &serde_json::Value, charged_to: &str) -> u64 {
    let rows = usage["usage"].as_array().unwrap().iter();
    rows.filter(|row| row["charged_to"] == charged_to)
        .map(|row| row["calls"].as_u64().unwrap())
        .sum()
}

#[test]
fn a_suspended_account_makes_no_call() {
    let books = Books::with_activity("0", 10);
    let material = books.did("material add --account 100001 --activity 300100 t.jpg");
    let call = format!("{CALL} --material {}", material["id"].as_str().unwrap());
    books.did("account suspend 100001");
    assert_eq!(books.refused(&call, 7)["code"], "account_suspended");
    books.did("account resume 100001");
    assert_eq!(books.did(&call)["left"], 499);
}
