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
    let connection = Connection::open(path).map_err(store_error)?;
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
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_URI;
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

/// Runs `work` between BEGIN and COMMIT, or undoes all of it.
pub(super) fn transact(
    connection: &Connection,
    begin: &str,
    work: &mut crate::sql::Work<'_>,
) -> Result<(), StoreError> {
    connection.execute_batch(begin).map_err(store_error)?;
    let undo = Undo { connection };
    work(&mut SqliteSession { connection })?;
    connection.execute_batch("COMMIT").map_err(store_error)?;
    std::mem::forget(undo);
    Ok(())
}

/// Undoes the transaction when dropped, a panic's unwinding included.
struct Undo<'a> {
    connection: &'a Connection,
}

impl Drop for Undo<'_> {
    fn drop(&mut self) {
        if !self.connection.is_autocommit() {
            // SQLite may have undone it already; a connection that cannot is replaced by the driver.
            let _ = self.connection.execute_batch("ROLLBACK");
        }
    }
}

struct SqliteSession<'a> {
    connection: &'a Connection,
}

impl Session for SqliteSession<'_> {
    fn execute(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<u64, StoreError> {
        let mut statement = self.connection.prepare_cached(sql).map_err(store_error)?;
        let changed = statement.execute(params_from_iter(values.iter().map(Parameter)));
        changed.map(|rows| rows as u64).map_err(store_error)
    }

    fn query(
        &mut self,
        sql: &'static str,
        values: &[Value<'_>],
        each: &mut EachRow<'_>,
    ) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(sql).map_err(store_error)?;
        let mut rows = statement
            .query(params_from_iter(values.iter().map(Parameter)))
            .map_err(store_error)?;
        while let Some(row) = rows.next().map_err(store_error)? {
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
