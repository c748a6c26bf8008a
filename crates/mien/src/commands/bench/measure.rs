//! Times of one case: each stage on one thread, and fusions per second on all cores.

use crate::args::BenchArgs;
use crate::failure::Failure;
use engine::{Call, CallTimes, Engine};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Runs whose times are thrown away: buffers grow, caches fill.
const WARM_UP: u32 = 2;

/// What was measured of one case.
pub(super) struct Measured {
    /// Size of the selfie.
    pub(super) selfie: &'static str,
    /// Median milliseconds of each of [`CallTimes::STAGES`].
    medians: [f64; 4],
    /// With a thread on each core.
    pub(super) fusions_per_second: f64,
    /// Of a process that fuses once; `None` where the system does not tell.
    pub(super) peak_bytes: Option<u64>,
}

impl Measured {
    /// Stage by stage, milliseconds.
    pub(super) fn stages(&self) -> impl Iterator<Item = (&'static str, f64)> {
        CallTimes::STAGES.into_iter().zip(self.medians)
    }

    /// All stages together, milliseconds.
    pub(super) fn total(&self) -> f64 {
        self.medians.iter().sum()
    }

    pub(super) fn to_json(&self) -> Value {
        let stages: serde_json::Map<String, Value> = self
            .stages()
            .map(|(stage, milliseconds)| (stage.to_owned(), json!(milliseconds)))
            .collect();
        json!({
            "selfie": self.selfie,
            "milliseconds": stages,
            "total_milliseconds": self.total(),
            "fusions_per_second": self.fusions_per_second,
            "peak_bytes": self.peak_bytes,
        })
    }
}

pub(super) fn measure(
    engine: &Engine,
    call: &Call<'_>,
    args: &BenchArgs,
) -> Result<Measured, Failure> {
    let mut workspace = engine.workspace();
    let mut encoded = Vec::new();
    let mut times = [const { Vec::new() }; 4];
    for run in 0..WARM_UP + args.runs {
        let stages = engine.call(call, &mut workspace, &mut encoded)?.stages();
        if run >= WARM_UP {
            for (times, stage) in times.iter_mut().zip(stages) {
                times.push(stage);
            }
        }
    }
    Ok(Measured {
        selfie: "",
        medians: times.map(median_ms),
        fusions_per_second: throughput(engine, call, Duration::from_secs(args.seconds))?,
        peak_bytes: None,
    })
}

fn median_ms(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times
        .get(times.len() / 2)
        .map_or(0.0, |time| time.as_secs_f64() * 1000.0)
}

/// Fusions per second of all cores, each `busy` for so long and at least for one fusion.
pub(super) fn throughput(engine: &Engine, call: &Call<'_>, busy: Duration) -> Result<f64, Failure> {
    let done = AtomicU64::new(0);
    let started = Instant::now();
    let outcomes: Vec<Result<(), Failure>> = thread::scope(|scope| {
        let work = || -> Result<(), Failure> {
            let (mut workspace, mut encoded) = (engine.workspace(), Vec::new());
            loop {
                engine.call(call, &mut workspace, &mut encoded)?;
                done.fetch_add(1, Ordering::Relaxed);
                if started.elapsed() >= busy {
                    return Ok(());
                }
            }
        };
        let threads: Vec<_> = (0..super::cores()).map(|_| scope.spawn(work)).collect();
        threads
            .into_iter()
            .map(|thread| {
                thread
                    .join()
                    .unwrap_or_else(|panic| Err(Failure::from_panic(&*panic)))
            })
            .collect()
    });
    outcomes.into_iter().collect::<Result<(), Failure>>()?;
    Ok(done.into_inner() as f64 / started.elapsed().as_secs_f64())
}
