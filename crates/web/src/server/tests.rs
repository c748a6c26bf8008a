//! What needs no socket.

use super::body::{Received, receive};
use crate::accept::LONGEST_BODY;
use axum::body::Body;

fn received(length: usize) -> Option<Received> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .unwrap();
    runtime.block_on(receive(Body::from(vec![7; length]), LONGEST_BODY))
}

#[test]
fn a_body_is_kept_up_to_the_limit() {
    assert_eq!(received(0), Some(Received::Whole(Vec::new())));
    assert_eq!(received(3), Some(Received::Whole(vec![7; 3])));
    let most = received(LONGEST_BODY);
    assert!(matches!(most, Some(Received::Whole(bytes)) if bytes.len() == LONGEST_BODY));
    assert_eq!(received(LONGEST_BODY + 1), Some(Received::TooLarge));
}
