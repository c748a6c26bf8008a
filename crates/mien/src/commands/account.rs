//! `mien account`.

use crate::args::{AccountAction, AccountArgs};
use crate::books;
use crate::failure::Failure;
use crate::report::Report;
use crate::table::{Table, facts};
use crate::words::{bound_to, count, end, source, time};
use billing::{AccountId, Grant};
use serde_json::json;
use service::{AccountView, Actor, Service};
use store::AccountState;

pub(crate) fn run(args: &AccountArgs, report: &mut Report) -> Result<u8, Failure> {
    match &args.action {
        AccountAction::Create { name } => books::begin_or_change(&args.books, |service| {
            let account = service.create_account(name)?;
            if report.is_json() {
                report.document(&account)?;
            } else {
                report.line(&format!("account {}: {}", account.id, account.name));
            }
            Ok(0)
        }),
        AccountAction::List => books::look(&args.books, |service| list(service, report)),
        AccountAction::Show { id } => books::look(&args.books, |service| {
            show(service, &service.account(*id)?, report)
        }),
        AccountAction::Suspend { id } => books::change(&args.books, |service| {
            let account = service.set_account_state(*id, AccountState::Suspended)?;
            changed(&account, "is suspended: its calls are refused", report)
        }),
        AccountAction::Resume { id } => books::change(&args.books, |service| {
            let account = service.set_account_state(*id, AccountState::Active)?;
            changed(&account, "is active: its calls are let in", report)
        }),
        AccountAction::Limit { id, activities } => books::change(&args.books, |service| {
            let account = service.set_activity_limit(*id, *activities)?;
            let change = format!("may create {} activities", account.activity_limit);
            changed(&account, &change, report)
        }),
        AccountAction::Exempt { id, end: true, .. } => books::change(&args.books, |service| {
            service.end_exemption(Actor::CommandLine, *id)?;
            exemption(service, *id, report)
        }),
        AccountAction::Exempt {
            id,
            reason: Some(reason),
            until,
            ..
        } => books::change(&args.books, |service| {
            let ends = until.map(|day| service.calendar().end_of(day));
            service.exempt(Actor::CommandLine, *id, reason, ends)?;
            exemption(service, *id, report)
        }),
        AccountAction::Exempt { id, .. } => {
            books::look(&args.books, |service| exemption(service, *id, report))
        }
    }
}

fn exemption(service: &Service, id: AccountId, report: &mut Report) -> Result<u8, Failure> {
    let exemption = service.exemption(id)?;
    if report.is_json() {
        report.document(&json!({ "account": id, "exemption": exemption }))?;
        return Ok(0);
    }
    let Some(exemption) = exemption else {
        report.line(&format!(
            "account {id}: its pictures carry the visible mark"
        ));
        return Ok(0);
    };
    let until = match exemption.ends {
        None => "for ever".to_owned(),
        Some(ends) if ends <= service.now() => {
            format!("{}, over", end(ends, service.calendar()))
        }
        Some(ends) => end(ends, service.calendar()),
    };
    facts(
        &[
            ("exempt", id.to_string()),
            ("reason", exemption.reason),
            ("since", time(exemption.since, service.calendar())),
            ("until", until),
            (
                "by",
                exemption.by.unwrap_or_else(|| "command line".to_owned()),
            ),
        ],
        report,
    );
    Ok(0)
}

fn changed(account: &AccountView, change: &str, report: &mut Report) -> Result<u8, Failure> {
    if report.is_json() {
        report.document(account)?;
    } else {
        report.line(&format!("account {} {change}", account.id));
    }
    Ok(0)
}

fn list(service: &Service, report: &mut Report) -> Result<u8, Failure> {
    let accounts = service.accounts()?;
    if report.is_json() {
        report.document(&json!({ "accounts": accounts }))?;
        return Ok(0);
    }
    let mut table = Table::new(&["account", "name", "state", "balance#", "owed#", "created"]);
    for account in &accounts {
        table.row([
            account.id.to_string(),
            account.name.clone(),
            state(account.state).to_owned(),
            account.balance.to_string(),
            account.owed.to_string(),
            time(account.created, service.calendar()),
        ]);
    }
    table.write(
        "no account yet; `mien account create NAME` makes one",
        report,
    );
    Ok(0)
}

fn show(service: &Service, account: &AccountView, report: &mut Report) -> Result<u8, Failure> {
    let grants = service.grants(account.id)?;
    if report.is_json() {
        let mut document = json!(account);
        document["grants"] = json!(grants);
        report.document(&document)?;
        return Ok(0);
    }
    facts(
        &[
            ("account", account.id.to_string()),
            ("name", account.name.clone()),
            ("state", state(account.state).to_owned()),
            ("balance", format!("{} yuan", account.balance)),
            ("owed", format!("{} yuan", account.owed)),
            ("activities", format!("{} at most", account.activity_limit)),
            ("created", time(account.created, service.calendar())),
        ],
        report,
    );
    report.line("");
    grants_table(service, &grants, report);
    Ok(0)
}

fn grants_table(service: &Service, grants: &[Grant], report: &mut Report) {
    let now = service.now();
    let mut table = Table::new(&["calls", "activity", "total#", "used#", "left#", "until"]);
    for grant in grants {
        let until = match grant.ends {
            None => "for ever".to_owned(),
            Some(ends) if grant.is_valid_at(now) => end(ends, service.calendar()),
            Some(ends) => format!("{}, over", end(ends, service.calendar())),
        };
        table.row([
            format!("{} {}", source(grant.kind), grant.id),
            bound_to(grant.activity),
            count(grant.total),
            count(grant.used),
            count(grant.left()),
            until,
        ]);
    }
    table.write("no calls yet; every activity brings free ones", report);
}

fn state(state: AccountState) -> &'static str {
    match state {
        AccountState::Active => "active",
        AccountState::Suspended => "suspended",
    }
}
