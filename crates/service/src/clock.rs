//! The one place where time comes from.

use billing::Moment;
use std::sync::atomic::{AtomicI64, Ordering};
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
    unix_ms: AtomicI64,
}

impl ManualClock {
    /// Stands at a moment.
    pub fn at(moment: Moment) -> ManualClock {
        ManualClock {
            unix_ms: AtomicI64::new(moment.unix_ms()),
        }
    }

    /// Sets it, backwards too.
    pub fn set(&self, moment: Moment) {
        self.unix_ms.store(moment.unix_ms(), Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Moment {
        Moment::from_unix_ms(self.unix_ms.load(Ordering::SeqCst))
    }

    fn monotonic_ns(&self) -> u64 {
        let ms = self.unix_ms.load(Ordering::SeqCst);
        u64::try_from(ms).unwrap_or(0).saturating_mul(1_000_000)
    }
}
