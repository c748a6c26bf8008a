//! What was paid, used and told: `mien orders`, `ledger`, `bills`, `usage`, `notices`, `month`.

use super::{BooksArgs, Days, Owner};
use clap::{Args as ClapArgs, Subcommand, ValueEnum};
use service::Period;

/// Show an account's paid orders.
#[derive(Debug, ClapArgs)]
#[command(
    after_help = "Examples:\n  mien orders --account 100001 --from 2027-01-01 --to 2027-03-31"
)]
pub(crate) struct OrdersArgs {
    #[command(flatten)]
    pub(crate) owner: Owner,

    #[command(flatten)]
    pub(crate) days: Days,

    #[command(flatten)]
    pub(crate) books: BooksArgs,
}

/// Show the movements of an account's balance.
#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:\n  mien ledger --account 100001 --from 2027-01-01")]
pub(crate) struct LedgerArgs {
    #[command(flatten)]
    pub(crate) owner: Owner,

    #[command(flatten)]
    pub(crate) days: Days,

    #[command(flatten)]
    pub(crate) books: BooksArgs,
}

/// Show an account's monthly bills for postpaid calls.
#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:\n  mien bills --account 100001\n
Bills are drawn at 00:00 on the 1st by whatever mien runs then, or by `mien month close`.")]
pub(crate) struct BillsArgs {
    #[command(flatten)]
    pub(crate) owner: Owner,

    #[command(flatten)]
    pub(crate) books: BooksArgs,
}

/// Show what an account was told, the newest first.
#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:\n  mien notices --account 100001 --most 5")]
pub(crate) struct NoticesArgs {
    #[command(flatten)]
    pub(crate) owner: Owner,

    /// How many at most.
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) most: u64,

    #[command(flatten)]
    pub(crate) books: BooksArgs,
}

const USAGE_EXAMPLES: &str = "\
Examples:
  mien usage --account 100001
  mien usage --account 100001 --by month --from 2027-01-01
  mien usage --account 100001 --by hour --csv > usage.csv
  mien usage rebuild --account 100001

Without days: today by hour, the last 30 days by day, the last 12 months by month.";

/// Show an account's calls by hour, day or month.
#[derive(Debug, ClapArgs)]
#[command(after_help = USAGE_EXAMPLES, subcommand_negates_reqs = true)]
pub(crate) struct UsageArgs {
    #[command(subcommand)]
    pub(crate) action: Option<UsageAction>,

    // Not required where the action names its own.
    #[command(flatten)]
    pub(crate) owner: Option<Owner>,

    #[command(flatten)]
    pub(crate) days: Days,

    /// The length of a row's time.
    #[arg(long, value_enum, default_value_t = PeriodName::Day)]
    pub(crate) by: PeriodName,

    /// Prints comma-separated values instead of a table.
    #[arg(long, conflicts_with = "json")]
    pub(crate) csv: bool,

    #[command(flatten)]
    pub(crate) books: BooksArgs,
}

#[derive(Debug, Subcommand)]
pub(crate) enum UsageAction {
    /// Count the calls anew from the call log.
    Rebuild {
        #[command(flatten)]
        owner: Owner,
    },
}

/// A period by the name a person types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PeriodName {
    Hour,
    Day,
    Month,
}

impl From<PeriodName> for Period {
    fn from(name: PeriodName) -> Period {
        match name {
            PeriodName::Hour => Period::Hour,
            PeriodName::Day => Period::Day,
            PeriodName::Month => Period::Month,
        }
    }
}

/// Do what the month's end asks for.
#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:\n  mien month close\n
Every command that changes the books does the same before its own work, so nothing is lost where this
never runs; it only comes later.")]
pub(crate) struct MonthArgs {
    #[command(subcommand)]
    pub(crate) action: MonthAction,

    #[command(flatten)]
    pub(crate) books: BooksArgs,
}

#[derive(Debug, Subcommand)]
pub(crate) enum MonthAction {
    /// Close the months that are over: draw their bills and settle them from the balances.
    Close,
}
