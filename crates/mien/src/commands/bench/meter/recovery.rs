//! How soon the meter is back after its process was killed.

use super::books::{Books, open};
use crate::failure::Failure;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, process};

/// From a killed process's books to the first call charged.
pub(super) fn measure(folder: &Path, log_calls: u64) -> Result<Duration, Failure> {
    let internal = |error: std::io::Error| Failure::Internal(format!("filling a log: {error}"));
    let folder = folder.join("recovery");
    let mut child = Command::new(env::current_exe().map_err(internal)?);
    child
        .args(["bench", "meter", "--log-calls", &log_calls.to_string()])
        .arg("--fill-then-die")
        .arg(&folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null());
    child.status().map_err(internal)?;
    let started = Instant::now();
    let (store, service, clock) = open(&folder)?;
    let account = service
        .accounts()
        .ok()
        .and_then(|accounts| accounts.first().map(|a| a.id));
    let account = account.ok_or_else(|| Failure::Internal("the filled log is empty".to_owned()))?;
    let end = store.read(|records| records.call_log_end(account));
    let end = end.map_err(|error| Failure::Internal(error.to_string()))?;
    if end.0 != log_calls {
        let found = end.0;
        return Err(Failure::Internal(format!(
            "{found} of {log_calls} calls survived: the process died before its work was done"
        )));
    }
    let books = Books::reopened(&folder, store, service, clock, account)?;
    books.fill(1, false)?;
    Ok(started.elapsed())
}

/// In a process of its own: fills a log, then ends without any tidying.
pub(super) fn fill_then_die(folder: &Path, log_calls: u64) -> Result<u8, Failure> {
    let books = Books::create(folder)?;
    books.fill(log_calls, false)?;
    process::abort()
}
