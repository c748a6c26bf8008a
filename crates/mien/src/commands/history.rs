//! `mien orders`, `mien ledger`, `mien bills`.

use crate::args::{BillsArgs, Days, LedgerArgs, OrdersArgs};
use crate::books;
use crate::failure::Failure;
use crate::order_lines::described;
use crate::report::Report;
use crate::table::Table;
use crate::words::{count, time};
use billing::{Moment, Money};
use serde_json::{Value, json};
use service::Service;
use store::{Bill, LedgerLine};

pub(crate) fn orders(args: &OrdersArgs, report: &mut Report) -> Result<u8, Failure> {
    check(args.days)?;
    books::look(&args.books, |service| {
        let (from, to) = args.days.span(service.calendar());
        let orders = service.orders(args.owner.account, from, to)?;
        if report.is_json() {
            report.document(&json!({ "orders": orders }))?;
            return Ok(0);
        }
        let mut table = Table::new(&[
            "order", "paid", "what", "activity", "brings", "yuan#", "key",
        ]);
        for order in &orders {
            for (index, line) in order.quote.lines.iter().enumerate() {
                let first = |text: String| if index == 0 { text } else { String::new() };
                let [what, activity, brings, amount] = described(line, service);
                table.row([
                    first(order.id.to_string()),
                    first(time(order.paid, service.calendar())),
                    what,
                    activity,
                    brings,
                    amount,
                    first(order.key.clone()),
                ]);
            }
        }
        table.write("no order in this time", report);
        Ok(0)
    })
}

pub(crate) fn ledger(args: &LedgerArgs, report: &mut Report) -> Result<u8, Failure> {
    check(args.days)?;
    books::look(&args.books, |service| {
        let (from, to) = args.days.span(service.calendar());
        // From the beginning, for the balance at the first day.
        let all = service.ledger(args.owner.account, Moment::default(), to)?;
        let mut balance = Money::ZERO;
        let mut lines = Vec::new();
        for line in all {
            balance = balance.plus(line.amount).unwrap_or(balance);
            if line.at >= from {
                lines.push((line, balance));
            }
        }
        write_ledger(service, &lines, report)
    })
}

fn write_ledger(
    service: &Service,
    lines: &[(LedgerLine, Money)],
    report: &mut Report,
) -> Result<u8, Failure> {
    if report.is_json() {
        let with_balance = |(line, balance): &(LedgerLine, Money)| {
            let mut document = json!(line);
            document["balance"] = json!(balance);
            document
        };
        let lines: Vec<Value> = lines.iter().map(with_balance).collect();
        report.document(&json!({ "movements": lines }))?;
        return Ok(0);
    }
    let mut table = Table::new(&["time", "what", "yuan#", "balance#", "note"]);
    for (line, balance) in lines {
        let what = match line.kind.as_str() {
            "top_up" => format!("top-up {}", line.key),
            "order" => format!("order {}", line.key),
            "bill_paid" => format!("bill {}", line.key),
            other => format!("{other} {}", line.key),
        };
        table.row([
            time(line.at, service.calendar()),
            what,
            line.amount.to_string(),
            balance.to_string(),
            line.note.clone(),
        ]);
    }
    table.write("no movement in this time", report);
    Ok(0)
}

pub(crate) fn bills(args: &BillsArgs, report: &mut Report) -> Result<u8, Failure> {
    books::look(&args.books, |service| {
        let bills = service.bills(args.owner.account)?;
        if report.is_json() {
            report.document(&json!({ "bills": bills }))?;
            return Ok(0);
        }
        bills_table(service, &bills).write("no bill yet", report);
        Ok(0)
    })
}

/// Bills with what became of them.
pub(super) fn bills_table(service: &Service, bills: &[Bill]) -> Table {
    let calendar = service.calendar();
    let mut table = Table::new(&[
        "bill",
        "account",
        "month",
        "calls#",
        "yuan#",
        "drawn",
        "paid",
        "catalogue",
    ]);
    for bill in bills {
        let paid = bill.paid.map(|paid| time(paid, calendar));
        table.row([
            bill.id.to_string(),
            bill.account.to_string(),
            bill.month.to_string(),
            count(bill.calls),
            bill.amount.to_string(),
            time(bill.drawn, calendar),
            paid.unwrap_or_else(|| "not paid".to_owned()),
            bill.catalogue.clone(),
        ]);
    }
    table
}

/// Refuses days that lie the wrong way round.
pub(super) fn check(days: Days) -> Result<(), Failure> {
    match (days.from, days.to) {
        (Some(from), Some(to)) if to < from => Err(Failure::Usage(format!(
            "--to {to} is before --from {from}; name the first day and the last"
        ))),
        _ => Ok(()),
    }
}
