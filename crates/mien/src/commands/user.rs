//! `mien user`.

use crate::args::{MemberAction, UserAction, UserArgs};
use crate::books;
use crate::failure::Failure;
use crate::report::Report;
use crate::table::{Table, facts};
use crate::words::time;
use billing::AccountId;
use serde_json::json;
use service::{Actor, NewUser, Role, Service, UserState, UserView};

/// Whoever has the data folder.
const ACTOR: Actor = Actor::CommandLine;

pub(crate) fn run(args: &UserArgs, report: &mut Report) -> Result<u8, Failure> {
    match &args.action {
        UserAction::Create {
            login,
            name,
            operator,
        } => books::begin_or_change(&args.books, |service| {
            let new = NewUser {
                login,
                name,
                operator: *operator,
            };
            let made = service.create_user(ACTOR, &new)?;
            tell_password(&made, &made.user, &made.password, report)
        }),
        UserAction::List => books::look(&args.books, |service| list(service, report)),
        UserAction::Password { login, drop_code } => books::change(&args.books, |service| {
            let id = service.user_by_login(login)?.id;
            if *drop_code {
                service.drop_totp(ACTOR, id)?;
            }
            let made = service.reset_password(ACTOR, id)?;
            tell_password(&made, &made.user, &made.password, report)
        }),
        UserAction::Disable { login } => set_state(args, login, UserState::Disabled, report),
        UserAction::Enable { login } => set_state(args, login, UserState::Active, report),
        UserAction::Operator { login, revoke } => set_operator(args, login, !revoke, report),
        UserAction::Member { action } => member(args, action, report),
    }
}

fn tell_password(
    document: &impl serde::Serialize,
    user: &UserView,
    password: &str,
    report: &mut Report,
) -> Result<u8, Failure> {
    if report.is_json() {
        report.document(document)?;
        return Ok(0);
    }
    let role = if user.operator { "operator" } else { "" };
    facts(
        &[
            ("user", user.id.to_string()),
            ("login", user.login.clone()),
            ("name", user.name.clone()),
            ("role", role.to_owned()),
            ("password", password.to_owned()),
        ],
        report,
    );
    report.line("\nThe password is not shown again.");
    Ok(0)
}

fn list(service: &Service, report: &mut Report) -> Result<u8, Failure> {
    let users = service.users()?;
    if report.is_json() {
        report.document(&json!({ "users": users }))?;
        return Ok(0);
    }
    let mut table = Table::new(&["user", "login", "name", "role", "code", "state", "created"]);
    for user in &users {
        table.row([
            user.id.to_string(),
            user.login.clone(),
            user.name.clone(),
            if user.operator { "operator" } else { "" }.to_owned(),
            if user.has_totp { "yes" } else { "no" }.to_owned(),
            word(user.state).to_owned(),
            time(user.created, service.calendar()),
        ]);
    }
    table.write("no user yet; `mien user create LOGIN` makes one", report);
    Ok(0)
}

fn set_state(
    args: &UserArgs,
    login: &str,
    state: UserState,
    report: &mut Report,
) -> Result<u8, Failure> {
    books::change(&args.books, |service| {
        let id = service.user_by_login(login)?.id;
        let user = service.set_user_state(ACTOR, id, state)?;
        if report.is_json() {
            report.document(&user)?;
        } else {
            report.line(&format!("user {} is {}", user.login, word(user.state)));
        }
        Ok(0)
    })
}

fn set_operator(
    args: &UserArgs,
    login: &str,
    operator: bool,
    report: &mut Report,
) -> Result<u8, Failure> {
    books::change(&args.books, |service| {
        let id = service.user_by_login(login)?.id;
        let user = service.set_operator(ACTOR, id, operator)?;
        if report.is_json() {
            report.document(&user)?;
        } else {
            let what = if operator { "an" } else { "no" };
            report.line(&format!("user {} is {what} operator", user.login));
        }
        Ok(0)
    })
}

fn member(args: &UserArgs, action: &MemberAction, report: &mut Report) -> Result<u8, Failure> {
    match action {
        MemberAction::Add { login, of, role } => books::change(&args.books, |service| {
            let role = (*role).into();
            let added = service.add_member(ACTOR, of.account, login, "", role)?;
            if let Some(password) = &added.password {
                return tell_password(&added, &added.member.user, password, report);
            }
            if report.is_json() {
                report.document(&added)?;
            } else {
                let login = &added.member.user.login;
                tell_role(login, role, of.account, report);
            }
            Ok(0)
        }),
        MemberAction::List { of } => {
            books::look(&args.books, |service| members(service, of.account, report))
        }
        MemberAction::Role { login, of, role } => books::change(&args.books, |service| {
            let id = service.user_by_login(login)?.id;
            let member = service.set_role(ACTOR, of.account, id, (*role).into())?;
            if report.is_json() {
                report.document(&member)?;
            } else {
                tell_role(&member.user.login, member.role, of.account, report);
            }
            Ok(0)
        }),
        MemberAction::Remove { login, of } => books::change(&args.books, |service| {
            let user = service.user_by_login(login)?;
            service.remove_member(ACTOR, of.account, user.id)?;
            if report.is_json() {
                report.document(&json!({ "login": user.login, "account": of.account }))?;
            } else {
                let (login, account) = (&user.login, of.account);
                report.line(&format!("user {login} is no member of account {account}"));
            }
            Ok(0)
        }),
    }
}

fn tell_role(login: &str, role: Role, account: AccountId, report: &mut Report) {
    let role = role_word(role);
    report.line(&format!("user {login} is {role} of account {account}"));
}

fn members(service: &Service, account: AccountId, report: &mut Report) -> Result<u8, Failure> {
    let members = service.members(account)?;
    if report.is_json() {
        report.document(&json!({ "members": members }))?;
        return Ok(0);
    }
    let mut table = Table::new(&["user", "login", "name", "role", "state"]);
    for member in &members {
        table.row([
            member.user.id.to_string(),
            member.user.login.clone(),
            member.user.name.clone(),
            role_word(member.role).to_owned(),
            word(member.user.state).to_owned(),
        ]);
    }
    table.write(
        "no member yet; `mien user member add LOGIN` adds one",
        report,
    );
    Ok(0)
}

fn role_word(role: Role) -> &'static str {
    match role {
        Role::Viewer => "viewer",
        Role::Member => "member",
        Role::Owner => "owner",
    }
}

fn word(state: UserState) -> &'static str {
    match state {
        UserState::Active => "active",
        UserState::Disabled => "disabled",
    }
}
