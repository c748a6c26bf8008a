//! What every adapter of [`Objects`] must do, as a suite of tests.
//!
//! An adapter's own tests call [`conform`]; other crates turn on the feature `conformance` for it.
#![allow(clippy::unwrap_used, reason = "a suite of tests")]

use super::{MOST_OBJECT_BYTES, ObjectError, ObjectKey, Objects};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// Puts an adapter to the test; `fresh` gives an empty store each time it is called.
///
/// # Panics
/// When the adapter does not conform: the message says in what.
pub fn conform<O: Objects>(mut fresh: impl FnMut() -> O) {
    what_is_put_is_got(&fresh());
    absent_objects(&fresh());
    new_objects_are_kept(&fresh());
    the_last_put_counts(&fresh());
    deleted_objects_are_gone(&fresh());
    a_key_may_begin_with_another(&fresh());
    keys_differ_by_case(&fresh());
    keys_are_listed(&fresh());
    prefixes_do_not_lead_out(&fresh());
    the_size_is_limited(&fresh());
    readers_see_whole_objects(&fresh());
}

fn key(text: &str) -> ObjectKey {
    ObjectKey::parse(text).unwrap()
}

fn texts(keys: &[ObjectKey]) -> Vec<&str> {
    keys.iter().map(ObjectKey::as_str).collect()
}

fn what_is_put_is_got(objects: &impl Objects) {
    let all_bytes: Vec<u8> = (0..=255).collect();
    let longest = format!("{}/{}", "a".repeat(99), "b".repeat(100));
    let cases: [(&str, &[u8]); 7] = [
        ("a", b"one"),
        ("empty", b""),
        ("a-b/c_d/e.f/g", &all_bytes),
        (".hidden", b"dot"),
        ("...", b"dots"),
        ("x/..y", b"two dots"),
        (&longest, b"long"),
    ];
    for (name, bytes) in cases {
        objects.put(&key(name), bytes).unwrap();
    }
    for (name, bytes) in cases {
        assert_eq!(objects.get(&key(name)).unwrap(), bytes, "get {name}");
        assert!(objects.exists(&key(name)).unwrap(), "exists {name}");
    }
}

fn absent_objects(objects: &impl Objects) {
    for name in ["a", "a/b", "a/b/c"] {
        match objects.get(&key(name)) {
            Err(ObjectError::NotFound { key: told }) => assert_eq!(told, key(name)),
            other => panic!("get {name} of an empty store: {other:?}"),
        }
        assert!(!objects.exists(&key(name)).unwrap(), "exists {name}");
        objects.delete(&key(name)).unwrap();
    }
    assert_eq!(texts(&objects.list("").unwrap()), [""; 0]);
}

fn new_objects_are_kept(objects: &impl Objects) {
    for name in ["new", "a/new/one", "a/new/two"] {
        objects.put_new(&key(name), name.as_bytes()).unwrap();
        assert_eq!(objects.get(&key(name)).unwrap(), name.as_bytes());
    }
    assert_eq!(
        texts(&objects.list("a/").unwrap()),
        ["a/new/one", "a/new/two"]
    );
    objects.put(&key("a/new/one"), b"replaced").unwrap();
    assert_eq!(objects.get(&key("a/new/one")).unwrap(), b"replaced");
    objects.delete(&key("a/new/one")).unwrap();
    assert!(!objects.exists(&key("a/new/one")).unwrap());
    match objects.put_new(&key("large"), &vec![0; MOST_OBJECT_BYTES + 1]) {
        Err(ObjectError::TooLarge { .. }) => {}
        other => panic!("put_new of too many bytes: {other:?}"),
    }
    assert!(!objects.exists(&key("large")).unwrap());
}

fn the_last_put_counts(objects: &impl Objects) {
    for bytes in [&b"first and longer"[..], b"second", b""] {
        objects.put(&key("a/b"), bytes).unwrap();
        assert_eq!(objects.get(&key("a/b")).unwrap(), bytes);
    }
    assert_eq!(texts(&objects.list("").unwrap()), ["a/b"]);
}

fn deleted_objects_are_gone(objects: &impl Objects) {
    objects.put(&key("a/b"), b"1").unwrap();
    objects.put(&key("a/c"), b"2").unwrap();
    for _ in 0..2 {
        objects.delete(&key("a/b")).unwrap();
        assert!(!objects.exists(&key("a/b")).unwrap());
        assert!(matches!(
            objects.get(&key("a/b")),
            Err(ObjectError::NotFound { .. })
        ));
        assert_eq!(texts(&objects.list("").unwrap()), ["a/c"]);
    }
    objects.delete(&key("a/c")).unwrap();
    objects.put(&key("a/b"), b"3").unwrap();
    assert_eq!(objects.get(&key("a/b")).unwrap(), b"3");
}

fn a_key_may_begin_with_another(objects: &impl Objects) {
    let names = ["a/b/c", "a", "a/b"];
    for name in names {
        objects.put(&key(name), name.as_bytes()).unwrap();
    }
    for name in names {
        assert_eq!(objects.get(&key(name)).unwrap(), name.as_bytes());
    }
    objects.delete(&key("a")).unwrap();
    assert_eq!(texts(&objects.list("").unwrap()), ["a/b", "a/b/c"]);
    assert!(!objects.exists(&key("a")).unwrap());
}

fn keys_differ_by_case(objects: &impl Objects) {
    objects.put(&key("a/x"), b"small").unwrap();
    objects.put(&key("A/X"), b"capital").unwrap();
    assert_eq!(objects.get(&key("a/x")).unwrap(), b"small");
    assert_eq!(objects.get(&key("A/X")).unwrap(), b"capital");
    assert_eq!(texts(&objects.list("").unwrap()), ["A/X", "a/x"]);
}

fn keys_are_listed(objects: &impl Objects) {
    for name in ["b", "a/2/y", "a/10/x", "ab/c", "a.b", "a/2/x"] {
        objects.put(&key(name), b"").unwrap();
    }
    let cases: [(&str, &[&str]); 11] = [
        ("", &["a.b", "a/10/x", "a/2/x", "a/2/y", "ab/c", "b"]),
        ("a", &["a.b", "a/10/x", "a/2/x", "a/2/y", "ab/c"]),
        ("a/", &["a/10/x", "a/2/x", "a/2/y"]),
        ("a/2", &["a/2/x", "a/2/y"]),
        ("a/2/", &["a/2/x", "a/2/y"]),
        ("a/2/y", &["a/2/y"]),
        ("a/2/y/", &[]),
        ("a/1", &["a/10/x"]),
        ("ab", &["ab/c"]),
        ("b/", &[]),
        ("c/d", &[]),
    ];
    for (prefix, names) in cases {
        assert_eq!(
            texts(&objects.list(prefix).unwrap()),
            names,
            "list {prefix:?}"
        );
    }
}

fn prefixes_do_not_lead_out(objects: &impl Objects) {
    objects.put(&key("a/b"), b"").unwrap();
    for prefix in ["../", "a/../", "/", "//", "a//", "./", "a/./b", "\0/", "+/"] {
        let keys = objects.list(prefix).unwrap();
        assert_eq!(texts(&keys), [""; 0], "list {prefix:?}");
    }
}

fn the_size_is_limited(objects: &impl Objects) {
    let mut bytes = vec![7; MOST_OBJECT_BYTES + 1];
    match objects.put(&key("a"), &bytes) {
        Err(ObjectError::TooLarge { key: told, bytes }) => {
            assert_eq!((told, bytes), (key("a"), MOST_OBJECT_BYTES as u64 + 1));
        }
        other => panic!("put one byte too many: {other:?}"),
    }
    assert!(!objects.exists(&key("a")).unwrap());
    bytes.pop();
    objects.put(&key("a"), &bytes).unwrap();
    assert!(
        objects.get(&key("a")).unwrap() == bytes,
        "the largest object"
    );
}

/// Writers put objects of one repeated byte, each of its own length, to one key; a reader must
/// never see a mixture, and never that there is none.
fn readers_see_whole_objects(objects: &impl Objects) {
    const LENGTHS: [usize; 3] = [1, 5_000, 70_000];
    let shared = key("shared/object");
    let content = |writer: usize| vec![writer as u8; LENGTHS[writer]];
    objects.put(&shared, &content(0)).unwrap();
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let reader = scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                let bytes = objects.get(&shared).unwrap();
                let writer = usize::from(bytes[0]);
                assert!(
                    bytes == content(writer),
                    "a mixture of {} bytes",
                    bytes.len()
                );
            }
        });
        let writers: Vec<_> = (0..LENGTHS.len())
            .map(|writer| {
                let shared = &shared;
                scope.spawn(move || {
                    for _ in 0..20 {
                        objects.put(shared, &content(writer)).unwrap();
                    }
                })
            })
            .collect();
        // All have ended before the reader is let go, even where one of them failed.
        let written: Vec<bool> = writers
            .into_iter()
            .map(|writer| writer.join().is_ok())
            .collect();
        done.store(true, Ordering::Relaxed);
        assert!(reader.join().is_ok(), "a reader failed");
        assert!(written.iter().all(|written| *written), "a writer failed");
    });
}
