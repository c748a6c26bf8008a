//! Campaign pages over HTTP, without a socket.

mod attempts;
mod links;
mod twice;

use crate::server::scene::{Browser, Scene, Told, portrait};
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use billing::catalogue::DEFAULT_TEXT;
use billing::{AccountId, ActivityId, MaterialId, Outcome};
use serde_json::{Value, json};
use service::Role;
use std::net::SocketAddr;

const NOTHING: Value = Value::Null;

fn draft(slug: &str) -> Value {
    json!({
        "slug": slug,
        "content": {
            "title": "Lantern Festival",
            "subtitle": "Your face in a lantern",
            "consent_text": "One picture is made of your photo.\nThe photo is not kept.",
            "colours": { "primary": "#c8102e", "background": "#fff8f0", "text": "#222222" },
            "materials": null,
            "hourly_limit": 2,
            "keep_result_hours": 24
        }
    })
}

/// A page with one material, and the member who wrote it.
struct Stage {
    scene: Scene,
    account: AccountId,
    activity: ActivityId,
    material: MaterialId,
}

impl Stage {
    fn new() -> Stage {
        Stage::on(Scene::new())
    }

    fn on(scene: Scene) -> Stage {
        let account = scene.account("Lanterns");
        let activity = scene.activity(account, "Spring");
        let material = scene.material(account, activity);
        Stage {
            scene,
            account,
            activity,
            material,
        }
    }

    fn path(&self) -> String {
        format!(
            "/accounts/{}/activities/{}/campaign",
            self.account, self.activity
        )
    }

    fn member(&self) -> Browser<'_> {
        self.scene.member(self.account, "member", Role::Member)
    }

    fn published(member: &Browser<'_>, path: &str) {
        member.send("PUT", path, &draft("spring")).done();
        let body = json!({ "published": true });
        member
            .send("PUT", &format!("{path}/published"), &body)
            .done();
    }

    fn visitor(&self) -> Visitor<'_> {
        Visitor {
            scene: &self.scene,
            cookie: None,
            origin: Some("http://faces.example"),
            address: "198.51.100.7:1",
        }
    }

    /// Calls that were paid.
    fn calls(&self) -> u64 {
        let grants = self.scene.service.grants(self.account).unwrap();
        grants.iter().map(|grant| grant.used).sum()
    }

    fn wish(&self, receipt: &str) -> String {
        format!(
            "/c/spring/fusions?material={}&receipt={receipt}",
            self.material
        )
    }
}

/// A browser on a page.
#[derive(Clone)]
struct Visitor<'a> {
    scene: &'a Scene,
    cookie: Option<String>,
    origin: Option<&'static str>,
    address: &'static str,
}

impl Visitor<'_> {
    fn ask(&self, method: &str, path: &str, kind: &str, body: Vec<u8>) -> Told {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", "faces.example")
            .header("content-type", kind)
            .header("accept-language", "en");
        if let Some(origin) = self.origin {
            request = request.header("origin", origin);
        }
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        let mut request = request.body(Body::from(body)).unwrap();
        let address: SocketAddr = self.address.parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(address));
        self.scene.ask(request)
    }

    fn get(&self, path: &str) -> Told {
        self.ask("GET", path, "", Vec::new())
    }

    fn agree(&mut self) -> String {
        let page = self.get("/c/spring/campaign.json").done();
        let told = self.consent(page["text_digest"].as_str().unwrap());
        assert_eq!(told.verdict(), "201", "{told:?}");
        let cookie = told.headers["set-cookie"].to_str().unwrap();
        assert!(cookie.contains("; Path=/c/spring;"), "{cookie}");
        assert!(cookie.contains("HttpOnly; SameSite=Strict"), "{cookie}");
        self.cookie = cookie.split(';').next().map(str::to_owned);
        told.body["receipt"].as_str().unwrap().to_owned()
    }

    fn consent(&self, digest: &str) -> Told {
        let body = json!({ "text_digest": digest }).to_string();
        self.ask(
            "POST",
            "/c/spring/consents",
            "application/json",
            body.into(),
        )
    }

    fn fuse(&self, path: &str) -> Told {
        self.ask("POST", path, "image/jpeg", portrait())
    }
}

#[test]
fn a_visitor_agrees_fuses_and_deletes() {
    let stage = Stage::new();
    let member = stage.member();
    Stage::published(&member, &stage.path());
    let mut visitor = stage.visitor();

    let page = visitor.get("/c/spring/campaign.json").done();
    assert_eq!(page["title"], "Lantern Festival");
    assert_eq!(
        (&page["preview"], &page["paused"]),
        (&json!(false), &json!(false))
    );
    assert_eq!(page["share"]["title"], "Lantern Festival");
    assert!(page["notice"]["zh"].as_str().unwrap().contains("合成"));
    let shown = &page["materials"][0];
    assert_eq!(shown["id"], stage.material.to_string());
    assert!(shown["width"].as_u64().unwrap() > 100);
    let picture = visitor.get(shown["picture"].as_str().unwrap());
    assert_eq!(picture.verdict(), "200");
    assert_eq!(picture.bytes, portrait());
    let small = format!("{}&width=320", shown["picture"].as_str().unwrap());
    let small = visitor.get(&small);
    assert_eq!(small.headers["content-type"], "image/jpeg");
    assert_eq!(small.headers["cache-control"], "private, max-age=300");
    assert!(small.bytes.len() * 3 < picture.bytes.len());
    let odd = visitor.get(&format!("/c/spring/materials/{}?width=99", stage.material));
    assert_eq!(odd.verdict(), "400 bad_width");

    let receipt = visitor.agree();
    let told = visitor.fuse(&stage.wish(&receipt));
    assert_eq!(told.verdict(), "201", "{told:?}");
    assert_eq!(stage.calls(), 1);
    let url = told.body["picture"].as_str().unwrap();
    let result = url.strip_prefix("http://faces.example").unwrap();
    let kept = visitor.get(result);
    assert_eq!(kept.verdict(), "200");
    // Labelled as every picture that is given out.
    let label = String::from_utf8_lossy(&kept.bytes).into_owned();
    assert!(label.contains("AIGC"), "the implicit label");

    let token = told.body["token"].as_str().unwrap();
    let delete = |token: &str| {
        visitor.ask(
            "DELETE",
            &format!("/c/spring/fusions/{token}"),
            "",
            Vec::new(),
        )
    };
    let key = token.split('.').next().unwrap();
    assert_eq!(delete(key).verdict(), "404 not_found");
    assert_eq!(delete(&format!("{key}.aaaa")).verdict(), "404 not_found");
    assert_eq!(visitor.get(result).verdict(), "200");
    assert_eq!(delete(token).verdict(), "204");
    assert_eq!(visitor.get(result).verdict(), "404");
    assert!(stage.scene.service.result(key).unwrap().is_none());
    assert_eq!(delete(token).verdict(), "204", "also where it is gone");

    let consents = member.get(&format!("{}/consents", stage.path())).done();
    assert_eq!(consents["total"], 1);
    assert_eq!(consents["consents"][0]["receipt"], receipt);
    assert_eq!(consents["consents"][0]["text_digest"], page["text_digest"]);
    assert_eq!(consents["next"], NOTHING);
}

#[test]
fn what_a_visitor_may_not_costs_nothing() {
    let stage = Stage::new();
    let member = stage.member();
    Stage::published(&member, &stage.path());
    let mut visitor = stage.visitor();
    let receipt = visitor.agree();
    let mut other = stage.visitor();
    let theirs = other.agree();
    let unknown = visitor.fuse(&format!(
        "/c/spring/fusions?material=qc_300100_9_9&receipt={receipt}"
    ));
    assert_eq!(unknown.verdict(), "404 not_found");
    for wrong in ["", "nonsense", &theirs] {
        let told = visitor.fuse(&stage.wish(wrong));
        assert_eq!(told.verdict(), "403 no_consent", "{wrong}");
    }
    let foreign = Visitor {
        origin: Some("http://evil.example"),
        ..visitor.clone()
    };
    let silent = Visitor {
        origin: None,
        ..visitor.clone()
    };
    for browser in [foreign, silent] {
        let told = browser.fuse(&stage.wish(&receipt));
        assert_eq!(told.verdict(), "403 foreign_origin");
        assert_eq!(browser.consent("").verdict(), "403 foreign_origin");
    }
    assert_eq!(visitor.consent("0000").verdict(), "409 consent_outdated");
    let empty = visitor.ask("POST", &stage.wish(&receipt), "image/jpeg", Vec::new());
    assert_eq!(empty.verdict(), "400 no_picture");
    assert_eq!(stage.calls(), 0);

    // Another text has to be agreed to again.
    let mut changed = draft("spring");
    changed["content"]["consent_text"] = json!("Another text altogether.");
    member.send("PUT", &stage.path(), &changed).done();
    let told = visitor.fuse(&stage.wish(&receipt));
    assert_eq!(told.verdict(), "409 consent_outdated");
    // And a consent lasts a day.
    let receipt = visitor.agree();
    stage.scene.pass_s(24 * 3600);
    let told = visitor.fuse(&stage.wish(&receipt));
    assert_eq!(told.verdict(), "403 no_consent");
    assert_eq!(stage.calls(), 0);
}

#[test]
fn a_photo_that_cannot_be_used_counts_and_is_told_to_people() {
    let stage = Stage::new();
    Stage::published(&stage.member(), &stage.path());
    let mut visitor = stage.visitor();
    let receipt = visitor.agree();
    let told = visitor.ask(
        "POST",
        &stage.wish(&receipt),
        "image/jpeg",
        b"no picture".to_vec(),
    );
    assert_eq!(
        told.verdict(),
        format!("422 {}", Outcome::Undecodable.name())
    );
    let message = told.body["error"]["message"].as_str().unwrap();
    assert!(message.contains("choose a JPG or PNG"), "{message}");
    assert_eq!(stage.calls(), 1);
}

#[test]
fn a_visitor_has_so_many_in_an_hour() {
    let stage = Stage::new();
    Stage::published(&stage.member(), &stage.path());
    let mut visitor = stage.visitor();
    let receipt = visitor.agree();
    // The same photo again would not be paid again.
    let photo = |it: u8| visitor.ask("POST", &stage.wish(&receipt), "image/jpeg", vec![it]);
    for it in 0..2 {
        assert!(photo(it).verdict().starts_with("422 "));
        // Unlicensed, the activity has one call a second.
        let soon = photo(7);
        let code = soon.verdict();
        assert!(
            code == "429 busy" || code == "429 too_many_visits",
            "{soon:?}"
        );
        stage.scene.pass_s(2);
    }
    let over = photo(3);
    assert_eq!(over.verdict(), "429 too_many_visits");
    assert!(over.headers.contains_key("retry-after"));
    assert_eq!(stage.calls(), 2, "over the limit nothing is charged");
    stage.scene.pass_s(3600);
    assert!(photo(4).verdict().starts_with("422 "));
    assert_eq!(stage.calls(), 3);
}

#[test]
fn a_page_that_is_not_published_is_not_there() {
    let stage = Stage::new();
    let member = stage.member();
    member.send("PUT", &stage.path(), &draft("spring")).done();
    let visitor = stage.visitor();
    let material = format!("/c/spring/materials/{}", stage.material);
    for path in ["/c/spring/campaign.json", "/c/spring/cover", &material] {
        let preview = format!("{path}?preview=1");
        for path in [path, "/c/none/campaign.json", &preview] {
            assert_eq!(visitor.get(path).verdict(), "404 not_found", "{path}");
        }
    }
    assert_eq!(visitor.consent("").verdict(), "404 not_found");
    assert_eq!(visitor.fuse(&stage.wish("x")).verdict(), "404 not_found");

    let inside = Visitor {
        cookie: member.cookie.clone(),
        ..visitor.clone()
    };
    assert_eq!(
        inside.get("/c/spring/campaign.json").verdict(),
        "404 not_found"
    );
    let page = inside.get("/c/spring/campaign.json?preview=1").done();
    assert_eq!(page["preview"], true);
    let picture = page["materials"][0]["picture"].as_str().unwrap();
    assert_eq!(inside.get(picture).verdict(), "200");
    let other = stage.scene.account("Harbour");
    let stranger = stage.scene.member(other, "stranger", Role::Owner);
    let outside = Visitor {
        cookie: stranger.cookie.clone(),
        ..visitor.clone()
    };
    let told = outside.get("/c/spring/campaign.json?preview=1");
    assert_eq!(told.verdict(), "404 not_found");

    // Hidden again, a visitor's own picture can still be deleted.
    let publish = format!("{}/published", stage.path());
    member
        .send("PUT", &publish, &json!({ "published": true }))
        .done();
    let mut visitor = visitor;
    let receipt = visitor.agree();
    let made = visitor.fuse(&stage.wish(&receipt)).done();
    member
        .send("PUT", &publish, &json!({ "published": false }))
        .done();
    let told = visitor.fuse(&stage.wish(&receipt));
    assert_eq!(told.verdict(), "404 not_found");
    let token = made["token"].as_str().unwrap();
    let told = visitor.ask(
        "DELETE",
        &format!("/c/spring/fusions/{token}"),
        "",
        Vec::new(),
    );
    assert_eq!(told.verdict(), "204");
    assert_eq!(stage.calls(), 1);
}

#[test]
fn a_page_is_written_by_members_and_checked() {
    let stage = Stage::new();
    let member = stage.member();
    let viewer = stage.scene.member(stage.account, "viewer", Role::Viewer);
    let path = stage.path();
    assert_eq!(viewer.get(&path).done(), json!({ "campaign": null }));
    let refused = viewer.send("PUT", &path, &draft("spring"));
    assert_eq!(refused.verdict(), "403 not_allowed");
    for (pointer, value, verdict) in [
        ("/slug", json!("Spring"), "422 bad_slug"),
        ("/content/title", json!(""), "422 text_length"),
        ("/content/title", json!("a\u{7}b"), "422 text_control"),
        ("/content/colours/text", json!("black"), "422 bad_colour"),
        ("/content/hourly_limit", json!(0), "422 out_of_range"),
        ("/content/keep_result_hours", json!(169), "422 out_of_range"),
        (
            "/content/materials",
            json!(["qc_300999_154001_1"]),
            "422 not_of_activity",
        ),
        ("/content/materials", json!(["nonsense"]), "400 malformed"),
        ("/content/title", json!(7), "400 malformed"),
    ] {
        let mut wrong = draft("spring");
        *wrong.pointer_mut(pointer).unwrap() = value;
        let told = member.send("PUT", &path, &wrong);
        assert_eq!(told.verdict(), verdict, "{pointer}");
    }
    let written = member.send("PUT", &path, &draft("spring")).done();
    assert_eq!(written["published"], false);
    assert_eq!(
        (&written["payable"], &written["shown"]),
        (&json!(true), &json!(1))
    );
    assert_eq!(viewer.get(&path).done()["campaign"], written);

    // The address is taken, also for another account.
    let other = stage.scene.account("Harbour");
    let autumn = stage.scene.activity(other, "Autumn");
    let stranger = stage.scene.member(other, "stranger", Role::Owner);
    let theirs = format!("/accounts/{other}/activities/{autumn}/campaign");
    let told = stranger.send("PUT", &theirs, &draft("spring"));
    assert_eq!(told.verdict(), "409 slug_taken");
    assert_eq!(stranger.get(&path).verdict(), "404 not_found");
    // Without materials there is nothing to publish.
    stranger.send("PUT", &theirs, &draft("autumn")).done();
    let publish = format!("{theirs}/published");
    let told = stranger.send("PUT", &publish, &json!({ "published": true }));
    assert_eq!(told.verdict(), "409 nothing_to_show");
}

#[test]
fn a_page_has_a_cover() {
    let stage = Stage::new();
    let member = stage.member();
    let (path, cover) = (stage.path(), format!("{}/cover", stage.path()));
    let put = |bytes: Vec<u8>| {
        stage
            .scene
            .ask(member.request("PUT", &cover, Body::from(bytes)))
    };
    assert_eq!(put(portrait()).verdict(), "404 not_found");
    Stage::published(&member, &path);
    assert_eq!(put(b"no picture".to_vec()).verdict(), "422 bad_cover");
    let first = put(portrait()).done()["cover"].clone();
    let second = put(portrait()).done()["cover"].clone();
    assert_ne!(first, second);
    let visitor = stage.visitor();
    let page = visitor.get("/c/spring/campaign.json").done();
    let told = visitor.get(page["cover"].as_str().unwrap());
    assert_eq!((told.verdict().as_str(), told.bytes), ("200", portrait()));
    let none = member.send("DELETE", &cover, &NOTHING).done();
    assert_eq!(none["cover"], NOTHING);
    assert_eq!(visitor.get("/c/spring/cover").verdict(), "404 not_found");
}

#[test]
fn without_a_right_to_calls_a_page_is_paused() {
    let scene = Scene::new();
    let one = DEFAULT_TEXT.replacen("calls = 500", "calls = 1", 1);
    let one = one.replacen(&scene.service.catalogue().version, "one", 1);
    scene.service.apply_catalogue(&one).unwrap();
    let stage = Stage::on(scene);
    let member = stage.member();
    Stage::published(&member, &stage.path());
    let mut visitor = stage.visitor();
    let receipt = visitor.agree();
    let (account, activity) = (stage.account, stage.activity);
    stage.scene.call(account, activity, Outcome::Fused);
    stage.scene.pass_s(2);
    let told = visitor.fuse(&stage.wish(&receipt));
    assert_eq!(told.verdict(), "409 paused");
    assert_eq!(stage.calls(), 1);
    // Who comes now is told before a photo is sent.
    let shown = visitor.get("/c/spring/campaign.json").done();
    assert_eq!(shown["paused"], true);
    let page = member.get(&stage.path()).done();
    assert_eq!(page["campaign"]["payable"], false);
    let publish = format!("{}/published", stage.path());
    member
        .send("PUT", &publish, &json!({ "published": false }))
        .done();
    let told = member.send("PUT", &publish, &json!({ "published": true }));
    assert_eq!(told.verdict(), "409 nothing_pays");
}

#[test]
fn an_address_is_looked_up_before_it_is_taken() {
    let stage = Stage::new();
    let member = stage.member();
    let path = stage.path();
    // Not published, and taken all the same.
    member.send("PUT", &path, &draft("spring")).done();
    let other = stage.scene.activity(stage.account, "Other");
    let other = format!("/accounts/{}/activities/{other}/campaign", stage.account);
    let state = |path: &str, slug: &str| {
        let told = member.get(&format!("{path}/address?slug={slug}")).done();
        told["state"].as_str().unwrap().to_owned()
    };
    assert_eq!(state(&path, "spring"), "free", "its own");
    assert_eq!(state(&other, "spring"), "taken");
    assert_eq!(state(&other, "autumn"), "free");
    for slug in ["ab", "", "Spring", "a%20b"] {
        assert_eq!(state(&other, slug), "malformed", "{slug}");
    }
    assert_eq!(
        member.get(&format!("{path}/address")).verdict(),
        "400 malformed"
    );
    let viewer = stage.scene.member(stage.account, "viewer", Role::Viewer);
    let told = viewer.get(&format!("{path}/address?slug=autumn"));
    assert_eq!(told.verdict(), "403 not_allowed");
}
