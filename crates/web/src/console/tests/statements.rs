use crate::server::scene::Scene;
use billing::Outcome;
use billing::statement::SignedStatement;
use service::Role;

#[test]
fn a_month_as_document_page_and_tables() {
    let scene = Scene::new();
    let account = scene.account("Lanterns");
    let activity = scene.activity(account, "Spring");
    for _ in 0..3 {
        scene.call(account, activity, Outcome::Fused);
        scene.pass_s(2);
    }
    let viewer = scene.member(account, "viewer", Role::Viewer);
    let statements = format!("/accounts/{account}/statements");
    let told = viewer.get(&statements).done();
    assert_eq!(told["months"][0]["month"], "2027-01");
    assert_eq!(told["months"][0]["complete"], false);
    let document = viewer.get(&format!("{statements}/2027-01"));
    let text = String::from_utf8(document.bytes).unwrap();
    let signed = SignedStatement::read(&text).unwrap();
    let key = scene.service.statement_key().unwrap();
    assert!(signed.verify_signature(Some(&key)));
    assert_eq!(told["public_key"], key.to_string());

    let page = viewer.get(&format!("{statements}/2027-01/statement.html?language=en"));
    assert_eq!(page.headers["content-type"], "text/html; charset=utf-8");
    assert!(
        page.bytes.starts_with(b"<!doctype html>") || page.bytes.starts_with(b"<!DOCTYPE html>")
    );
    let table = viewer.get(&format!("{statements}/2027-01/calls.csv"));
    let text = String::from_utf8(table.bytes).unwrap();
    let lines: Vec<&str> = text.split_terminator("\r\n").collect();
    assert_eq!(lines.len(), 4);
    assert_eq!(
        lines[0],
        "seq,id,at,activity,material,outcome,charged_to,digest"
    );
    assert!(lines[1].starts_with("1,"));
    let calls = viewer.get(&format!("{statements}/2027-01/calls.jsonl"));
    let text = String::from_utf8(calls.bytes).unwrap();
    for (seq, line) in (1..).zip(text.lines()) {
        let row: billing::CallRow = serde_json::from_str(line).unwrap();
        assert_eq!(row.seq, seq);
    }
    assert_eq!(text.lines().count(), 3);

    for (month, verdict) in [
        ("2027-02", "422 future_month"),
        ("2027-13", "404 not_found"),
        ("nonsense", "404 not_found"),
    ] {
        for file in ["", "/statement.html", "/calls.csv", "/calls.jsonl"] {
            let told = viewer.get(&format!("{statements}/{month}{file}"));
            assert_eq!(told.verdict(), verdict, "{month}{file}");
        }
    }
}
