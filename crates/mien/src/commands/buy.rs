//! `mien buy`.

use crate::args::{BuyAction, BuyArgs, Payment};
use crate::books;
use crate::failure::Failure;
use crate::order_lines::{described, order_table};
use crate::random_key::key_or_random;
use crate::report::Report;
use billing::{AccountId, Money, Purchase, Quote, Refusal, UpgradeRequest};
use serde_json::json;
use service::{PaidOrder, Service};

pub(crate) fn run(args: &BuyArgs, report: &mut Report) -> Result<u8, Failure> {
    let (account, purchase, payment) = wanted(&args.action);
    if payment.pay {
        let key = key_or_random(payment.key.as_deref())?;
        return books::change(&args.books, |service| {
            let order = service.order(account, &purchase, &key, payment.agreed)?;
            paid(service, &order, report)
        });
    }
    books::look(&args.books, |service| {
        let quote = service.quote(account, &purchase)?;
        quoted(service, account, &quote, report)
    })
}

fn wanted(action: &BuyAction) -> (AccountId, Purchase, &Payment) {
    match action {
        BuyAction::Licence {
            owner,
            activity,
            renew,
            qps,
            payment,
        } => {
            let purchase = Purchase::Licence {
                activity: *activity,
                renew: *renew,
                qps: qps.clone(),
            };
            (owner.account, purchase, payment)
        }
        BuyAction::Qps {
            owner,
            activity,
            days: (first_day, last_day),
            extra,
            payment,
        } => {
            let purchase = Purchase::Qps {
                activity: *activity,
                request: UpgradeRequest {
                    first_day: *first_day,
                    last_day: *last_day,
                    extra: *extra,
                },
            };
            (owner.account, purchase, payment)
        }
        BuyAction::Pack { id, owner, payment } => {
            (owner.account, Purchase::Pack { pack: id.clone() }, payment)
        }
    }
}

/// Shows a price, and whether the balance reaches for it.
fn quoted(
    service: &Service,
    account: AccountId,
    quote: &Quote,
    report: &mut Report,
) -> Result<u8, Failure> {
    let account = service.account(account)?;
    let after = account.balance.minus(quote.total);
    let payable = match account.owed > Money::ZERO {
        true => Err(Refusal::in_arrears(account.owed, account.balance)),
        false => quote.check_payable(account.balance, None),
    };
    if report.is_json() {
        report.document(&json!({
            "quote": quote,
            "balance": account.balance,
            "balance_after": payable.is_ok().then_some(after).flatten(),
            "not_payable": payable.err(),
        }))?;
        return Ok(0);
    }
    lines(service, quote, report);
    report.line(&format!("balance {} yuan", account.balance));
    report.line(&match (payable, after) {
        (Ok(()), Some(after)) => format!(
            "after it {after} yuan\n\nnothing is bought yet; the same with --pay buys it, with \
             --agreed {} only at this price",
            quote.total
        ),
        (Err(refusal), _) => format!("\nnothing is bought, and it cannot be paid now: {refusal}"),
        (Ok(()), None) => String::new(),
    });
    Ok(0)
}

fn paid(service: &Service, order: &PaidOrder, report: &mut Report) -> Result<u8, Failure> {
    if report.is_json() {
        report.document(order)?;
        return Ok(0);
    }
    lines(service, &order.order.quote, report);
    let (id, key) = (order.order.id, &order.order.key);
    report.line(&match order.repeated {
        true => format!("order {id} was paid before under the key {key}; nothing happened now"),
        false => format!("order {id} is paid; key {key}"),
    });
    report.line(&format!("balance {} yuan", order.balance));
    Ok(0)
}

fn lines(service: &Service, quote: &Quote, report: &mut Report) {
    let mut table = order_table();
    for line in &quote.lines {
        table.row(described(line, service));
    }
    if quote.lines.len() > 1 {
        table.row([
            "total".to_owned(),
            String::new(),
            String::new(),
            quote.total.to_string(),
        ]);
    }
    table.write("nothing", report);
    report.line("");
}
