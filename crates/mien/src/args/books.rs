//! What every command on the books takes: where they are, and whose part of them.

use crate::config::{Config, DATA};
use billing::{AccountId, Calendar, Day, Moment};
use clap::Args as ClapArgs;
use std::path::{Path, PathBuf};

/// Where the books are and how they are shown.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "Books")]
pub(crate) struct BooksArgs {
    /// The data folder: database, pictures and operator key [default: mien-data].
    #[arg(long, global = true, value_name = "FOLDER", env = "MIEN_DATA")]
    pub(crate) data: Option<PathBuf>,

    /// Where pictures are kept: file:///FOLDER, or s3://BUCKET/PREFIX?endpoint=URL&region=NAME with the
    /// credentials in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY [default: objects in the data folder].
    #[arg(long, global = true, value_name = "URL", env = "MIEN_STORAGE")]
    pub(crate) storage: Option<String>,

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

impl BooksArgs {
    /// The same books as a configuration names them.
    pub(crate) fn with(&self, config: &Config) -> BooksArgs {
        BooksArgs {
            data: Some(config.data.clone()),
            storage: config.storage.clone(),
            zone: config.zone.as_ref().map(|zone| zone.name().to_owned()),
            json: self.json,
            #[cfg(debug_assertions)]
            now: self.now,
        }
    }

    /// The data folder.
    pub(crate) fn data(&self) -> &Path {
        self.data.as_deref().unwrap_or(Path::new(DATA))
    }
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
