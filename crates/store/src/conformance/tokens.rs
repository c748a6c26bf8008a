//! Client tokens: a lost call is repeated and charged once.

use super::cast::{
    Gift, add_account, add_activity, at, call, call_log, charge, charge_all, licensed, noon, read,
    some_token, under, used, write,
};
use crate::{Charge, Charged, Store, TokenUse};
use billing::{AccountId, Moment, Outcome, Refusal};

pub(super) const CASES: &[fn(&Store)] = &[
    a_repeated_call_is_charged_once,
    another_body_is_refused,
    tokens_are_each_accounts_own,
    a_failed_call_leaves_its_token_free,
    a_repeat_needs_no_entitlement,
    tokens_live_to_the_next_day,
    tokens_outlive_a_clock_set_back,
    old_tokens_are_forgotten,
];

const DAY_MS: i64 = 86_400_000;

fn token_use(store: &Store, account: AccountId, token: (u8, u8), now: Moment) -> TokenUse {
    let token = some_token(token.0, token.1);
    read(store, |records| records.token_use(account, &token, now))
}

/// The answer to a repeat: that of then, without what is left.
fn repeat_of(charged: &Charged) -> Charged {
    Charged {
        kind: None,
        left: None,
        repeated: true,
        ..charged.clone()
    }
}

fn a_repeated_call_is_charged_once(store: &Store) {
    let (account, activity) = licensed(store);
    let free = Gift::free(activity, 9).to(store, account);
    let first = Charge {
        outcome: Outcome::NoFace,
        ..under(1, 1, call(1, account, activity))
    };
    // The repeat ended otherwise; what counts is how it ended when it was charged.
    let repeat = under(1, 1, call(2, account, activity));
    let batch = [
        first,
        call(3, account, activity),
        repeat.clone(),
        under(2, 1, call(4, account, activity)),
    ];
    let charged = charge_all(store, &batch, noon());
    let seqs: Vec<_> = charged.iter().map(|charged| charged.seq).collect();
    assert_eq!(seqs, [1, 2, 1, 3]);
    assert_eq!(charged[2], repeat_of(&charged[0]));
    let later = charge_all(store, &[repeat], noon().plus_ms(60_000));
    assert_eq!(later, [repeat_of(&charged[0])]);
    assert_eq!(later[0].outcome, Outcome::NoFace);
    assert_eq!(call_log(store, account).len(), 3);
    assert_eq!(used(store, account), [(free, 3)]);
    let found =
        [(1, 1), (2, 1), (1, 2), (3, 1)].map(|token| token_use(store, account, token, noon()));
    let expected = [
        TokenUse::Charged(1),
        TokenUse::Charged(3),
        TokenUse::OtherBody,
        TokenUse::New,
    ];
    assert_eq!(found, expected);
}

fn another_body_is_refused(store: &Store) {
    let (account, activity) = licensed(store);
    let first = under(1, 1, call(1, account, activity));
    let other = under(1, 2, call(2, account, activity));
    let results = charge(store, &[first.clone(), other.clone()], noon());
    assert!(results[0].is_ok(), "{results:?}");
    assert_eq!(results[1], Err(Refusal::TokenReused));
    assert_eq!(charge(store, &[other], noon()), [Err(Refusal::TokenReused)]);
    // The refused one did not take the first one's place.
    assert!(charge_all(store, &[first], noon())[0].repeated);
    assert_eq!(call_log(store, account).len(), 1);
}

fn tokens_are_each_accounts_own(store: &Store) {
    let ((account, activity), (other, foreign)) = (licensed(store), licensed(store));
    let batch = [
        under(1, 1, call(1, account, activity)),
        under(1, 2, call(2, other, foreign)),
    ];
    let charged = charge_all(store, &batch, noon());
    assert!(charged.iter().all(|charged| !charged.repeated));
}

fn a_failed_call_leaves_its_token_free(store: &Store) {
    let (account, activity) = licensed(store);
    let failed = Charge {
        outcome: Outcome::ServiceFailed,
        ..under(1, 1, call(1, account, activity))
    };
    let again = under(1, 1, call(2, account, activity));
    let charged = charge_all(
        store,
        &[failed.clone(), failed.clone(), again.clone()],
        noon(),
    );
    let found: Vec<_> = charged
        .iter()
        .map(|charged| (charged.seq, charged.repeated))
        .collect();
    assert_eq!(found, [(1, false), (2, false), (3, false)]);
    // Once charged it stays so, even where the repeat fails.
    let later = charge_all(store, &[failed, again], noon());
    assert_eq!(later, [repeat_of(&charged[2]), repeat_of(&charged[2])]);
}

fn a_repeat_needs_no_entitlement(store: &Store) {
    let account = add_account(store);
    let activity = add_activity(store, account);
    Gift::free(activity, 1).to(store, account);
    let refused_first = under(2, 2, call(2, account, activity));
    let batch = [
        under(1, 1, call(1, account, activity)),
        refused_first.clone(),
        under(1, 1, call(3, account, activity)),
    ];
    let results = charge(store, &batch, noon());
    assert!(results[0].is_ok());
    assert!(matches!(results[1], Err(Refusal::NotEntitled { .. })));
    assert!(results[2].as_ref().is_ok_and(|charged| charged.repeated));
    // A refused call did not use its token.
    Gift::licence(activity, 1, "2028-01-01T00:00:00+08:00").to(store, account);
    super::cast::license_for_long(store, activity);
    assert!(!charge_all(store, &[refused_first], noon())[0].repeated);
}

fn tokens_live_to_the_next_day(store: &Store) {
    let (account, activity) = licensed(store);
    // Days of tokens are those of UTC.
    let midnight = at("2027-03-11T00:00:00Z");
    let repeat = under(1, 1, call(2, account, activity));
    let first = under(1, 1, call(1, account, activity));
    let first = charge_all(store, &[first], midnight.plus_ms(-1)).remove(0);
    for ms in [0, DAY_MS - 1] {
        let now = midnight.plus_ms(ms);
        assert_eq!(token_use(store, account, (1, 1), now), TokenUse::Charged(1));
        assert_eq!(token_use(store, account, (1, 2), now), TokenUse::OtherBody);
        let again = charge_all(store, std::slice::from_ref(&repeat), now);
        assert_eq!(again, [repeat_of(&first)], "{ms} ms after midnight");
    }
    let now = midnight.plus_ms(DAY_MS);
    assert_eq!(token_use(store, account, (1, 1), now), TokenUse::New);
    let anew = charge_all(store, &[repeat], now).remove(0);
    assert_eq!((anew.seq, anew.repeated), (2, false));
}

fn tokens_outlive_a_clock_set_back(store: &Store) {
    let (account, activity) = licensed(store);
    let first = under(1, 1, call(1, account, activity));
    charge_all(store, std::slice::from_ref(&first), noon());
    for days in [1, 2, 40] {
        let now = noon().plus_ms(-days * DAY_MS);
        let found = token_use(store, account, (1, 1), now);
        assert_eq!(found, TokenUse::Charged(1), "{days} days back");
        assert!(charge_all(store, std::slice::from_ref(&first), now)[0].repeated);
    }
}

fn old_tokens_are_forgotten(store: &Store) {
    let (account, activity) = licensed(store);
    let today = noon().unix_ms().div_euclid(DAY_MS);
    for day in 0..4_u8 {
        let now = noon().plus_ms(i64::from(day) * DAY_MS);
        let batch = [
            under(day, 1, call(u64::from(day) * 2, account, activity)),
            under(
                100 + day,
                1,
                call(u64::from(day) * 2 + 1, account, activity),
            ),
        ];
        charge_all(store, &batch, now);
    }
    let forget = |day| write(store, |records| records.forget_tokens_before(day));
    assert_eq!(forget(today), 0);
    assert_eq!(forget(today + 2), 4);
    assert_eq!(forget(today + 2), 0);
    let now = noon().plus_ms(3 * DAY_MS);
    let found = [2, 3].map(|token| token_use(store, account, (token, 1), now));
    assert_eq!(found, [TokenUse::Charged(5), TokenUse::Charged(7)]);
    assert_eq!(forget(today + 4), 4);
    let found = [2, 3].map(|token| token_use(store, account, (token, 1), now));
    assert_eq!(found, [TokenUse::New; 2]);
    assert_eq!(call_log(store, account).len(), 8, "the calls stay");
}
