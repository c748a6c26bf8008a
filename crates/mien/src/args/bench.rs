//! `mien bench`.

use super::AlgorithmName;
use clap::{Args as ClapArgs, Subcommand};
use std::path::PathBuf;

/// Measure this machine: milliseconds per stage, fusions per second, peak memory.
///
/// Fuses rendered portraits that are built in: a template of 1080×1080 with a selfie of 1080×1440
/// and with one of 12 megapixels. The template is prepared beforehand. Runs for some ten seconds.
#[derive(Debug, ClapArgs)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct BenchArgs {
    #[command(subcommand)]
    pub(crate) part: Option<BenchPart>,

    /// Single fusions timed for each case; the table shows their median.
    #[arg(long, value_name = "N", default_value_t = 25, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub(crate) runs: u32,

    /// Seconds for which all cores fuse in each case.
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u64).range(..=3600))]
    pub(crate) seconds: u64,

    /// How the face is brought into the template.
    #[arg(long, value_enum, default_value_t = AlgorithmName::Natural)]
    pub(crate) algorithm: AlgorithmName,

    /// Prints one JSON document instead of text.
    #[arg(long)]
    pub(crate) json: bool,

    /// Fuses the photo on standard input once and prints the process's peak memory in bytes.
    #[arg(long, hide = true)]
    pub(crate) peak_of_stdin: bool,
}

/// What else can be measured.
#[derive(Debug, Subcommand)]
pub(crate) enum BenchPart {
    Meter(MeterArgs),
    Serve(ServeBenchArgs),
}

/// Measure the meter on this disk: charges per second, time it adds, bytes per call, recovery.
///
/// Each charge is durable before its caller goes on. The reference in the same run is a transaction
/// for each call. Runs for about a minute with the default numbers.
#[derive(Debug, ClapArgs)]
pub(crate) struct MeterArgs {
    /// Seconds for each number of callers, with the meter and the naive way.
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u64).range(1..=600))]
    pub(crate) seconds: u64,

    /// Calls in the log of the process that is killed to measure recovery.
    #[arg(long, value_name = "N", default_value_t = 500_000, value_parser = clap::value_parser!(u64).range(1..=100_000_000))]
    pub(crate) log_calls: u64,

    /// Calls after which the bytes on the disk are counted.
    #[arg(long, value_name = "N", default_value_t = 200_000, value_parser = clap::value_parser!(u64).range(1000..=100_000_000))]
    pub(crate) disk_calls: u64,

    /// The disk to measure: a folder on it [default: the system's for temporary files].
    #[arg(long, value_name = "FOLDER")]
    pub(crate) folder: Option<PathBuf>,

    /// Prints one JSON document instead of text.
    #[arg(long)]
    pub(crate) json: bool,

    /// Fills a log in this folder and dies without tidying up.
    #[arg(long, value_name = "FOLDER", hide = true)]
    pub(crate) fill_then_die: Option<PathBuf>,
}

/// Measure a server on this machine: what it does over HTTP beside the bare engine, refusals, overload, memory.
///
/// Starts `mien serve` on books of its own and drives it with signed calls. Runs for about a minute with the
/// default numbers.
#[derive(Debug, ClapArgs)]
pub(crate) struct ServeBenchArgs {
    /// Seconds for each load; overload takes three times as long, throughput three rounds of two.
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u64).range(1..=600))]
    pub(crate) seconds: u64,

    /// Single calls timed for medians.
    #[arg(long, value_name = "N", default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub(crate) runs: u32,

    /// Slow uploads that are open at once.
    #[arg(long, value_name = "N", default_value_t = 1000)]
    pub(crate) uploads: usize,

    /// The disk on which results and charges are kept: a folder on it [default: the system's for temporary
    /// files].
    #[arg(long, value_name = "FOLDER")]
    pub(crate) folder: Option<PathBuf>,

    /// Prints one JSON document instead of text.
    #[arg(long)]
    pub(crate) json: bool,
}
