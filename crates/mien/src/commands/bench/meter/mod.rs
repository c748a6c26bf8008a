//! `mien bench meter`: how many calls a second are charged durably, how long that takes, how much disk
//! a call needs, and how soon the meter is back after a crash. The reference, in the same run, is one
//! transaction for each call.

mod books;
mod load;
mod recovery;

use super::probe;
use crate::args::MeterArgs;
use crate::failure::Failure;
use crate::report::Report;
use books::Books;
use load::{Load, Measured};
use serde_json::json;
use std::path::Path;
use std::time::Duration;

/// Callers that wait for their charge before they make the next call.
const CALLERS: [usize; 4] = [1, 8, 64, 256];

/// One row of the table.
struct Case {
    callers: usize,
    tokens: bool,
    metered: Measured,
    naive: Measured,
}

pub(crate) fn run(args: &MeterArgs, report: &mut Report) -> Result<u8, Failure> {
    if let Some(folder) = &args.fill_then_die {
        return recovery::fill_then_die(folder, args.log_calls);
    }
    let parent = args.folder.clone().unwrap_or_else(std::env::temp_dir);
    let folder = tempfile::Builder::new()
        .prefix("mien-bench-")
        .tempdir_in(&parent)
        .map_err(|error| Failure::write(&parent, error))?;
    let flush = probe::flush(folder.path())?;
    let cases = cases(args, folder.path())?;
    let bytes_per_call = bytes_per_call(args.disk_calls, folder.path())?;
    let recovery = recovery::measure(folder.path(), args.log_calls)?;
    if report.is_json() {
        report.document(&json!({
            "flush_microseconds": { "p50": flush.percentile(50), "p99": flush.percentile(99) },
            "cases": cases.iter().map(Case::to_json).collect::<Vec<_>>(),
            "bytes_per_call": { "plain": bytes_per_call[0], "with_client_token": bytes_per_call[1] },
            "recovery": {
                "log_calls": args.log_calls,
                "milliseconds": recovery.as_secs_f64() * 1000.0,
            },
        }))?;
        return Ok(0);
    }
    report.line(&format!(
        "flushing 4 KiB to this disk: p50 {} µs, p99 {} µs\n",
        flush.percentile(50),
        flush.percentile(99)
    ));
    report.line(
        "every charge is on the disk before its caller goes on; naive: a transaction for each call",
    );
    report.line("callers  token  charges/s    p50 µs    p99 µs  together     naive/s   ratio");
    for case in &cases {
        report.line(&case.line());
    }
    report.line(&format!(
        "\ndisk: {:.0} bytes per call, {:.0} with a client token (until it is forgotten)",
        bytes_per_call[0], bytes_per_call[1]
    ));
    report.line(&format!(
        "recovery: {} ms from a killed process with {} calls in the log to the first charge",
        recovery.as_millis(),
        args.log_calls
    ));
    Ok(0)
}

fn cases(args: &MeterArgs, folder: &Path) -> Result<Vec<Case>, Failure> {
    let time = Duration::from_secs(args.seconds);
    let mut cases = Vec::new();
    for tokens in [false, true] {
        for callers in CALLERS {
            if tokens && callers != CALLERS[3] {
                continue;
            }
            let load = Load {
                callers,
                tokens,
                time,
            };
            let own = |name: &str| folder.join(format!("{name}-{callers}-{tokens}"));
            let metered = load.metered(&Books::create(&own("metered"))?)?;
            let naive = load.naive(&Books::create(&own("naive"))?)?;
            cases.push(Case {
                callers,
                tokens,
                metered,
                naive,
            });
        }
    }
    Ok(cases)
}

/// Bytes on the disk for each call, without and with client tokens.
fn bytes_per_call(calls: u64, folder: &Path) -> Result<[f64; 2], Failure> {
    let mut result = [0.0; 2];
    for (index, tokens) in [false, true].into_iter().enumerate() {
        let books = Books::create(&folder.join(format!("disk-{tokens}")))?;
        let before = books.size_after_checkpoint()?;
        books.fill(calls, tokens)?;
        let grown = books.size_after_checkpoint()?.saturating_sub(before);
        result[index] = grown as f64 / calls as f64;
    }
    Ok(result)
}

impl Case {
    fn ratio(&self) -> f64 {
        self.metered.per_second() / self.naive.per_second()
    }

    fn line(&self) -> String {
        format!(
            "{:>7}  {:>5}  {:>9.0}  {:>8}  {:>8}  {:>8.1}  {:>10.0}  {:>5.1}×",
            self.callers,
            if self.tokens { "yes" } else { "no" },
            self.metered.per_second(),
            self.metered.percentile(50),
            self.metered.percentile(99),
            self.metered.together(),
            self.naive.per_second(),
            self.ratio()
        )
    }

    fn to_json(&self) -> serde_json::Value {
        json!({
            "callers": self.callers,
            "client_tokens": self.tokens,
            "charges_per_second": self.metered.per_second(),
            "p50_microseconds": self.metered.percentile(50),
            "p99_microseconds": self.metered.percentile(99),
            "charges_per_transaction": self.metered.together(),
            "naive_charges_per_second": self.naive.per_second(),
            "ratio": self.ratio(),
        })
    }
}
