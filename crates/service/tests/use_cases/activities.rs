use crate::scene::{Scene, is_not_found, new_activity, refused};
use billing::{ActivityChange, AlgorithmVersion, LockedChange, Refusal};
use service::Expected;

#[test]
fn the_limit_counts_deleted_activities() {
    let scene = Scene::new();
    let account = scene.account();
    let service = &scene.service;
    service.set_activity_limit(account, Some(3)).unwrap();
    let create = |name: &str| refused(service.create_activity(account, &new_activity(name, 10)));
    let first = create("one").unwrap().id;
    create("two").unwrap();
    service.delete_activity(account, first).unwrap();
    create("three").unwrap();
    let full = Err(Refusal::TooManyActivities { most: 3 });
    assert_eq!(create("four"), full);
    service.set_activity_limit(account, Some(4)).unwrap();
    create("four").unwrap();
    service.set_activity_limit(account, None).unwrap();
    for number in 5..=20 {
        create(&format!("{number}")).unwrap();
    }
    assert_eq!(create("21"), Err(Refusal::TooManyActivities { most: 20 }));
}

#[test]
fn a_licence_locks_version_quota_and_existence() {
    let scene = Scene::new();
    let account = scene.account();
    let activity = scene.activity(account);
    let service = &scene.service;
    let change = |change: ActivityChange| {
        refused(service.change_activity(account, activity, &change, &Expected::Anything))
            .map(|view| view.quota)
    };
    let name = || ActivityChange {
        name: Some("Moon feast".to_owned()),
        details: Some("Mid-autumn,\nall day".to_owned()),
        ..ActivityChange::default()
    };
    let quota = |quota| ActivityChange {
        quota: Some(quota),
        ..ActivityChange::default()
    };
    let algorithm = |algorithm| ActivityChange {
        algorithm: Some(algorithm),
        ..ActivityChange::default()
    };
    assert_eq!(change(quota(30)), Ok(30));
    assert_eq!(change(quota(10)), Ok(10));
    assert_eq!(change(algorithm(AlgorithmVersion::Likeness)), Ok(10));
    let unknown = Refusal::UnknownQuota {
        asked: 11,
        offered: vec![10, 30, 1000],
    };
    assert_eq!(change(quota(11)), Err(unknown));

    scene.license(account, activity);
    let until = service
        .activity(account, activity)
        .unwrap()
        .licensed_until
        .unwrap();
    let locked = |change| Refusal::LockedByLicence { change, until };
    assert_eq!(change(quota(30)), Err(locked(LockedChange::SwitchQuota)));
    assert_eq!(
        change(algorithm(AlgorithmVersion::Natural)),
        Err(locked(LockedChange::SwitchAlgorithm))
    );
    let delete = || refused(service.delete_activity(account, activity));
    assert_eq!(delete(), Err(locked(LockedChange::Delete)));
    assert_eq!(change(name()), Ok(10), "names stay free");
    assert_eq!(change(algorithm(AlgorithmVersion::Likeness)), Ok(10));

    // When the licence has ended all three are free again.
    scene.clock.set(until);
    assert_eq!(change(quota(30)), Ok(30));
    assert_eq!(delete(), Ok(()));
}

#[test]
fn a_deleted_activity_is_gone_with_its_free_calls() {
    let scene = Scene::new();
    let account = scene.account();
    let activity = scene.activity(account);
    scene.calls(account, activity, 2);
    scene.service.delete_activity(account, activity).unwrap();
    assert!(is_not_found(&scene.service.activity(account, activity)));
    let admitted = scene.service.meter().admit(account, activity, None);
    assert!(is_not_found(&admitted));
    assert!(is_not_found(
        &scene.service.delete_activity(account, activity)
    ));
    assert_eq!(scene.service.activities(account).unwrap(), []);
    // What it called stays in the log.
    scene.audit();
}

#[test]
fn a_call_that_was_let_in_before_the_deletion_is_charged() {
    let scene = Scene::new();
    let account = scene.account();
    let activity = scene.activity(account);
    let admission = scene.service.meter().admit(account, activity, None);
    scene.service.delete_activity(account, activity).unwrap();
    let ended = scene.ended(billing::Outcome::Fused);
    let charged = scene.service.meter().charge(admission.unwrap(), ended);
    assert_eq!(charged.unwrap().left, Some(499));
    scene.audit();
}

#[test]
fn another_accounts_activity_is_not_there() {
    let scene = Scene::new();
    let (ours, theirs) = (scene.account(), scene.account());
    let activity = scene.activity(theirs);
    let service = &scene.service;
    assert!(is_not_found(&service.activity(ours, activity)));
    assert!(is_not_found(&service.delete_activity(ours, activity)));
    let change = ActivityChange::default();
    assert!(is_not_found(&service.change_activity(
        ours,
        activity,
        &change,
        &Expected::Anything
    )));
    // The meter may know it already.
    scene.call(theirs, activity).unwrap();
    assert!(is_not_found(&service.meter().admit(ours, activity, None)));
    let purchase = crate::scene::licence(activity);
    assert!(is_not_found(&service.quote(ours, &purchase)));
    assert!(is_not_found(&service.order(ours, &purchase, "k", None)));
}
