use super::{assert_sound, child, keep, kept, open};
use crate::StoreError;
use std::io::{BufRead, BufReader};
use std::process::Stdio;

#[test]
fn a_process_that_dies_in_a_transaction_leaves_none_of_it() {
    let name = "a_process_that_dies_in_a_transaction_leaves_none_of_it";
    if let Some(folder) = child::folder() {
        let store = open(&folder.join("mien.db"));
        keep(&store, "before", b"whole").unwrap();
        let _: Result<(), StoreError> = store.write(|records| {
            records.keep_setting("before", b"half")?;
            // More than is kept in memory: some of it is in the log already.
            let value = vec![7; 100_000_000];
            records.keep_setting("large", &value)?;
            std::process::abort();
        });
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mien.db");
    let status = child::again(&[], module_path!(), name, folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert!(!status.success());
    let log = folder.path().join("mien.db-wal");
    assert!(
        log.metadata().unwrap().len() > 10_000_000,
        "nothing was left behind"
    );
    let store = open(&path);
    assert_eq!(kept(&store, "before").as_deref(), Some(&b"whole"[..]));
    assert_eq!(kept(&store, "large"), None);
    keep(&store, "after", b"1").unwrap();
    drop(store);
    assert_sound(&path);
}

#[test]
fn what_a_killed_process_told_is_there_and_whole() {
    let name = "what_a_killed_process_told_is_there_and_whole";
    if let Some(folder) = child::folder() {
        let store = open(&folder.join("mien.db"));
        for number in 0_u64.. {
            let outcome = store.write(|records| {
                for half in ["first", "second"] {
                    let value = number.to_le_bytes().repeat(1000);
                    records.keep_setting(&format!("{half} {number}"), &value)?;
                }
                Ok::<_, StoreError>(())
            });
            outcome.unwrap();
            println!("committed {number}");
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mien.db");
    let mut told = None;
    for round in 1..=3 {
        let mut child = child::again(&[], module_path!(), name, folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        // The first commit stands behind the test's name, in the same line.
        let numbers = lines.filter_map(|line| {
            let line = line.unwrap();
            line.rsplit_once("committed ")?.1.parse::<u64>().ok()
        });
        let last = numbers.take(round * 40).last().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        told = told.max(Some(last));

        let store = open(&path);
        let mut number = 0_u64;
        loop {
            let halves = ["first", "second"].map(|half| kept(&store, &format!("{half} {number}")));
            assert_eq!(halves[0], halves[1], "{number} is there by half");
            let Some(value) = &halves[0] else { break };
            assert!(*value == number.to_le_bytes().repeat(1000), "{number}");
            number += 1;
        }
        assert!(Some(number) > told, "{number} are there, {told:?} was told");
        drop(store);
        assert_sound(&path);
    }
}
