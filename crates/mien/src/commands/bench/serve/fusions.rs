//! Fusions through HTTP beside those of the bare engine.

use super::Line;
use super::client::{Answer, Caller, internal};
use super::times::Times;
use crate::commands::bench::{SELFIE, TEMPLATE, call, cores, measure, photo, prepare};
use crate::failure::Failure;
use engine::{Engine, PreparedTemplate};
use fusion::Recipe;
use serde_json::json;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Rounds in which engine and server take turns, so that what else the machine does hits both.
const ROUNDS: u32 = 3;

/// Callers for each core: enough that one is always there when a core is free.
const CALLERS_PER_CORE: usize = 2;

/// The code of a call that finds no place before the cores.
const BUSY: &str = "ResourceInsufficient";

/// The engine with the template of the demo.
pub(super) struct Bare {
    engine: Engine,
    template: PreparedTemplate,
}

impl Bare {
    pub(super) fn new() -> Result<Bare, Failure> {
        let engine = Engine::new()?;
        let template = prepare(&engine, TEMPLATE, &mut engine.workspace())?;
        Ok(Bare { engine, template })
    }

    fn per_second(&self, time: Duration) -> Result<f64, Failure> {
        let photos = [photo(SELFIE, Recipe::default())];
        measure::throughput(&self.engine, &call(&self.template, &photos), time)
    }
}

/// Fusions a second of all cores.
pub(super) fn throughput(
    bare: &Bare,
    caller: &Caller<'_>,
    time: Duration,
) -> Result<Line, Failure> {
    per_second(caller, Duration::ZERO)?;
    let (mut engine, mut served) = (0.0, 0.0);
    for _ in 0..ROUNDS {
        engine += bare.per_second(time)? / f64::from(ROUNDS);
        served += per_second(caller, time)? / f64::from(ROUNDS);
    }
    Ok(Line {
        what: "fusions/s: signed, metered, kept",
        bare: format!("{engine:.1}"),
        served: format!("{served:.1}"),
        ratio: format!("{:.0} %", 100.0 * served / engine),
        target: "at least 90 % of the engine",
        json: json!({
            "engine_per_second": engine,
            "served_per_second": served,
            "ratio": served / engine,
        }),
    })
}

fn per_second(caller: &Caller<'_>, time: Duration) -> Result<f64, Failure> {
    let request = caller.fusion();
    let done = AtomicU64::new(0);
    let started = Instant::now();
    // On a machine that is busy otherwise some may be told to try again; they do.
    let work = || -> Result<(), Failure> {
        let mut connection = caller.connect()?;
        loop {
            match connection.call(&request)? {
                Answer::Done => {
                    done.fetch_add(1, Ordering::Relaxed);
                }
                Answer::Refused(code) if code == BUSY => {}
                Answer::Refused(code) => return Err(internal(code)),
            }
            if started.elapsed() >= time {
                return Ok(());
            }
        }
    };
    thread::scope(|scope| {
        let callers = cores() * CALLERS_PER_CORE;
        let callers: Vec<_> = (0..callers).map(|_| scope.spawn(work)).collect();
        let mut ended = callers.into_iter().map(|caller| caller.join());
        ended.try_for_each(|ended| ended.unwrap_or_else(|panic| Err(Failure::from_panic(&*panic))))
    })?;
    Ok(done.into_inner() as f64 / started.elapsed().as_secs_f64())
}

/// What signing, HTTP, meter and result storage add to a call of one caller.
pub(super) fn overhead(bare: &Bare, caller: &Caller<'_>, runs: u32) -> Result<Line, Failure> {
    let photos = [photo(SELFIE, Recipe::default())];
    let fusion = call(&bare.template, &photos);
    let (mut workspace, mut encoded) = (bare.engine.workspace(), Vec::new());
    let (mut engine, mut served) = (Vec::new(), Vec::new());
    let request = caller.fusion();
    let mut connection = caller.connect()?;
    for run in 0..=runs {
        let started = Instant::now();
        bare.engine.call(&fusion, &mut workspace, &mut encoded)?;
        let fused = Instant::now();
        if let Answer::Refused(code) = connection.call(&request)? {
            return Err(internal(code));
        }
        // The first warms up.
        if run > 0 {
            engine.push(fused - started);
            served.push(fused.elapsed());
        }
    }
    let [engine, served] = [engine, served].map(|times| Times::new(times).percentile_ms(50));
    Ok(Line {
        what: "ms of one caller's call, p50",
        bare: format!("{engine:.1}"),
        served: format!("{served:.1}"),
        ratio: format!("+{:.1} ms", served - engine),
        target: "",
        json: json!({
            "engine_milliseconds": engine,
            "served_milliseconds": served,
            "added_milliseconds": served - engine,
        }),
    })
}
