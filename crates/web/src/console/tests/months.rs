//! Months that were closed: bills by tiers, arrears, and what pays them.

use crate::server::scene::Scene;
use billing::catalogue::DEFAULT_TEXT;
use billing::statement::SignedStatement;
use billing::{AccountId, ActivityId, Outcome, Purchase};
use serde_json::{Value, json};
use service::Role;

/// A licensed activity whose grants are 2 calls, tiers that a few calls reach, and so much money in all: a licence
/// costs 5000.
fn scene_with_small_tiers(money: &str) -> (Scene, AccountId, ActivityId) {
    let scene = Scene::new();
    let edition = [
        ("calls = 500", "calls = 1"),
        ("calls = 10_000", "calls = 1"),
        ("up_to = 1_000_000", "up_to = 3"),
        ("over = 1_000_000", "over = 3"),
        ("up_to = 5_000_000", "up_to = 5"),
        ("over = 5_000_000", "over = 5"),
        ("version = \"2027-01\"", "version = \"small\""),
    ]
    .iter()
    .fold(DEFAULT_TEXT.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    });
    scene.service.apply_catalogue(&edition).unwrap();
    let account = scene.account("Lanterns");
    let activity = scene.activity(account, "Spring");
    let service = &scene.service;
    service
        .top_up(account, money.parse().unwrap(), "all", "")
        .unwrap();
    let purchase = Purchase::Licence {
        activity,
        renew: false,
        qps: Vec::new(),
    };
    service.order(account, &purchase, "licence", None).unwrap();
    (scene, account, activity)
}

fn calls(scene: &Scene, account: AccountId, activity: ActivityId, count: usize) {
    for _ in 0..count {
        scene.call(account, activity, Outcome::Fused);
        scene.pass_s(1);
    }
}

/// Lets the month end, and closes it.
fn close(scene: &Scene) {
    scene.pass_s(22 * 24 * 3600);
    scene.service.close_due_months().unwrap();
}

#[test]
fn a_closed_month_tells_the_tier_that_prices_all_of_its_calls() {
    for (postpaid, unit_price, amount) in [
        (3, "0.02", "0.06"),
        (4, "0.012", "0.05"),
        (6, "0.005", "0.03"),
    ] {
        let (scene, account, activity) = scene_with_small_tiers("5001");
        calls(&scene, account, activity, 2 + postpaid);
        close(&scene);
        let viewer = scene.member(account, "viewer", Role::Viewer);
        let statements = format!("/accounts/{account}/statements");
        let months = viewer.get(&statements).done();
        let mut months = months["months"].as_array().unwrap().iter();
        let month = months.find(|month| month["month"] == "2027-01");
        assert_eq!(month.unwrap()["complete"], true);
        let told = viewer.get(&format!("{statements}/2027-01"));
        let signed = SignedStatement::read(&String::from_utf8(told.bytes).unwrap()).unwrap();
        assert!(signed.statement.complete);
        let told: Value = told.body["statement"]["postpaid"].clone();
        assert_eq!(told["calls"], postpaid);
        assert_eq!(told["amount"], amount);
        assert_eq!(told["tier"]["unit_price"], unit_price);
        let bills = viewer.get(&format!("/accounts/{account}/bills")).done();
        let bill = &bills["bills"][0];
        assert_eq!(
            (&bill["month"], &bill["amount"]),
            (&json!("2027-01"), &json!(amount))
        );
        assert!(bill["paid"].is_string(), "settled from the balance at once");
        assert_eq!(bills["owed"], "0.00");
        let page = viewer.get(&format!("{statements}/2027-01/statement.html?language=en"));
        let page = String::from_utf8(page.bytes).unwrap();
        assert!(
            page.contains(amount) && page.contains(unit_price),
            "{postpaid}"
        );
    }
}

#[test]
fn arrears_are_told_and_a_top_up_ends_them() {
    let (scene, account, activity) = scene_with_small_tiers("5000");
    calls(&scene, account, activity, 5);
    close(&scene);
    let viewer = scene.member(account, "viewer", Role::Viewer);
    let one = format!("/accounts/{account}");
    let bills = viewer.get(&format!("{one}/bills")).done();
    assert_eq!(
        (&bills["owed"], &bills["bills"][0]["paid"]),
        (&json!("0.06"), &Value::Null)
    );
    let told = viewer.get(&one).done();
    assert_eq!(
        (&told["owed"], &told["balance"]),
        (&json!("0.06"), &json!("0.00"))
    );
    let refused = scene.service.meter().admit(account, activity, None);
    assert!(refused.is_err(), "calls are refused");

    let operator = scene.operator();
    let credit = |key: &str, amount: &str| {
        let body = json!({ "key": key, "amount": amount, "note": "" });
        operator
            .send("POST", &format!("/operator{one}/top-ups"), &body)
            .done()
    };
    credit("one", "0.05");
    assert_eq!(
        viewer.get(&one).done()["owed"],
        "0.06",
        "a bill is paid as a whole"
    );
    credit("two", "1.00");
    let bills = viewer.get(&format!("{one}/bills")).done();
    assert_eq!(bills["owed"], "0.00");
    assert!(bills["bills"][0]["paid"].is_string());
    let told = viewer.get(&one).done();
    assert_eq!(
        (&told["owed"], &told["balance"]),
        (&json!("0.00"), &json!("0.99"))
    );
    let ledger = viewer.get(&format!("{one}/ledger")).done();
    let newest = ledger["movements"].as_array().unwrap()[0].clone();
    assert_eq!(
        (&newest["kind"], &newest["amount"]),
        (&json!("bill_paid"), &json!("-0.06"))
    );
    calls(&scene, account, activity, 1);
}
