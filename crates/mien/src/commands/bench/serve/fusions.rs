//! Fusions through HTTP beside those of the bare engine.

use super::Line;
use super::client::{Answer, Caller, internal};
use super::times::Times;
use crate::commands::bench::{SELFIE, TEMPLATE, call, cores, measure, photo, prepare, probe};
use crate::failure::Failure;
use engine::{Engine, PreparedTemplate};
use fusion::Recipe;
use serde_json::json;
use std::path::Path;
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

/// What HTTP, signature, meter and answer add to a call of one caller, then what they add where the result is kept;
/// beside a flush of the same disk, for an answer waits for one.
pub(super) fn overhead(
    bare: &Bare,
    caller: &Caller<'_>,
    runs: u32,
    folder: &Path,
) -> Result<[Line; 2], Failure> {
    let photos = [photo(SELFIE, Recipe::default())];
    let fusion = call(&bare.template, &photos);
    let (mut workspace, mut encoded) = (bare.engine.workspace(), Vec::new());
    let requests = [caller.fusion_at_once(), caller.fusion()];
    let (mut engine, mut served) = (Vec::new(), [Vec::new(), Vec::new()]);
    let mut connection = caller.connect()?;
    for run in 0..=runs {
        let started = Instant::now();
        bare.engine.call(&fusion, &mut workspace, &mut encoded)?;
        let fused = started.elapsed();
        for (request, times) in requests.iter().zip(&mut served) {
            let sent = Instant::now();
            if let Answer::Refused(code) = connection.call(request)? {
                return Err(internal(code));
            }
            times.push(sent.elapsed());
        }
        engine.push(fused);
        // The first warms up.
        if run == 0 {
            engine.clear();
            served = [Vec::new(), Vec::new()];
        }
    }
    let flush_ms = probe::flush(folder)?.percentile(50) as f64 / 1000.0;
    let engine = Times::new(engine).percentile_ms(50);
    let [at_once, kept] = served.map(|times| Times::new(times).percentile_ms(50));
    let line = |what, target, served: f64| Line {
        what,
        bare: format!("{engine:.1}, a flush {flush_ms:.1}"),
        served: format!("{served:.1}"),
        ratio: format!("+{:.1} ms", served - engine),
        target,
        json: json!({
            "engine_milliseconds": engine,
            "flush_milliseconds": flush_ms,
            "served_milliseconds": served,
            "added_milliseconds": served - engine,
        }),
    };
    Ok([
        line(
            "ms of one caller's call, p50, answered",
            "at most +1 ms and a flush",
            at_once,
        ),
        line("ms of one caller's call, p50, kept", "", kept),
    ])
}
