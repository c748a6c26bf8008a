//! Group commit: one thread charges whatever waits, in one transaction, again and again.

use super::admission::Admission;
use crate::clock::Clock;
use billing::{Calendar, CallId, GrantKind, MaterialId, Outcome, Refusal};
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use store::{Charge, Charged, Store, StoreError};

/// Calls that share one transaction at most, so that none waits for a long one.
const MOST_TOGETHER: usize = 1024;

/// How a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended {
    /// The call.
    pub id: CallId,
    /// Into which material, if into one.
    pub material: Option<MaterialId>,
    /// How.
    pub outcome: Outcome,
}

/// Why a call was not charged; it must not be answered with its picture.
#[derive(Clone, Debug, thiserror::Error)]
pub enum ChargeError {
    /// The rules changed since it was let in: a licence ended, a token was used.
    #[error("{0}")]
    Refused(#[from] Refusal),
    /// The books cannot be written.
    #[error("the call cannot be charged now and is not: {0}")]
    Store(Arc<StoreError>),
    /// The meter broke down over this call or one beside it; nobody knows whether it is charged. A
    /// repetition with its client token tells, and is charged once.
    #[error("the meter broke down, the call has no answer; repeat it with its client token")]
    Stopped,
}

type Then = Box<dyn FnOnce(Result<Charged, ChargeError>) + Send>;

struct Waiting {
    admission: Admission,
    charge: Charge,
    then: Then,
}

#[derive(Default)]
struct Queue {
    waiting: Vec<Waiting>,
    stopping: bool,
}

struct Shared {
    store: Store,
    clock: Arc<dyn Clock>,
    calendar: Calendar,
    queue: Mutex<Queue>,
    arrived: Condvar,
    transactions: AtomicU64,
}

/// The thread and what waits for it.
pub(super) struct Batcher {
    shared: Arc<Shared>,
    started: AtomicBool,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Batcher {
    pub(super) fn new(store: Store, clock: Arc<dyn Clock>, calendar: Calendar) -> Batcher {
        Batcher {
            shared: Arc::new(Shared {
                store,
                clock,
                calendar,
                queue: Mutex::default(),
                arrived: Condvar::new(),
                transactions: AtomicU64::new(0),
            }),
            started: AtomicBool::new(false),
            thread: Mutex::new(None),
        }
    }

    /// Adds a call to those that wait to be charged. The first starts the thread.
    pub(super) fn add(&self, admission: Admission, ended: Ended, then: Then) {
        let charge = Charge {
            id: ended.id,
            account: admission.account(),
            activity: admission.activity(),
            material: ended.material,
            outcome: ended.outcome,
            token: admission.token(),
        };
        let waiting = Waiting {
            admission,
            charge,
            then,
        };
        if let Err(refused) = self.start() {
            (waiting.then)(Err(refused));
            return;
        }
        let mut queue = self
            .shared
            .queue
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        queue.waiting.push(waiting);
        drop(queue);
        self.shared.arrived.notify_one();
    }

    pub(super) fn transactions(&self) -> u64 {
        self.shared.transactions.load(Ordering::Relaxed)
    }

    fn start(&self) -> Result<(), ChargeError> {
        if self.started.load(Ordering::Acquire) {
            return Ok(());
        }
        let mut thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner);
        if thread.is_none() {
            let shared = Arc::clone(&self.shared);
            let started = std::thread::Builder::new()
                .name("meter".to_owned())
                .spawn(move || shared.run());
            *thread = Some(started.map_err(|error| {
                ChargeError::Store(Arc::new(StoreError::Io(format!("no thread: {error}"))))
            })?);
            self.started.store(true, Ordering::Release);
        }
        Ok(())
    }
}

impl Drop for Batcher {
    /// Charges what waits, then stops.
    fn drop(&mut self) {
        self.shared
            .queue
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .stopping = true;
        self.shared.arrived.notify_one();
        let thread = self
            .thread
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(thread) = thread {
            // The thread outlives panics, so there is nothing to hear of.
            let _ = thread.join();
        }
    }
}

impl Shared {
    fn run(&self) {
        loop {
            let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
            while queue.waiting.is_empty() && !queue.stopping {
                queue = self
                    .arrived
                    .wait(queue)
                    .unwrap_or_else(PoisonError::into_inner);
            }
            if queue.waiting.is_empty() {
                return;
            }
            let rest = queue.waiting.len().min(MOST_TOGETHER);
            let rest = queue.waiting.split_off(rest);
            let batch = mem::replace(&mut queue.waiting, rest);
            drop(queue);
            // A panic must not end the thread that all calls depend on. The calls of its batch are dropped,
            // which tells their callers; what the books had not committed is undone.
            let _ = catch_unwind(AssertUnwindSafe(|| self.charge(batch)));
        }
    }

    fn charge(&self, batch: Vec<Waiting>) {
        let charges: Vec<Charge> = batch.iter().map(|waiting| waiting.charge.clone()).collect();
        self.transactions.fetch_add(1, Ordering::Relaxed);
        match self.write(&charges) {
            Ok(results) => {
                for (waiting, result) in batch.into_iter().zip(results) {
                    finish(waiting, result.map_err(ChargeError::Refused));
                }
            }
            Err(error) if error.is_passing() || batch.len() == 1 => {
                let error = Arc::new(error);
                for waiting in batch {
                    finish(waiting, Err(ChargeError::Store(Arc::clone(&error))));
                }
            }
            // One call that the books refuse must not take the others with it.
            Err(_) => {
                for waiting in batch {
                    self.charge(vec![waiting]);
                }
            }
        }
    }

    fn write(&self, charges: &[Charge]) -> Result<Vec<Result<Charged, Refusal>>, StoreError> {
        self.store
            .write(|records| records.charge(charges, &self.calendar, self.clock.now()))
    }
}

/// Tells a call's end: first to admission, then to the caller.
fn finish(waiting: Waiting, result: Result<Charged, ChargeError>) {
    let free_left = match &result {
        Ok(charged) if charged.kind == Some(GrantKind::Free) => charged.left,
        // Admission hoped for a free call that is not there.
        Err(ChargeError::Refused(Refusal::NotEntitled { .. })) => Some(0),
        _ => None,
    };
    // The place among the calls on their way is given up before the caller can make the next call.
    waiting.admission.end(free_left);
    (waiting.then)(result);
}
