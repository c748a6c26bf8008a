use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, Thread};

/// A mutex whose waiters get their turn in the order in which they came, so that a thread which takes
/// it again and again starves nobody. A turn that ends wakes the next waiter and no other.
#[derive(Debug, Default)]
pub(super) struct Turns<T> {
    queue: Mutex<Queue>,
    value: Mutex<T>,
}

#[derive(Debug, Default)]
struct Queue {
    taken: bool,
    waiting: VecDeque<Arc<Waiter>>,
}

#[derive(Debug)]
struct Waiter {
    thread: Thread,
    called: AtomicBool,
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
            value: Mutex::new(value),
        }
    }

    /// Waits for its turn. A turn that ended in a panic leaves the value as it was; its owner must be
    /// able to tell (a connection undoes what was not committed).
    pub(super) fn wait(&self) -> Turn<'_, T> {
        if let Some(waiter) = self.join() {
            // A thread may be woken without being called.
            while !waiter.called.load(Ordering::Acquire) {
                thread::park();
            }
        }
        Turn {
            turns: self,
            value: Some(self.value.lock().unwrap_or_else(PoisonError::into_inner)),
        }
    }

    /// Takes the turn where it is free; else a place in the queue.
    fn join(&self) -> Option<Arc<Waiter>> {
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        if !queue.taken {
            queue.taken = true;
            return None;
        }
        let waiter = Arc::new(Waiter {
            thread: thread::current(),
            called: AtomicBool::new(false),
        });
        queue.waiting.push_back(Arc::clone(&waiter));
        Some(waiter)
    }

    /// Hands the turn to who waits longest.
    fn pass_on(&self) {
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        match queue.waiting.pop_front() {
            Some(next) => {
                next.called.store(true, Ordering::Release);
                next.thread.unpark();
            }
            None => queue.taken = false,
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
        self.turns.pass_on();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_waiter_gets_its_turn_beside_one_who_never_stops() {
        let turns = Arc::new(Turns::new(0u64));
        let stop = Arc::new(AtomicBool::new(false));
        let busy = {
            let (turns, stop) = (Arc::clone(&turns), Arc::clone(&stop));
            thread::spawn(move || {
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

    #[test]
    fn turns_are_given_in_the_order_of_coming() {
        let turns = Arc::new(Turns::new(Vec::new()));
        let first = turns.wait();
        let mut others = Vec::new();
        for number in 0..8 {
            let shared = Arc::clone(&turns);
            others.push(thread::spawn(move || {
                shared.wait().value().unwrap().push(number);
            }));
            while turns.queue.lock().unwrap().waiting.len() <= number {
                thread::yield_now();
            }
        }
        drop(first);
        for other in others {
            other.join().unwrap();
        }
        assert_eq!(*turns.wait().value().unwrap(), (0..8).collect::<Vec<_>>());
    }
}
