//! The call log and the usage that is counted from it.

use super::cast::{
    Gift, add_account, at, call, call_log, charge_all, licensed, noon, payers, read, write,
};
use crate::{Charge, Store, StoreError, UsageRow};
use billing::{AccountId, ActivityId, CallRow, ChargedTo, Digest, MaterialId, Moment, Outcome};

pub(super) const CASES: &[fn(&Store)] = &[
    an_empty_log_has_its_origin,
    rows_hold_what_was_charged,
    rows_are_read_by_number,
    payers_are_counted_from_a_row_on,
    time_never_goes_back,
    a_log_is_held_to_a_time,
    the_last_call_before_a_moment,
    usage_is_counted_by_hour,
    usage_can_be_counted_anew,
];

const HOUR_MS: i64 = 3_600_000;

/// Charges a call at each of some times.
fn charge_at(store: &Store, account: AccountId, activity: ActivityId, times: &[Moment]) {
    for (number, &now) in (1..).zip(times) {
        charge_all(store, &[call(number, account, activity)], now);
    }
}

fn an_empty_log_has_its_origin(store: &Store) {
    let account = add_account(store);
    let end = read(store, |records| records.call_log_end(account));
    assert_eq!(end, (0, Digest::origin(account), Moment::default()));
    assert_eq!(read(store, |records| records.call(account, 1)), None);
    let before = read(store, |records| records.last_call_before(account, noon()));
    assert_eq!(before, 0);
    assert_eq!(call_log(store, account), []);
}

fn rows_hold_what_was_charged(store: &Store) {
    let (account, activity) = licensed(store);
    let material = MaterialId {
        activity,
        serial: 154_021,
        number: 3,
    };
    let charges = [
        call(1, account, activity),
        Charge {
            material: Some(material),
            outcome: Outcome::FaceCut,
            ..call(u64::MAX, account, activity)
        },
        Charge {
            material: Some(material),
            outcome: Outcome::ServiceFailed,
            ..call(3, account, activity)
        },
    ];
    let charged = charge_all(store, &charges, noon());
    let expected = [ChargedTo::Postpaid, ChargedTo::Postpaid, ChargedTo::Nobody];
    assert_eq!(payers(&charged), expected);
    let rows = call_log(store, account);
    assert_eq!(rows.len(), 3);
    for ((row, charge), charged) in rows.iter().zip(&charges).zip(&charged) {
        let expected = CallRow {
            account,
            seq: charged.seq,
            id: charge.id,
            at: noon(),
            activity,
            material: charge.material,
            outcome: charge.outcome,
            charged_to: charged.charged_to,
            digest: row.digest,
        };
        assert_eq!(*row, expected);
    }
    let end = read(store, |records| records.call_log_end(account));
    assert_eq!(end, (3, rows[2].digest, noon()));
}

fn payers_are_counted_from_a_row_on(store: &Store) {
    let (account, activity) = licensed(store);
    let free = ChargedTo::Grant(Gift::free(activity, 2).to(store, account));
    let failed = Charge {
        outcome: Outcome::ServiceFailed,
        ..call(9, account, activity)
    };
    charge_at(store, account, activity, &[noon(); 4]);
    charge_all(store, &[failed], noon());
    let (postpaid, nobody) = (ChargedTo::Postpaid, ChargedTo::Nobody);
    for (first, expected) in [
        (1, &[(free, 2), (postpaid, 2), (nobody, 1)][..]),
        (2, &[(free, 1), (postpaid, 2), (nobody, 1)]),
        (5, &[(nobody, 1)]),
        (6, &[]),
    ] {
        let found = read(store, |records| records.payers_since(account, first));
        assert_eq!(found.len(), expected.len(), "from {first}: {found:?}");
        for payer in expected {
            assert!(found.contains(payer), "from {first}: {found:?}");
        }
    }
}

fn rows_are_read_by_number(store: &Store) {
    let ((account, activity), (other, foreign)) = (licensed(store), licensed(store));
    charge_at(store, account, activity, &[noon(); 5]);
    charge_at(store, other, foreign, &[noon(); 2]);
    let all = call_log(store, account);
    for seq in 0..=6_usize {
        let found = read(store, |records| records.call(account, seq as u64));
        assert_eq!(
            found.as_ref(),
            seq.checked_sub(1).and_then(|index| all.get(index))
        );
    }
    for (first, last, range) in [(1, 5, 0..5), (2, 4, 1..4), (5, 9, 4..5), (4, 3, 0..0)] {
        let mut found = Vec::new();
        read(store, |records| {
            found.clear();
            records.each_call(account, first, last, |row| {
                found.push(row);
                Ok(())
            })
        });
        assert_eq!(found, all[range], "{first}..={last}");
    }
    let mut seen = 0;
    let stopped: Result<(), StoreError> = store.read(|records| {
        seen = 0;
        let stopped = records.each_call(account, 1, 5, |row| {
            seen = row.seq;
            match row.seq {
                3 => Err(StoreError::Unreadable("enough".to_owned())),
                _ => Ok(()),
            }
        });
        // The session goes on where the caller stopped by itself.
        assert!(records.call(account, 5)?.is_some());
        stopped
    });
    assert!(matches!(&stopped, Err(StoreError::Unreadable(why)) if why == "enough"));
    assert_eq!(seen, 3);
}

fn time_never_goes_back(store: &Store) {
    let ((account, activity), (other, foreign)) = (licensed(store), licensed(store));
    let minute = |number: i64| noon().plus_ms(number * 60_000);
    let times = [0, -5, 2, 1, -600, 3].map(minute);
    charge_at(store, account, activity, &times);
    let found: Vec<_> = call_log(store, account).iter().map(|row| row.at).collect();
    assert_eq!(found, [0, 0, 2, 2, 2, 3].map(minute));
    // Each account has a time of its own, within one batch too.
    let batch = [call(7, account, activity), call(1, other, foreign)];
    let charged = charge_all(store, &batch, minute(1));
    let found: Vec<_> = charged.iter().map(|charged| charged.at).collect();
    assert_eq!(found, [3, 1].map(minute));
}

fn a_log_is_held_to_a_time(store: &Store) {
    let (account, activity) = licensed(store);
    let turn = at("2027-04-01T00:00:00+08:00");
    write(store, |records| records.hold_call_log(account, turn));
    let end = read(store, |records| records.call_log_end(account));
    assert_eq!(end, (0, Digest::origin(account), turn));
    // Holding it to an earlier time does not let go.
    write(store, |records| records.hold_call_log(account, noon()));
    charge_at(store, account, activity, &[noon(), turn.plus_ms(5)]);
    write(store, |records| {
        records.hold_call_log(account, turn.plus_ms(9))
    });
    charge_at(store, account, activity, &[turn]);
    let found: Vec<_> = call_log(store, account)
        .iter()
        .map(|row| row.at.unix_ms() - turn.unix_ms())
        .collect();
    assert_eq!(found, [0, 5, 9]);
}

fn the_last_call_before_a_moment(store: &Store) {
    let ((account, activity), (other, foreign)) = (licensed(store), licensed(store));
    let times = [0, 10, 10, 10, 20, 30, 30, 40].map(|ms| noon().plus_ms(ms));
    charge_at(store, account, activity, &times);
    charge_at(store, other, foreign, &[noon(); 3]);
    for ms in -1..=42 {
        let moment = noon().plus_ms(ms);
        let expected = times.iter().filter(|&&at| at < moment).count() as u64;
        let found = read(store, |records| records.last_call_before(account, moment));
        assert_eq!(found, expected, "{ms} ms");
    }
}

fn usage(store: &Store, account: AccountId, from: Moment, to: Moment) -> Vec<UsageRow> {
    read(store, |records| records.usage(account, from, to))
}

fn usage_is_counted_by_hour(store: &Store) {
    let ((account, activity), (other, foreign)) = (licensed(store), licensed(store));
    let times = [-1, 0, 1, HOUR_MS - 1, HOUR_MS].map(|ms| noon().plus_ms(ms));
    charge_at(store, account, activity, &times);
    charge_at(store, other, foreign, &[noon()]);
    let failed = Charge {
        outcome: Outcome::ServiceFailed,
        ..call(9, account, activity)
    };
    charge_all(store, &[failed.clone(), failed], noon());
    let row = |hour: i64, charged_to, outcome, calls| UsageRow {
        hour: noon().plus_ms(hour * HOUR_MS),
        activity,
        charged_to,
        outcome,
        calls,
    };
    let all = [
        row(-1, ChargedTo::Postpaid, Outcome::Fused, 1),
        row(0, ChargedTo::Postpaid, Outcome::Fused, 3),
        row(1, ChargedTo::Postpaid, Outcome::Fused, 1),
        // Charged last, at the time of the last call.
        row(1, ChargedTo::Nobody, Outcome::ServiceFailed, 2),
    ];
    for (from, to, range) in [(-1, 2, 0..4), (0, 1, 1..2), (0, 2, 1..4), (2, 9, 0..0)] {
        let hour = |number: i64| noon().plus_ms(number * HOUR_MS);
        let found = usage(store, account, hour(from), hour(to));
        assert_eq!(found, all[range], "hours {from} to {to}");
    }
    // The hour of `from` is in it, that of `to` is not.
    let found = usage(
        store,
        account,
        noon().plus_ms(1),
        noon().plus_ms(HOUR_MS + 1),
    );
    assert_eq!(found, all[1..2]);
}

fn usage_can_be_counted_anew(store: &Store) {
    let ((account, activity), (other, foreign)) = (licensed(store), licensed(store));
    let always = (Moment::default(), noon().plus_ms(99 * HOUR_MS));
    for (number, outcome) in (0_u64..).zip(Outcome::ALL.into_iter().cycle().take(40)) {
        let charge = Charge {
            outcome,
            ..call(number, account, activity)
        };
        let now = noon().plus_ms(number as i64 * HOUR_MS / 3);
        charge_all(store, &[charge], now);
    }
    charge_at(store, other, foreign, &[noon(); 2]);
    let counted = [account, other].map(|account| usage(store, account, always.0, always.1));
    assert_eq!(counted[0].iter().map(|row| row.calls).sum::<u64>(), 40);
    for account in [account, other, AccountId::new(1)] {
        write(store, |records| records.rebuild_usage(account));
    }
    let anew = [account, other].map(|account| usage(store, account, always.0, always.1));
    assert_eq!(anew, counted);
}
