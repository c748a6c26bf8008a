//! Charging many calls at once: whole or not at all, in whatever batches they come.

use super::cast::{
    Gift, add_account, add_activity, call, call_log, charge, charge_all, license_for_long,
    licensed, noon, read, some_token, under, used, write,
};
use crate::{Charge, Store, StoreError, TokenUse};
use billing::{AccountId, ActivityId, Calendar, MaterialId, Outcome, Refusal};

pub(super) const CASES: &[fn(&Store)] = &[
    an_empty_batch_changes_nothing,
    a_refused_call_leaves_no_trace,
    unknown_calls_do_not_disturb_others,
    an_undone_batch_leaves_no_trace,
    threads_charge_every_call_once,
];

fn an_empty_batch_changes_nothing(store: &Store) {
    assert_eq!(charge(store, &[], noon()), []);
}

fn a_refused_call_leaves_no_trace(store: &Store) {
    let account = add_account(store);
    let activity = add_activity(store, account);
    let end = |account| read(store, |records| records.call_log_end(account));
    let before = end(account);
    let refused = charge(store, &[under(1, 1, call(1, account, activity))], noon());
    assert!(refused[0].is_err(), "{refused:?}");
    assert_eq!(end(account), before);
    assert_eq!(call_log(store, account), []);
    let found = read(store, |records| {
        records.token_use(account, &some_token(1, 1), noon())
    });
    assert_eq!(found, TokenUse::New, "its token is free");
}

fn unknown_calls_do_not_disturb_others(store: &Store) {
    let (account, activity) = licensed(store);
    let (nobody, nothing) = (AccountId::new(1), ActivityId::new(1));
    let batch = [
        call(1, nobody, activity),
        call(2, account, nothing),
        call(3, account, activity),
        call(4, nobody, nothing),
    ];
    let results = charge(store, &batch, noon());
    let refused = |activity| Err(Refusal::NotEntitled { activity, free: 0 });
    assert_eq!(results[1], refused(nothing));
    assert_eq!(results[3], refused(nothing));
    assert!(results[0].is_err(), "another's activity: {results:?}");
    assert!(results[2].is_ok(), "{results:?}");
    assert_eq!(call_log(store, account).len(), 1);
    assert_eq!(call_log(store, nobody), []);
}

fn an_undone_batch_leaves_no_trace(store: &Store) {
    let (account, activity) = licensed(store);
    let free = Gift::free(activity, 5).to(store, account);
    let batch = [
        under(1, 1, call(1, account, activity)),
        call(2, account, activity),
    ];
    let undone: Result<(), StoreError> = store.write(|records| {
        let results = records.charge(&batch, &Calendar::default(), noon())?;
        assert!(results.iter().all(Result::is_ok), "{results:?}");
        Err(StoreError::Unreadable("on purpose".to_owned()))
    });
    assert!(undone.is_err());
    assert_eq!(used(store, account), [(free, 0)]);
    assert_eq!(call_log(store, account), []);
    let charged = charge_all(store, &batch, noon());
    let found: Vec<_> = charged
        .iter()
        .map(|charged| (charged.seq, charged.repeated, charged.left))
        .collect();
    assert_eq!(found, [(1, false, Some(4)), (2, false, Some(3))]);
}

fn threads_charge_every_call_once(store: &Store) {
    const THREADS: u64 = 8;
    const BATCHES: u64 = 10;
    let (account, activity) = licensed(store);
    let free = Gift::free(activity, 100).to(store, account);
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            scope.spawn(move || {
                for batch in 0..BATCHES {
                    let number = (thread * BATCHES + batch) * 2;
                    let calls = [number, number + 1].map(|n| call(n, account, activity));
                    charge_all(store, &calls, noon());
                }
            });
        }
    });
    let rows = call_log(store, account);
    let mut ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    ids.sort_unstable();
    let all: Vec<_> = (0..THREADS * BATCHES * 2)
        .map(|n| call(n, account, activity).id)
        .collect();
    assert_eq!(ids, all);
    assert_eq!(used(store, account), [(free, 100)]);
    let month = Calendar::default().month_of(noon());
    let postpaid = read(store, |records| records.postpaid_calls(account, month));
    assert_eq!(postpaid, 60);
}

/// Two accounts with the same activities and grants in each of two stores.
fn two_accounts(store: &Store) -> [(AccountId, [ActivityId; 2]); 2] {
    [(); 2].map(|()| {
        let account = add_account(store);
        let activities = [(); 2].map(|()| add_activity(store, account));
        license_for_long(store, activities[0]);
        for activity in activities {
            Gift::free(activity, 3).to(store, account);
        }
        Gift::licence(activities[0], 4, "2028-01-01T00:00:00+08:00").to(store, account);
        Gift::pack(2, "2028-01-01T00:00:00+08:00").to(store, account);
        (account, activities)
    })
}

/// Calls of two accounts that meet every grant, every outcome, tokens and refusals.
fn mixed_calls(accounts: &[(AccountId, [ActivityId; 2]); 2]) -> Vec<Charge> {
    (0..60_u64)
        .map(|number| {
            let (account, activities) = accounts[usize::from(number % 3 == 0)];
            let activity = activities[usize::from(number % 5 == 0)];
            let charge = Charge {
                outcome: Outcome::ALL[number as usize % Outcome::ALL.len()],
                material: (number % 2 == 0).then_some(MaterialId {
                    activity,
                    serial: number + 1,
                    number: 1,
                }),
                ..call(number, account, activity)
            };
            match number % 7 {
                0 | 1 => under((number % 4) as u8, (number % 8) as u8, charge),
                _ => charge,
            }
        })
        .collect()
}

/// One call after the other or all at once: the same answers, rows and digests.
pub(super) fn batches_do_not_matter(one_by_one: &Store, at_once: &Store) {
    let accounts = two_accounts(one_by_one);
    assert_eq!(two_accounts(at_once), accounts);
    let calls = mixed_calls(&accounts);
    let each: Vec<_> = calls
        .iter()
        .flat_map(|one| charge(one_by_one, std::slice::from_ref(one), noon()))
        .collect();
    assert_eq!(charge(at_once, &calls, noon()), each);
    assert!(
        each.iter()
            .any(|result| matches!(result, Err(Refusal::TokenReused)))
    );
    assert!(
        each.iter()
            .any(|result| matches!(result, Err(Refusal::NotEntitled { .. })))
    );
    assert!(each.iter().flatten().any(|charged| charged.repeated));
    for (account, activities) in accounts {
        let (rows, other) = (call_log(one_by_one, account), call_log(at_once, account));
        assert!(!rows.is_empty());
        assert_eq!(rows, other);
        assert_eq!(used(one_by_one, account), used(at_once, account));
        let books = |store| {
            read(store, |records| {
                let month = Calendar::default().month_of(noon());
                let usage = records.usage(account, noon(), noon().plus_ms(3_600_000))?;
                Ok((usage, records.postpaid_calls(account, month)?))
            })
        };
        assert_eq!(books(one_by_one), books(at_once), "{activities:?}");
        for store in [one_by_one, at_once] {
            write(store, |records| records.rebuild_usage(account));
        }
        assert_eq!(books(one_by_one), books(at_once));
    }
}
