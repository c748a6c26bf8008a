//! A bounded, fair queue in front of the cores.
//!
//! Work waits in one line for each group (an activity), and the lines take turns, so that one busy group
//! delays the others by one piece of work at most. What cannot begin before its deadline is refused at
//! once instead of waiting in vain, and what nobody waits for any more is not begun.
//!
//! A burst may wait long, for it will be over. But where for `STANDING_NS` all work came to its turn late, by
//! `LATE_NS` or `LATE_TIMES` of what work takes, more comes than can be done, and waiting only makes everybody late: then only what can
//! begin about as soon as work takes is accepted, and what waited longer is told so instead of done
//! (after K. Nichols and V. Jacobson, "Controlling queue delay", 2012). A group that has nothing in line is let in
//! before one that has: who asks for little gets it while others ask for too much.

mod line;

use line::Lines;
use std::collections::HashMap;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;

/// Work that waited longer is late, where work itself is quick.
const LATE_NS: u64 = 250_000_000;

/// Where work takes long, work is late that waited for so many times as long.
const LATE_TIMES: u64 = 4;

/// For so long all work may be late before that counts as standing overload.
const STANDING_NS: u64 = 250_000_000;

/// Why work is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Overload {
    /// As much waits as may wait.
    #[error("{waiting} calls are waiting, as many as may; try again soon")]
    Full {
        /// How many wait.
        waiting: usize,
    },
    /// It would begin after its deadline.
    #[error("a call would wait about {wait_ms} ms, longer than it may take; try again soon")]
    TooLate {
        /// How long it would wait, by what work took lately.
        wait_ms: u64,
    },
    /// The pool is being stopped.
    #[error("the service is stopping; try another instance")]
    Stopping,
}

/// How a piece of work comes to its turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TurnOf {
    /// It may begin.
    Work,
    /// Its deadline is over; it must only say so.
    Expired,
}

/// A piece of work; runs on a worker's thread, which outlives a panic of it.
type Work = Box<dyn FnOnce(TurnOf) + Send>;

/// Keeps a piece of work wanted: dropped before its turn, the work is not begun.
#[derive(Debug)]
pub struct Wanted {
    abandoned: Arc<AtomicBool>,
}

impl Drop for Wanted {
    fn drop(&mut self) {
        self.abandoned.store(true, Ordering::Release);
    }
}

/// Sizes of a pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoolSize {
    /// Threads that work; as many as there are cores.
    pub workers: usize,
    /// Pieces of work that may wait.
    pub most_waiting: usize,
    /// Pieces of one group that may be under way at once.
    pub most_per_group: usize,
}

/// What a pool is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PoolState {
    /// Pieces of work that wait.
    pub waiting: usize,
    /// Pieces of work under way.
    pub working: usize,
}

/// Threads and the lines before them.
pub struct Pool {
    shared: Arc<Shared>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool")
            .field("state", &self.state())
            .finish()
    }
}

/// Nanoseconds of a clock that never goes back.
type NowNs = Arc<dyn Fn() -> u64 + Send + Sync>;

struct Shared {
    size: PoolSize,
    now_ns: NowNs,
    desk: Mutex<Desk>,
    changed: Condvar,
}

struct Desk {
    lines: Lines<Piece>,
    working: usize,
    /// How many of each group are under way.
    working_for: HashMap<u64, usize>,
    stopping: bool,
    /// What a piece of work takes, as a moving average.
    usual_ns: u64,
    /// Since when all work was late.
    late_since_ns: Option<u64>,
    /// Until when standing overload lasts, as far as is known.
    overloaded_until_ns: u64,
}

struct Piece {
    work: Work,
    came_ns: u64,
    deadline_ns: u64,
    /// How many times as long as work takes it may wait under standing overload.
    most_waits: u64,
    abandoned: Arc<AtomicBool>,
}

impl Pool {
    /// Starts the workers. `now_ns` is a monotonic clock, `usual_ns` what a piece of work takes until
    /// that is known better.
    pub fn start(size: PoolSize, now_ns: NowNs, usual_ns: u64) -> std::io::Result<Pool> {
        let shared = Arc::new(Shared {
            size,
            now_ns,
            desk: Mutex::new(Desk {
                lines: Lines::default(),
                working: 0,
                working_for: HashMap::new(),
                stopping: false,
                usual_ns,
                late_since_ns: None,
                overloaded_until_ns: 0,
            }),
            changed: Condvar::new(),
        });
        let mut threads = Vec::new();
        for number in 0..size.workers.max(1) {
            let shared = Arc::clone(&shared);
            let thread = std::thread::Builder::new()
                .name(format!("fuse-{number}"))
                .spawn(move || shared.run())?;
            threads.push(thread);
        }
        Ok(Pool {
            shared,
            threads: Mutex::new(threads),
        })
    }

    /// Puts work in its group's line, or says why it is not taken. It begins before `deadline_ns` or is
    /// told that it expired.
    pub fn submit(
        &self,
        group: u64,
        deadline_ns: u64,
        work: impl FnOnce(TurnOf) + Send + 'static,
    ) -> Result<Wanted, Overload> {
        let abandoned = Arc::new(AtomicBool::new(false));
        let now_ns = (self.shared.now_ns)();
        let mut desk = self.shared.desk();
        let piece = Piece {
            work: Box::new(work),
            came_ns: now_ns,
            deadline_ns,
            most_waits: if desk.lines.len() == 0 { 1 } else { 2 },
            abandoned: Arc::clone(&abandoned),
        };
        let waiting = desk.lines.len();
        if desk.stopping {
            return Err(Overload::Stopping);
        }
        if waiting >= self.shared.size.most_waiting {
            return Err(Overload::Full { waiting });
        }
        let wait_ns = desk.expected_wait_ns(group, self.shared.size);
        let is_crowded = desk.is_crowded_out(Some(group), self.shared.size.workers, now_ns);
        if is_crowded || now_ns.saturating_add(wait_ns) > deadline_ns {
            let wait_ms = wait_ns / 1_000_000;
            return Err(Overload::TooLate { wait_ms });
        }
        desk.lines.push(group, piece);
        drop(desk);
        self.shared.changed.notify_one();
        Ok(Wanted { abandoned })
    }

    /// Whether work of a group would be refused now because more comes than can be done, before any trouble is taken
    /// over it; `None` for a group that is not known.
    pub fn turns_away(&self, group: Option<u64>) -> bool {
        let now_ns = (self.shared.now_ns)();
        let workers = self.shared.size.workers;
        self.shared.desk().is_crowded_out(group, workers, now_ns)
    }

    /// Its sizes.
    pub fn size(&self) -> PoolSize {
        self.shared.size
    }

    /// What waits and what is under way.
    pub fn state(&self) -> PoolState {
        let desk = self.shared.desk();
        PoolState {
            waiting: desk.lines.len(),
            working: desk.working,
        }
    }

    /// Takes no more work, finishes what was taken, and ends the workers.
    pub fn stop(&self) {
        self.shared.desk().stopping = true;
        self.shared.changed.notify_all();
        let threads =
            std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        for thread in threads {
            // A worker that died has nothing more to finish.
            let _ = thread.join();
        }
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Desk {
    /// The next piece whose turn it is, which is under way from now on.
    fn begin(&mut self, most_per_group: usize) -> Option<(u64, Piece)> {
        let working_for = &self.working_for;
        let may = |group: u64| working_for.get(&group).is_none_or(|&n| n < most_per_group);
        let (group, piece) = self.lines.pop(may)?;
        self.working += 1;
        *self.working_for.entry(group).or_default() += 1;
        Some((group, piece))
    }

    /// A piece of a group is not under way any more.
    fn ended(&mut self, group: u64) {
        self.working -= 1;
        if let Some(working) = self.working_for.get_mut(&group) {
            *working -= 1;
            if *working == 0 {
                self.working_for.remove(&group);
            }
        }
    }

    /// How long a new piece of a group would wait: behind what is under way, and behind those that the
    /// taking of turns puts before it.
    fn expected_wait_ns(&self, group: u64, size: PoolSize) -> u64 {
        let before = self.lines.before(group) as u64;
        let workers = size.workers.min(size.most_per_group).max(1) as u64;
        let free = workers.saturating_sub(self.working as u64);
        let rounds = (before + 1).saturating_sub(free).div_ceil(workers);
        rounds.saturating_mul(self.usual_ns)
    }

    /// Whether more comes than can be done, and not only for a moment.
    fn is_overloaded(&self, now_ns: u64) -> bool {
        let stands = |since_ns: u64| now_ns.saturating_sub(since_ns) > STANDING_NS;
        now_ns < self.overloaded_until_ns || self.late_since_ns.is_some_and(stands)
    }

    /// Whether work of a group finds no place under standing overload, which then goes on. As much waits as keeps the
    /// workers busy; more would only wait. A group with nothing in line is let in as long as fewer groups wait
    /// than there are workers.
    fn is_crowded_out(&mut self, group: Option<u64>, workers: usize, now_ns: u64) -> bool {
        if !self.is_overloaded(now_ns) {
            return false;
        }
        let has_none = group.is_some_and(|group| !self.lines.has(group));
        let is_crowded = self.lines.len() >= (workers / 2).max(1)
            && !(has_none && self.lines.groups() < workers.max(2));
        if is_crowded {
            self.overloaded_until_ns = now_ns + STANDING_NS;
        }
        is_crowded
    }
}

impl Shared {
    fn desk(&self) -> std::sync::MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn run(&self) {
        while let Some((group, piece)) = self.next() {
            let started = (self.now_ns)();
            let expired = started > piece.deadline_ns || self.is_stale(&piece, started);
            if !piece.abandoned.load(Ordering::Acquire) {
                let turn = if expired {
                    TurnOf::Expired
                } else {
                    TurnOf::Work
                };
                // Who waits for it learns of a panic from the loss of its answer.
                let _ = catch_unwind(AssertUnwindSafe(|| (piece.work)(turn)));
            }
            let took = (self.now_ns)().saturating_sub(started);
            let mut desk = self.desk();
            desk.ended(group);
            if !expired && took > 0 {
                // An eighth of the newest: steady, yet quick to follow.
                desk.usual_ns = desk.usual_ns - desk.usual_ns / 8 + took / 8;
            }
            // What waits may be of this group, and workers sleep because it had no turn.
            if desk.lines.len() > 0 {
                self.changed.notify_one();
            } else if desk.stopping {
                self.changed.notify_all();
            }
        }
    }

    /// Whether work waited so long under standing overload that what came after it should go first.
    fn is_stale(&self, piece: &Piece, now_ns: u64) -> bool {
        let desk = self.desk();
        let most_ns = piece.most_waits * desk.usual_ns;
        desk.is_overloaded(now_ns) && now_ns.saturating_sub(piece.came_ns) > most_ns
    }

    /// The next piece of work; `None` when the pool stops and nothing is left.
    fn next(&self) -> Option<(u64, Piece)> {
        let mut desk = self.desk();
        loop {
            if let Some((group, piece)) = desk.begin(self.size.most_per_group) {
                let now_ns = (self.now_ns)();
                let late_ns = LATE_NS.max(LATE_TIMES * desk.usual_ns);
                if now_ns.saturating_sub(piece.came_ns) > late_ns {
                    desk.late_since_ns.get_or_insert(now_ns);
                } else {
                    desk.late_since_ns = None;
                }
                return Some((group, piece));
            }
            if desk.stopping && desk.lines.len() == 0 {
                return None;
            }
            desk = self
                .changed
                .wait(desk)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
}

#[cfg(test)]
mod tests;
