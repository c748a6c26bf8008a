//! `mien fuse`.

mod batch;
mod explain;
mod job;
mod plan;

use crate::args::FuseArgs;
use crate::failure::{Failure, SOME_FAILED};
use crate::report::{Report, complain};
use crate::sheet;
use engine::Engine;
use job::{Fused, Job, Settings};
use plan::Plan;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;

pub(crate) fn run(args: &FuseArgs, report: &mut Report) -> Result<u8, Failure> {
    let plan = Plan::new(args)?;
    let settings = Settings::new(args);
    let engine = Engine::new()?;
    if plan.is_batch {
        run_batch(&engine, &plan, &settings, report)
    } else {
        run_single(&engine, &plan, &settings, report)
    }
}

fn run_single(
    engine: &Engine,
    plan: &Plan,
    settings: &Settings,
    report: &mut Report,
) -> Result<u8, Failure> {
    let mut workspace = engine.workspace();
    for job in &plan.jobs {
        let template = settings.prepare(engine, plan, job, &mut workspace)?;
        let fused = settings.fuse(engine, plan, job, &template, &mut workspace)?;
        let sheet = write_sheet(plan, vec![&fused])?;
        if report.is_json() {
            let mut document = fused.to_json();
            document["sheet"] = sheet;
            report.document(&document)?;
        } else {
            fused.warnings.iter().for_each(|warning| complain(warning));
            report.line(&fused.to_line());
        }
    }
    Ok(0)
}

fn run_batch(
    engine: &Engine,
    plan: &Plan,
    settings: &Settings,
    report: &mut Report,
) -> Result<u8, Failure> {
    let outcomes = batch::run(engine, plan, settings, report.is_json());
    let fused: Vec<&Fused> = outcomes
        .iter()
        .filter_map(|(_, one)| one.as_ref().ok())
        .collect();
    let failed: Vec<(&Job, &Arc<Failure>)> = outcomes
        .iter()
        .filter_map(|(job, one)| Some((*job, one.as_ref().err()?)))
        .collect();
    let sheet = write_sheet(plan, fused.clone())?;
    if report.is_json() {
        report.document(&json!({
            "fused": fused.iter().map(|one| one.to_json()).collect::<Vec<_>>(),
            "failed": failed
                .iter()
                .map(|(job, failure)| {
                    json!({
                        "template": plan.templates[job.template].display().to_string(),
                        "users": job.user_names(),
                        "error": failure.to_json(),
                    })
                })
                .collect::<Vec<_>>(),
            "sheet": sheet,
        }))?;
    } else {
        // A photo's faults are said once, not for each template.
        let warnings: BTreeSet<&String> = fused.iter().flat_map(|one| &one.warnings).collect();
        for warning in warnings {
            complain(warning);
        }
        let mut failures: Vec<&Arc<Failure>> = failed.iter().map(|(_, failure)| *failure).collect();
        // A template that cannot be used is said once, not for each user.
        failures.dedup_by(|one, other| Arc::ptr_eq(one, other));
        for failure in failures {
            complain(&failure.to_string());
        }
        report.line(&format!("{} fused, {} failed", fused.len(), failed.len()));
    }
    Ok(if failed.is_empty() { 0 } else { SOME_FAILED })
}

/// Writes the contact sheet when it is wanted and there is something on it; gives its path for the report.
fn write_sheet(plan: &Plan, fused: Vec<&Fused>) -> Result<Value, Failure> {
    let rows: Vec<&sheet::Row> = fused
        .into_iter()
        .filter_map(|one| one.row.as_ref())
        .collect();
    match &plan.sheet {
        Some(out) if !rows.is_empty() => {
            out.write_picture(&sheet::compose(&rows))?;
            Ok(json!(out.path().display().to_string()))
        }
        _ => Ok(Value::Null),
    }
}
