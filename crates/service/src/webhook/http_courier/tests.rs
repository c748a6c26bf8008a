use super::*;
use std::error::Error as _;
use std::io;
use std::io::Write;
use std::net::{TcpListener, TcpStream};
use std::thread::{self, JoinHandle};

const BODY: &[u8] = "{\"名\":1}".as_bytes();

fn letter(url: &str) -> Letter {
    Letter {
        url: WebhookUrl::parse(url).unwrap(),
        body: BODY.to_vec(),
        signature: "t=1,v1=ab".to_owned(),
        event: "pack.used".to_owned(),
        delivery_id: "d-1".to_owned(),
    }
}

/// A receiver that takes one letter and does `answer` with the connection; joining it gives the
/// request.
fn receiver(answer: impl FnOnce(&mut TcpStream) + Send + 'static) -> (String, JoinHandle<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/hook?a=b", listener.local_addr().unwrap());
    let thread = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = Vec::new();
        while !request.ends_with(BODY) {
            let mut bytes = [0; 1024];
            let count = stream.read(&mut bytes).unwrap();
            assert_ne!(count, 0, "the request broke off");
            request.extend_from_slice(&bytes[..count]);
        }
        answer(&mut stream);
        request
    });
    (url, thread)
}

fn deliver_to(
    answer: impl FnOnce(&mut TcpStream) + Send + 'static,
) -> (Result<Receipt, DeliveryError>, String) {
    let (url, thread) = receiver(answer);
    let delivered = HttpCourier::new(AddressPolicy::Any).deliver(&letter(&url));
    (
        delivered,
        String::from_utf8(thread.join().unwrap()).unwrap(),
    )
}

fn answering(text: &'static str) -> (Result<Receipt, DeliveryError>, String) {
    deliver_to(move |stream| stream.write_all(text.as_bytes()).unwrap())
}

/// A listener nobody may connect to, and its port.
fn forbidden() -> (TcpListener, u16) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let port = listener.local_addr().unwrap().port();
    (listener, port)
}

fn assert_untouched(listener: &TcpListener) {
    let error = listener.accept().expect_err("somebody connected");
    assert_eq!(error.kind(), io::ErrorKind::WouldBlock);
}

#[test]
fn a_letter_is_posted() {
    let (delivered, request) = answering("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood");
    assert_eq!(
        delivered.unwrap(),
        Receipt {
            status: 200,
            answer: "good".to_owned()
        }
    );
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    assert_eq!(body.as_bytes(), BODY);
    let mut lines = head.lines();
    assert_eq!(lines.next(), Some("POST /hook?a=b HTTP/1.1"));
    let headers: Vec<String> = lines
        .map(|line| {
            let (name, value) = line.split_once(": ").unwrap();
            format!("{}: {value}", name.to_lowercase())
        })
        .collect();
    for expected in [
        "content-type: application/json",
        "content-length: 9",
        "x-mien-event: pack.used",
        "x-mien-delivery: d-1",
        "x-mien-signature: t=1,v1=ab",
        concat!("user-agent: mien/", env!("CARGO_PKG_VERSION")),
    ] {
        let count = headers.iter().filter(|header| *header == expected).count();
        assert_eq!(count, 1, "{expected} in {headers:?}");
    }
}

#[test]
fn any_status_of_the_two_hundreds_will_do() {
    for text in [
        "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n",
        // Breaks off, but was taken.
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
        "HTTP/1.0 299 Odd\r\n\r\nuntil the end",
    ] {
        let (delivered, _) = answering(text);
        assert!(delivered.is_ok(), "{text}: {delivered:?}");
    }
}

#[test]
fn other_statuses_are_failures() {
    for status in [304, 400, 404, 410, 429, 500, 503] {
        let (delivered, _) = deliver_to(move |stream| {
            write!(
                stream,
                "HTTP/1.1 {status} X\r\nContent-Length: 3\r\n\r\nbad"
            )
            .unwrap();
        });
        match delivered {
            Err(DeliveryError::Status {
                status: told,
                answer,
            }) => {
                // 304 has no body.
                let expected = if status == 304 { "" } else { "bad" };
                assert_eq!((told, &*answer), (status, expected));
            }
            other => panic!("{status}: {other:?}"),
        }
    }
}

#[test]
fn redirects_are_not_followed() {
    for status in [301, 302, 303, 307, 308] {
        let (listener, port) = forbidden();
        let (delivered, _) = deliver_to(move |stream| {
            write!(
                stream,
                "HTTP/1.1 {status} X\r\nLocation: http://127.0.0.1:{port}/\r\nContent-Length: 0\r\n\r\n"
            )
            .unwrap();
        });
        assert!(
            matches!(delivered, Err(DeliveryError::Status { status: told, .. }) if told == status),
            "{status}: {delivered:?}"
        );
        assert_untouched(&listener);
    }
}

#[test]
fn a_long_answer_is_cut() {
    let (delivered, _) = deliver_to(|stream| {
        let head = b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n";
        stream.write_all(head).unwrap();
        // Until the courier hangs up.
        while stream.write_all(&[b'x'; 10_000]).is_ok() {}
    });
    assert_eq!(delivered.unwrap().answer, "x".repeat(MOST_ANSWER_BYTES));
}

#[test]
fn a_closed_connection_is_a_failure() {
    let (delivered, _) = answering("");
    match delivered {
        Err(error @ DeliveryError::Connection { .. }) => assert!(error.source().is_some()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_no_http_is_a_failure() {
    let (delivered, _) = answering("SSH-2.0-OpenSSH\r\n\r\n");
    assert!(
        matches!(delivered, Err(DeliveryError::Connection { .. })),
        "{delivered:?}"
    );
}

#[test]
fn what_is_no_tls_is_a_failure() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}/", listener.local_addr().unwrap());
    let thread = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let _ = stream.read(&mut [0; 1024]).unwrap();
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").unwrap();
    });
    let delivered = HttpCourier::new(AddressPolicy::Any).deliver(&letter(&url));
    thread.join().unwrap();
    assert!(
        matches!(delivered, Err(DeliveryError::Connection { .. })),
        "{delivered:?}"
    );
}

#[test]
fn a_silent_receiver_is_not_waited_for() {
    // The system takes the connection, but nobody ever accepts it here.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let courier = HttpCourier::with_timeout(AddressPolicy::Any, Duration::from_millis(200));
    let delivered = courier.deliver(&letter(&url));
    assert!(
        matches!(delivered, Err(DeliveryError::Timeout { .. })),
        "{delivered:?}"
    );
}

#[test]
fn private_addresses_are_refused_before_connecting() {
    let (listener, port) = forbidden();
    let courier = HttpCourier::new(AddressPolicy::PublicOnly);
    for host in [
        "127.0.0.1",
        "localhost",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "10.0.0.1",
        "0.0.0.0",
        "169.254.169.254",
    ] {
        match courier.deliver(&letter(&format!("http://{host}:{port}/"))) {
            Err(error @ DeliveryError::Address { .. }) => {
                let text = error.to_string();
                assert!(text.starts_with(host), "{text}");
            }
            other => panic!("{host}: {other:?}"),
        }
    }
    assert_untouched(&listener);
}

/// Other notations of 127.0.0.1 that the system's resolver may know.
#[cfg(unix)]
#[test]
fn private_addresses_in_disguise_are_refused() {
    let (listener, port) = forbidden();
    let courier = HttpCourier::new(AddressPolicy::PublicOnly);
    for host in ["2130706433", "0x7f000001", "127.1", "0177.0.0.1"] {
        let delivered = courier.deliver(&letter(&format!("http://{host}:{port}/")));
        assert!(
            matches!(
                delivered,
                Err(DeliveryError::Address { .. } | DeliveryError::Host { .. })
            ),
            "{host}: {delivered:?}"
        );
    }
    assert_untouched(&listener);
}

#[test]
fn headers_cannot_be_smuggled_in() {
    let (listener, port) = forbidden();
    let courier = HttpCourier::new(AddressPolicy::Any);
    let mut letter = letter(&format!("http://127.0.0.1:{port}/"));
    letter.event = "x\r\nX-Mien-Signature: mine".to_owned();
    let delivered = courier.deliver(&letter);
    assert!(
        matches!(delivered, Err(DeliveryError::Unsendable { .. })),
        "{delivered:?}"
    );
    assert_untouched(&listener);
}
