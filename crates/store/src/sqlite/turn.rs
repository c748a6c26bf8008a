use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// A mutex whose waiters get their turn in the order in which they came, so that a thread which takes
/// it again and again starves nobody.
#[derive(Debug, Default)]
pub(super) struct Turns<T> {
    queue: Mutex<Queue>,
    next: Condvar,
    value: Mutex<T>,
}

#[derive(Debug, Default)]
struct Queue {
    given: u64,
    serving: u64,
}

/// The turn; ends when dropped.
pub(super) struct Turn<'a, T> {
    turns: &'a Turns<T>,
    value: Option<MutexGuard<'a, T>>,
}

impl<T> Turns<T> {
    pub(super) fn new(value: T) -> Turns<T> {
        Turns {
            queue: Mutex::default(),
            next: Condvar::new(),
            value: Mutex::new(value),
        }
    }

    /// Waits for its turn. A turn that ended in a panic leaves the value as it was; its owner must be
    /// able to tell (a connection undoes what was not committed).
    pub(super) fn wait(&self) -> Turn<'_, T> {
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        let number = queue.given;
        queue.given += 1;
        while queue.serving != number {
            queue = self
                .next
                .wait(queue)
                .unwrap_or_else(PoisonError::into_inner);
        }
        drop(queue);
        Turn {
            turns: self,
            value: Some(self.value.lock().unwrap_or_else(PoisonError::into_inner)),
        }
    }
}

impl<T> Turn<'_, T> {
    pub(super) fn value(&mut self) -> Option<&mut T> {
        self.value.as_deref_mut()
    }
}

impl<T> Drop for Turn<'_, T> {
    fn drop(&mut self) {
        self.value = None;
        let mut queue = self
            .turns
            .queue
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        queue.serving += 1;
        drop(queue);
        self.turns.next.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    #[test]
    fn a_waiter_gets_its_turn_beside_one_who_never_stops() {
        let turns = Arc::new(Turns::new(0u64));
        let stop = Arc::new(AtomicBool::new(false));
        let busy = {
            let (turns, stop) = (Arc::clone(&turns), Arc::clone(&stop));
            std::thread::spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    *turns.wait().value().unwrap() += 1;
                }
            })
        };
        for _ in 0..100 {
            *turns.wait().value().unwrap() += 1;
        }
        stop.store(true, Ordering::Relaxed);
        busy.join().unwrap();
        assert!(*turns.wait().value().unwrap() >= 100);
    }
}
