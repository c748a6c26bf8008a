//! What is for sale, and what to buy of it for a need.

use super::{Body, InAccount, Problem, Problems, Reader, Trail, work};
use crate::server::Shared;
use axum::Json;
use axum::extract::State;
use billing::catalogue::{LicencePackage, Pack};
use billing::plan::Need;
use billing::{Money, UnitPrice};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// What is for sale.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Catalogue {
    /// Tells one edition from the next; orders and bills name it.
    #[schema(example = "2027-01")]
    version: String,
    /// How to reach the operator; may be empty.
    #[schema(example = "")]
    contact: String,
    /// What an activity has without paying.
    free: Free,
    /// Licence packages, by ascending quota; each quota once.
    licences: Vec<Package>,
    /// Extra calls a second.
    qps_upgrade: QpsTerms,
    /// Shared packs, by ascending number of calls.
    packs: Vec<SharedPack>,
    /// Tiers of the postpaid price, ascending, the last without end.
    postpaid: Vec<Tier>,
    /// The algorithm versions there are.
    algorithms: Vec<super::names::AlgorithmVersion>,
}

/// What an activity has without paying.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Free {
    /// Calls, once.
    #[schema(example = 500)]
    calls: u64,
    /// Calls a second while unlicensed.
    #[schema(example = 1)]
    qps: u32,
}

/// A name in the languages of the console.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Name {
    /// Simplified Chinese.
    #[schema(example = "套餐一")]
    zh: String,
    /// English.
    #[schema(example = "Package 1")]
    en: String,
}

impl From<billing::catalogue::Name> for Name {
    fn from(name: billing::catalogue::Name) -> Name {
        Name {
            zh: name.zh,
            en: name.en,
        }
    }
}

/// A licence package: the yearly right to run one activity.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Package {
    /// For programs.
    #[schema(example = "package-1")]
    id: String,
    /// For people.
    name: Name,
    /// Calls in its pack.
    #[schema(example = 10000)]
    calls: u64,
    /// Fixed calls a second.
    #[schema(example = 10)]
    qps: u32,
    /// The material quota it fits.
    #[schema(example = 10)]
    materials: u64,
    /// Days in which materials may change, the day of purchase included.
    #[schema(example = 30)]
    update_days: u32,
    /// Natural days it is valid, the day of purchase included.
    #[schema(example = 365)]
    valid_days: u32,
    /// Its price, in yuan.
    #[schema(value_type = String, example = "5000.00")]
    price: Money,
}

impl From<LicencePackage> for Package {
    fn from(package: LicencePackage) -> Package {
        Package {
            id: package.id,
            name: package.name.into(),
            calls: package.calls,
            qps: package.qps,
            materials: package.materials,
            update_days: package.update_days,
            valid_days: package.valid_days,
            price: package.price,
        }
    }
}

/// On what terms extra calls a second are sold.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct QpsTerms {
    /// They come in multiples of this.
    #[schema(example = 10)]
    step: u32,
    /// Price of one step for one day and activity, in yuan.
    #[schema(value_type = String, example = "210.00")]
    price: Money,
    /// The most an activity may have on a day.
    #[schema(example = 1000)]
    ceiling: u32,
    /// Days on sale, today included.
    #[schema(example = 30)]
    window_days: u32,
}

/// A prepaid pack of calls.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SharedPack {
    /// For programs.
    #[schema(example = "pack-100k")]
    id: String,
    /// Calls.
    #[schema(example = 100_000)]
    calls: u64,
    /// Natural days it is valid, the day of purchase included.
    #[schema(example = 365)]
    valid_days: u32,
    /// Its price, in yuan.
    #[schema(value_type = String, example = "1700.00")]
    price: Money,
}

impl From<Pack> for SharedPack {
    fn from(pack: Pack) -> SharedPack {
        SharedPack {
            id: pack.id,
            calls: pack.calls,
            valid_days: pack.valid_days,
            price: pack.price,
        }
    }
}

/// A tier of the postpaid price.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Tier {
    /// The least number of calls in it, included.
    #[schema(example = 1)]
    first: u64,
    /// The greatest number of calls in it, included; `null` has no end.
    #[schema(required = true, example = 1_000_000)]
    last: Option<u64>,
    /// Price of each call of the month where the month's total lies in this tier, in yuan.
    #[schema(value_type = String, example = "0.02")]
    unit_price: UnitPrice,
}

impl From<billing::catalogue::Tier> for Tier {
    fn from(tier: billing::catalogue::Tier) -> Tier {
        Tier {
            first: tier.first,
            last: tier.last,
            unit_price: tier.unit_price,
        }
    }
}

impl From<&billing::Catalogue> for Catalogue {
    fn from(catalogue: &billing::Catalogue) -> Catalogue {
        let catalogue = catalogue.clone();
        let terms = catalogue.qps_upgrade;
        let algorithms = billing::AlgorithmVersion::ALL;
        Catalogue {
            version: catalogue.version,
            contact: catalogue.contact,
            free: Free {
                calls: catalogue.free.calls,
                qps: catalogue.free.qps,
            },
            licences: catalogue.licences.into_iter().map(Package::from).collect(),
            qps_upgrade: QpsTerms {
                step: terms.step,
                price: terms.price,
                ceiling: terms.ceiling,
                window_days: terms.window_days,
            },
            packs: catalogue.packs.into_iter().map(SharedPack::from).collect(),
            postpaid: catalogue.postpaid.into_iter().map(Tier::from).collect(),
            algorithms: algorithms.into_iter().map(Into::into).collect(),
        }
    }
}

/// What one activity is going to need, the same every month.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlanNeed {
    /// Calls in each month.
    #[schema(example = 1_000_000)]
    calls_per_month: u64,
    /// Calls in the busiest second.
    #[schema(example = 60)]
    peak_qps: u32,
    /// Materials; 0 counts as 1.
    #[schema(example = 10)]
    materials: u64,
    /// Months to plan for, 1 to 12.
    #[serde(default = "PlanNeed::months")]
    #[schema(default = 12, minimum = 1, maximum = 12)]
    months: u32,
    /// Days of a month on which the peak comes, at most 31.
    #[serde(default = "PlanNeed::peak_days")]
    #[schema(default = 30, maximum = 31)]
    peak_days: u32,
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
    need: PlanNeed,
    /// The edition of the catalogue that priced them.
    #[schema(example = "2027-01")]
    catalogue: String,
    /// The cheapest first; at least one and at most five.
    plans: Vec<Plan>,
    /// What to know before following them.
    warnings: Vec<PlanNote>,
}

/// What to buy, how the months go, what it costs and why.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Plan {
    /// The licence package; `null` where the free calls and the free rate are enough.
    #[schema(required = true)]
    licence: Option<Package>,
    /// Upgrades of calls a second; `null` where the fixed ones are enough.
    #[schema(required = true)]
    qps: Option<PlanQps>,
    /// Shared packs, bought at the start.
    packs: Vec<PlanPack>,
    /// How each month's calls are paid.
    months: Vec<PlanMonth>,
    /// Sum of the months' bills, in yuan.
    #[schema(value_type = String, example = "0.00")]
    postpaid: Money,
    /// Everything together, in yuan.
    #[schema(value_type = String, example = "21700.00")]
    total: Money,
    /// Why.
    reasons: Vec<PlanNote>,
}

/// Upgrades for the days of the peak.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlanQps {
    /// Fixed calls a second of the licence.
    #[schema(example = 50)]
    fixed: u32,
    /// Calls a second on top.
    #[schema(example = 10)]
    extra: u32,
    /// Days, all months together.
    #[schema(example = 360)]
    days: u32,
    /// What they cost, in yuan.
    #[schema(value_type = String, example = "75600.00")]
    cost: Money,
}

/// A number of packs of one kind.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlanPack {
    /// The pack.
    pack: SharedPack,
    /// How many.
    #[schema(example = 1)]
    count: u64,
    /// What they cost together, in yuan.
    #[schema(value_type = String, example = "1700.00")]
    cost: Money,
}

/// How the calls of a month are paid.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlanMonth {
    /// From 1.
    #[schema(example = 1)]
    month: u32,
    /// Free calls.
    #[schema(example = 500)]
    free: u64,
    /// Calls of the licence pack.
    #[schema(example = 9500)]
    licence: u64,
    /// Calls of shared packs.
    #[schema(example = 0)]
    packs: u64,
    /// Postpaid calls.
    #[schema(example = 0)]
    postpaid: u64,
    /// The month's bill, in yuan.
    #[schema(value_type = String, example = "0.00")]
    amount: Money,
    /// What each postpaid call costs, in yuan; `null` without postpaid calls.
    #[schema(value_type = Option<String>, required = true, example = "0.02")]
    unit_price: Option<UnitPrice>,
}

/// Why a plan is as it is, or what to know before following it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlanNote {
    /// What kind of note.
    kind: PlanNoteKind,
    /// In Chinese.
    text_zh: String,
    /// In English.
    text_en: String,
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

/// What is for sale
#[utoipa::path(
    get,
    path = "/accounts/{account}/catalogue",
    tag = "orders",
    params(InAccount),
    responses((status = 200, description = "The edition in force.", body = Catalogue), Problems)
)]
async fn list_for_sale(State(shared): State<Arc<Shared>>, _reader: Reader) -> Json<Catalogue> {
    Json(Catalogue::from(shared.service().catalogue().as_ref()))
}

/// What to buy for a need
#[utoipa::path(
    post,
    path = "/accounts/{account}/plan",
    tag = "orders",
    params(InAccount),
    request_body = PlanNeed,
    responses((status = 200, description = "The cheapest plans.", body = Plans), Problems)
)]
async fn plan(
    State(shared): State<Arc<Shared>>,
    _reader: Reader,
    trail: Trail,
    Body(asked): Body<PlanNeed>,
) -> Result<Json<Plans>, Problem> {
    trail.changes_nothing();
    let need = Need {
        calls_per_month: asked.calls_per_month,
        months: asked.months,
        peak_qps: asked.peak_qps,
        peak_days_per_month: asked.peak_days,
        materials: asked.materials,
    };
    let plans = work(&shared, move |service| need.plans(&service.catalogue())).await?;
    Ok(Json(Plans {
        need: asked,
        catalogue: plans.catalogue,
        warnings: plans.warnings.iter().map(PlanNote::from).collect(),
        plans: plans.plans.into_iter().map(Plan::from).collect(),
    }))
}

pub(super) fn operations() -> OpenApiRouter<Arc<Shared>> {
    OpenApiRouter::new()
        .routes(routes!(list_for_sale))
        .routes(routes!(plan))
}
