//! Callers that charge one call after another, each waiting until its charge is durable.

use super::super::probe::Microseconds;
use super::books::{Books, client_token, material};
use crate::failure::Failure;
use billing::{CallId, Outcome};
use service::Ended;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// How many callers, for how long.
#[derive(Clone, Copy)]
pub(super) struct Load {
    pub(super) callers: usize,
    /// Whether each call carries a client token.
    pub(super) tokens: bool,
    pub(super) time: Duration,
}

/// What a load brought.
pub(super) struct Measured {
    charges: usize,
    elapsed: Duration,
    latencies: Microseconds,
    /// Transactions, by the moments at which they were made.
    transactions: u64,
}

impl Measured {
    pub(super) fn per_second(&self) -> f64 {
        self.charges as f64 / self.elapsed.as_secs_f64()
    }

    /// Microseconds that the meter adds to a call.
    pub(super) fn percentile(&self, percent: usize) -> u64 {
        self.latencies.percentile(percent)
    }

    /// Charges that shared a transaction, on average.
    pub(super) fn together(&self) -> f64 {
        self.charges as f64 / self.transactions.max(1) as f64
    }
}

impl Load {
    /// Through the meter: admission, then the shared transaction.
    pub(super) fn metered(&self, books: &Books) -> Result<Measured, Failure> {
        let meter = books.service.meter();
        let before = meter.transactions();
        let mut measured = self.run(|number| {
            let activity = books.activities[number as usize % books.activities.len()];
            let token = self.tokens.then(|| client_token(number));
            let admission = meter
                .admit(books.account, activity, token)
                .map_err(|error| Failure::Internal(error.to_string()))?;
            let ended = Ended {
                id: CallId(client_token(number).token),
                material: Some(material(activity)),
                outcome: Outcome::Fused,
            };
            let charged = meter.charge(admission, ended);
            charged.map_err(|error| Failure::Internal(error.to_string()))?;
            Ok(())
        })?;
        measured.transactions = meter.transactions() - before;
        Ok(measured)
    }

    /// The naive way: each call in a transaction of its own, through the same code.
    pub(super) fn naive(&self, books: &Books) -> Result<Measured, Failure> {
        let mut measured = self.run(|number| {
            let charge = [books.charge(number, self.tokens)];
            let now = books.clock.now();
            let charged = books
                .store
                .write(|records| records.charge(&charge, &books.calendar, now));
            charged.map_err(|error| Failure::Internal(error.to_string()))?;
            Ok(())
        })?;
        measured.transactions = measured.charges as u64;
        Ok(measured)
    }

    fn run(&self, call: impl Fn(u64) -> Result<(), Failure> + Sync) -> Result<Measured, Failure> {
        let next = AtomicU64::new(0);
        let started = Instant::now();
        let caller = || {
            let mut latencies = Vec::new();
            while started.elapsed() < self.time {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let began = Instant::now();
                call(number)?;
                latencies.push(began.elapsed().as_micros() as u64);
            }
            Ok::<_, Failure>(latencies)
        };
        let all = thread::scope(|scope| {
            let callers: Vec<_> = (0..self.callers).map(|_| scope.spawn(caller)).collect();
            let mut all = Vec::new();
            for caller in callers {
                let died = |_| Failure::Internal("a caller of the benchmark died".to_owned());
                all.extend(caller.join().map_err(died)??);
            }
            Ok::<_, Failure>(all)
        })?;
        Ok(Measured {
            charges: all.len(),
            elapsed: started.elapsed(),
            latencies: all.into(),
            transactions: 0,
        })
    }
}
