//! `mien config`.

use super::BooksArgs;
use clap::{Args as ClapArgs, Subcommand};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  mien config show > mien.toml
  mien config check mien.toml
  mien serve --config mien.toml

A flag wins over a variable of the environment, and that over the file. Secrets (MIEN_OPERATOR_KEY,
AWS_SECRET_ACCESS_KEY) stand in the environment only and are not shown.";

/// The server's configuration: check a file, or show what is in force.
#[derive(Debug, ClapArgs)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ConfigArgs {
    #[command(subcommand)]
    pub(crate) action: ConfigAction,

    #[command(flatten)]
    pub(crate) books: BooksArgs,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ConfigAction {
    /// Look at a file for every fault.
    Check {
        /// The file (TOML).
        file: PathBuf,
    },
    /// Show every setting in force, as a file that says the same.
    Show {
        /// The file (TOML).
        #[arg(long, value_name = "FILE", env = "MIEN_CONFIG")]
        config: Option<PathBuf>,
    },
}
