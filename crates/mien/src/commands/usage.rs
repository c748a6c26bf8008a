//! `mien usage`.

use super::history::check;
use crate::args::{PeriodName, UsageAction, UsageArgs};
use crate::books;
use crate::failure::Failure;
use crate::report::Report;
use crate::table::Table;
use crate::words::{count, many, payer};
use billing::{AccountId, Day, Grant, Moment};
use serde_json::json;
use service::{Service, UsageSum};

/// Characters of the longest bar.
const BAR: u64 = 24;

pub(crate) fn run(args: &UsageArgs, report: &mut Report) -> Result<u8, Failure> {
    if let Some(UsageAction::Rebuild { owner }) = &args.action {
        return books::change(&args.books, |service| {
            service.rebuild_usage(owner.account)?;
            if report.is_json() {
                report.document(&json!({ "rebuilt": owner.account }))?;
            } else {
                report.line(&format!(
                    "the usage of account {} is counted anew from its call log",
                    owner.account
                ));
            }
            Ok(0)
        });
    }
    let Some(owner) = &args.owner else {
        return Err(Failure::Usage(
            "--account is missing; `mien account list` shows the accounts".to_owned(),
        ));
    };
    check(args.days)?;
    books::look(&args.books, |service| {
        let (from, to) = span(args, service)?;
        let sums = service.usage(owner.account, from, to, args.by.into())?;
        if report.is_json() {
            report.document(&json!({ "from": from, "to": to, "usage": sums }))?;
        } else if args.csv {
            csv(&sums, report);
        } else {
            table(service, owner.account, &sums, report)?;
        }
        Ok(0)
    })
}

/// The time asked for; as long as a screen shows where nothing is said.
fn span(args: &UsageArgs, service: &Service) -> Result<(Moment, Moment), Failure> {
    let calendar = service.calendar();
    let last = args.days.to.unwrap_or(calendar.day_of(service.now()));
    let first: Day = args.days.from.unwrap_or_else(|| match args.by {
        PeriodName::Hour => last,
        PeriodName::Day => last.plus_days(-29),
        PeriodName::Month => (0..11)
            .fold(last.month(), |month, _| month.previous())
            .first_day(),
    });
    if last < first {
        return Err(Failure::Usage(format!(
            "--from {first} lies in the future; name a day that has begun"
        )));
    }
    Ok((calendar.start_of(first), calendar.end_of(last)))
}

fn csv(sums: &[UsageSum], report: &mut Report) {
    report.line("period,activity,charged_to,outcome,calls");
    for sum in sums {
        report.line(&format!(
            "{},{},{},{},{}",
            sum.period, sum.activity, sum.charged_to, sum.outcome, sum.calls
        ));
    }
}

fn table(
    service: &Service,
    account: AccountId,
    sums: &[UsageSum],
    report: &mut Report,
) -> Result<(), Failure> {
    let grants: Vec<Grant> = service.grants(account)?;
    let most = sums.iter().map(|sum| sum.calls).max().unwrap_or(0);
    let mut table = Table::new(&["period", "activity", "paid by", "outcome", "calls#", ""]);
    for sum in sums {
        table.row([
            sum.period.clone(),
            sum.activity.to_string(),
            payer(sum.charged_to, &grants),
            sum.outcome.to_string(),
            count(sum.calls),
            bar(sum.calls, most),
        ]);
    }
    table.write("no call in this time", report);
    if !sums.is_empty() {
        let all = sums.iter().map(|sum| sum.calls).sum();
        report.line(&format!("\n{} in all", many(all, "call")));
    }
    Ok(())
}

/// A bar as long as its number against the greatest; the least that is not 0 still shows.
fn bar(calls: u64, most: u64) -> String {
    let scaled = u128::from(calls) * u128::from(BAR) / u128::from(most.max(1));
    let length = usize::try_from(scaled).unwrap_or(0);
    "█".repeat(length.max(usize::from(calls > 0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_in_proportion() {
        for (calls, most, length) in [
            (0, 0, 0),
            (0, 9, 0),
            (1, 1_000_000, 1),
            (50, 100, 12),
            (100, 100, 24),
            (u64::MAX, u64::MAX, 24),
        ] {
            assert_eq!(
                bar(calls, most).chars().count(),
                length,
                "{calls} of {most}"
            );
        }
    }
}
