use crate::{ActivityId, Day, Moment, Money};
use serde::Serialize;

/// Why something is not allowed, with the numbers that tell what to do.
///
/// The text says what is wrong, where, and what would help. `code` is stable for programs.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    // Calls.
    /// The account was stopped by the operator.
    #[error("the account is suspended; ask the operator")]
    AccountSuspended,
    /// A bill could not be paid.
    #[error(
        "the account is in arrears: {owed} yuan owed, balance {balance}; top up {short} yuan or more"
    )]
    InArrears {
        /// Sum of the unpaid bills.
        owed: Money,
        /// What the account holds.
        balance: Money,
        /// What is missing.
        short: Money,
    },
    /// No grant can pay: no licence, and the free calls are used up.
    #[error("activity {activity} has no licence and its {free} free calls are used; buy a licence")]
    NotEntitled {
        /// The activity.
        activity: ActivityId,
        /// Its free calls in all.
        free: u64,
    },
    /// More calls a second than bought.
    #[error("more than {qps} calls a second; try again in {retry_after_ms} ms or upgrade QPS")]
    OverQps {
        /// What is allowed now.
        qps: u32,
        /// When the next call would pass.
        retry_after_ms: u64,
    },
    /// The client token was used with another body.
    #[error("this client token was used for another call; use a new token for each call")]
    TokenReused,

    // Activities.
    /// A name without letters.
    #[error("the name is empty; write 1 to {most} characters")]
    NameEmpty {
        /// Characters allowed.
        most: usize,
    },
    /// A name that is too long.
    #[error("the name has {length} characters; at most {most} are allowed")]
    NameTooLong {
        /// Characters given.
        length: usize,
        /// Characters allowed.
        most: usize,
    },
    /// A character that no name or text may hold.
    #[error("the text holds the control character U+{character:04X}; remove it")]
    ControlCharacter {
        /// Its code point.
        character: u32,
    },
    /// A text that is too long.
    #[error("the details have {length} characters; at most {most} are allowed")]
    DetailsTooLong {
        /// Characters given.
        length: usize,
        /// Characters allowed.
        most: usize,
    },
    /// No licence package has this quota.
    #[error("there is no material quota of {asked}; choose one of {}", list(.offered))]
    UnknownQuota {
        /// The quota asked for.
        asked: u64,
        /// The catalogue's quotas.
        offered: Vec<u64>,
    },
    /// More materials than the new quota has room for.
    #[error(
        "the activity has {materials} materials, more than a quota of {quota}; delete some first"
    )]
    QuotaBelowMaterials {
        /// Materials there are.
        materials: u64,
        /// The quota asked for.
        quota: u64,
    },
    /// The account has as many activities as it may.
    #[error(
        "the account created {most} activities, as many as it may, deleted ones included; ask the operator for more"
    )]
    TooManyActivities {
        /// The account's limit.
        most: u32,
    },
    /// A licensed activity keeps its algorithm version and quota and cannot be deleted.
    #[error("a licensed activity cannot {}; its licence runs until {until}", .change.verb())]
    LockedByLicence {
        /// What was to be done.
        change: LockedChange,
        /// When the licence ends.
        until: Moment,
    },

    // Materials.
    /// The update window is closed.
    #[error("the materials are frozen since {since}; they change again with a renewed licence")]
    MaterialsFrozen {
        /// When the window closed.
        since: Moment,
    },
    /// No room for another material.
    #[error("the activity has {quota} materials, as many as its quota; delete one first")]
    QuotaFull {
        /// The quota.
        quota: u64,
    },
    /// A step of the review that the material's state does not allow.
    #[error("a material in state {status} cannot be {asked}; {advice}")]
    WrongReviewState {
        /// Its status code.
        status: u8,
        /// What was to be done.
        asked: &'static str,
        /// What can be done.
        advice: &'static str,
    },
    /// A degree outside 0..=100.
    #[error("a degree of {asked}; degrees go from 0 (the user) to 100 (the template)")]
    DegreeOutOfRange {
        /// The degree asked for.
        asked: u64,
    },

    // Purchases.
    /// A licence is bought once; after that it is renewed.
    #[error("the activity is licensed until {until}; renew the licence instead")]
    AlreadyLicensed {
        /// When the licence ends.
        until: Moment,
    },
    /// Only licensed activities get more QPS.
    #[error("the activity has no licence; buy one first")]
    NotLicensed,
    /// Shared packs need a licensed activity.
    #[error("no activity of the account is licensed; buy a licence before a pack")]
    NoLicensedActivity,
    /// No package for the activity's quota.
    #[error("no licence package has a quota of {quota}; change the quota to one of {}", list(.offered))]
    NoPackageForQuota {
        /// The activity's quota.
        quota: u64,
        /// The catalogue's quotas.
        offered: Vec<u64>,
    },
    /// The catalogue has no such pack.
    #[error("there is no pack '{asked}'; choose one of {}", .offered.join(", "))]
    UnknownPack {
        /// The pack asked for.
        asked: String,
        /// The catalogue's packs.
        offered: Vec<String>,
    },
    /// QPS come in steps.
    #[error("{asked} extra QPS cannot be bought; QPS come in steps of {step}")]
    NotAStep {
        /// QPS asked for.
        asked: u32,
        /// The catalogue's step.
        step: u32,
    },
    /// The first day is over.
    #[error("{first_day} is over; the first day can be {today} at the earliest")]
    StartsInThePast {
        /// The day asked for.
        first_day: Day,
        /// Today.
        today: Day,
    },
    /// The last day comes before the first.
    #[error("the last day {last_day} is before the first day {first_day}")]
    EndsBeforeItStarts {
        /// The first day asked for.
        first_day: Day,
        /// The last day asked for.
        last_day: Day,
    },
    /// A day beyond the window in which QPS are sold.
    #[error("{day} is too far ahead; the last day can be {last} at the latest")]
    TooFarAhead {
        /// The day asked for.
        day: Day,
        /// The last day on sale.
        last: Day,
    },
    /// A day on which the licence has ended.
    #[error("the licence ends before {day}; renew it first or choose days until {last}")]
    BeyondLicence {
        /// The day asked for.
        day: Day,
        /// The last licensed day.
        last: Day,
    },
    /// More QPS than one activity may have.
    #[error(
        "on {day} the activity would have {would_be} QPS, more than {ceiling}; for more ask the operator{}",
        contact_text(.contact)
    )]
    AboveCeiling {
        /// The first day that is too high.
        day: Day,
        /// QPS it would have.
        would_be: u64,
        /// The most an activity may have.
        ceiling: u32,
        /// How to reach the operator.
        contact: String,
    },
    /// Too little money.
    #[error(
        "the order costs {needed} yuan and the balance is {balance}; top up {short} yuan or more"
    )]
    BalanceTooLow {
        /// What is to be paid.
        needed: Money,
        /// What there is.
        balance: Money,
        /// What is missing.
        short: Money,
    },
    /// The price is not the one that was agreed to.
    #[error("the price is {now} yuan, not {agreed}; look at the new quote and order again")]
    PriceChanged {
        /// The price agreed to.
        agreed: Money,
        /// The price now.
        now: Money,
    },
    /// The order's key belongs to an order of other contents.
    #[error("the order key was used for another order; use a new key for each order")]
    OrderKeyReused,
    /// An amount that is not above zero.
    #[error("{amount} yuan cannot be credited; the amount must be above 0")]
    NotPositive {
        /// The amount given.
        amount: Money,
    },
    /// An amount beyond what one step may move.
    #[error("{amount} yuan is more than one step may move ({most} yuan)")]
    TooMuch {
        /// The amount given.
        amount: Money,
        /// The most.
        most: Money,
    },
}

/// What a licence forbids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LockedChange {
    /// Another algorithm version.
    SwitchAlgorithm,
    /// Another material quota.
    SwitchQuota,
    /// Deletion.
    Delete,
}

impl LockedChange {
    fn verb(self) -> &'static str {
        match self {
            LockedChange::SwitchAlgorithm => "switch its algorithm version",
            LockedChange::SwitchQuota => "switch its material quota",
            LockedChange::Delete => "be deleted",
        }
    }
}

fn list(numbers: &[u64]) -> String {
    let texts: Vec<String> = numbers.iter().map(u64::to_string).collect();
    texts.join(", ")
}

pub(crate) fn contact_text(contact: &str) -> String {
    if contact.is_empty() {
        String::new()
    } else {
        format!(" ({contact})")
    }
}
