//! How calls fail.

use super::{ParameterError, PictureFault, PictureRole};
use crate::error::ServiceError;
use crate::meter::ChargeError;
use billing::{CallId, MaterialId, Outcome};
use store::Charged;

/// Why a call ended without a picture.
#[derive(Debug, thiserror::Error)]
pub enum CallFailure {
    /// It was not let in, or named what is not there, or the rules changed while it was under way; nobody
    /// paid.
    #[error("{0}")]
    NotAdmitted(#[from] ServiceError),
    /// A parameter cannot be; nobody paid.
    #[error("{0}")]
    BadParameter(#[from] ParameterError),
    /// The material has not passed its review; nobody paid.
    #[error("material {material} cannot be used: its review has state {status}")]
    MaterialNotPassed {
        /// The material.
        material: MaterialId,
        /// Its status code.
        status: u8,
    },
    /// A picture that came with the call is the reason; the call counts.
    #[error("{picture} cannot be used: {fault}")]
    Picture {
        /// The call.
        call: CallId,
        /// Which picture.
        picture: PictureRole,
        /// How the call is logged.
        outcome: Outcome,
        /// What is wrong with it.
        fault: Box<PictureFault>,
        /// What paid.
        charged: Charged,
    },
    /// A picture that came with a trial is the reason; trials do not count.
    #[error("{picture} cannot be used: {fault}")]
    Trial {
        /// Which picture.
        picture: PictureRole,
        /// What is wrong with it.
        fault: Box<PictureFault>,
    },
    /// The service is the reason; nobody paid.
    #[error("a fault of mien itself, the call does not count: {0}")]
    Service(String),
    /// The result could not be kept to be fetched; nobody paid.
    #[error("the result cannot be kept: {0}")]
    NotKept(ServiceError),
    /// The call could not be charged, so it has no answer; nobody paid.
    #[error("{0}")]
    NotCharged(ChargeError),
}

impl From<ChargeError> for CallFailure {
    /// What the rules refuse is one failure, whether they are asked before the work or after it.
    fn from(error: ChargeError) -> CallFailure {
        match error {
            ChargeError::Refused(refusal) => CallFailure::NotAdmitted(refusal.into()),
            ChargeError::Store(_) | ChargeError::Stopped => CallFailure::NotCharged(error),
        }
    }
}
