//! The record of a call.

use crate::as_text::serde_as_text;
use crate::{AccountId, ActivityId, Digest, GrantId, IdError, MaterialId, Moment};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The id of a call: 16 bytes, written as a UUID.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CallId(pub [u8; 16]);

impl fmt::Display for CallId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, byte) in self.0.iter().enumerate() {
            if [4, 6, 8, 10].contains(&index) {
                f.write_str("-")?;
            }
            write!(f, "{byte:02x}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for CallId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for CallId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<CallId, IdError> {
        let error = || IdError {
            text: text.to_owned(),
            what: "a call",
            example: "1b4e28ba-2fa1-41d2-883f-0016d3cca427",
        };
        let hex = text.replace('-', "");
        let bytes = data_encoding::HEXLOWER.decode(hex.as_bytes());
        let id = bytes
            .ok()
            .and_then(|bytes| bytes.try_into().ok())
            .map(CallId);
        id.filter(|id| id.to_string() == text).ok_or_else(error)
    }
}

/// How a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// In a picture.
    Fused,
    /// The user's picture cannot be decoded.
    Undecodable,
    /// The user's picture is too large or too small.
    BadSize,
    /// The user's picture cannot be fetched.
    NotFetched,
    /// The user's picture has no face.
    NoFace,
    /// The face is too small.
    FaceTooSmall,
    /// The face is cut by the border.
    FaceCut,
    /// The face cannot be fused for another reason that lies in the picture.
    Unfusable,
    /// The service failed; nobody is charged.
    ServiceFailed,
}

impl Outcome {
    /// All outcomes.
    pub const ALL: [Outcome; 9] = [
        Outcome::Fused,
        Outcome::Undecodable,
        Outcome::BadSize,
        Outcome::NotFetched,
        Outcome::NoFace,
        Outcome::FaceTooSmall,
        Outcome::FaceCut,
        Outcome::Unfusable,
        Outcome::ServiceFailed,
    ];

    /// Whether a call that ended so counts: in a picture, or in a failure the user's input caused.
    pub const fn is_charged(self) -> bool {
        !matches!(self, Outcome::ServiceFailed)
    }

    /// A stable number for storage and digests.
    pub const fn code(self) -> u8 {
        match self {
            Outcome::Fused => 0,
            Outcome::Undecodable => 1,
            Outcome::BadSize => 2,
            Outcome::NotFetched => 3,
            Outcome::NoFace => 4,
            Outcome::FaceTooSmall => 5,
            Outcome::FaceCut => 6,
            Outcome::Unfusable => 7,
            Outcome::ServiceFailed => 100,
        }
    }

    /// From the stable number.
    pub fn from_code(code: u8) -> Option<Outcome> {
        Outcome::ALL
            .into_iter()
            .find(|outcome| outcome.code() == code)
    }

    /// A stable name for programs.
    pub const fn name(self) -> &'static str {
        match self {
            Outcome::Fused => "fused",
            Outcome::Undecodable => "undecodable",
            Outcome::BadSize => "bad_size",
            Outcome::NotFetched => "not_fetched",
            Outcome::NoFace => "no_face",
            Outcome::FaceTooSmall => "face_too_small",
            Outcome::FaceCut => "face_cut",
            Outcome::Unfusable => "unfusable",
            Outcome::ServiceFailed => "service_failed",
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Outcome {
    type Err = String;

    fn from_str(text: &str) -> Result<Outcome, String> {
        Outcome::ALL
            .into_iter()
            .find(|outcome| outcome.name() == text)
            .ok_or_else(|| format!("'{text}' is no outcome of a call"))
    }
}

/// What paid for a call; written `grant:42`, `postpaid` or `nobody`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChargedTo {
    /// A grant.
    Grant(GrantId),
    /// The month's bill.
    Postpaid,
    /// Nothing: the service failed.
    Nobody,
}

impl ChargedTo {
    /// A stable number for storage and digests: the grant's, 0 for nobody, -1 for postpaid.
    pub const fn code(self) -> i64 {
        match self {
            ChargedTo::Grant(grant) => grant.number() as i64,
            ChargedTo::Nobody => 0,
            ChargedTo::Postpaid => -1,
        }
    }

    /// From the stable number.
    pub fn from_code(code: i64) -> Option<ChargedTo> {
        match code {
            -1 => Some(ChargedTo::Postpaid),
            0 => Some(ChargedTo::Nobody),
            grant => u64::try_from(grant)
                .ok()
                .map(|grant| ChargedTo::Grant(GrantId::new(grant))),
        }
    }
}

impl fmt::Display for ChargedTo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ChargedTo::Grant(grant) => write!(f, "grant:{grant}"),
            ChargedTo::Postpaid => f.write_str("postpaid"),
            ChargedTo::Nobody => f.write_str("nobody"),
        }
    }
}

impl FromStr for ChargedTo {
    type Err = String;

    fn from_str(text: &str) -> Result<ChargedTo, String> {
        let grant = |text: &str| text.strip_prefix("grant:")?.parse().ok();
        match text {
            "postpaid" => Ok(ChargedTo::Postpaid),
            "nobody" => Ok(ChargedTo::Nobody),
            _ => grant(text).map(ChargedTo::Grant).ok_or_else(|| {
                format!(
                    "'{text}' is nothing a call is charged to; write grant:42, postpaid or nobody"
                )
            }),
        }
    }
}

/// A row of the call log. Rows of an account are numbered from 1 without gaps, in the order of time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallRow {
    /// Whose call.
    pub account: AccountId,
    /// Its number in the account's log.
    pub seq: u64,
    /// Its id.
    pub id: CallId,
    /// When it was charged.
    pub at: Moment,
    /// The activity.
    pub activity: ActivityId,
    /// The material; `None` where the template came with the call.
    pub material: Option<MaterialId>,
    /// How it ended.
    pub outcome: Outcome,
    /// What paid.
    pub charged_to: ChargedTo,
    /// Digest of this row and, through the row before it, of all rows before.
    pub digest: Digest,
}

serde_as_text!(CallId, Outcome, ChargedTo);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_forms_read_back() {
        let id = CallId([
            0x1b, 0x4e, 0x28, 0xba, 0x2f, 0xa1, 0x41, 0xd2, 0x88, 0x3f, 0, 0x16, 0xd3, 0xcc, 0xa4,
            0x27,
        ]);
        assert_eq!(id.to_string(), "1b4e28ba-2fa1-41d2-883f-0016d3cca427");
        assert_eq!(id.to_string().parse(), Ok(id));
        assert!(
            "1b4e28ba2fa141d2883f0016d3cca427"
                .parse::<CallId>()
                .is_err()
        );
        for outcome in Outcome::ALL {
            assert_eq!(outcome.name().parse(), Ok(outcome));
            assert_eq!(Outcome::from_code(outcome.code()), Some(outcome));
        }
        for payer in [
            ChargedTo::Nobody,
            ChargedTo::Postpaid,
            ChargedTo::Grant(GrantId::new(7)),
        ] {
            assert_eq!(payer.to_string().parse(), Ok(payer));
            assert_eq!(ChargedTo::from_code(payer.code()), Some(payer));
        }
        assert!("grant:0".parse::<ChargedTo>().is_err());
    }

    #[test]
    fn only_failures_of_the_service_are_free() {
        for outcome in Outcome::ALL {
            assert_eq!(outcome.is_charged(), outcome != Outcome::ServiceFailed);
        }
    }
}
