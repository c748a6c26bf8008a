//! Rights, money, materials and the service's own troubles.

use crate::client::{NEW, OLD, Reply};
use crate::world::{World, portrait};
use serde_json::{Value, json};
use service::Actor;
use std::sync::atomic::Ordering;
use store::AccountState;

/// What there is with the code in each version.
#[track_caller]
fn refused(world: &World, code_2018: &str, code_2022: &str) {
    let before = world.paid();
    let mut asked = world.fuse_face();
    asked["RspImgType"] = json!("url");
    for (version, code) in [(OLD, code_2018), (NEW, code_2022)] {
        let reply = world.call(version, "FuseFace", &asked);
        assert_eq!(reply.code(), code, "{version}");
        assert_eq!(reply.header("x-mien-charged"), Some("0"), "{version}");
    }
    assert_eq!(world.paid(), before);
}

#[test]
fn a_result_that_cannot_be_kept_is_not_paid_and_says_nothing_of_the_place() {
    let world = World::new();
    world.place.is_full.store(true, Ordering::SeqCst);
    refused(
        &world,
        "FailedOperation.FuseSavePhotoFail",
        "FailedOperation.InnerError",
    );
    let log = world.log.lock().unwrap().join("\n");
    assert!(log.contains("/srv/secret-place"), "{log}");
    // As text it needs no place.
    let reply = world.call(NEW, "FuseFace", &world.fuse_face());
    assert_eq!(reply.code(), "ok");
    assert!(!String::from_utf8_lossy(&reply.body).contains("secret-place"));
    assert_eq!(world.paid(), (1, 1));
}

#[test]
fn no_free_calls_and_no_licence() {
    let world = World::new();
    world.sql("UPDATE call_grant SET used = total", &[]);
    let code = "FailedOperation.ProjectNotAuth";
    refused(&world, code, code);
}

#[test]
fn a_suspended_account() {
    let world = World::new();
    world.set_account_state(AccountState::Suspended);
    let code = "ResourceUnavailable.StopUsing";
    refused(&world, code, code);
    world.set_account_state(AccountState::Active);
    assert_eq!(world.call(NEW, "FuseFace", &world.fuse_face()).code(), "ok");
}

#[test]
fn an_account_in_arrears() {
    let world = World::new();
    world.fall_into_arrears();
    let code = "ResourceUnavailable.InArrears";
    refused(&world, code, code);
}

#[test]
fn a_material_whose_data_is_gone_or_that_did_not_pass() {
    let world = World::new();
    let kept = store::objects::Objects::list(world.place.as_ref(), "materials/").unwrap();
    for key in kept {
        store::objects::Objects::delete(world.place.as_ref(), &key).unwrap();
    }
    let gone = world.call(NEW, "FuseFace", &world.fuse_face());
    assert_eq!(gone.code(), "FailedOperation.FuseMaterialNotExist");
    assert_eq!(world.paid(), (0, 0));
    world.sql("UPDATE material SET status = 22", &[]);
    let code = "FailedOperation.FuseMaterialNotAuth";
    refused(&world, code, code);
}

#[test]
fn other_accounts_have_nothing_here() {
    let world = World::new();
    let (other, secret_id, secret_key) = crate::world::new_account(&world.service);
    let activity = crate::world::new_activity(&world.service, other);
    let code = |fields: &Value, action| {
        world.pass(1000);
        let mut draft = world.draft(NEW, action);
        (draft.secret_id, draft.secret_key) = (secret_id.clone(), secret_key.clone());
        draft.body = fields.to_string().into_bytes();
        draft.send().code()
    };
    let unknown = "InvalidParameterValue.ActivityIdNotFound";
    assert_eq!(code(&world.fuse_face(), "FuseFace"), unknown);
    let list = json!({ "ActivityId": world.activity.to_string() });
    assert_eq!(code(&list, "DescribeMaterialList"), unknown);
    // An activity of its own does not open the other's material, nor does the other's pace suffer.
    let mut mixed = world.fuse_face();
    mixed["ProjectId"] = json!(activity.to_string());
    assert_eq!(
        code(&mixed, "FuseFace"),
        "InvalidParameterValue.MaterialIdNotFound"
    );
    let own = world
        .service
        .add_material(other, activity, "own", &portrait("T1"));
    let own = own.unwrap().id;
    mixed["ModelId"] = json!(own.to_string());
    mixed["MergeInfos"][0]["TemplateFaceID"] = json!(format!("{}_1", world.material));
    assert_eq!(
        code(&mixed, "FuseFace"),
        "FailedOperation.TemplateFaceIDNotExist"
    );
    let listed =
        json!({ "ActivityId": activity.to_string(), "MaterialId": world.material.to_string() });
    assert_eq!(
        code(&listed, "DescribeMaterialList"),
        "InvalidParameterValue.MaterialIdNotFound"
    );
    let mut draft = world.draft(NEW, "FuseFace");
    draft.body = world.fuse_face().to_string().into_bytes();
    assert_eq!(draft.send().code(), "ok");
    let free = world.service.activity(other, activity).unwrap().free_left;
    assert_eq!((free, world.paid()), (500, (1, 1)));
}

#[test]
fn a_repeated_call_is_paid_once_and_a_token_is_for_one_call() {
    let world = World::new();
    let send = |fields: &Value| -> Reply {
        world.pass(1000);
        let mut draft = world.draft(NEW, "FuseFace");
        draft
            .headers
            .push(("X-Mien-Client-Token", "one".to_owned()));
        draft.body = fields.to_string().into_bytes();
        draft.send()
    };
    let asked = world.fuse_face();
    let first = send(&asked);
    let again = send(&asked);
    let charged = |reply: &Reply| reply.header("x-mien-charged").unwrap().to_owned();
    assert_eq!(
        (charged(&first), charged(&again)),
        ("1".to_owned(), "0".to_owned())
    );
    assert_eq!(
        first.response()["FusedImage"],
        again.response()["FusedImage"]
    );
    let mut other = asked.clone();
    other["FuseFaceDegree"] = json!(1);
    assert_eq!(send(&other).code(), "InvalidParameterValue");
    assert_eq!(world.paid(), (1, 1));
}

#[test]
fn a_token_is_its_accounts_own() {
    let world = World::new();
    let (other, secret_id, secret_key) = crate::world::new_account(&world.service);
    let activity = crate::world::new_activity(&world.service, other);
    let material = world
        .service
        .add_material(other, activity, "own", &portrait("T2"));
    let mut theirs = world.fuse_face();
    theirs["ProjectId"] = json!(activity.to_string());
    theirs["ModelId"] = json!(material.unwrap().id.to_string());
    let mut draft = world.draft(NEW, "FuseFace");
    draft
        .headers
        .push(("X-Mien-Client-Token", "one".to_owned()));
    draft.body = world.fuse_face().to_string().into_bytes();
    let first = draft.send();
    (draft.secret_id, draft.secret_key) = (secret_id, secret_key);
    draft.body = theirs.to_string().into_bytes();
    let second = draft.send();
    // Neither refused for the other's call, nor given the other's picture.
    for reply in [&first, &second] {
        assert_eq!(reply.code(), "ok");
        assert_eq!(reply.header("x-mien-charged"), Some("1"));
    }
    assert_ne!(
        first.response()["FusedImage"],
        second.response()["FusedImage"]
    );
}

#[test]
fn only_an_exempt_account_has_pictures_without_a_mark() {
    let world = World::new();
    let mut asked = world.fuse_face();
    let picture = |asked: &Value| {
        let reply = world.call(NEW, "FuseFace", asked);
        let warned = reply.header("x-mien-warning").is_some();
        let text = reply.response()["FusedImage"].as_str().unwrap().to_owned();
        let file = data_encoding::BASE64.decode(text.as_bytes()).unwrap();
        let pixels = pixel::decode(&file, &pixel::DecodeOptions::default()).unwrap();
        (warned, pixels.pixels)
    };
    let (_, marked) = picture(&asked);
    asked["LogoAdd"] = json!(0);
    let (warned, kept) = picture(&asked);
    assert!(warned && kept == marked);
    let actor = Actor::CommandLine;
    let service = &world.service;
    service
        .exempt(actor, world.account, "agreed in writing", None)
        .unwrap();
    let (warned, bare) = picture(&asked);
    assert!(!warned && bare != marked);
    // Any other number asks for the mark.
    asked["LogoAdd"] = json!(2);
    assert!(picture(&asked) == (false, marked));
}

#[test]
fn results_are_fetched_for_seven_days_by_who_has_the_address() {
    let world = World::new();
    let mut asked = world.fuse_face();
    asked["RspImgType"] = json!("url");
    let response = world.call(OLD, "FuseFace", &asked).response();
    let url = response["FusedImage"].as_str().unwrap();
    let path = url
        .strip_prefix(&format!("http://{}", world.endpoint))
        .unwrap();
    assert_eq!(world.get(path).status, 200);
    assert_eq!(world.get(&path[..path.len() - 1]).status, 404);
    world.pass(7 * 24 * 3_600_000 - 1000);
    assert_eq!(world.get(path).status, 200);
    world.pass(2000);
    assert_eq!(world.get(path).status, 404);
    assert_ne!(portrait("T1").len(), 0);
}
