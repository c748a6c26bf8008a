use crate::server::scene::{Browser, Scene, Told, portrait};
use axum::body::Body;
use pixel::{DecodeOptions, decode, probe};
use service::Role;

fn size(file: &[u8]) -> (usize, usize) {
    let header = probe(file, &pixel::Limits::default()).unwrap();
    (header.width, header.height)
}

/// Asks with `If-None-Match`.
fn known(browser: &Browser<'_>, path: &str, etag: &str) -> Told {
    let mut request = browser.request("GET", path, Body::empty());
    let headers = request.headers_mut();
    headers.insert("if-none-match", etag.parse().unwrap());
    browser.scene.ask(request)
}

#[test]
fn lists_show_small_pictures_that_browsers_keep() {
    let scene = Scene::new();
    let account = scene.account("Lanterns");
    let activity = scene.activity(account, "Spring");
    let viewer = scene.member(account, "viewer", Role::Viewer);
    let material = scene.material(account, activity);
    let one = format!("/accounts/{account}/materials/{material}");
    let version = viewer.get(&one).done()["picture"].clone();
    let version = version.as_str().unwrap();
    let picture = format!("{one}/picture");
    let (full_width, full_height) = size(&portrait());
    for width in [160, 320, 640] {
        let told = viewer.get(&format!("{picture}?width={width}&v={version}"));
        assert_eq!(told.verdict(), "200");
        assert_eq!(told.headers["content-type"], "image/jpeg");
        let cached = &told.headers["cache-control"];
        assert_eq!(cached, "private, max-age=31536000, immutable");
        // Who signs out, or in as somebody else, has another cookie.
        assert_eq!(told.headers["vary"], "Cookie");
        let height = (full_height * width).div_ceil(full_width);
        assert_eq!(size(&told.bytes), (width, height));
        assert!(decode(&told.bytes, &DecodeOptions::default()).is_ok());
        assert!(told.bytes.len() < portrait().len());
        let etag = told.headers["etag"].to_str().unwrap().to_owned();
        assert_eq!(etag, format!("\"{version}-{width}\""));
        let again = known(&viewer, &format!("{picture}?width={width}"), &etag);
        assert_eq!((again.verdict().as_str(), again.bytes.len()), ("304", 0));
    }
    // An address that names no version, or one that is gone, is asked for each time.
    for query in ["width=160", "width=160&v=older"] {
        let told = viewer.get(&format!("{picture}?{query}"));
        assert_eq!(told.headers["cache-control"], "private, no-cache");
    }
    for (query, verdict) in [
        ("width=161", "400 bad_width"),
        ("width=0", "400 bad_width"),
        ("width=-1", "400 malformed"),
        ("width=wide", "400 malformed"),
    ] {
        let told = viewer.get(&format!("{picture}?{query}"));
        assert_eq!(told.verdict(), verdict, "{query}");
    }
    let refused = scene.refused_material(account, activity);
    let told = viewer.get(&format!(
        "/accounts/{account}/materials/{refused}/picture?width=160"
    ));
    assert_eq!(told.verdict(), "422 undecodable");
    let stranger = scene.account("Others");
    let stranger = scene.member(stranger, "stranger", Role::Owner);
    let told = stranger.get(&format!("{picture}?width=160"));
    assert_eq!(told.verdict(), "404 not_found");
}

#[test]
fn a_replaced_picture_has_new_small_ones() {
    let scene = Scene::new();
    let account = scene.account("Lanterns");
    let activity = scene.activity(account, "Spring");
    let member = scene.member(account, "member", Role::Member);
    let material = scene.material(account, activity);
    let picture = format!("/accounts/{account}/materials/{material}/picture");
    let before = member.get(&format!("{picture}?width=160"));
    let other = crate::server::scene::portraits().pop().unwrap();
    member.upload("PUT", &picture, other).done();
    let etag = before.headers["etag"].to_str().unwrap();
    let after = known(&member, &format!("{picture}?width=160"), etag);
    assert_eq!(after.verdict(), "200");
    assert_ne!(after.bytes, before.bytes);
}

#[test]
fn operators_see_small_pictures_of_all_accounts() {
    let scene = Scene::new();
    let account = scene.account("Lanterns");
    let activity = scene.activity(account, "Spring");
    let material = scene.material(account, activity);
    let operator = scene.operator();
    let path = format!("/operator/reviews/{material}/picture?width=160");
    let told = operator.get(&path);
    assert_eq!((told.verdict().as_str(), size(&told.bytes).0), ("200", 160));
    let etag = told.headers["etag"].to_str().unwrap();
    assert_eq!(known(&operator, &path, etag).verdict(), "304");
}
