//! Orders and what they bring: licences, extra QPS, grants.

use super::cast::{
    Gift, TEXT, add_account, add_activity, add_order, assert_refused, at, call, charge, license,
    noon, period, read, write,
};
use crate::{Order, Store};
use billing::{
    AccountId, ActivityId, Day, Grant, GrantId, GrantKind, Licence, LicenceId, LicencePeriod, Line,
    LineKind, Money, OrderId, Purchase, Quote, Upgrade, UpgradeId, UpgradeRequest,
};

pub(super) const CASES: &[fn(&Store)] = &[
    orders,
    an_order_key_holds_once,
    licences,
    when_an_activity_is_licensed,
    a_licence_bought_by_a_clock_that_is_set_back,
    upgrades,
    grants,
    grants_that_may_pay,
];

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn request() -> UpgradeRequest {
    UpgradeRequest {
        first_day: day("2027-03-10"),
        last_day: day("2027-03-12"),
        extra: 20,
    }
}

/// One of each thing that can be asked for and brought.
fn all_purchases(activity: ActivityId) -> [Purchase; 3] {
    [
        Purchase::Licence {
            activity,
            renew: true,
            qps: vec![request(), request()],
        },
        Purchase::Qps {
            activity,
            request: request(),
        },
        Purchase::Pack {
            pack: TEXT.to_owned(),
        },
    ]
}

fn all_lines(activity: ActivityId) -> Vec<Line> {
    let kinds = [
        LineKind::Licence {
            activity,
            package: "package-1".to_owned(),
            qps: 10,
            calls: 10_000,
            period: LicencePeriod {
                bought: noon(),
                starts: noon().plus_ms(1),
                ends: noon().plus_ms(3),
                window_ends: noon().plus_ms(2),
            },
        },
        LineKind::Qps {
            activity,
            request: request(),
        },
        LineKind::Pack {
            pack: TEXT.to_owned(),
            calls: 100_000,
            ends: noon(),
        },
    ];
    let line = |kind| Line {
        kind,
        amount: Money::from_fen(170_001),
    };
    kinds.into_iter().map(line).collect()
}

fn orders(store: &Store) {
    let (account, other) = (add_account(store), add_account(store));
    let activity = add_activity(store, account);
    let lines = all_lines(activity);
    let mut all = Vec::new();
    for (index, purchase) in all_purchases(activity).into_iter().enumerate() {
        let order = Order {
            id: write(store, |records| records.next_order()),
            account,
            key: format!("{TEXT}{index}"),
            purchase,
            quote: Quote {
                catalogue: "2027-01".to_owned(),
                lines: lines[..=index].to_vec(),
                total: Money::from_fen(170_001 * (index as i64 + 1)),
            },
            paid: noon().plus_ms(index as i64),
        };
        write(store, |records| records.add_order(&order));
        all.push(order);
    }
    add_order(store, other, "other");
    for order in &all {
        let found = read(store, |records| records.order_by_key(account, &order.key));
        assert_eq!(found.as_ref(), Some(order));
        let found = read(store, |records| records.order_by_key(other, &order.key));
        assert_eq!(found, None, "keys are each account's own");
    }
    for (from, to, range) in [(0, 3, 0..3), (0, 2, 0..2), (1, 2, 1..2), (1, 1, 1..1)] {
        let (from, to) = (noon().plus_ms(from), noon().plus_ms(to));
        let found = read(store, |records| records.orders(account, from, to));
        assert_eq!(found, all[range], "{from} to {to}");
    }
}

fn an_order_key_holds_once(store: &Store) {
    let (account, other) = (add_account(store), add_account(store));
    let order = add_order(store, account, "key");
    add_order(store, other, "key");
    assert_refused(store, "an order key twice", |records| {
        let id = records.next_order()?;
        records.add_order(&Order {
            id,
            ..order.clone()
        })
    });
    let found = read(store, |records| records.order_by_key(account, "key"));
    assert_eq!(found, Some(order));
}

fn licences(store: &Store) {
    let account = add_account(store);
    let activities = [(); 2].map(|()| add_activity(store, account));
    let order = add_order(store, account, "key").id;
    let periods = [5, 1, 3].map(|start| LicencePeriod {
        bought: noon(),
        starts: noon().plus_ms(start),
        ends: noon().plus_ms(start + 9),
        window_ends: noon().plus_ms(start + 7),
    });
    for period in &periods {
        write(store, |records| {
            records.add_licence(activities[0], order, TEXT, u32::MAX, period)
        });
    }
    let expected = [(2, 1), (3, 2), (1, 0)].map(|(id, index): (u64, usize)| Licence {
        id: LicenceId::new(id),
        activity: activities[0],
        package: TEXT.to_owned(),
        qps: u32::MAX,
        period: periods[index],
    });
    let found = activities.map(|activity| read(store, |records| records.licences(activity)));
    assert_eq!(found, [expected.to_vec(), Vec::new()], "in order of time");
    assert_refused(store, "a licence that ends before it starts", |records| {
        let period = period(noon().plus_ms(1), noon());
        records.add_licence(activities[0], order, "", 1, &period)
    });
    assert_refused(store, "a licence of no order", |records| {
        let period = period(noon(), noon().plus_ms(1));
        records.add_licence(activities[0], OrderId::new(99), "", 1, &period)
    });
}

/// One that starts when it is bought is in effect as soon as it is known, also by a clock that was set
/// back since.
fn a_licence_bought_by_a_clock_that_is_set_back(store: &Store) {
    let account = add_account(store);
    let activity = add_activity(store, account);
    let order = add_order(store, account, "by a clock that is set back");
    let period = LicencePeriod {
        bought: noon(),
        ..period(noon(), noon().plus_ms(10))
    };
    write(store, |records| {
        records.add_licence(activity, order.id, "package-1", 10, &period)
    });
    let cases = [(-3_600_000, true), (0, true), (9, true), (10, false)];
    for (number, (ms, yes)) in (1..).zip(cases) {
        let at = noon().plus_ms(ms);
        let found = read(store, |records| {
            let of_activity = records.is_licensed(activity, at)?;
            Ok((of_activity, records.has_licensed_activity(account, at)?))
        });
        assert_eq!(found, (yes, yes), "{ms} ms");
        let results = charge(store, &[call(number, account, activity)], at);
        assert_eq!(results[0].is_ok(), yes, "{ms} ms");
    }
}

fn when_an_activity_is_licensed(store: &Store) {
    let (account, other) = (add_account(store), add_account(store));
    let activities = [(); 2].map(|()| add_activity(store, account));
    let foreign = add_activity(store, other);
    // Two periods that meet, then a gap, then a third.
    for (from, to) in [(0, 10), (10, 20), (30, 40)] {
        license(
            store,
            activities[0],
            noon().plus_ms(from),
            noon().plus_ms(to),
        );
    }
    let licensed = [0, 9, 10, 19, 30, 39];
    for ms in -1..45 {
        let (at, yes) = (noon().plus_ms(ms), licensed.contains(&ms));
        let yes = yes || (1..9).contains(&ms) || (11..19).contains(&ms) || (31..39).contains(&ms);
        let found = read(store, |records| {
            Ok((
                records.is_licensed(activities[0], at)?,
                records.is_licensed(activities[1], at)?,
                records.is_licensed(foreign, at)?,
                records.has_licensed_activity(account, at)?,
                records.has_licensed_activity(other, at)?,
            ))
        });
        assert_eq!(found, (yes, false, false, yes, false), "{ms} ms");
    }
    write(store, |records| {
        records.delete_activity(activities[0], noon())
    });
    let found = read(store, |records| {
        records.has_licensed_activity(account, noon())
    });
    assert!(!found, "a deleted activity is not counted");
}

fn upgrades(store: &Store) {
    let account = add_account(store);
    let activities = [(); 2].map(|()| add_activity(store, account));
    let order = add_order(store, account, "key").id;
    let days = [
        ("2027-03-12", "2027-03-12"),
        ("2027-03-10", "2027-04-01"),
        ("2027-03-10", "2027-03-11"),
    ];
    for (first, last) in days {
        write(store, |records| {
            records.add_upgrade(activities[0], order, day(first), day(last), 950)
        });
    }
    let upgrade = |index: usize| Upgrade {
        id: UpgradeId::new(index as u64 + 1),
        activity: activities[0],
        first_day: day(days[index].0),
        last_day: day(days[index].1),
        extra: 950,
    };
    let cases: [(&str, &[usize]); 5] = [
        ("2027-03-01", &[1, 2, 0]),
        ("2027-03-11", &[1, 2, 0]),
        ("2027-03-12", &[1, 0]),
        ("2027-03-13", &[1]),
        ("2027-04-02", &[]),
    ];
    for (from, indices) in cases {
        let found = read(store, |records| records.upgrades(activities[0], day(from)));
        let expected: Vec<Upgrade> = indices.iter().copied().map(upgrade).collect();
        assert_eq!(found, expected, "from {from}");
    }
    let none = read(store, |records| {
        records.upgrades(activities[1], day("2027-03-01"))
    });
    assert_eq!(none, []);
    assert_refused(store, "an upgrade of nothing", |records| {
        records.add_upgrade(
            activities[0],
            order,
            day("2027-03-10"),
            day("2027-03-10"),
            0,
        )
    });
}

fn grants(store: &Store) {
    let (account, other) = (add_account(store), add_account(store));
    let activity = add_activity(store, account);
    let order = add_order(store, account, "key").id;
    let kinds = [
        (GrantKind::Free, Some(activity), None, None),
        (
            GrantKind::Licence,
            Some(activity),
            Some(order),
            Some(noon()),
        ),
        (GrantKind::Pack, None, Some(order), Some(noon())),
    ];
    let mut all = Vec::new();
    for (kind, activity, order, ends) in kinds {
        let grant = Grant {
            id: write(store, |records| records.next_grant()),
            kind,
            activity,
            total: 30_000_000,
            used: 29_999_999,
            bought: noon(),
            ends,
        };
        write(store, |records| records.add_grant(account, order, &grant));
        all.push(grant);
    }
    assert_eq!(
        all.iter()
            .map(|grant| grant.id.number())
            .collect::<Vec<_>>(),
        [1, 2, 3]
    );
    assert_eq!(read(store, |records| records.grants(account)), all);
    assert_eq!(read(store, |records| records.grants(other)), []);
    assert_refused(store, "more used than there is", |records| {
        let grant = Grant {
            id: GrantId::new(99),
            used: all[0].total + 1,
            ..all[0].clone()
        };
        records.add_grant(account, None, &grant)
    });
}

fn grants_that_may_pay(store: &Store) {
    let (account, other) = (add_account(store), add_account(store));
    let activity = add_activity(store, account);
    let ended = "2027-03-10T12:00:00+08:00";
    let running = "2027-03-10T12:00:00.001+08:00";
    let used_up = Gift::free(activity, 0).to(store, account);
    let licence = Gift::licence(activity, 1, running).to(store, account);
    Gift::licence(activity, 1, ended).to(store, account);
    let shared = Gift::pack(1, running).to(store, account);
    Gift::pack(1, ended).to(store, account);
    Gift::pack(0, running).to(store, account);
    let foreign = Gift::pack(1, running).to(store, other);
    let ids = |grants: Vec<Grant>| grants.iter().map(|grant| grant.id).collect::<Vec<_>>();
    let now = at(ended);
    let found = |account: AccountId| {
        read(store, |records| {
            Ok((
                ids(records.activity_grants(account, activity, now)?),
                ids(records.shared_grants(account, now)?),
                records.free_grant(account, activity)?.map(|grant| grant.id),
            ))
        })
    };
    assert_eq!(found(account), (vec![licence], vec![shared], Some(used_up)));
    assert_eq!(found(other), (vec![], vec![foreign], None));
}
