//! The S3 adapter against a real server, which `MIEN_TEST_S3` names: `s3://bucket?endpoint=http://...`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    missing_docs,
    reason = "tests"
)]

use std::sync::atomic::{AtomicU32, Ordering};
use store::objects::{
    Location, ObjectKey, Objects, S3Credentials, S3Objects, S3Place, conformance,
};

fn place() -> S3Place {
    let text =
        std::env::var("MIEN_TEST_S3").expect("MIEN_TEST_S3 names a server; see scripts/s3-test");
    match Location::parse(&text).unwrap() {
        Location::S3(place) => place,
        Location::Folder(_) => panic!("{text} is no bucket"),
    }
}

fn open(place: &S3Place) -> S3Objects {
    let variable = |name| std::env::var(name).expect(name);
    let credentials = S3Credentials {
        key: variable("AWS_ACCESS_KEY_ID"),
        secret: variable("AWS_SECRET_ACCESS_KEY"),
        token: None,
    };
    S3Objects::new(place, credentials).unwrap()
}

#[test]
fn a_bucket_conforms() {
    static STORES: AtomicU32 = AtomicU32::new(0);
    let process = std::process::id();
    conformance::conform(|| {
        let number = STORES.fetch_add(1, Ordering::SeqCst);
        open(&S3Place {
            prefix: format!("tests/{process}-{number}"),
            ..place()
        })
    });
}

#[test]
fn more_keys_than_a_page_has_are_listed() {
    let objects = open(&S3Place {
        prefix: format!("pages/{}", std::process::id()),
        ..place()
    });
    let keys: Vec<ObjectKey> = (0..1005)
        .map(|number| ObjectKey::parse(&format!("k/{number:04}")).unwrap())
        .collect();
    for key in &keys {
        objects.put(key, b"").unwrap();
    }
    assert_eq!(objects.list("k/").unwrap(), keys);
}

#[test]
fn a_bucket_that_is_not_there_is_no_empty_one() {
    let objects = open(&S3Place {
        bucket: "no-such-bucket".to_owned(),
        ..place()
    });
    let key = ObjectKey::parse("a").unwrap();
    let error = objects.get(&key).unwrap_err().to_string();
    assert!(error.contains("no such bucket"), "{error}");
    assert!(objects.put(&key, b"x").is_err());
    assert!(objects.list("").is_err());
}
