//! Opened secrets of API keys, so that not every request opens one.

use crate::api_key::SecretKey;
use billing::AccountId;
use std::collections::HashMap;
use std::fmt;
use std::sync::{PoisonError, RwLock};

/// Keys that are remembered at most; where there are more, all are read anew.
const MOST: usize = 10_000;

/// Whose a key is, and its secret.
pub(crate) type OpenedKey = (AccountId, SecretKey);

/// Keys in use, as the books told. A secret's memory is overwritten when it is forgotten.
#[derive(Default)]
pub(crate) struct KeyRing(RwLock<Ring>);

#[derive(Default)]
struct Ring {
    /// How often keys changed.
    changes: u64,
    keys: HashMap<String, OpenedKey>,
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyRing")
    }
}

impl KeyRing {
    pub(crate) fn find(&self, secret_id: &str) -> Option<OpenedKey> {
        let ring = self.0.read().unwrap_or_else(PoisonError::into_inner);
        ring.keys.get(secret_id).cloned()
    }

    /// How often keys changed; to be asked before the books are.
    pub(crate) fn changes(&self) -> u64 {
        self.0
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .changes
    }

    /// Remembers a key that the books told of after so many changes. Where one came in between, it may be
    /// what the books no longer say.
    pub(crate) fn keep(&self, changes: u64, secret_id: &str, key: &OpenedKey) {
        let mut ring = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if ring.changes != changes {
            return;
        }
        if ring.keys.len() >= MOST {
            ring.keys.clear();
        }
        ring.keys.insert(secret_id.to_owned(), key.clone());
    }

    /// Forgets a key; to be called when the books were changed.
    pub(crate) fn forget(&self, secret_id: &str) {
        let mut ring = self.0.write().unwrap_or_else(PoisonError::into_inner);
        ring.changes += 1;
        ring.keys.remove(secret_id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_before_a_change_is_not_kept() {
        let ring = KeyRing::default();
        let key = || {
            let secret = SecretKey::parse(&"s".repeat(32)).unwrap();
            (AccountId::new(100_001), secret)
        };
        let before = ring.changes();
        ring.keep(before, "one", &key());
        assert!(ring.find("one").is_some());
        ring.forget("one");
        assert!(ring.find("one").is_none());
        ring.keep(before, "one", &key());
        assert!(ring.find("one").is_none());
        ring.keep(ring.changes(), "one", &key());
        assert!(ring.find("one").is_some());
    }

    #[test]
    fn no_more_than_so_many_are_remembered() {
        let ring = KeyRing::default();
        let secret = SecretKey::parse(&"s".repeat(32)).unwrap();
        let key = (AccountId::new(100_001), secret);
        for number in 0..=MOST {
            ring.keep(0, &number.to_string(), &key);
        }
        assert!(ring.find("0").is_none());
        assert!(ring.find(&MOST.to_string()).is_some());
    }
}
