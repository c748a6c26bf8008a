//! How a server is watched.

use clap::{Args as ClapArgs, ValueEnum};
use std::net::SocketAddr;

/// What the log tells.
#[derive(Debug, ClapArgs)]
pub(crate) struct LogArgs {
    /// What to log: off, error, warn, info (one line for each request) or debug; or filters such as
    /// `mien::request=warn,info`.
    #[arg(long, value_name = "LEVEL", default_value = "info", env = "MIEN_LOG", value_parser = parse_filter)]
    pub(crate) log: String,

    /// How the lines of the log look.
    #[arg(long, value_enum, default_value_t = LogFormat::Text, env = "MIEN_LOG_FORMAT")]
    pub(crate) log_format: LogFormat,

    /// Also logs the addresses that requests come from.
    #[arg(long)]
    pub(crate) log_clients: bool,
}

/// How the lines of the log look.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum LogFormat {
    /// For people.
    Text,
    /// A JSON object in each line.
    Json,
}

/// Who else is told.
#[derive(Debug, ClapArgs)]
pub(crate) struct WatchArgs {
    /// Answers /metrics here, to whoever asks. Without it /metrics is on the main address, for callers of
    /// this machine or, with MIEN_METRICS_TOKEN, for who shows it as a bearer token.
    #[arg(long, value_name = "ADDRESS", env = "MIEN_METRICS_LISTEN")]
    pub(crate) metrics_listen: Option<SocketAddr>,

    /// Sends traces to this collector (OTLP over HTTP), such as http://127.0.0.1:4318.
    #[arg(long, value_name = "URL", env = "OTEL_EXPORTER_OTLP_ENDPOINT")]
    pub(crate) otlp: Option<String>,
}

fn parse_filter(text: &str) -> Result<String, String> {
    let filter = tracing_subscriber::EnvFilter::try_new(text);
    filter
        .map(|_| text.to_owned())
        .map_err(|error| error.to_string())
}
