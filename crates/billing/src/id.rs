//! Identifiers of the things that are sold and metered.

use crate::as_text::serde_as_text;
use std::fmt;
use std::str::FromStr;

/// Why a text is no identifier.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{text}' is not {what}; they look like {example}")]
pub struct IdError {
    /// What was written.
    pub text: String,
    /// What was wanted.
    pub what: &'static str,
    /// How one looks.
    pub example: &'static str,
}

/// Defines identifiers that are positive whole numbers, written in decimal digits.
macro_rules! number_ids {
    ($($(#[$doc:meta])* $name:ident, $what:literal, $example:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u64);

        impl $name {
            /// From its number.
            pub const fn new(number: u64) -> $name {
                $name(number)
            }

            /// Its number.
            pub const fn number(self) -> u64 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<$name, IdError> {
                number(text)
                    .map($name)
                    .ok_or_else(|| IdError { text: text.to_owned(), what: $what, example: $example })
            }
        }

        serde_as_text!($name);
    )*};
}

number_ids! {
    /// A customer's account.
    AccountId, "an account", "100001";
    /// An activity; `ProjectId` on the wire.
    ActivityId, "an activity", "300100";
    /// A grant: a right to a number of calls.
    GrantId, "a grant", "42";
    /// An order.
    OrderId, "an order", "42";
    /// One period of a licence.
    LicenceId, "a licence", "42";
    /// A QPS upgrade.
    UpgradeId, "a QPS upgrade", "42";
    /// A month's bill.
    BillId, "a bill", "42";
}

/// A material: `qc_<activity>_<serial>_<number>`; `ModelId` on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MaterialId {
    /// The activity it belongs to.
    pub activity: ActivityId,
    /// Unique among all materials of a mien.
    pub serial: u64,
    /// Counts the materials of one activity from 1.
    pub number: u64,
}

/// A face of a material: `<material>_<index>`, the largest face being 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaceId {
    /// The material.
    pub material: MaterialId,
    /// From 1.
    pub index: u64,
}

impl fmt::Display for MaterialId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!(
            "qc_{}_{}_{}",
            self.activity, self.serial, self.number
        ))
    }
}

impl FromStr for MaterialId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<MaterialId, IdError> {
        let read = || match parts(text)?.as_slice() {
            &[activity, serial, number] => Some(MaterialId {
                activity: ActivityId(activity),
                serial,
                number,
            }),
            _ => None,
        };
        read().ok_or_else(|| IdError {
            text: text.to_owned(),
            what: "a material",
            example: "qc_300100_154021_1",
        })
    }
}

impl fmt::Display for FaceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}_{}", self.material, self.index))
    }
}

impl FromStr for FaceId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<FaceId, IdError> {
        let read = || match parts(text)?.as_slice() {
            &[activity, serial, number, index] => Some(FaceId {
                material: MaterialId {
                    activity: ActivityId(activity),
                    serial,
                    number,
                },
                index,
            }),
            _ => None,
        };
        read().ok_or_else(|| IdError {
            text: text.to_owned(),
            what: "a face of a material",
            example: "qc_300100_154021_1_1",
        })
    }
}

/// The numbers behind `qc_`.
fn parts(text: &str) -> Option<Vec<u64>> {
    text.strip_prefix("qc_")?.split('_').map(number).collect()
}

/// A positive number of at most 18 digits, without sign or leading zeros: one text for each id.
fn number(text: &str) -> Option<u64> {
    let plain = (1..=18).contains(&text.len())
        && !text.starts_with('0')
        && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

serde_as_text!(MaterialId, FaceId);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read_as_they_are_written() {
        let material: MaterialId = "qc_300100_154021_1".parse().unwrap();
        assert_eq!(material.activity, ActivityId::new(300_100));
        assert_eq!(material.to_string(), "qc_300100_154021_1");
        let face: FaceId = "qc_300100_154021_1_2".parse().unwrap();
        assert_eq!((face.material, face.index), (material, 2));
    }

    #[test]
    fn what_is_no_id_is_refused() {
        for text in ["", "0", "-1", "01", "1x", "１", "1234567890123456789"] {
            assert!(text.parse::<ActivityId>().is_err(), "{text}");
        }
        for text in [
            "",
            "qc_",
            "qc_1_2",
            "qc_1_2_3_4",
            "qc_1_02_3",
            "mt_1_2_3",
            "qc_1_2_x",
        ] {
            assert!(text.parse::<MaterialId>().is_err(), "{text}");
        }
    }
}
