use super::super::connection::open_reader;
use super::super::driver::{APPLICATION, DIALECT, Writer};
use super::super::lock::ProcessLock;
use super::super::turn::Turns;
use super::{SqliteDriver, assert_sound, child, keep, kept, open, open_read_only, store};
use crate::{StoreError, schema};
use rusqlite::Connection;
use std::fs;
use std::path::Path;
use std::sync::Mutex;

/// Both ways of opening.
fn both(path: &Path) -> [Result<SqliteDriver, StoreError>; 2] {
    [SqliteDriver::open(path), SqliteDriver::open_read_only(path)]
}

#[cfg(unix)]
#[test]
fn a_second_writer_is_told_of_the_first() {
    if let Some(folder) = child::folder() {
        let path = folder.join("mien.db");
        let parent = std::os::unix::process::parent_id();
        match SqliteDriver::open(&path).map(drop) {
            Err(StoreError::InUse { path, holder }) => {
                assert_eq!(path, folder.join("mien.db.lock"));
                assert_eq!(holder, format!("process {parent}"));
            }
            other => panic!("{other:?}"),
        }
        let reader = open_read_only(&path);
        assert_eq!(kept(&reader, "a").as_deref(), Some(&b"of the parent"[..]));
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mien.db");
    let first = open(&path);
    keep(&first, "a", b"of the parent").unwrap();
    let name = "a_second_writer_is_told_of_the_first";
    child::pass(
        child::again(&[], module_path!(), name, folder.path()),
        "nothing",
    );
    let second = SqliteDriver::open(&path).map(drop);
    assert!(
        matches!(second, Err(StoreError::InUse { .. })),
        "{second:?}"
    );
    drop(first);
    open(&path);
}

#[test]
fn a_reader_sees_what_is_committed_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mien.db");
    let writer = open(&path);
    let reader = open_read_only(&path);
    for value in [b"1", b"2"] {
        keep(&writer, "a", value).unwrap();
        let beside = writer.write(|records| {
            records.keep_setting("a", b"not yet")?;
            Ok::<_, StoreError>(kept(&reader, "a"))
        });
        // The last round's end is committed, this round's is not.
        assert_eq!(beside.unwrap().as_deref(), Some(&value[..]));
        assert_eq!(kept(&reader, "a").as_deref(), Some(&b"not yet"[..]));
    }
    let refused = keep(&reader, "a", b"by the reader");
    assert!(
        matches!(refused, Err(StoreError::ReadOnly(_))),
        "{refused:?}"
    );
    assert!(reader.size_bytes().unwrap() > 0);
    // It goes on where the writer has ended.
    drop(writer);
    assert_eq!(kept(&reader, "a").as_deref(), Some(&b"not yet"[..]));
}

#[test]
fn what_is_not_there_is_missing_to_a_reader() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mien.db");
    for make in [false, true] {
        if make {
            fs::write(&path, b"").unwrap();
        }
        match SqliteDriver::open_read_only(&path) {
            Err(StoreError::Missing(told)) => assert_eq!(told, path),
            other => panic!("{other:?}"),
        }
        assert_eq!(path.exists(), make, "nothing is made by looking");
    }
}

#[test]
fn what_is_no_database_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mien.db");
    for text in [
        "a".repeat(5000),
        "SQLite format 3\0".to_owned(),
        "short".to_owned(),
    ] {
        fs::write(&path, &text).unwrap();
        for opened in both(&path) {
            assert!(matches!(opened, Err(StoreError::Corrupt(_))), "{opened:?}");
        }
        assert!(fs::read(&path).unwrap() == text.as_bytes());
    }
}

#[test]
fn another_programs_database_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mien.db");
    for script in [
        "CREATE TABLE other (a)",
        "PRAGMA user_version = 1",
        "PRAGMA application_id = 7",
    ] {
        let connection = Connection::open(&path).unwrap();
        connection.execute_batch(script).unwrap();
        drop(connection);
        for opened in both(&path) {
            assert!(
                matches!(opened, Err(StoreError::Corrupt(_))),
                "{script}: {opened:?}"
            );
        }
        let connection = Connection::open(&path).unwrap();
        let tables: i64 = connection
            .query_row("SELECT COUNT(*) FROM sqlite_schema", [], |row| row.get(0))
            .unwrap();
        assert!(tables <= 1, "{script}");
        drop(connection);
        fs::remove_file(&path).unwrap();
    }
}

#[test]
fn a_truncated_file_is_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mien.db");
    let store = open(&path);
    keep(&store, "a", &[7; 100_000]).unwrap();
    drop(store);
    let whole = fs::read(&path).unwrap();
    // Whole pages are missed at once; a part of one would be found where it is read.
    for length in [whole.len() / 2, whole.len() - 4096, 4096, 1000] {
        fs::write(&path, &whole[..length]).unwrap();
        for opened in both(&path) {
            assert!(
                matches!(opened, Err(StoreError::Corrupt(_))),
                "{length}: {opened:?}"
            );
        }
    }
    fs::write(&path, &whole).unwrap();
    assert_eq!(
        kept(&open(&path), "a").map(|value| value.len()),
        Some(100_000)
    );
}

#[test]
fn a_newer_format_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mien.db");
    drop(open(&path));
    let connection = Connection::open(&path).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    drop(connection);
    for opened in both(&path) {
        match opened {
            Err(StoreError::Newer { found, known }) => {
                assert_eq!((found, known), (99, schema::NEWEST));
            }
            other => panic!("{other:?}"),
        }
    }
}

/// A database as an older mien left it.
fn of_format(path: &Path, format: i64) {
    let connection = Connection::open(path).unwrap();
    let steps = usize::try_from(format).unwrap();
    let statements = schema::steps_to(steps, &DIALECT).join(";");
    connection.execute_batch(&statements).unwrap();
    connection
        .pragma_update(None, "application_id", APPLICATION)
        .unwrap();
    connection
        .pragma_update(None, "user_version", format)
        .unwrap();
    let account = "INSERT INTO account (id, name, state, created, data_key) VALUES (100001, 'old', 0, 0, x'')";
    connection.execute_batch(account).unwrap();
}

#[test]
fn an_older_format_is_brought_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let (old, new) = (folder.path().join("old.db"), folder.path().join("new.db"));
    drop(open(&new));
    for format in 1..schema::NEWEST {
        of_format(&old, format);
        // Looking changes nothing, and says what does.
        match SqliteDriver::open_read_only(&old) {
            Err(StoreError::Older { found, known }) => {
                assert_eq!((found, known), (format, schema::NEWEST));
            }
            other => panic!("{other:?}"),
        }
        let store = open(&old);
        let accounts = store.read(|records| records.accounts()).unwrap();
        assert_eq!(accounts[0].name, "old");
        let users = store.read(|records| records.users()).unwrap();
        assert!(users.is_empty());
        drop(store);
        assert_eq!(tables(&old), tables(&new));
        assert_sound(&old);
        open_read_only(&old);
        fs::remove_file(&old).unwrap();
    }
}

/// All tables and indices with their columns.
fn tables(path: &Path) -> Vec<String> {
    let connection = Connection::open(path).unwrap();
    let sql = "SELECT name || ': ' || sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name";
    let mut statement = connection.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

#[test]
fn places_without_a_file_are_told() {
    let folder = tempfile::tempdir().unwrap();
    for path in [
        folder.path().join("nowhere/mien.db"),
        folder.path().to_owned(),
    ] {
        let opened = SqliteDriver::open(&path);
        assert!(matches!(opened, Err(StoreError::Io(_))), "{opened:?}");
    }
}

#[test]
fn any_name_is_a_name() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["file:a?mode=memory", "100% #1?.db", "人脸.db", ":memory:"] {
        let path = folder.path().join(name);
        let store = open(&path);
        keep(&store, "a", name.as_bytes()).unwrap();
        drop(store);
        assert!(path.is_file(), "{name}");
        assert_eq!(
            kept(&open_read_only(&path), "a").as_deref(),
            Some(name.as_bytes())
        );
    }
}

#[test]
fn what_was_written_is_there_after_opening_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mien.db");
    for round in 0..3_u8 {
        let store = open(&path);
        let before = round.checked_sub(1).map(|before| vec![before]);
        assert_eq!(kept(&store, "a"), before);
        keep(&store, "a", &[round]).unwrap();
    }
    assert_sound(&path);
}

/// A driver whose writing connection is in some state.
pub(super) fn driver(path: &Path, lock: &Path, connection: Option<Connection>) -> SqliteDriver {
    SqliteDriver {
        path: path.to_owned(),
        writer: Some(Turns::new(Writer {
            connection,
            _lock: ProcessLock::take(lock).unwrap(),
        })),
        readers: Mutex::default(),
    }
}

#[test]
fn a_connection_that_cannot_begin_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mien.db");
    drop(open(&path));
    let store = store(driver(&path, &path, Some(open_reader(&path).unwrap())));
    let refused = keep(&store, "a", b"1");
    assert!(
        matches!(refused, Err(StoreError::ReadOnly(_))),
        "{refused:?}"
    );
    keep(&store, "a", b"2").unwrap();
    assert_eq!(kept(&store, "a").as_deref(), Some(&b"2"[..]));
}

#[test]
fn a_file_that_is_gone_is_not_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let (path, away) = (folder.path().join("mien.db"), folder.path().join("away"));
    drop(open(&path));
    let store = store(driver(&path, &path, None));
    fs::rename(&path, &away).unwrap();
    let refused = keep(&store, "a", b"1");
    assert!(matches!(refused, Err(StoreError::Io(_))), "{refused:?}");
    assert!(!path.exists());
    fs::rename(&away, &path).unwrap();
    keep(&store, "a", b"2").unwrap();
}
