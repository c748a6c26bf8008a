//! What can be wrong with the pictures of a call.

use crate::fetch::FetchError;
use billing::Outcome;
use engine::{FusionError, TemplateError, UserError};
use face::Fault;
use pixel::DecodeError;
use std::fmt;

/// Which picture of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureRole {
    /// A user's photo, counted from 1.
    Photo(usize),
    /// The template that came with the call.
    Template,
}

impl fmt::Display for PictureRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PictureRole::Photo(number) => write!(f, "photo {number}"),
            PictureRole::Template => f.write_str("the template"),
        }
    }
}

/// Why a picture that came with a call cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PictureFault {
    /// It cannot be fetched.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// It has too few pixels.
    #[error("it is {width}×{height}, and no side may have less than {least} pixels")]
    SideTooShort {
        /// Columns.
        width: usize,
        /// Rows.
        height: usize,
        /// The fewest of either.
        least: usize,
    },
    /// A user's photo cannot be used.
    #[error(transparent)]
    Photo(#[from] UserError),
    /// The template cannot be used.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// A face of the template cannot take a user's.
    #[error("it cannot take the faces: {0}")]
    TemplateFace(FusionError),
    /// Two photos would go onto one face of the template.
    #[error("photos {first} and {second} point at the same face of it; each face takes one")]
    SameFace {
        /// The first, counted from 1.
        first: usize,
        /// The other.
        second: usize,
    },
}

impl PictureFault {
    /// How a call ends that has this fault; [`Outcome::ServiceFailed`] where the picture is not to blame.
    pub fn outcome(&self) -> Outcome {
        match self {
            PictureFault::Fetch(FetchError::TooLarge { .. })
            | PictureFault::SideTooShort { .. } => Outcome::BadSize,
            PictureFault::Fetch(_) => Outcome::NotFetched,
            PictureFault::Photo(error) => match error {
                UserError::NoFace | UserError::FaceBox(_) => Outcome::NoFace,
                UserError::Unusable(fault) => face_outcome(fault),
                UserError::Decode(error) => decode_outcome(error),
            },
            PictureFault::Template(error) => match error {
                TemplateError::NoFace | TemplateError::FaceBox(_) => Outcome::NoFace,
                TemplateError::Decode(error) => decode_outcome(error),
                TemplateError::Prepare(_) => Outcome::Unfusable,
                TemplateError::Encode(_) => Outcome::ServiceFailed,
            },
            PictureFault::TemplateFace(error) => match error {
                FusionError::TemplateFaceUnusable { fault, .. } => face_outcome(fault),
                _ => Outcome::ServiceFailed,
            },
            PictureFault::SameFace { .. } => Outcome::Unfusable,
        }
    }
}

fn face_outcome(fault: &Fault) -> Outcome {
    match fault {
        Fault::TooSmall { .. } => Outcome::FaceTooSmall,
        Fault::CutByBorder { .. } => Outcome::FaceCut,
        _ => Outcome::Unfusable,
    }
}

fn decode_outcome(error: &DecodeError) -> Outcome {
    match error {
        DecodeError::TooManyBytes { .. }
        | DecodeError::SideTooLong { .. }
        | DecodeError::TooManyPixels { .. }
        | DecodeError::TooMuchMemory { .. } => Outcome::BadSize,
        // The decoder's own fault is not the user's.
        DecodeError::Fault { .. } => Outcome::ServiceFailed,
        _ => Outcome::Undecodable,
    }
}
