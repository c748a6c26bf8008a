//! The worked examples of the product's rules, each as a customer would meet it.

use crate::scene::{Scene, licence, moment, pack, yuan};
use billing::{
    ChargedTo, GrantKind, LicencePeriod, LineKind, Money, Purchase, Refusal, UpgradeRequest,
};
use store::Bill;

/// The bill of a January with so many postpaid calls, the last of which is really made.
fn bill_of(calls: u64) -> Option<Bill> {
    let scene = Scene::new();
    let account = scene.account();
    let activity = scene.activity(account);
    scene.license(account, activity);
    scene.use_up_grants(account, 0);
    if let Some(before) = calls.checked_sub(1) {
        scene.count_postpaid(account, "2027-01", before);
        let charged = scene.call(account, activity).unwrap();
        assert_eq!(charged.charged_to, ChargedTo::Postpaid);
    }
    scene.set("2027-02-01");
    let closing = scene.service.close_due_months().unwrap();
    assert_eq!(closing.months, 1);
    assert_eq!(closing.bills, scene.service.bills(account).unwrap());
    closing.bills.into_iter().next()
}

#[test]
fn a_months_postpaid_calls() {
    for (calls, amount) in [
        (0, None),
        (1_000_000, Some("20000.00")),
        (1_000_001, Some("12000.01")),
        (5_000_000, Some("60000.00")),
        (5_000_001, Some("25000.01")),
    ] {
        let bill = bill_of(calls);
        assert_eq!(bill.as_ref().map(|bill| bill.amount), amount.map(yuan));
        assert!(bill.is_none_or(|bill| bill.calls == calls && bill.paid.is_some()));
    }
}

fn upgrade(first_day: &str, last_day: &str, extra: u32) -> UpgradeRequest {
    UpgradeRequest {
        first_day: first_day.parse().unwrap(),
        last_day: last_day.parse().unwrap(),
        extra,
    }
}

#[test]
fn twenty_extra_qps_for_three_days() {
    let scene = Scene::new();
    let account = scene.account();
    let activity = scene.activity(account);
    scene.license(account, activity);
    let before = scene.service.account(account).unwrap().balance;
    let request = upgrade("2027-01-11", "2027-01-13", 20);
    let paid = scene
        .buy(account, &Purchase::Qps { activity, request }, "qps")
        .unwrap();
    assert_eq!(paid.order.quote.total, yuan("1260.00"));
    assert_eq!(paid.balance, before.minus(yuan("1260.00")).unwrap());
    for (time, qps) in [
        ("2027-01-10 23:59:59", 10),
        ("2027-01-11 00:00:00", 30),
        ("2027-01-13 23:59:59", 30),
        ("2027-01-14 00:00:00", 10),
    ] {
        scene.set(time);
        let view = scene.service.activity(account, activity).unwrap();
        assert_eq!(view.qps, qps, "{time}");
    }
}

fn package_2_and(extra: u32) -> (Scene, Result<Vec<Money>, Refusal>, u32) {
    let scene = Scene::new();
    let account = scene.account();
    let activity = scene.activity_of(account, 30);
    let purchase = Purchase::Licence {
        activity,
        renew: false,
        qps: vec![upgrade("2027-01-10", "2027-01-10", extra)],
    };
    let paid = scene.buy(account, &purchase, "both");
    let lines = paid.map(|paid| paid.order.quote.lines.iter().map(|l| l.amount).collect());
    let qps = scene.service.activity(account, activity).unwrap().qps;
    let balance = scene.service.account(account).unwrap().balance;
    assert_eq!(balance == yuan("1000000"), lines.is_err(), "all or nothing");
    (scene, lines, qps)
}

#[test]
fn qps_up_to_the_ceiling_and_beyond() {
    let (_, lines, qps) = package_2_and(950);
    assert_eq!(lines, Ok(vec![yuan("20000"), yuan("19950")]));
    assert_eq!(qps, 1000);
    let (_, refused, qps) = package_2_and(960);
    assert!(matches!(
        refused,
        Err(Refusal::AboveCeiling {
            would_be: 1010,
            ceiling: 1000,
            ..
        })
    ));
    assert_eq!(qps, 1);
}

#[test]
fn package_1_ends_after_a_year_and_freezes_after_thirty_days() {
    let scene = Scene::new();
    let account = scene.account();
    let activity = scene.activity(account);
    let paid = scene.buy(account, &licence(activity), "licence").unwrap();
    let LineKind::Licence { period, calls, .. } = paid.order.quote.lines[0].kind else {
        panic!("{paid:?}");
    };
    let expected = LicencePeriod {
        bought: moment("2027-01-10 08:00:00"),
        starts: moment("2027-01-10 08:00:00"),
        ends: moment("2028-01-10"),
        window_ends: moment("2027-02-09"),
    };
    assert_eq!((period, calls), (expected, 10_000));
    let grants = scene.store().read(|records| records.grants(account));
    let ends = grants
        .unwrap()
        .into_iter()
        .find(|g| g.kind == GrantKind::Licence);
    assert_eq!(ends.unwrap().ends, Some(moment("2028-01-10")));

    let add = || {
        scene
            .service
            .add_material(account, activity, "lantern", b"no picture")
    };
    scene.set("2027-02-08 23:59:59.999");
    add().unwrap();
    scene.set("2027-02-09");
    let since = moment("2027-02-09");
    assert_eq!(
        crate::scene::refused(add()),
        Err(Refusal::MaterialsFrozen { since })
    );

    scene.use_up_grants(account, 5);
    scene.calls(account, activity, 5);
    scene.set("2028-01-09 23:59:59.999");
    let charged = scene.call(account, activity).unwrap();
    assert_eq!(charged.kind, Some(GrantKind::Licence));
    scene.set("2028-01-10");
    let refused = scene.call(account, activity);
    assert_eq!(
        refused,
        Err(Refusal::NotEntitled {
            activity,
            free: 500
        })
    );
}

#[test]
fn five_hundred_free_calls_and_no_more() {
    let scene = Scene::new();
    let account = scene.poor_account();
    let activity = scene.activity(account);
    scene.calls(account, activity, 500);
    let refused = scene.call(account, activity);
    assert_eq!(
        refused,
        Err(Refusal::NotEntitled {
            activity,
            free: 500
        })
    );
    scene.audit();
    let scene = scene.reopened();
    let refused = scene.call(account, activity);
    assert_eq!(
        refused,
        Err(Refusal::NotEntitled {
            activity,
            free: 500
        })
    );
}

#[test]
fn free_calls_pay_before_the_licence() {
    let scene = Scene::new();
    let account = scene.account();
    let activity = scene.activity(account);
    scene.calls(account, activity, 497);
    scene.license(account, activity);
    for (kind, left) in [
        (GrantKind::Free, 2),
        (GrantKind::Free, 1),
        (GrantKind::Free, 0),
        (GrantKind::Licence, 9_999),
        (GrantKind::Licence, 9_998),
    ] {
        let charged = scene.call(account, activity).unwrap();
        assert_eq!((charged.kind, charged.left), (Some(kind), Some(left)));
    }
    scene.audit();
}

#[test]
fn the_pack_that_ends_first_pays_first() {
    let scene = Scene::at("2026-06-01 12:00:00");
    let account = scene.account();
    let activity = scene.activity(account);
    scene.license(account, activity);
    scene.use_up_grants(account, 0);
    scene.buy(account, &pack("pack-100k"), "first").unwrap();
    scene.set("2026-06-02 12:00:00");
    let text = billing::catalogue::DEFAULT_TEXT
        .replace("version = \"2027-01\"", "version = \"short packs\"")
        .replace(
            "calls = 1_000_000\nvalid_days = 365",
            "calls = 1_000_000\nvalid_days = 333",
        );
    scene.service.apply_catalogue(&text).unwrap();
    scene.buy(account, &pack("pack-1m"), "second").unwrap();
    let grants = scene.store().read(|records| records.grants(account));
    let ends: Vec<_> = grants
        .unwrap()
        .into_iter()
        .filter(|grant| grant.kind == GrantKind::Pack)
        .map(|grant| grant.ends.unwrap())
        .collect();
    assert_eq!(ends, [moment("2027-06-01"), moment("2027-05-01")]);
    let charged = scene.call(account, activity).unwrap();
    assert_eq!(charged.left, Some(999_999));
    scene.set("2027-05-01");
    let charged = scene.call(account, activity).unwrap();
    assert_eq!(charged.left, Some(99_999), "an ended pack pays nothing");
}

#[test]
fn a_fen_short_stops_the_calls_and_a_fen_more_restores_them() {
    let scene = Scene::new();
    let account = scene.poor_account();
    let service = &scene.service;
    service.top_up(account, yuan("30000"), "start", "").unwrap();
    let activity = scene.activity(account);
    scene.license(account, activity);
    assert_eq!(service.account(account).unwrap().balance, yuan("25000.00"));
    scene.use_up_grants(account, 0);
    scene.count_postpaid(account, "2027-01", 5_000_000);
    scene.call(account, activity).unwrap();
    scene.set("2027-02-01");
    service.close_due_months().unwrap();
    let in_arrears = Refusal::InArrears {
        owed: yuan("25000.01"),
        balance: yuan("25000.00"),
        short: yuan("0.01"),
    };
    assert_eq!(scene.call(account, activity), Err(in_arrears));
    let done = service.top_up(account, yuan("0.01"), "fen", "").unwrap();
    assert_eq!(done.bills_paid, ["2027-01".parse().unwrap()]);
    assert_eq!(done.balance, Money::ZERO);
    let charged = scene.call(account, activity).unwrap();
    assert_eq!(charged.charged_to, ChargedTo::Postpaid);
}
