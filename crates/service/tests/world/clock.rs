use billing::Moment;
use service::clock::{Clock, ManualClock};
use std::sync::atomic::{AtomicU64, Ordering};

/// A calendar that is set by hand, and a stopwatch that goes on by a second at each look, so that no
/// call comes too soon; unless it is told to stand.
#[derive(Debug)]
pub(crate) struct WorldClock {
    calendar: ManualClock,
    stopwatch_ns: AtomicU64,
    step_ns: AtomicU64,
}

pub(crate) const SECOND_NS: u64 = 1_000_000_000;

impl WorldClock {
    pub(crate) fn at(moment: Moment) -> WorldClock {
        WorldClock {
            calendar: ManualClock::at(moment),
            stopwatch_ns: AtomicU64::new(0),
            step_ns: AtomicU64::new(SECOND_NS),
        }
    }

    pub(crate) fn set(&self, moment: Moment) {
        self.calendar.set(moment);
    }

    /// How far the stopwatch goes on at each look from now on.
    pub(crate) fn set_step_ns(&self, step_ns: u64) {
        self.step_ns.store(step_ns, Ordering::SeqCst);
    }
}

impl Clock for WorldClock {
    fn now(&self) -> Moment {
        self.calendar.now()
    }

    fn monotonic_ns(&self) -> u64 {
        let step_ns = self.step_ns.load(Ordering::SeqCst);
        self.stopwatch_ns.fetch_add(step_ns, Ordering::SeqCst) + step_ns
    }
}
