//! Pictures that calls give by URL, from hosts that take their time.

use crate::client::{NEW, OLD};
use crate::world::World;
use serde_json::{Value, json};
use std::thread;
use web::server::Limits;

/// More than there are cores before which calls could wait, fewer than one activity may have fetched at once.
const CALLS: usize = 12;

fn by_url(world: &World, host: &str) -> Value {
    let mut fields = world.fuse_face();
    fields["MergeInfos"] = json!([{ "Url": format!("https://{host}/u1.jpg") }]);
    fields
}

#[test]
fn slow_hosts_hold_up_no_core() {
    let world = World::new();
    let slow = by_url(&world, "slow.example");
    thread::scope(|scope| {
        let mut calls = Vec::new();
        for asked in 1..=CALLS {
            world.pass(1000);
            let mut draft = world.draft(NEW, "FuseFace");
            draft.body = slow.to_string().into_bytes();
            calls.push(scope.spawn(move || draft.send().code()));
            world.hosts.wait_until_asked(asked);
        }
        // Nothing is charged before there is a picture.
        assert_eq!(world.paid(), (0, 0));
        assert_eq!(world.call(NEW, "FuseFace", &world.fuse_face()).code(), "ok");
        let quick = by_url(&world, "img.example");
        assert_eq!(world.call(OLD, "FuseFace", &quick).code(), "ok");
        assert_eq!(world.paid(), (2, 2));
        world.hosts.answer();
        for call in calls {
            assert_eq!(call.join().unwrap(), "ok");
        }
    });
    assert_eq!(world.paid().1, CALLS + 2);
}

#[test]
fn what_is_fetched_has_its_place_in_the_memory_of_uploads() {
    // A picture may have 10 MiB: there is room for one that is on its way.
    let world = World::with_limits(Limits {
        upload_bytes: 15 << 20,
        ..Limits::default()
    });
    thread::scope(|scope| {
        let mut draft = world.draft(NEW, "FuseFace");
        draft.body = by_url(&world, "slow.example").to_string().into_bytes();
        let first = scope.spawn(move || draft.send().code());
        world.hosts.wait_until_asked(1);
        let quick = by_url(&world, "img.example");
        let refused = world.call(NEW, "FuseFace", &quick);
        assert_eq!(refused.code(), "ResourceInsufficient");
        world.hosts.answer();
        assert_eq!(first.join().unwrap(), "ok");
        assert_eq!(world.call(NEW, "FuseFace", &quick).code(), "ok");
    });
    assert_eq!(world.paid(), (2, 2));
}
