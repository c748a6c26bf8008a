//! Slows down who guesses passwords.

use std::collections::HashMap;

/// How attempts are slowed down.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pace {
    /// Attempts that may fail before anybody has to wait.
    free: u32,
    /// The longest wait.
    longest_s: u64,
}

/// For one login. The wait stays short, for whoever guesses makes its owner wait too.
pub(super) const LOGINS: Pace = Pace {
    free: 5,
    longest_s: 60,
};

/// For one client's address, behind which may be many people.
pub(super) const CLIENTS: Pace = Pace {
    free: 20,
    longest_s: 900,
};

/// Names that are remembered at once; the one that failed the longest ago makes room.
const MOST_NAMES: usize = 10_000;

/// A name without failures for so long begins anew.
const FORGOTTEN_AFTER_S: u64 = 3600;

const SECOND_NS: u64 = 1_000_000_000;

/// Failed attempts by name. An attempt counts as failed from its beginning, so that many at once are
/// no more than many one after another.
#[derive(Debug)]
pub(super) struct Throttle {
    pace: Pace,
    failures: HashMap<String, Failures>,
}

#[derive(Clone, Copy, Debug)]
struct Failures {
    count: u32,
    last_ns: u64,
}

impl Throttle {
    pub(super) fn new(pace: Pace) -> Throttle {
        Throttle {
            pace,
            failures: HashMap::new(),
        }
    }

    /// Seconds until a name may attempt something again; 0 for now.
    pub(super) fn wait_s(&self, name: &str, now_ns: u64) -> u64 {
        let Some(failures) = self.failures.get(name) else {
            return 0;
        };
        let until_ns = failures.last_ns + self.pause_s(failures.count) * SECOND_NS;
        until_ns.saturating_sub(now_ns).div_ceil(SECOND_NS)
    }

    /// Counts an attempt.
    pub(super) fn begin(&mut self, name: &str, now_ns: u64) {
        if !self.failures.contains_key(name) && self.failures.len() >= MOST_NAMES {
            self.make_room(now_ns);
        }
        let failures = self.failures.entry(name.to_owned()).or_insert(Failures {
            count: 0,
            last_ns: now_ns,
        });
        if now_ns.saturating_sub(failures.last_ns) > FORGOTTEN_AFTER_S * SECOND_NS {
            failures.count = 0;
        }
        failures.count = failures.count.saturating_add(1);
        failures.last_ns = now_ns;
    }

    /// Takes an attempt back that did not fail.
    pub(super) fn take_back(&mut self, name: &str) {
        if let Some(failures) = self.failures.get_mut(name) {
            failures.count = failures.count.saturating_sub(1);
        }
    }

    /// Forgets all failures of a name.
    pub(super) fn forgive(&mut self, name: &str) {
        self.failures.remove(name);
    }

    fn pause_s(&self, count: u32) -> u64 {
        match count.checked_sub(self.pace.free) {
            None => 0,
            Some(over) => (1_u64 << over.min(32)).min(self.pace.longest_s),
        }
    }

    fn make_room(&mut self, now_ns: u64) {
        let is_fresh = |failures: &Failures| {
            now_ns - failures.last_ns.min(now_ns) <= FORGOTTEN_AFTER_S * SECOND_NS
        };
        self.failures.retain(|_, failures| is_fresh(failures));
        if self.failures.len() < MOST_NAMES {
            return;
        }
        let oldest = self
            .failures
            .iter()
            .min_by_key(|(_, failures)| failures.last_ns);
        if let Some(oldest) = oldest.map(|(name, _)| name.clone()) {
            self.failures.remove(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_longest() {
        let mut throttle = Throttle::new(LOGINS);
        let mut now_ns = 0;
        for (attempt, wait_s) in (1..).zip([0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60]) {
            throttle.begin("a", now_ns);
            assert_eq!(throttle.wait_s("a", now_ns), wait_s, "{attempt}");
            assert_eq!(throttle.wait_s("b", now_ns), 0);
            now_ns += wait_s * SECOND_NS;
            assert_eq!(throttle.wait_s("a", now_ns), 0, "{attempt}");
        }
        throttle.forgive("a");
        throttle.begin("a", now_ns);
        assert_eq!(throttle.wait_s("a", now_ns), 0);
    }

    #[test]
    fn failures_are_forgotten_after_a_while() {
        let mut throttle = Throttle::new(LOGINS);
        for _ in 0..20 {
            throttle.begin("a", 0);
        }
        throttle.begin("a", (FORGOTTEN_AFTER_S + 1) * SECOND_NS);
        assert_eq!(throttle.wait_s("a", (FORGOTTEN_AFTER_S + 1) * SECOND_NS), 0);
    }

    #[test]
    fn attempts_that_succeed_do_not_count() {
        let mut throttle = Throttle::new(CLIENTS);
        for _ in 0..100 {
            throttle.begin("a", 0);
            throttle.take_back("a");
        }
        assert_eq!(throttle.wait_s("a", 0), 0);
        throttle.take_back("unknown");
    }

    #[test]
    fn memory_is_bounded() {
        let mut throttle = Throttle::new(LOGINS);
        for number in 0..MOST_NAMES as u64 + 50 {
            throttle.begin(&number.to_string(), number);
        }
        assert_eq!(throttle.failures.len(), MOST_NAMES);
        assert!(!throttle.failures.contains_key("0"));
        assert!(throttle.failures.contains_key("50"));
        // All of them were forgotten by then.
        throttle.begin("new", 2 * FORGOTTEN_AFTER_S * SECOND_NS);
        assert_eq!(throttle.failures.len(), 1);
    }
}
