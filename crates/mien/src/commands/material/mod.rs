//! `mien material`.

mod add;
mod show;

use crate::args::{MaterialAction, MaterialArgs};
use crate::books;
use crate::failure::Failure;
use crate::picture_file;
use crate::report::Report;
use crate::table::Table;
use crate::words::{many, time};
use billing::{AccountId, ActivityId, MaterialStatus};
use pixel::Limits;
use serde_json::json;
use service::{MaterialView, Service};
use std::collections::BTreeMap;
use std::path::Path;
use store::objects::MOST_OBJECT_BYTES;

pub(crate) fn run(args: &MaterialArgs, report: &mut Report) -> Result<u8, Failure> {
    match &args.action {
        MaterialAction::Add {
            owner,
            activity,
            files,
            name,
        } => {
            let additions = add::plan(files, name.as_deref())?;
            books::change(&args.books, |service| {
                add::run(service, owner.account, *activity, &additions, report)
            })
        }
        MaterialAction::List { owner, activity } => books::look(&args.books, |service| {
            list(service, owner.account, *activity, report)
        }),
        MaterialAction::Show { id, owner, draw } => {
            let out = draw.as_deref().map(show::check_drawing).transpose()?;
            books::look(&args.books, |service| {
                let material = service.material(owner.account, *id)?;
                if let Some(out) = out {
                    let picture = service.material_picture(owner.account, *id)?;
                    show::draw(&material, &picture, &out)?;
                }
                show::run(service, &material, report)
            })
        }
        MaterialAction::Replace { id, file, owner } => {
            let bytes = read(file)?;
            books::change(&args.books, |service| {
                let material = service.replace_material(owner.account, *id, &bytes)?;
                reviewed(service, &material, report)
            })
        }
        MaterialAction::Delete { id, owner } => books::change(&args.books, |service| {
            service.delete_material(owner.account, *id)?;
            if report.is_json() {
                report.document(&json!({ "deleted": id }))?;
            } else {
                report.line(&format!("material {id} is deleted"));
            }
            Ok(0)
        }),
        MaterialAction::Tune {
            id,
            owner,
            feature_degree,
            shape_degree,
        } => books::change(&args.books, |service| {
            let account = owner.account;
            let material = service.tune_material(account, *id, *feature_degree, *shape_degree)?;
            let change = degrees(&material);
            changed(&material, &change, report)
        }),
        MaterialAction::Appeal { id, owner } => books::change(&args.books, |service| {
            let material = service.appeal_material(owner.account, *id, "")?;
            changed(&material, "waits for the operator's decision", report)
        }),
        MaterialAction::Appeals => books::look(&args.books, |service| {
            let waiting = service.appeals()?;
            table(service, &waiting, "no appeal waits", report)
        }),
        MaterialAction::Decide {
            id, pass, reason, ..
        } => books::change(&args.books, |service| {
            let material = service.decide_material(*id, *pass, reason)?;
            changed(&material, word(material.status), report)
        }),
    }
}

/// Reads a picture to be kept.
fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let limits = Limits {
        max_bytes: MOST_OBJECT_BYTES,
        ..Limits::default()
    };
    picture_file::read(path, &limits)
}

/// Shows a material whose picture was reviewed just now; refused pictures have an exit code.
fn reviewed(
    service: &Service,
    material: &MaterialView,
    report: &mut Report,
) -> Result<u8, Failure> {
    show::run(service, material, report)?;
    Ok(if material.usable {
        0
    } else {
        crate::failure::SOME_FAILED
    })
}

fn changed(material: &MaterialView, change: &str, report: &mut Report) -> Result<u8, Failure> {
    if report.is_json() {
        report.document(material)?;
    } else {
        report.line(&format!("material {}: {change}", material.id));
    }
    Ok(0)
}

fn list(
    service: &Service,
    account: AccountId,
    activity: ActivityId,
    report: &mut Report,
) -> Result<u8, Failure> {
    let materials = service.materials(account, activity)?;
    let nothing = format!(
        "no material yet; `mien material add --account {account} --activity {activity} FILE` adds one"
    );
    table(service, &materials, &nothing, report)
}

fn table(
    service: &Service,
    materials: &[MaterialView],
    nothing: &str,
    report: &mut Report,
) -> Result<u8, Failure> {
    if report.is_json() {
        report.document(&BTreeMap::from([("materials", materials)]))?;
        return Ok(0);
    }
    let mut table = Table::new(&[
        "material", "name", "state", "faces#", "feature#", "shape#", "changed", "reason",
    ]);
    for material in materials {
        table.row([
            material.id.to_string(),
            material.name.clone(),
            word(material.status).to_owned(),
            material.faces.len().to_string(),
            material.feature_degree.get().to_string(),
            material.shape_degree.get().to_string(),
            time(material.updated, service.calendar()),
            reason(material),
        ]);
    }
    table.write(nothing, report);
    Ok(0)
}

fn degrees(material: &MaterialView) -> String {
    format!(
        "feature degree {}, shape degree {}",
        material.feature_degree.get(),
        material.shape_degree.get()
    )
}

/// The reason in English where it is the machine's, as it was written where it is a person's.
fn reason(material: &MaterialView) -> String {
    match material.review.reason() {
        Some(machine) if machine.text_zh() == material.reason => machine.text_en(),
        _ => material.reason.clone(),
    }
}

fn faces(material: &MaterialView) -> String {
    let faces: Vec<String> = material.faces.iter().map(ToString::to_string).collect();
    match faces.as_slice() {
        [] => "no face can be used".to_owned(),
        [one] => format!("face {one}"),
        _ => format!("{}: {}", many(faces.len() as u64, "face"), faces.join(" ")),
    }
}

/// A state with its number in the API.
fn word(status: MaterialStatus) -> &'static str {
    match status {
        MaterialStatus::InReview => "in review (0)",
        MaterialStatus::PassedByPerson => "passed by the operator (1)",
        MaterialStatus::RejectedByPerson => "rejected by the operator (2)",
        MaterialStatus::Appealed => "appealed (3)",
        MaterialStatus::AppealWon => "appeal granted (11)",
        MaterialStatus::AppealLost => "appeal refused (12)",
        MaterialStatus::PassedByMachine => "passed (21)",
        MaterialStatus::RejectedByMachine => "refused (22)",
    }
}
