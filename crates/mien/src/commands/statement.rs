//! `mien statement`.

use crate::args::{LanguageName, StatementArgs};
use crate::books;
use crate::failure::Failure;
use crate::report::Report;
use crate::table::{Table, facts};
use billing::statement::{SignedStatement, Statement, csv, html};
use billing::{AccountId, Month};
use serde_json::json;
use service::{Service, ServiceError};
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use store::StoreError;

pub(crate) fn run(args: &StatementArgs, report: &mut Report) -> Result<u8, Failure> {
    books::look(&args.books, |service| {
        let Some(owner) = &args.owner else {
            return key(service, report);
        };
        let last = service.calendar().month_of(service.now()).previous();
        let month = args.month.unwrap_or(last);
        let signed = service.statement(owner.account, month)?;
        let files = match &args.out {
            Some(folder) => write(
                service,
                owner.account,
                month,
                &signed,
                args.language,
                folder,
            )?,
            None => Vec::new(),
        };
        if report.is_json() {
            report.document(&signed)?;
        } else {
            print(&signed, service, report);
            for file in files {
                report.line(&format!("wrote {}", file.display()));
            }
        }
        Ok(0)
    })
}

fn key(service: &Service, report: &mut Report) -> Result<u8, Failure> {
    let key = service.statement_key()?;
    if report.is_json() {
        report.document(&json!({ "public_key": key, "fingerprint": key.fingerprint() }))?;
    } else {
        facts(
            &[
                ("public key", key.to_string()),
                ("fingerprint", key.fingerprint()),
            ],
            report,
        );
    }
    Ok(0)
}

/// Writes the statement's files; gives their paths.
fn write(
    service: &Service,
    account: AccountId,
    month: Month,
    signed: &SignedStatement,
    language: LanguageName,
    folder: &Path,
) -> Result<Vec<PathBuf>, Failure> {
    fs::create_dir_all(folder).map_err(|error| Failure::write(folder, error))?;
    let json = signed
        .to_json_pretty()
        .map_err(|error| Failure::Internal(error.to_string()))?;
    let texts = [
        ("statement.json", json),
        ("statement.csv", csv(&signed.statement)),
        ("statement.html", html(signed, language.into())),
    ];
    let mut files = Vec::new();
    for (name, text) in texts {
        let path = folder.join(name);
        fs::write(&path, text).map_err(|error| Failure::write(&path, error))?;
        files.push(path);
    }
    let path = folder.join("calls.jsonl");
    write_calls(service, account, month, &path)?;
    files.insert(1, path);
    Ok(files)
}

/// Writes each call of the month as a line, without holding them all.
fn write_calls(
    service: &Service,
    account: AccountId,
    month: Month,
    path: &Path,
) -> Result<(), Failure> {
    let write = |error| Failure::write(path, error);
    let mut file = BufWriter::new(File::create(path).map_err(write)?);
    service
        .export_calls(account, month, |row| {
            let line =
                serde_json::to_string(&row).map_err(|error| Stopped::of(error.to_string()))?;
            writeln!(file, "{line}").map_err(|error| Stopped(Failure::write(path, error)))
        })
        .map_err(|stopped: Stopped| stopped.0)?;
    file.flush().map_err(write)
}

/// Why an export stopped.
struct Stopped(Failure);

impl Stopped {
    fn of(text: String) -> Stopped {
        Stopped(Failure::Internal(text))
    }
}

impl From<ServiceError> for Stopped {
    fn from(error: ServiceError) -> Stopped {
        Stopped(error.into())
    }
}

impl From<StoreError> for Stopped {
    fn from(error: StoreError) -> Stopped {
        ServiceError::from(error).into()
    }
}

fn print(signed: &SignedStatement, service: &Service, report: &mut Report) {
    let statement = &signed.statement;
    let state = if statement.complete {
        ""
    } else {
        " (the month is not over)"
    };
    let mut lines = vec![
        (
            "account",
            format!("{} {}", statement.account, statement.account_name),
        ),
        ("month", format!("{}{state}", statement.month)),
        ("calls", statement.calls().to_string()),
        ("opening balance", statement.opening.to_string()),
        ("closing balance", statement.closing.to_string()),
    ];
    if let Some(postpaid) = &statement.postpaid {
        let unit = postpaid.tier.unit_price;
        let text = format!("{} calls at {unit} = {}", postpaid.calls, postpaid.amount);
        lines.push(("postpaid", text));
    }
    lines.push((
        "last call",
        format!("{} {}", statement.chain.last_seq, statement.chain.head),
    ));
    lines.push(("signed by", signed.public_key.fingerprint()));
    facts(&lines, report);
    report.line("");
    usage(statement, report);
    orders(statement, service, report);
}

fn usage(statement: &Statement, report: &mut Report) {
    let mut table = Table::new(&["activity", "charged to", "outcome", "calls#"]);
    for row in &statement.usage {
        table.row([
            row.activity.to_string(),
            row.charged_to.to_string(),
            row.outcome.to_string(),
            row.calls.to_string(),
        ]);
    }
    table.write("no calls", report);
    report.line("");
}

fn orders(statement: &Statement, service: &Service, report: &mut Report) {
    if statement.orders.is_empty() {
        return;
    }
    let mut table = Table::new(&["order", "paid", "yuan#"]);
    for order in &statement.orders {
        table.row([
            order.id.to_string(),
            service.calendar().write(order.paid),
            order.total.to_string(),
        ]);
    }
    table.write("no orders", report);
    report.line("");
}
