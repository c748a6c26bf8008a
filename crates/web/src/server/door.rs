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
    use crate::server::scene::Scene;
    use axum::http::Request;
    use service::pool::Wanted;
    use std::sync::mpsc::{Sender, channel};
    use std::sync::{Arc, Mutex};
    use std::thread::sleep;
    use std::time::Duration;

    const FLOODS: u64 = 1;

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

    /// Has one activity send more than can be done for so long that all comes late, until the sender is dropped.
    fn flood(shared: &Shared) -> (Sender<()>, Vec<Wanted>) {
        let workers = shared.pool.size().workers;
        let (release, held) = channel::<()>();
        let held = Arc::new(Mutex::new(held));
        let short = 20 * workers;
        let mut wanted = Vec::new();
        for number in 0..=short + workers {
            let held = Arc::clone(&held);
            let submitted = shared.pool.submit(FLOODS, u64::MAX, move |_| {
                if number < short {
                    sleep(Duration::from_millis(30));
                } else {
                    // The sender is dropped in the end.
                    let _ = held.lock().unwrap().recv();
                }
            });
            wanted.push(submitted.unwrap());
        }
        while !shared.pool.turns_away(None) {
            sleep(Duration::from_millis(5));
        }
        (release, wanted)
    }

    fn code(scene: &Scene, key: &str, bytes: usize) -> String {
        let zeros = "0".repeat(64);
        let authorization = format!(
            "TC3-HMAC-SHA256 Credential={key}/2027-01-10/facefusion/tc3_request, \
             SignedHeaders=content-type;host, Signature={zeros}"
        );
        let request = Request::post("/")
            .header("host", "faces.example")
            .header("content-type", "application/json")
            .header("authorization", authorization)
            .body(Body::from(vec![b' '; bytes]));
        let told = scene.ask(request.unwrap());
        let code = told.body["Response"]["Error"]["Code"].as_str();
        code.unwrap_or_default().to_owned()
    }

    #[test]
    fn who_floods_is_turned_away_unread_and_others_are_not() {
        let scene = Scene::new();
        let shared = scene.shared();
        shared.door.remember("floods", ActivityId::new(FLOODS));
        shared.door.remember("calm", ActivityId::new(2));
        let (release, wanted) = flood(&shared);
        let (large, small) = (SMALL_BODY + 1, SMALL_BODY);
        let busy = "ResourceInsufficient";
        // Whose request is read is told that it is not well signed.
        let read = "MissingParameter";
        for (key, bytes, expected) in [
            ("floods", large, busy),
            ("unknown", large, busy),
            ("calm", large, read),
            ("floods", small, read),
            ("unknown", small, read),
        ] {
            assert_eq!(code(&scene, key, bytes), expected, "{key}, {bytes} bytes");
        }
        drop((release, wanted));
    }
}
