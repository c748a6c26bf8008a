//! `mien bench serve`: what a real server on this machine does over real HTTP, beside the bare engine in the
//! same run: throughput, time added, refusals, overload, memory under slow uploads.

mod client;
mod cores;
mod fusions;
mod overload;
mod refusals;
mod server;
mod times;
mod uploads;

use crate::args::ServeBenchArgs;
use crate::failure::Failure;
use crate::report::Report;
use crate::table::Table;
use client::Caller;
use serde_json::{Value, json};
use server::{Running, Scene};
use std::time::Duration;

/// A figure with what it is held to.
struct Line {
    what: &'static str,
    bare: String,
    served: String,
    ratio: String,
    target: &'static str,
    json: Value,
}

pub(crate) fn run(args: &ServeBenchArgs, report: &mut Report) -> Result<u8, Failure> {
    let parent = args.folder.clone().unwrap_or_else(std::env::temp_dir);
    let folder = tempfile::Builder::new()
        .prefix("mien-bench-")
        .tempdir_in(&parent)
        .map_err(|error| Failure::write(&parent, error))?;
    let scene = Scene::make(folder.path())?;
    let time = Duration::from_secs(args.seconds);
    let mut lines = Vec::new();

    let running = Running::start(folder.path(), None)?;
    let caller = Caller::new(&scene, running.endpoint());
    let engine = fusions::Bare::new()?;
    lines.push(fusions::throughput(&engine, &caller, time)?);
    lines.extend(fusions::overhead(
        &engine,
        &caller,
        args.runs,
        folder.path(),
    )?);
    let capacity = lines[0].json["served_per_second"].as_f64().unwrap_or(1.0);
    lines.push(overload::measure(&caller, capacity, args.runs, time * 3)?);
    lines.push(uploads::measure(&caller, &running, args.uploads)?);
    running.stop()?;

    let pinned = Running::start(folder.path(), cores::first())?;
    let caller = Caller::new(&scene, pinned.endpoint());
    lines.push(refusals::bad_signatures(&caller, time)?);
    lines.push(refusals::over_qps(&caller, time)?);
    pinned.stop()?;

    if report.is_json() {
        let figures = lines.iter().map(|line| {
            let mut figure = line.json.clone();
            figure["figure"] = line.what.into();
            figure["target"] = line.target.into();
            figure
        });
        report.document(&json!({
            "cores": super::cores(),
            "pinned": cores::first().is_some(),
            "figures": figures.collect::<Vec<_>>(),
        }))?;
        return Ok(0);
    }
    report.line(&format!(
        "{} core(s); the clients run on the same machine and take their part of them\n",
        super::cores()
    ));
    let mut table = Table::new(&["figure", "reference#", "served#", "ratio#", "target"]);
    for line in lines {
        let target = line.target.to_owned();
        table.row([
            line.what.to_owned(),
            line.bare,
            line.served,
            line.ratio,
            target,
        ]);
    }
    table.write("", report);
    Ok(0)
}
