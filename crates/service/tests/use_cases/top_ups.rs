use crate::scene::{Scene, refused, yuan};
use billing::{Money, Refusal};
use std::thread;

#[test]
fn a_key_is_credited_once() {
    let scene = Scene::new();
    let account = scene.poor_account();
    let service = &scene.service;
    let credit = |amount: &str, key: &str| {
        refused(service.top_up(account, yuan(amount), key, "by transfer"))
            .map(|done| (done.balance, done.repeated))
    };
    assert_eq!(credit("12.34", "a"), Ok((yuan("12.34"), false)));
    assert_eq!(credit("12.34", "a"), Ok((yuan("12.34"), true)));
    assert_eq!(credit("12.35", "a"), Err(Refusal::OrderKeyReused));
    assert_eq!(credit("0.66", "b"), Ok((yuan("13.00"), false)));
    let not_positive = |amount| Err(Refusal::NotPositive { amount });
    assert_eq!(credit("0", "c"), not_positive(Money::ZERO));
    assert_eq!(credit("-1", "c"), not_positive(yuan("-1")));
    assert!(matches!(
        credit("100000000.01", "c"),
        Err(Refusal::TooMuch { .. })
    ));
    // Another account's keys are its own.
    let other = scene.poor_account();
    let done = service.top_up(other, yuan("1"), "a", "").unwrap();
    assert!(!done.repeated);
    let lines = service
        .ledger(account, Default::default(), service.now().plus_ms(1))
        .unwrap();
    let amounts: Vec<_> = lines.iter().map(|line| line.amount).collect();
    assert_eq!(amounts, [yuan("12.34"), yuan("0.66")]);
    scene.audit();
}

#[test]
fn many_at_once_with_one_key_credit_once() {
    let scene = Scene::new();
    let account = scene.poor_account();
    let fresh: usize = thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| scene.service.top_up(account, yuan("5"), "one", "")))
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap().unwrap())
            .filter(|done| !done.repeated)
            .count()
    });
    assert_eq!(fresh, 1);
    assert_eq!(scene.service.account(account).unwrap().balance, yuan("5"));
    scene.audit();
}
