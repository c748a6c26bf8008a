use crate::scene::{Scene, moment, renewal, yuan};
use billing::notice::Notice;
use billing::{AccountId, ActivityId, ChargedTo, Money, Month, Refusal};
use std::thread;
use store::Bill;

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

/// A licensed activity all of whose calls are postpaid, and just so much money.
fn postpaid(balance: &str) -> (Scene, AccountId, ActivityId) {
    let scene = Scene::new();
    let account = scene.poor_account();
    let start = yuan("5000").plus(yuan(balance)).unwrap();
    scene.service.top_up(account, start, "start", "").unwrap();
    let activity = scene.activity(account);
    scene.license(account, activity);
    scene.use_up_grants(account, 0);
    (scene, account, activity)
}

fn bills(scene: &Scene, account: AccountId) -> Vec<(Month, u64, Money, bool)> {
    let tell = |bill: Bill| (bill.month, bill.calls, bill.amount, bill.paid.is_some());
    let bills = scene.service.bills(account).unwrap();
    bills.into_iter().map(tell).collect()
}

#[test]
fn a_bill_is_drawn_once_and_paid_at_once() {
    let (scene, account, activity) = postpaid("100");
    scene.calls(account, activity, 30);
    assert_eq!(scene.service.close_due_months().unwrap().months, 0);
    scene.set("2027-01-31 23:59:59.999");
    scene.calls(account, activity, 1);
    assert_eq!(scene.service.close_due_months().unwrap().months, 0);
    scene.set("2027-02-01");
    let closing = scene.service.close_due_months().unwrap();
    assert_eq!((closing.months, closing.bills.len()), (1, 1));
    for _ in 0..2 {
        let again = scene.service.close_due_months().unwrap();
        assert_eq!((again.months, again.bills.len()), (0, 0));
        let drawn = [(month("2027-01"), 31, yuan("0.62"), true)];
        assert_eq!(bills(&scene, account), drawn);
    }
    let view = scene.service.account(account).unwrap();
    assert_eq!((view.balance, view.owed), (yuan("99.38"), Money::ZERO));
    scene.calls(account, activity, 1);
}

#[test]
fn a_month_is_closed_once_by_many_at_once() {
    let (scene, account, activity) = postpaid("100");
    scene.calls(account, activity, 50);
    scene.set("2027-02-01");
    let closed: u64 = thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| scene.service.close_due_months().unwrap().bills.len()))
            .collect();
        threads.into_iter().map(|t| t.join().unwrap() as u64).sum()
    });
    assert_eq!(closed, 1);
    assert_eq!(scene.service.account(account).unwrap().balance, yuan("99"));
}

#[test]
fn arrears_stop_the_calls_at_once_and_payment_restores_them_at_once() {
    let (scene, account, activity) = postpaid("1.99");
    scene.calls(account, activity, 100);
    let free = scene.activity(account);
    scene.call(account, free).unwrap();
    scene.set("2027-02-01");
    scene.call(account, activity).unwrap();
    scene.service.close_due_months().unwrap();
    let short = Refusal::InArrears {
        owed: yuan("2.00"),
        balance: yuan("1.99"),
        short: yuan("0.01"),
    };
    for activity in [activity, free] {
        assert_eq!(scene.call(account, activity), Err(short.clone()));
    }
    // Whoever was not called since the start is stopped as well.
    let scene = scene.reopened();
    assert_eq!(scene.call(account, free), Err(short));
    assert_eq!(
        bills(&scene, account),
        [(month("2027-01"), 100, yuan("2"), false)]
    );
    let done = scene
        .service
        .top_up(account, yuan("0.01"), "fen", "")
        .unwrap();
    assert_eq!(done.bills_paid, [month("2027-01")]);
    for activity in [activity, free] {
        scene.call(account, activity).unwrap();
    }
    let told: Vec<_> = scene
        .service
        .notices(account, 10)
        .unwrap()
        .into_iter()
        .map(|view| view.notice)
        .filter(|notice| !matches!(notice, Notice::PackUsed { .. } | Notice::WindowEnds { .. }))
        .collect();
    let month = month("2027-01");
    let expected = [
        Notice::ServiceRestored {
            month,
            paid: yuan("2"),
        },
        Notice::InArrears {
            month,
            owed: yuan("2"),
            balance: yuan("1.99"),
            short: yuan("0.01"),
        },
        Notice::BillDrawn {
            month,
            calls: 100,
            amount: yuan("2"),
            paid: false,
        },
    ];
    assert_eq!(told, expected);
}

#[test]
fn several_unpaid_bills_are_paid_the_oldest_first_each_in_whole() {
    let (scene, account, activity) = postpaid("0");
    scene.calls(account, activity, 300);
    scene.set("2027-02-01");
    // The month is closed late, so that February has calls too.
    scene.calls(account, activity, 100);
    scene.set("2027-03-01");
    assert_eq!(scene.service.close_due_months().unwrap().bills.len(), 2);
    let pay = |amount: &str, key: &str| {
        let done = scene.service.top_up(account, yuan(amount), key, "");
        let done = done.unwrap();
        (done.bills_paid, done.balance)
    };
    let is_stopped = || scene.call(account, activity).is_err();
    assert!(is_stopped());
    assert_eq!(pay("5.99", "a"), (vec![], yuan("5.99")));
    assert!(is_stopped());
    assert_eq!(pay("0.01", "b"), (vec![month("2027-01")], yuan("0")));
    assert!(is_stopped());
    assert_eq!(pay("2.50", "c"), (vec![month("2027-02")], yuan("0.50")));
    assert!(!is_stopped());
}

#[test]
fn missed_months_are_caught_up_with_and_months_without_calls_have_no_bill() {
    let (scene, account, activity) = postpaid("100");
    scene.calls(account, activity, 10);
    scene.set("2027-04-15");
    scene.calls(account, activity, 20);
    scene.set("2027-06-01 00:00:00");
    // Opening catches up by itself.
    let scene = scene.reopened();
    let drawn = [
        (month("2027-01"), 10, yuan("0.20"), true),
        (month("2027-04"), 20, yuan("0.40"), true),
    ];
    assert_eq!(bills(&scene, account), drawn);
    let last = scene
        .store()
        .read(|records| records.last_closed_month(account))
        .unwrap()
        .unwrap();
    assert_eq!((last.month, last.last_seq), (month("2027-05"), 30));
    assert_eq!(scene.service.close_due_months().unwrap().months, 0);
}

#[test]
fn the_catalogue_at_the_months_end_prices_it() {
    let (scene, account, activity) = postpaid("100");
    scene.calls(account, activity, 100);
    let edition = |version: &str, price: &str| {
        billing::catalogue::DEFAULT_TEXT
            .replace("version = \"2027-01\"", &format!("version = \"{version}\""))
            .replace(
                "unit_price = \"0.02\"",
                &format!("unit_price = \"{price}\""),
            )
    };
    let apply = |text: &str| scene.service.apply_catalogue(text).map(|_| ());
    scene.set("2027-01-31 23:59:59.999");
    apply(&edition("in January", "0.03")).unwrap();
    scene.set("2027-02-01");
    apply(&edition("in February", "0.04")).unwrap();
    scene.calls(account, activity, 100);
    scene.set("2027-03-02");
    scene.service.close_due_months().unwrap();
    let drawn: Vec<_> = scene.service.bills(account).unwrap();
    let drawn: Vec<_> = drawn
        .iter()
        .map(|bill| (bill.catalogue.as_str(), bill.amount))
        .collect();
    let expected = [("in January", yuan("3")), ("in February", yuan("4"))];
    assert_eq!(drawn, expected);
    // The same again changes nothing; its version with other contents is refused.
    apply(&edition("in February", "0.04")).unwrap();
    assert!(apply(&edition("in February", "0.05")).is_err());
    assert!(apply(&edition("in January", "0.03")).is_err());
    assert_eq!(scene.service.catalogue().version, "in February");
    assert_eq!(scene.service.catalogue_editions().unwrap().len(), 3);
    // The newest stays in force where the clock was set back before the next start.
    scene.set("2027-01-15");
    let scene = scene.reopened();
    assert_eq!(scene.service.catalogue().version, "in February");
}

#[test]
fn no_call_lands_in_a_closed_month_although_the_clock_is_set_back() {
    let (scene, account, activity) = postpaid("100");
    scene.calls(account, activity, 10);
    scene.set("2027-02-01");
    scene.service.close_due_months().unwrap();
    scene.set("2027-01-31 23:59:00");
    for _ in 0..5 {
        let charged = scene.call(account, activity).unwrap();
        assert_eq!(charged.at, moment("2027-02-01"));
        assert_eq!(charged.charged_to, ChargedTo::Postpaid);
    }
    assert_eq!(scene.service.close_due_months().unwrap().months, 0);
    scene.set("2027-03-01");
    scene.service.close_due_months().unwrap();
    let drawn: Vec<_> = bills(&scene, account)
        .into_iter()
        .map(|(_, calls, ..)| calls)
        .collect();
    assert_eq!(drawn, [10, 5]);
}

#[test]
fn calls_go_on_while_months_are_closed_and_all_are_billed() {
    let (scene, account, activity) = postpaid("1000");
    let renewed = scene.buy(account, &renewal(activity), "renewed");
    assert!(renewed.is_err(), "the money is for the calls");
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| scene.calls(account, activity, 100));
        }
        for text in ["2027-02-01", "2027-03-01", "2027-04-01", "2027-05-01"] {
            scene.set(text);
            scene.service.close_due_months().unwrap();
        }
    });
    scene.set("2027-06-01");
    scene.service.close_due_months().unwrap();
    let billed: u64 = bills(&scene, account)
        .into_iter()
        .map(|(_, calls, ..)| calls)
        .sum();
    assert_eq!(billed, 400);
}
