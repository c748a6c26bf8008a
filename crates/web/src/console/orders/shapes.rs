use super::purchase::Purchase;
use super::quote::Quote;
use billing::{Day, Moment, Money, OrderId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// What is ordered.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OrderRequest {
    /// The caller's own key, 1 to 64 characters: the same key is the same order and is paid once, whatever is
    /// repeated.
    #[schema(example = "0b0ad2a4-6a2e-4f8e-9c11-5b3a4f2d9c10")]
    pub(super) key: String,
    /// What is bought.
    pub(super) purchase: Purchase,
    /// The price that was agreed to, in yuan; at another one nothing is bought.
    #[schema(value_type = String, example = "5000.00")]
    pub(super) agreed: Money,
}

/// An order that was paid.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Order {
    /// Its id.
    #[schema(value_type = String, example = "3")]
    pub(super) id: OrderId,
    /// The buyer's own key.
    #[schema(example = "0b0ad2a4-6a2e-4f8e-9c11-5b3a4f2d9c10")]
    pub(super) key: String,
    /// What was asked for.
    pub(super) purchase: Purchase,
    /// What it brought, at the prices of then.
    pub(super) quote: Quote,
    /// When it was paid.
    #[schema(value_type = String, format = DateTime, example = "2026-11-24T03:00:00Z")]
    pub(super) paid: Moment,
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
    pub(super) order: Order,
    /// The balance now, in yuan.
    #[schema(value_type = String, example = "3000.00")]
    pub(super) balance: Money,
    /// Whether the key's order was paid before and nothing happened now.
    pub(super) repeated: bool,
}

/// Orders of an account.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Orders {
    /// The oldest first.
    pub(super) orders: Vec<Order>,
}

/// Which days.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Days {
    /// The first; from the beginning without it.
    #[param(value_type = Option<String>, format = Date, example = "2026-11-01")]
    pub(super) from: Option<Day>,
    /// The last, included; until now without it.
    #[param(value_type = Option<String>, format = Date, example = "2026-11-30")]
    pub(super) to: Option<Day>,
}
