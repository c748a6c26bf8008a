//! `mien material show`: faces and findings as a table, and drawn on the picture.

use super::{degrees, reason, word};
use crate::draw;
use crate::failure::Failure;
use crate::output_file::{Inputs, OutputFile};
use crate::picture_file::Ending;
use crate::report::Report;
use crate::table::{Table, facts};
use crate::words::time;
use billing::FaceId;
use engine::{FaceFinding, ReviewedFace};
use pixel::{DecodeOptions, Image, Srgb8, decode};
use service::{MaterialView, Service};
use std::path::Path;

pub(super) fn run(
    service: &Service,
    material: &MaterialView,
    report: &mut Report,
) -> Result<u8, Failure> {
    if report.is_json() {
        report.document(material)?;
        return Ok(0);
    }
    let (calendar, review) = (service.calendar(), &material.review);
    let format = review
        .format
        .map_or("no picture", |format| format.extension());
    facts(
        &[
            ("material", material.id.to_string()),
            ("name", material.name.clone()),
            ("state", word(material.status).to_owned()),
            ("reason", reason(material)),
            (
                "picture",
                format!("{} × {}, {format}", review.width, review.height),
            ),
            ("degrees", degrees(material)),
            ("added", time(material.created, calendar)),
            ("changed", time(material.updated, calendar)),
        ],
        report,
    );
    report.line("");
    let mut table = Table::new(&[
        "face#", "id", "left#", "top#", "width#", "height#", "yaw#", "pitch#", "roll#", "findings",
    ]);
    for (number, face) in (1..).zip(&review.faces) {
        let id = FaceId {
            material: material.id,
            index: number,
        };
        let findings: Vec<String> = face.findings.iter().map(FaceFinding::text_en).collect();
        table.row([
            number.to_string(),
            match face.usable {
                true => id.to_string(),
                false => "-".to_owned(),
            },
            face.bounds.x.to_string(),
            face.bounds.y.to_string(),
            face.bounds.width.to_string(),
            face.bounds.height.to_string(),
            format!("{:.0}", face.yaw),
            format!("{:.0}", face.pitch),
            format!("{:.0}", face.roll),
            match findings.is_empty() {
                true => "good".to_owned(),
                false => findings.join(" "),
            },
        ]);
    }
    table.write("no face found", report);
    Ok(0)
}

/// Checks where a drawing goes before anything is read.
pub(super) fn check_drawing(path: &Path) -> Result<OutputFile, Failure> {
    Ending::of(path)?.required(path)?;
    OutputFile::check(path, &Inputs::default())
}

/// Draws every face with its number and what speaks against it.
pub(super) fn draw(
    material: &MaterialView,
    picture: &[u8],
    out: &OutputFile,
) -> Result<(), Failure> {
    let decoded = decode(picture, &DecodeOptions::default());
    let mut pixels = decoded
        .map_err(|source| Failure::Picture {
            path: material.id.to_string().into(),
            source,
        })?
        .pixels;
    for (number, face) in (1..).zip(&material.review.faces) {
        draw_face(&mut pixels, number, face);
    }
    out.write_picture(&pixels)
}

const USABLE: Srgb8 = Srgb8([0, 220, 90]);
const NOT_USABLE: Srgb8 = Srgb8([250, 90, 60]);

fn draw_face(picture: &mut Image<Srgb8>, number: u32, face: &ReviewedFace) {
    let thick = (picture.width().max(picture.height()) as i64 / 500).max(1);
    let colour = if face.usable { USABLE } else { NOT_USABLE };
    let corner = [face.bounds.x.into(), face.bounds.y.into()];
    let size = [face.bounds.width.into(), face.bounds.height.into()];
    draw::outline(picture, corner, size, thick, colour);
    let labels = face.findings.iter().map(label).map(str::to_owned);
    let labels: Vec<String> = [number.to_string()].into_iter().chain(labels).collect();
    draw_labels(picture, corner, 2 * thick, &labels, colour);
}

/// Writes labels on a ground of their own: above the corner where there is room, else below it.
fn draw_labels(
    picture: &mut Image<Srgb8>,
    [left, top]: [i64; 2],
    dot: i64,
    labels: &[String],
    colour: Srgb8,
) {
    let sizes = labels.iter().map(|text| {
        let [width, height] = draw::text_size(text, dot);
        [width + 2 * dot, height + 2 * dot]
    });
    let all: i64 = sizes.clone().map(|[_, height]| height).sum();
    let mut top = if top >= all { top - all } else { top };
    for (text, [width, height]) in labels.iter().zip(sizes) {
        let left = left.min(picture.width() as i64 - width).max(0);
        draw::fill(picture, [left, top], [width, height], colour);
        draw::text(picture, [left + dot, top + dot], dot, text, Srgb8::BLACK);
        top += height;
    }
}

/// A finding in a word or two, in letters that the font has.
fn label(finding: &FaceFinding) -> &'static str {
    match finding {
        FaceFinding::TooSmall { .. } => "TOO SMALL",
        FaceFinding::TurnedAside { .. } | FaceFinding::TurnedUpOrDown { .. } => "TURNED",
        FaceFinding::CutByBorder { .. } => "CUT",
        FaceFinding::OneTooMany { .. } => "ONE TOO MANY",
        FaceFinding::Dark { .. } => "DARK",
        FaceFinding::Blurred { .. } => "BLURRED",
    }
}
