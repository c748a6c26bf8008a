//! A request before anything of it is believed.

use std::fmt;

/// What stands before the body of an HTTP request, as it came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequestHead {
    /// The method, such as `POST`.
    pub method: String,
    /// The path, such as `/`. Nothing depends on it: operations are chosen by headers.
    pub path: String,
    /// What follows the question mark, still encoded; empty without one.
    pub query: String,
    /// The headers.
    pub headers: Headers,
}

/// Headers in the order in which they came; a name may occur more than once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headers(Vec<(String, Vec<u8>)>);

/// A header that must be unambiguous occurs more than once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repeated;

impl Headers {
    /// Adds a header; its name is kept in lower case.
    pub fn add(&mut self, name: &str, value: impl Into<Vec<u8>>) {
        self.0.push((name.to_ascii_lowercase(), value.into()));
    }

    /// All values under `name` (lower case).
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a [u8]> {
        self.0
            .iter()
            .filter(move |(other, _)| other == name)
            .map(|(_, value)| value.as_slice())
    }

    /// The one value under `name` (lower case), without surrounding white space; `None` without one.
    ///
    /// # Errors
    /// [`Repeated`] when there are several: the first reader of an ambiguous request might see another
    /// one than the next.
    pub fn one(&self, name: &str) -> Result<Option<&[u8]>, Repeated> {
        let mut values = self.0.iter().filter(|(other, _)| other == name);
        let first = values.next().map(|(_, value)| value.trim_ascii());
        match values.next() {
            Some(_) => Err(Repeated),
            None => Ok(first),
        }
    }
}

impl<N: AsRef<str>, V: Into<Vec<u8>>> FromIterator<(N, V)> for Headers {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Headers {
        let mut headers = Headers::default();
        for (name, value) in pairs {
            headers.add(name.as_ref(), value);
        }
        headers
    }
}

/// What is known of a request's body once it was read to its end.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum BodySum {
    /// It has more bytes than the server keeps.
    TooLarge,
    /// It was kept.
    Whole {
        /// Its length.
        bytes: usize,
        /// SHA-256 of its bytes as they came.
        sha256: [u8; 32],
    },
}

impl fmt::Debug for BodySum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BodySum::TooLarge => f.write_str("TooLarge"),
            BodySum::Whole { bytes, .. } => write!(f, "Whole({bytes} bytes)"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_header_is_one() {
        let headers: Headers = [("Host", "a"), ("X-Twice", "1"), ("x-twice", "1")]
            .into_iter()
            .collect();
        assert_eq!(headers.one("host"), Ok(Some(&b"a"[..])));
        assert_eq!(headers.one("x-none"), Ok(None));
        assert_eq!(headers.one("x-twice"), Err(Repeated));
        assert_eq!(headers.all("x-twice").count(), 2);
    }
}
