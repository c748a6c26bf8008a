//! Rows about what a request names, and about who pays.

use super::{Case, both, newer, provoke};
use crate::client::Reply;
use crate::world::World;
use serde_json::json;
use store::AccountState;
use store::objects::Objects as _;

/// A good request in a world of its own, which something happened to.
fn after(version: &'static str, happen: impl FnOnce(&World)) -> Reply {
    let world = World::new();
    happen(&world);
    world.call(version, "FuseFace", &world.fuse_face())
}

pub(super) const CASES: &[Case] = &[
    both("ActivityUnknown", |world, version| {
        let mut fields = world.fuse_face();
        fields["ProjectId"] = json!("999999");
        world.call(version, "FuseFace", &fields)
    }),
    both("MaterialUnknown", |world, version| {
        let mut fields = world.fuse_face();
        fields["ModelId"] = json!(format!("qc_{}_999999_1", world.activity));
        world.call(version, "FuseFace", &fields)
    }),
    both("TemplateFaceUnknown", |world, version| {
        let mut fields = world.fuse_face();
        fields["MergeInfos"][0]["TemplateFaceID"] = json!(format!("{}_9", world.material));
        world.call(version, "FuseFace", &fields)
    }),
    both("TemplateFaceUnusable", |_, version| {
        let world = World::new();
        world.sql(
            "UPDATE material SET review = replace(review, '\"usable\":true', '\"usable\":false')",
            &[],
        );
        let mut fields = world.fuse_face();
        fields["MergeInfos"][0]["TemplateFaceID"] = json!(format!("{}_1", world.material));
        world.call(version, "FuseFace", &fields)
    }),
    both("MaterialNotPassed", |_, version| {
        after(version, |world| {
            world.sql("UPDATE material SET status = 22", &[]);
        })
    }),
    both("MaterialDataGone", |_, version| {
        after(version, |world| {
            for key in world.place.list("materials/").unwrap() {
                world.place.delete(&key).unwrap();
            }
        })
    }),
    both("NotEntitled", |_, version| {
        after(version, |world| {
            world.sql("UPDATE call_grant SET used = total", &[]);
        })
    }),
    newer("NoPayingActivity", |_, version| {
        let world = World::new();
        let fields = json!({
            "RspImgType": "base64",
            "MergeInfos": world.fuse_face()["MergeInfos"],
            "ModelUrl": "https://img.example/t1.jpg",
        });
        world.call(version, "FuseFaceUltra", &fields)
    }),
    both("AccountSuspended", |_, version| {
        after(version, |world| {
            world.set_account_state(AccountState::Suspended);
        })
    }),
    both("InArrears", |_, version| {
        after(version, World::fall_into_arrears)
    }),
];

#[test]
fn rows_about_things_and_payment() {
    provoke(CASES);
}
