//! `mien bench`.

use super::AlgorithmName;
use clap::Args as ClapArgs;

/// Measure this machine: milliseconds per stage, fusions per second, peak memory.
///
/// Fuses rendered portraits that are built in: a template of 1080×1080 with a selfie of 1080×1440
/// and with one of 12 megapixels. The template is prepared beforehand. Runs for some ten seconds.
#[derive(Debug, ClapArgs)]
pub(crate) struct BenchArgs {
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
