use super::*;

/// The content of the meta tag with a name, as it stands in the HTML.
fn meta(html: &str, name: &str) -> Option<String> {
    let tag = html.split("<meta ").find(|tag| tag.contains(name))?;
    let (_, rest) = tag.split_once("content=\"")?;
    Some(rest.split('"').next().unwrap_or_default().to_owned())
}

#[test]
fn who_shows_a_link_reads_what_it_is_about() {
    let stage = Stage::new();
    let member = stage.member();
    let path = stage.path();
    let mut content = draft("spring");
    content["content"]["title"] = json!("Lanterns \"<&>\" '27");
    content["content"]["share"] = json!({ "title": "", "description": "</head><script>" });
    member.send("PUT", &path, &content).done();
    let visitor = stage.visitor();
    let built = assets::campaign().unwrap().plain;

    // Not published, nothing of it is told, and the page itself says that there is none.
    let hidden = visitor.get("/c/spring");
    assert_eq!(
        (hidden.verdict().as_str(), hidden.bytes.as_slice()),
        ("404", built)
    );
    let framed = visitor.get("/c/spring?preview=draft");
    assert_eq!(
        (framed.verdict().as_str(), framed.bytes.as_slice()),
        ("200", built)
    );

    let publish = json!({ "published": true });
    member
        .send("PUT", &format!("{path}/published"), &publish)
        .done();
    let told = visitor.get("/c/spring");
    assert_eq!(told.verdict(), "200");
    assert_eq!(told.headers["cache-control"], "no-cache");
    let policy = told.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("script-src 'self';"), "{policy}");
    let html = String::from_utf8(told.bytes).unwrap();
    let title = "Lanterns &quot;&lt;&amp;&gt;&quot; &#39;27";
    assert!(html.contains(&format!("<title>{title}</title>")), "{html}");
    assert_eq!(meta(&html, "og:title").as_deref(), Some(title));
    assert_eq!(
        meta(&html, "og:description").as_deref(),
        Some("&lt;/head&gt;&lt;script&gt;")
    );
    assert_eq!(
        meta(&html, "og:url").as_deref(),
        Some("http://faces.example/c/spring")
    );
    assert_eq!(html.matches("</head>").count(), 1);
    assert!(html.contains("--primary:#c8102e;"), "{html}");

    let picture = meta(&html, "og:image").unwrap().replace("&amp;", "&");
    let picture = picture.strip_prefix("http://faces.example").unwrap();
    let shown = visitor.get(picture);
    assert_eq!(shown.headers["content-type"], "image/jpeg");

    // With a cover, that one.
    let cover = Body::from(portrait());
    let cover = member.request("PUT", &format!("{path}/cover"), cover);
    stage.scene.ask(cover).done();
    let html = String::from_utf8(visitor.get("/c/spring").bytes).unwrap();
    let picture = meta(&html, "og:image").unwrap();
    assert!(
        picture.starts_with("http://faces.example/c/spring/cover?v="),
        "{picture}"
    );
}
