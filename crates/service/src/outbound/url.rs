//! The URLs that customers give, as one parser reads them for all.

use std::borrow::Cow;
use std::fmt;
use thiserror::Error;
use ureq::http::Uri;

/// An `http` or `https` URL with a host, without user name or password.
///
/// Letters beyond ASCII after the host are written as `%XX`, as browsers send them. Whether the host
/// may be reached is decided when it is, by [`super::AddressPolicy`]: names lead elsewhere over time.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct HttpUrl {
    text: String,
    host: String,
}

impl HttpUrl {
    /// Takes `text`, of at most `most_characters`, as a URL.
    ///
    /// # Errors
    /// [`HttpUrlError`] says why it cannot be one.
    pub fn parse(text: &str, most_characters: usize) -> Result<HttpUrl, HttpUrlError> {
        let characters = text.chars().count();
        if characters > most_characters {
            return Err(HttpUrlError::Long {
                characters,
                most: most_characters,
            });
        }
        let text = ascii(text);
        // The very type the client works with: two parsers could see two hosts in one text.
        let uri: Uri = text.parse().map_err(|_| HttpUrlError::Form)?;
        match uri.scheme_str() {
            Some("http" | "https") => {}
            Some(scheme) => {
                return Err(HttpUrlError::Scheme {
                    scheme: scheme.to_owned(),
                });
            }
            None => return Err(HttpUrlError::Form),
        }
        let authority = uri.authority().ok_or(HttpUrlError::Form)?;
        if authority.as_str().contains('@') {
            return Err(HttpUrlError::Credentials);
        }
        let host = authority.host();
        if host.is_empty() {
            return Err(HttpUrlError::Form);
        }
        let port = &authority.as_str()[host.len()..];
        let is_port = |text: &str| text.parse::<u16>().is_ok_and(|port| port > 0);
        if !port.is_empty() && !port.strip_prefix(':').is_some_and(is_port) {
            return Err(HttpUrlError::Port {
                port: port.trim_start_matches(':').to_owned(),
            });
        }
        Ok(HttpUrl {
            text: text.into_owned(),
            host: host.to_owned(),
        })
    }

    /// The URL that a redirect from this one leads to; `location` may be relative to it (RFC 3986,
    /// section 5.2).
    ///
    /// # Errors
    /// As [`HttpUrl::parse`].
    pub fn join(&self, location: &str, most_characters: usize) -> Result<HttpUrl, HttpUrlError> {
        let location = location.split('#').next().unwrap_or_default();
        let (scheme, rest) = self.text.split_once("://").ok_or(HttpUrlError::Form)?;
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(end);
        let end = path.find(['?', '#']).unwrap_or(path.len());
        let (path, query) = path.split_at(end);
        let query = query.split('#').next().unwrap_or_default();
        let text = if has_scheme(location) {
            location.to_owned()
        } else if location.starts_with("//") {
            format!("{scheme}:{location}")
        } else if location.starts_with('/') {
            format!("{scheme}://{authority}{}", without_dots(location))
        } else if location.starts_with('?') {
            format!("{scheme}://{authority}{path}{location}")
        } else if location.is_empty() {
            format!("{scheme}://{authority}{path}{query}")
        } else {
            let folder = path.rfind('/').map_or("/", |slash| &path[..=slash]);
            let joined = without_dots(&format!("{folder}{location}"));
            format!("{scheme}://{authority}{joined}")
        };
        HttpUrl::parse(&text, most_characters)
    }

    /// The URL.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The name or number of the host; an IPv6 number in brackets.
    pub fn host(&self) -> &str {
        &self.host
    }
}

/// Letters beyond ASCII after the host as `%XX`; the host's are left for the parser to refuse.
fn ascii(text: &str) -> Cow<'_, str> {
    let start = text.find("://").map_or(0, |scheme| scheme + 3);
    let end = text[start..].find(['/', '?', '#']);
    let Some(path) = end.map(|end| start + end).filter(|_| !text.is_ascii()) else {
        return Cow::Borrowed(text);
    };
    let mut encoded = text[..path].to_owned();
    for character in text[path..].chars() {
        if character.is_ascii() {
            encoded.push(character);
        } else {
            for byte in character.encode_utf8(&mut [0; 4]).bytes() {
                encoded += &format!("%{byte:02X}");
            }
        }
    }
    Cow::Owned(encoded)
}

/// Whether a reference says how it is reached, so that it stands for itself.
fn has_scheme(reference: &str) -> bool {
    let Some((scheme, _)) = reference.split_once(':') else {
        return false;
    };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

/// A path, with its query, whose segments `.` and `..` are resolved.
fn without_dots(path: &str) -> String {
    let end = path.find('?').unwrap_or(path.len());
    let (path, query) = path.split_at(end);
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/').skip(1) {
        match segment {
            "." => {}
            ".." => drop(segments.pop()),
            segment => segments.push(segment),
        }
    }
    // A folder stays one.
    let ending = match path.rsplit('/').next() {
        Some("." | "..") => "/",
        _ => "",
    };
    let joined: String = segments
        .iter()
        .map(|segment| format!("/{segment}"))
        .collect();
    format!("{joined}{ending}{query}")
}

impl fmt::Display for HttpUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Why a text is no [`HttpUrl`]. The text is not repeated: it may hold a password.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum HttpUrlError {
    /// It has more characters than are taken.
    #[error("the URL has {characters} characters; shorten it to {most}")]
    Long {
        /// The characters it has.
        characters: usize,
        /// The characters that are taken.
        most: usize,
    },
    /// It is no URL with a scheme and a host.
    #[error(
        "a URL has the form https://HOST/PATH; write spaces as %20, and a host beyond a to z as xn--"
    )]
    Form,
    /// It begins with something else than `http` and `https`.
    #[error("the URL begins with {scheme}:, not with https:// or http://")]
    Scheme {
        /// What it begins with.
        scheme: String,
    },
    /// A user name or password stands in it.
    #[error("the URL has a user name or password; leave them out")]
    Credentials,
    /// The port is no number from 1 to 65535.
    #[error("the port {port:?} of the URL is none; use a number from 1 to 65535")]
    Port {
        /// What stands in its place.
        port: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOST: usize = 60;

    #[test]
    fn urls() {
        let longest = format!("https://example.org/{}", "x".repeat(MOST - 20));
        for (text, written, host) in [
            ("https://example.org", "", "example.org"),
            ("HTTPS://Example.org/", "", "Example.org"),
            ("http://example.org:8080/a?a=b&c=%20", "", "example.org"),
            ("https://192.0.2.1/hook", "", "192.0.2.1"),
            ("https://[2001:db8::1]:443/hook", "", "[2001:db8::1]"),
            ("https://example.org/a@b", "", "example.org"),
            ("https://xn--fiq228c.example/", "", "xn--fiq228c.example"),
            (
                "https://img.example/人.jpg?é",
                "https://img.example/%E4%BA%BA.jpg?%C3%A9",
                "img.example",
            ),
            (&longest, "", "example.org"),
        ] {
            let url = HttpUrl::parse(text, MOST).unwrap();
            let written = if written.is_empty() { text } else { written };
            assert_eq!((url.as_str(), url.host()), (written, host));
        }
    }

    #[test]
    fn texts_that_are_no_urls() {
        use HttpUrlError::{Credentials, Form, Long, Port, Scheme};
        let scheme = |scheme: &str| Scheme {
            scheme: scheme.to_owned(),
        };
        let port = |port: &str| Port {
            port: port.to_owned(),
        };
        let long = format!("https://example.org/{}", "x".repeat(MOST - 19));
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
            ("https://example.org/a b", Form),
            ("https://example.org/\r\nX: y", Form),
            ("https://中文.example/", Form),
            ("https://中文.example/人", Form),
            ("ftp://example.org/", scheme("ftp")),
            ("file://example.org/", scheme("file")),
            ("https://ann@example.org/", Credentials),
            ("https://ann:word@example.org/", Credentials),
            ("https://@example.org/", Credentials),
            ("https://example.org:/", port("")),
            ("https://example.org:0/", port("0")),
            ("https://example.org:65536/", port("65536")),
            (
                &long,
                Long {
                    characters: 61,
                    most: MOST,
                },
            ),
        ] {
            assert_eq!(HttpUrl::parse(text, MOST), Err(error), "{text}");
        }
    }

    #[test]
    fn redirects_lead_from_where_they_are() {
        let from = |text: &str| HttpUrl::parse(text, MOST).unwrap();
        let base = "http://a.example:81/b/c?d=/e";
        for (base, location, expected) in [
            (base, "https://x.example/y", "https://x.example/y"),
            (base, "HTTP://x.example", "HTTP://x.example"),
            (base, "//x.example/y", "http://x.example/y"),
            (base, "/y/z?q", "http://a.example:81/y/z?q"),
            (base, "y?q#part", "http://a.example:81/b/y?q"),
            (base, "./y", "http://a.example:81/b/y"),
            (base, "../y/./z", "http://a.example:81/y/z"),
            (base, "../../../y", "http://a.example:81/y"),
            (base, "..", "http://a.example:81/"),
            (base, "/y/..?q=/../z", "http://a.example:81/?q=/../z"),
            (base, "?q=1", "http://a.example:81/b/c?q=1"),
            (base, "", "http://a.example:81/b/c?d=/e"),
            (base, "y:z", ""),
            (base, "y/z:1", "http://a.example:81/b/y/z:1"),
            (base, "http://ann@x.example/", ""),
            (base, "file:///etc/passwd", ""),
            (base, "//", ""),
            ("http://a.example", "y", "http://a.example/y"),
            ("http://a.example?q", "y", "http://a.example/y"),
            ("http://a.example#f", "?q", "http://a.example?q"),
        ] {
            let joined = from(base).join(location, MOST);
            let joined = joined.as_ref().map_or("", HttpUrl::as_str);
            assert_eq!(joined, expected, "{base} and {location}");
        }
        let long = "y".repeat(MOST);
        assert!(matches!(
            from(base).join(&long, MOST),
            Err(HttpUrlError::Long { .. })
        ));
    }
}
