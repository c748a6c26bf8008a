use super::*;
use crate::dispatch::{Operation, Version};
use serde_json::Value;
use service::course::Passage;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::thread;

/// Takes one request as a collector does, and gives its path and body.
fn collect_one(listener: &TcpListener) -> (String, Value) {
    let (stream, _) = listener.accept().unwrap();
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).unwrap();
    let path = line.split(' ').nth(1).unwrap().to_owned();
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        if line.trim().is_empty() {
            break;
        }
        let (name, value) = line.split_once(':').unwrap();
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let answer =
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
    reader.get_mut().write_all(answer).unwrap();
    (path, serde_json::from_slice(&body).unwrap())
}

fn passage(stage: Stage, began_ms: u64, ended_ms: u64) -> Passage {
    Passage {
        stage,
        began_ns: began_ms * 1_000_000,
        ended_ns: ended_ms * 1_000_000,
    }
}

#[test]
fn spans_of_a_request_arrive_and_continue_the_callers_trace() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}/", listener.local_addr().unwrap());
    let collector = thread::spawn(move || collect_one(&listener));
    let traces = Traces::start(&endpoint).unwrap();
    let ended = Ended {
        id: "8a7b",
        version: Version::V2022,
        operation: Some(Operation::FuseFace2022),
        account: None,
        activity: None,
        trace_parent: Some("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
        client: None,
        code: OK,
        charged_to: "free",
        is_charged: true,
        bytes_in: 0,
        bytes_out: 0,
        passages: vec![passage(Stage::Charge, 7, 9), passage(Stage::Total, 5, 10)],
    };
    traces.send(&ended, Moment::from_unix_ms(1_800_000_000_000), 10_000_000);
    traces.stop();
    let (path, body) = collector.join().unwrap();
    assert_eq!(path, "/v1/traces");
    let spans = &body["resourceSpans"][0]["scopeSpans"][0]["spans"];
    let span = |name: &str| {
        let all = spans.as_array().unwrap();
        let found = all.iter().find(|span| span["name"] == name);
        found.unwrap_or_else(|| panic!("{name} of {body}"))
    };
    let (root, charge) = (span("FuseFace"), span("charge"));
    for span in [root, charge] {
        assert_eq!(span["traceId"], "0af7651916cd43dd8448eb211c80319c");
    }
    assert_eq!(root["parentSpanId"], "b7ad6b7169203331");
    assert_eq!(charge["parentSpanId"], root["spanId"]);
    assert_eq!(root["startTimeUnixNano"], "1799999999995000000");
    assert_eq!(charge["endTimeUnixNano"], "1799999999999000000");
}

#[test]
fn a_collector_that_is_no_address_is_named() {
    let error = Traces::start("not an address").unwrap_err();
    assert!(error.to_string().contains("not an address"), "{error}");
}
