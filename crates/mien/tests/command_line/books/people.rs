//! Users, members, exemptions and the audit log at the command line.

use super::Books;
use serde_json::{Value, json};

#[test]
fn users_and_members() {
    let books = Books::none();
    let made = books.did("user create wang --operator");
    assert_eq!((&made["id"], &made["login"]), (&json!("1"), &json!("wang")));
    assert_eq!(
        (&made["operator"], &made["state"]),
        (&json!(true), &json!("active"))
    );
    let password = made["password"].as_str().unwrap();
    assert_eq!(password.len(), 19);
    books.did("account create Harbour");

    let added = books.did("user member add li@example.com --account 100001 --role owner");
    assert!(added["password"].is_string());
    assert_eq!(
        books.did("user member add wang --account 100001")["password"],
        Value::Null
    );
    assert_eq!(
        books.did("user member role wang --account 100001 --role viewer")["role"],
        "viewer"
    );
    let members = books.did("user member list --account 100001");
    assert_eq!(members["members"][1]["login"], "li@example.com");
    assert_eq!(members["members"][0]["role"], "viewer");
    books.did("user member remove wang --account 100001");

    let reset = books.did("user password wang --drop-code");
    assert_ne!(reset["password"].as_str(), Some(password));
    assert_eq!(
        books.did("user disable li@example.com")["state"],
        "disabled"
    );
    let list = books.text("user list").expect(0).stdout;
    for text in ["wang", "operator", "li@example.com", "disabled"] {
        assert!(list.contains(text), "{list}");
    }
    assert!(
        !list.contains("argon2") && !list.contains(password),
        "{list}"
    );
    assert_eq!(books.did("user enable li@example.com")["state"], "active");

    assert_eq!(books.did("user operator li@example.com")["operator"], true);
    let told = books.text("user operator wang --revoke").expect(0).stdout;
    assert_eq!(told, "user wang is no operator\n");
    let last = books.refused("user operator li@example.com --revoke", 7);
    assert_eq!(last["code"], "last_operator");
    books.did("user operator wang");
    books.did("user operator li@example.com --revoke");
    let log = books.did("audit --action revoke_operator");
    assert_eq!(log["entries"][0]["subject"], "user 2 li@example.com");

    for (words, exit_code, code) in [
        ("user create WANG", 7, "login_taken"),
        ("user create x", 7, "bad_login"),
        ("user disable wang", 7, "last_operator"),
        (
            "user member add li@example.com --account 100001",
            7,
            "already_member",
        ),
        (
            "user member remove li@example.com --account 100001",
            7,
            "last_owner",
        ),
        ("user member remove wang --account 100001", 8, "not_found"),
        ("user member add zhao --account 100009", 8, "not_found"),
        ("user password zhao", 8, "not_found"),
    ] {
        assert_eq!(books.refused(words, exit_code)["code"], code, "{words}");
    }
}

#[test]
fn exemptions_from_the_mark() {
    let mut books = Books::none();
    books.did("account create Harbour");
    assert_eq!(books.did("account exempt 100001")["exemption"], Value::Null);
    let told = books.did("account exempt 100001 --reason agreement --until 2027-12-31");
    assert_eq!(told["exemption"]["ends"], "2027-12-31T16:00:00.000Z");
    assert_eq!(books.did("account exempt 100001"), told);
    let text = books.text("account exempt 100001").expect(0).stdout;
    assert!(
        text.contains("agreement") && text.contains("2027-12-31"),
        "{text}"
    );
    let past = "account exempt 100001 --reason again --until 2026-12-31";
    assert_eq!(books.refused(past, 7)["code"], "ends_in_the_past");
    books.set_now("2028-01-01T09:00:00+08:00");
    let text = books.text("account exempt 100001").expect(0).stdout;
    assert!(text.contains("over"), "{text}");
    assert_eq!(
        books.did("account exempt 100001 --end")["exemption"],
        Value::Null
    );
    assert_eq!(
        books.refused("account exempt 100001 --end", 8)["code"],
        "not_found"
    );

    let log = books.did("audit --account 100001");
    let actions: Vec<_> = log["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| &line["action"])
        .collect();
    assert_eq!(actions, ["end_exemption", "exempt"]);
    assert_eq!(log["entries"][1]["login"], Value::Null);
    let text = books.text("audit --action exempt").expect(0).stdout;
    assert!(
        text.contains("command line") && text.contains("agreement"),
        "{text}"
    );
}
