//! The labels of pictures that are given out: a mark that people see, and one in the file for programs.

use crate::failure::Failure;
use engine::Finish;
use label::{ImplicitLabel, Label, draw_mark, write_label};
use pixel::{Image, Rect, Srgb8};

/// Who made the pictures, in the label.
const PRODUCER: &str = "mien";

/// Draws the mark before the picture is encoded.
#[derive(Debug)]
pub(crate) struct AiMark;

impl Finish for AiMark {
    fn finish(&self, picture: &mut Image<Srgb8>, opacity: Option<&mut Image<u8>>) -> Vec<Rect> {
        vec![draw_mark(picture, opacity)]
    }
}

/// The picture's file with the label for programs; `produced_as` names the call.
pub(crate) fn labelled(picture: &[u8], produced_as: &str) -> Result<Vec<u8>, Failure> {
    let label = Label {
        implicit: ImplicitLabel::ai_made(PRODUCER, produced_as),
        metadata: Vec::new(),
    };
    let mut file = Vec::new();
    write_label(picture, &label, &mut file)
        .map_err(|error| Failure::Internal(format!("the label: {error}")))?;
    Ok(file)
}
