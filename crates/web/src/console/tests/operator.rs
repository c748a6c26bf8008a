use super::licence;
use crate::server::scene::{Scene, portrait};
use billing::catalogue::DEFAULT_TEXT;
use billing::{Outcome, Purchase};
use serde_json::{Value, json};
use service::Role;

const NOTHING: Value = Value::Null;

#[test]
fn only_operators_are_let_in() {
    let scene = Scene::new();
    let account = scene.account("Lanterns");
    let owner = scene.member(account, "owner", Role::Owner);
    let nobody = scene.browser();
    let one = format!("/operator/accounts/{account}");
    let (top_up, exemption) = (format!("{one}/top-ups"), format!("{one}/exemption"));
    let revenue = "/operator/revenue?from=2027-01-01&to=2027-01-02";
    for (method, path) in [
        ("GET", "/operator/accounts"),
        ("POST", "/operator/accounts"),
        ("GET", &one),
        ("PATCH", &one),
        ("POST", &top_up),
        ("GET", &exemption),
        ("PUT", &exemption),
        ("DELETE", &exemption),
        ("GET", "/operator/users"),
        ("POST", "/operator/users"),
        ("PATCH", "/operator/users/1"),
        ("POST", "/operator/users/1/password"),
        ("GET", "/operator/reviews"),
        ("GET", "/operator/reviews/qc_300100_154001_1"),
        ("POST", "/operator/reviews/qc_300100_154001_1"),
        ("GET", "/operator/reviews/qc_300100_154001_1/picture"),
        ("GET", "/operator/catalogue"),
        ("GET", "/operator/catalogue/1"),
        ("POST", "/operator/catalogue"),
        ("POST", "/operator/catalogue/check"),
        ("GET", revenue),
        ("GET", "/operator/costs"),
        ("PUT", "/operator/costs"),
        ("GET", "/operator/health"),
        ("GET", "/operator/audit"),
        ("GET", "/operator/exemptions"),
    ] {
        let told = owner.send(method, path, &json!({}));
        assert_eq!(told.verdict(), "403 not_allowed", "{method} {path}");
        let told = nobody.send(method, path, &json!({}));
        assert_eq!(told.verdict(), "401 not_signed_in", "{method} {path}");
    }
}

#[test]
fn accounts_are_opened_credited_and_stopped() {
    let scene = Scene::new();
    let operator = scene.operator();
    let accounts = "/operator/accounts";
    let opened = operator.send("POST", accounts, &json!({ "name": "Lanterns" }));
    assert_eq!(opened.verdict(), "201");
    let id = opened.body["id"].as_str().unwrap().to_owned();
    let one = format!("{accounts}/{id}");
    let bad = operator.send("POST", accounts, &json!({ "name": " " }));
    assert_eq!(bad.verdict(), "422 bad_name");

    let top_up = format!("{one}/top-ups");
    let credit = json!({ "key": "a", "amount": "20.50", "note": "cash" });
    let told = operator.send("POST", &top_up, &credit).done();
    assert_eq!(
        (&told["balance"], &told["repeated"]),
        (&json!("20.50"), &json!(false))
    );
    let told = operator.send("POST", &top_up, &credit).done();
    assert_eq!(
        (&told["balance"], &told["repeated"]),
        (&json!("20.50"), &json!(true))
    );
    for (body, verdict) in [
        (
            json!({ "key": "a", "amount": "1.00" }),
            "409 order_key_reused",
        ),
        (json!({ "key": "b", "amount": "0.00" }), "422 not_positive"),
        (json!({ "key": "b", "amount": "1.001" }), "400 malformed"),
        (json!({ "key": "b", "amount": 1.5 }), "400 malformed"),
    ] {
        assert_eq!(
            operator.send("POST", &top_up, &body).verdict(),
            verdict,
            "{body}"
        );
    }
    let told = operator.send(
        "PATCH",
        &one,
        &json!({ "state": "suspended", "activity_limit": 3 }),
    );
    let told = told.done();
    assert_eq!(
        (&told["state"], &told["activity_limit"]),
        (&json!("suspended"), &json!(3))
    );
    let told = operator
        .send("PATCH", &one, &json!({ "activity_limit": null }))
        .done();
    assert_eq!(
        (&told["state"], &told["activity_limit"]),
        (&json!("suspended"), &json!(20))
    );
    assert_eq!(operator.get(&one).done(), told);
    assert_eq!(operator.get(accounts).done()["accounts"], json!([told]));
    assert_eq!(
        operator.get("/operator/accounts/999").verdict(),
        "404 not_found"
    );

    let log = operator
        .get(&format!("/operator/audit?account={id}"))
        .done();
    let actions: Vec<&str> = log["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["action"].as_str().unwrap())
        .collect();
    assert!(
        actions.contains(&"POST /operator/accounts/{account}/top-ups"),
        "{actions:?}"
    );
    assert!(actions.contains(&"POST /operator/accounts"), "{actions:?}");
}

#[test]
fn accounts_are_told_with_what_they_do() {
    let scene = Scene::new();
    let account = scene.account("Lanterns");
    let activity = scene.activity(account, "Spring");
    scene.call(account, activity, Outcome::Fused);
    scene.pass_s(1);
    scene.call(account, activity, Outcome::ServiceFailed);
    let operator = scene.operator();
    let one = format!("/operator/accounts/{account}");
    let told = operator.get(&one).done();
    assert_eq!(
        (&told["activities"], &told["calls_this_month"]),
        (&json!(1), &json!(1))
    );

    let exemption = format!("{one}/exemption");
    assert_eq!(
        operator.get(&exemption).done(),
        json!({ "exemption": null })
    );
    let gone = operator.send("DELETE", &exemption, &NOTHING);
    assert_eq!(gone.verdict(), "404 not_found");
    let past = json!({ "reason": "contract 7", "ends": "2020-01-01T00:00:00Z" });
    assert_eq!(
        operator.send("PUT", &exemption, &past).verdict(),
        "422 ends_in_the_past"
    );
    let granted = operator
        .send("PUT", &exemption, &json!({ "reason": "contract 7" }))
        .done();
    assert_eq!(
        (&granted["holds"], &granted["ends"], &granted["by"]),
        (&json!(true), &NOTHING, &json!("operator"))
    );
    assert_eq!(operator.get(&one).done()["label_exempt"], true);
    assert_eq!(
        operator.send("DELETE", &exemption, &NOTHING).verdict(),
        "204"
    );
    assert_eq!(operator.get(&one).done()["label_exempt"], false);
}

#[test]
fn exemptions_of_all_accounts_come_in_one_list() {
    let scene = Scene::new();
    let operator = scene.operator();
    let account = |name: &str| scene.account(name).to_string();
    let [first, second, third] = ["a", "b", "c"].map(account);
    let exempt = |account: &str, ends: Option<&str>| {
        let body = json!({ "reason": "contract", "ends": ends });
        let path = format!("/operator/accounts/{account}/exemption");
        operator.send("PUT", &path, &body).done();
    };
    exempt(&first, None);
    exempt(&second, Some("2027-01-10T01:00:00Z"));
    exempt(&third, Some("2028-01-10T01:00:00Z"));
    scene.pass_s(3600);
    let list = |query: &str| {
        operator
            .get(&format!("/operator/exemptions?{query}"))
            .done()
    };
    let named = |told: &Value| -> Vec<String> {
        let all = told["exemptions"].as_array().unwrap().iter();
        all.map(|one| one["account_name"].as_str().unwrap().to_owned())
            .collect()
    };
    let told = list("");
    assert_eq!(
        (named(&told), &told["next"]),
        (vec!["a".to_owned(), "c".to_owned()], &NOTHING)
    );
    assert_eq!(told["exemptions"][0]["by"], "operator");
    assert_eq!(told["exemptions"][0]["account"], first);
    let told = list("ended=true&limit=2");
    assert_eq!(named(&told), ["a", "b"]);
    assert_eq!(told["exemptions"][1]["holds"], false);
    let next = told["next"].as_str().unwrap();
    assert_eq!(named(&list(&format!("ended=true&after={next}"))), ["c"]);
    let member = scene.member(first.parse().unwrap(), "member", Role::Owner);
    assert_eq!(
        member.get("/operator/exemptions").verdict(),
        "403 not_allowed"
    );
}

#[test]
fn operators_are_made_and_unmade_but_never_the_last() {
    let scene = Scene::new();
    let operator = scene.operator();
    let password = scene.user("lin", false);
    let lin = scene.signed_in("lin", &password);
    let id_of = |browser: &crate::server::scene::Browser<'_>| {
        let session = browser.get("/session").done();
        session["user"]["id"].as_str().unwrap().to_owned()
    };
    let set = |by: &crate::server::scene::Browser<'_>, id: &str, is: bool| {
        by.send(
            "PATCH",
            &format!("/operator/users/{id}"),
            &json!({ "operator": is }),
        )
    };
    let (first, second) = (id_of(&operator), id_of(&lin));
    assert_eq!(set(&lin, &second, true).verdict(), "403 not_allowed");
    assert_eq!(set(&operator, &first, false).verdict(), "409 last_operator");
    assert_eq!(set(&operator, &second, true).done()["operator"], true);
    assert_eq!(lin.get("/operator/users").verdict(), "200", "at once");
    assert_eq!(set(&lin, &first, false).done()["operator"], false);
    assert_eq!(operator.get("/operator/users").verdict(), "403 not_allowed");
    // One who cannot sign in does not count.
    set(&lin, &first, true).done();
    let disabled = json!({ "state": "disabled" });
    lin.send("PATCH", &format!("/operator/users/{first}"), &disabled)
        .done();
    assert_eq!(set(&lin, &second, false).verdict(), "409 last_operator");
    let log = lin.get("/operator/audit?action=grant_operator").done();
    let subjects: Vec<_> = log["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| &line["subject"])
        .collect();
    assert_eq!(subjects, ["user 1 operator", "user 2 lin"]);
    let log = lin
        .get("/operator/audit?action=revoke_operator&login=LIN")
        .done();
    assert_eq!(log["entries"][0]["subject"], "user 1 operator");
}

#[test]
fn users_are_created_renamed_and_disabled() {
    let scene = Scene::new();
    let account = scene.account("Lanterns");
    scene.member(account, "member", Role::Member);
    let operator = scene.operator();
    let users = "/operator/users";
    let made = operator.send("POST", users, &json!({ "login": "lin", "name": "Lin" }));
    assert_eq!(made.verdict(), "201");
    let password = made.body["password"].as_str().unwrap();
    let one = format!("{users}/{}", made.body["user"]["id"].as_str().unwrap());
    scene.signed_in("lin", password);
    let taken = operator.send("POST", users, &json!({ "login": "lin" }));
    assert_eq!(taken.verdict(), "409 login_taken");

    let told = operator
        .send("PATCH", &one, &json!({ "name": "Lin Hua" }))
        .done();
    assert_eq!(told["name"], "Lin Hua");
    let drawn = operator
        .send("POST", &format!("{one}/password"), &NOTHING)
        .done();
    assert_ne!(drawn["password"], made.body["password"]);
    let lin = scene.signed_in("lin", drawn["password"].as_str().unwrap());
    operator
        .send("PATCH", &one, &json!({ "state": "disabled" }))
        .done();
    assert_eq!(lin.get("/session").verdict(), "401 not_signed_in");
    let own = operator.get("/session").done()["user"]["id"].clone();
    let own = format!("{users}/{}", own.as_str().unwrap());
    let told = operator.send("PATCH", &own, &json!({ "state": "disabled" }));
    assert_eq!(told.verdict(), "409 last_operator");
    assert_eq!(
        operator
            .send("PATCH", "/operator/users/99", &json!({}))
            .verdict(),
        "404 not_found"
    );

    let all = operator.get(users).done();
    let member = all["users"]
        .as_array()
        .unwrap()
        .iter()
        .find(|user| user["login"] == "member");
    let member = member.unwrap();
    assert_eq!(member["accounts"][0]["id"], account.to_string());
    assert_eq!(member["accounts"][0]["role"], "member");
}

#[test]
fn materials_are_decided_on() {
    let scene = Scene::new();
    let account = scene.account("Lanterns");
    let activity = scene.activity(account, "Spring");
    let good = scene.material(account, activity).to_string();
    let refused = scene.refused_material(account, activity);
    let second = scene.refused_material(account, activity);
    let operator = scene.operator();
    let queue = |state: &str| {
        let told = operator
            .get(&format!("/operator/reviews?state={state}"))
            .done();
        let ids = told["reviews"].as_array().unwrap().iter();
        ids.map(|item| item["material"]["id"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert!(queue("appealed").is_empty());
    scene.pass_s(1);
    scene
        .service
        .appeal_material(account, second, "painted")
        .unwrap();
    scene.pass_s(1);
    scene.service.appeal_material(account, refused, "").unwrap();
    let (refused, second) = (refused.to_string(), second.to_string());
    assert_eq!(
        queue("appealed"),
        [second.clone(), refused.clone()],
        "whose wait began first"
    );
    let told = operator.get("/operator/reviews?limit=1").done();
    assert_eq!(
        told["counts"],
        json!({ "appealed": 2, "refused": 0, "all": 3 })
    );
    let next = told["next"].as_str().unwrap();
    let last = operator
        .get(&format!("/operator/reviews?limit=1&after={next}"))
        .done();
    assert_eq!(last["reviews"][0]["material"]["id"], refused);
    assert_eq!(last["next"], NOTHING);
    assert_eq!(
        operator.get("/operator/reviews?after=x").verdict(),
        "400 malformed"
    );

    let one = format!("/operator/reviews/{second}");
    assert_eq!(operator.get(&one).done()["account_name"], "Lanterns");
    let yes = json!({ "approve": true, "reason": "fine" });
    let told = operator.send("POST", &one, &yes).done();
    assert_eq!(told["material"]["status"], "appeal_won");
    // A decision can be changed.
    let again = operator.send("POST", &one, &yes).done();
    assert_eq!(again["material"]["status"], "passed_by_person");
    let other = format!("/operator/reviews/{refused}");
    operator
        .send("POST", &other, &json!({ "approve": false }))
        .done();
    assert_eq!(queue("appealed"), [""; 0]);
    assert_eq!(queue("refused"), [refused]);
    assert_eq!(queue("all").len(), 3);
    let picture = operator.get(&format!("/operator/reviews/{good}/picture"));
    assert_eq!(
        (picture.verdict().as_str(), picture.bytes),
        ("200", portrait())
    );
    let gone = operator.get("/operator/reviews/qc_300100_1_1/picture");
    assert_eq!(gone.verdict(), "404 not_found");
}

#[test]
fn a_catalogue_is_checked_compared_and_put_into_force() {
    let scene = Scene::new();
    let operator = scene.operator();
    let path = "/operator/catalogue";
    let first = operator.get(path).done();
    assert_eq!(first["text"], DEFAULT_TEXT);
    let version = first["catalogue"]["version"].as_str().unwrap();
    let check = |text: &str| {
        operator
            .send("POST", &format!("{path}/check"), &json!({ "text": text }))
            .done()
    };
    let same = check(DEFAULT_TEXT);
    assert_eq!(same, json!({ "valid": true, "faults": [], "diff": [] }));
    let broken = DEFAULT_TEXT.replacen("price = \"5000.00\"", "price = \"-1\"", 1);
    assert_ne!(broken, DEFAULT_TEXT);
    let told = check(&broken);
    assert_eq!(told["valid"], false);
    assert_eq!(told["faults"][0]["path"], "licence.0.price");
    assert!(told["faults"][0]["line"].as_u64().unwrap() > 1);
    let messages = ["message", "message_zh"].map(|name| told["faults"][0][name].as_str().unwrap());
    assert!(messages[0].contains("must lie between"), "{messages:?}");
    assert!(messages[1].contains("须在"), "{messages:?}");
    let dearer = DEFAULT_TEXT.replacen("price = \"5000.00\"", "price = \"5100.00\"", 1);
    let told = check(&dearer);
    assert_eq!(
        (&told["valid"], &told["faults"][0]["path"]),
        (&json!(false), &json!("version"))
    );
    let next = dearer.replacen(version, "next", 1);
    let told = check(&next);
    assert_eq!(told["valid"], true);
    let diff = told["diff"].as_array().unwrap();
    assert_eq!(diff.len(), 2, "{diff:?}");
    assert_eq!(
        (&diff[0]["before"], &diff[0]["after"]),
        (&json!("5000.00"), &json!("5100.00"))
    );

    assert_eq!(
        operator
            .send("POST", path, &json!({ "text": broken }))
            .verdict(),
        "422 bad_catalogue"
    );
    let told = operator.send("POST", path, &json!({ "text": dearer }));
    assert_eq!(told.verdict(), "409 catalogue_version_taken");
    let applied = operator.send("POST", path, &json!({ "text": next })).done();
    assert_eq!(applied["catalogue"]["version"], "next");
    assert_eq!(applied["editions"].as_array().unwrap().len(), 2);
    let second = operator.get(&format!("{path}/2")).done();
    assert_eq!(
        (&second["text"], &second["diff"]),
        (&json!(next), &told_diff(diff))
    );
    assert_eq!(
        operator.get(&format!("{path}/3")).verdict(),
        "404 not_found"
    );
}

fn told_diff(diff: &[Value]) -> Value {
    Value::Array(diff.to_vec())
}

#[test]
fn revenue_stands_beside_calls_and_costs() {
    let scene = Scene::new();
    let account = scene.account("Lanterns");
    let activity = scene.activity(account, "Spring");
    licence(&scene, account, activity);
    for _ in 0..3 {
        scene.call(account, activity, Outcome::Fused);
    }
    scene.call(account, activity, Outcome::ServiceFailed);
    scene.pass_s(24 * 3600);
    let pack = Purchase::Pack {
        pack: scene.service.catalogue().packs[0].id.clone(),
    };
    scene.service.order(account, &pack, "pack", None).unwrap();
    let operator = scene.operator();
    let costs = "/operator/costs";
    assert_eq!(
        operator.get(costs).done(),
        json!({ "per_million_calls": "0.00" })
    );
    let set = json!({ "per_million_calls": "10000.00" });
    operator.send("PUT", costs, &set).done();
    let negative = json!({ "per_million_calls": "-1.00" });
    assert_eq!(
        operator.send("PUT", costs, &negative).verdict(),
        "422 not_positive"
    );
    assert_eq!(operator.get(costs).done(), set);

    let told = operator
        .get("/operator/revenue?from=2027-01-09&to=2027-01-11")
        .done();
    assert_eq!(
        told["periods"],
        json!(["2027-01-09", "2027-01-10", "2027-01-11"])
    );
    let of = |kind: usize| told["series"][kind]["amounts"].clone();
    assert_eq!(of(0), json!(["0.00", "5000.00", "0.00"]));
    assert_eq!(of(1), json!(["0.00", "0.00", "0.00"]));
    assert_eq!(of(2), json!(["0.00", "0.00", "1700.00"]));
    assert_eq!(told["calls"], json!([0, 3, 0]));
    assert_eq!(told["cost"], json!(["0.00", "0.03", "0.00"]));
    assert_eq!(told["margin"], json!(["0.00", "4999.97", "1700.00"]));
    assert_eq!(
        told["total"],
        json!({ "revenue": "6700.00", "calls": 3, "cost": "0.03", "margin": "6699.97" })
    );
    let months = operator
        .get("/operator/revenue?from=2026-12-31&to=2027-01-31&by=month")
        .done();
    assert_eq!(months["periods"], json!(["2026-12", "2027-01"]));
    assert_eq!(months["revenue"], json!(["0.00", "6700.00"]));
    for (query, verdict) in [
        ("from=2027-01-02&to=2027-01-01", "422 days_reversed"),
        ("from=2000-01-01&to=2027-01-01", "422 too_many_periods"),
        ("from=2027-01-01", "400 malformed"),
        ("from=nonsense&to=2027-01-01", "400 malformed"),
    ] {
        assert_eq!(
            operator
                .get(&format!("/operator/revenue?{query}"))
                .verdict(),
            verdict,
            "{query}"
        );
    }
}

#[test]
fn health_is_told() {
    let scene = Scene::new();
    let told = scene.operator().get("/operator/health").done();
    assert_eq!(told["queue"]["waiting"], 0);
    assert!(told["queue"]["workers"].as_u64().unwrap() > 0);
    assert!(told["disk"]["books_bytes"].as_u64().unwrap() > 0);
    assert!(told["disk"]["free_bytes"].as_u64().is_some());
}
