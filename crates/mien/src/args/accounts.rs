//! `mien account`, `mien key`, `mien top-up`.

use super::{BooksArgs, Owner};
use billing::{AccountId, Day, Money};
use clap::{Args as ClapArgs, Subcommand};

const ACCOUNT_EXAMPLES: &str = "\
Examples:
  mien account create \"Harbour Travel\"
  mien account list
  mien account show 100001
  mien account suspend 100001
  mien account exempt 100001 --reason \"agreement 12\" --until 2027-12-31

The first account makes the data folder, readable for you alone. Its operator.key opens all secrets in
it: keep a copy in another place.";

/// Create accounts, look at them, stop and limit them.
#[derive(Debug, ClapArgs)]
#[command(after_help = ACCOUNT_EXAMPLES)]
pub(crate) struct AccountArgs {
    #[command(subcommand)]
    pub(crate) action: AccountAction,

    #[command(flatten)]
    pub(crate) books: BooksArgs,
}

#[derive(Debug, Subcommand)]
pub(crate) enum AccountAction {
    /// Create an account.
    Create {
        /// Its name, at most 40 characters.
        name: String,
    },
    /// Show all accounts with what they hold and owe.
    List,
    /// Show one account with its calls.
    Show {
        /// The account.
        id: AccountId,
    },
    /// Refuse the account's calls from now on.
    Suspend {
        /// The account.
        id: AccountId,
    },
    /// Let the calls of a suspended account in again.
    Resume {
        /// The account.
        id: AccountId,
    },
    /// Set how many activities the account may create; each brings free calls.
    Limit {
        /// The account.
        id: AccountId,
        /// How many; without it the usual number.
        activities: Option<u32>,
    },
    /// Free the account's pictures from the visible mark, or show that they are.
    Exempt {
        /// The account.
        id: AccountId,
        /// Why, such as the agreement it rests on; without it the exemption is shown.
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
        /// The last day of it [default: for ever].
        #[arg(long, value_name = "DAY", requires = "reason")]
        until: Option<Day>,
        /// Takes the exemption back.
        #[arg(long, conflicts_with = "reason")]
        end: bool,
    },
}

const KEY_EXAMPLES: &str = "\
Examples:
  mien key create --account 100001 --label \"campaign page\"
  mien key list --account 100001
  mien key disable AKID... --account 100001

The secret half is shown once, when the key is created. A deleted key does not come back.";

/// Create API keys and take them out of use.
#[derive(Debug, ClapArgs)]
#[command(after_help = KEY_EXAMPLES)]
pub(crate) struct KeyArgs {
    #[command(subcommand)]
    pub(crate) action: KeyAction,

    #[command(flatten)]
    pub(crate) books: BooksArgs,
}

#[derive(Debug, Subcommand)]
pub(crate) enum KeyAction {
    /// Create a key and show its secret, once.
    Create {
        #[command(flatten)]
        owner: Owner,
        /// What it is for, at most 40 characters.
        #[arg(
            long,
            value_name = "TEXT",
            default_value = "",
            hide_default_value = true
        )]
        label: String,
    },
    /// Show an account's keys, without their secrets.
    List {
        #[command(flatten)]
        owner: Owner,
    },
    /// Refuse what is signed with a key.
    Disable {
        /// The key's public half.
        id: String,
        #[command(flatten)]
        owner: Owner,
    },
    /// Let a disabled key be used again.
    Enable {
        /// The key's public half.
        id: String,
        #[command(flatten)]
        owner: Owner,
    },
    /// Delete a key, for ever.
    Delete {
        /// The key's public half.
        id: String,
        #[command(flatten)]
        owner: Owner,
    },
}

const TOP_UP_EXAMPLES: &str = "\
Examples:
  mien top-up --account 100001 --amount 20000
  mien top-up --account 100001 --amount 0.01 --key transfer-4711 --note \"bank transfer 4711\"

Unpaid bills are paid from it at once, the oldest first. The same key credits once, however often the
command is repeated.";

/// Credit an account; pays its unpaid bills.
#[derive(Debug, ClapArgs)]
#[command(after_help = TOP_UP_EXAMPLES)]
pub(crate) struct TopUpArgs {
    #[command(flatten)]
    pub(crate) owner: Owner,

    /// How much, in yuan.
    #[arg(long, value_name = "YUAN", allow_hyphen_values = true)]
    pub(crate) amount: Money,

    /// What tells this payment from others, such as its number at the bank [default: drawn at random].
    #[arg(long, value_name = "TEXT")]
    pub(crate) key: Option<String>,

    /// A remark for the ledger.
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    pub(crate) note: String,

    #[command(flatten)]
    pub(crate) books: BooksArgs,
}
