use super::*;
use std::io::{self, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::{self, JoinHandle};

const LIMITS: FetchLimits = FetchLimits {
    max_bytes: 1000,
    timeout_ms: 10_000,
};

/// A host that does one thing after the other, each with a connection of its own.
struct Host {
    at: String,
    requests: JoinHandle<Vec<String>>,
}

type Answering = Box<dyn FnOnce(&mut TcpStream) + Send>;

impl Host {
    fn doing(answers: impl FnOnce(&str) -> Vec<Answering>) -> Host {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let at = format!("http://{}", listener.local_addr().unwrap());
        let answers = answers(&at);
        let requests = thread::spawn(move || {
            let answer = |answer: Answering| {
                let (mut stream, _) = listener.accept().unwrap();
                let request = read_request(&mut stream);
                answer(&mut stream);
                request
            };
            let requests = answers.into_iter().map(answer).collect();
            assert_untouched(&listener);
            requests
        });
        Host { at, requests }
    }

    fn saying(texts: Vec<String>) -> Host {
        Host::doing(|_| texts.into_iter().map(say).collect())
    }

    fn fetch(&self, path: &str, limits: FetchLimits) -> Result<Vec<u8>, FetchError> {
        let url = format!("{}{path}", self.at);
        HttpFetcher::new(AddressPolicy::Any).fetch(&url, limits)
    }

    /// The requests, after it did all.
    fn end(self) -> Vec<String> {
        self.requests.join().unwrap()
    }
}

fn say(text: String) -> Answering {
    Box::new(move |stream| stream.write_all(text.as_bytes()).unwrap())
}

fn read_request(stream: &mut TcpStream) -> String {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        let mut bytes = [0; 1024];
        let count = stream.read(&mut bytes).unwrap();
        assert_ne!(count, 0, "the request broke off");
        request.extend_from_slice(&bytes[..count]);
    }
    String::from_utf8(request).unwrap()
}

fn found(body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{body}")
}

fn redirect(status: u16, location: &str) -> String {
    format!("HTTP/1.1 {status} X\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n")
}

fn assert_untouched(listener: &TcpListener) {
    listener.set_nonblocking(true).unwrap();
    let error = listener.accept().expect_err("somebody connected");
    assert_eq!(error.kind(), io::ErrorKind::WouldBlock);
}

#[test]
fn a_file_is_fetched() {
    let host = Host::saying(vec![found("a picture")]);
    let bytes = host.fetch("/人.jpg?a=b#part", LIMITS).unwrap();
    assert_eq!(bytes, b"a picture");
    let request = host.end().remove(0).to_lowercase();
    let mut lines = request.lines();
    assert_eq!(lines.next(), Some("get /%e4%ba%ba.jpg?a=b http/1.1"));
    assert!(lines.any(|line| line.starts_with("accept: image/jpeg, image/png")));
    for secret in ["cookie:", "authorization:", "referer:"] {
        assert!(!request.contains(secret), "{request}");
    }
}

#[test]
fn a_file_of_unknown_length_is_fetched() {
    for answer in [
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\na pi\r\n5\r\ncture\r\n0\r\n\r\n",
        "HTTP/1.0 200 OK\r\n\r\na picture",
    ] {
        let host = Host::saying(vec![answer.to_owned()]);
        assert_eq!(host.fetch("/", LIMITS).unwrap(), b"a picture");
        host.end();
    }
}

#[test]
fn redirects_are_followed() {
    for status in [301, 302, 303, 307, 308] {
        let elsewhere = Host::saying(vec![found("moved")]);
        let host = Host::saying(vec![
            redirect(status, "../b/人?x"),
            redirect(status, "/c"),
            redirect(status, &format!("{}/d", elsewhere.at)),
        ]);
        assert_eq!(host.fetch("/a/a", LIMITS).unwrap(), b"moved");
        let mut requests = host.end();
        requests.extend(elsewhere.end());
        let asked: Vec<&str> = requests
            .iter()
            .map(|request| request.split(' ').nth(1).unwrap())
            .collect();
        assert_eq!(asked, ["/a/a", "/b/%E4%BA%BA?x", "/c", "/d"]);
    }
}

#[test]
fn redirects_that_go_round_end() {
    let host = Host::doing(|at| (0..4).map(|_| say(redirect(302, at))).collect());
    let fetched = host.fetch("/", LIMITS);
    assert!(
        matches!(fetched, Err(FetchError::TooManyRedirects { most: 3 })),
        "{fetched:?}"
    );
    assert_eq!(host.end().len(), 4);
}

#[test]
fn redirects_to_nowhere_are_failures() {
    for (location, is_given) in [
        ("Location: file:///etc/passwd\r\n", true),
        ("Location: http://ann:word@example.org/\r\n", true),
        ("Location: \u{1}\r\n", true),
        ("", false),
    ] {
        let text = format!("HTTP/1.1 302 X\r\n{location}Content-Length: 0\r\n\r\n");
        let host = Host::saying(vec![text]);
        match host.fetch("/", LIMITS) {
            Err(FetchError::Redirect { source, .. }) => assert_eq!(source.is_some(), is_given),
            // A header that is none is refused before.
            Err(FetchError::Connection { .. }) if location.contains('\u{1}') => {}
            other => panic!("{location}: {other:?}"),
        }
        host.end();
    }
}

#[test]
fn only_200_brings_a_file() {
    for status in [201, 204, 206, 304, 400, 401, 403, 404, 410, 429, 500, 503] {
        let text = format!("HTTP/1.1 {status} X\r\nContent-Length: 4\r\n\r\nfile");
        let host = Host::saying(vec![text]);
        let fetched = host.fetch("/", LIMITS);
        assert!(
            matches!(fetched, Err(FetchError::Status { status: told, .. }) if told == status),
            "{status}: {fetched:?}"
        );
        host.end();
    }
}

#[test]
fn files_are_taken_up_to_their_limit() {
    let limits = FetchLimits {
        max_bytes: 9,
        ..LIMITS
    };
    let cases = [
        (found("a picture"), true),
        (found("a picture."), false),
        (
            "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999\r\n\r\n".to_owned(),
            false,
        ),
        ("HTTP/1.0 200 OK\r\n\r\na picture".to_owned(), true),
        ("HTTP/1.0 200 OK\r\n\r\na picture.".to_owned(), false),
    ];
    for (answer, fits) in cases {
        let host = Host::saying(vec![answer.clone()]);
        match host.fetch("/", limits) {
            Ok(bytes) => assert!(fits && bytes == b"a picture", "{answer}"),
            Err(FetchError::TooLarge { limit: 9, .. }) => assert!(!fits, "{answer}"),
            other => panic!("{answer}: {other:?}"),
        }
        host.end();
    }
}

#[test]
fn a_body_without_end_is_cut() {
    for head in [
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\n",
    ] {
        let host = Host::doing(|_| {
            vec![Box::new(move |stream: &mut TcpStream| {
                stream.write_all(head.as_bytes()).unwrap();
                // Until the fetcher hangs up.
                while stream.write_all(b"5\r\nxxxxx\r\n").is_ok() {}
            })]
        });
        let fetched = host.fetch("/", LIMITS);
        assert!(
            matches!(fetched, Err(FetchError::TooLarge { .. })),
            "{fetched:?}"
        );
        host.end();
    }
}

#[test]
fn slow_hosts_are_not_waited_for() {
    let limits = FetchLimits {
        timeout_ms: 200,
        ..LIMITS
    };
    // Says so much, then a little at a time until the fetcher hangs up.
    let slow = |head: String| {
        Host::doing(|_| {
            vec![Box::new(move |stream: &mut TcpStream| {
                stream.write_all(head.as_bytes()).unwrap();
                let pause = Duration::from_millis(20);
                stream.set_read_timeout(Some(pause)).unwrap();
                while stream.read(&mut [0]).is_err() && stream.write_all(b"x").is_ok() {}
            })]
        })
    };
    for head in [
        "HTTP/1.1 200 ",
        "HTTP/1.1 200 OK\r\nX: ",
        "HTTP/1.1 200 OK\r\n\r\nx",
    ] {
        let host = slow(head.to_owned());
        let fetched = host.fetch("/", limits);
        assert!(
            matches!(fetched, Err(FetchError::TooSlow { limit_ms: 200, .. })),
            "{head}: {fetched:?}"
        );
        host.end();
    }
    // The time is for all redirects together.
    let last = slow("HTTP/1.1 200 OK\r\n\r\nx".to_owned());
    let first = Host::saying(vec![redirect(307, &last.at)]);
    let fetched = first.fetch("/", limits);
    assert!(
        matches!(fetched, Err(FetchError::TooSlow { .. })),
        "{fetched:?}"
    );
    first.end();
    last.end();
}

#[test]
fn without_time_nobody_is_asked() {
    let host = Host::saying(Vec::new());
    let limits = FetchLimits {
        timeout_ms: 0,
        ..LIMITS
    };
    let fetched = host.fetch("/", limits);
    assert!(
        matches!(fetched, Err(FetchError::TooSlow { .. })),
        "{fetched:?}"
    );
    host.end();
}

#[test]
fn what_breaks_off_is_no_file() {
    for answer in [
        "",
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhalf",
        "SSH-2.0-OpenSSH\r\n\r\n",
    ] {
        let host = Host::saying(vec![answer.to_owned()]);
        let fetched = host.fetch("/", LIMITS);
        assert!(
            matches!(fetched, Err(FetchError::Connection { .. })),
            "{answer}: {fetched:?}"
        );
        host.end();
    }
}

#[test]
fn nobody_listening_is_a_failure() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    drop(listener);
    let fetched = HttpFetcher::new(AddressPolicy::Any).fetch(&url, LIMITS);
    assert!(
        matches!(fetched, Err(FetchError::Connection { .. })),
        "{fetched:?}"
    );
}

#[test]
fn what_is_no_url_is_not_asked_for() {
    let fetcher = HttpFetcher::new(AddressPolicy::Any);
    for url in [
        "",
        "example.org/a.jpg",
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "http://ann:word@127.0.0.1/",
        "http://127.0.0.1/\r\nX: y",
    ] {
        let fetched = fetcher.fetch(url, LIMITS);
        assert!(
            matches!(fetched, Err(FetchError::Url(_))),
            "{url}: {fetched:?}"
        );
    }
}

#[test]
fn private_addresses_are_refused_before_connecting() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let fetcher = HttpFetcher::new(AddressPolicy::PublicOnly);
    for host in [
        "127.0.0.1",
        "localhost",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "10.0.0.1",
        "0.0.0.0",
        "169.254.169.254",
    ] {
        match fetcher.fetch(&format!("http://{host}:{port}/"), LIMITS) {
            Err(error @ FetchError::Address { .. }) => {
                let text = error.to_string();
                assert!(text.starts_with(host), "{text}");
            }
            other => panic!("{host}: {other:?}"),
        }
    }
    assert_untouched(&listener);
}

#[test]
fn allowed_ranges_can_be_fetched_from() {
    let host = Host::saying(vec![found("inside")]);
    let range = "127.0.0.0/31".parse().unwrap();
    let fetcher = HttpFetcher::new(AddressPolicy::PublicAnd(vec![range]));
    assert_eq!(fetcher.fetch(&host.at, LIMITS).unwrap(), b"inside");
    host.end();
}

/// The host itself is allowed here, where it redirects to is not.
#[test]
fn redirects_to_private_addresses_are_refused() {
    let range = "127.0.0.1".parse().unwrap();
    let fetcher = HttpFetcher::new(AddressPolicy::PublicAnd(vec![range]));
    for target in [
        "http://127.0.0.2/",
        "//10.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://169.254.169.254/latest/meta-data/",
    ] {
        let host = Host::saying(vec![redirect(302, "/again"), redirect(307, target)]);
        match fetcher.fetch(&host.at, LIMITS) {
            Err(FetchError::Address { host: refused, .. }) => {
                assert!(target.contains(&refused), "{target}: {refused}");
            }
            other => panic!("{target}: {other:?}"),
        }
        host.end();
    }
}

/// As above, with somebody there who would notice. Linux answers on all of 127.0.0.0/8.
#[cfg(target_os = "linux")]
#[test]
fn where_a_refused_redirect_leads_nobody_connects() {
    let listener = TcpListener::bind("127.0.0.2:0").unwrap();
    let target = format!("http://{}/", listener.local_addr().unwrap());
    let host = Host::saying(vec![redirect(301, &target)]);
    let range = "127.0.0.1".parse().unwrap();
    let fetcher = HttpFetcher::new(AddressPolicy::PublicAnd(vec![range]));
    let fetched = fetcher.fetch(&host.at, LIMITS);
    assert!(
        matches!(fetched, Err(FetchError::Address { .. })),
        "{fetched:?}"
    );
    host.end();
    assert_untouched(&listener);
}
