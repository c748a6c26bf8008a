//! The checks before a request's fields are read, in their order.

use crate::codes::ApiError;
use crate::dispatch::{Operation, Version};
use crate::request::{BodySum, RequestHead};
use crate::tc3::{Caller, verify};
use billing::{AccountId, Moment};
use service::api_key::{SecretId, SecretKey};

/// The longest body, in bytes; the server may stop keeping a body beyond it.
pub const LONGEST_BODY: usize = 10 << 20;

/// The longest query of a GET request, in bytes.
pub const LONGEST_QUERY: usize = 32 << 10;

/// How the fields of a request are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldForm {
    /// One JSON object, the body of a POST.
    Json,
    /// The query of a GET, with flattened names.
    Query,
}

/// A request of a known caller for a known operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// Who.
    pub caller: Caller,
    /// What.
    pub operation: Operation,
    /// How the fields are written.
    pub form: FieldForm,
}

/// Says who asks for what, or why that is not answered: method, size, signature, version, action, kind of
/// body. Who is not known learns nothing of versions and actions.
///
/// The error's code is that of [`asked_version`].
///
/// # Errors
/// The first check that fails; or what `secret_of` says when it cannot look a key up.
pub fn accept(
    head: &RequestHead,
    body: BodySum,
    now: Moment,
    secret_of: impl FnOnce(&SecretId) -> Result<Option<(AccountId, SecretKey)>, ApiError>,
) -> Result<Accepted, ApiError> {
    let form = match head.method.as_str() {
        "POST" => FieldForm::Json,
        "GET" => FieldForm::Query,
        other => {
            let method = crate::codes::shown(other);
            return Err(ApiError::MethodUnsupported { method });
        }
    };
    let sha256 = check_size(head, body)?;
    let caller = verify(head, &sha256, now, secret_of)?;
    let operation = Operation::find(header(head, "x-tc-version"), header(head, "x-tc-action"))?;
    if form == FieldForm::Json {
        check_content_type(header(head, "content-type"))?;
    }
    Ok(Accepted {
        caller,
        operation,
        form,
    })
}

/// The version a request asks for, whose codes its answer uses; that of today where it asks for none.
pub fn asked_version(head: &RequestHead) -> Version {
    Version::from_name(header(head, "x-tc-version")).unwrap_or_default()
}

fn check_size(head: &RequestHead, body: BodySum) -> Result<[u8; 32], ApiError> {
    if head.query.len() > LONGEST_QUERY {
        let most_kb = LONGEST_QUERY >> 10;
        return Err(ApiError::RequestTooLarge { most_kb });
    }
    match body {
        BodySum::Whole { bytes, sha256 } if bytes <= LONGEST_BODY => Ok(sha256),
        _ => Err(ApiError::RequestTooLarge {
            most_kb: LONGEST_BODY >> 10,
        }),
    }
}

/// A JSON body, whatever its character set is called: JSON is always UTF-8.
fn check_content_type(value: &[u8]) -> Result<(), ApiError> {
    let text = String::from_utf8_lossy(value).to_ascii_lowercase();
    match text.split(';').next().unwrap_or_default().trim() {
        "application/json" => Ok(()),
        "multipart/form-data" => Err(ApiError::Multipart),
        other => Err(ApiError::ContentTypeOther {
            content_type: crate::codes::shown(other),
        }),
    }
}

fn header<'a>(head: &'a RequestHead, name: &str) -> &'a [u8] {
    head.headers.one(name).ok().flatten().unwrap_or_default()
}

#[cfg(test)]
mod tests;
