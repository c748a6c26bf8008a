use crate::scene::{Scene, licence, moment, pack, refused, renewal, yuan};
use billing::{GrantKind, Money, Purchase, Refusal, UpgradeRequest};
use std::thread;

#[test]
fn a_key_is_one_order_whatever_is_retried() {
    let scene = Scene::new();
    let account = scene.account();
    let activity = scene.activity(account);
    let first = scene.buy(account, &licence(activity), "k").unwrap();
    assert_eq!((first.repeated, first.balance), (false, yuan("995000.00")));
    // Also when it could not be bought again, and when the price has changed.
    scene.set("2027-03-01");
    let again = scene
        .service
        .order(account, &licence(activity), "k", Some(Money::ZERO))
        .unwrap();
    assert_eq!((&again.order, again.repeated), (&first.order, true));
    let other = scene.buy(account, &renewal(activity), "k");
    assert_eq!(other, Err(Refusal::OrderKeyReused));
    let orders = scene
        .service
        .orders(account, Default::default(), scene.service.now());
    assert_eq!(orders.unwrap(), [first.order]);
    // The keys of another account are its own.
    let theirs = scene.account();
    let their_activity = scene.activity(theirs);
    let bought = scene.buy(theirs, &licence(their_activity), "k").unwrap();
    assert!(!bought.repeated);
    scene.audit();
}

#[test]
fn many_at_once_with_one_key_are_one_order() {
    let scene = Scene::new();
    let account = scene.account();
    let activity = scene.activity(account);
    scene.license(account, activity);
    let orders: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| scene.buy(account, &pack("pack-100k"), "one").unwrap()))
            .collect();
        threads.into_iter().map(|t| t.join().unwrap()).collect()
    });
    let fresh = orders.iter().filter(|paid| !paid.repeated).count();
    assert_eq!(fresh, 1);
    assert!(orders.iter().all(|paid| paid.order == orders[0].order));
    let balance = scene.service.account(account).unwrap().balance;
    assert_eq!(balance, yuan("993300.00"));
    scene.audit();
}

#[test]
fn only_at_the_price_agreed_and_only_with_the_money() {
    let scene = Scene::new();
    let account = scene.poor_account();
    let activity = scene.activity(account);
    let service = &scene.service;
    let order = |key: &str, agreed: Option<&str>| {
        refused(service.order(account, &licence(activity), key, agreed.map(yuan)))
            .map(|paid| paid.balance)
    };
    let low = |balance: &str, short: &str| {
        Err(Refusal::BalanceTooLow {
            needed: yuan("5000"),
            balance: yuan(balance),
            short: yuan(short),
        })
    };
    assert_eq!(order("a", None), low("0", "5000"));
    service.top_up(account, yuan("4999.99"), "1", "").unwrap();
    assert_eq!(order("a", None), low("4999.99", "0.01"));
    service.top_up(account, yuan("0.01"), "2", "").unwrap();
    let changed = Refusal::PriceChanged {
        agreed: yuan("4999.99"),
        now: yuan("5000"),
    };
    assert_eq!(order("a", Some("4999.99")), Err(changed));
    // A key that was refused is still free.
    assert_eq!(order("a", Some("5000")), Ok(Money::ZERO));
    scene.audit();
}

#[test]
fn an_order_keeps_the_price_it_was_bought_at() {
    let scene = Scene::new();
    let account = scene.account();
    let activity = scene.activity(account);
    let quote = scene.service.quote(account, &licence(activity)).unwrap();
    let text = billing::catalogue::DEFAULT_TEXT
        .replace("version = \"2027-01\"", "version = \"dearer\"")
        .replace("price = \"5000.00\"", "price = \"6000.00\"");
    scene.service.apply_catalogue(&text).unwrap();
    let order = |agreed| {
        refused(
            scene
                .service
                .order(account, &licence(activity), "k", agreed),
        )
    };
    let changed = Refusal::PriceChanged {
        agreed: yuan("5000"),
        now: yuan("6000"),
    };
    assert_eq!(order(Some(quote.total)), Err(changed));
    let paid = order(None).unwrap();
    assert_eq!(paid.order.quote.catalogue, "dearer");
    let scene = scene.reopened();
    assert_eq!(scene.service.catalogue().version, "dearer");
    assert_eq!(quote.catalogue, "2027-01");
}

#[test]
fn packs_and_qps_are_for_the_licensed() {
    let scene = Scene::new();
    let account = scene.account();
    let activity = scene.activity(account);
    let request = UpgradeRequest {
        first_day: "2027-01-10".parse().unwrap(),
        last_day: "2027-01-10".parse().unwrap(),
        extra: 10,
    };
    let qps = Purchase::Qps { activity, request };
    let pack = pack("pack-1m");
    let mut key = 0;
    let mut buy = |purchase: &Purchase| {
        key += 1;
        scene.buy(account, purchase, &key.to_string()).map(|_| ())
    };
    assert_eq!(buy(&pack), Err(Refusal::NoLicensedActivity));
    assert_eq!(buy(&qps), Err(Refusal::NotLicensed));
    scene.license(account, activity);
    assert_eq!(buy(&pack), Ok(()));
    assert_eq!(buy(&qps), Ok(()));
    scene.set("2028-01-10");
    assert_eq!(buy(&pack), Err(Refusal::NoLicensedActivity));
    assert_eq!(buy(&qps), Err(Refusal::NotLicensed));
}

#[test]
fn a_renewal_follows_on_and_its_pack_can_be_used_at_once() {
    let scene = Scene::new();
    let account = scene.account();
    let activity = scene.activity(account);
    let refused = scene.buy(account, &licence(activity), "1").map(|_| ());
    assert_eq!(refused, Ok(()));
    let until = moment("2028-01-10");
    let again = scene.buy(account, &licence(activity), "2").map(|_| ());
    assert_eq!(again, Err(Refusal::AlreadyLicensed { until }));
    scene.set("2027-12-31 12:00:00");
    scene.buy(account, &renewal(activity), "3").unwrap();
    let view = scene.service.activity(account, activity).unwrap();
    // 2028 has 366 days.
    assert_eq!(view.licensed_until, Some(moment("2029-01-09")));
    assert_eq!(view.materials_frozen_from, Some(moment("2028-01-30")));
    assert_eq!(view.licence_left, 20_000);
    scene.use_up_grants(account, 1);
    let lefts: Vec<_> = (0..3)
        .map(|_| scene.call(account, activity).unwrap())
        .map(|charged| (charged.kind, charged.left))
        .collect();
    let paid = |kind| (Some(kind), Some(0));
    assert_eq!(
        lefts,
        [
            paid(GrantKind::Free),
            paid(GrantKind::Licence),
            paid(GrantKind::Licence)
        ]
    );
    // At the end of the first period the calls go on without a gap.
    for time in [
        "2028-01-09 23:59:59.999",
        "2028-01-10",
        "2029-01-08 23:59:59",
    ] {
        scene.set(time);
        scene.call(account, activity).unwrap();
    }
    // Nor when the meter has seen the second begin and the clock is set back into the first.
    scene.set("2028-01-10 00:00:01");
    let scene = scene.reopened();
    scene.call(account, activity).unwrap();
    scene.set("2028-01-09 23:59:59");
    scene.call(account, activity).unwrap();
    scene.set("2029-01-09");
    assert!(scene.call(account, activity).is_err());
    // After the end a renewal begins now.
    scene.set("2029-03-01 08:00:00");
    scene.buy(account, &renewal(activity), "4").unwrap();
    let view = scene.service.activity(account, activity).unwrap();
    assert_eq!(view.licensed_until, Some(moment("2030-03-01")));
    scene.call(account, activity).unwrap();
}

#[test]
fn bills_come_before_new_orders() {
    let scene = Scene::new();
    let account = scene.poor_account();
    scene
        .service
        .top_up(account, yuan("5000"), "start", "")
        .unwrap();
    let activity = scene.activity(account);
    scene.license(account, activity);
    scene.use_up_grants(account, 0);
    scene.calls(account, activity, 100);
    scene.set("2027-02-01");
    scene.service.close_due_months().unwrap();
    let refused = scene.buy(account, &pack("pack-100k"), "k").map(|_| ());
    let in_arrears = Refusal::InArrears {
        owed: yuan("2"),
        balance: Money::ZERO,
        short: yuan("2"),
    };
    assert_eq!(refused, Err(in_arrears));
}
