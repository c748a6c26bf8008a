//! All or nothing, one writer after the other, readers of one moment.

use super::cast::{add_account, assert_refused, read, some_account, write};
use crate::{Store, StoreError};
use billing::{AccountId, Grant, GrantId, GrantKind, Moment};
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

pub(super) const CASES: &[fn(&Store)] = &[
    a_failed_write_leaves_nothing,
    a_panic_leaves_nothing,
    a_failed_statement_cannot_be_passed_over,
    the_works_own_error_comes_back,
    a_reading_session_cannot_write,
    a_read_sees_one_moment,
    a_write_sees_itself_and_others_do_not,
    writes_follow_one_another,
    what_is_referred_to_must_be_there,
];

fn accounts(store: &Store) -> usize {
    read(store, |records| Ok(records.accounts()?.len()))
}

fn a_failed_write_leaves_nothing(store: &Store) {
    let kept = add_account(store);
    let mut given = None;
    let failed: Result<(), StoreError> = store.write(|records| {
        let id = records.next_account()?;
        records.add_account(&some_account(id))?;
        records.keep_setting("half", b"done")?;
        given = Some(id);
        Err(StoreError::Unreadable("on purpose".to_owned()))
    });
    assert!(failed.is_err());
    assert_eq!(accounts(store), 1);
    assert_eq!(read(store, |records| records.setting("half")), None);
    // The number was not used up either.
    let next = write(store, |records| records.next_account());
    assert_eq!(Some(next), given);
    assert_ne!(next, kept);
}

fn a_panic_leaves_nothing(store: &Store) {
    let ended = catch_unwind(AssertUnwindSafe(|| {
        store.write(|records| {
            records.keep_setting("half", b"done")?;
            if records.setting("half")?.is_some() {
                panic!("on purpose: a test of what a panic leaves");
            }
            Ok::<_, StoreError>(())
        })
    }));
    assert!(ended.is_err());
    assert_eq!(read(store, |records| records.setting("half")), None);
    write(store, |records| records.keep_setting("whole", b"done"));
    let whole = read(store, |records| records.setting("whole"));
    assert_eq!(whole.as_deref(), Some(&b"done"[..]));
}

/// Work that goes on behind a statement that failed does not know what it does: none of it is kept.
fn a_failed_statement_cannot_be_passed_over(store: &Store) {
    let known = add_account(store);
    let outcome = store.write(|records| {
        records.keep_setting("before", b"1")?;
        let refused = records.add_account(&some_account(known));
        assert!(
            matches!(refused, Err(StoreError::Constraint(_))),
            "{refused:?}"
        );
        // A later statement may be refused or not; in no case may it last.
        let _ = records.keep_setting("after", b"1");
        Ok::<_, StoreError>(())
    });
    assert!(outcome.is_err(), "committed in spite of a failed statement");
    for name in ["before", "after"] {
        assert_eq!(read(store, |records| records.setting(name)), None, "{name}");
    }
    write(store, |records| records.keep_setting("before", b"2"));
}

fn the_works_own_error_comes_back(store: &Store) {
    #[derive(Debug)]
    enum Own {
        Refused(u32),
        Store(StoreError),
    }
    impl From<StoreError> for Own {
        fn from(error: StoreError) -> Own {
            Own::Store(error)
        }
    }
    let refused = store.write(|_| Err::<(), _>(Own::Refused(7)));
    assert!(matches!(refused, Err(Own::Refused(7))), "{refused:?}");
    let refused = store.read(|_| Err::<(), _>(Own::Refused(8)));
    assert!(matches!(refused, Err(Own::Refused(8))), "{refused:?}");
    let known = add_account(store);
    let failed: Result<(), Own> =
        store.write(|records| Ok(records.add_account(&some_account(known))?));
    assert!(
        matches!(failed, Err(Own::Store(StoreError::Constraint(_)))),
        "{failed:?}"
    );
}

fn a_reading_session_cannot_write(store: &Store) {
    let refused = store.read(|records| records.keep_setting("name", b"value"));
    assert!(
        matches!(refused, Err(StoreError::ReadOnly(_))),
        "{refused:?}"
    );
    assert_eq!(read(store, |records| records.setting("name")), None);
}

fn a_read_sees_one_moment(store: &Store) {
    add_account(store);
    let (before, after) = read(store, |records| {
        let before = records.accounts()?.len();
        thread::scope(|scope| {
            scope.spawn(|| add_account(store));
        });
        Ok((before, records.accounts()?.len()))
    });
    assert_eq!((before, after), (1, 1));
    assert_eq!(accounts(store), 2);
}

fn a_write_sees_itself_and_others_do_not(store: &Store) {
    let (own, others) = write(store, |records| {
        let id = records.next_account()?;
        records.add_account(&some_account(id))?;
        let others = thread::scope(|scope| scope.spawn(|| accounts(store)).join());
        Ok((records.accounts()?.len(), others.ok()))
    });
    assert_eq!((own, others), (1, Some(0)));
    assert_eq!(accounts(store), 1);
}

/// Threads draw numbers: none is drawn twice and none is missing.
fn writes_follow_one_another(store: &Store) {
    const THREADS: usize = 16;
    const EACH: usize = 25;
    let drawn: Vec<AccountId> = thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS)
            .map(|_| {
                scope.spawn(|| {
                    (0..EACH)
                        .map(|_| write(store, |records| records.next_account()))
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        threads
            .into_iter()
            .flat_map(|thread| thread.join().unwrap())
            .collect()
    });
    assert_eq!(drawn.len(), THREADS * EACH);
    let numbers: BTreeSet<u64> = drawn.into_iter().map(AccountId::number).collect();
    let first = 100_001;
    let all: BTreeSet<u64> = (first..first + (THREADS * EACH) as u64).collect();
    assert_eq!(numbers, all);
}

fn what_is_referred_to_must_be_there(store: &Store) {
    let nobody = AccountId::new(999_999);
    assert_refused(store, "a grant of nobody", |records| {
        let grant = Grant {
            id: GrantId::new(1),
            kind: GrantKind::Pack,
            activity: None,
            total: 1,
            used: 0,
            bought: Moment::default(),
            ends: None,
        };
        records.add_grant(nobody, None, &grant)
    });
}
