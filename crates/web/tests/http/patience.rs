//! Clients that are slow, silent or too many.

use crate::client::{NEW, answer_of, exchange};
use crate::world::World;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;
use web::server::Limits;

/// Short enough to wait for, and long enough that no good request of the tests fails.
const SHORT: Duration = Duration::from_millis(300);

#[test]
fn who_sends_nothing_or_stops_in_the_middle_is_shut_out() {
    let world = World::with_limits(Limits {
        head_timeout: SHORT,
        stall_timeout: SHORT,
        ..Limits::default()
    });
    let mut draft = world.draft(NEW, "FuseFace");
    draft.body = vec![b' '; 1000];
    let head = draft.head();
    let whole = [head.as_slice(), &draft.body[..500]].concat();
    for (name, begun) in [
        ("nothing", &b""[..]),
        ("half a line", &b"POST / HT"[..]),
        ("half a head", &head[..head.len() - 2]),
        ("half a body", &whole),
    ] {
        let mut stream = TcpStream::connect(world.endpoint).unwrap();
        stream.write_all(begun).unwrap();
        let mut answer = Vec::new();
        // The connection ends, with or without a word.
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer);
        assert!(
            answer.is_empty() || answer.contains(" 408 "),
            "{name}: {answer}"
        );
    }
    // One that has nothing more to ask is shut out, too.
    let mut stream = TcpStream::connect(world.endpoint).unwrap();
    stream
        .write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        .unwrap();
    assert_eq!(answer_of(&mut stream).status, 200);
}

#[test]
fn one_byte_at_a_time_is_not_enough() {
    let world = World::with_limits(Limits {
        body_timeout: SHORT,
        ..Limits::default()
    });
    let mut draft = world.draft(NEW, "FuseFace");
    draft.body = vec![b' '; 1 << 20];
    let mut stream = TcpStream::connect(world.endpoint).unwrap();
    stream.write_all(&draft.head()).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_millis(20)))
        .unwrap();
    let mut byte = [0];
    let ended = (0..10_000).any(|_| {
        let is_broken = stream.write_all(b" ").is_err();
        let is_answered = stream.read(&mut byte).is_ok();
        is_broken || is_answered
    });
    assert!(ended);
}

#[test]
fn uploads_share_a_room_and_who_finds_none_is_told_so() {
    let world = World::with_limits(Limits {
        upload_bytes: 3 << 20,
        ..Limits::default()
    });
    let mut slow = world.draft(NEW, "FuseFace");
    slow.body = vec![b' '; 2 << 20];
    let mut streams: Vec<TcpStream> = (0..20)
        .map(|_| TcpStream::connect(world.endpoint).unwrap())
        .collect();
    for stream in &mut streams {
        stream.write_all(&slow.head()).unwrap();
        stream.write_all(&slow.body[1..]).unwrap();
    }
    // All but one find no room, whichever it is; none may be reset before it is told.
    let mut codes: Vec<String> = Vec::new();
    for stream in &mut streams {
        stream.write_all(&slow.body[..1]).unwrap();
        codes.push(answer_of(stream).code());
    }
    codes.sort();
    codes.dedup();
    assert_eq!(codes, ["InvalidParameter", "ResourceInsufficient"]);
    // The room is given back.
    assert_eq!(world.call(NEW, "FuseFace", &world.fuse_face()).code(), "ok");
    assert_eq!(world.paid(), (1, 1));
}

#[test]
fn who_comes_when_all_places_are_taken_waits_for_one() {
    let world = World::with_limits(Limits {
        connections: 2,
        head_timeout: SHORT,
        ..Limits::default()
    });
    let _silent: Vec<TcpStream> = (0..2)
        .map(|_| TcpStream::connect(world.endpoint).unwrap())
        .collect();
    let head = b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    assert_eq!(exchange(world.endpoint, head, b"").status, 200);
}
