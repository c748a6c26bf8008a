//! The sections on money: postpaid calls, orders and the balance.

use super::write::{escape, exact_yuan, grouped, yuan};
use super::{Page, total_of_orders};
use crate::statement::{MovementKind, PaidOrder};
use crate::{Line, LineKind, Money};

impl Page<'_> {
    pub(super) fn postpaid(&self) -> String {
        let words = self.words;
        let Some(postpaid) = &self.statement.postpaid else {
            let body = format!("<p class=\"empty\">{}</p>", words.postpaid_none);
            return self.section(words.postpaid, "", &body);
        };
        let tier = &postpaid.tier;
        let range = match tier.last {
            Some(last) => self.calls_range(tier.first, last),
            None => format!("{} {}", grouped(tier.first), words.and_more),
        };
        let unit_price = exact_yuan(&tier.unit_price.to_string());
        let exact = exact_yuan(&postpaid.exact);
        let amount = yuan(postpaid.amount);
        // Where nothing was rounded, there is nothing to tell.
        let rounding = if exact == amount {
            String::new()
        } else {
            format!(" <i>→</i> <b>{amount}</b> <small>{}</small>", words.rounded)
        };
        let body = format!(
            "<div class=\"postpaid\"><p class=\"sum\">{} <i>×</i> {unit_price} <i>=</i> <b>{exact}</b>{rounding}</p>\
             <p>{}<b>{range}</b></p><p class=\"small\">{} {}</p></div>",
            self.calls(postpaid.calls),
            words.tier,
            words.tier_rule,
            words.settlement
        );
        self.section(words.postpaid, &amount, &body)
    }

    fn calls_range(&self, first: u64, last: u64) -> String {
        let numbers = format!("{} – {}", grouped(first), grouped(last));
        super::words::calls(&numbers, self.language)
    }

    pub(super) fn orders(&self) -> String {
        let (words, orders) = (self.words, &self.statement.orders);
        if orders.is_empty() {
            let body = format!("<p class=\"empty\">{}</p>", words.no_orders);
            return self.section(words.orders, "", &body);
        }
        let rows: String = orders.iter().map(|order| self.order_rows(order)).collect();
        let body = format!(
            "<table><thead><tr><th>{}</th><th>{}</th><th>{}</th><th class=\"n\">{}</th></tr></thead>\
             <tbody>{rows}</tbody><tfoot><tr><th colspan=\"3\">{}</th><td class=\"n\">{}</td></tr></tfoot></table>",
            words.order,
            words.paid_at,
            words.item,
            words.amount,
            words.total,
            yuan(total_of_orders(self.statement))
        );
        self.section(words.orders, words.currency, &body)
    }

    fn order_rows(&self, order: &PaidOrder) -> String {
        let mut rows = String::new();
        for (index, line) in order.lines.iter().enumerate() {
            let (class, start) = if index == 0 {
                let (count, id, paid) = (order.lines.len(), order.id, order.paid);
                let paid = self.calendar.write(paid);
                let start = format!(
                    "<th scope=\"rowgroup\" rowspan=\"{count}\">#{id}</th><td rowspan=\"{count}\">{paid}</td>"
                );
                (" class=\"first\"", start)
            } else {
                ("", String::new())
            };
            rows += &format!(
                "<tr{class}>{start}<td>{}</td><td class=\"n\">{}</td></tr>",
                self.line(line),
                yuan(line.amount)
            );
        }
        rows
    }

    /// What a line of an order brings.
    fn line(&self, line: &Line) -> String {
        let words = self.words;
        match &line.kind {
            LineKind::Licence {
                activity,
                package,
                qps,
                calls,
                period,
            } => {
                let first = self.calendar.day_of(period.starts);
                let last = self.calendar.day_of(period.ends.plus_ms(-1));
                format!(
                    "{} {} · {}<small class=\"under\">{} · {qps} QPS · {first} – {last}</small>",
                    words.licence,
                    escape(package),
                    self.activity(*activity),
                    self.calls(*calls),
                )
            }
            LineKind::Qps { activity, request } => format!(
                "{} +{} · {}<small class=\"under\">{} – {}</small>",
                words.qps,
                request.extra,
                self.activity(*activity),
                request.first_day,
                request.last_day
            ),
            LineKind::Pack { pack, calls, ends } => {
                let last = self.calendar.day_of(ends.plus_ms(-1));
                format!(
                    "{} {}<small class=\"under\">{} · {} {last}</small>",
                    words.pack,
                    escape(pack),
                    self.calls(*calls),
                    words.valid_to
                )
            }
        }
    }

    pub(super) fn balance(&self) -> String {
        let (words, statement) = (self.words, self.statement);
        let row = |class: &str, at: &str, name: &str, amount: Money| {
            format!(
                "<tr class=\"{class}\"><td>{at}</td><th scope=\"row\">{name}</th><td class=\"n\">{}</td></tr>",
                yuan(amount)
            )
        };
        // Orders and movements in the order of time.
        let mut moved: Vec<_> = statement
            .movements
            .iter()
            .map(|movement| {
                let name = match movement.kind {
                    MovementKind::TopUp => words.top_up.to_owned(),
                    MovementKind::BillPaid => words.bill_paid.to_owned(),
                };
                (movement.at, name, movement.amount)
            })
            .chain(statement.orders.iter().map(|order| {
                let name = format!("{} #{}", words.order, order.id);
                (order.paid, name, order.total.negated())
            }))
            .collect();
        moved.sort_by_key(|&(at, ..)| at);
        let rows: String = moved
            .iter()
            .map(|(at, name, amount)| row("", &self.calendar.write(*at), name, *amount))
            .collect();
        let body = format!(
            "<table class=\"balance\">{}{rows}{}</table>",
            row("edge", "", words.opening, statement.opening),
            row("edge", "", words.closing, statement.closing)
        );
        self.section(words.balance, words.currency, &body)
    }
}
