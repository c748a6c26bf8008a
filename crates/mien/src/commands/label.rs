//! `mien label`.

mod manifest;

use crate::args::{LabelAction, LabelArgs};
use crate::failure::Failure;
use crate::picture_file;
use crate::report::Report;
use label::{FoundLabel, read_label};
use manifest::FoundManifest;
use pixel::Limits;
use serde_json::json;
use std::path::Path;

/// Exit code of a picture that carries no label.
const NO_LABEL: u8 = 1;

pub(crate) fn run(args: &LabelArgs, report: &mut Report) -> Result<u8, Failure> {
    match &args.action {
        LabelAction::Check {
            image,
            trust,
            json: _,
        } => check(image, trust.as_deref(), report),
    }
}

fn check(image: &Path, trust: Option<&Path>, report: &mut Report) -> Result<u8, Failure> {
    let anchors = trust.map(manifest::anchors).transpose()?;
    let bytes = picture_file::read(image, &Limits::default())?;
    let found = read_label(&bytes).map_err(|source| Failure::Label {
        path: image.to_owned(),
        source,
    })?;
    let manifest = FoundManifest::of(&bytes, anchors.as_ref());
    let is_labelled = !found.is_empty() || manifest.is_there();
    if report.is_json() {
        report.document(&json!({
            "labelled": is_labelled,
            "implicit": found.implicit,
            "metadata": found.metadata,
            "manifest": manifest.document(),
        }))?;
    } else if is_labelled {
        lines(&found).iter().for_each(|line| report.line(line));
        let act = found.implicit.map(|implicit| implicit.produce_id);
        manifest
            .lines(act.as_deref())
            .iter()
            .for_each(|line| report.line(line));
    } else {
        report.line("no label found");
    }
    Ok(match is_labelled {
        true => manifest.exit_code(),
        false => NO_LABEL,
    })
}

/// What was found, in lines; whatever a stranger's file holds, it stays on its line.
fn lines(found: &FoundLabel) -> Vec<String> {
    let mut lines = Vec::new();
    match &found.implicit {
        None => lines.push("no implicit label".to_owned()),
        Some(implicit) => {
            let meaning = match implicit.label.as_str() {
                "1" => "AI-made",
                "2" => "perhaps AI-made",
                "3" => "suspected to be AI-made",
                _ => "of a kind that the standard does not name",
            };
            lines.push(format!("implicit label: {meaning}"));
            for (name, value) in [
                ("Label", &implicit.label),
                ("ContentProducer", &implicit.content_producer),
                ("ProduceID", &implicit.produce_id),
                ("ReservedCode1", &implicit.reserved_code_1),
                ("ContentPropagator", &implicit.content_propagator),
                ("PropagateID", &implicit.propagate_id),
                ("ReservedCode2", &implicit.reserved_code_2),
            ] {
                if !value.is_empty() {
                    lines.push(format!("  {name:<18} {}", printable(value)));
                }
            }
        }
    }
    for pair in &found.metadata {
        let (key, value) = (printable(&pair.key), printable(&pair.value));
        lines.push(format!("metadata: {key} = {value}"));
    }
    lines
}

/// The text without characters that would steer a terminal.
pub(super) fn printable(text: &str) -> String {
    let shown = |c: char| match c {
        // Besides control characters, those that turn the direction of writing.
        c if c.is_control() => '\u{fffd}',
        '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        c => c,
    };
    text.chars().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use label::{ImplicitLabel, Label, MetaData, write_label};
    use pixel::{Image, Srgb8, encode_jpeg, encode_png};
    use std::fs;

    fn label() -> Label {
        Label {
            implicit: ImplicitLabel::ai_made("某公司", "0c2f\u{1b}[31m"),
            metadata: vec![MetaData {
                key: "campaign".to_owned(),
                value: "春\n\u{202e}x".to_owned(),
            }],
        }
    }

    /// What is printed of a file with these bytes, and the exit code.
    fn checked(bytes: &[u8], json: bool) -> Result<(String, u8), Failure> {
        let folder = tempfile::tempdir().unwrap();
        let image = folder.path().join("picture");
        fs::write(&image, bytes).unwrap();
        let mut report = Report::new(json);
        let trust = None;
        let action = LabelAction::Check { image, trust, json };
        let code = run(&LabelArgs { action }, &mut report)?;
        Ok((report.into_text(), code))
    }

    fn pictures() -> [Vec<u8>; 2] {
        let picture = Image::new(20, 20, Srgb8([90; 3]));
        let (mut jpeg, mut png) = (Vec::new(), Vec::new());
        encode_jpeg(picture.view(), 90, &[], &mut jpeg).unwrap();
        encode_png(picture.view(), None, &mut png).unwrap();
        [jpeg, png]
    }

    #[test]
    fn what_a_picture_carries_is_told() {
        for picture in pictures() {
            let mut labelled = Vec::new();
            write_label(&picture, &label(), &mut labelled).unwrap();
            let (text, code) = checked(&labelled, false).unwrap();
            assert_eq!(code, 0);
            assert_eq!(
                text,
                "implicit label: AI-made\n  \
                 Label              1\n  \
                 ContentProducer    某公司\n  \
                 ProduceID          0c2f\u{fffd}[31m\n\
                 metadata: campaign = 春\u{fffd}\u{fffd}x\n\
                 no manifest (C2PA)\n"
            );
            let (text, _) = checked(&labelled, true).unwrap();
            let document: serde_json::Value = serde_json::from_str(&text).unwrap();
            assert_eq!(document["labelled"], true);
            assert_eq!(document["implicit"]["ProduceID"], "0c2f\u{1b}[31m");
            assert_eq!(document["metadata"][0]["MetaValue"], "春\n\u{202e}x");
        }
    }

    #[test]
    fn a_picture_without_a_label_has_its_own_exit_code() {
        for picture in pictures() {
            let none = checked(&picture, false).unwrap();
            assert_eq!(none, ("no label found\n".to_owned(), NO_LABEL));
            let (text, code) = checked(&picture, true).unwrap();
            let document: serde_json::Value = serde_json::from_str(&text).unwrap();
            assert_eq!((code, &document["labelled"]), (NO_LABEL, &false.into()));
            assert!(document["implicit"].is_null());
        }
    }

    #[test]
    fn what_is_no_picture_is_a_bad_picture() {
        let failure = checked(b"GIF89a", false).unwrap_err();
        assert_eq!(failure.exit_code(), 3);
        assert!(failure.to_string().contains("neither a JPEG nor a PNG"));
    }
}
