//! Activities and their materials: what each state allows.

use crate::refusal::LockedChange;
use crate::{AccountId, ActivityId, Catalogue, Moment, Refusal, Standing};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Characters in the name of an activity.
pub const LONGEST_NAME: usize = 15;

/// Characters in the details of an activity.
const LONGEST_DETAILS: usize = 500;

/// The greatest degree: all template.
pub const LARGEST_DEGREE: u8 = 100;

/// A set of materials with one algorithm version and one material quota.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activity {
    /// Its id.
    pub id: ActivityId,
    /// Whose it is.
    pub account: AccountId,
    /// Its name, at most [`LONGEST_NAME`] characters.
    pub name: String,
    /// Free text.
    pub details: String,
    /// How faces are fused.
    pub algorithm: AlgorithmVersion,
    /// How many materials it may have; decides the licence package.
    pub quota: u64,
    /// When it was created.
    pub created: Moment,
}

/// The fusion effect of an activity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlgorithmVersion {
    /// The user's features in the template's geometry and light.
    #[default]
    Natural,
    /// Identity first.
    Likeness,
}

impl AlgorithmVersion {
    /// All versions.
    pub const ALL: [AlgorithmVersion; 2] = [AlgorithmVersion::Natural, AlgorithmVersion::Likeness];

    /// Its stable name.
    pub const fn name(self) -> &'static str {
        match self {
            AlgorithmVersion::Natural => "natural",
            AlgorithmVersion::Likeness => "likeness",
        }
    }
}

impl fmt::Display for AlgorithmVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for AlgorithmVersion {
    type Err = String;

    fn from_str(text: &str) -> Result<AlgorithmVersion, String> {
        AlgorithmVersion::ALL
            .into_iter()
            .find(|version| version.name() == text)
            .ok_or_else(|| format!("'{text}' is no algorithm version; choose natural or likeness"))
    }
}

/// A feature or shape degree, 0 (the user) ..= 100 (the template).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Degree(u8);

impl Degree {
    /// Half of each: the default.
    pub const HALF: Degree = Degree(50);

    /// From a whole number.
    pub fn new(degree: u64) -> Result<Degree, Refusal> {
        u8::try_from(degree)
            .ok()
            .filter(|&degree| degree <= LARGEST_DEGREE)
            .map(Degree)
            .ok_or(Refusal::DegreeOutOfRange { asked: degree })
    }

    /// As a number.
    pub const fn get(self) -> u8 {
        self.0
    }
}

/// What an edit of an activity changes; `None` leaves a thing as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActivityChange {
    /// Another name.
    pub name: Option<String>,
    /// Other details.
    pub details: Option<String>,
    /// Another algorithm version; unlicensed activities only.
    pub algorithm: Option<AlgorithmVersion>,
    /// Another material quota; unlicensed activities only.
    pub quota: Option<u64>,
}

impl ActivityChange {
    /// The activity after the change, or why it is not allowed. `materials` is how many there are.
    pub fn apply(
        self,
        standing: &Standing<'_>,
        catalogue: &Catalogue,
        materials: u64,
        now: Moment,
    ) -> Result<Activity, Refusal> {
        let mut activity = standing.activity.clone();
        if let Some(name) = self.name {
            check_activity_name(&name)?;
            activity.name = name;
        }
        if let Some(details) = self.details {
            check_details(&details)?;
            activity.details = details;
        }
        if let Some(algorithm) = self.algorithm.filter(|&other| other != activity.algorithm) {
            standing.check_unlocked(LockedChange::SwitchAlgorithm, now)?;
            activity.algorithm = algorithm;
        }
        if let Some(quota) = self.quota.filter(|&other| other != activity.quota) {
            standing.check_unlocked(LockedChange::SwitchQuota, now)?;
            check_quota(quota, catalogue)?;
            if materials > quota {
                return Err(Refusal::QuotaBelowMaterials { materials, quota });
            }
            activity.quota = quota;
        }
        Ok(activity)
    }
}

/// Whether a text can be the name of an activity.
pub fn check_activity_name(name: &str) -> Result<(), Refusal> {
    check_text(name)?;
    let length = name.chars().count();
    if name.trim().is_empty() {
        return Err(Refusal::NameEmpty { most: LONGEST_NAME });
    }
    if length > LONGEST_NAME {
        return Err(Refusal::NameTooLong {
            length,
            most: LONGEST_NAME,
        });
    }
    Ok(())
}

/// Whether a text can be the details of an activity.
pub fn check_details(details: &str) -> Result<(), Refusal> {
    let length = details.chars().count();
    if length > LONGEST_DETAILS {
        return Err(Refusal::DetailsTooLong {
            length,
            most: LONGEST_DETAILS,
        });
    }
    check_text(&details.replace(['\n', '\t'], " "))
}

fn check_text(text: &str) -> Result<(), Refusal> {
    match text.chars().find(|c| c.is_control()) {
        Some(control) => Err(Refusal::ControlCharacter {
            character: u32::from(control),
        }),
        None => Ok(()),
    }
}

/// Whether a licence package has this quota.
pub(crate) fn check_quota(quota: u64, catalogue: &Catalogue) -> Result<(), Refusal> {
    match catalogue.package_for(quota) {
        Some(_) => Ok(()),
        None => Err(Refusal::UnknownQuota {
            asked: quota,
            offered: catalogue.quotas(),
        }),
    }
}

impl Activity {
    /// Whether an activity can be created so, and for an account that has `existing` of at most `most`.
    pub fn check_new(
        name: &str,
        details: &str,
        quota: u64,
        catalogue: &Catalogue,
        existing: u32,
        most: u32,
    ) -> Result<(), Refusal> {
        check_activity_name(name)?;
        check_details(details)?;
        check_quota(quota, catalogue)?;
        if existing >= most {
            return Err(Refusal::TooManyActivities { most });
        }
        Ok(())
    }
}

/// Where a material is in its review; the numbers are the API's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MaterialStatus {
    /// 0: waits for the machine's review.
    InReview,
    /// 1: an operator passed it.
    PassedByPerson,
    /// 2: an operator rejected it.
    RejectedByPerson,
    /// 3: the customer appealed.
    Appealed,
    /// 11: the appeal was granted.
    AppealWon,
    /// 12: the appeal was refused.
    AppealLost,
    /// 21: the machine passed it.
    PassedByMachine,
    /// 22: the machine rejected it.
    RejectedByMachine,
}

impl MaterialStatus {
    /// All of them.
    pub const ALL: [MaterialStatus; 8] = [
        MaterialStatus::InReview,
        MaterialStatus::PassedByPerson,
        MaterialStatus::RejectedByPerson,
        MaterialStatus::Appealed,
        MaterialStatus::AppealWon,
        MaterialStatus::AppealLost,
        MaterialStatus::PassedByMachine,
        MaterialStatus::RejectedByMachine,
    ];

    /// The API's number.
    pub const fn code(self) -> u8 {
        match self {
            MaterialStatus::InReview => 0,
            MaterialStatus::PassedByPerson => 1,
            MaterialStatus::RejectedByPerson => 2,
            MaterialStatus::Appealed => 3,
            MaterialStatus::AppealWon => 11,
            MaterialStatus::AppealLost => 12,
            MaterialStatus::PassedByMachine => 21,
            MaterialStatus::RejectedByMachine => 22,
        }
    }

    /// From the API's number.
    pub fn from_code(code: u8) -> Option<MaterialStatus> {
        MaterialStatus::ALL
            .into_iter()
            .find(|status| status.code() == code)
    }

    /// Whether calls may use it.
    pub const fn is_usable(self) -> bool {
        matches!(
            self,
            MaterialStatus::PassedByPerson
                | MaterialStatus::AppealWon
                | MaterialStatus::PassedByMachine
        )
    }

    /// After a customer's appeal: only what the machine rejected can be appealed.
    pub fn appealed(self) -> Result<MaterialStatus, Refusal> {
        match self {
            MaterialStatus::RejectedByMachine => Ok(MaterialStatus::Appealed),
            other => Err(Refusal::WrongReviewState {
                status: other.code(),
                asked: "appealed",
                advice: "only a material that the machine rejected (22) can",
            }),
        }
    }

    /// After an operator's decision: on an appeal, or on what the machine decided before.
    pub fn decided(self, pass: bool) -> Result<MaterialStatus, Refusal> {
        match (self, pass) {
            (MaterialStatus::Appealed, true) => Ok(MaterialStatus::AppealWon),
            (MaterialStatus::Appealed, false) => Ok(MaterialStatus::AppealLost),
            (MaterialStatus::InReview, _) => Err(Refusal::WrongReviewState {
                status: self.code(),
                asked: "decided",
                advice: "wait for the machine's review",
            }),
            (_, true) => Ok(MaterialStatus::PassedByPerson),
            (_, false) => Ok(MaterialStatus::RejectedByPerson),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::DEFAULT_TEXT;
    use crate::licence::tests::{licence, moment};

    fn activity() -> Activity {
        Activity {
            id: ActivityId::new(300_100),
            account: AccountId::new(100_001),
            name: "春节".to_owned(),
            details: String::new(),
            algorithm: AlgorithmVersion::Natural,
            quota: 10,
            created: moment("2027-01-01T00:00:00+08:00"),
        }
    }

    #[test]
    fn names_have_one_to_fifteen_characters() {
        for (name, fits) in [
            ("春节海报活动二〇二七年正月初一", true),
            ("春节海报活动二〇二七年正月初一日", false),
            ("x", true),
            ("", false),
            ("  ", false),
            ("a\nb", false),
        ] {
            assert_eq!(check_activity_name(name).is_ok(), fits, "{name}");
        }
        assert!(check_details("two\nlines").is_ok());
        assert!(check_details("a\0b").is_err());
        assert!(check_details(&"x".repeat(501)).is_err());
    }

    #[test]
    fn a_licence_locks_algorithm_and_quota_but_not_the_name() {
        let catalogue = Catalogue::read(DEFAULT_TEXT).unwrap();
        let (activity, licences) = (activity(), [licence("2027-01-10", "2028-01-10", 10)]);
        let during = moment("2027-06-01T00:00:00+08:00");
        let after = moment("2028-01-10T00:00:00+08:00");
        let change = |algorithm: bool, quota: Option<u64>, name: Option<&str>| ActivityChange {
            name: name.map(str::to_owned),
            details: None,
            algorithm: algorithm.then_some(AlgorithmVersion::Likeness),
            quota,
        };
        let standing = Standing {
            activity: &activity,
            licences: &licences,
            upgrades: &[],
        };
        for (change, now, allowed) in [
            (change(true, None, None), during, false),
            (change(false, Some(30), None), during, false),
            // What does not change is no switch.
            (change(false, Some(10), Some("端午")), during, true),
            (change(true, Some(30), None), after, true),
            (change(false, Some(20), None), after, false),
        ] {
            let result = change.clone().apply(&standing, &catalogue, 3, now);
            assert_eq!(result.is_ok(), allowed, "{change:?}");
        }
        let refused = change(false, Some(10), None);
        let big = Activity {
            quota: 30,
            ..activity.clone()
        };
        let standing = Standing {
            activity: &big,
            licences: &[],
            upgrades: &[],
        };
        assert_eq!(
            refused.apply(&standing, &catalogue, 11, after),
            Err(Refusal::QuotaBelowMaterials {
                materials: 11,
                quota: 10
            })
        );
    }

    #[test]
    fn activities_are_limited_per_account() {
        let catalogue = Catalogue::read(DEFAULT_TEXT).unwrap();
        let check = |existing| Activity::check_new("春节", "", 10, &catalogue, existing, 20);
        assert_eq!(check(19), Ok(()));
        assert_eq!(check(20), Err(Refusal::TooManyActivities { most: 20 }));
    }

    #[test]
    fn review_states() {
        use MaterialStatus::*;
        assert_eq!(RejectedByMachine.appealed(), Ok(Appealed));
        for status in MaterialStatus::ALL {
            assert_eq!(MaterialStatus::from_code(status.code()), Some(status));
            assert_eq!(status.appealed().is_ok(), status == RejectedByMachine);
        }
        for (before, pass, after) in [
            (Appealed, true, Some(AppealWon)),
            (Appealed, false, Some(AppealLost)),
            (PassedByMachine, false, Some(RejectedByPerson)),
            (AppealLost, true, Some(PassedByPerson)),
            (InReview, true, None),
        ] {
            assert_eq!(before.decided(pass).ok(), after);
        }
    }
}
