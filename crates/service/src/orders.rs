//! Orders: a quote first, then payment from the balance, once for each key.

use crate::error::ServiceError;
use crate::service::{Service, account_of, activity_of, check_name};
use billing::{
    AccountId, ActivityId, Grant, GrantKind, LedgerAccount, Line, LineKind, Moment, Money, OrderId,
    Purchase, Quote, Refusal, Standing, Transfer,
};
use serde::Serialize;
use store::{Order, PaidMovement, Records};

/// An order that was paid, now or before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PaidOrder {
    /// The order.
    #[serde(flatten)]
    pub order: Order,
    /// The balance now.
    pub balance: Money,
    /// Whether the key's order was paid before and nothing happened now.
    pub repeated: bool,
}

impl Service {
    /// What a purchase would bring and cost now, or why it cannot be made.
    pub fn quote(&self, account: AccountId, purchase: &Purchase) -> Result<Quote, ServiceError> {
        let now = self.now();
        self.ports
            .store
            .read(|records| self.quote_in(records, account, purchase, now))
    }

    /// Makes a purchase and pays it from the balance, all or nothing. The same `key` is the same order:
    /// it is paid once whatever is retried. With `agreed`, only at that price.
    pub fn order(
        &self,
        account: AccountId,
        purchase: &Purchase,
        key: &str,
        agreed: Option<Money>,
    ) -> Result<PaidOrder, ServiceError> {
        check_name("order key", key, 64)?;
        let now = self.now();
        let paid = self.ports.store.write(|records| {
            account_of(records, account)?;
            if let Some(order) = records.order_by_key(account, key)? {
                if order.purchase != *purchase {
                    return Err(Refusal::OrderKeyReused.into());
                }
                let balance = records.balance(LedgerAccount::Customer(account))?;
                return Ok(PaidOrder {
                    order,
                    balance,
                    repeated: true,
                });
            }
            self.place(records, account, purchase, key, agreed, now)
        })?;
        self.meter().refresh_account(account);
        Ok(paid)
    }

    /// An account's orders paid in `from..to`.
    pub fn orders(
        &self,
        account: AccountId,
        from: Moment,
        to: Moment,
    ) -> Result<Vec<Order>, ServiceError> {
        self.ports.store.read(|records| {
            account_of(records, account)?;
            Ok(records.orders(account, from, to)?)
        })
    }

    fn place(
        &self,
        records: &mut Records<'_>,
        account: AccountId,
        purchase: &Purchase,
        key: &str,
        agreed: Option<Money>,
        now: Moment,
    ) -> Result<PaidOrder, ServiceError> {
        check_not_in_arrears(records, account)?;
        let quote = self.quote_in(records, account, purchase, now)?;
        let balance = records.balance(LedgerAccount::Customer(account))?;
        quote.check_payable(balance, agreed)?;
        let order = Order {
            id: records.next_order()?,
            account,
            key: key.to_owned(),
            purchase: purchase.clone(),
            quote,
            paid: now,
        };
        records.add_order(&order)?;
        for line in &order.quote.lines {
            deliver(records, account, order.id, line, now)?;
        }
        let movement = PaidMovement {
            account,
            kind: "order",
            key: &order.id.to_string(),
            note: "",
            at: now,
        };
        records.book(&movement, &Transfer::order(account, &order.quote.lines))?;
        let balance = records.balance(LedgerAccount::Customer(account))?;
        Ok(PaidOrder {
            order,
            balance,
            repeated: false,
        })
    }

    fn quote_in(
        &self,
        records: &mut Records<'_>,
        account: AccountId,
        purchase: &Purchase,
        now: Moment,
    ) -> Result<Quote, ServiceError> {
        account_of(records, account)?;
        let today = self.calendar().day_of(now);
        let licensed_activities = records.has_licensed_activity(account, now)?;
        let catalogue = self.catalogue();
        let decide = |standing: Option<&Standing<'_>>| {
            billing::quote(
                purchase,
                standing,
                licensed_activities,
                &catalogue,
                self.calendar(),
                now,
            )
        };
        let Some(id) = purchase.activity() else {
            return Ok(decide(None)?);
        };
        let activity = activity_of(records, account, id)?;
        let (licences, upgrades) = (records.licences(id)?, records.upgrades(id, today)?);
        Ok(decide(Some(&Standing {
            activity: &activity,
            licences: &licences,
            upgrades: &upgrades,
        }))?)
    }
}

/// Brings about what a line of an order says.
fn deliver(
    records: &mut Records<'_>,
    account: AccountId,
    order: OrderId,
    line: &Line,
    now: Moment,
) -> Result<(), ServiceError> {
    let add_grant = |records: &mut Records<'_>,
                     kind: GrantKind,
                     activity: Option<ActivityId>,
                     total: u64,
                     ends: Moment| {
        let grant = Grant {
            id: records.next_grant()?,
            kind,
            activity,
            total,
            used: 0,
            bought: now,
            ends: Some(ends),
        };
        records.add_grant(account, Some(order), &grant)
    };
    match &line.kind {
        LineKind::Licence {
            activity,
            package,
            qps,
            calls,
            period,
        } => {
            records.add_licence(*activity, order, package, *qps, period)?;
            add_grant(
                records,
                GrantKind::Licence,
                Some(*activity),
                *calls,
                period.ends,
            )?;
        }
        LineKind::Qps { activity, request } => records.add_upgrade(
            *activity,
            order,
            request.first_day,
            request.last_day,
            request.extra,
        )?,
        LineKind::Pack { calls, ends, .. } => {
            add_grant(records, GrantKind::Pack, None, *calls, *ends)?;
        }
    }
    Ok(())
}

/// Bills come before new orders.
fn check_not_in_arrears(records: &mut Records<'_>, account: AccountId) -> Result<(), ServiceError> {
    if records.unpaid_bills(account)?.is_empty() {
        return Ok(());
    }
    let owed = records.balance(LedgerAccount::Owed(account))?.negated();
    let balance = records.balance(LedgerAccount::Customer(account))?;
    Err(Refusal::in_arrears(owed, balance).into())
}
