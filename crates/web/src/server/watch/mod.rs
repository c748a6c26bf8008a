//! What an operator can see of a running server: numbers, lines of a log, traces.
//!
//! Each request is begun when its head was read and ended when its answer is
//! written; in between the stages tell their times to its course. Nothing here names a photo, a key, a
//! signature or the address of a result.

mod latency;
mod line;
mod numbers;
mod page;
mod request;
mod summary;
mod traces;

pub(super) use line::without_keys;
pub(super) use page::{metrics, open_metrics};
pub(super) use request::{Caller, Request};
pub use summary::{OutcomeCount, StageSummary, Summary};
pub use traces::TracesError;

use numbers::Numbers;
use request::Ended;
use service::clock::{Clock, SystemClock};
use service::pool::Pool;
use std::sync::Arc;
use summary::Recent;
use traces::Traces;

/// Watches a server.
#[derive(Debug)]
pub(crate) struct Watch {
    clock: Arc<SystemClock>,
    numbers: Numbers,
    recent: Recent,
    traces: Option<Traces>,
}

impl Watch {
    /// A watch; sends traces to the collector at `otlp`, where one is named.
    pub(super) fn new(clock: Arc<SystemClock>, otlp: Option<&str>) -> Result<Watch, TracesError> {
        Ok(Watch {
            clock,
            numbers: Numbers::new(),
            recent: Recent::default(),
            traces: otlp.map(Traces::start).transpose()?,
        })
    }

    /// The numbers that are counted up where something happens.
    pub(super) fn numbers(&self) -> &Numbers {
        &self.numbers
    }

    /// What happened in the last minutes, for people.
    pub(in crate::server) fn summary(&self, pool: &Pool) -> Summary {
        let state = pool.state();
        let mut summary = self.recent.summary(self.clock.monotonic_ns());
        summary.queue_waiting = state.waiting;
        summary.queue_working = state.working;
        summary.connections = self.numbers.open_connections();
        summary
    }

    fn keep(&self, ended: &Ended<'_>) {
        self.numbers.count(ended);
        self.recent.keep(ended, self.clock.monotonic_ns());
        line::write(ended);
        if let Some(traces) = &self.traces {
            traces.send(ended, self.clock.now(), self.clock.monotonic_ns());
        }
    }

    /// Sends what waits to be sent.
    pub(super) fn stop(&self) {
        if let Some(traces) = &self.traces {
            traces.stop();
        }
    }
}
