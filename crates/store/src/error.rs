use std::path::PathBuf;

/// Why the books cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another process has the data folder open for writing.
    #[error(
        "{}: in use by another mien ({holder}); stop it, or ask it instead of this command",
        .path.display()
    )]
    InUse {
        /// The lock file.
        path: PathBuf,
        /// What the other process said of itself.
        holder: String,
    },
    /// No room on the disk.
    #[error("the disk is full: {0}; free some space and try again, nothing was changed")]
    Full(String),
    /// The disk or the file does not allow writing.
    #[error(
        "the database cannot be written: {0}; check the disk and the file's permissions, nothing was changed"
    )]
    ReadOnly(String),
    /// The operating system failed to read or write.
    #[error("the database's file cannot be read or written: {0}; check the disk")]
    Io(String),
    /// Another program holds the database for longer than is waited for.
    #[error("another program holds the database: {0}; end it or wait for it, nothing was changed")]
    Busy(String),
    /// The file is no database of mien's, or was damaged.
    #[error(
        "the file is no database of mien's, or is damaged: {0}; name another data folder, or restore it from a backup"
    )]
    Corrupt(String),
    /// The database was written by a newer mien.
    #[error("the database has format {found}, this mien knows {known}; use a newer mien")]
    Newer {
        /// The file's.
        found: i64,
        /// The newest that is known.
        known: i64,
    },
    /// The database was written by an older mien, and looking does not change it.
    #[error(
        "the database has format {found}, this mien works with {known}; `mien serve`, or any command that changes the books, brings it up to date"
    )]
    Older {
        /// The file's.
        found: i64,
        /// The newest that is known.
        known: i64,
    },
    /// No database where one was expected.
    #[error("{}: there is no database; name another data folder, or create an account to begin", .0.display())]
    Missing(PathBuf),
    /// A rule that the tables themselves enforce would be broken.
    #[error("a fault of mien itself: the books refuse an entry: {0}; please report it")]
    Constraint(String),
    /// What was read is not what was written.
    #[error("a fault of mien itself, or a damaged database: {0}")]
    Unreadable(String),
    /// Anything else the database says.
    #[error("the database refused: {0}")]
    Sql(String),
}

impl StoreError {
    /// Whether it is about this process's surroundings (disk, locks), so that a later try may succeed.
    pub fn is_passing(&self) -> bool {
        matches!(
            self,
            StoreError::InUse { .. }
                | StoreError::Full(_)
                | StoreError::ReadOnly(_)
                | StoreError::Io(_)
                | StoreError::Busy(_)
        )
    }
}
