//! `mien audit`.

use crate::args::AuditArgs;
use crate::books;
use crate::failure::Failure;
use crate::report::Report;
use crate::table::Table;
use crate::words::time;
use serde_json::json;
use service::{AuditFilter, Service};

pub(crate) fn run(args: &AuditArgs, report: &mut Report) -> Result<u8, Failure> {
    books::look(&args.books, |service| show(service, args, report))
}

fn show(service: &Service, args: &AuditArgs, report: &mut Report) -> Result<u8, Failure> {
    let user = match &args.user {
        Some(login) => Some(service.user_by_login(login)?.id),
        None => None,
    };
    let filter = AuditFilter {
        account: args.account,
        user,
        action: args.action.clone(),
        before: args.before,
        ..AuditFilter::default()
    };
    let lines = service.audit_log(&filter, args.limit)?;
    if report.is_json() {
        report.document(&json!({ "entries": lines }))?;
        return Ok(0);
    }
    let mut table = Table::new(&[
        "entry", "time", "by", "account", "action", "subject", "detail",
    ]);
    for line in lines {
        table.row([
            line.id.to_string(),
            time(line.at, service.calendar()),
            line.login.unwrap_or_else(|| "command line".to_owned()),
            line.account
                .map(|account| account.to_string())
                .unwrap_or_default(),
            line.action,
            line.subject,
            line.detail,
        ]);
    }
    table.write("nothing was changed yet", report);
    Ok(0)
}
