//! What an operator sees of a server, and what nobody does.

use super::client::{Call, fuse_face, get};
use super::process::Serving;
use crate::pictures::SELFIE;
use crate::run::Folder;
use data_encoding::{BASE64, HEXLOWER};
use serde_json::{Value, json};
use std::fs;

const NEW: &str = "2022-09-27";

/// Whether `text` has any run of 24 characters that `secret` has.
fn leaks(text: &str, secret: &str) -> bool {
    let secret = secret.as_bytes();
    secret.len() >= 24
        && (0..=secret.len() - 24).step_by(8).any(|start| {
            text.contains(&String::from_utf8_lossy(&secret[start..start + 24]).into_owned())
        })
}

/// Makes calls of all kinds; gives what must not be in the log.
fn make_calls(serving: &Serving) -> Vec<String> {
    let call = || Call::new(serving, NEW, "FuseFace");
    let asked = fuse_face(serving, "url", SELFIE);
    let response = call().send(serving, &asked).response();
    let url = response["FusedImage"].as_str().unwrap().to_owned();
    let (_, key) = url.rsplit_once('/').unwrap();
    assert_eq!(get(serving, &url, "").status, 200);
    assert_eq!(
        get(serving, &url.replace("/results/", "/results/x"), "").status,
        404
    );
    let mut by_url = asked.clone();
    let query = "token=q7Zk2mVwXc81LtBn0aJhRyUe";
    by_url["MergeInfos"] = json!([{ "Url": format!("http://127.0.0.1:1/a.jpg?{query}") }]);
    call().send(serving, &by_url);
    let forged = Call {
        secret_key: "of somebody else",
        headers: "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n",
        ..call()
    };
    assert_eq!(
        forged.send(serving, &asked).code(),
        "AuthFailure.SignatureFailure"
    );
    assert_eq!(
        call().send(serving, &json!({ "ProjectId": {} })).status,
        200
    );
    vec![
        serving.text("secret_key").to_owned(),
        serving.text("secret_id").to_owned(),
        key.to_owned(),
        query.to_owned(),
        BASE64.encode(SELFIE),
        HEXLOWER.encode(SELFIE),
    ]
}

#[test]
fn the_log_tells_of_every_request_and_of_no_secret() {
    for (format, words) in [
        ("text", ["mien::request", "code="]),
        ("json", ["\"target\"", "\"code\""]),
    ] {
        let folder = Folder::new();
        let words_of = format!("--demo --log debug --log-format {format}");
        let serving = Serving::start_with(&folder, &words_of);
        let secrets = make_calls(&serving);
        serving.stop();
        let log = fs::read_to_string(folder.path("log")).unwrap();
        assert_eq!(log.matches("mien::request").count(), 4, "{log}");
        for word in
            words
                .into_iter()
                .chain(["fuse_ms", "charge_ms", "AuthFailure.SignatureFailure"])
        {
            assert!(log.contains(word), "{word}: {log}");
        }
        for secret in secrets {
            assert!(!leaks(&log, &secret), "{secret:.40}: {log}");
        }
        assert!(!log.contains("Signature="), "{log}");
        // Where requests come from is not told unasked.
        assert!(!log.contains("client"), "{log}");
    }
}

#[test]
fn lines_of_json_can_be_read() {
    let folder = Folder::new();
    let serving = Serving::start_with(&folder, "--demo --log-format json --log-clients");
    let asked = fuse_face(&serving, "base64", SELFIE);
    Call::new(&serving, NEW, "FuseFace")
        .send(&serving, &asked)
        .response();
    serving.stop();
    let log = fs::read_to_string(folder.path("log")).unwrap();
    let line: Value = serde_json::from_str(log.lines().next().unwrap()).unwrap();
    assert_eq!(line["code"], "OK", "{line}");
    assert_eq!(line["charged"], "free", "{line}");
    assert_eq!(line["account"], "100001", "{line}");
    assert!(
        line["client"].as_str().unwrap().starts_with("127.0.0.1:"),
        "{line}"
    );
    assert!(line["total_ms"].as_f64().unwrap() >= line["fuse_ms"].as_f64().unwrap());
}

#[test]
fn numbers_are_told_on_this_machine_or_on_an_address_of_their_own() {
    let folder = Folder::new();
    let serving = Serving::start_with(&folder, "--demo");
    make_calls(&serving);
    let reply = get(&serving, "/metrics", "");
    let text = String::from_utf8(reply.body.clone()).unwrap();
    for line in [
        "mien_calls_total{action=\"FuseFace\",version=\"2022-09-27\",code=\"OK\",charged_to=\"free\"} 1",
        "mien_charges_total 2",
        "mien_results_kept_total 1",
        "mien_stage_seconds_count{stage=\"fuse\"} 1",
        "mien_queue_waiting 0",
        "mien_upload_bytes_in_flight 0",
        "# EOF",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    assert!(!text.contains("100001"), "an account: {text}");
    let proxied = get(&serving, "/metrics", "X-Forwarded-For: 192.0.2.7\r\n");
    assert_eq!(proxied.code(), "AuthFailure.InvalidAuthorization");
}
