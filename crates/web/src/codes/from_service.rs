use super::{ApiError, shown};
use service::pool::Overload;
use service::{ChargeError, ServiceError};
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
            | ServiceError::TooManyPeriods { .. }
            | ServiceError::DaysReversed { .. }
            | ServiceError::Calendar(_)
            | ServiceError::Campaign(_)
            | ServiceError::People(_)
            | ServiceError::Undecodable(_)
            | ServiceError::ChangedMeanwhile { .. }
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
            ChargeError::Stopped => ApiError::ChargeUnknown {
                detail: error.to_string(),
            },
        }
    }
}

impl From<Overload> for ApiError {
    fn from(overload: Overload) -> ApiError {
        match overload {
            Overload::Full { .. } | Overload::TooLate { .. } => ApiError::Busy,
            Overload::Stopping => ApiError::NotReady {
                detail: overload.to_string(),
            },
        }
    }
}
