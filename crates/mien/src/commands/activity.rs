//! `mien activity`.

use crate::args::{ActivityAction, ActivityArgs};
use crate::books;
use crate::failure::Failure;
use crate::report::Report;
use crate::table::{Table, facts};
use crate::words::{count, end, time};
use billing::{AccountId, ActivityChange, ActivityId};
use serde_json::json;
use service::{ActivityView, Expected, NewActivity, Service};

pub(crate) fn run(args: &ActivityArgs, report: &mut Report) -> Result<u8, Failure> {
    match &args.action {
        ActivityAction::Create {
            owner,
            name,
            algorithm,
            quota,
            details,
        } => {
            let new = NewActivity {
                name: name.clone(),
                details: details.clone(),
                algorithm: (*algorithm).into(),
                quota: *quota,
            };
            books::change(&args.books, |service| {
                let activity = service.create_activity(owner.account, &new)?;
                if report.is_json() {
                    report.document(&activity)?;
                } else {
                    report.line(&created(&activity));
                }
                Ok(0)
            })
        }
        ActivityAction::List { owner } => {
            books::look(&args.books, |service| list(service, owner.account, report))
        }
        ActivityAction::Show { id, owner } => books::look(&args.books, |service| {
            show(service, &service.activity(owner.account, *id)?, report)
        }),
        ActivityAction::Change {
            id,
            owner,
            name,
            algorithm,
            quota,
            details,
        } => {
            let change = ActivityChange {
                name: name.clone(),
                details: details.clone(),
                algorithm: algorithm.map(Into::into),
                quota: *quota,
            };
            books::change(&args.books, |service| {
                let activity =
                    service.change_activity(owner.account, *id, &change, &Expected::Anything)?;
                show(service, &activity, report)
            })
        }
        ActivityAction::Delete { id, owner, yes } if *yes => {
            books::change(&args.books, |service| {
                service.delete_activity(owner.account, *id)?;
                deleted(*id, report)
            })
        }
        ActivityAction::Delete { id, owner, .. } => books::look(&args.books, |service| {
            Err(ask(&service.activity(owner.account, *id)?))
        }),
    }
}

fn created(activity: &ActivityView) -> String {
    format!(
        "activity {}: {}; {} materials, {}, {} free calls",
        activity.id,
        activity.name,
        count(activity.quota),
        activity.algorithm,
        count(activity.free_total)
    )
}

fn deleted(id: ActivityId, report: &mut Report) -> Result<u8, Failure> {
    if report.is_json() {
        report.document(&json!({ "deleted": id }))?;
    } else {
        report.line(&format!("activity {id} is deleted"));
    }
    Ok(0)
}

fn ask(activity: &ActivityView) -> Failure {
    Failure::Usage(format!(
        "activity {} ({}) would be deleted for ever, with {} materials and {} free calls; \
         say --yes if you mean it",
        activity.id,
        activity.name,
        count(activity.materials),
        count(activity.free_left)
    ))
}

fn list(service: &Service, account: AccountId, report: &mut Report) -> Result<u8, Failure> {
    let activities = service.activities(account)?;
    if report.is_json() {
        report.document(&json!({ "activities": activities }))?;
        return Ok(0);
    }
    let mut table = Table::new(&[
        "activity",
        "name",
        "algorithm",
        "materials#",
        "QPS#",
        "free left#",
        "pack left#",
        "licensed until",
    ]);
    for activity in &activities {
        let until = activity.licensed_until;
        table.row([
            activity.id.to_string(),
            activity.name.clone(),
            activity.algorithm.to_string(),
            format!("{} of {}", count(activity.materials), count(activity.quota)),
            activity.qps.to_string(),
            count(activity.free_left),
            count(activity.licence_left),
            until.map_or_else(|| "-".to_owned(), |ends| end(ends, service.calendar())),
        ]);
    }
    let nothing = format!(
        "no activity yet; `mien activity create --account {account} --name NAME` makes one"
    );
    table.write(&nothing, report);
    Ok(0)
}

fn show(service: &Service, activity: &ActivityView, report: &mut Report) -> Result<u8, Failure> {
    if report.is_json() {
        report.document(activity)?;
        return Ok(0);
    }
    let calendar = service.calendar();
    let licence = match activity.licensed_until {
        Some(ends) => format!("until {}", end(ends, calendar)),
        None => "none".to_owned(),
    };
    let changes = match activity.materials_frozen_from {
        Some(ends) if ends <= service.now() => format!("frozen since {}", end(ends, calendar)),
        Some(ends) => format!("may change until {}", end(ends, calendar)),
        None => "may change".to_owned(),
    };
    facts(
        &[
            ("activity", activity.id.to_string()),
            ("name", activity.name.clone()),
            ("details", activity.details.clone()),
            ("algorithm", activity.algorithm.to_string()),
            (
                "materials",
                format!(
                    "{} of {}, {changes}",
                    count(activity.materials),
                    count(activity.quota)
                ),
            ),
            ("licence", licence),
            ("QPS", format!("{} now", activity.qps)),
            (
                "free calls",
                format!(
                    "{} of {} left",
                    count(activity.free_left),
                    count(activity.free_total)
                ),
            ),
            (
                "pack calls",
                format!("{} left", count(activity.licence_left)),
            ),
            ("created", time(activity.created, calendar)),
        ],
        report,
    );
    Ok(0)
}
