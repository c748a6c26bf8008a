use crate::scene::{Scene, moment, renewal};
use billing::notice::Notice;
use billing::{AccountId, GrantKind};

fn told(scene: &Scene, account: AccountId) -> Vec<Notice> {
    let notices = scene.service.notices(account, 100).unwrap();
    let mut told: Vec<_> = notices.into_iter().map(|view| view.notice).collect();
    told.reverse();
    told
}

/// What each notice is about, in short.
fn short(notices: &[Notice]) -> Vec<String> {
    let text = |notice: &Notice| match notice {
        Notice::PackUsed { kind, percent, .. } => format!("{kind:?} {percent} %"),
        Notice::PackEnds {
            kind, days_left, ..
        } => format!("{kind:?} ends in {days_left}"),
        Notice::LicenceEnds { days_left, .. } => format!("licence ends in {days_left}"),
        Notice::WindowEnds { days_left, .. } => format!("window ends in {days_left}"),
        other => format!("{other:?}"),
    };
    notices.iter().map(text).collect()
}

#[test]
fn each_threshold_of_a_pack_is_told_once() {
    let scene = Scene::new();
    let account = scene.account();
    let activity = scene.activity(account);
    let mut seen = Vec::new();
    for (calls, notice) in [
        (399, None),
        (1, Some("Free 80 %")),
        (74, None),
        (1, Some("Free 95 %")),
        (24, None),
        (1, Some("Free 100 %")),
    ] {
        scene.calls(account, activity, calls);
        seen.extend(notice.map(str::to_owned));
        for _ in 0..2 {
            scene.service.give_due_notices().unwrap();
            assert_eq!(short(&told(&scene, account)), seen);
        }
    }
    let scene = scene.reopened();
    assert_eq!(scene.service.give_due_notices().unwrap(), 0);
}

#[test]
fn ends_are_told_thirty_seven_and_one_days_before_until_they_are_renewed() {
    let scene = Scene::new();
    let account = scene.account();
    let activity = scene.activity(account);
    scene.license(account, activity);
    let mut seen: Vec<String> = Vec::new();
    for (time, new) in [
        // The window of thirty days begins with the last thirty.
        ("2027-01-10 09:00:00", &["window ends in 30"][..]),
        ("2027-02-01", &[]),
        ("2027-02-02", &["window ends in 7"]),
        ("2027-02-08", &["window ends in 1"]),
        ("2027-02-09", &[]),
        ("2027-12-10", &[]),
        ("2027-12-11", &["Licence ends in 30", "licence ends in 30"]),
        ("2028-01-03", &["Licence ends in 7", "licence ends in 7"]),
    ] {
        scene.set(time);
        scene.service.give_due_notices().unwrap();
        seen.extend(new.iter().map(|text| (*text).to_owned()));
        assert_eq!(short(&told(&scene, account)), seen, "{time}");
    }
    scene.buy(account, &renewal(activity), "renewed").unwrap();
    scene.service.give_due_notices().unwrap();
    // The renewal brought a window of its own; the end of the licence is a year away again.
    seen.push("window ends in 30".to_owned());
    assert_eq!(short(&told(&scene, account)), seen);
    let Some(Notice::WindowEnds { ends, .. }) = told(&scene, account).pop() else {
        panic!();
    };
    assert_eq!(ends, moment("2028-02-02"));
    scene.set("2028-01-09");
    assert_eq!(scene.service.give_due_notices().unwrap(), 1);
    // The pack of the first period still ends with calls left.
    assert!(matches!(
        told(&scene, account).pop(),
        Some(Notice::PackEnds {
            kind: GrantKind::Licence,
            left: 10_000,
            days_left: 1,
            ..
        })
    ));
}

#[test]
fn who_comes_late_is_told_only_what_is_still_true() {
    let scene = Scene::new();
    let account = scene.account();
    let activity = scene.activity(account);
    scene.license(account, activity);
    scene.calls(account, activity, 500);
    scene.set("2028-01-08");
    scene.service.give_due_notices().unwrap();
    let seen = ["Free 100 %", "Licence ends in 7", "licence ends in 7"];
    assert_eq!(short(&told(&scene, account)), seen);
}
