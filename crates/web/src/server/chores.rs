//! What is due beside the requests: months to close, notices to deliver, results to sweep.

use super::Shared;
use super::watch::without_keys;
use service::{Service, ServiceError};
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// Time between two rounds.
const PAUSE: Duration = Duration::from_secs(60);

/// Letters delivered in a round.
const LETTERS: u64 = 32;

/// A thread that does them.
pub(super) struct Chores {
    /// Its loss ends the thread.
    running: Sender<()>,
    thread: JoinHandle<()>,
}

impl Chores {
    pub(super) fn start(shared: Arc<Shared>) -> io::Result<Chores> {
        let (running, ended) = mpsc::channel();
        let thread = thread::Builder::new()
            .name("chores".to_owned())
            .spawn(move || {
                loop {
                    do_all(&shared);
                    match ended.recv_timeout(PAUSE) {
                        Err(RecvTimeoutError::Timeout) => (),
                        Ok(()) | Err(RecvTimeoutError::Disconnected) => return,
                    }
                }
            })?;
        Ok(Chores { running, thread })
    }

    /// Waits for the round under way, if there is one.
    pub(super) fn stop(self) {
        drop(self.running);
        // A thread that died has nothing more to do.
        let _ = self.thread.join();
    }
}

/// A round; what fails is tried again in the next.
fn do_all(shared: &Shared) {
    let service: &Service = &shared.service;
    let numbers = shared.watch.numbers();
    let log = |what: &str, done: Result<(), ServiceError>| {
        if let Err(error) = done {
            tracing::error!("{what}: {}", without_keys(&error.to_string()));
        }
    };
    log("catching up", service.catch_up().map(drop));
    let delivered = service.deliver_due(shared.config.courier.as_ref(), LETTERS);
    log(
        "delivering notices",
        delivered.map(|round| numbers.delivered(round)),
    );
    log(
        "sweeping results",
        service.sweep_results().map(|count| numbers.swept(count)),
    );
}
