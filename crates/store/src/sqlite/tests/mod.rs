mod child;
#[cfg(target_os = "linux")]
mod disk;
mod killed;
mod opening;

use super::SqliteDriver;
use crate::{Store, StoreError, conformance};
use std::path::Path;
use std::sync::Arc;

#[test]
fn sqlite_conforms() {
    let folder = tempfile::tempdir().unwrap();
    let mut count = 0;
    conformance::conform(|| {
        count += 1;
        open(&folder.path().join(format!("{count}.db")))
    });
}

fn store(driver: SqliteDriver) -> Store {
    Store::new(Arc::new(driver))
}

fn open(path: &Path) -> Store {
    store(SqliteDriver::open(path).unwrap())
}

fn open_read_only(path: &Path) -> Store {
    store(SqliteDriver::open_read_only(path).unwrap())
}

fn keep(store: &Store, name: &str, value: &[u8]) -> Result<(), StoreError> {
    store.write(|records| records.keep_setting(name, value))
}

fn kept(store: &Store, name: &str) -> Option<Vec<u8>> {
    store.read(|records| records.setting(name)).unwrap()
}

/// Asserts that SQLite itself finds nothing wrong with a file.
fn assert_sound(path: &Path) {
    let connection = rusqlite::Connection::open(path).unwrap();
    let verdict: String = connection
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(verdict, "ok");
}
