//! What every command on the books takes: where they are, and whose part of them.

use billing::{AccountId, Calendar, Day, Moment};
use clap::Args as ClapArgs;
use std::path::PathBuf;

/// Where the books are and how they are shown.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "Books")]
pub(crate) struct BooksArgs {
    /// The data folder: database, pictures and operator key.
    #[arg(
        long,
        global = true,
        value_name = "FOLDER",
        env = "MIEN_DATA",
        default_value = "mien-data"
    )]
    pub(crate) data: PathBuf,

    /// The time zone by which days and months begin [default: the one the books are kept in, at first
    /// Asia/Shanghai].
    #[arg(long, global = true, value_name = "NAME", env = "MIEN_ZONE")]
    pub(crate) zone: Option<String>,

    /// Prints one JSON document instead of text.
    #[arg(long, global = true)]
    pub(crate) json: bool,

    /// Acts as if it were this time, as 2027-01-10T08:00:00+08:00. Test builds only.
    #[cfg(debug_assertions)]
    #[arg(long, global = true, value_name = "TIME", hide = true)]
    pub(crate) now: Option<Moment>,
}

/// Whose things a command is about.
#[derive(Debug, ClapArgs)]
pub(crate) struct Owner {
    /// The account, as `mien account list` shows it.
    #[arg(long, value_name = "ID", env = "MIEN_ACCOUNT")]
    pub(crate) account: AccountId,
}

/// Days to look at.
#[derive(Clone, Copy, Debug, ClapArgs)]
pub(crate) struct Days {
    /// The first day.
    #[arg(long, value_name = "DAY")]
    pub(crate) from: Option<Day>,

    /// The last day, included.
    #[arg(long, value_name = "DAY")]
    pub(crate) to: Option<Day>,
}

impl Days {
    /// From the beginning of the first day to the end of the last; without them from or to for ever.
    pub(crate) fn span(self, calendar: &Calendar) -> (Moment, Moment) {
        let from = self.from.map(|day| calendar.start_of(day));
        let to = self.to.map(|day| calendar.end_of(day));
        (
            from.unwrap_or_default(),
            to.unwrap_or(Moment::from_unix_ms(i64::MAX)),
        )
    }
}
