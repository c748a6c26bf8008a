use super::{ALGORITHM, TERMINATOR};
use data_encoding::HEXLOWER;
use thiserror::Error;

/// The header `Authorization`, taken apart; nothing of it is believed yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorization {
    /// Whose key, as written.
    pub secret_id: String,
    /// The scope's date, as written.
    pub date: String,
    /// The scope's service, as written.
    pub service: String,
    /// Names of the signed headers, in lower case and in the order of signing.
    pub signed_headers: Vec<String>,
    /// The signature.
    pub signature: [u8; 32],
}

/// Why a value of `Authorization` cannot be read. The value is not repeated.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FormError {
    /// Another way of signing, or none (`SKIP`).
    #[error("the request is not signed with {ALGORITHM}; no other way of signing is accepted")]
    OtherAlgorithm,
    /// A part is absent, twice there or malformed.
    #[error(
        "{part} of the header Authorization is missing or malformed; it looks like \
         {ALGORITHM} Credential=ID/2023-11-14/facefusion/{TERMINATOR}, \
         SignedHeaders=content-type;host, Signature=64 hexadecimal digits"
    )]
    Part {
        /// Its name.
        part: &'static str,
    },
    /// A header that must be signed is not.
    #[error("the header {name} is not among SignedHeaders; sign content-type and host at least")]
    NotSigned {
        /// The header.
        name: &'static str,
    },
}

const CREDENTIAL: &str = "Credential";
const SIGNED_HEADERS: &str = "SignedHeaders";
const SIGNATURE: &str = "Signature";

impl Authorization {
    /// Takes the header's value apart. The three parts may stand in any order.
    ///
    /// # Errors
    /// [`FormError`] when it is not TC3, cannot be read, or does not sign content type and host.
    pub fn parse(value: &[u8]) -> Result<Authorization, FormError> {
        let text = std::str::from_utf8(value).map_err(|_| FormError::OtherAlgorithm)?;
        let rest = text
            .strip_prefix(ALGORITHM)
            .filter(|rest| rest.starts_with([' ', '\t']))
            .ok_or(FormError::OtherAlgorithm)?;
        let (secret_id, date, service) = credential(part(rest, CREDENTIAL)?)?;
        let signed_headers = signed_headers(part(rest, SIGNED_HEADERS)?)?;
        let signature = signature(part(rest, SIGNATURE)?)?;
        Ok(Authorization {
            secret_id: secret_id.to_owned(),
            date: date.to_owned(),
            service: service.to_owned(),
            signed_headers,
            signature,
        })
    }
}

/// The value of `name=value` among the parts between commas; there must be exactly one.
fn part<'a>(text: &'a str, name: &'static str) -> Result<&'a str, FormError> {
    let mut found = text
        .split(',')
        .filter_map(|part| part.trim_matches([' ', '\t']).split_once('='))
        .filter(|(other, _)| *other == name)
        .map(|(_, value)| value);
    match (found.next(), found.next()) {
        (Some(value), None) => Ok(value),
        _ => Err(FormError::Part { part: name }),
    }
}

/// Id, date and service of `id/date/service/tc3_request`.
fn credential(text: &str) -> Result<(&str, &str, &str), FormError> {
    let parts: Vec<&str> = text.split('/').collect();
    match parts.as_slice() {
        &[secret_id, date, service, TERMINATOR] => Ok((secret_id, date, service)),
        _ => Err(FormError::Part { part: CREDENTIAL }),
    }
}

fn signed_headers(text: &str) -> Result<Vec<String>, FormError> {
    let malformed = FormError::Part {
        part: SIGNED_HEADERS,
    };
    let mut names: Vec<String> = Vec::new();
    for name in text.split(';') {
        let plain = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_');
        let fits = !name.is_empty() && name.bytes().all(plain);
        // A name twice would let a short request ask for long work.
        if !fits || names.iter().any(|other| other == name) {
            return Err(malformed);
        }
        names.push(name.to_owned());
    }
    for name in ["content-type", "host"] {
        if !names.iter().any(|other| other == name) {
            return Err(FormError::NotSigned { name });
        }
    }
    Ok(names)
}

fn signature(text: &str) -> Result<[u8; 32], FormError> {
    HEXLOWER
        .decode(text.as_bytes())
        .ok()
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or(FormError::Part { part: SIGNATURE })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(credential: &str, signed: &str, signature: &str) -> String {
        format!(
            "TC3-HMAC-SHA256 Credential={credential}, SignedHeaders={signed}, Signature={signature}"
        )
    }

    #[test]
    fn the_parts_are_told_apart() {
        let hex = "0f".repeat(32);
        let text = value(
            "ID/2023-11-14/localhost:8080/tc3_request",
            "host;content-type",
            &hex,
        );
        let expected = Authorization {
            secret_id: "ID".to_owned(),
            date: "2023-11-14".to_owned(),
            service: "localhost:8080".to_owned(),
            signed_headers: vec!["host".to_owned(), "content-type".to_owned()],
            signature: [0x0f; 32],
        };
        assert_eq!(Authorization::parse(text.as_bytes()), Ok(expected.clone()));
        let packed = text.replace(", ", ",");
        assert_eq!(Authorization::parse(packed.as_bytes()), Ok(expected));
    }

    #[test]
    fn what_cannot_be_read() {
        let good = "ID/2023-11-14/facefusion/tc3_request";
        let hex = "0f".repeat(32);
        let part = |part| FormError::Part { part };
        let both = "content-type;host";
        let cases = [
            (String::new(), FormError::OtherAlgorithm),
            ("SKIP".to_owned(), FormError::OtherAlgorithm),
            ("Bearer x".to_owned(), FormError::OtherAlgorithm),
            (
                value(good, both, &hex).replace("TC3-HMAC-SHA256 ", "TC3-HMAC-SHA256"),
                FormError::OtherAlgorithm,
            ),
            ("TC3-HMAC-SHA256 ".to_owned(), part("Credential")),
            (
                value("ID/2023-11-14/facefusion", both, &hex),
                part("Credential"),
            ),
            (value("a/b/c/d/tc3_request", both, &hex), part("Credential")),
            (
                value("ID/2023-11-14/facefusion/aws4_request", both, &hex),
                part("Credential"),
            ),
            (value(good, "", &hex), part("SignedHeaders")),
            (
                value(good, "content-type;;host", &hex),
                part("SignedHeaders"),
            ),
            (
                value(good, "content-type;host;host", &hex),
                part("SignedHeaders"),
            ),
            (
                value(good, "Content-Type;Host", &hex),
                part("SignedHeaders"),
            ),
            (
                value(good, "host", &hex),
                FormError::NotSigned {
                    name: "content-type",
                },
            ),
            (
                value(good, "content-type", &hex),
                FormError::NotSigned { name: "host" },
            ),
            (value(good, both, &hex.to_uppercase()), part("Signature")),
            (value(good, both, &hex[2..]), part("Signature")),
            (
                value(good, both, &format!("{hex}, Signature={hex}")),
                part("Signature"),
            ),
        ];
        for (text, error) in cases {
            assert_eq!(Authorization::parse(text.as_bytes()), Err(error), "{text}");
        }
        assert_eq!(
            Authorization::parse(&[0xff]),
            Err(FormError::OtherAlgorithm)
        );
    }
}
