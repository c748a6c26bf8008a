//! Quotes and orders.

#![expect(
    unused_qualifications,
    reason = "what the operations expand to is not ours"
)]

use super::{Body, InAccount, Owner, Problem, Problems, Reader, Trail, work};
use crate::server::Shared;
use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use billing::{ActivityId, Day, Moment, Money, OrderId};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// What is bought.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "buy", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Purchase {
    /// The licence of an activity: its first, or with `renew` the next.
    #[schema(title = "LicencePurchase")]
    Licence {
        /// The activity; its quota decides which package it is.
        #[schema(value_type = String, example = "300100")]
        activity: ActivityId,
        /// Whether a running licence is renewed.
        #[serde(default)]
        renew: bool,
        /// Calls a second to be bought with it.
        #[serde(default)]
        qps: Vec<QpsRequest>,
    },
    /// More calls a second for chosen days.
    #[schema(title = "QpsPurchase")]
    Qps {
        /// The activity.
        #[schema(value_type = String, example = "300100")]
        activity: ActivityId,
        /// How many, and when.
        request: QpsRequest,
    },
    /// A pack of calls, shared by the licensed activities of the account.
    #[schema(title = "PackPurchase")]
    Pack {
        /// Its id in the catalogue.
        #[schema(example = "pack-100k")]
        pack: String,
    },
}

/// More calls a second for days in a row.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct QpsRequest {
    /// The first day.
    #[schema(value_type = String, format = Date, example = "2026-11-24")]
    first_day: Day,
    /// The last day, included.
    #[schema(value_type = String, format = Date, example = "2026-11-26")]
    last_day: Day,
    /// How many more, in steps of the catalogue.
    #[schema(example = 20)]
    extra: u32,
}

impl From<billing::UpgradeRequest> for QpsRequest {
    fn from(request: billing::UpgradeRequest) -> QpsRequest {
        QpsRequest {
            first_day: request.first_day,
            last_day: request.last_day,
            extra: request.extra,
        }
    }
}

impl From<QpsRequest> for billing::UpgradeRequest {
    fn from(request: QpsRequest) -> billing::UpgradeRequest {
        billing::UpgradeRequest {
            first_day: request.first_day,
            last_day: request.last_day,
            extra: request.extra,
        }
    }
}

impl From<billing::Purchase> for Purchase {
    fn from(purchase: billing::Purchase) -> Purchase {
        match purchase {
            billing::Purchase::Licence {
                activity,
                renew,
                qps,
            } => Purchase::Licence {
                activity,
                renew,
                qps: qps.into_iter().map(QpsRequest::from).collect(),
            },
            billing::Purchase::Qps { activity, request } => Purchase::Qps {
                activity,
                request: request.into(),
            },
            billing::Purchase::Pack { pack } => Purchase::Pack { pack },
        }
    }
}

impl From<Purchase> for billing::Purchase {
    fn from(purchase: Purchase) -> billing::Purchase {
        match purchase {
            Purchase::Licence {
                activity,
                renew,
                qps,
            } => billing::Purchase::Licence {
                activity,
                renew,
                qps: qps.into_iter().map(Into::into).collect(),
            },
            Purchase::Qps { activity, request } => billing::Purchase::Qps {
                activity,
                request: request.into(),
            },
            Purchase::Pack { pack } => billing::Purchase::Pack { pack },
        }
    }
}

/// What a purchase costs and brings.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Quote {
    /// Edition of the catalogue that priced it.
    #[schema(example = "2027-01")]
    catalogue: String,
    /// What it brings.
    lines: Vec<QuoteLine>,
    /// What it costs, in yuan.
    #[schema(value_type = String, example = "5000.00")]
    total: Money,
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
    bought: Moment,
    /// When the right to run begins: at purchase, or where the period before ends.
    #[schema(value_type = String, format = DateTime, example = "2026-11-24T03:00:00Z")]
    starts: Moment,
    /// The first moment after it, for the pack too.
    #[schema(value_type = String, format = DateTime, example = "2027-11-23T16:00:00Z")]
    ends: Moment,
    /// The first moment in which materials are frozen again.
    #[schema(value_type = String, format = DateTime, example = "2026-12-23T16:00:00Z")]
    window_ends: Moment,
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
    purchase: Purchase,
}

/// A quote beside the balance.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct QuoteAnswer {
    /// What it costs and brings.
    quote: Quote,
    /// The balance now, in yuan.
    #[schema(value_type = String, example = "8000.00")]
    balance: Money,
    /// The balance once it is paid, in yuan; below zero where it cannot be.
    #[schema(value_type = String, example = "3000.00")]
    balance_after: Money,
    /// Why it cannot be paid now; `null` where it can.
    #[schema(required = true)]
    not_payable: Option<NotPayable>,
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

/// What is ordered.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OrderRequest {
    /// The caller's own key, 1 to 64 characters: the same key is the same order and is paid once, whatever is
    /// repeated.
    #[schema(example = "0b0ad2a4-6a2e-4f8e-9c11-5b3a4f2d9c10")]
    key: String,
    /// What is bought.
    purchase: Purchase,
    /// The price that was agreed to, in yuan; at another one nothing is bought.
    #[schema(value_type = String, example = "5000.00")]
    agreed: Money,
}

/// An order that was paid.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Order {
    /// Its id.
    #[schema(value_type = String, example = "3")]
    id: OrderId,
    /// The buyer's own key.
    #[schema(example = "0b0ad2a4-6a2e-4f8e-9c11-5b3a4f2d9c10")]
    key: String,
    /// What was asked for.
    purchase: Purchase,
    /// What it brought, at the prices of then.
    quote: Quote,
    /// When it was paid.
    #[schema(value_type = String, format = DateTime, example = "2026-11-24T03:00:00Z")]
    paid: Moment,
}

impl From<store::Order> for Order {
    fn from(order: store::Order) -> Order {
        Order {
            id: order.id,
            key: order.key,
            purchase: order.purchase.into(),
            quote: order.quote.into(),
            paid: order.paid,
        }
    }
}

/// An order that was paid, now or before.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PaidOrder {
    /// The order.
    #[serde(flatten)]
    order: Order,
    /// The balance now, in yuan.
    #[schema(value_type = String, example = "3000.00")]
    balance: Money,
    /// Whether the key's order was paid before and nothing happened now.
    repeated: bool,
}

/// Orders of an account.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Orders {
    /// The oldest first.
    orders: Vec<Order>,
}

/// Which days.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Days {
    /// The first; from the beginning without it.
    #[param(value_type = Option<String>, format = Date, example = "2026-11-01")]
    from: Option<Day>,
    /// The last, included; until now without it.
    #[param(value_type = Option<String>, format = Date, example = "2026-11-30")]
    to: Option<Day>,
}

/// What a purchase would cost and bring
#[utoipa::path(
    post,
    path = "/accounts/{account}/quotes",
    tag = "orders",
    params(InAccount),
    request_body = QuoteRequest,
    responses((status = 200, description = "The quote, beside the balance.", body = QuoteAnswer), Problems)
)]
async fn quote(
    State(shared): State<Arc<Shared>>,
    reader: Reader,
    trail: Trail,
    Body(asked): Body<QuoteRequest>,
) -> Result<Json<QuoteAnswer>, Problem> {
    trail.changes_nothing();
    let account = reader.account;
    let purchase = asked.purchase.into();
    let answer = work(&shared, move |service| {
        let quote = service.quote(account, &purchase)?;
        let view = service.account(account)?;
        let after = view.balance.minus(quote.total).unwrap_or(view.balance);
        Ok::<_, Problem>(QuoteAnswer {
            not_payable: not_payable(view.owed, view.balance, &quote),
            balance: view.balance,
            balance_after: after,
            quote: quote.into(),
        })
    });
    Ok(Json(answer.await?))
}

fn not_payable(owed: Money, balance: Money, quote: &billing::Quote) -> Option<NotPayable> {
    let refusal = if owed > Money::ZERO {
        billing::Refusal::in_arrears(owed, balance)
    } else {
        quote.check_payable(balance, None).err()?
    };
    match refusal {
        billing::Refusal::InArrears {
            owed,
            balance,
            short,
        } => Some(NotPayable::InArrears {
            owed,
            balance,
            short,
        }),
        billing::Refusal::BalanceTooLow {
            needed,
            balance,
            short,
        } => Some(NotPayable::BalanceTooLow {
            needed,
            balance,
            short,
        }),
        _ => None,
    }
}

/// Buy
#[utoipa::path(
    post,
    path = "/accounts/{account}/orders",
    tag = "orders",
    params(InAccount),
    request_body = OrderRequest,
    responses(
        (status = 200, description = "The key's order was paid before; nothing happened now.", body = PaidOrder),
        (status = 201, description = "It is paid and in effect.", body = PaidOrder),
        Problems
    )
)]
async fn order(
    State(shared): State<Arc<Shared>>,
    owner: Owner,
    trail: Trail,
    Body(asked): Body<OrderRequest>,
) -> Result<(StatusCode, Json<PaidOrder>), Problem> {
    let account = owner.account;
    let paid = work(&shared, move |service| {
        let purchase = asked.purchase.into();
        let paid = service.order(account, &purchase, &asked.key, Some(asked.agreed))?;
        match paid.repeated {
            true => trail.changes_nothing(),
            false => trail.detail(format!(
                "{}: {} yuan",
                paid.order.id, paid.order.quote.total
            )),
        }
        Ok::<_, Problem>(paid)
    });
    let paid = paid.await?;
    let status = match paid.repeated {
        true => StatusCode::OK,
        false => StatusCode::CREATED,
    };
    let paid = PaidOrder {
        order: paid.order.into(),
        balance: paid.balance,
        repeated: paid.repeated,
    };
    Ok((status, Json(paid)))
}

/// Orders
#[utoipa::path(
    get,
    path = "/accounts/{account}/orders",
    tag = "orders",
    params(InAccount, Days),
    responses((status = 200, description = "The orders paid on those days.", body = Orders), Problems)
)]
async fn get_orders(
    State(shared): State<Arc<Shared>>,
    reader: Reader,
    Query(days): Query<Days>,
) -> Result<Json<Orders>, Problem> {
    let account = reader.account;
    let orders = work(&shared, move |service| {
        let calendar = service.calendar();
        let from = days
            .from
            .map_or(Moment::default(), |day| calendar.start_of(day));
        let to = days
            .to
            .map_or(Moment::from_unix_ms(i64::MAX), |day| calendar.end_of(day));
        service.orders(account, from, to)
    });
    let orders = orders.await?.into_iter().map(Order::from).collect();
    Ok(Json(Orders { orders }))
}

pub(super) fn operations() -> OpenApiRouter<Arc<Shared>> {
    OpenApiRouter::new()
        .routes(routes!(quote))
        .routes(routes!(order, get_orders))
}
