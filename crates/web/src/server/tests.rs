//! What needs no socket.

use super::body::{Received, UploadRoom, receive_into};
use super::limits::Limits;
use crate::accept::LONGEST_BODY;
use axum::body::Body;

fn received(length: usize, room: &UploadRoom) -> Received {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .unwrap();
    let body = Body::from(vec![7; length]);
    let limits = Limits::default();
    runtime
        .block_on(receive_into(body, LONGEST_BODY, room, &limits))
        .unwrap()
}

#[test]
fn a_body_is_kept_up_to_the_limit() {
    let room = UploadRoom::new(usize::MAX);
    for length in [0, 3, LONGEST_BODY] {
        let kept = received(length, &room);
        assert!(matches!(kept, Received::Whole(bytes, _) if bytes == vec![7; length]));
    }
    let larger = received(LONGEST_BODY + 1, &room);
    assert!(matches!(larger, Received::TooLarge));
}

#[test]
fn bodies_share_a_room() {
    let room = UploadRoom::new(8 << 10);
    let first = received(5 << 10, &room);
    assert!(matches!(first, Received::Whole(..)));
    assert!(matches!(received(4 << 10, &room), Received::NoRoom));
    assert!(matches!(
        received(LONGEST_BODY + 1, &room),
        Received::TooLarge
    ));
    let small = received(3 << 10, &room);
    assert!(matches!(small, Received::Whole(..)));
    drop(first);
    assert!(matches!(received(4 << 10, &room), Received::Whole(..)));
}

#[test]
fn room_is_taken_beforehand_and_given_back_in_part() {
    let room = UploadRoom::new(8 << 10);
    let mut held = room.take(7 << 10).unwrap();
    assert!(room.take(2 << 10).is_none());
    held.shrink(3000);
    assert_eq!(room.taken_bytes(), 3 << 10);
    held.shrink(4000);
    assert_eq!(room.taken_bytes(), 3 << 10);
    drop(held);
    assert_eq!(room.taken_bytes(), 0);
}
