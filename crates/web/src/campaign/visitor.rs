use crate::console::Problem;
use crate::server::Shared;
use axum::http::HeaderMap;
use axum::http::header::COOKIE;
use data_encoding::BASE32_NOPAD;
use service::random::{OsRandom, Random as _};

/// The cookie that tells a visitor of a page from the others.
const COOKIE_NAME: &str = "mien_visitor";

/// Days that it lasts.
const DAYS: u32 = 30;

/// Random bytes in it: 160 bits.
const RANDOM_BYTES: usize = 20;

/// What the visitor's cookie says; `None` where it has none of ours.
pub(super) fn cookie(headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get_all(COOKIE).into_iter();
    let cookies = cookies.filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|value| value.split(';'));
    pairs.find_map(|pair| {
        let (name, value) = pair.trim().split_once('=')?;
        let is_ours = name == COOKIE_NAME && value.len() == RANDOM_BYTES * 8 / 5;
        (is_ours && value.bytes().all(|b| b.is_ascii_alphanumeric())).then(|| value.to_owned())
    })
}

/// A new visitor.
pub(super) fn draw() -> Result<String, Problem> {
    let mut bytes = [0; RANDOM_BYTES];
    let drawn = OsRandom.fill(&mut bytes);
    drawn.map_err(|error| Problem::internal(&error.to_string()))?;
    Ok(BASE32_NOPAD.encode(&bytes).to_ascii_lowercase())
}

/// The header that makes a browser keep who it is, for this page alone.
pub(super) fn set_cookie(shared: &Shared, slug: &str, visitor: &str) -> String {
    let url = shared.config().public_url.as_deref().unwrap_or_default();
    let secure = if url.starts_with("https:") {
        "; Secure"
    } else {
        ""
    };
    let age_s = DAYS * 24 * 3600;
    format!(
        "{COOKIE_NAME}={visitor}; Path=/c/{slug}; Max-Age={age_s}; HttpOnly; SameSite=Strict{secure}"
    )
}
