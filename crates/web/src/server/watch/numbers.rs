//! The numbers behind `/metrics`. No label names an account, an activity or a key, so that there are never
//! many.

use super::request::{Ended, OK};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;
use service::DeliveryRound;
use service::course::Stage;
use service::pool::{Overload, PoolState};
use std::fmt;

/// How requests ended.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct CallLabels {
    action: &'static str,
    version: &'static str,
    code: &'static str,
    charged_to: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct StageLabels {
    stage: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ReasonLabels {
    reason: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ResultLabels {
    result: &'static str,
}

#[derive(Clone, Copy, Debug)]
struct StageHistogram;

impl prometheus_client::metrics::family::MetricConstructor<Histogram> for StageHistogram {
    /// From a tenth of a millisecond to 13 seconds.
    fn new_metric(&self) -> Histogram {
        Histogram::new(exponential_buckets(0.000_1, 2.0, 18))
    }
}

/// What is counted.
pub(in crate::server) struct Numbers {
    registry: Registry,
    calls: Family<CallLabels, Counter>,
    /// One for each of [`Stage::ALL`].
    stages: Vec<Histogram>,
    limited: Counter,
    queue_refusals: Family<ReasonLabels, Counter>,
    queue_waiting: Gauge,
    queue_working: Gauge,
    charges: Counter,
    charge_batches: Gauge,
    connections: Gauge,
    upload_bytes: Gauge,
    uploads_refused: Counter,
    results_kept: Counter,
    results_swept: Counter,
    notices: Family<ResultLabels, Counter>,
}

impl fmt::Debug for Numbers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Numbers")
    }
}

/// An open connection.
#[derive(Debug)]
pub(in crate::server) struct OpenConnection(Gauge);

impl Drop for OpenConnection {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// What is known elsewhere and only read when somebody asks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Snapshot {
    pub(super) pool: PoolState,
    pub(super) upload_bytes: usize,
    pub(super) charge_batches: u64,
}

impl Numbers {
    pub(super) fn new() -> Numbers {
        let stages =
            Family::<StageLabels, Histogram, StageHistogram>::new_with_constructor(StageHistogram);
        let of_stage = |stage: Stage| {
            let stage = stage.name();
            stages.get_or_create_owned(&StageLabels { stage })
        };
        let mut numbers = Numbers {
            registry: Registry::with_prefix("mien"),
            calls: Family::default(),
            stages: Stage::ALL.map(of_stage).to_vec(),
            limited: Counter::default(),
            queue_refusals: Family::default(),
            queue_waiting: Gauge::default(),
            queue_working: Gauge::default(),
            charges: Counter::default(),
            charge_batches: Gauge::default(),
            connections: Gauge::default(),
            upload_bytes: Gauge::default(),
            uploads_refused: Counter::default(),
            results_kept: Counter::default(),
            results_swept: Counter::default(),
            notices: Family::default(),
        };
        numbers.register();
        let help = "How long requests were in each stage";
        let registry = &mut numbers.registry;
        registry.register("stage_seconds", help, stages);
        let version = env!("CARGO_PKG_VERSION");
        let info = Info::new([("version", version)]);
        registry.register("build", "What is running", info);
        numbers
    }

    fn register(&mut self) {
        let registry = &mut self.registry;
        registry.register(
            "calls",
            "Requests to the API by action, version, how they ended and what paid",
            self.calls.clone(),
        );
        registry.register(
            "queue_refusals",
            "Calls that the queue before the cores did not take, or not in time",
            self.queue_refusals.clone(),
        );
        registry.register(
            "notices",
            "Notices sent to webhooks: delivered, failed (tried again later), given_up",
            self.notices.clone(),
        );
        let counters = [
            ("limiter_refusals", "Requests over their QPS", &self.limited),
            ("charges", "Calls that were charged", &self.charges),
            (
                "uploads_refused",
                "Uploads refused because too much was being uploaded",
                &self.uploads_refused,
            ),
            (
                "results_kept",
                "Results kept to be fetched",
                &self.results_kept,
            ),
            (
                "results_swept",
                "Results deleted when they expired",
                &self.results_swept,
            ),
        ];
        for (name, help, counter) in counters {
            registry.register(name, help, counter.clone());
        }
        let gauges = [
            (
                "queue_waiting",
                "Calls that wait for a core",
                &self.queue_waiting,
            ),
            (
                "queue_working",
                "Calls that cores work on",
                &self.queue_working,
            ),
            (
                "charge_batches",
                "Transactions that charged calls since the start",
                &self.charge_batches,
            ),
            (
                "connections_open",
                "Connections of clients",
                &self.connections,
            ),
            (
                "upload_bytes_in_flight",
                "Bytes held of request bodies",
                &self.upload_bytes,
            ),
        ];
        for (name, help, gauge) in gauges {
            registry.register(name, help, gauge.clone());
        }
    }

    pub(super) fn count(&self, ended: &Ended<'_>) {
        let labels = CallLabels {
            action: ended
                .operation
                .map_or("none", |operation| operation.action()),
            version: ended.version.name(),
            code: ended.code,
            charged_to: ended.charged_to,
        };
        self.calls.get_or_create(&labels).inc();
        for (stage, histogram) in Stage::ALL.into_iter().zip(&self.stages) {
            if let Some(us) = ended.took_us(stage) {
                histogram.observe(us as f64 / 1e6);
            }
        }
        if ended.code == "RequestLimitExceeded" {
            self.limited.inc();
        }
        if ended.is_charged {
            self.charges.inc();
        }
        if ended.code == OK && ended.took_us(Stage::Keep).is_some() {
            self.results_kept.inc();
        }
    }

    pub(in crate::server) fn queue_refused(&self, overload: &Overload) {
        self.queue_missed(match overload {
            Overload::Full { .. } => "full",
            Overload::TooLate { .. } => "too_late",
            Overload::Stopping => "stopping",
        });
    }

    /// Calls that were not even read.
    pub(in crate::server) fn turned_away(&self) {
        self.queue_missed("turned_away");
    }

    /// Calls whose turn came too late.
    pub(in crate::server) fn queue_expired(&self) {
        self.queue_missed("expired");
    }

    fn queue_missed(&self, reason: &'static str) {
        let labels = ReasonLabels { reason };
        self.queue_refusals.get_or_create(&labels).inc();
    }

    pub(in crate::server) fn swept(&self, results: u64) {
        self.results_swept.inc_by(results);
    }

    pub(in crate::server) fn delivered(&self, round: DeliveryRound) {
        for (result, count) in [
            ("delivered", round.delivered),
            ("failed", round.failed),
            ("given_up", round.given_up),
        ] {
            let labels = ResultLabels { result };
            self.notices.get_or_create(&labels).inc_by(count);
        }
    }

    /// Counts a connection until what it gives is dropped.
    pub(in crate::server) fn connected(&self) -> OpenConnection {
        self.connections.inc();
        OpenConnection(self.connections.clone())
    }

    pub(super) fn open_connections(&self) -> i64 {
        self.connections.get()
    }

    /// A body found no room beside the others.
    pub(in crate::server) fn upload_refused(&self) {
        self.uploads_refused.inc();
    }

    /// All numbers as text.
    pub(super) fn text(&self, snapshot: Snapshot) -> String {
        let gauge = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        self.queue_waiting.set(gauge(snapshot.pool.waiting));
        self.queue_working.set(gauge(snapshot.pool.working));
        self.upload_bytes.set(gauge(snapshot.upload_bytes));
        let batches = i64::try_from(snapshot.charge_batches).unwrap_or(i64::MAX);
        self.charge_batches.set(batches);
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}
