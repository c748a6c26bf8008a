//! The course of a request through its stages, and how long each took.
//!
//! Whoever answers a request makes a [`Course`] and [follows](Course::follow) it on each thread that works for
//! the request; the use cases [`measure`] their stages without knowing whether anybody watches.

use crate::clock::Clock;
use std::cell::RefCell;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// What a request goes through, in this order where nothing is skipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Its bytes are read from the client.
    Read,
    /// Its signature is verified.
    Verify,
    /// Its fields are read and the meter lets it in.
    Admit,
    /// It waits for a core.
    Queue,
    /// Pictures that are given by URL are fetched.
    Fetch,
    /// The template is looked up, or prepared where it was not.
    Template,
    /// Photos become pixels.
    Decode,
    /// Faces are found in them.
    Find,
    /// The picture is made and marked.
    Fuse,
    /// It becomes a file.
    Encode,
    /// The file is labelled.
    Label,
    /// The labelled file is signed for the operator.
    Sign,
    /// The file is kept where it can be fetched.
    Keep,
    /// The call is charged durably.
    Charge,
    /// All of it, from the first byte read to the answer.
    Total,
}

impl Stage {
    /// All of them, in their order.
    pub const ALL: [Stage; 15] = [
        Stage::Read,
        Stage::Verify,
        Stage::Admit,
        Stage::Queue,
        Stage::Fetch,
        Stage::Template,
        Stage::Decode,
        Stage::Find,
        Stage::Fuse,
        Stage::Encode,
        Stage::Label,
        Stage::Sign,
        Stage::Keep,
        Stage::Charge,
        Stage::Total,
    ];

    /// Its name, for logs and metrics.
    pub const fn name(self) -> &'static str {
        match self {
            Stage::Read => "read",
            Stage::Verify => "verify",
            Stage::Admit => "admit",
            Stage::Queue => "queue",
            Stage::Fetch => "fetch",
            Stage::Template => "template",
            Stage::Decode => "decode",
            Stage::Find => "find",
            Stage::Fuse => "fuse",
            Stage::Encode => "encode",
            Stage::Label => "label",
            Stage::Sign => "sign",
            Stage::Keep => "keep",
            Stage::Charge => "charge",
            Stage::Total => "total",
        }
    }
}

/// A stage that a request went through; times are those of [`Clock::monotonic_ns`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The stage.
    pub stage: Stage,
    /// When it began.
    pub began_ns: u64,
    /// When it was over.
    pub ended_ns: u64,
}

impl Passage {
    /// How long it took.
    pub fn took_ns(&self) -> u64 {
        self.ended_ns.saturating_sub(self.began_ns)
    }
}

/// One request's stages.
pub struct Course {
    clock: Arc<dyn Clock>,
    passages: Mutex<Vec<Passage>>,
}

impl fmt::Debug for Course {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Course")
            .field("passages", &self.passages())
            .finish()
    }
}

thread_local! {
    static FOLLOWED: RefCell<Option<Arc<Course>>> = const { RefCell::new(None) };
}

impl Course {
    /// A course with no stages yet.
    pub fn new(clock: Arc<dyn Clock>) -> Arc<Course> {
        Arc::new(Course {
            clock,
            passages: Mutex::new(Vec::with_capacity(Stage::ALL.len())),
        })
    }

    /// Does work, on this thread, whose stages belong to this course.
    pub fn follow<T>(self: &Arc<Self>, work: impl FnOnce() -> T) -> T {
        /// Puts back what was followed before, also when the work breaks down.
        struct Before(Option<Arc<Course>>);
        impl Drop for Before {
            fn drop(&mut self) {
                FOLLOWED.set(self.0.take());
            }
        }
        let _before = Before(FOLLOWED.replace(Some(Arc::clone(self))));
        work()
    }

    /// Now, by the clock of its times.
    pub fn now_ns(&self) -> u64 {
        self.clock.monotonic_ns()
    }

    /// Adds a stage.
    pub fn note(&self, stage: Stage, began_ns: u64, ended_ns: u64) {
        let mut passages = self.passages.lock().unwrap_or_else(PoisonError::into_inner);
        passages.push(Passage {
            stage,
            began_ns,
            ended_ns,
        });
    }

    /// The stages so far, in the order in which they ended.
    pub fn passages(&self) -> Vec<Passage> {
        self.passages
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// Does a stage's work, and tells the course that this thread follows how long it took.
pub fn measure<T>(stage: Stage, work: impl FnOnce() -> T) -> T {
    let Some(course) = FOLLOWED.with_borrow(Clone::clone) else {
        return work();
    };
    let began_ns = course.now_ns();
    let done = work();
    course.note(stage, began_ns, course.now_ns());
    done
}

/// Tells the course that this thread follows of stages that ended just now, one after the other.
pub(crate) fn note_ended(stages: &[(Stage, Duration)]) {
    let Some(course) = FOLLOWED.with_borrow(Clone::clone) else {
        return;
    };
    let ns = |took: Duration| u64::try_from(took.as_nanos()).unwrap_or(u64::MAX);
    let sum = stages.iter().map(|&(_, took)| ns(took)).sum();
    let mut began_ns = course.now_ns().saturating_sub(sum);
    for &(stage, took) in stages {
        let ended_ns = began_ns.saturating_add(ns(took));
        course.note(stage, began_ns, ended_ns);
        began_ns = ended_ns;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::ManualClock;
    use billing::Moment;

    #[test]
    fn stages_are_told_to_the_course_that_is_followed() {
        let clock = Arc::new(ManualClock::at(Moment::from_unix_ms(0)));
        let course = Course::new(Arc::<ManualClock>::clone(&clock));
        measure(Stage::Verify, || ());
        course.follow(|| {
            measure(Stage::Charge, || clock.set(Moment::from_unix_ms(5)));
            let millisecond = Duration::from_millis(1);
            note_ended(&[(Stage::Decode, millisecond), (Stage::Find, millisecond)]);
        });
        measure(Stage::Keep, || ());
        let passages = course.passages();
        let told: Vec<_> = passages
            .iter()
            .map(|passage| (passage.stage, passage.took_ns()))
            .collect();
        assert_eq!(
            told,
            [
                (Stage::Charge, 5_000_000),
                (Stage::Decode, 1_000_000),
                (Stage::Find, 1_000_000)
            ]
        );
        assert_eq!(passages[1].ended_ns, passages[2].began_ns);
        assert_eq!(passages[2].ended_ns, course.now_ns());
    }

    #[test]
    fn a_panic_ends_the_following() {
        let clock = Arc::new(ManualClock::at(Moment::from_unix_ms(0)));
        let course = Course::new(clock);
        let broke = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            course.follow(|| panic!("of the test"));
        }));
        assert!(broke.is_err());
        measure(Stage::Fuse, || ());
        assert_eq!(course.passages(), []);
    }
}
