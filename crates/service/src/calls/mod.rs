//! A call from end to end: check, admit, fetch, fuse, label, keep, charge, answer.
//!
//! What the parameters alone tell is checked before a call is let in, and nobody pays for it. From then
//! on a failure that the user's input caused counts, and one of the service's own does not.

mod call;
mod delivery;
mod failure;
mod fault;
mod material;
mod parameters;
mod pictures;
mod template;
#[cfg(test)]
mod tests;
mod token;

pub use call::{
    FuseCall, FusedPicture, LONGEST_SIDE, PhotoSource, TemplateCall, TemplatePhoto, UserPhoto,
};
pub use delivery::MadeCall;
pub use failure::CallFailure;
pub use fault::{PictureFault, PictureRole};
pub use material::AdmittedCall;
pub use parameters::ParameterError;
pub use template::AdmittedTemplateCall;

use crate::studio::NotMade;
use billing::{AlgorithmVersion, Degree};
use delivery::Unmade;
use engine::{CallError, FusionError};
use fusion::{Algorithm, Recipe};
use pictures::Fetched;
use pixel::Limits;

/// What is refused of a user's photo.
const PHOTO_LIMITS: Limits = Limits {
    max_bytes: 10 << 20,
    max_side: LONGEST_SIDE,
    max_pixels: 50_000_000,
    max_working_bytes: 256 << 20,
};

/// What is refused of the pictures of a call that brings its template along.
const TEMPLATE_CALL_LIMITS: Limits = Limits {
    max_bytes: 20 << 20,
    max_pixels: 8_000 * 8_000,
    ..PHOTO_LIMITS
};

/// Whose fault it is that no picture was made; `of_fusion` says it of a template that cannot take the faces.
fn unmade(not_made: NotMade, of_fusion: impl FnOnce(FusionError) -> Unmade) -> Unmade {
    match not_made {
        NotMade::Call(CallError::Photo { index, source }) => {
            Unmade::Picture(PictureRole::Photo(index + 1), source.into())
        }
        NotMade::Call(CallError::Fusion(fault)) => of_fusion(fault),
        NotMade::Broken(reason) => Unmade::Broken(reason),
    }
}

fn recipe(algorithm: AlgorithmVersion, feature_degree: Degree, shape_degree: Degree) -> Recipe {
    let degree = |degree: Degree| fusion::Degree::new(degree.get()).unwrap_or(fusion::Degree::HALF);
    Recipe {
        algorithm: match algorithm {
            AlgorithmVersion::Natural => Algorithm::Natural,
            AlgorithmVersion::Likeness => Algorithm::Likeness,
        },
        feature_degree: degree(feature_degree),
        shape_degree: degree(shape_degree),
    }
}
