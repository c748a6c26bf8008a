//! For each licence package that fits: its QPS days, and the best mixes of packs beside it.

use super::mix::{Mix, cheapest};
use super::postpaid::{Postpaid, Stretch};
use super::{Need, PackCount, Plan, PlanMonth, PlanRefusal, QpsDays, reason};
use crate::catalogue::{Catalogue, LicencePackage, Pack};
use crate::{Money, rate};

/// A package, or none, with everything that may be bought beside it.
pub(super) struct Offer<'a> {
    pub(super) licence: Option<&'a LicencePackage>,
    pub(super) qps: Option<QpsDays>,
    /// Packs on sale that last for the planned months.
    packs: Vec<&'a Pack>,
    /// The cheapest mix.
    best: Mix,
    /// No packs.
    pub(super) bare: Mix,
    /// The cheapest packs for all calls; `None` where there are no packs.
    pub(super) covered: Option<Mix>,
    /// Whether no mix is cheaper than the best.
    pub(super) proven: bool,
}

/// Every package that fits the need; never empty.
pub(super) fn offers<'a>(
    need: &Need,
    catalogue: &'a Catalogue,
) -> Result<Vec<Offer<'a>>, PlanRefusal> {
    let fitting = catalogue
        .licences
        .iter()
        .filter(|package| package.materials >= need.materials());
    let longest = fitting.clone().map(|package| package.valid_days).max();
    let lasting: Vec<_> = fitting
        .filter(|package| package.valid_days >= need.days())
        .collect();
    let mut choices = Vec::new();
    if need.calls() <= catalogue.free.calls && need.peak_qps <= catalogue.free.qps {
        choices.push((None, None));
    }
    for &package in &lasting {
        if highest_qps(package, catalogue) >= need.peak_qps {
            let qps = qps_days(need, package, catalogue).ok_or(PlanRefusal::TooMuch)?;
            choices.push((Some(package), qps));
        }
    }
    if choices.is_empty() {
        let highest = lasting
            .iter()
            .map(|package| highest_qps(package, catalogue));
        return Err(match highest.max() {
            Some(ceiling) => PlanRefusal::AboveCeiling {
                asked: need.peak_qps,
                ceiling,
                contact: catalogue.contact.clone(),
            },
            None => PlanRefusal::LongerThanLicences {
                months: need.months,
                days: longest.unwrap_or(0),
            },
        });
    }
    let offer = |(licence, qps)| Offer::new(need, catalogue, licence, qps);
    Ok(choices.into_iter().map(offer).collect())
}

/// The most QPS a package's activity can have: upgrades come in steps and end at the ceiling.
fn highest_qps(package: &LicencePackage, catalogue: &Catalogue) -> u32 {
    let terms = &catalogue.qps_upgrade;
    let room = terms.ceiling.saturating_sub(package.qps);
    package.qps.saturating_add(room / terms.step * terms.step)
}

/// The upgrades that bring a package to the peak; the outer `None` is beyond what can be counted.
fn qps_days(
    need: &Need,
    package: &LicencePackage,
    catalogue: &Catalogue,
) -> Option<Option<QpsDays>> {
    let terms = &catalogue.qps_upgrade;
    let missing = need.peak_qps.saturating_sub(package.qps);
    let days = need.peak_days_per_month * need.months;
    if missing == 0 || days == 0 {
        return Some(None);
    }
    let steps = missing.div_ceil(terms.step);
    let cost = terms.price.times(u64::from(steps) * u64::from(days))?;
    Some(Some(QpsDays {
        fixed: package.qps,
        extra: steps * terms.step,
        days,
        cost,
    }))
}

impl<'a> Offer<'a> {
    fn new(
        need: &Need,
        catalogue: &'a Catalogue,
        licence: Option<&'a LicencePackage>,
        qps: Option<QpsDays>,
    ) -> Offer<'a> {
        let packs: Vec<&Pack> = catalogue
            .packs
            .iter()
            .filter(|pack| licence.is_some() && pack.valid_days >= need.days())
            .collect();
        let included = catalogue.free.calls + licence.map_or(0, |package| package.calls);
        let rest = need.calls().saturating_sub(included);
        let postpaid = Postpaid::new(catalogue, need.calls_per_month);
        let bare = Mix::none(packs.len(), rest, &postpaid);
        let everything = cheapest(&packs, rest, &postpaid, &postpaid.stretches(rest));
        let nothing_postpaid = [Stretch { least: 0, most: 0 }];
        let covered = cheapest(&packs, rest, &postpaid, &nothing_postpaid);
        Offer {
            licence,
            qps,
            packs,
            best: everything.mix.unwrap_or_else(|| bare.clone()),
            bare,
            covered: covered.mix,
            proven: everything.proven,
        }
    }

    /// What licence and QPS cost, in fen.
    fn fixed_fen(&self) -> i128 {
        let licence = self.licence.map_or(0, |package| package.price.fen());
        let qps = self.qps.map_or(0, |qps| qps.cost.fen());
        i128::from(licence) + i128::from(qps)
    }

    /// With the cheapest mix.
    pub(super) fn best(&self) -> Candidate<'_> {
        Candidate {
            offer: self,
            mix: &self.best,
        }
    }

    /// With no packs, and with packs for all calls.
    pub(super) fn others(&self) -> Vec<Candidate<'_>> {
        let mixes = [Some(&self.bare), self.covered.as_ref()];
        let candidate = |mix| Candidate { offer: self, mix };
        mixes.into_iter().flatten().map(candidate).collect()
    }
}

/// An offer with one of its mixes.
#[derive(Clone, Copy)]
pub(super) struct Candidate<'a> {
    pub(super) offer: &'a Offer<'a>,
    pub(super) mix: &'a Mix,
}

impl Candidate<'_> {
    /// The cheaper comes first, then the one that pays less in advance.
    pub(super) fn rank(&self) -> (i128, i128) {
        let fixed = self.offer.fixed_fen();
        (fixed + self.mix.cost_fen, fixed + self.mix.packs_fen)
    }

    /// What it costs in all; `None` beyond what can be counted.
    pub(super) fn total(&self) -> Option<Money> {
        money(self.rank().0)
    }

    /// The plan; `None` where its cost is beyond what can be counted.
    pub(super) fn plan(&self, need: &Need, catalogue: &Catalogue) -> Option<Plan> {
        let total = self.total()?;
        let packs = self.pack_counts()?;
        let shared = packs.iter().map(|line| line.count * line.pack.calls).sum();
        let licence = self.offer.licence.map_or(0, |package| package.calls);
        let months = months(need, catalogue, [catalogue.free.calls, licence, shared]);
        let postpaid = months
            .iter()
            .try_fold(Money::ZERO, |sum, month| sum.plus(month.amount()))?;
        let mut plan = Plan {
            licence: self.offer.licence.cloned(),
            qps: self.offer.qps,
            packs,
            months,
            postpaid,
            total,
            reasons: Vec::new(),
        };
        plan.reasons = reason::reasons(need, &plan, self.offer, catalogue);
        Some(plan)
    }

    fn pack_counts(&self) -> Option<Vec<PackCount>> {
        let chosen = self.offer.packs.iter().zip(&self.mix.counts);
        let lines = chosen.filter(|(_, count)| **count > 0);
        let line = |(pack, count): (&&Pack, &u64)| {
            Some(PackCount {
                pack: (*pack).clone(),
                count: *count,
                cost: pack.price.times(*count)?,
            })
        };
        lines.map(line).collect()
    }
}

/// How each month is paid from free calls, the licence pack and shared packs, in this order.
fn months(need: &Need, catalogue: &Catalogue, mut grants: [u64; 3]) -> Vec<PlanMonth> {
    let mut months = Vec::new();
    for month in 1..=need.months {
        let mut left = need.calls_per_month;
        let mut take = |grant: &mut u64| {
            let taken = left.min(*grant);
            left -= taken;
            *grant -= taken;
            taken
        };
        let [free, licence, packs] = grants.each_mut().map(&mut take);
        months.push(PlanMonth {
            month,
            free,
            licence,
            packs,
            postpaid: left,
            bill: rate(catalogue, left),
        });
    }
    months
}

pub(super) fn money(fen: i128) -> Option<Money> {
    i64::try_from(fen).ok().map(Money::from_fen)
}
