//! The log of a server, on standard error.

use crate::args::{LogArgs, LogFormat};
use std::io;

/// Starts it. Where one was started before, that one goes on.
pub(super) fn start(args: &LogArgs) {
    let lines = tracing_subscriber::fmt()
        .with_env_filter(args.log.clone())
        .with_writer(io::stderr);
    let _ = match args.log_format {
        LogFormat::Text => lines.try_init(),
        LogFormat::Json => lines.json().flatten_event(true).try_init(),
    };
}
