//! How many requests a core can refuse.

use super::client::{Answer, Caller, internal};
use super::{Line, cores};
use crate::failure::Failure;
use serde_json::json;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

const THREADS: usize = 2;

/// Connections of each thread, which sends on all of them before it reads.
const CONNECTIONS: usize = 16;

pub(super) fn bad_signatures(caller: &Caller<'_>, time: Duration) -> Result<Line, Failure> {
    // The first good request has the server open the key.
    caller.connect()?.call(&caller.small())?;
    measure(
        caller,
        &caller.forged(),
        "AuthFailure.SignatureFailure",
        "refusals/s on one core: signature",
        time,
    )
}

pub(super) fn over_qps(caller: &Caller<'_>, time: Duration) -> Result<Line, Failure> {
    measure(
        caller,
        &caller.small(),
        "RequestLimitExceeded",
        "refusals/s on one core: over QPS",
        time,
    )
}

fn measure(
    caller: &Caller<'_>,
    request: &[u8],
    expected: &str,
    what: &'static str,
    time: Duration,
) -> Result<Line, Failure> {
    let (refused, other) = (AtomicU64::new(0), AtomicU64::new(0));
    let started = Instant::now();
    let work = || -> Result<(), Failure> {
        let connections = (0..CONNECTIONS).map(|_| caller.connect());
        let mut connections = connections.collect::<Result<Vec<_>, _>>()?;
        while started.elapsed() < time {
            for connection in &mut connections {
                connection.send(request)?;
            }
            for connection in &mut connections {
                match connection.receive()? {
                    Answer::Refused(code) if code == expected => &refused,
                    _ => &other,
                }
                .fetch_add(1, Ordering::Relaxed);
            }
        }
        Ok(())
    };
    let core = cores::first();
    thread::scope(|scope| {
        let bound = || cores::away_from(core, work);
        let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(bound)).collect();
        let mut ended = threads.into_iter().map(|thread| thread.join());
        ended.try_for_each(|ended| ended.unwrap_or_else(|panic| Err(Failure::from_panic(&*panic))))
    })?;
    let per_second = refused.into_inner() as f64 / started.elapsed().as_secs_f64();
    let other = other.into_inner();
    if per_second == 0.0 {
        return Err(internal(format!("no request was refused with {expected}")));
    }
    Ok(Line {
        what,
        bare: String::new(),
        served: format!("{per_second:.0}"),
        ratio: String::new(),
        target: "at least 20,000",
        json: json!({ "refused_per_second": per_second, "answered_otherwise": other }),
    })
}
