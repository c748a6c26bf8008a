//! Rows about the service's own troubles: nobody pays for them, and they are told to nobody but the operator.

use super::{Case, both, provoke};
use crate::client::Reply;
use crate::ports::Reading;
use crate::world::World;
use serde_json::json;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;
use store::StoreError;
use web::server::Limits;

/// A good request in a world of its own, whose material cannot be read.
fn reading(version: &'static str, reading: Reading) -> Reply {
    let world = World::new();
    world.place.set_reading(reading);
    let reply = world.call(version, "FuseFace", &world.fuse_face());
    assert_eq!(world.paid(), (0, 0));
    reply
}

/// A good request in a world of its own, whose books fail from then on.
fn books(version: &'static str, fault: fn() -> StoreError) -> Reply {
    let world = World::new();
    world.books.fail(fault);
    let reply = world.call(version, "FuseFace", &world.fuse_face());
    let told = String::from_utf8_lossy(&reply.body);
    assert!(!told.contains("secret"), "{told}");
    reply
}

/// A call that came when every worker was held up, and whose turn came when its time was over.
fn too_late(version: &'static str) -> Reply {
    let world = World::new();
    world.place.set_reading(Reading::Waits);
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let body = world.fuse_face().to_string().into_bytes();
    let send = || {
        world.pass(1000);
        let mut draft = world.draft(version, "FuseFace");
        draft.body.clone_from(&body);
        draft.send()
    };
    thread::scope(|scope| {
        let held: Vec<_> = (1..=workers)
            .map(|working| {
                let held = scope.spawn(send);
                until(&world, "mien_queue_working", working);
                held
            })
            .collect();
        let late = scope.spawn(send);
        until(&world, "mien_queue_waiting", 1);
        // A call begins within ten seconds.
        thread::sleep(Duration::from_millis(10_100));
        world.place.set_reading(Reading::Works);
        for held in held {
            assert_eq!(held.join().unwrap().code(), "ok");
        }
        late.join().unwrap()
    })
}

/// Waits until the server's numbers say so.
fn until(world: &World, name: &str, number: usize) {
    let line = format!("{name} {number}");
    while !String::from_utf8_lossy(&world.get("/metrics").body)
        .lines()
        .any(|it| it == line)
    {
        thread::sleep(Duration::from_millis(5));
    }
}

pub(super) const CASES: &[Case] = &[
    both("Busy", |_, version| {
        let world = World::with_limits(Limits {
            upload_bytes: 1 << 10,
            ..Limits::default()
        });
        world.call(version, "FuseFace", &world.fuse_face())
    }),
    both("TimedOut", |_, version| too_late(version)),
    both("ResultNotKept", |_, version| {
        let world = World::new();
        world.place.is_full.store(true, Ordering::SeqCst);
        let mut fields = world.fuse_face();
        fields["RspImgType"] = json!("url");
        world.call(version, "FuseFace", &fields)
    }),
    both("WorkFailed", |_, version| reading(version, Reading::Fails)),
    both("ChargeUnknown", |_, version| {
        reading(version, Reading::Panics)
    }),
    both("NotReady", |_, version| {
        books(version, || StoreError::Full("/srv/secret-place".to_owned()))
    }),
    both("Internal", |_, version| {
        books(version, || {
            StoreError::Corrupt("/srv/secret-place".to_owned())
        })
    }),
];

#[test]
fn rows_about_troubles() {
    provoke(CASES);
}
