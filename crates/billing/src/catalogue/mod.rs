//! What is for sale: a versioned data file, and what makes one valid.

mod difference;
mod fault;
mod place;
mod read;

pub use difference::{Difference, differences};
pub use fault::{CatalogueError, Fault};
pub use place::path_of_line;

use crate::{Money, UnitPrice};
use serde::{Deserialize, Serialize};

/// The catalogue that mien comes with, as a file.
pub const DEFAULT_TEXT: &str = include_str!("default.toml");

/// What is for sale, and on what terms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Catalogue {
    /// Tells one edition from the next; orders and bills name it.
    pub version: String,
    /// How a customer reaches the operator; may be empty.
    pub contact: String,
    /// What an activity has without paying.
    pub free: Free,
    /// Licence packages, by ascending quota; each quota once.
    pub licences: Vec<LicencePackage>,
    /// Extra requests a second.
    pub qps_upgrade: QpsTerms,
    /// Shared packs, by ascending number of calls.
    pub packs: Vec<Pack>,
    /// Tiers of the postpaid price, ascending, without gap or overlap, the last without end.
    pub postpaid: Vec<Tier>,
    /// When customers are told.
    pub notices: NoticeTerms,
}

/// What an activity has without paying.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Free {
    /// Calls, once.
    pub calls: u64,
    /// Calls a second while unlicensed.
    pub qps: u32,
}

/// A licence package: the yearly right to run one activity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LicencePackage {
    /// Stable name for programs.
    pub id: String,
    /// Name for people.
    pub name: Name,
    /// Calls in its pack.
    pub calls: u64,
    /// Fixed calls a second.
    pub qps: u32,
    /// The material quota it fits.
    pub materials: u64,
    /// Days in which materials may change, the day of purchase included.
    pub update_days: u32,
    /// Natural days it is valid, the day of purchase included.
    pub valid_days: u32,
    /// Its price.
    pub price: Money,
}

/// A name in the languages of the console.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Name {
    /// Simplified Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// On what terms extra QPS are sold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct QpsTerms {
    /// QPS come in multiples of this.
    pub step: u32,
    /// Price of one step for one day and activity.
    pub price: Money,
    /// The most an activity may have on a day.
    pub ceiling: u32,
    /// Days on sale, today included.
    pub window_days: u32,
}

/// A prepaid pack of calls, shared by the licensed activities of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pack {
    /// Stable name for programs.
    pub id: String,
    /// Calls.
    pub calls: u64,
    /// Natural days it is valid, the day of purchase included.
    pub valid_days: u32,
    /// Its price.
    pub price: Money,
}

/// A tier of the postpaid price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tier {
    /// The least number of calls in it, included.
    pub first: u64,
    /// The greatest number of calls in it, included; `None` has no end.
    pub last: Option<u64>,
    /// Price of each call of the month where the month's total lies in this tier.
    pub unit_price: UnitPrice,
}

/// When customers are told of what comes to an end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NoticeTerms {
    /// Percentages of a pack used, ascending.
    pub pack_used_percent: Vec<u8>,
    /// Days before the end of a licence, pack or window, descending.
    pub days_before_end: Vec<u32>,
}

impl Catalogue {
    /// Reads and validates a catalogue file (TOML); the error names every fault by its line.
    pub fn read(text: &str) -> Result<Catalogue, CatalogueError> {
        read::read(text)
    }

    /// The package for a material quota.
    pub fn package_for(&self, quota: u64) -> Option<&LicencePackage> {
        self.licences
            .iter()
            .find(|package| package.materials == quota)
    }

    /// The material quotas there are.
    pub fn quotas(&self) -> Vec<u64> {
        self.licences
            .iter()
            .map(|package| package.materials)
            .collect()
    }

    /// A pack by its id.
    pub fn pack(&self, id: &str) -> Option<&Pack> {
        self.packs.iter().find(|pack| pack.id == id)
    }

    /// The tier that a month's number of postpaid calls reaches; `None` for 0 calls.
    pub fn tier_of(&self, calls: u64) -> Option<&Tier> {
        self.postpaid.iter().find(|tier| {
            calls > 0 && calls >= tier.first && tier.last.is_none_or(|last| calls <= last)
        })
    }
}
