use crate::server::scene::Scene;
use serde_json::{Value, json};
use service::Role;

#[test]
fn an_order_is_paid_once_at_the_agreed_price() {
    let scene = Scene::new();
    let account = scene.account("Lanterns");
    let activity = scene.activity(account, "Spring").to_string();
    let owner = scene.member(account, "owner", Role::Owner);
    let member = scene.member(account, "member", Role::Member);
    let orders = format!("/accounts/{account}/orders");
    let licence = json!({ "buy": "licence", "activity": activity, "renew": false, "qps": [] });
    let quotes = format!("/accounts/{account}/quotes");
    let quote = || {
        let asked = json!({ "purchase": licence });
        member.send("POST", &quotes, &asked).done()
    };
    let poor = quote();
    assert_eq!(poor["quote"]["total"], "5000.00");
    assert_eq!(poor["balance_after"], "-5000.00");
    assert_eq!(poor["not_payable"]["code"], "balance_too_low");
    assert_eq!(poor["not_payable"]["short"], "5000.00");
    let order = |key: &str, purchase: &Value, agreed: &str| {
        let body = json!({ "key": key, "purchase": purchase, "agreed": agreed });
        owner.send("POST", &orders, &body)
    };
    assert_eq!(
        order("a", &licence, "5000.00").verdict(),
        "409 balance_too_low"
    );
    let credited = "8000".parse().unwrap();
    scene.service.top_up(account, credited, "1", "").unwrap();
    assert_eq!(quote()["not_payable"], Value::Null);
    let changed = order("a", &licence, "4999.99");
    assert_eq!(changed.verdict(), "409 price_changed");
    assert_eq!(changed.body["error"]["now"], "5000.00");

    let paid = order("a", &licence, "5000.00");
    assert_eq!(paid.verdict(), "201");
    assert_eq!(paid.body["balance"], "3000.00");
    assert_eq!(paid.body["purchase"], licence);
    let again = order("a", &licence, "5000.00");
    assert_eq!(again.verdict(), "200");
    assert_eq!(again.body["id"], paid.body["id"]);
    assert_eq!(again.body["repeated"], true);
    let pack = json!({ "buy": "pack", "pack": "pack-100k" });
    assert_eq!(
        order("a", &pack, "1700.00").verdict(),
        "409 order_key_reused"
    );
    assert_eq!(
        order("b", &licence, "5000.00").verdict(),
        "409 already_licensed"
    );
    assert_eq!(order("b", &pack, "1700.00").verdict(), "201");
    let nonsense = json!({ "buy": "moon" });
    assert_eq!(order("c", &nonsense, "1.00").verdict(), "400 malformed");
    let body = json!({ "key": "d", "purchase": pack, "agreed": "1700.00" });
    assert_eq!(
        member.send("POST", &orders, &body).verdict(),
        "403 not_allowed"
    );
    let told = member.get(&orders).done();
    assert_eq!(told["orders"].as_array().unwrap().len(), 2);
    let none = member.get(&format!("{orders}?from=2027-02-01")).done();
    assert_eq!(none["orders"], json!([]));
    let bought = scene.audited(account);
    let paid = bought
        .iter()
        .filter(|action| *action == "POST /accounts/{account}/orders");
    assert_eq!(
        paid.count(),
        2,
        "what is repeated is not written down again: {bought:?}"
    );
}

#[test]
fn what_is_for_sale_and_what_to_buy_of_it() {
    let scene = Scene::new();
    let account = scene.account("Lanterns");
    let viewer = scene.member(account, "viewer", Role::Viewer);
    let sale = viewer.get(&format!("/accounts/{account}/catalogue")).done();
    assert_eq!(sale["licences"][0]["price"], "5000.00");
    assert_eq!(sale["postpaid"][2]["last"], Value::Null);
    assert_eq!(sale["algorithms"], json!(["natural", "likeness"]));
    let path = format!("/accounts/{account}/plan");
    let need = json!({ "calls_per_month": 1000, "peak_qps": 5, "materials": 3 });
    let plans = viewer.send("POST", &path, &need).done();
    assert_eq!(plans["need"]["months"], 12);
    assert_eq!(plans["plans"][0]["licence"]["id"], "package-1");
    assert_eq!(plans["plans"][0]["reasons"][0]["kind"], "quota_fits");
    let much = json!({ "calls_per_month": 1, "peak_qps": 5000, "materials": 1 });
    assert_eq!(
        viewer.send("POST", &path, &much).verdict(),
        "422 above_ceiling"
    );
    assert!(
        scene.audited(account).is_empty(),
        "a question changes nothing"
    );
}
