//! `mien bench`.

mod measure;
mod meter;
mod peak;
mod probe;
mod serve;

use crate::args::{BenchArgs, BenchPart};
use crate::failure::Failure;
use crate::report::Report;
use engine::{Call, Engine, PhotoPlacement, PreparedTemplate, TemplateOptions, Workspace};
use fusion::Recipe;
use measure::{Measured, measure};
use pixel::{DecodeOptions, Limits, decode, encode_jpeg, resize};
use serde_json::{Value, json};
use std::thread;
use std::time::Instant;

/// Rendered portraits: a template of 1080×1080 and a selfie of 1080×1440.
const TEMPLATE: &[u8] = include_bytes!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../fixtures/portraits/T1.jpg"
));
const SELFIE: &[u8] = include_bytes!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../fixtures/portraits/U1.jpg"
));

/// The sides of a photo of 12 megapixels.
const LARGE: [usize; 2] = [3000, 4000];
const LARGE_QUALITY: u8 = 92;

pub(crate) fn run(args: &BenchArgs, report: &mut Report) -> Result<u8, Failure> {
    match &args.part {
        Some(BenchPart::Meter(part)) => return meter::run(part, report),
        Some(BenchPart::Serve(part)) => return serve::run(part, report),
        None => {}
    }
    let recipe = Recipe {
        algorithm: args.algorithm.into(),
        ..Recipe::default()
    };
    if args.peak_of_stdin {
        let bytes = peak::of_one_fusion(TEMPLATE, recipe)?;
        report.line(&bytes.map_or_else(String::new, |bytes| bytes.to_string()));
        return Ok(0);
    }
    let engine = Engine::new()?;
    let mut workspace = engine.workspace();
    // The first time warms caches up.
    prepare(&engine, TEMPLATE, &mut workspace)?;
    let started = Instant::now();
    let template = prepare(&engine, TEMPLATE, &mut workspace)?;
    let prepare_ms = started.elapsed().as_secs_f64() * 1000.0;
    let large = large_selfie()?;
    let cases = [("1080×1440", SELFIE), ("3000×4000", large.as_slice())];
    let mut measured = Vec::new();
    for (name, selfie) in cases {
        let mut case = measure(&engine, &call(&template, &[photo(selfie, recipe)]), args)?;
        case.selfie = name;
        case.peak_bytes = peak::in_child(selfie, args)?;
        measured.push(case);
    }
    if report.is_json() {
        report.document(&json!({
            "template": "1080×1080",
            "algorithm": format!("{:?}", recipe.algorithm).to_lowercase(),
            "runs": args.runs,
            "cores": cores(),
            "prepare_milliseconds": prepare_ms,
            "cases": measured.iter().map(Measured::to_json).collect::<Vec<Value>>(),
        }))?;
    } else {
        report.line(&format!(
            "template prepared beforehand in {prepare_ms:.1} ms\n"
        ));
        for case in &measured {
            print(case, args, report);
        }
    }
    Ok(0)
}

fn cores() -> usize {
    thread::available_parallelism().map_or(1, |cores| cores.get())
}

fn photo(photo: &[u8], recipe: Recipe) -> PhotoPlacement<'_> {
    PhotoPlacement {
        photo,
        face_near: None,
        template_face: 0,
        recipe,
    }
}

fn call<'a>(template: &'a PreparedTemplate, photos: &'a [PhotoPlacement<'a>]) -> Call<'a> {
    Call {
        template,
        photos,
        limits: Limits::default(),
        finish: None,
    }
}

fn prepare(
    engine: &Engine,
    template: &[u8],
    workspace: &mut Workspace,
) -> Result<PreparedTemplate, Failure> {
    engine
        .prepare(template, &TemplateOptions::default(), workspace)
        .map_err(|error| Failure::Internal(error.to_string()))
}

/// The selfie enlarged to 12 megapixels, as a JPEG.
fn large_selfie() -> Result<Vec<u8>, Failure> {
    let internal = |error: &dyn std::error::Error| Failure::Internal(error.to_string());
    let small = decode(SELFIE, &DecodeOptions::default()).map_err(|error| internal(&error))?;
    let large = resize(small.pixels.view(), LARGE[0], LARGE[1]);
    let mut bytes = Vec::new();
    encode_jpeg(large.view(), LARGE_QUALITY, &[], &mut bytes).map_err(|error| internal(&error))?;
    Ok(bytes)
}

fn print(case: &Measured, args: &BenchArgs, report: &mut Report) {
    report.line(&format!(
        "template 1080×1080, selfie {}, one thread, median of {}",
        case.selfie, args.runs
    ));
    report.line("  stage        ms   share");
    let total = case.total();
    for (stage, milliseconds) in case.stages() {
        report.line(&format!(
            "  {stage:<8} {milliseconds:>6.2}  {:>4.0} %",
            100.0 * milliseconds / total
        ));
    }
    report.line(&format!("  {:<8} {total:>6.2}", "all"));
    report.line(&format!(
        "  {:.1} fusions/s on {} core(s)",
        case.fusions_per_second,
        cores()
    ));
    report.line(&match case.peak_bytes {
        Some(bytes) => format!(
            "  {:.0} MB peak memory of a process that fuses once",
            bytes as f64 / 1e6
        ),
        None => "  peak memory: this system does not tell".to_owned(),
    });
    report.line("");
}
