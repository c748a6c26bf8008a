//! The texts that are hashed and signed, and the keys that sign them.

use super::{ALGORITHM, TERMINATOR};
use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};

/// The bytes SHA-256 works on at once; HMAC keys are filled up to them (RFC 2104, 1997).
const BLOCK_BYTES: usize = 64;

/// The canonical request. `headers` are the signed ones, in the order of signing; the path is always `/`.
pub(super) fn canonical_request(
    method: &str,
    query: &str,
    headers: &[(&str, Vec<u8>)],
    payload_hash: &str,
) -> Vec<u8> {
    let mut text = format!("{method}\n/\n{query}\n").into_bytes();
    for (name, value) in headers {
        text.extend_from_slice(name.as_bytes());
        text.push(b':');
        text.extend_from_slice(value);
        text.push(b'\n');
    }
    let names: Vec<&str> = headers.iter().map(|(name, _)| *name).collect();
    text.extend_from_slice(format!("\n{}\n{payload_hash}", names.join(";")).as_bytes());
    text
}

/// The text that the signature is of.
pub(super) fn string_to_sign(
    timestamp: &str,
    date: &str,
    service: &str,
    canonical_request: &[u8],
) -> String {
    let hash = hex_sha256(canonical_request);
    format!("{ALGORITHM}\n{timestamp}\n{date}/{service}/{TERMINATOR}\n{hash}")
}

/// The code of `text` under the key derived for a date and a service, ready to be compared.
pub(super) fn code(secret_key: &str, date: &str, service: &str, text: &str) -> Hmac<Sha256> {
    let key = signing_key(secret_key, date, service);
    keyed(&key).chain_update(text)
}

/// The key for a date and a service: three codes, each the next one's key.
pub(super) fn signing_key(secret_key: &str, date: &str, service: &str) -> [u8; 32] {
    let of = |key: &[u8], text: &str| {
        <[u8; 32]>::from(keyed(key).chain_update(text).finalize().into_bytes())
    };
    let for_date = of(format!("TC3{secret_key}").as_bytes(), date);
    let for_service = of(&for_date, service);
    of(&for_service, TERMINATOR)
}

fn keyed(key: &[u8]) -> Hmac<Sha256> {
    let mut block = [0; BLOCK_BYTES];
    if key.len() <= BLOCK_BYTES {
        block[..key.len()].copy_from_slice(key);
    } else {
        block[..32].copy_from_slice(&Sha256::digest(key));
    }
    Hmac::<Sha256>::new(&block.into())
}

pub(super) fn hex_sha256(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}
