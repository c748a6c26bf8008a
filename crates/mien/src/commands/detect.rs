//! `mien detect`.

use crate::args::DetectArgs;
use crate::draw;
use crate::failure::Failure;
use crate::output_file::{Inputs, OutputFile};
use crate::picture_file::{self, Ending};
use crate::report::Report;
use engine::Engine;
use face::{Face, Fault, FindOptions, Point2};
use pixel::{DecodeOptions, Decoded, Image, Srgb8, decode};
use serde_json::{Value, json};

pub(crate) fn run(args: &DetectArgs, report: &mut Report) -> Result<u8, Failure> {
    let out = match &args.draw {
        Some(path) => {
            Ending::of(path)?.required(path)?;
            Some(OutputFile::check(
                path,
                &Inputs::new([args.image.as_path()]),
            )?)
        }
        None => None,
    };
    let options = DecodeOptions::default();
    let bytes = picture_file::read(&args.image, &options.limits)?;
    let mut decoded = decode(&bytes, &options).map_err(|source| Failure::Picture {
        path: args.image.clone(),
        source,
    })?;
    let engine = Engine::new()?;
    let finder = engine.finder();
    let faces = finder.find(
        decoded.pixels.view(),
        &FindOptions::default(),
        &mut finder.scratch(),
    );
    if report.is_json() {
        report.document(&document(&decoded, &faces))?;
    } else {
        table(&faces, report);
    }
    if let Some(out) = out {
        for (index, face) in faces.iter().enumerate() {
            draw_face(&mut decoded.pixels, index, face);
        }
        out.write_picture(&decoded.pixels)?;
    }
    Ok(0)
}

fn document(decoded: &Decoded, faces: &[Face]) -> Value {
    let faces: Vec<Value> = faces
        .iter()
        .enumerate()
        .map(|(index, face)| {
            json!({
                "index": index,
                "score": face.score,
                "box": {
                    "left": face.bounds.left,
                    "top": face.bounds.top,
                    "right": face.bounds.right,
                    "bottom": face.bounds.bottom,
                },
                "pose": { "yaw": face.pose.yaw, "pitch": face.pose.pitch, "roll": face.pose.roll },
                "quality": {
                    "faults": face
                        .quality
                        .faults
                        .iter()
                        .map(|fault| json!({ "kind": kind(fault), "message": fault.to_string() }))
                        .collect::<Vec<_>>(),
                    "width": face.quality.width,
                    "sharpness": face.quality.sharpness,
                    "luma": face.quality.luma,
                },
            })
        })
        .collect();
    json!({
        "width": decoded.full_width,
        "height": decoded.full_height,
        "format": decoded.format.extension(),
        "faces": faces,
    })
}

/// A stable name for programs.
fn kind(fault: &Fault) -> &'static str {
    match fault {
        Fault::TooSmall { .. } => "too_small",
        Fault::TurnedAway { .. } => "turned_away",
        Fault::CutByBorder { .. } => "cut_by_border",
        Fault::Blurred { .. } => "blurred",
        Fault::Dark { .. } => "dark",
    }
}

fn table(faces: &[Face], report: &mut Report) {
    if faces.is_empty() {
        report.line("no face found");
        return;
    }
    report.line("face  left   top width height  yaw pitch  roll score  quality");
    for (index, face) in faces.iter().enumerate() {
        let bounds = face.bounds;
        let faults: Vec<String> = face.quality.faults.iter().map(Fault::to_string).collect();
        let verdict = if faults.is_empty() {
            "good".to_owned()
        } else {
            faults.join("; ")
        };
        report.line(&format!(
            "{index:>4} {:>5.0} {:>5.0} {:>5.0} {:>6.0} {:>4.0} {:>5.0} {:>5.0} {:>5.2}  {verdict}",
            bounds.left,
            bounds.top,
            bounds.right - bounds.left,
            bounds.bottom - bounds.top,
            face.pose.yaw,
            face.pose.pitch,
            face.pose.roll,
            face.score,
        ));
    }
}

const BOX: Srgb8 = Srgb8([0, 220, 90]);
const FAULTY_BOX: Srgb8 = Srgb8([250, 170, 0]);
const MESH: Srgb8 = Srgb8([0, 230, 255]);
const IRIS: Srgb8 = Srgb8([255, 60, 200]);

/// Draws the box, the mesh's points, the irises and the number of a face.
fn draw_face(picture: &mut Image<Srgb8>, index: usize, face: &Face) {
    let long_side = picture.width().max(picture.height()) as i64;
    let thick = (long_side / 500).max(1);
    let colour = if face.quality.faults.is_empty() {
        BOX
    } else {
        FAULTY_BOX
    };
    for point in &face.mesh {
        dot(
            picture,
            Point2 {
                x: point.x,
                y: point.y,
            },
            (face.quality.width / 250.0) as i64,
            MESH,
        );
    }
    for iris in face.irises.iter().flatten() {
        for point in iris.edge.iter().chain([&iris.center]) {
            dot(picture, *point, (face.quality.width / 150.0) as i64, IRIS);
        }
    }
    let corner = [face.bounds.left as i64, face.bounds.top as i64];
    let size = [
        face.bounds.right as i64 - corner[0],
        face.bounds.bottom as i64 - corner[1],
    ];
    draw::outline(picture, corner, size, thick, colour);
    let text = index.to_string();
    let dot = thick * 2;
    let [width, height] = draw::text_size(&text, dot);
    draw::fill(picture, corner, [width + 2 * dot, height + 2 * dot], colour);
    draw::text(
        picture,
        [corner[0] + dot, corner[1] + dot],
        dot,
        &text,
        Srgb8::BLACK,
    );
}

/// A square of `2 * radius + 1` pixels about a point.
fn dot(picture: &mut Image<Srgb8>, at: Point2, radius: i64, colour: Srgb8) {
    let corner = [at.x.round() as i64 - radius, at.y.round() as i64 - radius];
    draw::fill(picture, corner, [2 * radius + 1, 2 * radius + 1], colour);
}
