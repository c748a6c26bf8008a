use super::offer::Offer;
use super::{Need, Plan};
use crate::catalogue::{Catalogue, Name};
use crate::{Money, rate};
use serde::Serialize;

const SECONDS_PER_DAY: u64 = 86_400;

/// What somebody should know before following a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "advice", rename_all = "snake_case")]
pub enum Advice {
    /// More postpaid calls in a month would cost less.
    Cliff {
        /// The place of the plan among the plans, from 1.
        plan: u64,
        /// The months of the plan, from 1.
        months: Vec<u32>,
        /// What they cost and what would cost less.
        #[serde(flatten)]
        cliff: Cliff,
    },
    /// A package of a larger quota than needed is the cheapest.
    LargerQuotaCheaper {
        /// The package of the cheapest plan.
        package: Name,
        /// Its quota.
        quota: u64,
        /// The package of the least quota that fits.
        instead_of: Name,
        /// How much less the larger one costs in all.
        saves: Money,
    },
    /// The calls do not fit into the month at the plan's QPS.
    TooSlow {
        /// Calls needed in a month.
        calls: u64,
        /// The most that the QPS allow in a month of 30 days.
        most: u64,
    },
    /// The search ended before it tried everything.
    NotProven,
}

/// A number of postpaid calls in a month for which more calls cost less, since they reach the next tier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Cliff {
    /// Postpaid calls of the month.
    pub calls: u64,
    /// Their bill.
    pub cost: Money,
    /// The number of calls that costs least among those above.
    pub cheaper_calls: u64,
    /// Its bill.
    pub cheaper_cost: Money,
    /// The difference.
    pub saves: Money,
}

/// Whether more postpaid calls in the month would make a smaller bill, and how many are best.
pub fn cliff(catalogue: &Catalogue, calls: u64) -> Option<Cliff> {
    let cost = rate(catalogue, calls)?.amount;
    // Within a tier a bill only grows, so the least lies where a tier begins.
    let later = catalogue.postpaid.iter().filter(|tier| tier.first > calls);
    let bills = later.filter_map(|tier| Some((rate(catalogue, tier.first)?.amount, tier.first)));
    let (cheaper_cost, cheaper_calls) = bills.min()?;
    let saves = cost.minus(cheaper_cost)?;
    (saves > Money::ZERO).then_some(Cliff {
        calls,
        cost,
        cheaper_calls,
        cheaper_cost,
        saves,
    })
}

pub(super) fn warnings(
    need: &Need,
    plans: &[Plan],
    offers: &[Offer<'_>],
    proven: bool,
    catalogue: &Catalogue,
) -> Vec<Advice> {
    let mut warnings = Vec::new();
    for (number, plan) in (1..).zip(plans) {
        warnings.extend(cliffs(number, plan, catalogue));
    }
    if let Some(cheapest) = plans.first() {
        warnings.extend(larger_quota(cheapest, offers));
        warnings.extend(too_slow(need, cheapest, catalogue));
    }
    if !proven {
        warnings.push(Advice::NotProven);
    }
    warnings
}

/// One advice for each number of postpaid calls that a month has.
fn cliffs(number: u64, plan: &Plan, catalogue: &Catalogue) -> Vec<Advice> {
    let mut found: Vec<(Cliff, Vec<u32>)> = Vec::new();
    for month in &plan.months {
        let Some(cliff) = cliff(catalogue, month.postpaid) else {
            continue;
        };
        match found.iter_mut().find(|(known, _)| *known == cliff) {
            Some((_, months)) => months.push(month.month),
            None => found.push((cliff, vec![month.month])),
        }
    }
    let advice = |(cliff, months)| Advice::Cliff {
        plan: number,
        months,
        cliff,
    };
    found.into_iter().map(advice).collect()
}

fn larger_quota(plan: &Plan, offers: &[Offer<'_>]) -> Option<Advice> {
    let package = plan.licence.as_ref()?;
    // Packages stand by ascending quota.
    let least = offers.iter().find(|offer| offer.licence.is_some())?;
    let instead_of = least
        .licence
        .filter(|other| other.materials < package.materials)?;
    let saves = least.best().total()?.minus(plan.total)?;
    (saves > Money::ZERO).then(|| Advice::LargerQuotaCheaper {
        package: package.name.clone(),
        quota: package.materials,
        instead_of: instead_of.name.clone(),
        saves,
    })
}

fn too_slow(need: &Need, plan: &Plan, catalogue: &Catalogue) -> Option<Advice> {
    let package_qps = plan.licence.as_ref().map(|package| package.qps);
    let fixed = u64::from(package_qps.unwrap_or(catalogue.free.qps));
    let extra = plan.qps.map_or(0, |qps| u64::from(qps.extra));
    let days = u64::from(Need::DAYS);
    let peak_days = days.min(need.peak_days_per_month.into());
    let most = (fixed * days + extra * peak_days) * SECONDS_PER_DAY;
    (need.calls_per_month > most).then_some(Advice::TooSlow {
        calls: need.calls_per_month,
        most,
    })
}

impl Advice {
    /// In English.
    pub fn text_en(&self) -> String {
        match self {
            Advice::Cliff {
                plan,
                months,
                cliff,
            } => format!(
                "plan {plan}: in {} the {} postpaid calls cost {} yuan; {} calls would cost {}, {} less",
                months_en(months),
                cliff.calls,
                cliff.cost,
                cliff.cheaper_calls,
                cliff.cheaper_cost,
                cliff.saves
            ),
            Advice::LargerQuotaCheaper {
                package,
                quota,
                instead_of,
                saves,
            } => format!(
                "{} costs {saves} yuan less in all than {}; create the activity with a quota of {quota}",
                package.en, instead_of.en
            ),
            Advice::TooSlow { calls, most } => format!(
                "{calls} calls a month are more than the {most} that the QPS of the plan allow; plan for a higher peak or more days of it"
            ),
            Advice::NotProven => {
                "the price list has too many packs to try every mix; a cheaper one may exist"
                    .to_owned()
            }
        }
    }

    /// In Chinese.
    pub fn text_zh(&self) -> String {
        match self {
            Advice::Cliff {
                plan,
                months,
                cliff,
            } => format!(
                "方案 {plan}：第 {} 个月的 {} 次后付费调用需 {} 元；调用 {} 次仅需 {} 元，少付 {} 元",
                list(months, "、"),
                cliff.calls,
                cliff.cost,
                cliff.cheaper_calls,
                cliff.cheaper_cost,
                cliff.saves
            ),
            Advice::LargerQuotaCheaper {
                package,
                quota,
                instead_of,
                saves,
            } => format!(
                "{}总价比{}少 {saves} 元；创建活动时请选择素材额度 {quota}",
                package.zh, instead_of.zh
            ),
            Advice::TooSlow { calls, most } => format!(
                "每月 {calls} 次调用超过方案 QPS 所能支持的 {most} 次；请提高峰值 QPS 或增加峰值天数"
            ),
            Advice::NotProven => {
                "资源包种类过多，未能比较全部组合，可能存在更便宜的方案".to_owned()
            }
        }
    }
}

fn months_en(months: &[u32]) -> String {
    match months {
        [month] => format!("month {month}"),
        _ => format!("each of the months {}", list(months, ", ")),
    }
}

fn list(months: &[u32], separator: &str) -> String {
    let texts: Vec<String> = months.iter().map(u32::to_string).collect();
    texts.join(separator)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::DEFAULT_TEXT;

    #[test]
    fn more_calls_cost_less_below_a_tier() {
        let catalogue = Catalogue::read(DEFAULT_TEXT).unwrap();
        // 2,083,334 calls are dearer than 5,000,001 before rounding only: both bills are 25,000.01.
        for (calls, cheaper) in [
            (0, None),
            (600_000, None),
            (600_001, Some((1_000_001, "12000.01", "0.01"))),
            (1_000_000, Some((1_000_001, "12000.01", "7999.99"))),
            (1_000_001, None),
            (2_083_334, None),
            (2_083_335, Some((5_000_001, "25000.01", "0.01"))),
            (5_000_000, Some((5_000_001, "25000.01", "34999.99"))),
            (5_000_001, None),
            (u64::MAX, None),
        ] {
            let found = cliff(&catalogue, calls);
            let found = found.map(|cliff| {
                let saves = cliff.saves.to_string();
                (cliff.cheaper_calls, cliff.cheaper_cost.to_string(), saves)
            });
            let expected = cheaper.map(|(calls, cost, saves): (u64, &str, &str)| {
                (calls, cost.to_owned(), saves.to_owned())
            });
            assert_eq!(found, expected, "{calls}");
        }
    }

    #[test]
    fn the_best_of_several_later_tiers_is_named() {
        let text = DEFAULT_TEXT.replace("unit_price = \"0.005\"", "unit_price = \"0.0001\"");
        let catalogue = Catalogue::read(&text).unwrap();
        let cliff = cliff(&catalogue, 600_001).unwrap();
        assert_eq!(cliff.cheaper_calls, 5_000_001);
        assert_eq!(cliff.cheaper_cost.to_string(), "500.00");
    }
}
