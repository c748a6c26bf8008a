use crate::server::scene::Scene;
use billing::Money;
use serde_json::json;
use service::Role;

fn yuan(text: &str) -> Money {
    text.parse().unwrap()
}

#[test]
fn an_account_at_a_glance() {
    let scene = Scene::new();
    let account = scene.account("Lanterns");
    let viewer = scene.member(account, "viewer", Role::Viewer);
    let overview = format!("/accounts/{account}/overview");
    let steps = |told: &serde_json::Value| -> Vec<(String, bool)> {
        let steps = told["first_steps"].as_array().unwrap().iter();
        steps
            .map(|step| {
                let name = step["step"].as_str().unwrap().to_owned();
                (name, step["done"].as_bool().unwrap())
            })
            .collect()
    };
    let told = viewer.get(&overview).done();
    assert_eq!(
        told["today"],
        json!({ "calls": 0, "fused": 0, "failed": 0 })
    );
    assert_eq!(told["qps_peak_today"], 0);
    assert_eq!(told["grants"], json!([]));
    assert_eq!(told["account"]["id"], account.to_string());
    assert_eq!(
        told["postpaid"],
        json!({ "calls": 0, "amount_so_far": "0.00" })
    );
    assert!(steps(&told).iter().all(|(_, done)| !done));

    let activity = scene.activity(account, "Spring");
    scene.service.create_key(account, "").unwrap();
    scene.call(account, activity, billing::Outcome::Fused);
    scene.pass_s(2);
    scene.call(account, activity, billing::Outcome::NoFace);
    let told = viewer.get(&overview).done();
    assert_eq!(
        told["today"],
        json!({ "calls": 2, "fused": 1, "failed": 1 })
    );
    assert_eq!(told["month"], told["today"]);
    assert_eq!(told["qps_peak_today"], 1);
    assert_eq!(told["activities"], 1);
    let grant = &told["grants"][0];
    assert_eq!(grant["left"], 498);
    assert_eq!(grant["per_day"], 2);
    // 498 calls at 2 a day are 249 days.
    assert_eq!(grant["runs_out_on"], "2027-09-16");
    let done: Vec<_> = steps(&told).into_iter().filter(|(_, done)| *done).collect();
    let names: Vec<&str> = done.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["create_activity", "create_key", "first_call"]);
    // The next day is another day, in the books' zone.
    scene.pass_s(16 * 3600);
    let viewer = scene.signed_in_again("viewer");
    let told = viewer.get(&overview).done();
    assert_eq!(told["today"]["calls"], 0);
    assert_eq!(told["month"]["calls"], 2);
    assert_eq!(told["qps_peak_today"], 0);
}

#[test]
fn the_ledger_by_pages() {
    let scene = Scene::new();
    let account = scene.account("Lanterns");
    let viewer = scene.member(account, "viewer", Role::Viewer);
    for number in 1..=5 {
        let key = format!("top-up {number}");
        scene
            .service
            .top_up(account, yuan("100"), &key, "")
            .unwrap();
    }
    let (mut after, mut balances) = (String::new(), Vec::new());
    loop {
        let path = format!("/accounts/{account}/ledger?limit=2{after}");
        let told = viewer.get(&path).done();
        for movement in told["movements"].as_array().unwrap() {
            assert_eq!(movement["kind"], "top_up");
            assert_eq!(movement["amount"], "100.00");
            balances.push(movement["balance"].as_str().unwrap().to_owned());
        }
        match told["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => break,
        }
    }
    assert_eq!(balances, ["500.00", "400.00", "300.00", "200.00", "100.00"]);
    let told = viewer.get(&format!("/accounts/{account}/bills")).done();
    assert_eq!(told, json!({ "bills": [], "owed": "0.00" }));
    let told = viewer.get(&format!("/accounts/{account}")).done();
    assert_eq!(told["balance"], "500.00");
    let bad = viewer.get(&format!("/accounts/{account}/ledger?limit=many"));
    assert_eq!(bad.verdict(), "400 malformed");
}
