use super::offer::{Offer, money};
use super::{Need, Plan, QpsDays};
use crate::catalogue::{Catalogue, Name};
use crate::{GrantKind, Money, UnitPrice};
use serde::Serialize;
use std::cmp::Ordering;

/// Why a plan is as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Reason {
    /// Nothing needs to be bought.
    FreeIsEnough {
        /// Calls of all months.
        calls: u64,
        /// Free calls.
        free: u64,
    },
    /// The package has room for the materials.
    QuotaFits {
        /// Its name.
        package: Name,
        /// Its quota.
        quota: u64,
        /// Materials needed.
        materials: u64,
    },
    /// The package is as quick as needed.
    FixedQpsIsEnough {
        /// Fixed calls a second.
        qps: u32,
        /// Calls in the busiest second.
        peak: u32,
    },
    /// The package is too slow for the peak.
    QpsUpgraded {
        /// How much and for how many days.
        #[serde(flatten)]
        upgrade: QpsDays,
        /// Calls in the busiest second.
        peak: u32,
    },
    /// How long the free calls and the licence pack last.
    LicencePackLasts {
        /// Calls of both.
        calls: u64,
        /// Tenths of a month, rounded down; `None` where they cover every month.
        tenths_of_month: Option<u64>,
    },
    /// Packs are cheaper than postpaid for the calls they pay.
    PacksCheaper {
        /// Calls of the need that packs pay.
        calls: u64,
        /// What the packs cost.
        cost: Money,
        /// For each of these calls, rounded to a millionth of a yuan.
        unit_price: UnitPrice,
        /// What the calls would cost more if there were no packs.
        postpaid: Money,
        /// For each of these calls, rounded to a millionth of a yuan.
        postpaid_unit_price: UnitPrice,
    },
    /// Packs cost more than postpaid; here is how much.
    PacksDearer {
        /// Calls of the need that packs pay.
        calls: u64,
        /// What the packs cost.
        cost: Money,
        /// What the calls would cost more if there were no packs.
        postpaid: Money,
    },
    /// Packs for everything would cost more than the postpaid calls.
    PostpaidCheaper {
        /// Postpaid calls.
        calls: u64,
        /// Their bills.
        cost: Money,
        /// What must be paid for packs instead, beyond the packs of this plan.
        packs: Money,
    },
    /// Packs for everything would cost less than the postpaid calls.
    PostpaidDearer {
        /// Postpaid calls.
        calls: u64,
        /// Their bills.
        cost: Money,
        /// What must be paid for packs instead, beyond the packs of this plan.
        packs: Money,
    },
    /// Calls that are paid for and not needed.
    LeftOver {
        /// Where.
        grant: GrantKind,
        /// How many.
        calls: u64,
    },
}

pub(super) fn reasons(
    need: &Need,
    plan: &Plan,
    offer: &Offer<'_>,
    catalogue: &Catalogue,
) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let Some(package) = &plan.licence else {
        reasons.push(Reason::FreeIsEnough {
            calls: need.calls(),
            free: catalogue.free.calls,
        });
        return reasons;
    };
    reasons.push(Reason::QuotaFits {
        package: package.name.clone(),
        quota: package.materials,
        materials: need.materials(),
    });
    let peak = need.peak_qps;
    match plan.qps {
        Some(upgrade) => reasons.push(Reason::QpsUpgraded { upgrade, peak }),
        None if peak <= package.qps => reasons.push(Reason::FixedQpsIsEnough {
            qps: package.qps,
            peak,
        }),
        // A peak on no day.
        None => {}
    }
    let included = catalogue.free.calls + package.calls;
    reasons.push(Reason::LicencePackLasts {
        calls: included,
        tenths_of_month: (included < need.calls()).then(|| {
            // Below the need there are calls in a month, and fewer than a year's tenths.
            included * 10 / need.calls_per_month.max(1)
        }),
    });
    reasons.extend(of_packs(plan, offer));
    reasons.extend(of_postpaid(plan, offer));
    let used = |calls: fn(&super::PlanMonth) -> u64| plan.months.iter().map(calls).sum::<u64>();
    let bought: u64 = plan
        .packs
        .iter()
        .map(|line| line.count * line.pack.calls)
        .sum();
    for (grant, calls) in [
        (
            GrantKind::Licence,
            package.calls - used(|month| month.licence),
        ),
        (GrantKind::Pack, bought - used(|month| month.packs)),
    ] {
        if calls > 0 {
            reasons.push(Reason::LeftOver { grant, calls });
        }
    }
    reasons
}

/// Compares the packs with the bills they save.
fn of_packs(plan: &Plan, offer: &Offer<'_>) -> Option<Reason> {
    let calls: u64 = plan.months.iter().map(|month| month.packs).sum();
    let fen = plan.packs.iter().map(|line| i128::from(line.cost.fen()));
    let cost = money(fen.sum())?;
    if calls == 0 {
        return None;
    }
    let postpaid = money(offer.bare.cost_fen)?.minus(plan.postpaid)?;
    if postpaid <= cost {
        return Some(Reason::PacksDearer {
            calls,
            cost,
            postpaid,
        });
    }
    Some(Reason::PacksCheaper {
        calls,
        cost,
        unit_price: unit_price(cost, calls),
        postpaid,
        postpaid_unit_price: unit_price(postpaid, calls),
    })
}

/// Compares the postpaid calls with packs for all of them.
fn of_postpaid(plan: &Plan, offer: &Offer<'_>) -> Option<Reason> {
    let calls = plan.months.iter().map(|month| month.postpaid).sum();
    let bought: i128 = plan
        .packs
        .iter()
        .map(|line| i128::from(line.cost.fen()))
        .sum();
    let packs = money(offer.covered.as_ref()?.packs_fen - bought)?;
    let cost = plan.postpaid;
    match packs.cmp(&cost) {
        Ordering::Greater if calls > 0 => Some(Reason::PostpaidCheaper { calls, cost, packs }),
        Ordering::Less if calls > 0 => Some(Reason::PostpaidDearer { calls, cost, packs }),
        _ => None,
    }
}

/// The price of a call, rounded half-up to a millionth of a yuan; `calls` is above 0.
fn unit_price(cost: Money, calls: u64) -> UnitPrice {
    let (micros, calls) = (i128::from(cost.fen()) * 10_000, i128::from(calls));
    let rounded = (micros + calls / 2).div_euclid(calls.max(1));
    UnitPrice::from_micro_yuan(u64::try_from(rounded).unwrap_or(0))
}

impl Reason {
    /// In English.
    pub fn text_en(&self) -> String {
        match self {
            Reason::FreeIsEnough { calls, free } => {
                format!("{calls} calls are no more than the {free} free ones: nothing to buy")
            }
            Reason::QuotaFits {
                package,
                quota,
                materials,
            } => format!(
                "{} has room for {quota} materials; {materials} needed",
                package.en
            ),
            Reason::FixedQpsIsEnough { qps, peak } => {
                format!("its {qps} QPS are enough for a peak of {peak}")
            }
            Reason::QpsUpgraded { upgrade, peak } => format!(
                "a peak of {peak} QPS needs {} more than its {} on {} days: {} yuan",
                upgrade.extra, upgrade.fixed, upgrade.days, upgrade.cost
            ),
            Reason::LicencePackLasts {
                calls,
                tenths_of_month,
            } => match tenths_of_month {
                Some(0) => format!(
                    "the free calls and the licence pack ({calls} calls) end early in the first month"
                ),
                Some(tenths) => format!(
                    "the free calls and the licence pack ({calls} calls) cover the first {} months",
                    decimal(*tenths)
                ),
                None => {
                    format!("the free calls and the licence pack ({calls} calls) cover every month")
                }
            },
            Reason::PacksCheaper {
                calls,
                cost,
                unit_price,
                postpaid,
                postpaid_unit_price,
            } => format!(
                "packs pay {calls} calls for {cost} yuan, {unit_price} a call; postpaid they would cost {postpaid} yuan, {postpaid_unit_price} a call"
            ),
            Reason::PacksDearer {
                calls,
                cost,
                postpaid,
            } => format!(
                "packs pay {calls} calls for {cost} yuan; without them the bills would be {postpaid} yuan higher"
            ),
            Reason::PostpaidCheaper { calls, cost, packs } => format!(
                "{calls} calls are cheaper postpaid, for {cost} yuan, than with packs for another {packs} yuan"
            ),
            Reason::PostpaidDearer { calls, cost, packs } => {
                format!("{calls} calls cost {cost} yuan postpaid; packs would cost {packs} yuan")
            }
            Reason::LeftOver { grant, calls } => {
                format!("{calls} calls of the {} are left over", source_en(*grant))
            }
        }
    }

    /// In Chinese.
    pub fn text_zh(&self) -> String {
        match self {
            Reason::FreeIsEnough { calls, free } => {
                format!("共 {calls} 次调用，不超过 {free} 次免费额度，无需购买")
            }
            Reason::QuotaFits {
                package,
                quota,
                materials,
            } => format!("{}的素材额度为 {quota}，需要 {materials} 个", package.zh),
            Reason::FixedQpsIsEnough { qps, peak } => {
                format!("套餐固定 {qps} QPS，足以应对峰值 {peak} QPS")
            }
            Reason::QpsUpgraded { upgrade, peak } => format!(
                "峰值 {peak} QPS 需在固定 {} QPS 上升级 {} QPS，共 {} 天，{} 元",
                upgrade.fixed, upgrade.extra, upgrade.days, upgrade.cost
            ),
            Reason::LicencePackLasts {
                calls,
                tenths_of_month,
            } => match tenths_of_month {
                Some(0) => format!("免费额度与套餐资源包（共 {calls} 次）在首月月初即用完"),
                Some(tenths) => format!(
                    "免费额度与套餐资源包（共 {calls} 次）可用前 {} 个月",
                    decimal(*tenths)
                ),
                None => format!("免费额度与套餐资源包（共 {calls} 次）可用满全部月份"),
            },
            Reason::PacksCheaper {
                calls,
                cost,
                unit_price,
                postpaid,
                postpaid_unit_price,
            } => format!(
                "资源包抵扣 {calls} 次，{cost} 元，每次 {unit_price} 元；若后付费则需 {postpaid} 元，每次 {postpaid_unit_price} 元"
            ),
            Reason::PacksDearer {
                calls,
                cost,
                postpaid,
            } => format!("资源包抵扣 {calls} 次，{cost} 元；不购买资源包则账单增加 {postpaid} 元"),
            Reason::PostpaidCheaper { calls, cost, packs } => {
                format!("{calls} 次后付费为 {cost} 元，比再购买 {packs} 元资源包更便宜")
            }
            Reason::PostpaidDearer { calls, cost, packs } => {
                format!("{calls} 次后付费需 {cost} 元；购买资源包只需 {packs} 元")
            }
            Reason::LeftOver { grant, calls } => {
                format!("{}剩余 {calls} 次未用完", source_zh(*grant))
            }
        }
    }
}

fn source_en(grant: GrantKind) -> &'static str {
    match grant {
        GrantKind::Free => "free quota",
        GrantKind::Licence => "licence pack",
        GrantKind::Pack => "shared packs",
    }
}

fn source_zh(grant: GrantKind) -> &'static str {
    match grant {
        GrantKind::Free => "免费额度",
        GrantKind::Licence => "套餐资源包",
        GrantKind::Pack => "资源包",
    }
}

/// Tenths as a number with one decimal.
fn decimal(tenths: u64) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}
