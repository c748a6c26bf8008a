use super::{ApiError, shown};
use crate::tc3::{AuthError, FormError};

impl From<AuthError> for ApiError {
    fn from(error: AuthError) -> ApiError {
        match error {
            AuthError::NotSigned => ApiError::AuthorizationMissing,
            AuthError::Form(FormError::OtherAlgorithm) => ApiError::AuthorizationOther,
            AuthError::Form(FormError::Part { part }) => ApiError::AuthorizationMalformed { part },
            AuthError::Form(FormError::NotSigned { name }) => ApiError::HeaderNotSigned { name },
            AuthError::RepeatedHeader { name } => ApiError::HeaderRepeated { name },
            AuthError::MissingHeader { name } => ApiError::HeaderMissing { name },
            AuthError::BadTimestamp { value } => ApiError::TimestampMalformed { value },
            AuthError::NoSecretId(_) => ApiError::SecretIdMalformed,
            AuthError::UnknownSecretId { secret_id } => ApiError::SecretIdUnknown {
                secret_id: secret_id.as_str().to_owned(),
            },
            AuthError::Expired { timestamp_s, now_s } => {
                ApiError::SignatureExpired { timestamp_s, now_s }
            }
            AuthError::UnsignedPayload => ApiError::PayloadUnsigned,
            AuthError::ScopeDate { date, expected } => ApiError::ScopeDateWrong {
                date: shown(&date),
                expected,
            },
            AuthError::ScopeService { service } => ApiError::ScopeServiceForeign {
                service: shown(&service),
            },
            AuthError::Mismatch => ApiError::SignatureMismatch,
            AuthError::Token => ApiError::TokenInvalid,
        }
    }
}
