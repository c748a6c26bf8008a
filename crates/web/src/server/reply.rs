//! What goes back to a caller of the API.

use crate::codes::ApiError;
use crate::dispatch::Version;
use crate::language::Language;
use crate::wire::{Answer, envelope, verdict_headers};
use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderName, HeaderValue};
use axum::response::Response;
use store::Charged;

/// An answer with what it cost.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) result: Result<Answer, ApiError>,
    pub(super) charged: Option<Charged>,
    /// What was asked for and not done; ASCII.
    pub(super) warning: Option<&'static str>,
}

impl Reply {
    /// An answer that nobody paid for.
    pub(super) fn free(result: Result<Answer, ApiError>) -> Reply {
        Reply {
            result,
            charged: None,
            warning: None,
        }
    }
}

impl From<ApiError> for Reply {
    fn from(error: ApiError) -> Reply {
        Reply::free(Err(error))
    }
}

/// In which words to answer.
#[derive(Clone, Debug)]
pub(super) struct Manner {
    pub(super) version: Version,
    pub(super) language: Language,
    pub(super) request_id: String,
}

impl Manner {
    /// The reply as an HTTP response.
    pub(super) fn write(&self, reply: &Reply) -> Response {
        let body = match &reply.result {
            Ok(answer) => envelope::success(answer, &self.request_id),
            Err(error) => envelope::failure(error, self.version, self.language, &self.request_id),
        };
        // The status of a new response is the 200 of all answers.
        let mut response = Response::new(Body::from(body));
        let headers = response.headers_mut();
        headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static(envelope::CONTENT_TYPE),
        );
        for (name, value) in verdict_headers(reply.charged.as_ref()) {
            let name = HeaderName::from_bytes(name.as_bytes());
            if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(&value)) {
                headers.insert(name, value);
            }
        }
        if let Some(warning) = reply.warning {
            headers.insert("x-mien-warning", HeaderValue::from_static(warning));
        }
        response
    }
}

/// What of an error stands in the log and not in the answer.
pub(super) fn detail(error: &ApiError) -> Option<&str> {
    match error {
        ApiError::ResultNotKept { detail }
        | ApiError::WorkFailed { detail }
        | ApiError::ChargeUnknown { detail }
        | ApiError::NotReady { detail }
        | ApiError::Internal { detail } => Some(detail),
        _ => None,
    }
}
