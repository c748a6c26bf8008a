//! What to buy for a need: licence, QPS days and packs, beside postpaid calls, at the least cost.
//!
//! A plan buys one licence and its packs at the start; months are paid in order by the free calls, the
//! licence pack, the shared packs and then postpaid, as calls are. The first plan is the cheapest there
//! is over every package that fits and every mix of packs. It counts one activity of an account that has
//! no other, and twelve months as 365 days; packs and licences that end before the planned months do are
//! left out.

mod advice;
mod mix;
mod need;
mod offer;
mod postpaid;
mod reason;

pub use advice::{Advice, Cliff, cliff};
pub use need::{Need, PlanRefusal};
pub use reason::Reason;

use crate::catalogue::{Catalogue, LicencePackage, Pack};
use crate::{Money, Rated};
use offer::{Candidate, Offer, offers};
use serde::Serialize;

/// As many plans as a person wants to compare.
const MOST_PLANS: usize = 5;

/// Plans for a need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Plans {
    /// What was planned for.
    pub need: Need,
    /// The edition of the catalogue that priced them.
    pub catalogue: String,
    /// The cheapest first; at least one and at most five, each with another licence or other packs: the
    /// best for every package, and with the best package the plans with no packs and with packs for all.
    pub plans: Vec<Plan>,
    /// What to know before following them: cliffs of any plan, and what concerns the cheapest.
    pub warnings: Vec<Advice>,
}

/// What to buy, how the months go, what it costs and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// The licence package; `None` where the free calls and the free rate are enough.
    pub licence: Option<LicencePackage>,
    /// QPS upgrades; `None` where the fixed QPS are enough.
    pub qps: Option<QpsDays>,
    /// Shared packs, bought at the start.
    pub packs: Vec<PackCount>,
    /// How each month's calls are paid.
    pub months: Vec<PlanMonth>,
    /// Sum of the months' bills.
    pub postpaid: Money,
    /// Everything together.
    pub total: Money,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// QPS upgrades for the days of the peak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct QpsDays {
    /// Fixed calls a second of the licence.
    pub fixed: u32,
    /// Calls a second on top.
    pub extra: u32,
    /// Days, all months together.
    pub days: u32,
    /// What they cost.
    pub cost: Money,
}

/// A number of packs of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PackCount {
    /// The pack.
    pub pack: Pack,
    /// How many.
    pub count: u64,
    /// What they cost together.
    pub cost: Money,
}

/// How the calls of a month are paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlanMonth {
    /// From 1.
    pub month: u32,
    /// Free calls.
    pub free: u64,
    /// Calls of the licence pack.
    pub licence: u64,
    /// Calls of shared packs.
    pub packs: u64,
    /// Postpaid calls.
    pub postpaid: u64,
    /// The month's bill with its tier and unit price; `None` without postpaid calls.
    pub bill: Option<Rated>,
}

impl PlanMonth {
    /// What is to be paid for the month's postpaid calls.
    pub fn amount(&self) -> Money {
        self.bill.as_ref().map_or(Money::ZERO, |bill| bill.amount)
    }
}

impl Need {
    /// The cheapest plans for the need, or why there is none.
    ///
    /// Takes milliseconds for usual price lists, whatever the number of calls. With a list of many packs of
    /// nearly equal prices the search may end early; then a warning says that the first plan is not proven
    /// to be the cheapest.
    pub fn plans(&self, catalogue: &Catalogue) -> Result<Plans, PlanRefusal> {
        self.check(catalogue)?;
        let offers = offers(self, catalogue)?;
        let mut candidates: Vec<Candidate<'_>> = offers.iter().map(Offer::best).collect();
        candidates.sort_by_key(Candidate::rank);
        if let Some(best) = candidates.first() {
            candidates.extend(best.offer.others());
            candidates.sort_by_key(Candidate::rank);
        }
        let mut plans: Vec<Plan> = Vec::new();
        for candidate in &candidates {
            // A plan beyond what can be counted is none.
            let Some(plan) = candidate.plan(self, catalogue) else {
                continue;
            };
            let is_new = plans
                .iter()
                .all(|known| known.licence != plan.licence || known.packs != plan.packs);
            if is_new && plans.len() < MOST_PLANS {
                plans.push(plan);
            }
        }
        if plans.is_empty() {
            return Err(PlanRefusal::TooMuch);
        }
        let proven = offers.iter().all(|offer| offer.proven);
        let warnings = advice::warnings(self, &plans, &offers, proven, catalogue);
        Ok(Plans {
            need: *self,
            catalogue: catalogue.version.clone(),
            plans,
            warnings,
        })
    }
}

#[cfg(test)]
mod tests;
