use crate::Catalogue;
use crate::refusal::contact_text;
use serde::Serialize;

/// What one activity is going to need, the same every month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Need {
    /// Calls in each month, at most [`Need::MOST_CALLS`].
    pub calls_per_month: u64,
    /// Months to plan for, 1 to [`Need::MOST_MONTHS`].
    pub months: u32,
    /// Calls in the busiest second.
    pub peak_qps: u32,
    /// Days of a month on which the peak comes, at most 31.
    pub peak_days_per_month: u32,
    /// Materials; 0 counts as 1.
    pub materials: u64,
}

impl Need {
    /// The longest time to plan for: what a licence of 365 days runs.
    pub const MOST_MONTHS: u32 = 12;

    /// The most calls a month.
    pub const MOST_CALLS: u64 = 1_000_000_000_000;

    /// Days of a month where nothing else is said.
    pub const DAYS: u32 = 30;

    /// A need for twelve months with the peak on every day, taken as 30 in a month.
    pub const fn new(calls_per_month: u64, peak_qps: u32, materials: u64) -> Need {
        Need {
            calls_per_month,
            months: Need::MOST_MONTHS,
            peak_qps,
            peak_days_per_month: Need::DAYS,
            materials,
        }
    }

    /// Calls of all months.
    pub(super) fn calls(&self) -> u64 {
        self.calls_per_month.saturating_mul(self.months.into())
    }

    /// Materials, one at least.
    pub(super) fn materials(&self) -> u64 {
        self.materials.max(1)
    }

    /// Days of all months, twelve of which are 365.
    pub(super) fn days(&self) -> u32 {
        (self.months * 365).div_ceil(12)
    }

    /// Refuses what no plan can be made for, whatever is on sale.
    pub(super) fn check(&self, catalogue: &Catalogue) -> Result<(), PlanRefusal> {
        if !(1..=Need::MOST_MONTHS).contains(&self.months) {
            return Err(PlanRefusal::MonthsOutOfRange {
                asked: self.months,
                most: Need::MOST_MONTHS,
            });
        }
        if self.peak_days_per_month > 31 {
            return Err(PlanRefusal::PeakDaysOutOfRange {
                asked: self.peak_days_per_month,
                most: 31,
            });
        }
        if self.calls_per_month > Need::MOST_CALLS {
            return Err(PlanRefusal::TooManyCalls {
                asked: self.calls_per_month,
                most: Need::MOST_CALLS,
            });
        }
        let largest = catalogue.quotas().into_iter().max().unwrap_or(0);
        if self.materials() > largest {
            return Err(PlanRefusal::TooManyMaterials {
                asked: self.materials(),
                most: largest,
                contact: catalogue.contact.clone(),
            });
        }
        Ok(())
    }
}

/// Why there is no plan for a need. `code` is stable for programs.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum PlanRefusal {
    /// No month, or more than a plan looks ahead.
    #[error("a plan for {asked} months cannot be made; plan for 1 to {most}")]
    MonthsOutOfRange {
        /// Months asked for.
        asked: u32,
        /// The most.
        most: u32,
    },
    /// More days than a month has.
    #[error("a month has no {asked} days of peak; give 0 to {most}")]
    PeakDaysOutOfRange {
        /// Days asked for.
        asked: u32,
        /// The most.
        most: u32,
    },
    /// More calls than can be planned for.
    #[error("{asked} calls a month are more than can be planned for ({most})")]
    TooManyCalls {
        /// Calls a month asked for.
        asked: u64,
        /// The most.
        most: u64,
    },
    /// More materials than the largest quota.
    #[error(
        "{asked} materials are more than the largest quota of {most}; use several activities or ask the operator{}",
        contact_text(.contact)
    )]
    TooManyMaterials {
        /// Materials asked for.
        asked: u64,
        /// The largest quota.
        most: u64,
        /// How to reach the operator.
        contact: String,
    },
    /// A peak beyond what one activity can have.
    #[error(
        "a peak of {asked} QPS is more than the {ceiling} an activity can have; for more ask the operator{}",
        contact_text(.contact)
    )]
    AboveCeiling {
        /// QPS asked for.
        asked: u32,
        /// The most that can be had with a package for the materials.
        ceiling: u32,
        /// How to reach the operator.
        contact: String,
    },
    /// No fitting licence runs as long.
    #[error(
        "no fitting licence runs {months} months, the longest ends after {days} days; plan for fewer months"
    )]
    LongerThanLicences {
        /// Months asked for.
        months: u32,
        /// Days of the longest licence for the materials.
        days: u32,
    },
    /// The cost is beyond what can be counted.
    #[error("every plan costs more than can be counted; plan for fewer calls")]
    TooMuch,
}
