use crate::server::scene::{Browser, Scene};
use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use service::{Actor, Login, Role, UserState};

const NOTHING: Value = Value::Null;

#[test]
fn everybody_may_know_what_this_is() {
    let scene = Scene::new();
    let about = scene.browser().get("/about").done();
    assert_eq!(about["zone"], "Asia/Shanghai");
    assert_eq!(about["demo"], Value::Null);
    assert_eq!(about["first_operator_needed"], true);
    scene.user("operator", true);
    assert_eq!(
        scene.browser().get("/about").done()["first_operator_needed"],
        false
    );
    let demo = Scene::with(|config| {
        config.demo_logins = vec![Login {
            login: "demo-owner".to_owned(),
            password: "abcd".to_owned(),
            name: "demo".to_owned(),
            operator: false,
        }];
    });
    let logins = &demo.browser().get("/about").done()["demo"]["logins"];
    let told =
        json!([{ "login": "demo-owner", "password": "abcd", "name": "demo", "operator": false }]);
    assert_eq!(*logins, told);
}

#[test]
fn a_session_from_beginning_to_end() {
    let scene = Scene::new();
    let account = scene.account("Lanterns Ltd");
    let browser = scene.member(account, "wang", Role::Member);
    let session = browser.get("/session").done();
    assert_eq!(session["user"]["login"], "wang");
    assert_eq!(session["user"]["operator"], false);
    let accounts = json!([{ "id": account.to_string(), "name": "Lanterns Ltd", "state": "active", "role": "member" }]);
    assert_eq!(session["accounts"], accounts);
    assert_eq!(session["ends"], "2027-01-10T12:00:00.000Z");
    assert_eq!(session["csrf"], browser.csrf.clone().unwrap());

    assert_eq!(
        browser.send("DELETE", "/session", &NOTHING).verdict(),
        "204"
    );
    assert_eq!(browser.get("/session").verdict(), "401 not_signed_in");
}

#[test]
fn the_cookie_is_kept_from_scripts_and_other_sites() {
    for (url, secure) in [
        (None, false),
        (Some("http://a.example"), false),
        (Some("https://a.example"), true),
    ] {
        let scene = Scene::with(|config| config.public_url = url.map(str::to_owned));
        let password = scene.user("wang", false);
        let told = scene.browser().sign_in("wang", &password, None);
        let cookie = told.headers["set-cookie"].to_str().unwrap().to_owned();
        for part in [
            "; HttpOnly",
            "; SameSite=Lax",
            "; Path=/",
            "; Max-Age=1209600",
        ] {
            assert!(cookie.contains(part), "{cookie}");
        }
        assert_eq!(cookie.contains("; Secure"), secure, "{cookie}");
    }
}

#[test]
fn changes_need_the_sessions_token() {
    let scene = Scene::new();
    let password = scene.user("wang", false);
    let browser = scene.signed_in("wang", &password);
    let other = scene.signed_in("wang", &password);
    for (csrf, verdict) in [
        (None, "403 csrf"),
        (Some(String::new()), "403 csrf"),
        (other.csrf.clone(), "403 csrf"),
        (browser.csrf.clone(), "200"),
    ] {
        let browser = Browser {
            csrf,
            ..browser.clone()
        };
        let told = browser.send("PUT", "/session/name", &json!({ "name": "王" }));
        assert_eq!(told.verdict(), verdict);
        assert_eq!(browser.get("/session").verdict(), "200");
    }
}

#[test]
fn sessions_end() {
    let scene = Scene::new();
    let password = scene.user("wang", false);
    let hour_s = 3600;
    let browser = scene.signed_in("wang", &password);
    scene.pass_s(12 * hour_s - 1);
    assert_eq!(browser.get("/session").verdict(), "200");
    scene.pass_s(12 * hour_s);
    assert_eq!(browser.get("/session").verdict(), "401 not_signed_in");

    let browser = scene.signed_in("wang", &password);
    for _ in 0..(14 * 24 - 1) / 11 {
        scene.pass_s(11 * hour_s);
        assert_eq!(browser.get("/session").verdict(), "200");
    }
    scene.pass_s(11 * hour_s);
    assert_eq!(browser.get("/session").verdict(), "401 not_signed_in");

    let browser = scene.signed_in("wang", &password);
    let id = scene.service.user_by_login("wang").unwrap().id;
    let set = |state| {
        scene
            .service
            .set_user_state(Actor::CommandLine, id, state)
            .unwrap()
    };
    set(UserState::Disabled);
    assert_eq!(browser.get("/session").verdict(), "401 not_signed_in");
    let told = scene.browser().sign_in("wang", &password, None);
    assert_eq!(told.verdict(), "401 wrong_login");
    set(UserState::Active);
    assert_eq!(browser.get("/session").verdict(), "401 not_signed_in");
    scene.signed_in("wang", &password);
}

#[test]
fn guessing_is_slowed_down() {
    let scene = Scene::new();
    let password = scene.user("wang", false);
    let mut browser = scene.browser();
    for _ in 0..5 {
        assert_eq!(
            browser.sign_in("wang", "a guess", None).verdict(),
            "401 wrong_login"
        );
    }
    // The right password is not looked at either.
    let told = browser.sign_in("WANG", &password, None);
    assert_eq!(told.verdict(), "429 too_many_attempts");
    assert_eq!(told.body["error"]["retry_after_s"], 1);
    assert_eq!(told.headers["retry-after"], "1");
    scene.pass_s(1);
    assert_eq!(browser.sign_in("wang", &password, None).verdict(), "200");

    // One client that tries many logins waits, for it failed 20 times in all; others do not.
    for number in 5..20 {
        let told = browser.sign_in(&format!("nobody{number}"), "a guess", None);
        assert_eq!(told.verdict(), "401 wrong_login");
    }
    assert_eq!(
        browser.sign_in("wang", &password, None).verdict(),
        "429 too_many_attempts"
    );
    browser.address = "198.51.100.7:50000";
    assert_eq!(browser.sign_in("wang", &password, None).verdict(), "200");
}

#[test]
fn another_password_ends_the_other_sessions() {
    let scene = Scene::new();
    let password = scene.user("wang", false);
    let browser = scene.signed_in("wang", &password);
    let other = scene.signed_in("wang", &password);
    for (old, new, verdict) in [
        ("wrong", "a new password", "422 wrong_password"),
        (&password, "short", "422 password_length"),
        (&password, "a new password", "204"),
    ] {
        let told = browser.send(
            "PUT",
            "/session/password",
            &json!({ "old": old, "new": new }),
        );
        assert_eq!(told.verdict(), verdict, "{new}");
    }
    assert_eq!(browser.get("/session").verdict(), "200");
    assert_eq!(other.get("/session").verdict(), "401 not_signed_in");
    let told = scene.browser().sign_in("wang", &password, None);
    assert_eq!(told.verdict(), "401 wrong_login");
    scene.signed_in("wang", "a new password");
}

/// What an authenticator shows (RFC 6238, 2011), made by other code than what checks it.
fn code(secret: &str, unix_s: i64) -> String {
    let key = BASE32_NOPAD.decode(secret.as_bytes()).unwrap();
    let mut mac = Hmac::<sha1::Sha1>::new_from_slice(&key).unwrap();
    mac.update(&(unix_s / 30).to_be_bytes());
    let mac = mac.finalize().into_bytes();
    let offset = usize::from(mac[19] & 15);
    let four: [u8; 4] = mac[offset..offset + 4].try_into().unwrap();
    format!(
        "{:06}",
        (u32::from_be_bytes(four) & 0x7fff_ffff) % 1_000_000
    )
}

#[test]
fn a_second_factor() {
    let scene = Scene::new();
    let password = scene.user("wang", false);
    let browser = scene.signed_in("wang", &password);
    let send = |method: &str, body: &Value| browser.send(method, "/session/totp", body);
    let now_s = || scene.service.now().unix_ms() / 1000;

    assert_eq!(
        send("PUT", &json!({ "code": "123456" })).verdict(),
        "409 no_totp"
    );
    let begun = send("POST", &NOTHING).done();
    let secret = begun["secret"].as_str().unwrap();
    let uri = format!("otpauth://totp/mien:wang?secret={secret}&issuer=mien");
    assert_eq!(begun["uri"], uri);
    // It is not in force yet.
    scene.signed_in("wang", &password);
    let wrong = code(secret, now_s() + 300);
    assert_eq!(
        send("PUT", &json!({ "code": wrong })).verdict(),
        "401 wrong_code"
    );
    let right = code(secret, now_s());
    assert_eq!(send("PUT", &json!({ "code": right })).verdict(), "204");
    assert_eq!(send("POST", &NOTHING).verdict(), "409 totp_active");
    assert_eq!(browser.get("/session").done()["user"]["has_totp"], true);

    let sign_in = |code: Option<&str>| scene.browser().sign_in("wang", &password, code).verdict();
    assert_eq!(sign_in(None), "401 code_needed");
    assert_eq!(sign_in(Some(&right)), "401 wrong_code", "it was used");
    scene.pass_s(30);
    let next = code(secret, now_s());
    let spaced = format!("{} {}", &next[..3], &next[3..]);
    assert_eq!(sign_in(Some(&spaced)), "200");
    assert_eq!(sign_in(Some(&next)), "401 wrong_code", "it was used");
    let told = scene
        .browser()
        .sign_in("wang", "a guess", Some(&code(secret, now_s() + 30)));
    assert_eq!(told.verdict(), "401 wrong_login");

    assert_eq!(
        send("DELETE", &json!({ "password": "wrong" })).verdict(),
        "422 wrong_password"
    );
    assert_eq!(
        send("DELETE", &json!({ "password": password })).verdict(),
        "204"
    );
    assert_eq!(sign_in(None), "200");
}
