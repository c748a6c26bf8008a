//! The one place where time comes from.

use billing::Moment;
use std::sync::{Mutex, PoisonError};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// A source of time.
pub trait Clock: Send + Sync {
    /// The calendar's time.
    fn now(&self) -> Moment;
    /// Nanoseconds since some fixed moment; never goes back.
    fn monotonic_ns(&self) -> u64;
}

/// The machine's clocks.
#[derive(Debug)]
pub struct SystemClock {
    started: Instant,
}

impl SystemClock {
    /// Reads the machine's clocks.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one clock that others are given"
    )]
    pub fn new() -> SystemClock {
        SystemClock {
            started: Instant::now(),
        }
    }
}

impl Default for SystemClock {
    fn default() -> SystemClock {
        SystemClock::new()
    }
}

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one clock that others are given"
    )]
    fn now(&self) -> Moment {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        // A clock set before 1970 counts as 1970.
        let ms = since.map_or(0, |since| since.as_millis());
        Moment::from_unix_ms(i64::try_from(ms).unwrap_or(i64::MAX))
    }

    fn monotonic_ns(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_nanos()).unwrap_or(u64::MAX)
    }
}

/// A clock that stands until it is set, for tests and rehearsals.
#[derive(Debug)]
pub struct ManualClock {
    time: Mutex<ManualTime>,
}

#[derive(Clone, Copy, Debug)]
struct ManualTime {
    now: Moment,
    /// How far it was set forward in all.
    monotonic_ms: i64,
}

impl ManualClock {
    /// Stands at a moment.
    pub fn at(now: Moment) -> ManualClock {
        let monotonic_ms = 0;
        ManualClock {
            time: Mutex::new(ManualTime { now, monotonic_ms }),
        }
    }

    /// Sets it, backwards too; then only the calendar's time goes back.
    pub fn set(&self, now: Moment) {
        let mut time = self.time.lock().unwrap_or_else(PoisonError::into_inner);
        let forward_ms = now.unix_ms() - time.now.unix_ms();
        time.monotonic_ms = time.monotonic_ms.saturating_add(forward_ms.max(0));
        time.now = now;
    }

    fn time(&self) -> ManualTime {
        *self.time.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Moment {
        self.time().now
    }

    fn monotonic_ns(&self) -> u64 {
        let ms = u64::try_from(self.time().monotonic_ms).unwrap_or(0);
        ms.saturating_mul(1_000_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn setting_the_calendar_back_does_not_set_the_stopwatch_back() {
        let clock = ManualClock::at(Moment::from_unix_ms(5_000));
        let mut before_ns = clock.monotonic_ns();
        for (set_ms, forward_ns) in [
            (6_000, 1_000_000_000),
            (2_000, 0),
            (2_001, 1_000_000),
            (2_001, 0),
        ] {
            clock.set(Moment::from_unix_ms(set_ms));
            assert_eq!(clock.now().unix_ms(), set_ms);
            assert_eq!(clock.monotonic_ns() - before_ns, forward_ns, "{set_ms}");
            before_ns = clock.monotonic_ns();
        }
    }
}
