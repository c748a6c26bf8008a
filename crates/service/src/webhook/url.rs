//! The addresses customers give for their letters.

use crate::outbound::{HttpUrl, HttpUrlError};
use std::fmt;
use std::str::FromStr;

/// The most characters an address may have.
const MOST_CHARACTERS: usize = 500;

/// Where letters go: an [`HttpUrl`] of at most 500 characters.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct WebhookUrl(HttpUrl);

impl WebhookUrl {
    /// Takes `text` as an address.
    ///
    /// # Errors
    /// [`HttpUrlError`] says why it cannot be one.
    pub fn parse(text: &str) -> Result<WebhookUrl, HttpUrlError> {
        HttpUrl::parse(text, MOST_CHARACTERS).map(WebhookUrl)
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The name or number of the host; an IPv6 number in brackets.
    pub fn host(&self) -> &str {
        self.0.host()
    }
}

impl fmt::Display for WebhookUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for WebhookUrl {
    type Err = HttpUrlError;

    fn from_str(text: &str) -> Result<WebhookUrl, HttpUrlError> {
        WebhookUrl::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_500_characters_at_most() {
        let text =
            |characters: usize| format!("https://example.org/{}", "x".repeat(characters - 20));
        let url = WebhookUrl::parse(&text(500)).unwrap();
        assert_eq!((url.as_str(), url.host()), (&*text(500), "example.org"));
        let long = HttpUrlError::Long {
            characters: 501,
            most: 500,
        };
        assert_eq!(WebhookUrl::parse(&text(501)), Err(long));
    }
}
