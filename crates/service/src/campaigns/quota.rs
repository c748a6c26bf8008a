//! How much somebody may do in an hour, for more names than can be remembered.

use std::collections::HashMap;

/// Names that are remembered at once; the one that began the longest ago makes room.
const MOST_NAMES: usize = 50_000;

const SECOND_NS: u64 = 1_000_000_000;
const HOUR_NS: u64 = 3600 * SECOND_NS;

/// What each name did in its hour, which begins with the first of it.
#[derive(Debug, Default)]
pub(super) struct Quota(HashMap<String, Hour>);

#[derive(Clone, Copy, Debug)]
struct Hour {
    began_ns: u64,
    done: u32,
}

impl Hour {
    fn is_over(&self, now_ns: u64) -> bool {
        now_ns.saturating_sub(self.began_ns) >= HOUR_NS
    }
}

impl Quota {
    /// Counts one more of a name, or says in how many seconds its next hour begins.
    pub(super) fn take(&mut self, name: &str, most: u32, now_ns: u64) -> Result<(), u64> {
        if !self.0.contains_key(name) && self.0.len() >= MOST_NAMES {
            self.make_room(now_ns);
        }
        let hour = self.0.entry(name.to_owned()).or_insert(Hour {
            began_ns: now_ns,
            done: 0,
        });
        if hour.is_over(now_ns) {
            *hour = Hour {
                began_ns: now_ns,
                done: 0,
            };
        }
        if hour.done >= most {
            let left_ns = (hour.began_ns + HOUR_NS).saturating_sub(now_ns);
            return Err(left_ns.div_ceil(SECOND_NS).max(1));
        }
        hour.done += 1;
        Ok(())
    }

    /// Takes one of a name back.
    pub(super) fn give_back(&mut self, name: &str) {
        if let Some(hour) = self.0.get_mut(name) {
            hour.done = hour.done.saturating_sub(1);
        }
    }

    fn make_room(&mut self, now_ns: u64) {
        self.0.retain(|_, hour| !hour.is_over(now_ns));
        if self.0.len() < MOST_NAMES {
            return;
        }
        let oldest = self.0.iter().min_by_key(|(_, hour)| hour.began_ns);
        if let Some(name) = oldest.map(|(name, _)| name.clone()) {
            self.0.remove(&name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_has_its_number() {
        let mut quota = Quota::default();
        for name in ["one", "two"] {
            assert_eq!(quota.take(name, 2, 5), Ok(()));
            assert_eq!(quota.take(name, 2, 6), Ok(()));
            assert_eq!(quota.take(name, 2, 5 + SECOND_NS), Err(3599), "{name}");
        }
        quota.give_back("one");
        assert_eq!(quota.take("one", 2, 7), Ok(()));
        assert_eq!(quota.take("one", 2, 5 + HOUR_NS - 1), Err(1));
        assert_eq!(quota.take("one", 2, 5 + HOUR_NS), Ok(()));
        quota.give_back("nobody");
    }

    #[test]
    fn names_are_bounded() {
        let mut quota = Quota::default();
        for number in 0..MOST_NAMES as u64 + 3 {
            quota.take(&number.to_string(), 1, number).unwrap();
        }
        assert_eq!(quota.0.len(), MOST_NAMES);
        // The newest are remembered.
        let newest = (MOST_NAMES + 2).to_string();
        assert!(quota.take(&newest, 1, 9).is_err());
        quota.take("later", 1, 2 * HOUR_NS).unwrap();
        assert_eq!(quota.0.len(), 1);
    }
}
