use crate::server::scene::Scene;
use billing::Outcome;
use serde_json::json;
use service::Role;

#[test]
fn usage_in_series_and_as_a_table() {
    let scene = Scene::new();
    let account = scene.account("Lanterns");
    let spring = scene.activity(account, "=Spring");
    let autumn = scene.activity(account, "Autumn");
    for (activity, outcome) in [
        (spring, Outcome::Fused),
        (autumn, Outcome::Fused),
        (autumn, Outcome::NoFace),
    ] {
        scene.call(account, activity, outcome);
        scene.pass_s(24 * 3600);
    }
    scene
        .clock
        .set("2027-01-13T08:00:00+08:00".parse().unwrap());
    let viewer = scene.member(account, "viewer", Role::Viewer);
    let usage = |query: &str| viewer.get(&format!("/accounts/{account}/usage?{query}"));
    let days = "from=2027-01-09&to=2027-01-12";
    let told = usage(&format!("{days}&split=activity")).done();
    assert_eq!(
        told["periods"],
        json!(["2027-01-09", "2027-01-10", "2027-01-11", "2027-01-12"])
    );
    assert_eq!(told["total"], 3);
    assert_eq!(told["series"][0]["label"], "Autumn");
    assert_eq!(told["series"][0]["calls"], json!([0, 0, 1, 1]));
    assert_eq!(told["series"][1]["calls"], json!([0, 1, 0, 0]));
    let told = usage(&format!("{days}&split=outcome&by=month")).done();
    assert_eq!(told["series"][0]["key"], "fused");
    assert_eq!(told["series"][0]["calls"], json!([2]));
    let told = usage("by=hour&from=2027-01-20&to=2027-01-20").done();
    assert_eq!(told["periods"].as_array().unwrap().len(), 24);
    assert_eq!(told["series"][0]["total"], 0);
    assert_eq!(usage("").done()["periods"].as_array().unwrap().len(), 30);
    for (query, verdict) in [
        ("from=2027-01-02&to=2027-01-01", "422 days_reversed"),
        ("from=2020-01-01&to=2027-01-01", "422 too_many_periods"),
        ("by=hour&from=2026-01-01", "422 too_many_periods"),
        ("by=year", "400 malformed"),
        ("from=1%2F1%2F2027", "400 malformed"),
    ] {
        assert_eq!(usage(query).verdict(), verdict, "{query}");
    }
    let table = viewer.get(&format!(
        "/accounts/{account}/usage.csv?{days}&split=activity"
    ));
    let text = String::from_utf8(table.bytes).unwrap();
    let expected = format!(
        "\u{feff}period,key,label,calls\r\n\
         2027-01-10,{spring},'=Spring,1\r\n\
         2027-01-11,{autumn},Autumn,1\r\n\
         2027-01-12,{autumn},Autumn,1\r\n"
    );
    assert_eq!(text, expected);
}
