//! `mien catalogue`.

use super::BooksArgs;
use clap::{Args as ClapArgs, Subcommand};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  mien catalogue show
  mien catalogue show --file > next.toml
  mien catalogue check next.toml
  mien catalogue apply next.toml

A new edition is in force from the moment it is applied. Orders keep the price they were bought at; a
month is billed by the edition in force at its end.";

/// What is for sale: look at it, check and apply a new edition.
#[derive(Debug, ClapArgs)]
#[command(after_help = EXAMPLES)]
pub(crate) struct CatalogueArgs {
    #[command(subcommand)]
    pub(crate) action: CatalogueAction,

    #[command(flatten)]
    pub(crate) books: BooksArgs,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CatalogueAction {
    /// Show the edition in force.
    Show {
        /// Prints it as the file it came from, to be changed.
        #[arg(long, conflicts_with = "json")]
        file: bool,
    },
    /// Look at a file for every fault, without applying it.
    Check {
        /// The file (TOML).
        file: PathBuf,
    },
    /// Put a file into force from now on.
    Apply {
        /// The file (TOML).
        file: PathBuf,
    },
    /// Show all editions, the oldest first.
    Editions,
}
