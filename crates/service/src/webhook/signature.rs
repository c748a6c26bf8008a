//! The signature by which a receiver knows that a letter is ours.
//!
//! The header's value is `t=<Unix seconds>,v1=<HMAC-SHA256 in hexadecimal>`; the code covers
//! `<t>.<body>` (HMAC: H. Krawczyk, M. Bellare, R. Canetti, RFC 2104, 1997). The time keeps an old
//! letter from being replayed.

use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use thiserror::Error;
use zeroize::Zeroizing;

/// The bytes SHA-256 works on at once; HMAC keys are filled up to them.
const BLOCK_BYTES: usize = 64;

/// The header's value for `body`, signed with `secret` at `now_ms` (Unix milliseconds).
pub fn sign(body: &[u8], secret: &[u8], now_ms: i64) -> String {
    let time = now_ms.div_euclid(1000).to_string();
    let code = code(&time, body, secret).finalize().into_bytes();
    format!("t={time},v1={}", HEXLOWER.encode(&code))
}

/// Checks that the header's value is a signature of `body` with `secret`, made at most
/// `tolerance_ms` before or after `now_ms`.
///
/// Where the value has several codes `v1`, one must fit, so that a secret can be changed; other
/// parts are passed over. Codes are compared in constant time.
///
/// # Errors
/// [`SignatureError`] says why the letter must not be trusted.
pub fn verify(
    header: &str,
    body: &[u8],
    secret: &[u8],
    now_ms: i64,
    tolerance_ms: u64,
) -> Result<(), SignatureError> {
    let mut time = None;
    let mut codes = Vec::new();
    for part in header.split(',') {
        match part.trim_ascii().split_once('=') {
            Some(("t", text)) if time.is_none() => time = Some(text),
            Some(("t", _)) | None => return Err(form(header)),
            Some(("v1", text)) => codes.push(text),
            Some(_) => {}
        }
    }
    let time = time.ok_or_else(|| form(header))?;
    let signed_at_s: i64 = time.parse().map_err(|_| form(header))?;
    if codes.is_empty() {
        return Err(form(header));
    }
    let expected = code(time, body, secret);
    let fits = |text: &&str| {
        HEXLOWER_PERMISSIVE
            .decode(text.as_bytes())
            .is_ok_and(|given| expected.clone().verify_slice(&given).is_ok())
    };
    if !codes.iter().any(fits) {
        return Err(SignatureError::Mismatch);
    }
    let now_s = now_ms.div_euclid(1000);
    if now_s.abs_diff(signed_at_s).saturating_mul(1000) > tolerance_ms {
        return Err(SignatureError::Time { signed_at_s, now_s });
    }
    Ok(())
}

/// The authentication code of a letter, as far as it is computed.
fn code(time: &str, body: &[u8], secret: &[u8]) -> Hmac<Sha256> {
    // RFC 2104 makes a block of a key in this way.
    let mut block = Zeroizing::new([0; BLOCK_BYTES]);
    if secret.len() <= BLOCK_BYTES {
        block[..secret.len()].copy_from_slice(secret);
    } else {
        block[..32].copy_from_slice(&Sha256::digest(secret));
    }
    Hmac::<Sha256>::new((&*block).into())
        .chain_update(time)
        .chain_update(".")
        .chain_update(body)
}

fn form(header: &str) -> SignatureError {
    SignatureError::Form {
        header: header.to_owned(),
    }
}

/// Why a signature is not accepted.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SignatureError {
    /// The header's value has another form.
    #[error(
        "the signature {header:?} has not the form t=SECONDS,v1=HEX; pass the header as it came"
    )]
    Form {
        /// The value.
        header: String,
    },
    /// No code is that of this body and secret.
    #[error(
        "the signature does not fit; check the secret, and verify the body's bytes as they came"
    )]
    Mismatch,
    /// The letter is genuine, but too old or from the future.
    #[error(
        "the letter was signed at {signed_at_s}, too far from now, {now_s}; check the clock, or drop it as replayed"
    )]
    Time {
        /// When it was signed, in Unix seconds.
        signed_at_s: i64,
        /// The time it was compared with.
        now_s: i64,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW_MS: i64 = 1_800_000_000_999;
    const TOLERANCE_MS: u64 = 300_000;

    /// The codes were computed with Python's `hmac`.
    #[test]
    fn known_signatures() {
        let long = "k".repeat(65);
        let block = "k".repeat(64);
        for (secret, body, now_ms, expected) in [
            (
                "secret",
                "{}",
                1800000000999,
                "t=1800000000,v1=bb7079132825ac793cea8c013c1dd24d926b9b02132245b10588d9e5c0df70d7",
            ),
            (
                "",
                "",
                0,
                "t=0,v1=b849d5a581847b281957065739df36df2463d1977ea8d6e1e4e6cf33fadc68c3",
            ),
            (
                &long,
                "body 素材",
                1800000000000,
                "t=1800000000,v1=e1e06cceabb5dc12452edb6acf8abf2956c43e005ce48bb2c6bd51a5c8fdc1c3",
            ),
            (
                &block,
                "body",
                -1,
                "t=-1,v1=47158cc406111d901ca7e428826beccc8b32a82a01e584bafc933d2a622de2c8",
            ),
        ] {
            assert_eq!(sign(body.as_bytes(), secret.as_bytes(), now_ms), expected);
        }
    }

    #[test]
    fn signatures_are_accepted_within_the_tolerance() {
        let header = sign(b"{}", b"secret", NOW_MS);
        let at_s = NOW_MS / 1000;
        for (now_s, fits) in [
            (at_s, true),
            (at_s + 300, true),
            (at_s - 300, true),
            (at_s + 301, false),
            (at_s - 301, false),
            (i64::MAX / 1000, false),
        ] {
            let expected = match fits {
                true => Ok(()),
                false => Err(SignatureError::Time {
                    signed_at_s: at_s,
                    now_s,
                }),
            };
            let verified = verify(&header, b"{}", b"secret", now_s * 1000, TOLERANCE_MS);
            assert_eq!(verified, expected, "{now_s}");
        }
        let huge = sign(b"{}", b"secret", i64::MIN);
        assert!(verify(&huge, b"{}", b"secret", i64::MAX, TOLERANCE_MS).is_err());
    }

    #[test]
    fn what_was_not_signed_is_refused() {
        let header = sign(b"{}", b"secret", NOW_MS);
        let later = header.replace("t=1800000000", "t=1800000001");
        let short = &header[..header.len() - 2];
        for (header, body, secret) in [
            (&*header, &b"{ }"[..], &b"secret"[..]),
            (&header, b"{}", b"Secret"),
            (&header, b"{}", b""),
            (&later, b"{}", b"secret"),
            (short, b"{}", b"secret"),
            ("t=1800000000,v1=", b"{}", b"secret"),
            ("t=1800000000,v1=xyz", b"{}", b"secret"),
        ] {
            let verified = verify(header, body, secret, NOW_MS, TOLERANCE_MS);
            assert_eq!(verified, Err(SignatureError::Mismatch), "{header}");
        }
    }

    #[test]
    fn several_codes_and_other_parts() {
        let header = sign(b"{}", b"secret", NOW_MS);
        let (time, code) = header.split_once(',').unwrap();
        let other = "v1=00";
        for header in [
            format!("{time},{other},{code}"),
            format!("{time}, {code}, {other}"),
            format!("{code},{time}"),
            format!("{time},v0=1,{code},v2="),
        ] {
            let verified = verify(&header, b"{}", b"secret", NOW_MS, TOLERANCE_MS);
            assert_eq!(verified, Ok(()), "{header}");
        }
    }

    #[test]
    fn other_forms_are_refused() {
        let signed = sign(b"{}", b"secret", NOW_MS);
        let (time, code) = signed.split_once(',').unwrap();
        for header in [
            "",
            ",",
            time,
            code,
            &format!("{time},{time},{code}"),
            &format!("{time},{code},"),
            &format!("t=,{code}"),
            &format!("t=x,{code}"),
            &format!("t=99999999999999999999,{code}"),
            &format!("{time};{code}"),
        ] {
            assert_eq!(
                verify(header, b"{}", b"secret", NOW_MS, TOLERANCE_MS),
                Err(form(header)),
            );
        }
    }
}
