use super::for_sale::{Package, SharedPack};
use billing::plan::Need;
use billing::{Money, UnitPrice};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What one activity is going to need, the same every month.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlanNeed {
    /// Calls in each month.
    #[schema(example = 1_000_000)]
    pub(super) calls_per_month: u64,
    /// Calls in the busiest second.
    #[schema(example = 60)]
    pub(super) peak_qps: u32,
    /// Materials; 0 counts as 1.
    #[schema(example = 10)]
    pub(super) materials: u64,
    /// Months to plan for, 1 to 12.
    #[serde(default = "PlanNeed::months")]
    #[schema(default = 12, minimum = 1, maximum = 12)]
    pub(super) months: u32,
    /// Days of a month on which the peak comes, at most 31.
    #[serde(default = "PlanNeed::peak_days")]
    #[schema(default = 30, maximum = 31)]
    pub(super) peak_days: u32,
}

impl PlanNeed {
    const fn months() -> u32 {
        Need::MOST_MONTHS
    }

    const fn peak_days() -> u32 {
        Need::DAYS
    }
}

/// Plans for a need.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Plans {
    /// What was planned for.
    pub(super) need: PlanNeed,
    /// The edition of the catalogue that priced them.
    #[schema(example = "2027-01")]
    pub(super) catalogue: String,
    /// The cheapest first; at least one and at most five.
    pub(super) plans: Vec<Plan>,
    /// What to know before following them.
    pub(super) warnings: Vec<PlanNote>,
}

/// What to buy, how the months go, what it costs and why.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Plan {
    /// The licence package; `null` where the free calls and the free rate are enough.
    #[schema(required = true)]
    pub(super) licence: Option<Package>,
    /// Upgrades of calls a second; `null` where the fixed ones are enough.
    #[schema(required = true)]
    pub(super) qps: Option<PlanQps>,
    /// Shared packs, bought at the start.
    pub(super) packs: Vec<PlanPack>,
    /// How each month's calls are paid.
    pub(super) months: Vec<PlanMonth>,
    /// Sum of the months' bills, in yuan.
    #[schema(value_type = String, example = "0.00")]
    pub(super) postpaid: Money,
    /// Everything together, in yuan.
    #[schema(value_type = String, example = "21700.00")]
    pub(super) total: Money,
    /// Why.
    pub(super) reasons: Vec<PlanNote>,
}

/// Upgrades for the days of the peak.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlanQps {
    /// Fixed calls a second of the licence.
    #[schema(example = 50)]
    pub(super) fixed: u32,
    /// Calls a second on top.
    #[schema(example = 10)]
    pub(super) extra: u32,
    /// Days, all months together.
    #[schema(example = 360)]
    pub(super) days: u32,
    /// What they cost, in yuan.
    #[schema(value_type = String, example = "75600.00")]
    pub(super) cost: Money,
}

/// A number of packs of one kind.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlanPack {
    /// The pack.
    pub(super) pack: SharedPack,
    /// How many.
    #[schema(example = 1)]
    pub(super) count: u64,
    /// What they cost together, in yuan.
    #[schema(value_type = String, example = "1700.00")]
    pub(super) cost: Money,
}

/// How the calls of a month are paid.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlanMonth {
    /// From 1.
    #[schema(example = 1)]
    pub(super) month: u32,
    /// Free calls.
    #[schema(example = 500)]
    pub(super) free: u64,
    /// Calls of the licence pack.
    #[schema(example = 9500)]
    pub(super) licence: u64,
    /// Calls of shared packs.
    #[schema(example = 0)]
    pub(super) packs: u64,
    /// Postpaid calls.
    #[schema(example = 0)]
    pub(super) postpaid: u64,
    /// The month's bill, in yuan.
    #[schema(value_type = String, example = "0.00")]
    pub(super) amount: Money,
    /// What each postpaid call costs, in yuan; `null` without postpaid calls.
    #[schema(value_type = Option<String>, required = true, example = "0.02")]
    pub(super) unit_price: Option<UnitPrice>,
}

/// Why a plan is as it is, or what to know before following it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlanNote {
    /// What kind of note.
    pub(super) kind: PlanNoteKind,
    /// In Chinese.
    pub(super) text_zh: String,
    /// In English.
    pub(super) text_en: String,
}

/// Kinds of notes on plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PlanNoteKind {
    /// Nothing needs to be bought.
    FreeIsEnough,
    /// The package has room for the materials.
    QuotaFits,
    /// The package is as quick as needed.
    FixedQpsIsEnough,
    /// The package is too slow for the peak.
    QpsUpgraded,
    /// How long the free calls and the licence pack last.
    LicencePackLasts,
    /// Packs are cheaper than postpaid for the calls they pay.
    PacksCheaper,
    /// Packs cost more than postpaid.
    PacksDearer,
    /// Packs for everything would cost more than the postpaid calls.
    PostpaidCheaper,
    /// Packs for everything would cost less than the postpaid calls.
    PostpaidDearer,
    /// Calls that are paid for and not needed.
    LeftOver,
    /// A warning: more postpaid calls in a month would cost less.
    Cliff,
    /// A warning: a package of a larger quota than needed is the cheapest.
    LargerQuotaCheaper,
    /// A warning: the calls do not fit into the month at the plan's calls a second.
    TooSlow,
    /// A warning: the search ended before it tried everything.
    NotProven,
}

impl From<&billing::plan::Reason> for PlanNote {
    fn from(reason: &billing::plan::Reason) -> PlanNote {
        use billing::plan::Reason;
        let kind = match reason {
            Reason::FreeIsEnough { .. } => PlanNoteKind::FreeIsEnough,
            Reason::QuotaFits { .. } => PlanNoteKind::QuotaFits,
            Reason::FixedQpsIsEnough { .. } => PlanNoteKind::FixedQpsIsEnough,
            Reason::QpsUpgraded { .. } => PlanNoteKind::QpsUpgraded,
            Reason::LicencePackLasts { .. } => PlanNoteKind::LicencePackLasts,
            Reason::PacksCheaper { .. } => PlanNoteKind::PacksCheaper,
            Reason::PacksDearer { .. } => PlanNoteKind::PacksDearer,
            Reason::PostpaidCheaper { .. } => PlanNoteKind::PostpaidCheaper,
            Reason::PostpaidDearer { .. } => PlanNoteKind::PostpaidDearer,
            Reason::LeftOver { .. } => PlanNoteKind::LeftOver,
        };
        PlanNote {
            kind,
            text_zh: reason.text_zh(),
            text_en: reason.text_en(),
        }
    }
}

impl From<&billing::plan::Advice> for PlanNote {
    fn from(advice: &billing::plan::Advice) -> PlanNote {
        use billing::plan::Advice;
        let kind = match advice {
            Advice::Cliff { .. } => PlanNoteKind::Cliff,
            Advice::LargerQuotaCheaper { .. } => PlanNoteKind::LargerQuotaCheaper,
            Advice::TooSlow { .. } => PlanNoteKind::TooSlow,
            Advice::NotProven => PlanNoteKind::NotProven,
        };
        PlanNote {
            kind,
            text_zh: advice.text_zh(),
            text_en: advice.text_en(),
        }
    }
}

impl From<billing::plan::Plan> for Plan {
    fn from(plan: billing::plan::Plan) -> Plan {
        let month = |month: billing::plan::PlanMonth| PlanMonth {
            month: month.month,
            free: month.free,
            licence: month.licence,
            packs: month.packs,
            postpaid: month.postpaid,
            amount: month.amount(),
            unit_price: month.bill.map(|bill| bill.tier.unit_price),
        };
        let pack = |pack: billing::plan::PackCount| PlanPack {
            pack: pack.pack.into(),
            count: pack.count,
            cost: pack.cost,
        };
        Plan {
            licence: plan.licence.map(Package::from),
            qps: plan.qps.map(|qps| PlanQps {
                fixed: qps.fixed,
                extra: qps.extra,
                days: qps.days,
                cost: qps.cost,
            }),
            packs: plan.packs.into_iter().map(pack).collect(),
            months: plan.months.into_iter().map(month).collect(),
            postpaid: plan.postpaid,
            total: plan.total,
            reasons: plan.reasons.iter().map(PlanNote::from).collect(),
        }
    }
}
