//! How long the disk takes to make a write durable.

use crate::failure::Failure;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::Instant;

const FLUSHES: usize = 500;

/// Microseconds, ascending.
pub(super) struct Microseconds(Vec<u64>);

impl Microseconds {
    /// The least number that so many of a hundred do not exceed.
    pub(super) fn percentile(&self, percent: usize) -> u64 {
        let last = self.0.len().saturating_sub(1);
        self.0.get(last * percent / 100).copied().unwrap_or(0)
    }
}

impl From<Vec<u64>> for Microseconds {
    fn from(mut times: Vec<u64>) -> Microseconds {
        times.sort_unstable();
        Microseconds(times)
    }
}

/// Appends 4 KiB and flushes, again and again.
pub(super) fn flush(folder: &Path) -> Result<Microseconds, Failure> {
    let path = folder.join("flush");
    let error = |error| Failure::write(&path, error);
    let mut file = File::create(&path).map_err(error)?;
    let mut times = Vec::with_capacity(FLUSHES);
    for _ in 0..FLUSHES {
        file.write_all(&[7; 4096]).map_err(error)?;
        let started = Instant::now();
        file.sync_data().map_err(error)?;
        times.push(started.elapsed().as_micros() as u64);
    }
    Ok(times.into())
}
