//! `mien webhook`.

use crate::args::{WebhookAction, WebhookArgs};
use crate::books;
use crate::failure::Failure;
use crate::report::Report;
use crate::table::{Table, facts};
use crate::words::time;
use billing::AccountId;
use serde_json::{Value, json};
use service::Service;
use service::webhook::{AddressPolicy, HttpCourier};
use store::DeadLetter;

pub(crate) fn run(args: &WebhookArgs, report: &mut Report) -> Result<u8, Failure> {
    match &args.action {
        WebhookAction::Add { url, owner } => books::change(&args.books, |service| {
            let new = service.add_webhook(owner.account, url)?;
            if report.is_json() {
                report.document(&json!({ "id": new.id, "url": url, "secret": new.secret }))?;
                return Ok(0);
            }
            facts(
                &[
                    ("webhook", new.id.to_string()),
                    ("url", url.clone()),
                    ("secret", new.secret),
                ],
                report,
            );
            report.line(
                "\nThis is the only time the secret is shown; the receiver checks signatures with it.",
            );
            Ok(0)
        }),
        WebhookAction::List { owner } => {
            books::look(&args.books, |service| list(service, owner.account, report))
        }
        WebhookAction::Delete { id, owner } => books::change(&args.books, |service| {
            service.delete_webhook(owner.account, *id)?;
            say(
                &json!({ "deleted": id }),
                &format!("webhook {id} is deleted"),
                report,
            )
        }),
        WebhookAction::Dead { owner } => {
            books::look(&args.books, |service| dead(service, owner.account, report))
        }
        WebhookAction::Revive { id, owner } => books::change(&args.books, |service| {
            service.revive_delivery(owner.account, *id)?;
            let text =
                format!("letter {id} is on its way again; `mien webhook deliver` delivers it");
            say(&json!({ "revived": id }), &text, report)
        }),
        WebhookAction::Deliver {
            most,
            allow_private,
        } => books::change(&args.books, |service| {
            let policy = match allow_private {
                true => AddressPolicy::Any,
                false => AddressPolicy::PublicOnly,
            };
            let round = service.deliver_due(&HttpCourier::new(policy), *most)?;
            let text = format!(
                "{} delivered, {} to be tried again, {} given up",
                round.delivered, round.failed, round.given_up
            );
            say(&json!(round), &text, report)
        }),
    }
}

fn say(document: &Value, text: &str, report: &mut Report) -> Result<u8, Failure> {
    if report.is_json() {
        report.document(document)?;
    } else {
        report.line(text);
    }
    Ok(0)
}

fn list(service: &Service, account: AccountId, report: &mut Report) -> Result<u8, Failure> {
    let webhooks = service.webhooks(account)?;
    if report.is_json() {
        report.document(&json!({ "webhooks": webhooks }))?;
        return Ok(0);
    }
    let mut table = Table::new(&["webhook", "created", "url"]);
    for webhook in &webhooks {
        table.row([
            webhook.id.to_string(),
            time(webhook.created, service.calendar()),
            webhook.url.clone(),
        ]);
    }
    let nothing = format!("no webhook yet; `mien webhook add URL --account {account}` adds one");
    table.write(&nothing, report);
    Ok(0)
}

fn dead(service: &Service, account: AccountId, report: &mut Report) -> Result<u8, Failure> {
    let letters = service.dead_letters(account)?;
    if report.is_json() {
        let document = |letter: &DeadLetter| {
            json!({
                "id": letter.delivery.id,
                "webhook": letter.delivery.webhook,
                "notice": letter.delivery.notice,
                "attempts": letter.delivery.attempts,
                "url": letter.url,
                "last_error": letter.last_error,
            })
        };
        let letters: Vec<Value> = letters.iter().map(document).collect();
        report.document(&json!({ "dead_letters": letters }))?;
        return Ok(0);
    }
    let mut table = Table::new(&["letter", "webhook", "notice", "tries#", "last error", "url"]);
    for letter in &letters {
        table.row([
            letter.delivery.id.to_string(),
            letter.delivery.webhook.to_string(),
            letter.delivery.notice.to_string(),
            letter.delivery.attempts.to_string(),
            letter.last_error.clone(),
            letter.url.clone(),
        ]);
    }
    table.write("no dead letter", report);
    Ok(0)
}
