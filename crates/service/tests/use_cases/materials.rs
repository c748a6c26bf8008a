use crate::scene::{Scene, is_not_found, moment, portrait, refused, renewal};
use billing::{AccountId, ActivityId, Degree, MaterialId, MaterialStatus, Refusal};
use service::MaterialView;
use std::thread;

/// What no review passes, and costs it little.
const GARBAGE: &[u8] = b"no picture";

fn add(scene: &Scene, account: AccountId, activity: ActivityId) -> Result<MaterialView, Refusal> {
    refused(
        scene
            .service
            .add_material(account, activity, "lantern", GARBAGE),
    )
}

#[test]
fn the_machine_passes_portraits_and_says_why_it_does_not() {
    let scene = Scene::new();
    let account = scene.account();
    let activity = scene.activity(account);
    let add = |name: &str, bytes: &[u8]| {
        let added = scene.service.add_material(account, activity, name, bytes);
        added.unwrap()
    };
    let good = add("feast", &portrait("T1"));
    assert_eq!(good.status, MaterialStatus::PassedByMachine);
    assert!((good.status_code, good.usable) == (21, true) && good.reason.is_empty());
    assert_eq!(good.faces.len(), 1);
    assert_eq!(good.id.to_string(), format!("qc_{activity}_154001_1"));
    assert_eq!(good.faces[0].to_string(), format!("{}_1", good.id));
    let bad = add("noise", GARBAGE);
    assert_eq!(bad.status, MaterialStatus::RejectedByMachine);
    assert!((bad.status_code, bad.usable) == (22, false) && !bad.reason.is_empty());
    assert_eq!(
        scene.service.materials(account, activity).unwrap(),
        [good.clone(), bad]
    );
    let kept = scene.service.material_picture(account, good.id).unwrap();
    assert_eq!(kept, portrait("T1"));
}

#[test]
fn the_quota_is_the_most_also_for_many_at_once() {
    let scene = Scene::new();
    let account = scene.account();
    let activity = scene.activity(account);
    let added: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| [(); 4].map(|()| add(&scene, account, activity))))
            .collect();
        threads
            .into_iter()
            .flat_map(|t| t.join().unwrap())
            .collect()
    });
    let full = Refusal::QuotaFull { quota: 10 };
    let refusals: Vec<_> = added.iter().filter_map(|a| a.as_ref().err()).collect();
    assert_eq!(refusals, [&full; 6]);
    let materials = scene.service.materials(account, activity).unwrap();
    let numbers: Vec<_> = materials.iter().map(|m| m.id.number).collect();
    assert_eq!(numbers, (1..=10).collect::<Vec<_>>());
    assert_eq!(scene.objects.list("").unwrap().len(), 10);
    // A number is not given again.
    let service = &scene.service;
    service.delete_material(account, materials[9].id).unwrap();
    assert_eq!(add(&scene, account, activity).unwrap().id.number, 11);
}

#[test]
fn a_closed_window_freezes_all_but_the_degrees_until_a_renewal() {
    let scene = Scene::new();
    let account = scene.account();
    let activity = scene.activity(account);
    let material = add(&scene, account, activity).unwrap().id;
    scene.license(account, activity);
    let service = &scene.service;
    let delete = |id| refused(service.delete_material(account, id));
    let replace = |id| refused(service.replace_material(account, id, GARBAGE)).map(|_| ());
    let tune = |degree| {
        let degree = Some(Degree::new(degree).unwrap());
        service.tune_material(account, material, degree, None)
    };
    let second = add(&scene, account, activity).unwrap().id;
    assert_eq!(replace(second), Ok(()));
    assert_eq!(delete(second), Ok(()));
    scene.set("2027-02-09");
    let since = moment("2027-02-09");
    let frozen = Refusal::MaterialsFrozen { since };
    assert_eq!(add(&scene, account, activity).err(), Some(frozen.clone()));
    assert_eq!(replace(material), Err(frozen.clone()));
    assert_eq!(delete(material), Err(frozen));
    let tuned = tune(20).unwrap();
    assert_eq!(tuned.feature_degree.get(), 20);
    assert_eq!(tuned.shape_degree, Degree::HALF);

    scene.buy(account, &renewal(activity), "again").unwrap();
    assert_eq!(replace(material), Ok(()));
    let kept = service.materials(account, activity).unwrap();
    assert_eq!(kept[0].feature_degree.get(), 20, "degrees outlive pictures");
    assert_eq!(delete(material), Ok(()));
    add(&scene, account, activity).unwrap();
    // The renewed window closes too; without a licence nothing is frozen.
    scene.set("2027-03-11");
    assert!(add(&scene, account, activity).is_err());
    scene.set("2029-01-09");
    add(&scene, account, activity).unwrap();
}

#[test]
fn what_the_machine_refused_can_be_appealed_and_a_person_decides() {
    let scene = Scene::new();
    let account = scene.account();
    let activity = scene.activity(account);
    let service = &scene.service;
    let status = |view: Result<MaterialView, _>| refused(view).map(|view| view.status);
    for (pass, decided) in [
        (true, MaterialStatus::AppealWon),
        (false, MaterialStatus::AppealLost),
    ] {
        let id = add(&scene, account, activity).unwrap().id;
        let appeal = || status(service.appeal_material(account, id, ""));
        assert_eq!(appeal(), Ok(MaterialStatus::Appealed));
        assert_eq!(service.appeals().unwrap().len(), 1);
        assert!(appeal().is_err());
        let decision = service.decide_material(id, pass, "looked at it");
        assert_eq!(decision.as_ref().unwrap().reason, "looked at it");
        assert_eq!(status(decision), Ok(decided));
        assert_eq!(service.appeals().unwrap(), []);
        // An operator may think again.
        let again = service.decide_material(id, !pass, "");
        let reversed = if pass {
            MaterialStatus::RejectedByPerson
        } else {
            MaterialStatus::PassedByPerson
        };
        assert_eq!(status(again), Ok(reversed));
        assert!(appeal().is_err());
    }
    let told = service.notices(account, 100).unwrap();
    assert_eq!(told.len(), 6, "uploads and decisions are told: {told:?}");
}

#[test]
fn another_accounts_material_is_not_there() {
    let scene = Scene::new();
    let (ours, theirs) = (scene.account(), scene.account());
    let activity = scene.activity(theirs);
    scene.activity(ours);
    let id = add(&scene, theirs, activity).unwrap().id;
    let service = &scene.service;
    let unknown = MaterialId { number: 2, ..id };
    for (account, id) in [(ours, id), (theirs, unknown)] {
        assert!(is_not_found(&service.material_picture(account, id)));
        assert!(is_not_found(
            &service.replace_material(account, id, GARBAGE)
        ));
        assert!(is_not_found(
            &service.tune_material(account, id, None, None)
        ));
        assert!(is_not_found(&service.appeal_material(account, id, "")));
        assert!(is_not_found(&service.delete_material(account, id)));
    }
    assert!(is_not_found(&service.materials(ours, activity)));
    let added = service.add_material(ours, activity, "lantern", GARBAGE);
    assert!(is_not_found(&added));
    assert_eq!(scene.objects.list("").unwrap().len(), 1);
}

#[test]
fn a_picture_goes_with_its_material() {
    let scene = Scene::new();
    let account = scene.account();
    let activity = scene.activity(account);
    let service = &scene.service;
    let kept = || scene.objects.list("").unwrap().len();
    let ids = [(); 3].map(|()| add(&scene, account, activity).unwrap().id);
    assert_eq!(kept(), 3);
    service.delete_material(account, ids[0]).unwrap();
    assert!(is_not_found(&service.material_picture(account, ids[0])));
    assert_eq!(kept(), 2);
    service.replace_material(account, ids[1], b"other").unwrap();
    assert_eq!(kept(), 2);
    let picture = service.material_picture(account, ids[1]).unwrap();
    assert_eq!(picture, b"other");
    service.delete_activity(account, activity).unwrap();
    assert_eq!(kept(), 0);
}
