use super::{Records, integer, read, time};
use crate::StoreError;
use crate::sql::{Row, Value};
use billing::{AccountId, Moment, OrderId, Purchase, Quote};
use serde::Serialize;

/// An order, which is paid from the moment it exists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Order {
    /// Its id.
    pub id: OrderId,
    /// Who bought.
    pub account: AccountId,
    /// The buyer's own key; the same key is the same order.
    pub key: String,
    /// What was asked for.
    pub purchase: Purchase,
    /// What it brought, at the prices of then.
    pub quote: Quote,
    /// When it was paid.
    pub paid: Moment,
}

fn order(row: &dyn Row) -> Result<Order, StoreError> {
    Ok(Order {
        id: OrderId::new(read::count(row, 0)?),
        account: read::account(row, 1)?,
        key: read::text(row, 2)?,
        purchase: read::json(row, 3)?,
        quote: read::json(row, 4)?,
        paid: read::moment(row, 5)?,
    })
}

impl Records<'_> {
    /// The id of the next order.
    pub fn next_order(&mut self) -> Result<OrderId, StoreError> {
        self.next("purchase", 1).map(OrderId::new)
    }

    /// Adds an order.
    pub fn add_order(&mut self, order: &Order) -> Result<(), StoreError> {
        let (purchase, quote) = (
            read::to_json(&order.purchase)?,
            read::to_json(&order.quote)?,
        );
        self.execute(
            "INSERT INTO purchase (id, account, order_key, purchase, quote, total, paid)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            &[
                integer(order.id.number()),
                integer(order.account.number()),
                Value::Text(&order.key),
                Value::Text(&purchase),
                Value::Text(&quote),
                Value::Integer(order.quote.total.fen()),
                time(order.paid),
            ],
        )?;
        Ok(())
    }

    /// The order that an account gave a key to.
    pub fn order_by_key(
        &mut self,
        account: AccountId,
        key: &str,
    ) -> Result<Option<Order>, StoreError> {
        self.row(
            "SELECT id, account, order_key, purchase, quote, paid FROM purchase
             WHERE account = $1 AND order_key = $2",
            &[integer(account.number()), Value::Text(key)],
            order,
        )
    }

    /// An account's orders paid in `from..to`, the oldest first.
    pub fn orders(
        &mut self,
        account: AccountId,
        from: Moment,
        to: Moment,
    ) -> Result<Vec<Order>, StoreError> {
        self.rows(
            "SELECT id, account, order_key, purchase, quote, paid FROM purchase
             WHERE account = $1 AND paid >= $2 AND paid < $3 ORDER BY id",
            &[integer(account.number()), time(from), time(to)],
            order,
        )
    }
}
