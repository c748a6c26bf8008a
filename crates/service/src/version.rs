//! Versions: what a change was made from, so that two who change the same lose nothing.

use crate::ServiceError;
use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

/// Bytes of a digest that make a version: two texts never meet by chance.
const VERSION_BYTES: usize = 12;

/// How whoever changes something expects to find it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Expected {
    /// In any state: the change is made upon whatever is there.
    #[default]
    Anything,
    /// Not there yet.
    Nothing,
    /// In this version.
    Version(String),
}

impl Expected {
    /// Refuses where what is there, if anything is, is not what was expected.
    pub(crate) fn check(
        &self,
        what: &'static str,
        present: Option<&str>,
    ) -> Result<(), ServiceError> {
        let fits = match self {
            Expected::Anything => true,
            Expected::Nothing => present.is_none(),
            Expected::Version(version) => present == Some(version),
        };
        match fits {
            true => Ok(()),
            false => Err(ServiceError::ChangedMeanwhile { what }),
        }
    }
}

/// The version of something that can be edited: a digest of what can be edited of it, so that nothing else
/// makes another.
pub(crate) fn version(parts: &[&str]) -> String {
    let mut digest = Sha256::new();
    for part in parts {
        // The length keeps two parts from passing for other two.
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part.as_bytes());
    }
    HEXLOWER.encode(&digest.finalize()[..VERSION_BYTES])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_expected_fits() {
        let one = version(&["a", "50"]);
        assert_eq!(one, version(&["a", "50"]));
        assert!(one != version(&["a5", "0"]) && one != version(&["a", "51"]));
        let of = |text: &str| Expected::Version(text.to_owned());
        for (expected, present, fits) in [
            (Expected::Anything, None, true),
            (Expected::Anything, Some("x"), true),
            (Expected::Nothing, None, true),
            (Expected::Nothing, Some("x"), false),
            (of("x"), Some("x"), true),
            (of("x"), Some("y"), false),
            (of("x"), None, false),
        ] {
            let told = expected.check("material", present);
            assert_eq!(told.is_ok(), fits, "{expected:?} {present:?}");
        }
    }
}
