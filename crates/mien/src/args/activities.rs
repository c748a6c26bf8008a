//! `mien activity`.

use super::{AlgorithmName, BooksArgs, Owner};
use billing::ActivityId;
use clap::{Args as ClapArgs, Subcommand};

const EXAMPLES: &str = "\
Examples:
  mien activity create --account 100001 --name \"Spring party\" --quota 30
  mien activity list --account 100001
  mien activity change 300100 --account 100001 --algorithm likeness
  mien activity delete 300100 --account 100001 --yes

The quota of materials decides which licence fits; `mien catalogue show` tells the quotas. A licensed
activity keeps its algorithm version and quota and cannot be deleted.";

/// Create activities, look at them, change and delete them.
#[derive(Debug, ClapArgs)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ActivityArgs {
    #[command(subcommand)]
    pub(crate) action: ActivityAction,

    #[command(flatten)]
    pub(crate) books: BooksArgs,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ActivityAction {
    /// Create an activity with its free calls.
    Create {
        #[command(flatten)]
        owner: Owner,
        /// Its name, at most 15 characters.
        #[arg(long, value_name = "TEXT")]
        name: String,
        /// How faces are fused.
        #[arg(long, value_enum, default_value_t = AlgorithmName::Natural)]
        algorithm: AlgorithmName,
        /// How many materials it may have [default: the smallest quota of the catalogue].
        #[arg(long, value_name = "N")]
        quota: Option<u64>,
        /// Free text, at most 500 characters.
        #[arg(
            long,
            value_name = "TEXT",
            default_value = "",
            hide_default_value = true
        )]
        details: String,
    },
    /// Show an account's activities.
    List {
        #[command(flatten)]
        owner: Owner,
    },
    /// Show one activity.
    Show {
        /// The activity.
        id: ActivityId,
        #[command(flatten)]
        owner: Owner,
    },
    /// Change an activity; what is not named stays.
    #[command(group = clap::ArgGroup::new("change").required(true).multiple(true))]
    Change {
        /// The activity.
        id: ActivityId,
        #[command(flatten)]
        owner: Owner,
        /// Another name.
        #[arg(long, value_name = "TEXT", group = "change")]
        name: Option<String>,
        /// Another algorithm version; not while licensed.
        #[arg(long, value_enum, group = "change")]
        algorithm: Option<AlgorithmName>,
        /// Another quota of materials; not while licensed.
        #[arg(long, value_name = "N", group = "change")]
        quota: Option<u64>,
        /// Other free text.
        #[arg(long, value_name = "TEXT", group = "change")]
        details: Option<String>,
    },
    /// Delete an unlicensed activity with its materials, for ever.
    Delete {
        /// The activity.
        id: ActivityId,
        #[command(flatten)]
        owner: Owner,
        /// Says that you mean it.
        #[arg(long)]
        yes: bool,
    },
}
