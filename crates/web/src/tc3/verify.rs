use super::authorization::{Authorization, FormError};
use super::candidates::{HeaderBlock, header_blocks, is_our_service};
use super::canonical::{canonical_request, code, hex_sha256, string_to_sign};
use super::{SERVICE, UNSIGNED_PAYLOAD};
use crate::request::RequestHead;
use billing::{AccountId, Moment};
use data_encoding::HEXLOWER;
use hmac::Mac as _;
use service::api_key::{SecretId, SecretIdError, SecretKey};
use thiserror::Error;

/// Seconds by which a client's clock may be ahead or behind.
pub(crate) const WINDOW_S: u64 = 300;

/// Who made a request, proven by its signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The account.
    pub account: AccountId,
    /// The key it signed with.
    pub secret_id: SecretId,
}

/// Why it is not believed who made a request.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AuthError {
    /// No signature in the header `Authorization`.
    #[error(
        "the header Authorization is missing; sign the request with {}",
        super::ALGORITHM
    )]
    NotSigned,
    /// The header cannot be read.
    #[error("{0}")]
    Form(#[from] FormError),
    /// A header that must be unambiguous occurs more than once.
    #[error("the header {name} occurs more than once; send it once")]
    RepeatedHeader {
        /// Its name.
        name: &'static str,
    },
    /// A header without which nothing can be checked.
    #[error("the header {name} is missing; the client libraries send it")]
    MissingHeader {
        /// Its name.
        name: &'static str,
    },
    /// `X-TC-Timestamp` is no number.
    #[error("the header X-TC-Timestamp is not a number of Unix seconds: {value:?}")]
    BadTimestamp {
        /// Its value, as far as it is text.
        value: String,
    },
    /// No key of ours looks like this.
    #[error("{0}")]
    NoSecretId(SecretIdError),
    /// No key in use has this id.
    #[error("there is no key {secret_id} in use; look at the account's keys in the console")]
    UnknownSecretId {
        /// The id.
        secret_id: SecretId,
    },
    /// Too old, or from the future.
    #[error(
        "X-TC-Timestamp is {timestamp_s}, more than {WINDOW_S} s from the server's {now_s}; set the client's clock"
    )]
    Expired {
        /// The client's Unix seconds.
        timestamp_s: u64,
        /// The server's.
        now_s: i64,
    },
    /// The body is not covered by the signature.
    #[error("the body is not signed (X-TC-Content-SHA256: UNSIGNED-PAYLOAD); sign the payload")]
    UnsignedPayload,
    /// The scope's date is not that of the timestamp.
    #[error("the scope's date {date:?} is not {expected}, the UTC date of X-TC-Timestamp")]
    ScopeDate {
        /// The date given.
        date: String,
        /// The date of the timestamp.
        expected: String,
    },
    /// The scope names another service.
    #[error("the scope's service {service:?} is neither {SERVICE} nor the first label of the host")]
    ScopeService {
        /// The service given.
        service: String,
    },
    /// The signature is not that of this request with this key.
    #[error(
        "the signature does not fit the request; check the secret key, and sign the bytes that are sent"
    )]
    Mismatch,
    /// Temporary credentials, which do not exist here.
    #[error("the token in X-TC-Token is not valid; temporary credentials do not exist here")]
    Token,
}

/// Says whose a request is.
///
/// `body_sha256` is that of the body's bytes as they came. `secret_of` looks a key up; it is asked only
/// once the request has the form of a signed one. All that it may answer is a key in use.
///
/// # Errors
/// [`AuthError`], in the order of the checks: form, headers, key, time, signature, token.
pub fn verify<E: From<AuthError>>(
    head: &RequestHead,
    body_sha256: &[u8; 32],
    now: Moment,
    secret_of: impl FnOnce(&SecretId) -> Result<Option<(AccountId, SecretKey)>, E>,
) -> Result<Caller, E> {
    let claim = Claim::read(head)?;
    let secret_id =
        SecretId::parse(&claim.authorization.secret_id).map_err(AuthError::NoSecretId)?;
    let Some((account, secret_key)) = secret_of(&secret_id)? else {
        return Err(AuthError::UnknownSecretId { secret_id }.into());
    };
    claim.check_time(now)?;
    claim.check_signature(head, body_sha256, &secret_key)?;
    match one(head, "x-tc-token", "X-TC-Token")? {
        Some(token) if !token.is_empty() => Err(AuthError::Token.into()),
        _ => Ok(Caller { account, secret_id }),
    }
}

/// What a request says of itself.
struct Claim<'a> {
    authorization: Authorization,
    timestamp: &'a str,
    timestamp_s: u64,
}

impl Claim<'_> {
    fn read(head: &RequestHead) -> Result<Claim<'_>, AuthError> {
        let value = one(head, "authorization", "Authorization")?.ok_or(AuthError::NotSigned)?;
        let authorization = Authorization::parse(value)?;
        for (lower, name) in [
            ("x-tc-timestamp", "X-TC-Timestamp"),
            ("x-tc-action", "X-TC-Action"),
            ("x-tc-version", "X-TC-Version"),
        ] {
            if one(head, lower, name)?.is_none_or(<[u8]>::is_empty) {
                return Err(AuthError::MissingHeader { name });
            }
        }
        let timestamp = one(head, "x-tc-timestamp", "X-TC-Timestamp")?.unwrap_or_default();
        let (timestamp, timestamp_s) =
            seconds(timestamp).ok_or_else(|| AuthError::BadTimestamp {
                value: String::from_utf8_lossy(timestamp)
                    .chars()
                    .take(40)
                    .collect(),
            })?;
        Ok(Claim {
            authorization,
            timestamp,
            timestamp_s,
        })
    }

    fn check_time(&self, now: Moment) -> Result<(), AuthError> {
        let now_s = now.unix_ms().div_euclid(1000);
        let apart_s =
            i64::try_from(self.timestamp_s).map_or(u64::MAX, |time_s| now_s.abs_diff(time_s));
        if apart_s > WINDOW_S {
            return Err(AuthError::Expired {
                timestamp_s: self.timestamp_s,
                now_s,
            });
        }
        Ok(())
    }

    fn check_signature(
        &self,
        head: &RequestHead,
        body_sha256: &[u8; 32],
        secret_key: &SecretKey,
    ) -> Result<(), AuthError> {
        let given = &self.authorization;
        let unsigned = |value: &[u8]| value.trim_ascii() == UNSIGNED_PAYLOAD;
        if head.headers.all("x-tc-content-sha256").any(unsigned) {
            return Err(AuthError::UnsignedPayload);
        }
        let expected = date_of(i64::try_from(self.timestamp_s).unwrap_or(i64::MAX));
        if given.date != expected {
            let date = given.date.clone();
            return Err(AuthError::ScopeDate { date, expected });
        }
        let host = one(head, "host", "Host")?.unwrap_or_default();
        let host = std::str::from_utf8(host).map_err(|_| AuthError::Mismatch)?;
        if !is_our_service(&given.service, host) {
            let service = given.service.clone();
            return Err(AuthError::ScopeService { service });
        }
        let (query, payload_hash) = match head.method.as_str() {
            "GET" => (head.query.as_str(), hex_sha256(&[])),
            _ => ("", HEXLOWER.encode(body_sha256)),
        };
        let blocks =
            header_blocks(&given.signed_headers, &head.headers, host).ok_or(AuthError::Mismatch)?;
        let fits = |headers: &HeaderBlock<'_>| {
            let request = canonical_request(&head.method, query, headers, &payload_hash);
            let text = string_to_sign(self.timestamp, &given.date, &given.service, &request);
            code(secret_key.expose(), &given.date, &given.service, &text)
                .verify_slice(&given.signature)
                .is_ok()
        };
        if blocks.iter().any(fits) {
            Ok(())
        } else {
            Err(AuthError::Mismatch)
        }
    }
}

/// The one value of a header; `shown` is its name for people.
fn one<'a>(
    head: &'a RequestHead,
    name: &str,
    shown: &'static str,
) -> Result<Option<&'a [u8]>, AuthError> {
    let value = head.headers.one(name);
    value.map_err(|_| AuthError::RepeatedHeader { name: shown })
}

/// Unix seconds in decimal digits, as text and as a number.
fn seconds(value: &[u8]) -> Option<(&str, u64)> {
    if value.is_empty() || !value.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let text = std::str::from_utf8(value).ok()?;
    Some((text, text.parse().ok()?))
}

/// The UTC calendar date of Unix seconds, as 2023-11-14.
pub(super) fn date_of(unix_s: i64) -> String {
    let mut text = Moment::from_unix_ms(unix_s.saturating_mul(1000)).to_string();
    text.truncate("2023-11-14".len());
    text
}
