//! Threads that wait for disks and networks in place of the cores.
//!
//! Once a picture is made, what is left of its call (to keep it, to charge the call, to answer) is an errand
//! that mostly waits. A worker of the [pool](crate::pool) hands it over and goes on with the next picture.
//! Where all couriers are on their way and as many errands wait as may, the worker waits, too: a slow disk slows
//! what is taken and does not fill the memory.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SendError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

/// What is left to be done.
type Errand = Box<dyn FnOnce() + Send>;

/// The threads, and the errands that wait for one.
pub struct Couriers {
    errands: Mutex<Option<SyncSender<Errand>>>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

impl fmt::Debug for Couriers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Couriers")
    }
}

impl Couriers {
    /// Starts so many threads, at least one; as many errands may wait for them.
    pub fn start(threads: usize) -> std::io::Result<Couriers> {
        let threads = threads.max(1);
        let (send, receive) = sync_channel::<Errand>(threads);
        let receive = Arc::new(Mutex::new(receive));
        let threads = (0..threads).map(|number| {
            let receive = Arc::clone(&receive);
            std::thread::Builder::new()
                .name(format!("courier-{number}"))
                .spawn(move || run(&receive))
        });
        Ok(Couriers {
            threads: Mutex::new(threads.collect::<Result<_, _>>()?),
            errands: Mutex::new(Some(send)),
        })
    }

    /// Has an errand run; waits while no more may wait. One that comes after the end is run at once, by
    /// whoever brings it.
    pub fn send(&self, errand: impl FnOnce() + Send + 'static) {
        let errand: Errand = Box::new(errand);
        let errands = self.errands.lock();
        let errands = errands.unwrap_or_else(PoisonError::into_inner).clone();
        let left = match errands {
            Some(errands) => errands.send(errand).map_err(|SendError(left)| left),
            None => Err(errand),
        };
        if let Err(errand) = left {
            run_one(errand);
        }
    }

    /// Finishes the errands that wait, and ends the threads.
    pub fn stop(&self) {
        let errands = self.errands.lock();
        drop(errands.unwrap_or_else(PoisonError::into_inner).take());
        let threads =
            std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        // The last who holds this may be an errand.
        let own = std::thread::current().id();
        for thread in threads.into_iter().filter(|it| it.thread().id() != own) {
            // The threads outlive panics, so there is nothing to hear of.
            let _ = thread.join();
        }
    }
}

impl Drop for Couriers {
    fn drop(&mut self) {
        self.stop();
    }
}

fn run(errands: &Mutex<Receiver<Errand>>) {
    loop {
        // The lock is held while nothing comes; who has it takes the next.
        let errand = errands
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .recv();
        match errand {
            Ok(errand) => run_one(errand),
            Err(_) => return,
        }
    }
}

fn run_one(errand: Errand) {
    // Who waits for it learns of a panic from the loss of its answer.
    let _ = catch_unwind(AssertUnwindSafe(errand));
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;

    #[test]
    fn errands_run_beside_each_other_and_outlive_panics() {
        let couriers = Couriers::start(2).unwrap();
        let (first, from_second) = channel();
        let (done, told) = channel();
        couriers.send(|| panic!("an errand"));
        couriers.send(|| panic!("another"));
        // Ends only when the second runs meanwhile.
        let done_too = done.clone();
        couriers.send(move || {
            from_second.recv().unwrap();
            done_too.send(1).unwrap();
        });
        couriers.send(move || {
            first.send(()).unwrap();
            done.send(2).unwrap();
        });
        let mut all: Vec<i32> = told.iter().collect();
        all.sort_unstable();
        assert_eq!(all, [1, 2]);
    }

    #[test]
    fn stopping_finishes_what_waits_and_later_errands_run_at_once() {
        let couriers = Couriers::start(1).unwrap();
        let (release, held) = channel::<()>();
        let (done, told) = channel();
        couriers.send(move || held.recv().unwrap());
        let waiting = done.clone();
        couriers.send(move || waiting.send("waited").unwrap());
        release.send(()).unwrap();
        couriers.stop();
        assert_eq!(told.try_recv(), Ok("waited"));
        couriers.send(move || done.send("late").unwrap());
        assert_eq!(told.try_recv(), Ok("late"));
    }
}
