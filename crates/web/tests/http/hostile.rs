//! Input of bad intent: a clear code, nothing charged, nothing told.

use crate::client::{NEW, exchange};
use crate::world::World;
use std::io::Write;
use std::net::TcpStream;

#[test]
fn bodies_of_bad_intent() {
    let world = World::new();
    let good = world.fuse_face().to_string();
    let head = good.trim_end_matches('}');
    let activity = world.activity;
    let value = "InvalidParameterValue.ParameterValueError";
    let cases: Vec<(&str, String, &str)> = vec![
        ("nothing", String::new(), "InvalidParameter"),
        ("null bytes", "\0".repeat(1000), "InvalidParameter"),
        ("depth", "[".repeat(100_000), "InvalidParameter"),
        (
            "depth inside",
            format!("{{\"a\":{}", "{\"a\":".repeat(100_000)),
            "InvalidParameter",
        ),
        ("trailing", format!("{good} x"), "InvalidParameter"),
        (
            "NaN",
            format!("{head},\"FuseFaceDegree\":NaN}}"),
            "InvalidParameter",
        ),
        (
            "infinity",
            format!("{head},\"FuseFaceDegree\":1e999}}"),
            "InvalidParameter",
        ),
        (
            "huge",
            format!("{head},\"FuseFaceDegree\":{}}}", "9".repeat(300)),
            "InvalidParameter",
        ),
        (
            "large",
            format!("{head},\"FuseFaceDegree\":18446744073709551615}}"),
            value,
        ),
        (
            "least",
            format!("{head},\"FuseFaceDegree\":-9223372036854775808}}"),
            value,
        ),
        (
            "twice",
            format!("{head},\"ProjectId\":\"{activity}\"}}"),
            "InvalidParameter",
        ),
        (
            "twice by escape",
            format!("{head},\"\\u0050rojectId\":\"{activity}\"}}"),
            "InvalidParameter",
        ),
        (
            "10,000 users",
            format!(
                "{head},\"MergeInfo\":0,\"FuseParam\":{{}},\"LogoAdd\":1,\"X\":[{}0]}}",
                "0,".repeat(100_001)
            ),
            "InvalidParameter",
        ),
        (
            "surrogate",
            format!("{head},\"X\":\"\\ud800\"}}"),
            "InvalidParameter",
        ),
    ];
    for (name, body, code) in cases {
        world.pass(1000);
        let mut draft = world.draft(NEW, "FuseFace");
        draft.body = body.into_bytes();
        assert_eq!(draft.send().code(), code, "{name}");
    }
    let mut many = world.fuse_face();
    many["MergeInfos"] = vec![serde_json::json!({ "Image": "AAAA" }); 10_000].into();
    assert_eq!(world.call(NEW, "FuseFace", &many).code(), value);
    for text in [
        "300100\0",
        "../300100",
        "' OR 1=1 --",
        "300100 ",
        "٣٠٠١٠٠",
        &"9".repeat(4000),
    ] {
        let mut asked = world.fuse_face();
        asked["ProjectId"] = text.into();
        let reply = world.call(NEW, "FuseFace", &asked);
        assert_eq!(
            reply.code(),
            "InvalidParameterValue.ActivityIdNotFound",
            "{text}"
        );
        assert!(reply.body.len() < 1000, "{text}");
    }
    let mut bytes = world.draft(NEW, "FuseFace");
    bytes.body = b"{\"ProjectId\":\"\xff\"}".to_vec();
    assert_eq!(bytes.send().code(), "InvalidParameter");
    assert_eq!(world.paid(), (0, 0));
    assert_eq!(world.log.lock().unwrap().len(), 0, "{:?}", world.log);
}

#[test]
fn a_body_of_a_hundred_megabytes_ends_in_an_answer_or_a_closed_door() {
    let world = World::new();
    // Up to 64 MB are read to their end, so that the client sees the answer.
    let mut draft = world.draft(NEW, "FuseFace");
    draft.body = vec![b' '; 40 << 20];
    assert_eq!(draft.send().code(), "RequestSizeLimitExceeded");
    draft.body = Vec::new();
    let head = String::from_utf8(draft.head()).unwrap();
    let head = head.replace("Content-Length: 0", "Content-Length: 104857600");
    let mut stream = TcpStream::connect(world.endpoint).unwrap();
    stream.write_all(head.as_bytes()).unwrap();
    let megabyte = vec![b' '; 1 << 20];
    let sent = (0..100)
        .take_while(|_| stream.write_all(&megabyte).is_ok())
        .count();
    assert!(sent < 100, "all of it was read");
    // Nobody else notices.
    assert_eq!(world.call(NEW, "FuseFace", &world.fuse_face()).code(), "ok");
    assert_eq!(world.paid(), (1, 1));
}

#[test]
fn heads_of_bad_intent() {
    let world = World::new();
    let endpoint = world.endpoint;
    for (name, head, status) in [
        ("no HTTP", "\x16\x03\x01\x02\r\n\r\n".to_owned(), 400),
        (
            "long",
            format!("GET / HTTP/1.1\r\nX: {}\r\n\r\n", "x".repeat(100_000)),
            431,
        ),
        (
            "many",
            format!("GET / HTTP/1.1\r\n{}\r\n", "X: y\r\n".repeat(200)),
            431,
        ),
    ] {
        assert_eq!(
            exchange(endpoint, head.as_bytes(), b"").status,
            status,
            "{name}"
        );
    }
    for path in [
        "/results/../../etc/passwd",
        "/results/%2e%2e%2f",
        "/materials/1/2/3/4",
        "/results/j",
    ] {
        let reply = world.get(path);
        assert!(
            reply.status == 404 || reply.status == 200,
            "{path}: {}",
            reply.status
        );
        assert!(
            !String::from_utf8_lossy(&reply.body).contains("root"),
            "{path}"
        );
    }
}
