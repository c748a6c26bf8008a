//! Memory while many slow uploads are under way.

use super::Line;
use super::client::{Answer, Caller, internal};
use super::server::Running;
use crate::failure::Failure;
use serde_json::json;

/// What each upload announces, and how much of it comes.
const ANNOUNCED: usize = 4 << 20;
const SENT: usize = 256 << 10;

pub(super) fn measure(
    caller: &Caller<'_>,
    running: &Running,
    uploads: usize,
) -> Result<Line, Failure> {
    let before = running.peak_bytes();
    let mut connections = Vec::with_capacity(uploads);
    for _ in 0..uploads {
        let mut connection = caller.connect()?;
        connection.send(&caller.head(ANNOUNCED))?;
        connection.send(&vec![b' '; SENT])?;
        connections.push(connection);
    }
    // Others are answered meanwhile.
    if let Answer::Refused(code) = caller.connect()?.call(&caller.fusion())? {
        return Err(internal(code));
    }
    let with = running.peak_bytes();
    drop(connections);
    let mb = |bytes: Option<u64>| bytes.map(|bytes| bytes as f64 / 1e6);
    let shown = |bytes| mb(bytes).map_or_else(|| "not told".to_owned(), |mb| format!("{mb:.0}"));
    let each = match (before, with) {
        (Some(before), Some(with)) => Some((with - before) as f64 / uploads.max(1) as f64),
        _ => None,
    };
    Ok(Line {
        what: "MB at the peak, with slow uploads",
        bare: shown(before),
        served: shown(with),
        ratio: each.map_or_else(String::new, |each| format!("{:.0} KB each", each / 1e3)),
        target: "bounded: what came, 512 MB in all",
        json: json!({
            "uploads": uploads,
            "sent_bytes_each": SENT,
            "peak_bytes_before": before,
            "peak_bytes_with": with,
        }),
    })
}
