//! Calls that ended without a picture.

use super::{ApiError, Picture, Why};
use billing::Outcome;
use service::fetch::FetchError;
use service::{CallFailure, ParameterError, PictureFault, PictureRole};

impl From<CallFailure> for ApiError {
    fn from(failure: CallFailure) -> ApiError {
        match failure {
            CallFailure::NotAdmitted(error) => error.into(),
            CallFailure::BadParameter(error) => error.into(),
            CallFailure::MaterialNotPassed { material, status } => {
                ApiError::MaterialNotPassed { material, status }
            }
            CallFailure::Picture {
                picture,
                outcome,
                fault,
                ..
            } => fault_of(picture, outcome, &fault),
            CallFailure::Trial { picture, fault } => fault_of(picture, fault.outcome(), &fault),
            CallFailure::Service(detail) => ApiError::WorkFailed { detail },
            CallFailure::NotKept(error) => ApiError::ResultNotKept {
                detail: error.to_string(),
            },
            CallFailure::NotCharged(error) => error.into(),
        }
    }
}

impl From<ParameterError> for ApiError {
    fn from(error: ParameterError) -> ApiError {
        match error {
            ParameterError::PhotoCount { count, most } => ApiError::EntryCount {
                path: "MergeInfos".to_owned(),
                count,
                least: 1,
                most,
            },
            ParameterError::NoSuchFace { face, .. } => ApiError::TemplateFaceUnknown {
                face: face.to_string(),
            },
            ParameterError::FaceNotUsable { face } => ApiError::TemplateFaceUnusable { face },
            ParameterError::FaceTwice { .. } => ApiError::FaceShared,
            ParameterError::FaceBox { picture, least, .. } => ApiError::FaceRectTooSmall {
                picture: Picture(picture),
                least,
            },
            ParameterError::Url { picture, source } => ApiError::PictureUrlIllegal {
                picture: Picture(picture),
                reason: (&source).into(),
            },
            ParameterError::UrlsNotTaken { picture } => ApiError::UrlsNotTaken {
                picture: Picture(picture),
            },
            ParameterError::Token { length, most } => ApiError::TextLength {
                path: "X-Mien-Client-Token".to_owned(),
                length,
                least: 1,
                most,
            },
        }
    }
}

/// A picture that cannot be used: what is known of the fault itself, else how its call is logged.
fn fault_of(picture: PictureRole, outcome: Outcome, fault: &PictureFault) -> ApiError {
    let picture = Picture(picture);
    let reason = fault.to_string();
    match *fault {
        PictureFault::SideTooShort {
            width,
            height,
            least,
        } => {
            return ApiError::PictureSideTooShort {
                picture,
                width,
                height,
                least,
            };
        }
        PictureFault::Fetch(FetchError::TooLarge { limit, .. }) => {
            return ApiError::PictureFileTooLarge {
                picture,
                most: limit,
            };
        }
        PictureFault::SameFace { first, second } => {
            return ApiError::TemplateFaceShared { first, second };
        }
        _ if fault.is_about_a_box() => return ApiError::FaceRectWithoutFace { picture, reason },
        _ => {}
    }
    let why = Why::from(fault);
    match outcome {
        Outcome::Undecodable => ApiError::PictureUndecodable {
            picture,
            reason: why,
        },
        Outcome::BadSize => ApiError::PictureSizeInvalid {
            picture,
            reason: why,
        },
        Outcome::NotFetched => ApiError::PictureNotFetched {
            picture,
            reason: why,
        },
        Outcome::NoFace => ApiError::NoFace { picture },
        Outcome::FaceTooSmall => ApiError::FaceTooSmall { picture, reason },
        Outcome::FaceCut => ApiError::FaceCut { picture, reason },
        Outcome::Unfusable => ApiError::FaceUnfusable { picture, reason },
        // No picture is the reason of these two; nobody is told that it was.
        Outcome::Fused | Outcome::ServiceFailed => ApiError::WorkFailed { detail: reason },
    }
}

#[cfg(test)]
mod tests;
