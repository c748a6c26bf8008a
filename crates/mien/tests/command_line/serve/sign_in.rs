//! Who may sign in to the console of a server that was just started.

use super::client::{Reply, exchange};
use super::process::Serving;
use crate::run::Folder;
use serde_json::{Value, json};

fn ask(serving: &Serving, method: &str, path: &str, body: &str) -> Reply {
    let endpoint = serving.text("endpoint");
    let head = format!(
        "{method} /api/v1{path} HTTP/1.1\r\nHost: {endpoint}\r\nConnection: close\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    exchange(endpoint, &head, body.as_bytes())
}

/// Who is signed in with a login.
fn sign_in(serving: &Serving, login: &Value) -> Value {
    let body = json!({ "login": login["login"], "password": login["password"] });
    let reply = ask(serving, "POST", "/session", &body.to_string());
    assert_eq!(reply.status, 200);
    serde_json::from_slice(&reply.body).unwrap()
}

#[test]
fn the_first_operator_is_told_once() {
    let folder = Folder::new();
    let serving = Serving::start_with(&folder, "");
    let console = format!("http://{}/console/", serving.text("endpoint"));
    assert_eq!(serving.text("console"), console);
    let first = serving.demo["first_operator"].clone();
    assert_eq!(first["login"], "operator");
    assert_eq!(sign_in(&serving, &first)["user"]["operator"], true);
    serving.stop();

    let serving = Serving::start_with(&folder, "");
    assert_eq!(serving.demo.get("first_operator"), None);
    assert_eq!(sign_in(&serving, &first)["user"]["operator"], true);
    serving.stop();
}

#[test]
fn a_demo_has_an_operator_and_an_owner() {
    let folder = Folder::new();
    let serving = Serving::start(&folder);
    let logins = serving.demo["logins"].clone();
    assert_eq!(serving.demo.get("first_operator"), None);
    assert_eq!(sign_in(&serving, &logins[0])["user"]["operator"], true);
    let owner = sign_in(&serving, &logins[1]);
    assert_eq!(owner["user"]["operator"], false);
    assert_eq!(owner["accounts"][0]["name"], "mien demo");
    assert_eq!(owner["accounts"][0]["role"], "owner");
    let about = ask(&serving, "GET", "/about", "");
    let about: Value = serde_json::from_slice(&about.body).unwrap();
    assert_eq!(
        about["demo"]["logins"][0]["password"],
        logins[0]["password"]
    );
    assert_eq!(about["first_operator_needed"], false);
    serving.stop();

    let serving = Serving::start(&folder);
    assert_eq!(serving.demo["logins"], logins);
    serving.stop();
}
