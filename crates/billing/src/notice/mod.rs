//! What customers are told, in the console and through their webhooks, and when it is due.
//!
//! A notice has a key that is the same whenever the same event is found again: stored under it once, it
//! is told once, however often [`due`] is asked.

mod due;
mod text;

pub use due::{DueInput, due};

use crate::{ActivityId, GrantId, GrantKind, MaterialId, MaterialStatus, Moment, Money, Month};
use serde::{Deserialize, Serialize};

/// Something that a customer is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "notice", rename_all = "snake_case")]
pub enum Notice {
    /// A part of a grant's calls is used.
    PackUsed {
        /// The grant.
        grant: GrantId,
        /// What it comes from.
        kind: GrantKind,
        /// The only activity it pays for; `None` for a shared pack.
        activity: Option<ActivityId>,
        /// The threshold reached.
        percent: u8,
        /// Calls used when it was noticed.
        used: u64,
        /// Calls in all.
        total: u64,
    },
    /// A licence comes to its end, renewals included.
    LicenceEnds {
        /// The activity.
        activity: ActivityId,
        /// The first moment after it.
        ends: Moment,
        /// The threshold reached: not more than so many days are left, today included.
        days_left: u32,
    },
    /// A grant comes to its end with calls left.
    PackEnds {
        /// The grant.
        grant: GrantId,
        /// What it comes from.
        kind: GrantKind,
        /// The only activity it pays for; `None` for a shared pack.
        activity: Option<ActivityId>,
        /// Calls left when it was noticed.
        left: u64,
        /// The first moment after it.
        ends: Moment,
        /// The threshold reached: not more than so many days are left, today included.
        days_left: u32,
    },
    /// The materials of an activity will be frozen.
    WindowEnds {
        /// The activity.
        activity: ActivityId,
        /// The first moment in which they are.
        ends: Moment,
        /// The threshold reached: not more than so many days are left, today included.
        days_left: u32,
    },
    /// A bill could not be paid: calls are refused.
    InArrears {
        /// The month of the bill.
        month: Month,
        /// Sum of the unpaid bills.
        owed: Money,
        /// What the account holds.
        balance: Money,
        /// What is missing.
        short: Money,
    },
    /// Every bill is paid: calls are served again.
    ServiceRestored {
        /// The month of the last bill that was unpaid.
        month: Month,
        /// What was paid.
        paid: Money,
    },
    /// The review of a material came to a decision.
    MaterialDecided {
        /// The material.
        material: MaterialId,
        /// Its state now.
        status: MaterialStatus,
        /// Why, in plain words; may be empty.
        reason: String,
        /// The same in English where the machine decided; empty where a person wrote it.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason_en: String,
        /// When it was decided: a material can be decided on more than once.
        at: Moment,
    },
    /// The bill of a month was drawn.
    BillDrawn {
        /// The month.
        month: Month,
        /// Postpaid calls.
        calls: u64,
        /// What they cost.
        amount: Money,
        /// Whether the balance paid it.
        paid: bool,
    },
}

impl Notice {
    /// The same for the same event for ever, and another for another event of the account.
    pub fn key(&self) -> String {
        match self {
            Notice::PackUsed { grant, percent, .. } => format!("pack-used:{grant}:{percent}"),
            Notice::LicenceEnds {
                activity,
                ends,
                days_left,
            } => format!("licence-ends:{activity}:{}:{days_left}", ends.unix_ms()),
            Notice::PackEnds {
                grant,
                ends,
                days_left,
                ..
            } => format!("pack-ends:{grant}:{}:{days_left}", ends.unix_ms()),
            Notice::WindowEnds {
                activity,
                ends,
                days_left,
            } => format!("window-ends:{activity}:{}:{days_left}", ends.unix_ms()),
            Notice::InArrears { month, .. } => format!("in-arrears:{month}"),
            Notice::ServiceRestored { month, .. } => format!("service-restored:{month}"),
            Notice::MaterialDecided {
                material,
                status,
                at,
                ..
            } => format!(
                "material-decided:{material}:{}:{}",
                status.code(),
                at.unix_ms()
            ),
            Notice::BillDrawn { month, .. } => format!("bill-drawn:{month}"),
        }
    }
}

#[cfg(test)]
mod tests;
