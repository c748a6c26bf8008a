//! Large requests that are turned away before they are read.
//!
//! A request with a picture costs a millisecond of a core until its activity is known. Where ten times as many come
//! as can be done, that alone would keep the cores from fusing. So while the pool turns calls away, a large body is
//! thrown away as it comes, by what the key it names called last. That is not believed: who names another's key is
//! turned away with it or is found out after reading.

use super::Shared;
use super::body::{Received, SMALL_BODY, discard, receive};
use crate::accept::LONGEST_BODY;
use crate::request::RequestHead;
use crate::tc3::Authorization;
use axum::body::{Body, HttpBody as _};
use billing::ActivityId;
use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

/// Keys that are remembered at most; where there are more, all are learnt anew.
const MOST_KEYS: usize = 10_000;

/// Which activity each key called last.
#[derive(Debug, Default)]
pub(super) struct Door(RwLock<HashMap<String, ActivityId>>);

impl Door {
    /// Remembers what a key, whose signature was right, calls.
    pub(super) fn remember(&self, secret_id: &str, activity: ActivityId) {
        if self.last_of(secret_id) == Some(activity) {
            return;
        }
        let mut last = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if last.len() >= MOST_KEYS {
            last.clear();
        }
        last.insert(secret_id.to_owned(), activity);
    }

    fn last_of(&self, secret_id: &str) -> Option<ActivityId> {
        let last = self.0.read().unwrap_or_else(PoisonError::into_inner);
        last.get(secret_id).copied()
    }
}

/// Reads a request's body, or throws it away where its call would be refused anyway.
pub(super) async fn take_in(shared: &Shared, head: &RequestHead, body: Body) -> Option<Received> {
    let is_small = body
        .size_hint()
        .upper()
        .is_some_and(|bytes| bytes <= SMALL_BODY as u64);
    if !is_small && turns_away(shared, head) {
        return discard(body, shared).await;
    }
    receive(body, LONGEST_BODY, shared).await
}

fn turns_away(shared: &Shared, head: &RequestHead) -> bool {
    // Nearly always there is a place for everybody.
    if !shared.pool.turns_away(None) {
        return false;
    }
    let value = head.headers.one("authorization").ok().flatten();
    let named = value.and_then(|value| Authorization::parse(value).ok());
    let activity = named.and_then(|named| shared.door.last_of(&named.secret_id));
    let turned_away = shared.pool.turns_away(activity.map(ActivityId::number));
    if turned_away {
        shared.watch.numbers().turned_away();
    }
    turned_away
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_activity_of_each_key_is_known() {
        let door = Door::default();
        assert_eq!(door.last_of("a"), None);
        for number in [1, 2] {
            door.remember("a", ActivityId::new(number));
        }
        door.remember("b", ActivityId::new(3));
        assert_eq!(door.last_of("a"), Some(ActivityId::new(2)));
        for number in 0..MOST_KEYS as u64 {
            door.remember(&number.to_string(), ActivityId::new(number));
        }
        assert_eq!(door.last_of("b"), None);
        assert!(door.0.read().unwrap().len() <= MOST_KEYS);
    }
}
