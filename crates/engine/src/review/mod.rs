//! The machine review of a template portrait: may it become a material, and if not, why.
//!
//! A [`Review`] is an answer, never an error: it is stored with the material as JSON, shown to the
//! customer in plain words, and its face boxes are drawn over the picture.

mod finding;
mod reason;
#[cfg(test)]
mod tests;

pub use finding::FaceFinding;
pub use reason::Reason;

use crate::{Engine, Workspace};
use face::{Face, Fault, quality::LEAST_WIDTH};
use pixel::{DecodeError, DecodeOptions, Decoded, Format, Limits, Rect, probe};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What a picture must be like to pass.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReviewRules {
    /// Largest file and picture: 10 MiB, sides of 4096 pixels and 4096 × 4096 pixels by default.
    pub limits: Limits,
    /// Least pixels along either side. 64 by default.
    pub min_side: usize,
    /// Least width of a face in pixels, from ear to ear; below 34 it counts as 34. 100 by default:
    /// what a fusion puts into a smaller face is hardly recognised.
    pub min_face_width: u32,
    /// Most faces of a picture that can be used; the largest come first. 6 by default.
    pub max_faces: usize,
    /// Most degrees that a face may be turned to either side. 45 by default: beyond it the far half of
    /// the face is seen so narrow that little of the user shows there.
    pub max_yaw_degrees: f32,
    /// Most degrees that a face may look up or down. 35 by default.
    pub max_pitch_degrees: f32,
}

impl Default for ReviewRules {
    fn default() -> Self {
        const MAX_SIDE: usize = 4096;
        ReviewRules {
            limits: Limits {
                max_bytes: 10 << 20,
                max_side: MAX_SIDE,
                max_pixels: MAX_SIDE * MAX_SIDE,
                ..Limits::default()
            },
            min_side: 64,
            min_face_width: 100,
            max_faces: 6,
            max_yaw_degrees: 45.0,
            max_pitch_degrees: 35.0,
        }
    }
}

/// What the review found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Review {
    /// Columns of the upright picture; 0 when the file does not tell.
    pub width: u32,
    /// Rows of the upright picture; 0 when the file does not tell.
    pub height: u32,
    /// The file's format, as `jpeg` or `png` in JSON; `None` when it is neither.
    #[serde(with = "format_name")]
    pub format: Option<Format>,
    /// All faces, the largest first, whatever the verdict. The numbers are those of
    /// [`PreparedTemplate::faces`](crate::PreparedTemplate::faces).
    pub faces: Vec<ReviewedFace>,
    /// Whether the picture may become a material.
    pub verdict: Verdict,
}

/// Whether a picture may become a material.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "state", content = "reason", rename_all = "snake_case")]
pub enum Verdict {
    /// It was read, its size fits and at least one face can be used.
    Passed,
    /// It may not.
    Refused(Reason),
}

/// One face of a reviewed picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReviewedFace {
    /// Where it is.
    pub bounds: PixelBox,
    /// From ear to ear, in whole pixels; less than the box's width for a face that is turned in the
    /// picture's plane, more for one that is turned aside.
    pub width: u32,
    /// Degrees to the side, in tenths; positive when it looks to the right of the picture.
    pub yaw: f32,
    /// Degrees up or down, in tenths; positive when it looks down.
    pub pitch: f32,
    /// Degrees in the picture's plane, in tenths; positive when turned clockwise as seen.
    pub roll: f32,
    /// What speaks against it, those that bar its use first.
    pub findings: Vec<FaceFinding>,
    /// Whether users may be fused into it: no finding [bars its use](FaceFinding::is_barring).
    pub usable: bool,
}

/// A rectangle of whole pixels in the upright picture, cut at its border.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PixelBox {
    /// Leftmost column.
    pub x: u32,
    /// Topmost row.
    pub y: u32,
    /// Columns.
    pub width: u32,
    /// Rows.
    pub height: u32,
}

impl fmt::Display for PixelBox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let PixelBox {
            x,
            y,
            width,
            height,
        } = self;
        write!(f, "{width}×{height} at ({x}, {y})")
    }
}

impl Review {
    /// Whether the picture may become a material.
    pub fn is_passed(&self) -> bool {
        self.verdict == Verdict::Passed
    }

    /// Why it may not.
    pub fn reason(&self) -> Option<&Reason> {
        match &self.verdict {
            Verdict::Passed => None,
            Verdict::Refused(reason) => Some(reason),
        }
    }

    /// The usable faces with their numbers.
    pub fn usable_faces(&self) -> impl Iterator<Item = (usize, &ReviewedFace)> {
        self.faces
            .iter()
            .enumerate()
            .filter(|(_, face)| face.usable)
    }
}

impl Engine {
    /// Reviews a picture that is to become a material; whatever the bytes are, the answer is a review.
    ///
    /// It costs about what [`Engine::prepare`] costs: one decoding and one search for faces.
    pub fn review(&self, bytes: &[u8], rules: &ReviewRules, workspace: &mut Workspace) -> Review {
        let mut review = Review {
            width: 0,
            height: 0,
            format: None,
            faces: Vec::new(),
            verdict: Verdict::Passed,
        };
        let outcome = review
            .read_header(bytes, rules)
            .and_then(|()| self.review_faces(bytes, rules, workspace))
            .and_then(|faces| {
                review.faces = faces;
                judge(&review.faces)
            });
        if let Err(reason) = outcome {
            review.verdict = Verdict::Refused(reason);
        }
        review
    }

    fn review_faces(
        &self,
        bytes: &[u8],
        rules: &ReviewRules,
        workspace: &mut Workspace,
    ) -> Result<Vec<ReviewedFace>, Reason> {
        let decode = DecodeOptions {
            limits: rules.limits,
            least_long_side: None,
        };
        let mut decoded = Decoded::default();
        workspace
            .decoder
            .decode_into(bytes, &decode, &mut decoded)?;
        let faces = self.find_template_faces(&decoded.pixels, workspace);
        let (width, height) = (decoded.pixels.width(), decoded.pixels.height());
        let mut usable = 0;
        let reviewed = faces.iter().map(|face| {
            let mut reviewed = ReviewedFace::new(face, [width, height], rules);
            if reviewed.usable && usable == rules.max_faces {
                let most = rules.max_faces as u32;
                reviewed
                    .findings
                    .insert(0, FaceFinding::OneTooMany { most });
                reviewed.usable = false;
            }
            usable += usize::from(reviewed.usable);
            reviewed
        });
        Ok(reviewed.collect())
    }
}

impl Review {
    /// Reads format and size, and holds them to the rules.
    fn read_header(&mut self, bytes: &[u8], rules: &ReviewRules) -> Result<(), Reason> {
        // The sides are judged here, so that a picture refused for its size shows that size.
        let limits = Limits {
            max_side: usize::MAX,
            max_pixels: usize::MAX,
            ..rules.limits
        };
        let header = match probe(bytes, &limits) {
            Ok(header) => header,
            Err(error) => {
                self.format = format_of(&error);
                return Err(error.into());
            }
        };
        let (width, height) = (header.width as u32, header.height as u32);
        (self.width, self.height, self.format) = (width, height, Some(header.format));
        let (short, long) = (width.min(height), width.max(height));
        if (short as usize) < rules.min_side {
            let least = rules.min_side as u32;
            return Err(Reason::PictureTooSmall {
                width,
                height,
                least,
            });
        }
        if long as usize > rules.limits.max_side {
            let most = rules.limits.max_side as u32;
            return Err(Reason::PictureTooLarge {
                width,
                height,
                most,
            });
        }
        // `Reason::TooManyPixels` comes from decoding, which looks at the header first.
        Ok(())
    }
}

/// Whether the faces that were found let the picture pass.
fn judge(faces: &[ReviewedFace]) -> Result<(), Reason> {
    let Some(largest) = faces.first() else {
        return Err(Reason::NoFace);
    };
    match largest.findings.first() {
        Some(finding) if !faces.iter().any(|face| face.usable) => Err(Reason::NoUsableFace {
            faces: faces.len() as u32,
            largest: *finding,
        }),
        _ => Ok(()),
    }
}

impl ReviewedFace {
    /// Judges a face of a picture of these sides by itself. What is judged is what is shown: the
    /// rounded numbers.
    fn new(face: &Face, [columns, rows]: [usize; 2], rules: &ReviewRules) -> ReviewedFace {
        let width = face.quality.width as u32;
        let [yaw, pitch, roll] = [face.pose.yaw, face.pose.pitch, face.pose.roll].map(tenths);
        let least = rules.min_face_width.max(LEAST_WIDTH as u32);
        let (most_yaw, most_pitch) = (rules.max_yaw_degrees, rules.max_pitch_degrees);
        let mut findings = Vec::new();
        if width < least {
            findings.push(FaceFinding::TooSmall { width, least });
        }
        if yaw.abs() > most_yaw {
            let most = most_yaw;
            findings.push(FaceFinding::TurnedAside { yaw, most });
        }
        if pitch.abs() > most_pitch {
            let most = most_pitch;
            findings.push(FaceFinding::TurnedUpOrDown { pitch, most });
        }
        findings.extend(face.quality.faults.iter().filter_map(finding_of_fault));
        ReviewedFace {
            bounds: PixelBox::of_face(face, columns, rows),
            width,
            yaw,
            pitch,
            roll,
            usable: !findings.iter().any(FaceFinding::is_barring),
            findings,
        }
    }
}

/// What the finder's own judgement adds: size and pose are judged by the rules.
fn finding_of_fault(fault: &Fault) -> Option<FaceFinding> {
    match *fault {
        Fault::TooSmall { .. } | Fault::TurnedAway { .. } => None,
        Fault::CutByBorder { outside } => Some(FaceFinding::CutByBorder {
            outside_percent: (outside * 100.0).round().max(1.0) as u32,
        }),
        Fault::Dark { luma, least } => Some(FaceFinding::Dark {
            luma: luma as u32,
            least: least as u32,
        }),
        Fault::Blurred { sharpness, least } => Some(FaceFinding::Blurred {
            sharpness_percent: (sharpness * 100.0) as u32,
            least_percent: (least * 100.0).round() as u32,
        }),
    }
}

impl PixelBox {
    fn of_face(face: &Face, columns: usize, rows: usize) -> PixelBox {
        // A face counts from the centres of pixels, a rectangle from their edges.
        let bounds = &face.bounds;
        let edges = [bounds.left, bounds.top, bounds.right, bounds.bottom].map(|at| at + 0.5);
        let rect = Rect::covering(edges, columns, rows);
        PixelBox {
            x: rect.x as u32,
            y: rect.y as u32,
            width: rect.width as u32,
            height: rect.height as u32,
        }
    }
}

fn tenths(degrees: f32) -> f32 {
    (degrees * 10.0).round() / 10.0
}

/// The format of a file that could not be read.
fn format_of(error: &DecodeError) -> Option<Format> {
    match *error {
        DecodeError::NoPixels { format, .. }
        | DecodeError::TooMuchMemory { format, .. }
        | DecodeError::Truncated { format }
        | DecodeError::Unsupported { format, .. }
        | DecodeError::Damaged { format, .. }
        | DecodeError::Fault { format } => Some(format),
        DecodeError::Empty
        | DecodeError::TooManyBytes { .. }
        | DecodeError::NotAPicture
        | DecodeError::OtherKind { .. }
        | DecodeError::SideTooLong { .. }
        | DecodeError::TooManyPixels { .. } => None,
    }
}

/// [`Format`] as the word that programs expect.
mod format_name {
    use pixel::Format;
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(
        format: &Option<Format>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let name = format.map(|format| match format {
            Format::Jpeg => "jpeg",
            Format::Png => "png",
        });
        name.serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Format>, D::Error> {
        let name: Option<String> = Option::deserialize(deserializer)?;
        match name.as_deref() {
            None => Ok(None),
            Some("jpeg") => Ok(Some(Format::Jpeg)),
            Some("png") => Ok(Some(Format::Png)),
            Some(other) => Err(D::Error::unknown_variant(other, &["jpeg", "png"])),
        }
    }
}
