use billing::catalogue::{LicencePackage, Pack};
use billing::{Money, UnitPrice};
use serde::Serialize;
use utoipa::ToSchema;

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
    algorithms: Vec<crate::console::names::AlgorithmVersion>,
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
