//! The names of objects.

use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// The most bytes a key may have.
const MOST_BYTES: usize = 200;

/// The name of an object: segments of `[A-Za-z0-9._-]` with `/` between them.
///
/// No segment is empty, `.` or `..`, and a key has at most 200 bytes. A and a are two keys.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectKey(String);

impl ObjectKey {
    /// Takes `text` as a key.
    ///
    /// # Errors
    /// [`ObjectKeyError`] says what in it no key may have.
    pub fn parse(text: &str) -> Result<ObjectKey, ObjectKeyError> {
        if text.is_empty() {
            return Err(ObjectKeyError::Empty);
        }
        if text.len() > MOST_BYTES {
            return Err(ObjectKeyError::Long { bytes: text.len() });
        }
        for segment in text.split('/') {
            if matches!(segment, "" | "." | "..") {
                return Err(ObjectKeyError::Segment {
                    key: text.to_owned(),
                    segment: segment.to_owned(),
                });
            }
        }
        let allowed = |c: char| c.is_ascii_alphanumeric() || "._-/".contains(c);
        match text.chars().find(|c| !allowed(*c)) {
            Some(character) => Err(ObjectKeyError::Character {
                key: text.to_owned(),
                character,
            }),
            None => Ok(ObjectKey(text.to_owned())),
        }
    }

    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ObjectKey {
    type Err = ObjectKeyError;

    fn from_str(text: &str) -> Result<ObjectKey, ObjectKeyError> {
        ObjectKey::parse(text)
    }
}

impl fmt::Display for ObjectKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why a text is no [`ObjectKey`].
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ObjectKeyError {
    /// It has no characters.
    #[error("an object key is empty; give it at least one character")]
    Empty,
    /// It has more than 200 bytes.
    #[error("an object key has {bytes} bytes; shorten it to {MOST_BYTES}")]
    Long {
        /// The bytes it has.
        bytes: usize,
    },
    /// A segment is empty, `.` or `..`.
    #[error("the object key {key:?} has the segment {segment:?}; give the segment a name")]
    Segment {
        /// The text.
        key: String,
        /// The segment.
        segment: String,
    },
    /// A character stands in it that keys do not have.
    #[error(
        "the object key {key:?} has {character:?}; use letters a to z, digits, and . _ - between slashes"
    )]
    Character {
        /// The text.
        key: String,
        /// The first such character.
        character: char,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys() {
        let longest = "x".repeat(MOST_BYTES);
        for text in [
            "a",
            "a/b",
            "materials/300100/qc_300100_154021_1.jpg",
            "...",
            ".a/b.",
            "-/_",
            &longest,
        ] {
            let key = ObjectKey::parse(text).unwrap();
            assert_eq!(key.as_str(), text);
            assert_eq!(text.parse(), Ok(key));
        }
    }

    #[test]
    fn texts_that_are_no_keys() {
        let segment = |key: &str, segment: &str| ObjectKeyError::Segment {
            key: key.to_owned(),
            segment: segment.to_owned(),
        };
        let character = |key: &str, character| ObjectKeyError::Character {
            key: key.to_owned(),
            character,
        };
        for (text, error) in [
            ("", ObjectKeyError::Empty),
            ("/", segment("/", "")),
            ("/a", segment("/a", "")),
            ("a/", segment("a/", "")),
            ("a//b", segment("a//b", "")),
            (".", segment(".", ".")),
            ("..", segment("..", "..")),
            ("a/../b", segment("a/../b", "..")),
            ("a/./b", segment("a/./b", ".")),
            ("a b", character("a b", ' ')),
            ("a\\b", character("a\\b", '\\')),
            ("a+", character("a+", '+')),
            ("a\0", character("a\0", '\0')),
            ("素材", character("素材", '素')),
        ] {
            assert_eq!(ObjectKey::parse(text), Err(error), "{text:?}");
        }
        let long = "x".repeat(MOST_BYTES + 1);
        assert_eq!(
            ObjectKey::parse(&long),
            Err(ObjectKeyError::Long { bytes: 201 })
        );
    }
}
