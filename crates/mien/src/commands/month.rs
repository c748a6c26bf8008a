//! `mien month`.

use super::history::bills_table;
use crate::args::{MonthAction, MonthArgs};
use crate::books;
use crate::failure::Failure;
use crate::report::Report;
use crate::words::many;

pub(crate) fn run(args: &MonthArgs, report: &mut Report) -> Result<u8, Failure> {
    match args.action {
        MonthAction::Close => books::change_as_they_are(&args.books, |service| {
            let done = service.catch_up()?;
            if report.is_json() {
                report.document(&done)?;
                return Ok(0);
            }
            if done.closing.months == 0 {
                report.line("no month is due");
            } else {
                report.line(&format!("{} closed", many(done.closing.months, "month")));
                bills_table(service, &done.closing.bills)
                    .write("no bill: no calls were postpaid", report);
            }
            if done.notices > 0 {
                report.line(&format!("{} given", many(done.notices, "notice")));
            }
            Ok(0)
        }),
    }
}
