//! Users, what they may do where, their sessions, what they did, and exemptions.

use super::cast::{TEXT, add_account, all_bytes, assert_refused, noon, read, write};
use crate::{
    AuditFilter, AuditLine, LabelExemption, LoginSession, MembershipRecord, Role, Store, User,
    UserState,
};
use billing::{AccountId, Moment};

pub(super) const CASES: &[fn(&Store)] = &[
    users,
    a_login_belongs_to_one_user,
    memberships,
    sessions,
    sessions_that_ended,
    the_audit_log,
    exemptions,
];

fn hour(number: i64) -> Moment {
    noon().plus_ms(number * 3_600_000)
}

fn some_user(id: u64, login: &str) -> User {
    User {
        id,
        login: login.to_owned(),
        name: TEXT.to_owned(),
        password: TEXT.to_owned(),
        totp: None,
        operator: false,
        state: UserState::Active,
        created: noon(),
    }
}

pub(super) fn add_user(store: &Store, login: &str) -> User {
    write(store, |records| {
        let user = some_user(records.next_user()?, login);
        records.add_user(&user)?;
        Ok(user)
    })
}

fn users(store: &Store) {
    let (mut one, two) = (add_user(store, "one"), add_user(store, "two"));
    assert_eq!((one.id, two.id), (1, 2));
    one.name = "another".to_owned();
    one.password = String::new();
    one.totp = Some(all_bytes());
    one.operator = true;
    one.state = UserState::Disabled;
    write(store, |records| records.update_user(&one));
    assert_eq!(read(store, |records| records.user(1)), Some(one.clone()));
    let by_login = |login: &str| read(store, |records| records.user_by_login(login));
    assert_eq!(by_login("two"), Some(two.clone()));
    assert_eq!(by_login("Two"), None);
    assert_eq!(read(store, |records| records.user(3)), None);
    assert_eq!(read(store, |records| records.users()), [one, two]);
}

fn a_login_belongs_to_one_user(store: &Store) {
    add_user(store, "one");
    assert_refused(store, "the same login", |records| {
        records.add_user(&some_user(7, "one"))
    });
}

fn memberships(store: &Store) {
    let (account, other) = (add_account(store), add_account(store));
    let (one, two) = (add_user(store, "one").id, add_user(store, "two").id);
    let set = |user, account, role| {
        let membership = MembershipRecord {
            user,
            account,
            role,
        };
        write(store, |records| records.set_membership(&membership));
        membership
    };
    set(one, account, Role::Viewer);
    let of_one = set(one, account, Role::Owner);
    let of_two = set(two, account, Role::Member);
    let elsewhere = set(one, other, Role::Viewer);
    let of_user = |user| read(store, |records| records.memberships_of_user(user));
    let of_account = |account| read(store, |records| records.memberships_of_account(account));
    assert_eq!(of_user(one), [of_one, elsewhere]);
    assert_eq!(of_account(account), [of_one, of_two]);
    let all = read(store, |records| records.memberships());
    assert_eq!(all, [of_one, elsewhere, of_two]);
    write(store, |records| records.remove_membership(one, account));
    write(store, |records| records.remove_membership(one, account));
    assert_eq!(of_user(one), [elsewhere]);
    assert_eq!(of_account(account), [of_two]);
    for (user, account) in [(9, account), (one, AccountId::new(9))] {
        let membership = MembershipRecord {
            user,
            account,
            role: Role::Owner,
        };
        assert_refused(store, "nobody, or nowhere", |records| {
            records.set_membership(&membership)
        });
    }
}

fn session(token: u8, user: u64, seen: Moment, ends: Moment) -> LoginSession {
    LoginSession {
        digest: [token; 32],
        user,
        csrf: TEXT.to_owned(),
        created: noon(),
        seen,
        ends,
    }
}

fn tokens(store: &Store) -> Vec<u8> {
    let found = |token: &u8| read(store, |records| records.session(&[*token; 32])).is_some();
    (0..10).filter(found).collect()
}

fn sessions(store: &Store) {
    let (one, two) = (add_user(store, "one").id, add_user(store, "two").id);
    for (token, user) in [(1, one), (2, one), (3, one), (4, two)] {
        let session = session(token, user, noon(), hour(9));
        write(store, |records| records.add_session(&session));
    }
    write(store, |records| records.touch_session(&[2; 32], hour(1)));
    let touched = read(store, |records| records.session(&[2; 32]));
    assert_eq!(touched, Some(session(2, one, hour(1), hour(9))));
    write(store, |records| records.end_session(&[1; 32]));
    assert_eq!(tokens(store), [2, 3, 4]);
    let end =
        |user, but: Option<&[u8; 32]>| write(store, |records| records.end_sessions_of(user, but));
    assert_eq!(end(one, Some(&[3; 32])), 1);
    assert_eq!(tokens(store), [3, 4]);
    assert_eq!(end(one, None), 1);
    assert_eq!(tokens(store), [4]);
    assert_refused(store, "the same token", |records| {
        records.add_session(&session(4, one, noon(), hour(9)))
    });
}

fn sessions_that_ended(store: &Store) {
    let user = add_user(store, "one").id;
    for (token, seen, ends) in [
        (1, hour(0), hour(9)),
        (2, hour(3), hour(5)),
        (3, hour(3), hour(9)),
        (4, hour(2), hour(9)),
    ] {
        let session = session(token, user, seen, ends);
        write(store, |records| records.add_session(&session));
    }
    let dropped = write(store, |records| {
        records.drop_ended_sessions(hour(5), hour(2))
    });
    assert_eq!(dropped, 3);
    assert_eq!(tokens(store), [3]);
}

fn the_audit_log(store: &Store) {
    let (account, other) = (add_account(store), add_account(store));
    let user = add_user(store, "one").id;
    let deeds = [
        (None, None, "a"),
        (Some(user), Some(account), "b"),
        (Some(user), Some(other), "a"),
        (None, Some(account), "a"),
        (Some(user), None, "a"),
    ];
    for (number, (user, account, action)) in (1..).zip(deeds) {
        let line = AuditLine {
            at: hour(number),
            user,
            account,
            action,
            subject: TEXT,
            detail: TEXT,
        };
        let id = write(store, |records| records.add_audit(&line));
        assert_eq!(i64::try_from(id), Ok(number));
    }
    let ids = |filter: AuditFilter, most| {
        let found = read(store, |records| records.audit(&filter, most));
        found.into_iter().map(|line| line.id).collect::<Vec<_>>()
    };
    let filter = |account, user, action: Option<&str>, before| AuditFilter {
        account,
        user,
        action: action.map(str::to_owned),
        before,
        ..AuditFilter::default()
    };
    let at = |from, until| AuditFilter {
        from: Some(hour(from)),
        until: Some(hour(until)),
        ..AuditFilter::default()
    };
    let by = |login: &str, account| AuditFilter {
        account,
        login: Some(login.to_owned()),
        ..AuditFilter::default()
    };
    for (filter, most, found) in [
        (at(2, 4), 9, &[3, 2][..]),
        (at(5, 5), 9, &[]),
        (at(1, 9), 1, &[5]),
        (by("one", None), 9, &[5, 3, 2]),
        (by("one", Some(other)), 9, &[3]),
        (by("nobody", None), 9, &[]),
        (filter(None, None, None, None), 9, &[5, 4, 3, 2, 1][..]),
        (filter(None, None, None, None), 2, &[5, 4]),
        (filter(None, None, None, Some(4)), 2, &[3, 2]),
        (filter(None, None, None, Some(1)), 2, &[]),
        (filter(Some(account), None, None, None), 9, &[4, 2]),
        (filter(Some(account), None, None, Some(4)), 9, &[2]),
        (filter(Some(account), Some(user), None, None), 9, &[2]),
        (filter(None, Some(user), None, None), 9, &[5, 3, 2]),
        (filter(None, Some(user), Some("a"), None), 9, &[5, 3]),
        (filter(None, Some(9), None, None), 9, &[]),
        (filter(None, None, Some("c"), None), 9, &[]),
    ] {
        assert_eq!(ids(filter.clone(), most), found, "{filter:?} {most}");
    }
    let line = &read(store, |records| records.audit(&AuditFilter::default(), 4))[3];
    assert_eq!((line.at, line.user), (hour(2), Some(user)));
    assert_eq!(line.login.as_deref(), Some("one"));
    assert_eq!((line.account, line.action.as_str()), (Some(account), "b"));
    assert_eq!((line.subject.as_str(), line.detail.as_str()), (TEXT, TEXT));
}

fn exemptions(store: &Store) {
    let (account, other) = (add_account(store), add_account(store));
    let user = add_user(store, "one").id;
    let exemption = |account, user, ends| LabelExemption {
        account,
        reason: TEXT.to_owned(),
        user,
        since: noon(),
        ends,
    };
    let all = || read(store, |records| records.exemptions());
    let set = |exemption: &LabelExemption| write(store, |records| records.set_exemption(exemption));
    set(&exemption(account, None, None));
    let changed = exemption(account, Some(user), Some(hour(2)));
    let another = exemption(other, None, None);
    set(&changed);
    set(&another);
    assert_eq!(all(), [changed, another.clone()]);
    let page = |after: Option<AccountId>, since, most| {
        let found = read(store, |records| records.exemption_page(after, since, most));
        found
            .into_iter()
            .map(|told| told.exemption.account)
            .collect::<Vec<_>>()
    };
    assert_eq!(page(None, None, 9), [account, other]);
    assert_eq!(page(None, None, 1), [account]);
    assert_eq!(page(Some(account), None, 9), [other]);
    assert_eq!(page(None, Some(hour(1)), 9), [account, other]);
    // An end is the first moment after it.
    assert_eq!(page(None, Some(hour(2)), 9), [other]);
    let told = &read(store, |records| records.exemption_page(None, None, 1))[0];
    assert_eq!(told.exemption, all()[0]);
    assert_eq!(told.login.as_deref(), Some("one"));
    assert!(!told.account_name.is_empty());
    let remove = |account| write(store, |records| records.remove_exemption(account));
    assert!(remove(account));
    assert!(!remove(account));
    assert_eq!(all(), [another]);
}
