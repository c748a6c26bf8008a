use super::{GrantUse, MovementKind, PaidOrder, Statement};
use crate::{ActivityId, Calendar, GrantKind, LineKind, Money};

const HEADER: [&str; 7] = [
    "section",
    "date",
    "activity",
    "item",
    "quantity",
    "unit_price",
    "amount",
];

/// The statement as one flat table (RFC 4180, UTF-8 with a byte order mark, without which spreadsheets misread
/// Chinese names). Sections are `account`, `activity`, `balance`, `movement`, `order`, `grant`, `usage`, `day`
/// and `postpaid`. Amounts are in yuan: what a thing costs, or what moved, in where positive. Free text that a
/// spreadsheet would run as a formula is written behind an apostrophe.
pub fn csv(statement: &Statement) -> String {
    let calendar = Calendar::new(&statement.zone).unwrap_or_default();
    let mut table = Table::new();
    let month = statement.month.to_string();
    let id = statement.account.to_string();
    table.row(&[
        "account",
        &month,
        "",
        &text(&format!("{} {id}", statement.account_name)),
    ]);
    for activity in &statement.activities {
        let id = activity.id.to_string();
        table.row(&["activity", &month, &id, &text(&activity.name)]);
    }
    let mut balance = |item: &str, amount: Money| {
        table.row(&["balance", &month, "", item, "", "", &amount.to_string()]);
    };
    balance("opening", statement.opening);
    balance("closing", statement.closing);
    for movement in &statement.movements {
        let kind = match movement.kind {
            MovementKind::TopUp => "top_up",
            MovementKind::BillPaid => "bill_paid",
        };
        let (date, amount) = (calendar.write(movement.at), movement.amount.to_string());
        table.row(&["movement", &date, "", kind, "1", &amount, &amount]);
    }
    for order in &statement.orders {
        order_rows(order, &calendar.write(order.paid), &mut table);
    }
    for grant in &statement.grants {
        grant_row(grant, &month, &mut table);
    }
    for usage in &statement.usage {
        table.row(&[
            "usage",
            &month,
            &usage.activity.to_string(),
            &format!("{} {}", usage.outcome, usage.charged_to),
            &usage.calls.to_string(),
        ]);
    }
    for mark in &statement.chain.days {
        let (day, calls) = (mark.day.to_string(), mark.calls.to_string());
        table.row(&["day", &day, "", "calls", &calls]);
    }
    if let Some(postpaid) = &statement.postpaid {
        table.row(&[
            "postpaid",
            &month,
            "",
            "calls",
            &postpaid.calls.to_string(),
            &postpaid.tier.unit_price.to_string(),
            &postpaid.amount.to_string(),
        ]);
    }
    table.text
}

fn order_rows(order: &PaidOrder, date: &str, table: &mut Table) {
    for line in &order.lines {
        let (activity, what): (Option<ActivityId>, String) = match &line.kind {
            LineKind::Licence {
                activity, package, ..
            } => (Some(*activity), format!("licence {package}")),
            LineKind::Qps { activity, request } => {
                let (first, last) = (request.first_day, request.last_day);
                let what = format!("qps {} from {first} to {last}", request.extra);
                (Some(*activity), what)
            }
            LineKind::Pack { pack, .. } => (None, format!("pack {pack}")),
        };
        let activity = activity.map_or_else(String::new, |id| id.to_string());
        let (item, amount) = (
            format!("order {}: {what}", order.id),
            line.amount.to_string(),
        );
        table.row(&["order", date, &activity, &item, "1", &amount, &amount]);
    }
}

fn grant_row(grant: &GrantUse, month: &str, table: &mut Table) {
    let kind = match grant.kind {
        GrantKind::Free => "free",
        GrantKind::Licence => "licence",
        GrantKind::Pack => "pack",
    };
    let activity = grant.activity.map_or_else(String::new, |id| id.to_string());
    let id = grant.id;
    for (what, calls) in [("used", grant.used_in_month), ("left", grant.left)] {
        let item = format!("{kind} grant:{id} {what}");
        table.row(&["grant", month, &activity, &item, &calls.to_string()]);
    }
}

/// Free text that no spreadsheet takes for a formula.
fn text(free: &str) -> String {
    if free.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        format!("'{free}")
    } else {
        free.to_owned()
    }
}

struct Table {
    text: String,
}

impl Table {
    fn new() -> Table {
        let mut table = Table {
            text: "\u{feff}".to_owned(),
        };
        table.row(&HEADER);
        table
    }

    /// Adds a record; fields that are not given are empty.
    fn row(&mut self, fields: &[&str]) {
        for index in 0..HEADER.len() {
            if index > 0 {
                self.text.push(',');
            }
            let field = fields.get(index).copied().unwrap_or_default();
            if field.contains([',', '"', '\r', '\n']) {
                self.text.push('"');
                self.text.push_str(&field.replace('"', "\"\""));
                self.text.push('"');
            } else {
                self.text.push_str(field);
            }
        }
        self.text.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statement::tests::sample;

    #[test]
    fn the_table_holds_usage_and_orders() {
        let text = csv(&sample().statement);
        for line in [
            "\u{feff}section,date,activity,item,quantity,unit_price,amount\r\n",
            "balance,2027-01,,opening,,,100.00\r\n",
            "movement,2027-01-03 09:00:00,,top_up,1,30000.00,30000.00\r\n",
            "order,2027-01-03 09:05:00,300100,order 7: licence package-2,1,20000.00,20000.00\r\n",
            "order,2027-01-03 09:05:00,300100,order 7: qps 20 from 2027-01-03 to 2027-01-05,1,1260.00,1260.00\r\n",
            "usage,2027-01,300100,fused grant:1,",
            "grant,2027-01,300100,free grant:1 used,",
            "postpaid,2027-01,,calls,",
        ] {
            assert!(text.contains(line), "{line} in\n{text}");
        }
        for record in text.split_terminator("\r\n") {
            assert_eq!(record.matches(',').count(), 6, "{record}");
        }
    }

    #[test]
    fn free_text_is_neither_a_formula_nor_a_separator() {
        let mut statement = sample().statement;
        for (name, field) in [
            ("=1+1", "'=1+1 100001"),
            ("@SUM(A1)", "'@SUM(A1) 100001"),
            ("a, b", "\"a, b 100001\""),
            ("a\"b\r\nc", "\"a\"\"b\r\nc 100001\""),
            ("春节", "春节 100001"),
        ] {
            statement.account_name = name.to_owned();
            let record = format!("\r\naccount,2027-01,,{field},,,\r\n");
            assert!(csv(&statement).contains(&record), "{name}");
        }
        // An amount is no free text.
        statement.movements[0].amount = Money::from_fen(-500);
        assert!(csv(&statement).contains(",-5.00,-5.00\r\n"));
    }
}
