use super::connection::{finish, open_reader, open_writer, reopen_writer};
use super::fault::store_error;
use super::lock::ProcessLock;
use super::turn::Turns;
use crate::StoreError;
use crate::schema;
use crate::sql::{Dialect, Driver, Work};
use rusqlite::Connection;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

pub(super) const DIALECT: Dialect = Dialect {
    integer: "INTEGER",
    bytes: "BLOB",
    clustered: "STRICT, WITHOUT ROWID",
};

/// Tells mien's databases from those of other programs: "mien" in ASCII.
pub(super) const APPLICATION: i64 = 0x6d69_656e;

/// Reading connections kept open.
const READERS: usize = 8;

/// A database in one file.
#[derive(Debug)]
pub struct SqliteDriver {
    /// Closed before the writer: only a connection that writes folds the log into the file at the end.
    pub(super) readers: Mutex<Vec<Connection>>,
    pub(super) path: PathBuf,
    /// `None` where this process only reads.
    pub(super) writer: Option<Turns<Writer>>,
}

#[derive(Debug)]
pub(super) struct Writer {
    /// `None` after a failure that may have broken it; opened again for the next transaction.
    pub(super) connection: Option<Connection>,
    pub(super) _lock: ProcessLock,
}

impl SqliteDriver {
    /// Opens or creates a database for writing and brings its tables up to date. Fails with
    /// [`StoreError::InUse`] while another process has it open so.
    pub fn open(path: &Path) -> Result<SqliteDriver, StoreError> {
        let lock = ProcessLock::take(path)?;
        let connection = open_writer(path)?;
        migrate(&connection)?;
        let writer = Writer {
            connection: Some(connection),
            _lock: lock,
        };
        Ok(SqliteDriver {
            path: path.to_owned(),
            writer: Some(Turns::new(writer)),
            readers: Mutex::default(),
        })
    }

    /// Opens an existing database for reading, beside a process that writes.
    pub fn open_read_only(path: &Path) -> Result<SqliteDriver, StoreError> {
        if !path.exists() {
            return Err(StoreError::Missing(path.to_owned()));
        }
        let connection = open_reader(path)?;
        let format = format_of(&connection)?;
        if format == 0 {
            return Err(StoreError::Missing(path.to_owned()));
        }
        let (found, known) = (format, schema::NEWEST);
        if found > known {
            return Err(StoreError::Newer { found, known });
        }
        if found < known {
            return Err(StoreError::Older { found, known });
        }
        Ok(SqliteDriver {
            path: path.to_owned(),
            writer: None,
            readers: Mutex::new(vec![connection]),
        })
    }

    fn reader(&self) -> Result<Connection, StoreError> {
        let kept = self
            .readers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        kept.map_or_else(|| open_reader(&self.path), Ok)
    }
}

impl Driver for SqliteDriver {
    fn write(&self, work: &mut Work<'_>) -> Result<(), StoreError> {
        let read_only = || StoreError::ReadOnly("it was opened for reading".to_owned());
        let mut turn = self.writer.as_ref().ok_or_else(read_only)?.wait();
        let writer = turn.value().ok_or_else(read_only)?;
        let connection = match writer.connection.take() {
            Some(connection) => connection,
            None => reopen_writer(&self.path)?,
        };
        // One that cannot begin is dropped here, for a new one may do better.
        begin(&connection, "BEGIN IMMEDIATE")?;
        let result = finish(&connection, work);
        // Not so one that failed later but could undo, be it in the commit: what a failed commit left in
        // the write-ahead log is overwritten by its next one, whereas a new connection might find it whole
        // and take it for done.
        if connection.is_autocommit() {
            writer.connection = Some(connection);
        }
        result
    }

    fn read(&self, work: &mut Work<'_>) -> Result<(), StoreError> {
        let connection = self.reader()?;
        begin(&connection, "BEGIN")?;
        let result = finish(&connection, work);
        let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if readers.len() < READERS && connection.is_autocommit() {
            readers.push(connection);
        }
        result
    }

    fn size_bytes(&self) -> Result<u64, StoreError> {
        let size = |suffix: &str| {
            let mut path = self.path.clone().into_os_string();
            path.push(suffix);
            fs::metadata(path).map_or(0, |metadata| metadata.len())
        };
        Ok(size("") + size("-wal"))
    }
}

fn begin(connection: &Connection, statement: &str) -> Result<(), StoreError> {
    connection.execute_batch(statement).map_err(store_error)
}

/// The format of a database of mien's: 0 of an empty one.
fn format_of(connection: &Connection) -> Result<i64, StoreError> {
    let number = |sql: &str| {
        let number: rusqlite::Result<i64> = connection.query_row(sql, [], |row| row.get(0));
        number.map_err(store_error)
    };
    let application = number("PRAGMA application_id")?;
    let format = number("PRAGMA user_version")?;
    if application == APPLICATION {
        return Ok(format);
    }
    let tables = number("SELECT COUNT(*) FROM sqlite_schema")?;
    if (application, format, tables) == (0, 0, 0) {
        return Ok(0);
    }
    let text = "it was made by another program";
    Err(StoreError::Corrupt(text.to_owned()))
}

/// Brings the tables up to date, all steps in one transaction.
fn migrate(connection: &Connection) -> Result<(), StoreError> {
    let format = format_of(connection)?;
    let statements = schema::steps_from(format, &DIALECT)?;
    if statements.is_empty() {
        return Ok(());
    }
    let newest = schema::NEWEST;
    let script = format!(
        "BEGIN IMMEDIATE; {}; PRAGMA application_id = {APPLICATION};
         PRAGMA user_version = {newest}; COMMIT",
        statements.join("; ")
    );
    connection.execute_batch(&script).map_err(|error| {
        // The error that matters is the first; undoing cannot make it worse.
        let _ = connection.execute_batch("ROLLBACK");
        store_error(error)
    })
}
