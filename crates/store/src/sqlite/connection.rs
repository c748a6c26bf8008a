//! One connection to a database file, and the port's sessions on it.

use super::fault::store_error;
use crate::StoreError;
use crate::sql::{EachRow, Row, Session, Value};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, ToSql, params_from_iter};
use std::path::Path;
use std::time::Duration;

/// How long a reader waits for the short moments in which SQLite excludes it.
const BUSY: Duration = Duration::from_secs(5);

/// Statements kept prepared; more than there are.
const STATEMENTS: usize = 200;

/// Opens the file for the one writer. Every commit is on the disk before it returns.
pub(super) fn open_writer(path: &Path) -> Result<Connection, StoreError> {
    writer(path, OpenFlags::SQLITE_OPEN_CREATE)
}

/// Opens the file anew for the one writer. A file that is gone is not made again: an empty database
/// must not take the place of the books.
pub(super) fn reopen_writer(path: &Path) -> Result<Connection, StoreError> {
    writer(path, OpenFlags::empty())
}

fn writer(path: &Path, create: OpenFlags) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | create;
    let connection = Connection::open_with_flags(path, flags).map_err(store_error)?;
    // Where the file cannot be written SQLite opens it for reading and says nothing.
    if connection.is_readonly(c"main").map_err(store_error)? {
        return Err(StoreError::ReadOnly(path.display().to_string()));
    }
    prepare(
        &connection,
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
         PRAGMA fullfsync = ON; PRAGMA wal_autocheckpoint = 2000; PRAGMA journal_size_limit = 16777216;
         PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;",
    )?;
    Ok(connection)
}

/// Opens the file for one of the readers.
pub(super) fn open_reader(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(store_error)?;
    prepare(
        &connection,
        "PRAGMA query_only = ON; PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY;",
    )?;
    Ok(connection)
}

fn prepare(connection: &Connection, settings: &str) -> Result<(), StoreError> {
    connection.busy_timeout(BUSY).map_err(store_error)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.execute_batch(settings).map_err(store_error)
}

/// Runs `work` in a transaction that was begun and commits it, or undoes all of it.
pub(super) fn finish(
    connection: &Connection,
    work: &mut crate::sql::Work<'_>,
) -> Result<(), StoreError> {
    let _undo = Undo { connection };
    let mut session = SqliteSession {
        connection,
        failed: false,
    };
    work(&mut session)?;
    session.check()?;
    connection.execute_batch("COMMIT").map_err(store_error)
}

/// Undoes a transaction that is open still when this is dropped, in a panic's unwinding too.
struct Undo<'a> {
    connection: &'a Connection,
}

impl Drop for Undo<'_> {
    fn drop(&mut self) {
        // A commit has closed it, and some failures make SQLite undo it by itself.
        if !self.connection.is_autocommit() {
            // A connection that cannot even undo is replaced by the driver.
            let _ = self.connection.execute_batch("ROLLBACK");
        }
    }
}

struct SqliteSession<'a> {
    connection: &'a Connection,
    /// A statement failed. SQLite may have undone the transaction then, so that further statements would
    /// each be a transaction of its own: none is run.
    failed: bool,
}

impl SqliteSession<'_> {
    fn check(&self) -> Result<(), StoreError> {
        if self.failed {
            let text = "a statement of this transaction failed, so that it can only be undone";
            return Err(StoreError::Sql(text.to_owned()));
        }
        Ok(())
    }

    fn fail(&mut self, error: rusqlite::Error) -> StoreError {
        self.failed = true;
        store_error(error)
    }
}

impl Session for SqliteSession<'_> {
    fn execute(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<u64, StoreError> {
        self.check()?;
        let changed = self
            .connection
            .prepare_cached(sql)
            .and_then(|mut statement| {
                statement.execute(params_from_iter(values.iter().map(Parameter)))
            });
        changed
            .map(|rows| rows as u64)
            .map_err(|error| self.fail(error))
    }

    fn query(
        &mut self,
        sql: &'static str,
        values: &[Value<'_>],
        each: &mut EachRow<'_>,
    ) -> Result<(), StoreError> {
        self.check()?;
        let prepared = self.connection.prepare_cached(sql);
        let mut statement = prepared.map_err(|error| self.fail(error))?;
        let rows = statement.query(params_from_iter(values.iter().map(Parameter)));
        let mut rows = rows.map_err(|error| self.fail(error))?;
        while let Some(row) = rows.next().map_err(|error| self.fail(error))? {
            each(&SqliteRow { row })?;
        }
        Ok(())
    }
}

struct Parameter<'a>(&'a Value<'a>);

impl ToSql for Parameter<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match *self.0 {
            Value::Null => ValueRef::Null,
            Value::Integer(number) => ValueRef::Integer(number),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

struct SqliteRow<'a> {
    row: &'a rusqlite::Row<'a>,
}

impl Row for SqliteRow<'_> {
    fn integer(&self, column: usize) -> Result<Option<i64>, StoreError> {
        self.row.get(column).map_err(store_error)
    }

    fn text(&self, column: usize) -> Result<Option<String>, StoreError> {
        self.row.get(column).map_err(store_error)
    }

    fn bytes(&self, column: usize) -> Result<Option<Vec<u8>>, StoreError> {
        self.row.get(column).map_err(store_error)
    }
}
