//! `mien top-up`.

use crate::args::TopUpArgs;
use crate::books;
use crate::failure::Failure;
use crate::random_key::key_or_random;
use crate::report::Report;
use serde_json::json;

pub(crate) fn run(args: &TopUpArgs, report: &mut Report) -> Result<u8, Failure> {
    let key = key_or_random(args.key.as_deref())?;
    books::change(&args.books, |service| {
        let account = args.owner.account;
        let done = service.top_up(account, args.amount, &key, &args.note)?;
        if report.is_json() {
            let mut document = json!(done);
            document["key"] = json!(key);
            report.document(&document)?;
            return Ok(0);
        }
        report.line(&match done.repeated {
            true => format!("key {key} was credited before; nothing happened now"),
            false => format!("{} yuan credited to account {account}", done.amount),
        });
        for month in &done.bills_paid {
            report.line(&format!("the bill for {month} is paid"));
        }
        report.line(&format!("balance {} yuan", done.balance));
        Ok(0)
    })
}
