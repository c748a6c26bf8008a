//! API keys: a public id and a secret with which requests are signed.

use crate::random::{Random, RandomError};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;
use zeroize::{Zeroize, Zeroizing};

/// What a secret id begins with.
const PREFIX: &str = "AKID";
/// The random characters of an id, and those of a key.
const LENGTH: usize = 32;
const ALPHABET: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
/// The largest multiple of the alphabet's length that bytes reach: larger bytes would prefer its
/// beginning.
const UNBIASED: u8 = 248;

/// The public half of an API key (the API's `SecretId`): `AKID` and 32 letters or digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SecretId(String);

impl SecretId {
    /// Draws a new id.
    ///
    /// # Errors
    /// [`RandomError`] when there are no random bytes.
    pub fn draw(random: &dyn Random) -> Result<SecretId, RandomError> {
        Ok(SecretId(format!("{PREFIX}{}", *draw_text(random)?)))
    }

    /// Takes `text` as an id; whether somebody holds it is another question.
    ///
    /// # Errors
    /// [`SecretIdError`] when it has not the form of one.
    pub fn parse(text: &str) -> Result<SecretId, SecretIdError> {
        let rest = text.strip_prefix(PREFIX).ok_or(SecretIdError::Prefix)?;
        let length = rest.chars().count();
        if length != LENGTH {
            return Err(SecretIdError::Length {
                characters: PREFIX.len() + length,
            });
        }
        match rest.chars().find(|c| !c.is_ascii_alphanumeric()) {
            Some(character) => Err(SecretIdError::Character { character }),
            None => Ok(SecretId(text.to_owned())),
        }
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SecretId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for SecretId {
    type Err = SecretIdError;

    fn from_str(text: &str) -> Result<SecretId, SecretIdError> {
        SecretId::parse(text)
    }
}

/// Why a text is no [`SecretId`]. It is not repeated: people paste secrets in the wrong field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SecretIdError {
    /// It does not begin with `AKID`.
    #[error("a secret id begins with {PREFIX}; copy it from the console as a whole")]
    Prefix,
    /// It has not 36 characters.
    #[error("a secret id has 36 characters, not {characters}; copy it from the console as a whole")]
    Length {
        /// The characters it has.
        characters: usize,
    },
    /// It has a character other than a letter or digit.
    #[error("a secret id has letters and digits only, not {character:?}")]
    Character {
        /// The first such character.
        character: char,
    },
}

/// The secret half of an API key (the API's `SecretKey`): 32 letters or digits, 190 bits.
///
/// Its memory is overwritten when it is dropped, and `Debug` does not show it.
#[derive(Clone)]
pub struct SecretKey(Zeroizing<String>);

impl SecretKey {
    /// Draws a new key.
    ///
    /// # Errors
    /// [`RandomError`] when there are no random bytes.
    pub fn draw(random: &dyn Random) -> Result<SecretKey, RandomError> {
        draw_text(random).map(SecretKey)
    }

    /// Takes a text that was kept as a key.
    ///
    /// # Errors
    /// [`SecretKeyError`] when it has not the form of one.
    pub fn parse(text: &str) -> Result<SecretKey, SecretKeyError> {
        if text.len() == LENGTH && text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            Ok(SecretKey(Zeroizing::new(text.to_owned())))
        } else {
            Err(SecretKeyError { bytes: text.len() })
        }
    }

    /// The key as text, to sign with, to seal, or to show its holder once.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey(..)")
    }
}

/// A text is no [`SecretKey`]. The text is not told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a secret key is 32 letters and digits; this text of {bytes} bytes is not")]
pub struct SecretKeyError {
    /// The bytes it has.
    pub bytes: usize,
}

/// 32 characters of the alphabet, each as likely as the others.
fn draw_text(random: &dyn Random) -> Result<Zeroizing<String>, RandomError> {
    // Never grows, so no copy stays behind in memory.
    let mut text = Zeroizing::new(String::with_capacity(LENGTH));
    let mut bytes = [0; LENGTH];
    while text.len() < LENGTH {
        random.fill(&mut bytes)?;
        let fair = bytes.iter().filter(|byte| **byte < UNBIASED);
        for byte in fair.take(LENGTH - text.len()) {
            text.push(char::from(ALPHABET[usize::from(*byte) % ALPHABET.len()]));
        }
    }
    bytes.zeroize();
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SeededRandom;
    use std::collections::BTreeMap;
    use std::sync::Mutex;

    /// Gives the bytes of a list, then zeros.
    struct Listed(Mutex<Vec<u8>>);

    impl Random for Listed {
        fn fill(&self, bytes: &mut [u8]) -> Result<(), RandomError> {
            let mut left = self.0.lock().unwrap();
            for byte in bytes {
                *byte = if left.is_empty() { 0 } else { left.remove(0) };
            }
            Ok(())
        }
    }

    #[test]
    fn drawn_ids_and_keys_have_their_form() {
        let random = SeededRandom::new(1);
        let mut ids = Vec::new();
        for _ in 0..100 {
            let id = SecretId::draw(&random).unwrap();
            assert_eq!(SecretId::parse(id.as_str()), Ok(id.clone()));
            let key = SecretKey::draw(&random).unwrap();
            assert_eq!(
                SecretKey::parse(key.expose()).unwrap().expose(),
                key.expose()
            );
            ids.push(id);
        }
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 100);
    }

    #[test]
    fn bytes_that_would_prefer_some_characters_are_passed_over() {
        let random = Listed(Mutex::new(vec![255, 248, 247, 61, 62, 1]));
        let key = SecretKey::draw(&random).unwrap();
        assert_eq!(key.expose(), format!("99AB{}", "A".repeat(28)));
    }

    #[test]
    fn every_character_comes() {
        let random = SeededRandom::new(2);
        let mut counts = BTreeMap::new();
        for _ in 0..200 {
            for character in SecretKey::draw(&random).unwrap().expose().chars() {
                *counts.entry(character).or_insert(0) += 1;
            }
        }
        assert_eq!(counts.len(), 62);
        // 6400 characters: 103 of each are expected, with a deviation of 10.
        assert!(
            counts.values().all(|count| (50..160).contains(count)),
            "{counts:?}"
        );
    }

    #[test]
    fn texts_that_are_no_ids() {
        let rest = "x".repeat(31);
        for (text, error) in [
            (String::new(), SecretIdError::Prefix),
            (format!("akid{rest}x"), SecretIdError::Prefix),
            (
                format!("AKID{rest}"),
                SecretIdError::Length { characters: 35 },
            ),
            (
                format!("AKID{rest}xx"),
                SecretIdError::Length { characters: 37 },
            ),
            (
                format!("AKID{rest}-"),
                SecretIdError::Character { character: '-' },
            ),
            (
                format!("AKID{rest}面"),
                SecretIdError::Character { character: '面' },
            ),
        ] {
            assert_eq!(SecretId::parse(&text), Err(error), "{text}");
        }
    }

    #[test]
    fn texts_that_are_no_keys() {
        for text in ["", "x", &"x".repeat(33), &"-".repeat(32), &"é".repeat(16)] {
            let error = SecretKey::parse(text).unwrap_err();
            assert_eq!(error, SecretKeyError { bytes: text.len() });
        }
    }

    #[test]
    fn a_key_is_not_shown() {
        let key = SecretKey::draw(&SeededRandom::new(3)).unwrap();
        assert_eq!(format!("{key:?}"), "SecretKey(..)");
    }
}
