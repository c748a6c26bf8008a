//! Disks that fail: full, read only, and refusing to write for another reason.

use super::opening::driver;
use super::{SqliteDriver, assert_sound, child, keep, kept, open, open_read_only, store};
use crate::{Store, StoreError};
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::Command;

/// Runs a test again in a name space of its own where a disk of 4 MiB lies at the folder.
fn on_a_small_disk(name: &str) {
    let folder = tempfile::tempdir().unwrap();
    let is_root = fs::metadata("/proc/self").unwrap().uid() == 0;
    let script = r#"mount -t tmpfs -o size=4m,mode=700 tmpfs "$0" && exec "$@""#;
    let place = folder.path().to_str().unwrap();
    let words = [
        "unshare",
        if is_root { "-m" } else { "-rm" },
        "sh",
        "-c",
        script,
        place,
    ];
    let command = child::again(&words, module_path!(), name, folder.path());
    child::pass(
        command,
        "unshare(1) and mount(8), and either root with CAP_SYS_ADMIN or user name spaces",
    );
}

/// Takes all room there is.
fn fill(folder: &Path) {
    let mut file = File::create(folder.join("filler")).unwrap();
    for size in [1 << 16, 1 << 12, 1] {
        let bytes = vec![0; size];
        loop {
            match file.write_all(&bytes) {
                Ok(()) => {}
                Err(error) if error.kind() == ErrorKind::StorageFull => break,
                Err(error) => panic!("{error}"),
            }
        }
    }
}

/// Two settings in one transaction, the second too large for what is left.
fn keep_two(store: &Store, size: usize) -> Result<(), StoreError> {
    let large = vec![9; size];
    store.write(|records| {
        records.keep_setting("small", b"new")?;
        records.keep_setting("large", &large)
    })
}

fn assert_two(store: &Store, small: &[u8], large: usize) {
    assert_eq!(kept(store, "small").as_deref(), Some(small));
    assert!(
        kept(store, "large") == Some(vec![9; large]),
        "{large} bytes"
    );
}

#[test]
fn a_full_disk_stops_writing_until_there_is_room() {
    let Some(folder) = child::folder() else {
        return on_a_small_disk("a_full_disk_stops_writing_until_there_is_room");
    };
    let path = folder.join("mien.db");
    let store = open(&path);
    keep_two(&store, 10).unwrap();
    keep(&store, "small", b"old").unwrap();
    for round in 0..3 {
        fill(&folder);
        for _ in 0..3 {
            let refused = keep_two(&store, 300_000);
            assert!(matches!(refused, Err(StoreError::Full(_))), "{refused:?}");
            assert_two(&store, b"old", 10);
            assert_two(&open_read_only(&path), b"old", 10);
        }
        // A new database has no room either.
        let other = SqliteDriver::open(&folder.join("other.db")).map(drop);
        assert!(matches!(other, Err(StoreError::Full(_))), "{other:?}");
        let _ = fs::remove_file(folder.join("other.db"));

        fs::remove_file(folder.join("filler")).unwrap();
        let value = [round; 5000];
        keep(&store, "after", &value).unwrap();
        assert_eq!(kept(&store, "after").as_deref(), Some(&value[..]));
        assert_two(&store, b"old", 10);
    }
    keep_two(&store, 300_000).unwrap();
    assert_two(&store, b"new", 300_000);
    drop(store);
    assert_sound(&path);
    assert_two(&open(&path), b"new", 300_000);
}

/// More than the cache holds is written before the commit, which fails in the midst of the work.
#[test]
fn a_disk_may_get_full_before_the_commit() {
    let Some(folder) = child::folder() else {
        return on_a_small_disk("a_disk_may_get_full_before_the_commit");
    };
    let path = folder.join("mien.db");
    let store = open(&path);
    keep(&store, "small", b"old").unwrap();
    keep(&store, "large", &[9; 10]).unwrap();
    let value = vec![7; 100_000_000];
    let mut reached = false;
    let refused = store.write(|records| {
        records.keep_setting("small", b"new")?;
        let first = records.keep_setting("huge", &value);
        // What SQLite has undone by itself must not be followed by statements on their own.
        reached = first.is_err() && records.keep_setting("small", b"half").is_err();
        Ok::<_, StoreError>(())
    });
    assert!(refused.is_err());
    assert!(reached, "the statement did not fail");
    assert_two(&store, b"old", 10);
    keep_two(&store, 20).unwrap();
    assert_two(&store, b"new", 20);
    drop(store);
    assert_sound(&path);
}

/// Lets the folder be written, or not. (`bind`: the disk's options stay, which a user's own name space
/// could not all set.)
fn remount(folder: &Path, how: &str) {
    let status = Command::new("mount")
        .args(["-o", &format!("remount,bind,{how}")])
        .arg(folder)
        .status();
    assert!(status.unwrap().success(), "cannot mount it {how}");
}

#[test]
fn a_disk_that_turns_read_only_stops_writing_until_it_turns_back() {
    let Some(folder) = child::folder() else {
        return on_a_small_disk("a_disk_that_turns_read_only_stops_writing_until_it_turns_back");
    };
    let path = folder.join("mien.db");
    let first = open(&path);
    keep(&first, "a", b"1").unwrap();
    drop(first);
    // A disk is not made read only while a file on it is open for writing. So this is a process that
    // lost its connection; its lock lies elsewhere.
    let elsewhere = tempfile::tempdir().unwrap();
    let store = store(driver(&path, &elsewhere.path().join("mien.db"), None));
    for round in 0..2_u8 {
        remount(&folder, "ro");
        for _ in 0..2 {
            let refused = keep(&store, "a", b"refused");
            assert!(
                matches!(refused, Err(StoreError::ReadOnly(_))),
                "{refused:?}"
            );
        }
        let opened = SqliteDriver::open(&path).map(drop);
        assert!(matches!(opened, Err(StoreError::ReadOnly(_))), "{opened:?}");
        remount(&folder, "rw");
        if round == 1 {
            keep(&store, "a", b"2").unwrap();
            assert_eq!(kept(&store, "a").as_deref(), Some(&b"2"[..]));
        }
    }
    drop(store);
    assert_sound(&path);
}

/// A limit on the size of files lets writing fail with an error of input and output.
#[test]
fn a_disk_that_fails_stops_writing_until_it_works() {
    let name = "a_disk_that_fails_stops_writing_until_it_works";
    let Some(folder) = child::folder() else {
        let folder = tempfile::tempdir().unwrap();
        let script = r#"trap "" XFSZ && ulimit -S -f 600 && exec "$0" "$@""#;
        let command = child::again(&["sh", "-c", script], module_path!(), name, folder.path());
        return child::pass(command, "sh and prlimit(1)");
    };
    let path = folder.join("mien.db");
    let store = open(&path);
    keep_two(&store, 10).unwrap();
    keep(&store, "small", b"old").unwrap();
    for _ in 0..3 {
        let refused = keep_two(&store, 400_000);
        assert!(matches!(refused, Err(StoreError::Io(_))), "{refused:?}");
        assert_two(&store, b"old", 10);
        assert_two(&open_read_only(&path), b"old", 10);
    }
    // What fits is written meanwhile, over what the failed commits left.
    keep(&store, "meanwhile", b"1").unwrap();
    let status = Command::new("prlimit")
        .args(["--fsize=unlimited", "--pid"])
        .arg(std::process::id().to_string())
        .status();
    assert!(status.unwrap().success(), "cannot lift the limit");
    keep_two(&store, 400_000).unwrap();
    assert_two(&store, b"new", 400_000);
    assert_eq!(kept(&store, "meanwhile").as_deref(), Some(&b"1"[..]));
    drop(store);
    assert_sound(&path);
    assert_two(&open(&path), b"new", 400_000);
}
