//! A call from end to end: check, admit, fetch, fuse, charge, answer.
//!
//! What the parameters alone tell is checked before a call is let in, and nobody pays for it. From then
//! on a failure that the user's input caused counts, and one of the service's own does not.

mod call;
mod failure;
mod fault;
mod material;
mod parameters;
mod pictures;
mod template;
#[cfg(test)]
mod tests;
mod token;

pub use call::{FuseCall, FusedPicture, PhotoSource, TemplateCall, TemplatePhoto, UserPhoto};
pub use failure::CallFailure;
pub use fault::{PictureFault, PictureRole};
pub use material::AdmittedCall;
pub use parameters::ParameterError;

use crate::error::ServiceError;
use crate::meter::{Admission, Ended};
use crate::service::Service;
use crate::studio::{Made, NotMade};
use billing::{AlgorithmVersion, CallId, Degree, MaterialId, Outcome};
use engine::{CallError, FusionError};
use fusion::{Algorithm, Recipe};
use pixel::Limits;

/// What is refused of a user's photo.
const PHOTO_LIMITS: Limits = Limits {
    max_bytes: 10 << 20,
    max_side: 8_000,
    max_pixels: 50_000_000,
    max_working_bytes: 256 << 20,
};

/// What is refused of the pictures of a call that brings its template along.
const TEMPLATE_CALL_LIMITS: Limits = Limits {
    max_bytes: 20 << 20,
    max_pixels: 8_000 * 8_000,
    ..PHOTO_LIMITS
};

/// Why the work of a call gave no picture.
enum Unmade {
    /// A picture that came with the call.
    Picture(PictureRole, PictureFault),
    /// The service itself.
    Broken(String),
}

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

impl Service {
    /// Does the work of a call that was let in, charges it durably, and gives its answer.
    fn answer(
        &self,
        admission: Admission,
        material: Option<MaterialId>,
        work: impl FnOnce() -> Result<Made, Unmade>,
    ) -> Result<FusedPicture, CallFailure> {
        let id = self.draw_call_id()?;
        let charge = |outcome| {
            let ended = Ended {
                id,
                material,
                outcome,
            };
            self.meter().charge(admission, ended)
        };
        let unmade = match work() {
            Ok(made) => {
                let charged = charge(Outcome::Fused)?;
                return Ok(FusedPicture {
                    call: charged.id,
                    bytes: made.bytes,
                    format: made.format,
                    charged,
                });
            }
            Err(unmade) => unmade,
        };
        let reason = match unmade {
            Unmade::Picture(picture, fault) => match fault.outcome() {
                Outcome::ServiceFailed => fault.to_string(),
                outcome => {
                    let charged = charge(outcome)?;
                    return Err(CallFailure::Picture {
                        call: charged.id,
                        picture,
                        outcome,
                        fault: Box::new(fault),
                        charged,
                    });
                }
            },
            Unmade::Broken(reason) => reason,
        };
        // The row tells of the failure; that it could not be written changes nothing.
        let _ = charge(Outcome::ServiceFailed);
        Err(CallFailure::Service(reason))
    }

    fn draw_call_id(&self) -> Result<CallId, ServiceError> {
        let mut bytes = [0; 16];
        self.ports.random.fill(&mut bytes)?;
        // A random UUID says that it is one: version 4, variant 1 (RFC 9562, section 5.4).
        bytes[6] = bytes[6] & 0x0f | 0x40;
        bytes[8] = bytes[8] & 0x3f | 0x80;
        Ok(CallId(bytes))
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
