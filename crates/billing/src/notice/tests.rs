use super::*;
use crate::catalogue::DEFAULT_TEXT;
use crate::licence::tests::{licence, moment};
use crate::{Calendar, Catalogue, Grant, Licence};
use proptest::prelude::*;
use std::collections::{HashMap, HashSet};

const ACTIVITY: ActivityId = ActivityId::new(300_100);

fn midnight(day: &str) -> Moment {
    moment(&format!("{day}T00:00:00+08:00"))
}

fn grant(id: u64, kind: GrantKind, used: u64, total: u64, ends: Option<&str>) -> Grant {
    Grant {
        id: GrantId::new(id),
        kind,
        activity: (kind != GrantKind::Pack).then_some(ACTIVITY),
        total,
        used,
        bought: midnight("2027-01-10"),
        ends: ends.map(midnight),
    }
}

fn due_at(grants: &[Grant], licences: &[Licence], now: Moment) -> Vec<Notice> {
    let catalogue = Catalogue::read(DEFAULT_TEXT).unwrap();
    let standing = DueInput { grants, licences };
    due(&standing, &catalogue, &Calendar::default(), now)
}

fn keys(grants: &[Grant], licences: &[Licence], now: &str) -> Vec<String> {
    let notices = due_at(grants, licences, moment(now));
    notices.iter().map(Notice::key).collect()
}

#[test]
fn the_highest_share_used_is_told() {
    let now = "2027-03-01T12:00:00+08:00";
    for (used, total, percent) in [
        (0, 500, None),
        (399, 500, None),
        (400, 500, Some(80)),
        (474, 500, Some(80)),
        (475, 500, Some(95)),
        (499, 500, Some(95)),
        (500, 500, Some(100)),
        // Exactly: 80 % of 7 is 5.6.
        (5, 7, None),
        (6, 7, Some(80)),
        (u64::MAX - 1, u64::MAX, Some(95)),
        (u64::MAX, u64::MAX, Some(100)),
        (0, 0, None),
    ] {
        for kind in [GrantKind::Free, GrantKind::Licence, GrantKind::Pack] {
            let found = keys(&[grant(42, kind, used, total, None)], &[], now);
            let expected: Vec<_> = percent
                .map(|percent| format!("pack-used:42:{percent}"))
                .into_iter()
                .collect();
            assert_eq!(found, expected, "{used} of {total}");
        }
    }
    // What has ended is not told.
    let ended = grant(42, GrantKind::Pack, 500, 500, Some("2027-03-01"));
    assert!(keys(&[ended], &[], now).is_empty());
}

#[test]
fn the_nearest_end_of_a_pack_is_told_while_calls_are_left() {
    let key = |days: u32| {
        let ends = midnight("2028-01-10").unix_ms();
        vec![format!("pack-ends:7:{ends}:{days}")]
    };
    for (now, expected) in [
        ("2027-12-10T23:59:59.999+08:00", vec![]),
        ("2027-12-11T00:00:00+08:00", key(30)),
        ("2028-01-02T23:59:59.999+08:00", key(30)),
        ("2028-01-03T00:00:00+08:00", key(7)),
        ("2028-01-08T23:59:59.999+08:00", key(7)),
        ("2028-01-09T00:00:00+08:00", key(1)),
        ("2028-01-09T23:59:59.999+08:00", key(1)),
        ("2028-01-10T00:00:00+08:00", vec![]),
    ] {
        for kind in [GrantKind::Licence, GrantKind::Pack] {
            let pack = grant(7, kind, 10, 1000, Some("2028-01-10"));
            assert_eq!(keys(&[pack], &[], now), expected, "{now}");
        }
        let used_up = grant(7, GrantKind::Pack, 1000, 1000, Some("2028-01-10"));
        let found = keys(&[used_up], &[], now);
        assert!(found.iter().all(|key| key == "pack-used:7:100"), "{now}");
        let endless = grant(7, GrantKind::Free, 10, 1000, None);
        assert!(keys(&[endless], &[], now).is_empty());
    }
}

#[test]
fn licences_and_windows_end_once_for_each_activity() {
    let first = licence("2027-01-10", "2028-01-10", 10);
    let licence_key = |end: &str, days: u32| {
        let ends = midnight(end).unix_ms();
        format!("licence-ends:300100:{ends}:{days}")
    };
    let window_key = |end: &str, days: u32| {
        let ends = midnight(end).unix_ms();
        format!("window-ends:300100:{ends}:{days}")
    };
    for (now, expected) in [
        // A window of 30 days begins with its notice.
        (
            "2027-01-10T09:00:00+08:00",
            vec![window_key("2027-02-09", 30)],
        ),
        (
            "2027-02-02T09:00:00+08:00",
            vec![window_key("2027-02-09", 7)],
        ),
        (
            "2027-02-08T09:00:00+08:00",
            vec![window_key("2027-02-09", 1)],
        ),
        ("2027-02-09T00:00:00+08:00", vec![]),
        (
            "2027-12-11T00:00:00+08:00",
            vec![licence_key("2028-01-10", 30)],
        ),
        (
            "2028-01-09T00:00:00+08:00",
            vec![licence_key("2028-01-10", 1)],
        ),
        ("2028-01-10T00:00:00+08:00", vec![]),
    ] {
        assert_eq!(
            keys(&[], std::slice::from_ref(&first), now),
            expected,
            "{now}"
        );
    }
    // Renewed: the first end is no end, and the window is the renewal's.
    let mut renewal = licence("2028-01-10", "2029-01-09", 10);
    renewal.period.bought = midnight("2027-12-01");
    renewal.period.window_ends = midnight("2027-12-31");
    let both = [renewal, first];
    for (now, expected) in [
        (
            "2027-12-24T00:00:00+08:00",
            vec![window_key("2027-12-31", 7)],
        ),
        ("2028-01-09T00:00:00+08:00", vec![]),
        (
            "2029-01-05T00:00:00+08:00",
            vec![licence_key("2029-01-09", 7)],
        ),
    ] {
        assert_eq!(keys(&[], &both, now), expected, "{now}");
    }
    // A window as long as the licence never freezes anything.
    let mut open = licence("2027-01-10", "2028-01-10", 50);
    open.period.window_ends = open.period.ends;
    let found = keys(&[], &[open], "2028-01-09T00:00:00+08:00");
    assert_eq!(found, [licence_key("2028-01-10", 1)]);
}

/// One of each kind.
fn samples() -> Vec<Notice> {
    let yuan = |text: &str| text.parse::<Money>().unwrap();
    let month = "2027-01".parse().unwrap();
    vec![
        Notice::PackUsed {
            grant: GrantId::new(42),
            kind: GrantKind::Licence,
            activity: Some(ACTIVITY),
            percent: 80,
            used: 8_000,
            total: 10_000,
        },
        Notice::LicenceEnds {
            activity: ACTIVITY,
            ends: midnight("2028-01-10"),
            days_left: 30,
        },
        Notice::PackEnds {
            grant: GrantId::new(43),
            kind: GrantKind::Pack,
            activity: None,
            left: 77,
            ends: midnight("2028-01-10"),
            days_left: 1,
        },
        Notice::WindowEnds {
            activity: ACTIVITY,
            ends: midnight("2027-02-09"),
            days_left: 7,
        },
        Notice::InArrears {
            month,
            owed: yuan("25000.01"),
            balance: yuan("25000"),
            short: yuan("0.01"),
        },
        Notice::ServiceRestored {
            month,
            paid: yuan("25000.01"),
        },
        Notice::MaterialDecided {
            material: "qc_300100_154021_1".parse().unwrap(),
            status: MaterialStatus::RejectedByMachine,
            reason: "人脸太小。".to_owned(),
            reason_en: "The face is too small.".to_owned(),
            at: midnight("2027-01-11"),
        },
        Notice::BillDrawn {
            month,
            calls: 5_000_001,
            amount: yuan("25000.01"),
            paid: false,
        },
    ]
}

#[test]
fn keys_are_fixed() {
    let keys: Vec<_> = samples().iter().map(Notice::key).collect();
    assert_eq!(
        keys,
        [
            "pack-used:42:80",
            "licence-ends:300100:1831046400000:30",
            "pack-ends:43:1831046400000:1",
            "window-ends:300100:1802102400000:7",
            "in-arrears:2027-01",
            "service-restored:2027-01",
            "material-decided:qc_300100_154021_1:22:1799596800000",
            "bill-drawn:2027-01",
        ]
    );
}

#[test]
fn texts_say_what_to_do() {
    let calendar = Calendar::default();
    let english: Vec<_> = samples()
        .iter()
        .map(|notice| (notice.title_en(&calendar), notice.text_en(&calendar)))
        .collect();
    let expected = [
        (
            "The licence pack of activity 300100 is 80 % used",
            "8000 of 10000 calls of the licence pack of activity 300100 are used. When it is used up the next pack pays, or calls are postpaid: buy a shared pack in time.",
        ),
        (
            "The licence of activity 300100 ends on 2028-01-09 24:00",
            "The licence of activity 300100 ends on 2028-01-09 24:00, within 30 days. After that its calls are refused. Renew it before: the new period follows on and brings a new call pack and update window.",
        ),
        (
            "A shared pack ends on 2028-01-09 24:00",
            "77 calls of a shared pack are left and end on 2028-01-09 24:00, within 1 day. They cannot be prolonged or refunded; use them before, and renew in time what your calls need after that day.",
        ),
        (
            "The materials of activity 300100 will be frozen after 2027-02-08 24:00",
            "The materials of activity 300100 can be added, replaced and deleted until 2027-02-08 24:00, for 7 days at most. Make your changes before; the degrees stay adjustable. A renewed licence opens a new window.",
        ),
        (
            "The account is in arrears: 0.01 yuan are missing",
            "The bill for 2027-01 could not be paid: 25000.01 yuan are owed and the balance is 25000.00. All calls are refused. Top up 0.01 yuan or more; that pays the bills and restores the service at once.",
        ),
        (
            "The bills are paid: calls are served again",
            "25000.01 yuan were paid for all bills up to 2027-01. Calls are served again; there is nothing to do.",
        ),
        (
            "Material qc_300100_154021_1: rejected",
            "The review of material qc_300100_154021_1: rejected. Reason: The face is too small. Upload another picture, or appeal.",
        ),
        (
            "The bill for 2027-01: 25000.01 yuan",
            "5000001 postpaid calls in 2027-01 cost 25000.01 yuan. The balance is too low; top up to restore the service.",
        ),
    ];
    let expected = expected.map(|(title, text)| (title.to_owned(), text.to_owned()));
    assert_eq!(english, expected);
    let licence_ends = &samples()[1];
    assert_eq!(
        licence_ends.title_zh(&calendar),
        "活动 300100 的技术授权将于 2028-01-09 24:00 到期"
    );
    for notice in samples() {
        assert!(!notice.title_zh(&calendar).is_empty());
        assert!(notice.text_zh(&calendar).ends_with('。'), "{notice:?}");
    }
}

#[test]
fn notices_survive_being_written_down() {
    for notice in samples() {
        let text = serde_json::to_string(&notice).unwrap();
        assert_eq!(serde_json::from_str::<Notice>(&text).unwrap(), notice);
    }
    let value = serde_json::to_value(&samples()[0]).unwrap();
    assert_eq!(
        (&value["notice"], &value["percent"]),
        (&"pack_used".into(), &80.into())
    );
}

/// The threshold that a notice tells, larger for what is more pressing.
fn urgency(notice: &Notice) -> (String, i64) {
    let key = notice.key();
    let (thing, threshold) = key.rsplit_once(':').unwrap();
    let number: i64 = threshold.parse().unwrap();
    let is_share = matches!(notice, Notice::PackUsed { .. });
    (thing.to_owned(), if is_share { number } else { -number })
}

proptest! {
    #[test]
    fn each_threshold_is_told_once_and_the_last_surely(
        total in 1u64..2_000,
        steps in proptest::collection::vec((0u64..300, 0i64..40 * 86_400_000), 1..60),
    ) {
        let mut pack = grant(1, GrantKind::Pack, 0, total, Some("2028-01-10"));
        let running = [licence("2027-01-10", "2028-01-10", 10)];
        let mut now = midnight("2027-01-10");
        let mut told = HashSet::new();
        let mut last: HashMap<String, i64> = HashMap::new();
        for (used, ms) in steps {
            pack.used = (pack.used + used).min(total);
            now = now.plus_ms(ms);
            let notices = due_at(std::slice::from_ref(&pack), &running, now);
            // Asked again, nothing else.
            prop_assert_eq!(&notices, &due_at(std::slice::from_ref(&pack), &running, now));
            for notice in notices.into_iter().filter(|notice| told.insert(notice.key())) {
                let (thing, level) = urgency(&notice);
                // What is told later is more pressing, so no threshold comes twice.
                prop_assert!(last.insert(thing, level).is_none_or(|before| before < level));
            }
            let valid = now < midnight("2028-01-10");
            let reached = |percent: u64| valid && pack.used * 100 >= percent * total;
            if let Some(percent) = [100, 95, 80].into_iter().find(|&percent| reached(percent)) {
                let key = format!("pack-used:1:{percent}");
                prop_assert!(told.contains(&key), "{}", key);
            }
            if valid && now >= midnight("2028-01-09") {
                let ends = midnight("2028-01-10").unix_ms();
                let key = format!("licence-ends:300100:{ends}:1");
                prop_assert!(told.contains(&key), "{}", key);
                let key = format!("pack-ends:1:{ends}:1");
                prop_assert!(pack.left() == 0 || told.contains(&key), "{}", key);
            }
        }
    }
}
