mod chart;
mod money;
mod usage;
mod words;
mod write;

pub use words::Language;

use super::{SignedStatement, Statement};
use crate::{ActivityId, Calendar, GrantId, GrantKind, Money};
use words::Words;
use write::{escape, grouped, yuan};

/// The statement as one page to read and to print on A4: no scripts, nothing loaded from elsewhere.
pub fn html(signed: &SignedStatement, language: Language) -> String {
    let page = Page::new(&signed.statement, language);
    let words = page.words;
    let statement = page.statement;
    let title = format!(
        "{} {} {} {}",
        words.title,
        statement.month,
        escape(&statement.account_name),
        statement.account
    );
    let parts = [
        page.header(),
        page.figures(),
        page.days(),
        page.shares(),
        page.activities(),
        page.grants(),
        page.postpaid(),
        page.orders(),
        page.balance(),
        page.proof(signed),
    ];
    format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n{}</style>\n</head>\n<body>\n<main>\n{}\n</main>\n</body>\n</html>\n",
        words.tag,
        include_str!("style.css"),
        parts.join("\n")
    )
}

/// What all sections are written with.
struct Page<'a> {
    statement: &'a Statement,
    language: Language,
    words: &'static Words,
    calendar: Calendar,
}

impl<'a> Page<'a> {
    fn new(statement: &'a Statement, language: Language) -> Page<'a> {
        Page {
            statement,
            language,
            words: Words::of(language),
            calendar: Calendar::new(&statement.zone).unwrap_or_default(),
        }
    }

    fn header(&self) -> String {
        let (words, statement) = (self.words, self.statement);
        let (class, state, note) = if statement.complete {
            ("final", words.complete, String::new())
        } else {
            let note = format!("<p class=\"note\">{}</p>", words.preliminary_note);
            ("preliminary", words.preliminary, note)
        };
        let fact = |name: &str, value: &str| format!("<div><dt>{name}</dt><dd>{value}</dd></div>");
        let facts = [
            fact(words.issued, &self.calendar.write(statement.issued)),
            fact(words.zone, &escape(&statement.zone)),
            fact(words.catalogue, &escape(&statement.catalogue)),
        ];
        format!(
            "<header><div class=\"brand\"><span class=\"mark\" aria-hidden=\"true\">面</span><span>mien</span></div>\
             <div class=\"head\"><div><p class=\"kind\">{} <span class=\"state {class}\">{state}</span></p>\
             <h1>{}</h1></div><div class=\"who\"><p class=\"name\">{}</p><p>{} {}</p></div></div>{note}\
             <dl class=\"facts\">{}</dl></header>",
            words.title,
            words::month(statement.month, self.language),
            escape(&statement.account_name),
            words.account,
            statement.account,
            facts.concat()
        )
    }

    fn figures(&self) -> String {
        let (words, statement) = (self.words, self.statement);
        let postpaid = statement.postpaid.as_ref();
        let billed = postpaid.map_or(Money::ZERO, |postpaid| postpaid.amount);
        let figure = |class: &str, name: &str, value: &str, more: String| {
            format!(
                "<div class=\"figure {class}\"><p>{name}</p><strong>{value}</strong><small>{more}</small></div>"
            )
        };
        let calls = postpaid.map_or(0, |postpaid| postpaid.calls);
        let count = statement.orders.len() as u64;
        let ordered = total_of_orders(statement);
        let figures = [
            figure("main", words.postpaid, &yuan(billed), self.calls(calls)),
            figure(
                "",
                words.orders,
                &yuan(ordered),
                words::orders(count, self.language),
            ),
            figure(
                "",
                words.calls,
                &grouped(statement.calls()),
                self.fused_share(),
            ),
            figure(
                "",
                words.closing,
                &yuan(statement.closing),
                format!("{} {}", words.opening, yuan(statement.opening)),
            ),
        ];
        format!("<section class=\"figures\">{}</section>", figures.concat())
    }

    fn proof(&self, signed: &SignedStatement) -> String {
        let (words, chain) = (self.words, &self.statement.chain);
        let rows = if chain.first_seq <= chain.last_seq {
            format!("{} – {}", grouped(chain.first_seq), grouped(chain.last_seq))
        } else {
            "–".to_owned()
        };
        let fact = |name: &str, value: &str| format!("<dt>{name}</dt><dd>{value}</dd>");
        let facts = [
            fact(words.fingerprint, &signed.public_key.fingerprint()),
            fact(words.rows, &rows),
            fact(words.head, &chain.head.to_string()),
            fact(words.signature, &signed.signature.to_string()),
        ];
        format!(
            "<footer><h2>{}</h2><p>{}</p><pre>mien verify statement.json --calls calls.jsonl</pre>\
             <dl>{}</dl></footer>",
            words.proof,
            words.proof_text,
            facts.concat()
        )
    }

    /// A section with a heading; `aside` stands at its right.
    fn section(&self, title: &str, aside: &str, body: &str) -> String {
        format!("<section><h2>{title}<span>{aside}</span></h2>{body}</section>")
    }

    fn calls(&self, number: u64) -> String {
        words::calls(&grouped(number), self.language)
    }

    /// An activity by its name, as HTML.
    fn activity(&self, id: ActivityId) -> String {
        let named = self
            .statement
            .activities
            .iter()
            .find(|named| named.id == id);
        match named {
            Some(named) => format!("{} <small>{id}</small>", escape(&named.name)),
            None => id.to_string(),
        }
    }

    fn grant_kind(&self, id: GrantId) -> Option<GrantKind> {
        let grant = self.statement.grants.iter().find(|grant| grant.id == id);
        grant.map(|grant| grant.kind)
    }
}

fn total_of_orders(statement: &Statement) -> Money {
    // Read from a file, the amounts may be anything.
    let fen = statement
        .orders
        .iter()
        .fold(0_i64, |sum, order| sum.saturating_add(order.total.fen()));
    Money::from_fen(fen)
}
