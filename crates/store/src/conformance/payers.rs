//! Which grant pays for a call.

use super::cast::{
    Gift, add_account, add_activity, at, call, charge, charge_all, license, license_for_long,
    licensed, noon, payers, read, used,
};
use crate::Store;
use billing::{
    AccountId, ActivityId, Calendar, ChargedTo, GrantKind, Moment, Month, Outcome, Refusal,
};

pub(super) const CASES: &[fn(&Store)] = &[
    grants_pay_in_their_order,
    of_equal_ends_the_oldest_pays,
    without_a_licence_only_free_calls,
    a_licence_begins_and_ends,
    an_ended_grant_pays_nothing,
    a_pack_is_shared_within_an_account,
    what_the_service_fails_costs_nothing,
    postpaid_calls_are_counted_by_month,
];

/// Calls, numbered from 1.
fn calls(count: u64, account: AccountId, activity: ActivityId) -> Vec<crate::Charge> {
    (1..=count).map(|n| call(n, account, activity)).collect()
}

fn postpaid(store: &Store, account: AccountId, month: &str) -> u64 {
    let month: Month = month.parse().unwrap();
    read(store, |records| records.postpaid_calls(account, month))
}

fn grants_pay_in_their_order(store: &Store) {
    let (account, activity) = licensed(store);
    let other = add_activity(store, account);
    // In none of the orders in which they pay.
    let late_pack = Gift::pack(2, "2027-06-01T00:00:00+08:00")
        .bought("2027-01-01T00:00:00+08:00")
        .to(store, account);
    let early_pack = Gift::pack(2, "2027-05-01T00:00:00+08:00")
        .bought("2027-02-01T00:00:00+08:00")
        .to(store, account);
    let late_licence = Gift::licence(activity, 1, "2028-05-01T00:00:00+08:00").to(store, account);
    let early_licence = Gift::licence(activity, 2, "2028-03-01T00:00:00+08:00").to(store, account);
    let free = Gift::free(activity, 3).to(store, account);
    // Of another activity: pays for nothing here.
    Gift::free(other, 9).to(store, account);
    Gift::licence(other, 9, "2027-04-01T00:00:00+08:00").to(store, account);

    let charged = charge_all(store, &calls(12, account, activity), noon());
    let order = [
        (free, 3, GrantKind::Free),
        (early_licence, 2, GrantKind::Licence),
        (late_licence, 1, GrantKind::Licence),
        (early_pack, 2, GrantKind::Pack),
        (late_pack, 2, GrantKind::Pack),
    ];
    let mut expected = Vec::new();
    for (grant, total, kind) in order {
        for left in (0..total).rev() {
            expected.push((ChargedTo::Grant(grant), Some(kind), Some(left)));
        }
    }
    expected.resize(12, (ChargedTo::Postpaid, None, None));
    let found: Vec<_> = charged
        .iter()
        .map(|charged| (charged.charged_to, charged.kind, charged.left))
        .collect();
    assert_eq!(found, expected);
    assert_eq!(postpaid(store, account, "2027-03"), 2);
    for (grant, used) in used(store, account) {
        let total = order.iter().find(|(id, ..)| *id == grant);
        assert_eq!(
            used,
            total.map_or(0, |(_, total, _)| *total),
            "grant {grant}"
        );
    }
}

fn of_equal_ends_the_oldest_pays(store: &Store) {
    let (account, activity) = licensed(store);
    let ends = "2027-06-01T00:00:00+08:00";
    let second = Gift::pack(1, ends)
        .bought("2027-02-02T00:00:00+08:00")
        .to(store, account);
    let first = Gift::pack(1, ends)
        .bought("2027-02-01T00:00:00+08:00")
        .to(store, account);
    let endless = Gift {
        ends: None,
        ..Gift::pack(1, ends)
    };
    let endless = endless
        .bought("2027-01-01T00:00:00+08:00")
        .to(store, account);
    let charged = charge_all(store, &calls(3, account, activity), noon());
    let expected = [first, second, endless].map(ChargedTo::Grant);
    assert_eq!(payers(&charged), expected, "what never ends pays last");
}

fn without_a_licence_only_free_calls(store: &Store) {
    let account = add_account(store);
    let [activity, never_free] = [(); 2].map(|()| add_activity(store, account));
    let free = Gift::free(activity, 2).to(store, account);
    Gift::licence(activity, 5, "2028-01-01T00:00:00+08:00").to(store, account);
    Gift::pack(5, "2028-01-01T00:00:00+08:00").to(store, account);
    let not_entitled = |activity, free| Err(Refusal::NotEntitled { activity, free });

    let results = charge(store, &calls(3, account, activity), noon());
    let taken: Vec<_> = results[..2]
        .iter()
        .map(|result| result.as_ref().unwrap().charged_to)
        .collect();
    assert_eq!(taken, [ChargedTo::Grant(free); 2]);
    assert_eq!(results[2], not_entitled(activity, 2));
    // In a later batch the used grant is not among those that may pay; its size is told still.
    let results = charge(store, &calls(1, account, activity), noon());
    assert_eq!(results, [not_entitled(activity, 2)]);
    let results = charge(store, &calls(1, account, never_free), noon());
    assert_eq!(results, [not_entitled(never_free, 0)]);
    let used: Vec<u64> = used(store, account).iter().map(|(_, used)| *used).collect();
    assert_eq!(used, [2, 0, 0]);
    assert_eq!(postpaid(store, account, "2027-03"), 0);
}

fn a_licence_begins_and_ends(store: &Store) {
    let account = add_account(store);
    let activity = add_activity(store, account);
    let (starts, ends) = (noon(), noon().plus_ms(1000));
    license(store, activity, starts, ends);
    let cases = [
        (-1, false),
        (0, true),
        (999, true),
        (1000, false),
        (2000, false),
    ];
    for (ms, yes) in cases {
        let results = charge(store, &calls(1, account, activity), starts.plus_ms(ms));
        assert_eq!(results[0].is_ok(), yes, "{ms} ms after the start");
    }
    assert_eq!(postpaid(store, account, "2027-03"), 2);
}

fn an_ended_grant_pays_nothing(store: &Store) {
    let (account, activity) = licensed(store);
    let ends = at("2027-03-10T12:00:00+08:00");
    let pack = Gift::pack(9, "2027-03-10T12:00:00+08:00").to(store, account);
    for (ms, payer) in [
        (-2, ChargedTo::Grant(pack)),
        (-1, ChargedTo::Grant(pack)),
        (0, ChargedTo::Postpaid),
        (1, ChargedTo::Postpaid),
    ] {
        let charged = charge_all(store, &calls(1, account, activity), ends.plus_ms(ms));
        assert_eq!(payers(&charged), [payer], "{ms} ms from its end");
    }
}

fn a_pack_is_shared_within_an_account(store: &Store) {
    let account = add_account(store);
    let [one, two, unlicensed] = [(); 3].map(|()| add_activity(store, account));
    for activity in [one, two] {
        license_for_long(store, activity);
    }
    let (other, foreign) = licensed(store);
    let pack = Gift::pack(3, "2028-01-01T00:00:00+08:00").to(store, account);
    let theirs = Gift::pack(1, "2027-04-01T00:00:00+08:00").to(store, other);
    let batch = [
        call(1, account, one),
        call(2, other, foreign),
        call(3, account, two),
        call(4, account, unlicensed),
        call(5, other, foreign),
        call(6, account, one),
        call(7, account, two),
    ];
    let results = charge(store, &batch, noon());
    let found: Vec<_> = results
        .iter()
        .map(|result| {
            result
                .as_ref()
                .ok()
                .map(|charged| (charged.charged_to, charged.seq))
        })
        .collect();
    let (shared, own) = (ChargedTo::Grant(pack), ChargedTo::Grant(theirs));
    let expected = [
        Some((shared, 1)),
        Some((own, 1)),
        Some((shared, 2)),
        None,
        Some((ChargedTo::Postpaid, 2)),
        Some((shared, 3)),
        Some((ChargedTo::Postpaid, 4)),
    ];
    assert_eq!(found, expected);
    assert_eq!(postpaid(store, account, "2027-03"), 1);
    assert_eq!(postpaid(store, other, "2027-03"), 1);
}

fn what_the_service_fails_costs_nothing(store: &Store) {
    let account = add_account(store);
    let activity = add_activity(store, account);
    let free = Gift::free(activity, 8).to(store, account);
    // The failure stands among the others; the last one finds the grant used up.
    let outcomes: Vec<Outcome> = Outcome::ALL
        .into_iter()
        .rev()
        .chain([Outcome::ServiceFailed])
        .collect();
    let batch: Vec<_> = (1..)
        .zip(&outcomes)
        .map(|(number, &outcome)| crate::Charge {
            outcome,
            ..call(number, account, activity)
        })
        .collect();
    let charged = charge_all(store, &batch, noon());
    for (charged, outcome) in charged.iter().zip(outcomes) {
        let payer = match outcome {
            Outcome::ServiceFailed => ChargedTo::Nobody,
            _ => ChargedTo::Grant(free),
        };
        let found = (charged.outcome, charged.charged_to);
        assert_eq!(found, (outcome, payer));
    }
    assert_eq!(used(store, account), [(free, 8)]);
    assert_eq!(
        super::cast::call_log(store, account).len(),
        10,
        "it is logged"
    );
}

fn postpaid_calls_are_counted_by_month(store: &Store) {
    let (account, activity) = licensed(store);
    let turn: Moment = Calendar::default().start_of_month("2027-04".parse().unwrap());
    for (ms, count) in [(-1, 2), (0, 3), (1, 1)] {
        charge_all(store, &calls(count, account, activity), turn.plus_ms(ms));
    }
    let found =
        ["2027-02", "2027-03", "2027-04", "2027-05"].map(|month| postpaid(store, account, month));
    assert_eq!(found, [0, 2, 4, 0]);
}
