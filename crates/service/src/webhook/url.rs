//! The addresses customers give for their letters.

use std::fmt;
use std::str::FromStr;
use thiserror::Error;
use ureq::http::Uri;

/// The most characters an address may have.
const MOST_CHARACTERS: usize = 500;

/// Where letters go: an `http` or `https` address with a host, of at most 500 characters, without
/// user name or password.
///
/// Whether the host may be reached is decided when it is, by [`super::AddressPolicy`]: names lead
/// elsewhere over time.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct WebhookUrl {
    text: String,
    host: String,
}

impl WebhookUrl {
    /// Takes `text` as an address.
    ///
    /// # Errors
    /// [`WebhookUrlError`] says why it cannot be one.
    pub fn parse(text: &str) -> Result<WebhookUrl, WebhookUrlError> {
        let characters = text.chars().count();
        if characters > MOST_CHARACTERS {
            return Err(WebhookUrlError::Long { characters });
        }
        // The very type the courier works with: two parsers could see two hosts in one text.
        let uri: Uri = text.parse().map_err(|_| WebhookUrlError::Form)?;
        match uri.scheme_str() {
            Some("http" | "https") => {}
            Some(scheme) => {
                return Err(WebhookUrlError::Scheme {
                    scheme: scheme.to_owned(),
                });
            }
            None => return Err(WebhookUrlError::Form),
        }
        let authority = uri.authority().ok_or(WebhookUrlError::Form)?;
        if authority.as_str().contains('@') {
            return Err(WebhookUrlError::Credentials);
        }
        let host = authority.host();
        if host.is_empty() {
            return Err(WebhookUrlError::Form);
        }
        let port = &authority.as_str()[host.len()..];
        let is_port = |text: &str| text.parse::<u16>().is_ok_and(|port| port > 0);
        if !port.is_empty() && !port.strip_prefix(':').is_some_and(is_port) {
            return Err(WebhookUrlError::Port {
                port: port.trim_start_matches(':').to_owned(),
            });
        }
        Ok(WebhookUrl {
            text: text.to_owned(),
            host: host.to_owned(),
        })
    }

    /// The address as it was given.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The name or number of the host; an IPv6 number in brackets.
    pub fn host(&self) -> &str {
        &self.host
    }
}

impl fmt::Display for WebhookUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl FromStr for WebhookUrl {
    type Err = WebhookUrlError;

    fn from_str(text: &str) -> Result<WebhookUrl, WebhookUrlError> {
        WebhookUrl::parse(text)
    }
}

/// Why a text is no [`WebhookUrl`]. The text is not repeated: it may hold a password.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum WebhookUrlError {
    /// It has more than 500 characters.
    #[error("a webhook address has {characters} characters; shorten it to {MOST_CHARACTERS}")]
    Long {
        /// The characters it has.
        characters: usize,
    },
    /// It is no address with a scheme and a host.
    #[error(
        "a webhook address has the form https://HOST/PATH; write spaces and letters beyond a to z as %XX, and a host's name as xn--"
    )]
    Form,
    /// It begins with something else than `http` and `https`.
    #[error("a webhook address begins with https:// or http://, not {scheme}:")]
    Scheme {
        /// What it begins with.
        scheme: String,
    },
    /// A user name or password stands in it.
    #[error("a webhook address must not have a user name or password; check the signature instead")]
    Credentials,
    /// The port is no number from 1 to 65535.
    #[error("the port {port:?} of a webhook address is none; use a number from 1 to 65535")]
    Port {
        /// What stands in its place.
        port: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        let longest = format!("https://example.org/{}", "x".repeat(480));
        for (text, host) in [
            ("https://example.org", "example.org"),
            ("HTTPS://Example.org/", "Example.org"),
            ("http://example.org:8080/hook?a=b&c=%20", "example.org"),
            ("https://192.0.2.1/hook", "192.0.2.1"),
            ("https://[2001:db8::1]:443/hook", "[2001:db8::1]"),
            ("https://example.org/a@b", "example.org"),
            ("https://xn--fiq228c.example/", "xn--fiq228c.example"),
            (&longest, "example.org"),
        ] {
            let url = WebhookUrl::parse(text).unwrap();
            assert_eq!((url.as_str(), url.host()), (text, host));
        }
    }

    #[test]
    fn texts_that_are_no_addresses() {
        use WebhookUrlError::{Credentials, Form, Long, Port, Scheme};
        let scheme = |scheme: &str| Scheme {
            scheme: scheme.to_owned(),
        };
        let port = |port: &str| Port {
            port: port.to_owned(),
        };
        let long = format!("https://example.org/{}", "x".repeat(481));
        for (text, error) in [
            ("", Form),
            ("/hook", Form),
            ("example.org", Form),
            ("example.org:443", Form),
            ("https:", Form),
            ("https://", Form),
            ("https:///hook", Form),
            ("https://:443/", Form),
            ("https://exa mple.org/", Form),
            ("https://example.org/\r\nX: y", Form),
            ("https://中文.example/", Form),
            ("ftp://example.org/", scheme("ftp")),
            ("file://example.org/", scheme("file")),
            ("https://ann@example.org/", Credentials),
            ("https://ann:word@example.org/", Credentials),
            ("https://@example.org/", Credentials),
            ("https://example.org:/", port("")),
            ("https://example.org:0/", port("0")),
            ("https://example.org:65536/", port("65536")),
            (&long, Long { characters: 501 }),
        ] {
            assert_eq!(WebhookUrl::parse(text), Err(error), "{text}");
        }
    }
}
