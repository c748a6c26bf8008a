//! `mien material add`: one or many pictures, each failure kept to itself.

use super::{faces, read, reason, word};
use crate::failure::{Failure, SOME_FAILED};
use crate::report::{Report, complain};
use billing::{AccountId, ActivityId, Calendar};
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use serde_json::{Value, json};
use service::{MaterialView, Service};
use std::path::{Path, PathBuf};

/// A picture to be added, and as what.
pub(super) struct Addition {
    path: PathBuf,
    name: String,
}

/// What became of several pictures, for programs.
#[derive(Serialize)]
struct Outcomes<'a> {
    materials: Vec<&'a MaterialView>,
    failed: Vec<Value>,
}

/// Names each picture before the first is read.
pub(super) fn plan(files: &[PathBuf], name: Option<&str>) -> Result<Vec<Addition>, Failure> {
    match (files, name) {
        ([one], Some(name)) => Ok(vec![Addition {
            path: one.clone(),
            name: name.to_owned(),
        }]),
        (_, Some(_)) => Err(Failure::Usage(format!(
            "--name names one picture, and {} are given; leave it out",
            files.len()
        ))),
        (_, None) => Ok(files.iter().map(|path| named_by_file(path)).collect()),
    }
}

fn named_by_file(path: &Path) -> Addition {
    let stem = path.file_stem().unwrap_or(path.as_os_str());
    Addition {
        path: path.to_owned(),
        name: stem.to_string_lossy().into_owned(),
    }
}

pub(super) fn run(
    service: &Service,
    account: AccountId,
    activity: ActivityId,
    additions: &[Addition],
    report: &mut Report,
) -> Result<u8, Failure> {
    let add = |addition: &Addition| {
        let bytes = read(&addition.path)?;
        Ok(service.add_material(account, activity, &addition.name, &bytes)?)
    };
    if let [one] = additions {
        let material = add(one)?;
        if report.is_json() {
            report.document(&material)?;
        } else {
            report.line(&line(account, &one.path, &material));
        }
        return Ok(if material.usable { 0 } else { SOME_FAILED });
    }
    let progress = progress_bar(additions.len(), report.is_json());
    let outcomes: Vec<Result<MaterialView, Failure>> = additions
        .iter()
        .map(|addition| {
            let outcome = add(addition);
            progress.inc(1);
            outcome
        })
        .collect();
    progress.finish_and_clear();
    write(account, additions, outcomes, service.calendar(), report)
}

fn write(
    account: AccountId,
    additions: &[Addition],
    outcomes: Vec<Result<MaterialView, Failure>>,
    calendar: &Calendar,
    report: &mut Report,
) -> Result<u8, Failure> {
    let (mut added, mut failed) = (Vec::new(), Vec::new());
    for (addition, outcome) in additions.iter().zip(outcomes) {
        match outcome {
            Ok(material) => added.push((&addition.path, material)),
            Err(failure) => failed.push((&addition.path, failure.in_zone(calendar))),
        }
    }
    let passed = added.iter().filter(|(_, material)| material.usable).count();
    let refused = added.len() - passed;
    if report.is_json() {
        report.document(&Outcomes {
            materials: added.iter().map(|(_, material)| material).collect(),
            failed: failed
                .iter()
                .map(|(path, failure)| {
                    json!({ "file": path.display().to_string(), "error": failure.to_json() })
                })
                .collect(),
        })?;
    } else {
        for (path, material) in &added {
            report.line(&line(account, path, material));
        }
        for (path, failure) in &failed {
            match failure.to_string() {
                text if text.starts_with(&path.display().to_string()) => complain(&text),
                text => complain(&format!("{}: {text}", path.display())),
            }
        }
        report.line(&format!(
            "{passed} passed, {refused} refused, {} not added",
            failed.len()
        ));
    }
    Ok(if refused + failed.len() == 0 {
        0
    } else {
        SOME_FAILED
    })
}

/// What became of a picture.
fn line(account: AccountId, path: &Path, material: &MaterialView) -> String {
    let (path, id, state) = (path.display(), material.id, word(material.status));
    if material.usable {
        format!("{path}: material {id} {state}; {}", faces(material))
    } else {
        format!(
            "{path}: material {id} {state}: {} To appeal: mien material appeal {id} \
             --account {account}",
            reason(material)
        )
    }
}

/// Drawn on a terminal only.
fn progress_bar(pictures: usize, is_quiet: bool) -> ProgressBar {
    if is_quiet {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(pictures as u64);
    match ProgressStyle::with_template("{wide_bar} {pos}/{len} pictures, {eta} left") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
