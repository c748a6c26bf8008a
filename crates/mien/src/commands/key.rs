//! `mien key`.

use crate::args::{KeyAction, KeyArgs};
use crate::books;
use crate::failure::Failure;
use crate::report::Report;
use crate::table::{Table, facts};
use crate::words::time;
use billing::AccountId;
use serde_json::json;
use service::Service;
use store::KeyState;

pub(crate) fn run(args: &KeyArgs, report: &mut Report) -> Result<u8, Failure> {
    let set = |account: AccountId, id: &str, state: KeyState, report: &mut Report| {
        books::change(&args.books, |service| {
            service.set_key_state(account, id, state)?;
            if report.is_json() {
                report.document(&json!({ "secret_id": id, "state": state }))?;
            } else {
                report.line(&format!("key {id} is {}", word(state)));
            }
            Ok(0)
        })
    };
    match &args.action {
        KeyAction::Create { owner, label } => books::change(&args.books, |service| {
            create(service, owner.account, label, report)
        }),
        KeyAction::List { owner } => {
            books::look(&args.books, |service| list(service, owner.account, report))
        }
        KeyAction::Disable { id, owner } => set(owner.account, id, KeyState::Disabled, report),
        KeyAction::Enable { id, owner } => set(owner.account, id, KeyState::Enabled, report),
        KeyAction::Delete { id, owner } => set(owner.account, id, KeyState::Deleted, report),
    }
}

fn create(
    service: &Service,
    account: AccountId,
    label: &str,
    report: &mut Report,
) -> Result<u8, Failure> {
    let key = service.create_key(account, label)?;
    let (id, secret) = (key.secret_id.as_str(), key.secret_key.expose());
    if report.is_json() {
        report.document(&json!({ "secret_id": id, "secret_key": secret, "label": label }))?;
        return Ok(0);
    }
    facts(
        &[
            ("SecretId", id.to_owned()),
            ("SecretKey", secret.to_owned()),
        ],
        report,
    );
    report.line(
        "\nThis is the only time the SecretKey is shown; keep it where no one else reads it.",
    );
    Ok(0)
}

fn list(service: &Service, account: AccountId, report: &mut Report) -> Result<u8, Failure> {
    let keys = service.keys(account)?;
    if report.is_json() {
        report.document(&json!({ "keys": keys }))?;
        return Ok(0);
    }
    let mut table = Table::new(&["SecretId", "state", "created", "label"]);
    for key in &keys {
        table.row([
            key.secret_id.clone(),
            word(key.state).to_owned(),
            time(key.created, service.calendar()),
            key.label.clone(),
        ]);
    }
    let nothing = format!("no key yet; `mien key create --account {account}` makes one");
    table.write(&nothing, report);
    Ok(0)
}

fn word(state: KeyState) -> &'static str {
    match state {
        KeyState::Enabled => "enabled",
        KeyState::Disabled => "disabled",
        KeyState::Deleted => "deleted",
    }
}
