use super::{ApiError, shown};
use billing::Outcome;
use service::{CallFailure, ChargeError, ServiceError};
use store::objects::ObjectError;

impl From<ServiceError> for ApiError {
    fn from(error: ServiceError) -> ApiError {
        match error {
            ServiceError::Refused(refusal) => refusal.into(),
            ServiceError::NotFound { what, id } => unknown(what, &id),
            ServiceError::BadName { what, length, most } => ApiError::TextLength {
                path: what.to_owned(),
                length,
                least: 1,
                most,
            },
            error @ (ServiceError::CatalogueVersionTaken(_)
            | ServiceError::Catalogue(_)
            | ServiceError::FutureMonth(_)
            | ServiceError::Calendar(_)
            | ServiceError::WebhookUrl(_)) => ApiError::ValueRefused {
                reason: error.to_string(),
            },
            ServiceError::Store(error) if error.is_passing() => ApiError::NotReady {
                detail: error.to_string(),
            },
            ServiceError::Object(ObjectError::NotFound { .. }) | ServiceError::Template(_) => {
                ApiError::MaterialDataGone
            }
            ServiceError::Object(error @ ObjectError::Full { .. }) => ApiError::NotReady {
                detail: error.to_string(),
            },
            ServiceError::Engine(detail) => ApiError::WorkFailed { detail },
            error @ (ServiceError::Store(_)
            | ServiceError::Object(_)
            | ServiceError::Statement(_)
            | ServiceError::Vault(_)
            | ServiceError::Secret(_)
            | ServiceError::Random(_)) => ApiError::Internal {
                detail: error.to_string(),
            },
        }
    }
}

/// What is not there, by the field that names it.
fn unknown(what: &'static str, id: &str) -> ApiError {
    let id = shown(id);
    match what {
        "activity" => ApiError::ActivityUnknown { activity: id },
        "material" => ApiError::MaterialUnknown { material: id },
        _ => ApiError::ThingUnknown { what, id },
    }
}

impl From<ChargeError> for ApiError {
    fn from(error: ChargeError) -> ApiError {
        match error {
            ChargeError::Refused(refusal) => refusal.into(),
            ChargeError::Store(error) => ServiceError::Store(error).into(),
            ChargeError::Stopped => ApiError::NotReady {
                detail: error.to_string(),
            },
        }
    }
}

impl From<CallFailure> for ApiError {
    fn from(failure: CallFailure) -> ApiError {
        match failure {
            CallFailure::NotAdmitted(error) => error.into(),
            CallFailure::BadParameter(reason) => ApiError::ParameterRefused { reason },
            CallFailure::MaterialNotPassed { material, status } => {
                ApiError::MaterialNotPassed { material, status }
            }
            CallFailure::Picture {
                photo,
                outcome,
                reason,
                ..
            } => picture(photo, outcome, reason),
            CallFailure::Service(detail) => ApiError::WorkFailed { detail },
            CallFailure::NotCharged(error) => error.into(),
        }
    }
}

/// A picture that cannot be used, by how its call is logged.
fn picture(photo: usize, outcome: Outcome, reason: String) -> ApiError {
    match outcome {
        Outcome::Undecodable => ApiError::PictureUndecodable { photo, reason },
        Outcome::BadSize => ApiError::PictureSizeInvalid { photo, reason },
        Outcome::NotFetched => ApiError::PictureNotFetched { photo, reason },
        Outcome::NoFace => ApiError::NoFace { photo },
        Outcome::FaceTooSmall => ApiError::FaceTooSmall { photo, reason },
        Outcome::FaceCut => ApiError::FaceCut { photo, reason },
        Outcome::Unfusable => ApiError::FaceUnfusable { photo, reason },
        // No picture is the reason of these two; nobody is told that it was.
        Outcome::Fused | Outcome::ServiceFailed => ApiError::WorkFailed { detail: reason },
    }
}
