//! Users, members, first operators and exemptions; signing in is tested over HTTP in `web`.

use crate::scene::{Scene, is_not_found, moment};
use service::{
    Actor, AuditFilter, NewUser, PeopleFault, Role, Service, ServiceError, SignIn, UserState,
};

const ACTOR: Actor = Actor::CommandLine;

#[track_caller]
fn fault<T>(result: Result<T, ServiceError>) -> Option<PeopleFault> {
    match result {
        Ok(_) => None,
        Err(ServiceError::People(fault)) => Some(fault),
        Err(other) => panic!("{other}"),
    }
}

fn new(login: &str, operator: bool) -> NewUser<'_> {
    NewUser {
        login,
        name: "",
        operator,
    }
}

fn can_sign_in(service: &Service, login: &str, password: &str) -> bool {
    let given = SignIn {
        login,
        password,
        code: None,
        client: "here",
    };
    service.sign_in(&given).is_ok()
}

#[test]
fn logins_have_a_form_and_one_owner() {
    let scene = Scene::new();
    let bad = PeopleFault::BadLogin { least: 3, most: 64 };
    let taken = |login: &str| PeopleFault::LoginTaken {
        login: login.to_owned(),
    };
    let long = "a".repeat(65);
    for (login, refused) in [
        ("wang", None),
        ("WANG", Some(taken("wang"))),
        ("li.na-2_x@example.com", None),
        (&long[..64], None),
        (&long, Some(bad.clone())),
        ("ab", Some(bad.clone())),
        ("", Some(bad.clone())),
        ("a b c", Some(bad.clone())),
        ("王小明", Some(bad.clone())),
    ] {
        let created = scene.service.create_user(ACTOR, &new(login, false));
        assert_eq!(fault(created), refused, "{login}");
    }
    let users = scene.service.users().unwrap();
    assert_eq!(users.len(), 3);
    assert_eq!(users[2].name.chars().count(), 40);
    assert!(is_not_found(&scene.service.user(4)));
    assert!(is_not_found(&scene.service.user_by_login("zhao")));
}

#[test]
fn the_last_operator_stays() {
    let scene = Scene::new();
    let service = &scene.service;
    let make = |login| {
        service
            .create_user(ACTOR, &new(login, true))
            .unwrap()
            .user
            .id
    };
    let (one, two) = (make("one"), make("two"));
    let set = |id, state| fault(service.set_user_state(ACTOR, id, state));
    for (id, state, refused) in [
        (one, UserState::Disabled, None),
        (two, UserState::Disabled, Some(PeopleFault::LastOperator)),
        (one, UserState::Disabled, None),
        (one, UserState::Active, None),
        (two, UserState::Disabled, None),
    ] {
        assert_eq!(set(id, state), refused, "{id} {state:?}");
    }
}

#[test]
fn a_drawn_password_replaces_the_old_one_and_ends_sessions() {
    let scene = Scene::new();
    let service = &scene.service;
    let made = service.create_user(ACTOR, &new("wang", false)).unwrap();
    let given = SignIn {
        login: "wang",
        password: &made.password,
        code: None,
        client: "here",
    };
    let session = service.sign_in(&given).unwrap();
    assert!(service.signed_in(&session.token).unwrap().is_some());
    let reset = service.reset_password(ACTOR, made.user.id).unwrap();
    assert_eq!(service.signed_in(&session.token).unwrap(), None);
    assert!(!can_sign_in(service, "wang", &made.password));
    assert!(can_sign_in(service, "wang", &reset.password));
    assert_eq!(service.signed_in("no token").unwrap(), None);
}

#[test]
fn an_operator_owns_every_account() {
    let scene = Scene::new();
    let service = &scene.service;
    let (one, two) = (scene.poor_account(), scene.poor_account());
    let operator = service.create_user(ACTOR, &new("operator", true)).unwrap();
    service.create_user(ACTOR, &new("wang", false)).unwrap();
    let member = service
        .add_member(ACTOR, one, "zhao", "", Role::Viewer)
        .unwrap();
    let memberships = |login: &str, password: &str| {
        let given = SignIn {
            login,
            password,
            code: None,
            client: "here",
        };
        let signed_in = service.sign_in(&given).unwrap().signed_in;
        [signed_in.role_in(one), signed_in.role_in(two)]
    };
    assert_eq!(
        memberships("operator", &operator.password),
        [Some(Role::Owner), Some(Role::Owner)]
    );
    assert_eq!(
        memberships("zhao", &member.password.unwrap()),
        [Some(Role::Viewer), None]
    );
}

#[test]
fn somebody_runs_this_mien() {
    let scene = Scene::new();
    let service = &scene.service;
    // Neither a demo's operator nor a user of that login is one.
    let demo = service.demo_login("operator", true).unwrap();
    service.create_user(ACTOR, &new("operator", false)).unwrap();
    assert!(service.needs_operator().unwrap());
    let first = service.ensure_operator().unwrap().unwrap();
    assert_eq!((first.login.as_str(), first.operator), ("operator-2", true));
    assert!(can_sign_in(service, &first.login, &first.password));
    assert_eq!(service.ensure_operator().unwrap(), None);

    // A demo's password stays, whatever was tried out with it.
    let scene = scene.reopened();
    let service = &scene.service;
    assert_eq!(service.demo_login("operator", true).unwrap(), demo);
    let id = service.user_by_login(&demo.login).unwrap().id;
    service
        .set_user_state(ACTOR, id, UserState::Disabled)
        .unwrap();
    assert_eq!(service.demo_login("operator", true).unwrap(), demo);
    assert!(can_sign_in(service, &demo.login, &demo.password));
    service.reset_password(ACTOR, id).unwrap();
    let again = service.demo_login("operator", true).unwrap();
    assert!(can_sign_in(service, &again.login, &again.password));
    assert_eq!(service.demo_login("operator", true).unwrap(), again);
}

#[test]
fn an_exempt_account_is_exempt_until_the_end() {
    let scene = Scene::new();
    let (account, other) = (scene.poor_account(), scene.poor_account());
    let service = &scene.service;
    let exempt = || {
        [
            service.is_label_exempt(account),
            service.is_label_exempt(other),
        ]
    };
    assert_eq!(exempt(), [false, false]);
    assert_eq!(service.exemption(account).unwrap(), None);
    let ends = moment("2027-02-01");
    let over = service.exempt(ACTOR, account, "agreement 12", Some(service.now()));
    assert_eq!(fault(over), Some(PeopleFault::EndsInThePast));
    let user = service
        .create_user(ACTOR, &new("operator", true))
        .unwrap()
        .user
        .id;
    let view = service
        .exempt(Actor::User(user), account, "agreement 12", Some(ends))
        .unwrap();
    assert_eq!(view.by.as_deref(), Some("operator"));
    assert_eq!((view.since, view.ends), (service.now(), Some(ends)));
    assert_eq!(service.exemption(account).unwrap(), Some(view));
    assert_eq!(exempt(), [true, false]);

    let scene = scene.reopened();
    let service = &scene.service;
    assert!(service.is_label_exempt(account));
    for (time, exempt) in [
        ("2027-01-31 23:59:59", true),
        ("2027-02-01 00:00:00", false),
        ("2027-01-31 00:00:00", true),
    ] {
        scene.set(time);
        assert_eq!(service.is_label_exempt(account), exempt, "{time}");
    }
    service.end_exemption(ACTOR, account).unwrap();
    assert!(!service.is_label_exempt(account));
    assert!(is_not_found(&service.end_exemption(ACTOR, account)));
    assert!(is_not_found(&service.exemption(billing::AccountId::new(7))));
}

#[test]
fn the_log_tells_who_did_what() {
    let scene = Scene::new();
    let service = &scene.service;
    let account = scene.poor_account();
    let made = service.create_user(ACTOR, &new("operator", true)).unwrap();
    let actor = Actor::User(made.user.id);
    let added = service
        .add_member(actor, account, "wang", "", Role::Member)
        .unwrap();
    service
        .set_role(actor, account, added.member.user.id, Role::Owner)
        .unwrap();
    service
        .note(actor, Some(account), "order", "order 7", "5000.00")
        .unwrap();
    let refused = service.set_role(actor, account, 99, Role::Owner);
    assert!(is_not_found(&refused));
    let log = service.audit_log(&AuditFilter::default(), 10).unwrap();
    let told: Vec<_> = log
        .iter()
        .map(|line| {
            let by = line.login.as_deref();
            let account = line.account.is_some();
            (
                by,
                account,
                line.action.as_str(),
                line.subject.as_str(),
                line.detail.as_str(),
            )
        })
        .collect();
    let by = Some("operator");
    assert_eq!(
        told,
        [
            (by, true, "order", "order 7", "5000.00"),
            (by, true, "set_role", "user 2 wang", "owner"),
            (by, true, "add_member", "user 2 wang", "member"),
            (None, false, "create_user", "user 1 operator", "operator"),
        ]
    );
    let filter = AuditFilter {
        account: Some(account),
        ..AuditFilter::default()
    };
    assert_eq!(service.audit_log(&filter, 10).unwrap().len(), 3);
}
