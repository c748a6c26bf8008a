//! Ten times the calls that the cores can do: those let in must not suffer.

use super::Line;
use super::client::{Answer, Caller, internal};
use super::times::Times;
use crate::failure::Failure;
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

/// The server needs a moment to see that it is more than a burst; that is not measured.
const SETTLING: Duration = Duration::from_secs(2);

/// How many times what can be done.
const FACTOR: f64 = 10.0;

const CALLERS: u32 = 64;

pub(super) fn measure(
    caller: &Caller<'_>,
    capacity: f64,
    runs: u32,
    time: Duration,
) -> Result<Line, Failure> {
    let request = caller.fusion();
    let mut connection = caller.connect()?;
    let mut alone = Vec::new();
    for _ in 0..runs.max(1) {
        let started = Instant::now();
        if let Answer::Refused(code) = connection.call(&request)? {
            return Err(internal(code));
        }
        alone.push(started.elapsed());
    }
    let alone = Times::new(alone).percentile_ms(99);
    let pause = Duration::from_secs_f64(f64::from(CALLERS) / (FACTOR * capacity.max(1.0)));
    let let_in = Mutex::new(Vec::new());
    let refused = Mutex::new(BTreeMap::<String, u64>::new());
    let lock = |_| internal("a caller died");
    let started = Instant::now();
    let work = |number: u32| -> Result<(), Failure> {
        let mut connection = caller.connect()?;
        let mut next = pause * number / CALLERS;
        while started.elapsed() < SETTLING + time {
            thread::sleep(next.saturating_sub(started.elapsed()));
            let began = Instant::now();
            let answer = connection.call(&request)?;
            next += pause;
            if began.saturating_duration_since(started) < SETTLING {
                continue;
            }
            match answer {
                Answer::Done => let_in.lock().map_err(lock)?.push(began.elapsed()),
                Answer::Refused(code) => {
                    let mut refused = refused.lock().map_err(|_| internal("a caller died"))?;
                    *refused.entry(code).or_default() += 1;
                }
            }
        }
        Ok(())
    };
    thread::scope(|scope| {
        let work = &work;
        let callers: Vec<_> = (0..CALLERS)
            .map(|number| scope.spawn(move || work(number)))
            .collect();
        let mut ended = callers.into_iter().map(|caller| caller.join());
        ended.try_for_each(|ended| ended.unwrap_or_else(|panic| Err(Failure::from_panic(&*panic))))
    })?;
    let elapsed = started.elapsed().saturating_sub(SETTLING).as_secs_f64();
    let times = Times::new(let_in.into_inner().unwrap_or_default());
    let refused = refused.into_inner().unwrap_or_default();
    let refused_count: u64 = refused.values().sum();
    let all = times.count() as u64 + refused_count;
    let share = refused_count as f64 / (all.max(1)) as f64;
    let p99 = times.percentile_ms(99);
    Ok(Line {
        what: "ms of calls let in at 10x load, p99",
        bare: format!("{alone:.1}"),
        served: format!("{p99:.1}, {:.0} % refused", 100.0 * share),
        ratio: format!("{:.2} x", p99 / alone),
        target: "at most 2 x alone",
        json: json!({
            "alone_p99_milliseconds": alone,
            "let_in_p50_milliseconds": times.percentile_ms(50),
            "let_in_p99_milliseconds": p99,
            "ratio": p99 / alone,
            "offered_per_second": all as f64 / elapsed,
            "let_in_per_second": times.count() as f64 / elapsed,
            "refused_share": share,
            "refused_by_code": refused,
        }),
    })
}
