use crate::scene::{Scene, is_not_found, refused};
use billing::{AccountId, Refusal};
use service::ServiceError;
use store::AccountState;

#[test]
fn a_suspended_account_makes_no_calls_until_it_is_let_in_again() {
    let scene = Scene::new();
    let account = scene.account();
    let activity = scene.activity(account);
    scene.call(account, activity).unwrap();
    let set = |state| scene.service.set_account_state(account, state).unwrap();
    assert_eq!(set(AccountState::Suspended).state, AccountState::Suspended);
    assert_eq!(
        scene.call(account, activity),
        Err(Refusal::AccountSuspended)
    );
    set(AccountState::Active);
    scene.call(account, activity).unwrap();
    scene.audit();
}

#[test]
fn names_that_cannot_be_and_accounts_that_are_not_there() {
    let scene = Scene::new();
    for (name, length) in [("", 0), ("  ", 2), (&"x".repeat(41), 41)] {
        match scene.service.create_account(name) {
            Err(ServiceError::BadName { length: told, .. }) => assert_eq!(told, length),
            other => panic!("{name}: {other:?}"),
        }
    }
    assert!(matches!(
        refused(scene.service.create_account("a\nb")),
        Err(Refusal::ControlCharacter { character: 10 })
    ));
    assert_eq!(scene.service.accounts().unwrap(), []);
    assert!(is_not_found(
        &scene.service.account(AccountId::new(100_001))
    ));
}
