use super::canonical::{canonical_request, code, hex_sha256, string_to_sign};
use super::{ALGORITHM, SERVICE, TERMINATOR};
use data_encoding::HEXLOWER;
use hmac::Mac as _;

/// Signs requests as a client does: for tests, examples and the console's API explorer.
#[derive(Clone, Copy, Debug)]
pub struct Signer<'a> {
    /// Public half of the key.
    pub secret_id: &'a str,
    /// The service of the scope.
    pub service: &'a str,
}

/// A signature and the texts that lead to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// The canonical request.
    pub canonical_request: String,
    /// The text that the signature is of.
    pub string_to_sign: String,
    /// The value of `Authorization`.
    pub authorization: String,
}

impl<'a> Signer<'a> {
    /// For the service's own name.
    pub fn new(secret_id: &'a str) -> Signer<'a> {
        Signer {
            secret_id,
            service: SERVICE,
        }
    }

    /// The value of `Authorization` for a request made at `timestamp` (Unix seconds, as in
    /// `X-TC-Timestamp`). `headers` are those to sign, names in lower case; content type and host must be
    /// among them. `body` is not looked at for GET.
    pub fn authorization(
        &self,
        secret_key: &str,
        timestamp: i64,
        method: &str,
        query: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> String {
        let payload = if method == "GET" { &[] } else { body };
        self.authorization_of_hash(
            secret_key,
            timestamp,
            method,
            query,
            headers,
            &hex_sha256(payload),
        )
    }

    /// As [`Signer::authorization`], with the texts that lead to it.
    pub fn signed(
        &self,
        secret_key: &str,
        timestamp: i64,
        method: &str,
        query: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Signed {
        let payload = if method == "GET" { &[] } else { body };
        let hash = hex_sha256(payload);
        self.signed_of_hash(secret_key, timestamp, method, query, headers, &hash)
    }

    /// As [`Signer::authorization`], with the body's hash in place of the body.
    pub(super) fn authorization_of_hash(
        &self,
        secret_key: &str,
        timestamp: i64,
        method: &str,
        query: &str,
        headers: &[(&str, &str)],
        payload_hash: &str,
    ) -> String {
        self.signed_of_hash(secret_key, timestamp, method, query, headers, payload_hash)
            .authorization
    }

    fn signed_of_hash(
        &self,
        secret_key: &str,
        timestamp: i64,
        method: &str,
        query: &str,
        headers: &[(&str, &str)],
        payload_hash: &str,
    ) -> Signed {
        let query = if method == "GET" { query } else { "" };
        let block: Vec<(&str, Vec<u8>)> = headers
            .iter()
            .map(|(name, value)| (*name, value.as_bytes().to_vec()))
            .collect();
        let names: Vec<&str> = headers.iter().map(|(name, _)| *name).collect();
        let date = super::verify::date_of(timestamp);
        let request = canonical_request(method, query, &block, payload_hash);
        let text = string_to_sign(&timestamp.to_string(), &date, self.service, &request);
        let signature = code(secret_key, &date, self.service, &text).finalize();
        let authorization = format!(
            "{ALGORITHM} Credential={}/{date}/{}/{TERMINATOR}, SignedHeaders={}, Signature={}",
            self.secret_id,
            self.service,
            names.join(";"),
            HEXLOWER.encode(&signature.into_bytes())
        );
        Signed {
            canonical_request: String::from_utf8_lossy(&request).into_owned(),
            string_to_sign: text,
            authorization,
        }
    }
}
