//! Letters to addresses of the customer's.

use super::Books;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

#[test]
fn a_letter_arrives_signed() {
    let books = Books::with_activity("0", 10);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/mien", listener.local_addr().unwrap());
    let added = books.did(&format!("webhook add {url} --account 100001"));
    let secret = added["secret"].as_str().unwrap();
    books.did("material add --account 100001 --activity 300100 t.jpg");
    let receiver = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let (mut head, mut byte) = (Vec::new(), [0]);
        while !head.ends_with(b"\r\n\r\n") {
            stream.read_exact(&mut byte).unwrap();
            head.push(byte[0]);
        }
        let head = String::from_utf8(head).unwrap().to_lowercase();
        let length = head.split("content-length: ").nth(1).unwrap();
        let length = length.split("\r\n").next().unwrap().parse().unwrap();
        let mut body = vec![0; length];
        stream.read_exact(&mut body).unwrap();
        stream
            .write_all(b"HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n")
            .unwrap();
        (head, body)
    });
    let round = books.did("webhook deliver --allow-private");
    assert_eq!(
        (&round["delivered"], &round["failed"]),
        (&1.into(), &0.into())
    );
    let (head, body) = receiver.join().unwrap();
    assert!(head.contains("x-mien-event: material-decided"), "{head}");
    let letter: serde_json::Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(letter["account"], "100001");
    assert_eq!(letter["notice"]["notice"], "material_decided");
    let list = books.text("webhook list --account 100001").expect(0).stdout;
    assert!(list.contains(&url) && !list.contains(secret), "{list}");
    assert_eq!(books.did("webhook deliver --allow-private")["delivered"], 0);
}

#[test]
fn private_addresses_are_not_reached_and_letters_die_in_the_end() {
    let mut books = Books::with_activity("0", 10);
    books.did("webhook add http://127.0.0.1:9/mien --account 100001");
    books.did("material add --account 100001 --activity 300100 t.jpg");
    let waits_s = service::webhook::WAITS_S;
    let mut unix_s = 1_799_542_800 + 1; // 2027-01-10T09:00:01+08:00
    for wait_s in waits_s {
        books.set_now(&rfc3339(unix_s));
        let round = books.did("webhook deliver");
        assert_eq!(
            (&round["failed"], &round["given_up"]),
            (&1.into(), &0.into())
        );
        unix_s += wait_s;
    }
    books.set_now(&rfc3339(unix_s));
    assert_eq!(books.did("webhook deliver")["given_up"], 1);
    let dead = books.did("webhook dead --account 100001");
    let letter = &dead["dead_letters"][0];
    assert!(
        letter["last_error"]
            .as_str()
            .unwrap()
            .contains("public internet"),
        "{dead}"
    );
    let id = letter["id"].as_u64().unwrap();
    books.did(&format!("webhook revive {id} --account 100001"));
    assert_eq!(
        books.did("webhook dead --account 100001")["dead_letters"]
            .as_array()
            .unwrap()
            .len(),
        0
    );
    assert_eq!(books.did("webhook deliver")["failed"], 1);
    books.did("webhook delete 1 --account 100001");
    assert_eq!(books.did("webhook deliver")["failed"], 0);
}

/// A time as `--now` takes it.
fn rfc3339(unix_s: i64) -> String {
    billing::Moment::from_unix_ms(unix_s * 1000).to_string()
}

#[test]
fn addresses_that_cannot_be_are_refused() {
    let books = Books::with_activity("0", 10);
    for url in [
        "example.com",
        "ftp://example.com",
        "http://me:secret@example.com/",
        "http://",
        "https://example.com:0/",
    ] {
        let error = books.refused(&format!("webhook add {url} --account 100001"), 7);
        assert_eq!(error["kind"], "bad_url", "{url}");
        assert!(
            !error["message"].as_str().unwrap().contains("secret"),
            "{error}"
        );
    }
}
