//! What can go wrong with a request, and how that is told: code, message in two languages, and whether
//! the call counts. [`ApiError`] is the one table; the tests hold `codes.txt` to it.

mod from_auth;
mod from_call;
mod from_refusal;
mod from_service;
mod picture;
pub(crate) mod refusal_chinese;
#[cfg(test)]
mod snapshot;
mod table;
mod why;

pub use picture::Picture;
pub use table::{ApiError, ROWS, Row};
pub use why::Why;
pub(crate) use why::url_chinese;

use crate::language::Language;
use std::fmt;

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Language::English))
    }
}

impl std::error::Error for ApiError {}

/// As much of a caller's own text as a message repeats.
pub(crate) fn shown(text: &str) -> String {
    const MOST: usize = 64;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
