//! `mien webhook`.

use super::{BooksArgs, Owner};
use clap::{Args as ClapArgs, Subcommand};

const EXAMPLES: &str = "\
Examples:
  mien webhook add https://example.com/mien --account 100001
  mien webhook list --account 100001
  mien webhook deliver
  mien webhook dead --account 100001

An account's notices are posted to all of its webhooks, signed with the webhook's secret. A letter that
does not arrive is tried nine times within two days, then it is dead until it is revived.";

/// Post an account's notices to addresses of its own.
#[derive(Debug, ClapArgs)]
#[command(after_help = EXAMPLES)]
pub(crate) struct WebhookArgs {
    #[command(subcommand)]
    pub(crate) action: WebhookAction,

    #[command(flatten)]
    pub(crate) books: BooksArgs,
}

#[derive(Debug, Subcommand)]
pub(crate) enum WebhookAction {
    /// Add an address and show the secret that signs what is posted there, once.
    Add {
        /// An http or https address.
        url: String,
        #[command(flatten)]
        owner: Owner,
    },
    /// Show an account's webhooks.
    List {
        #[command(flatten)]
        owner: Owner,
    },
    /// Delete a webhook and drop what was on its way to it.
    Delete {
        /// The webhook.
        id: u64,
        #[command(flatten)]
        owner: Owner,
    },
    /// Show an account's letters that were given up.
    Dead {
        #[command(flatten)]
        owner: Owner,
    },
    /// Send a dead letter on its way again.
    Revive {
        /// The letter, as `mien webhook dead` shows it.
        id: u64,
        #[command(flatten)]
        owner: Owner,
    },
    /// Deliver what is due, one round.
    Deliver {
        /// How many letters at most.
        #[arg(long, value_name = "N", default_value_t = 100)]
        most: u64,
        /// Also delivers to addresses that are not on the public internet.
        #[arg(long)]
        allow_private: bool,
    },
}
