use super::purchase::Purchase;
use billing::{ActivityId, Day, Moment, Money};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a purchase costs and brings.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Quote {
    /// Edition of the catalogue that priced it.
    #[schema(example = "2027-01")]
    pub(super) catalogue: String,
    /// What it brings.
    pub(super) lines: Vec<QuoteLine>,
    /// What it costs, in yuan.
    #[schema(value_type = String, example = "5000.00")]
    pub(super) total: Money,
}

impl From<billing::Quote> for Quote {
    fn from(quote: billing::Quote) -> Quote {
        Quote {
            catalogue: quote.catalogue,
            lines: quote.lines.into_iter().map(QuoteLine::from).collect(),
            total: quote.total,
        }
    }
}

/// A line of a quote or an order.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "line", rename_all = "snake_case")]
pub(crate) enum QuoteLine {
    /// A licence with its pack of calls.
    #[schema(title = "LicenceLine")]
    Licence {
        /// The activity.
        #[schema(value_type = String, example = "300100")]
        activity: ActivityId,
        /// The package, by its id in the catalogue.
        #[schema(example = "package-1")]
        package: String,
        /// Fixed calls a second.
        #[schema(example = 10)]
        qps: u32,
        /// Calls of its pack.
        #[schema(example = 10000)]
        calls: u64,
        /// From when to when.
        period: LicencePeriod,
        /// Its price, in yuan.
        #[schema(value_type = String, example = "5000.00")]
        amount: Money,
    },
    /// More calls a second for some days.
    #[schema(title = "QpsLine")]
    Qps {
        /// The activity.
        #[schema(value_type = String, example = "300100")]
        activity: ActivityId,
        /// The first day.
        #[schema(value_type = String, format = Date, example = "2026-11-24")]
        first_day: Day,
        /// The last day, included.
        #[schema(value_type = String, format = Date, example = "2026-11-26")]
        last_day: Day,
        /// How many more.
        #[schema(example = 20)]
        extra: u32,
        /// Their price, in yuan.
        #[schema(value_type = String, example = "1260.00")]
        amount: Money,
    },
    /// A shared pack.
    #[schema(title = "PackLine")]
    Pack {
        /// Its id in the catalogue.
        #[schema(example = "pack-100k")]
        pack: String,
        /// Its calls.
        #[schema(example = 100_000)]
        calls: u64,
        /// The first moment after it.
        #[schema(value_type = String, format = DateTime, example = "2027-11-23T16:00:00Z")]
        ends: Moment,
        /// Its price, in yuan.
        #[schema(value_type = String, example = "1700.00")]
        amount: Money,
    },
}

/// From when to when a licence, its pack and its update window run.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LicencePeriod {
    /// When it is paid; its pack and update window begin then.
    #[schema(value_type = String, format = DateTime, example = "2026-11-24T03:00:00Z")]
    pub(super) bought: Moment,
    /// When the right to run begins: at purchase, or where the period before ends.
    #[schema(value_type = String, format = DateTime, example = "2026-11-24T03:00:00Z")]
    pub(super) starts: Moment,
    /// The first moment after it, for the pack too.
    #[schema(value_type = String, format = DateTime, example = "2027-11-23T16:00:00Z")]
    pub(super) ends: Moment,
    /// The first moment in which materials are frozen again.
    #[schema(value_type = String, format = DateTime, example = "2026-12-23T16:00:00Z")]
    pub(super) window_ends: Moment,
}

impl From<billing::Line> for QuoteLine {
    fn from(line: billing::Line) -> QuoteLine {
        let amount = line.amount;
        match line.kind {
            billing::LineKind::Licence {
                activity,
                package,
                qps,
                calls,
                period,
            } => QuoteLine::Licence {
                activity,
                package,
                qps,
                calls,
                period: LicencePeriod {
                    bought: period.bought,
                    starts: period.starts,
                    ends: period.ends,
                    window_ends: period.window_ends,
                },
                amount,
            },
            billing::LineKind::Qps { activity, request } => QuoteLine::Qps {
                activity,
                first_day: request.first_day,
                last_day: request.last_day,
                extra: request.extra,
                amount,
            },
            billing::LineKind::Pack { pack, calls, ends } => QuoteLine::Pack {
                pack,
                calls,
                ends,
                amount,
            },
        }
    }
}

/// What a quote is asked for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct QuoteRequest {
    /// What would be bought.
    pub(super) purchase: Purchase,
}

/// A quote beside the balance.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct QuoteAnswer {
    /// What it costs and brings.
    pub(super) quote: Quote,
    /// The balance now, in yuan.
    #[schema(value_type = String, example = "8000.00")]
    pub(super) balance: Money,
    /// The balance once it is paid, in yuan; below zero where it cannot be.
    #[schema(value_type = String, example = "3000.00")]
    pub(super) balance_after: Money,
    /// Why it cannot be paid now; `null` where it can.
    #[schema(required = true)]
    pub(super) not_payable: Option<NotPayable>,
}

/// Why a quote cannot be paid now.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "code", rename_all = "snake_case")]
pub(crate) enum NotPayable {
    /// There is too little money.
    #[schema(title = "BalanceTooLow")]
    BalanceTooLow {
        /// What is to be paid, in yuan.
        #[schema(value_type = String, example = "5000.00")]
        needed: Money,
        /// What there is, in yuan.
        #[schema(value_type = String, example = "4999.99")]
        balance: Money,
        /// What is missing, in yuan.
        #[schema(value_type = String, example = "0.01")]
        short: Money,
    },
    /// A bill is not paid, and bills come before orders.
    #[schema(title = "InArrears")]
    InArrears {
        /// Sum of the unpaid bills, in yuan.
        #[schema(value_type = String, example = "25000.01")]
        owed: Money,
        /// What there is, in yuan.
        #[schema(value_type = String, example = "25000.00")]
        balance: Money,
        /// What is missing, in yuan.
        #[schema(value_type = String, example = "0.01")]
        short: Money,
    },
}
