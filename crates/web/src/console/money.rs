//! Money and rights: the ledger, the bills, the grants.

#![expect(
    unused_qualifications,
    reason = "what the operations expand to is not ours"
)]

use super::names::GrantKind;
use super::{InAccount, Problem, Problems, Reader, work};
use crate::server::Shared;
use axum::Json;
use axum::extract::{Query, State};
use billing::{ActivityId, BillId, GrantId, Moment, Money, Month};
use serde::{Deserialize, Serialize};
use service::BalanceMovement;
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// A right to a number of calls.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Grant {
    /// Its id.
    #[schema(value_type = String, example = "1")]
    id: GrantId,
    /// What it comes from.
    kind: GrantKind,
    /// The only activity it pays for; `null` pays for all licensed activities.
    #[schema(value_type = Option<String>, required = true, example = "300100")]
    activity: Option<ActivityId>,
    /// Calls in all.
    #[schema(example = 10000)]
    total: u64,
    /// Calls used.
    #[schema(example = 1234)]
    used: u64,
    /// When it began.
    #[schema(value_type = String, format = DateTime, example = "2026-11-24T03:00:00Z")]
    bought: Moment,
    /// The first moment after it; `null` never ends.
    #[schema(value_type = Option<String>, format = DateTime, required = true, example = "2027-11-23T16:00:00Z")]
    ends: Option<Moment>,
}

impl From<billing::Grant> for Grant {
    fn from(grant: billing::Grant) -> Grant {
        Grant {
            id: grant.id,
            kind: grant.kind.into(),
            activity: grant.activity,
            total: grant.total,
            used: grant.used,
            bought: grant.bought,
            ends: grant.ends,
        }
    }
}

/// The rights of an account.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Grants {
    /// All of them, those that are used up or over included, the oldest first.
    grants: Vec<Grant>,
}

/// What a movement is for.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum MovementKind {
    /// The operator credited the account.
    TopUp,
    /// An order was paid.
    Order,
    /// A bill was paid.
    BillPaid,
    /// Something else that the operator booked.
    Other,
}

/// A movement of the balance.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Movement {
    /// Number of the transfer; counts up.
    #[schema(example = "17")]
    transfer: String,
    /// When.
    #[schema(value_type = String, format = DateTime, example = "2026-11-24T03:00:00Z")]
    at: Moment,
    /// What for.
    kind: MovementKind,
    /// The key under which it happened once: the id of the order or bill, the operator's key of a top-up.
    #[schema(example = "3")]
    key: String,
    /// A remark; may be empty.
    #[schema(example = "")]
    note: String,
    /// How much, in yuan; in where positive, out where negative.
    #[schema(value_type = String, example = "-5000.00")]
    amount: Money,
    /// The balance after it, in yuan.
    #[schema(value_type = String, example = "1234.56")]
    balance: Money,
}

impl From<BalanceMovement> for Movement {
    fn from(movement: BalanceMovement) -> Movement {
        let BalanceMovement { line, balance } = movement;
        Movement {
            transfer: line.transfer.to_string(),
            at: line.at,
            kind: match line.kind.as_str() {
                "top_up" => MovementKind::TopUp,
                "order" => MovementKind::Order,
                "bill_paid" => MovementKind::BillPaid,
                _ => MovementKind::Other,
            },
            key: line.key,
            note: line.note,
            amount: line.amount,
            balance,
        }
    }
}

/// A page of the ledger.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Ledger {
    /// The newest first.
    movements: Vec<Movement>,
    /// Give it as `after` for the next page; `null` where there is none.
    #[schema(required = true, example = "17")]
    next: Option<String>,
}

/// The bill of a month's postpaid calls.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Bill {
    /// Its id.
    #[schema(value_type = String, example = "1")]
    id: BillId,
    /// For which month.
    #[schema(value_type = String, example = "2026-11")]
    month: Month,
    /// Edition of the catalogue that priced it.
    #[schema(example = "2027-01")]
    catalogue: String,
    /// Postpaid calls of the month.
    #[schema(example = 1_000_001)]
    calls: u64,
    /// What they cost, in yuan.
    #[schema(value_type = String, example = "12000.01")]
    amount: Money,
    /// When it was drawn.
    #[schema(value_type = String, format = DateTime, example = "2026-11-30T16:00:00Z")]
    drawn: Moment,
    /// When it was paid; `null` while it is not.
    #[schema(value_type = Option<String>, format = DateTime, required = true, example = "2026-11-30T16:00:00Z")]
    paid: Option<Moment>,
}

impl From<store::Bill> for Bill {
    fn from(bill: store::Bill) -> Bill {
        Bill {
            id: bill.id,
            month: bill.month,
            catalogue: bill.catalogue,
            calls: bill.calls,
            amount: bill.amount,
            drawn: bill.drawn,
            paid: bill.paid,
        }
    }
}

/// The bills of an account.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Bills {
    /// The oldest first. A month without postpaid calls has none.
    bills: Vec<Bill>,
    /// Sum of those that are not paid, in yuan.
    #[schema(value_type = String, example = "0.00")]
    owed: Money,
}

/// Which part of a list.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Page {
    /// Where the page before ended: its `next`.
    #[param(value_type = Option<String>, example = "17")]
    pub(super) after: Option<u64>,
    /// Entries at most, 1 to 200.
    #[serde(default = "Page::usual")]
    #[param(default = 50, minimum = 1, maximum = 200)]
    limit: u64,
}

impl Page {
    const fn usual() -> u64 {
        50
    }

    /// How many to look up: one more than asked for tells whether there is another page.
    pub(super) fn look_up(self) -> u64 {
        self.most() + 1
    }

    pub(super) fn most(self) -> u64 {
        self.limit.clamp(1, 200)
    }

    /// Cuts what was looked up to the page; tells where it ends if there is more.
    pub(super) fn cut<T>(self, found: &mut Vec<T>, id: impl Fn(&T) -> u64) -> Option<String> {
        let most = usize::try_from(self.most()).unwrap_or(usize::MAX);
        let is_more = found.len() > most;
        found.truncate(most);
        found
            .last()
            .filter(|_| is_more)
            .map(|last| id(last).to_string())
    }
}

/// Movements of the balance
#[utoipa::path(
    get,
    path = "/accounts/{account}/ledger",
    tag = "money",
    params(InAccount, Page),
    responses((status = 200, description = "A page, the newest first.", body = Ledger), Problems)
)]
async fn get_ledger(
    State(shared): State<Arc<Shared>>,
    reader: Reader,
    Query(page): Query<Page>,
) -> Result<Json<Ledger>, Problem> {
    let id = reader.account;
    let found = work(&shared, move |service| {
        service.ledger_page(id, page.after, page.look_up())
    });
    let mut found = found.await?;
    let next = page.cut(&mut found, |movement| movement.line.transfer);
    let movements = found.into_iter().map(Movement::from).collect();
    Ok(Json(Ledger { movements, next }))
}

/// Rights to calls
#[utoipa::path(
    get,
    path = "/accounts/{account}/grants",
    tag = "money",
    params(InAccount),
    responses((status = 200, description = "All rights.", body = Grants), Problems)
)]
async fn get_grants(
    State(shared): State<Arc<Shared>>,
    reader: Reader,
) -> Result<Json<Grants>, Problem> {
    let id = reader.account;
    let grants = work(&shared, move |service| service.grants(id)).await?;
    let grants = grants.into_iter().map(Grant::from).collect();
    Ok(Json(Grants { grants }))
}

/// Bills
#[utoipa::path(
    get,
    path = "/accounts/{account}/bills",
    tag = "money",
    params(InAccount),
    responses((status = 200, description = "All bills.", body = Bills), Problems)
)]
async fn get_bills(
    State(shared): State<Arc<Shared>>,
    reader: Reader,
) -> Result<Json<Bills>, Problem> {
    let id = reader.account;
    let (bills, owed) = work(&shared, move |service| {
        Ok::<_, Problem>((service.bills(id)?, service.account(id)?.owed))
    })
    .await?;
    let bills = bills.into_iter().map(Bill::from).collect();
    Ok(Json(Bills { bills, owed }))
}

pub(super) fn operations() -> OpenApiRouter<Arc<Shared>> {
    OpenApiRouter::new()
        .routes(routes!(get_ledger))
        .routes(routes!(get_grants))
        .routes(routes!(get_bills))
}
