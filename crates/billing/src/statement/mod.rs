//! A month's statement that a customer can check without access to the server: what was bought, used and
//! owed, signed, with the ends of the call log's hash chain for every day.
//!
//! [`Tally`] goes through the month's call rows once, both to build a statement and to check one.
//! [`Statement::assemble`] joins its counts with what else the server knows, [`sign`] signs the result, and
//! [`verify`] holds a signed statement against the call rows that the customer keeps.

mod calls;
mod check;
mod csv;
mod fault;
mod html;
mod key;
mod sign;
mod tally;
#[cfg(test)]
mod tests;
mod verify;

pub use calls::{CallLine, CallLines, LONGEST_LINE_BYTES, LineCause, LineFault, read_calls};
pub use csv::csv;
pub use fault::VerifyFault;
pub use html::{Language, html};
pub use key::{KeyError, PublicKey, Signature, SigningKey};
pub use sign::{SignedStatement, StatementError, canonical_bytes, sign};
pub use tally::{RowCause, RowFault, RowName, Tally};
pub use verify::{MOST_LISTED_FAULTS, Verification, verify};

use crate::catalogue::{Catalogue, Tier};
use crate::{
    AccountId, ActivityId, ChargedTo, Day, Digest, GrantId, GrantKind, Line, Moment, Money, Month,
    OrderId, Outcome, rate,
};
use serde::{Deserialize, Serialize};

/// The edition of the written form that this program writes and reads.
pub const FORMAT: u32 = 1;

/// What an account bought, used and owes in a calendar month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// The edition of the written form: [`FORMAT`].
    pub format: u32,
    /// Whose statement.
    pub account: AccountId,
    /// The account's name when it was issued.
    pub account_name: String,
    /// The month.
    pub month: Month,
    /// IANA name of the time zone by which days and months begin.
    pub zone: String,
    /// When it was issued.
    pub issued: Moment,
    /// Whether the month was over then; otherwise it is preliminary.
    pub complete: bool,
    /// The edition of the catalogue that prices the postpaid calls.
    pub catalogue: String,
    /// What the activities were called when it was issued.
    pub activities: Vec<ActivityName>,
    /// The balance at the month's beginning.
    pub opening: Money,
    /// The balance at the month's end, or when it was issued: opening and movements, less the orders.
    pub closing: Money,
    /// Money in and out of the balance but for orders, in the order of time.
    pub movements: Vec<Movement>,
    /// Orders paid in the month, in the order of time.
    pub orders: Vec<PaidOrder>,
    /// Grants that could pay in the month.
    pub grants: Vec<GrantUse>,
    /// Calls by activity, payer and outcome, in this order, without zeros.
    pub usage: Vec<Usage>,
    /// What the month's postpaid calls cost; `None` without such calls.
    pub postpaid: Option<Postpaid>,
    /// The part of the call log that it covers.
    pub chain: Chain,
}

/// What an activity is called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActivityName {
    /// The activity.
    pub id: ActivityId,
    /// Its name.
    pub name: String,
}

/// Money into or out of the balance, other than for an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Movement {
    /// When.
    pub at: Moment,
    /// Why.
    pub kind: MovementKind,
    /// How much; in where positive.
    pub amount: Money,
}

/// Why money moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MovementKind {
    /// Money came in.
    TopUp,
    /// The bill of an earlier month was paid.
    BillPaid,
}

/// An order that was paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaidOrder {
    /// Its id.
    pub id: OrderId,
    /// When it was paid.
    pub paid: Moment,
    /// What it brought.
    pub lines: Vec<Line>,
    /// Sum of the lines.
    pub total: Money,
}

/// A grant and what the month used of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GrantUse {
    /// Its id.
    pub id: GrantId,
    /// What it comes from.
    pub kind: GrantKind,
    /// The only activity it pays for; `None` for a shared pack.
    pub activity: Option<ActivityId>,
    /// Calls in all.
    pub total: u64,
    /// Calls used before the month.
    pub used_before: u64,
    /// Calls used in the month.
    pub used_in_month: u64,
    /// Calls left after the month, whether or not it has ended.
    pub left: u64,
    /// It pays for calls before this moment; `None` never ends.
    pub ends: Option<Moment>,
}

/// How many calls of an activity ended so and were paid so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Usage {
    /// The activity.
    pub activity: ActivityId,
    /// What paid.
    pub charged_to: ChargedTo,
    /// How they ended.
    pub outcome: Outcome,
    /// How many.
    pub calls: u64,
}

/// The price of the month's postpaid calls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Postpaid {
    /// Postpaid calls of the month.
    pub calls: u64,
    /// The tier they reach, which prices all of them.
    pub tier: Tier,
    /// Calls times unit price, in yuan before rounding.
    pub exact: String,
    /// Rounded half-up to the fen.
    pub amount: Money,
}

/// A part of an account's call log, held at both ends and at the end of every day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chain {
    /// The number of its first row, or the next one where it has none.
    pub first_seq: u64,
    /// The number of its last row; one less than `first_seq` where it has none.
    pub last_seq: u64,
    /// Digest of the row before its first.
    pub before: Digest,
    /// Digest of its last row; `before` where it has none.
    pub head: Digest,
    /// The days with calls, in the order of time.
    pub days: Vec<DayMark>,
}

/// Where the call log stood at the end of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayMark {
    /// The day.
    pub day: Day,
    /// Rows of the day.
    pub calls: u64,
    /// The number of its last row.
    pub last_seq: u64,
    /// Digest of its last row.
    pub head: Digest,
}

/// What the server knows about a month besides its calls.
#[derive(Clone, Debug)]
pub struct StatementInput<'a> {
    /// The account's name.
    pub account_name: String,
    /// The month.
    pub month: Month,
    /// Now.
    pub issued: Moment,
    /// The catalogue that prices the month.
    pub catalogue: &'a Catalogue,
    /// Names of the activities; those without one are shown by their id.
    pub activities: Vec<ActivityName>,
    /// The balance at the month's beginning.
    pub opening: Money,
    /// The balance at the month's end, or now; as the ledger has it, so that checking the statement checks
    /// the ledger.
    pub closing: Money,
    /// Money in and out but for orders, in the order of time.
    pub movements: Vec<Movement>,
    /// Orders paid in the month, in the order of time.
    pub orders: Vec<PaidOrder>,
    /// Grants that could pay in the month.
    pub grants: Vec<GrantBefore>,
}

/// A grant as it was when the month began, or when it was given later in the month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantBefore {
    /// Its id.
    pub id: GrantId,
    /// What it comes from.
    pub kind: GrantKind,
    /// The only activity it pays for; `None` for a shared pack.
    pub activity: Option<ActivityId>,
    /// Calls in all.
    pub total: u64,
    /// Calls used before the month.
    pub used_before: u64,
    /// It pays for calls before this moment; `None` never ends.
    pub ends: Option<Moment>,
}

impl Statement {
    /// The statement of the calls that `tally` went through.
    pub fn assemble(input: StatementInput<'_>, tally: Tally) -> Statement {
        let usage = tally.usage();
        let calls = postpaid_calls(&usage);
        let postpaid = rate(input.catalogue, calls).map(|rated| Postpaid {
            calls: rated.calls,
            tier: rated.tier,
            exact: rated.exact.to_string(),
            amount: rated.amount,
        });
        let grants = input.grants.into_iter().map(|grant| grant.after(&usage));
        let end = tally.calendar().end_of_month(input.month);
        Statement {
            format: FORMAT,
            account: tally.account(),
            account_name: input.account_name,
            month: input.month,
            zone: tally.calendar().name().to_owned(),
            issued: input.issued,
            complete: input.issued >= end,
            catalogue: input.catalogue.version.clone(),
            activities: input.activities,
            opening: input.opening,
            closing: input.closing,
            movements: input.movements,
            orders: input.orders,
            grants: grants.collect(),
            usage,
            postpaid,
            chain: tally.into_chain(),
        }
    }

    /// Calls of the month, however they ended and whoever paid.
    pub fn calls(&self) -> u64 {
        total(self.usage.iter())
    }
}

impl GrantBefore {
    fn after(self, usage: &[Usage]) -> GrantUse {
        let used_in_month = grant_calls(usage, self.id);
        let used = self.used_before.saturating_add(used_in_month);
        GrantUse {
            id: self.id,
            kind: self.kind,
            activity: self.activity,
            total: self.total,
            used_before: self.used_before,
            used_in_month,
            left: self.total.saturating_sub(used),
            ends: self.ends,
        }
    }
}

/// Calls in `usage` that a grant paid.
fn grant_calls(usage: &[Usage], grant: GrantId) -> u64 {
    total(
        usage
            .iter()
            .filter(|usage| usage.charged_to == ChargedTo::Grant(grant)),
    )
}

/// Calls in `usage` that go on the month's bill.
fn postpaid_calls(usage: &[Usage]) -> u64 {
    total(
        usage
            .iter()
            .filter(|usage| usage.charged_to == ChargedTo::Postpaid),
    )
}

/// Statements are read from files that anybody may have written: sums must not overflow.
fn total<'a>(usage: impl Iterator<Item = &'a Usage>) -> u64 {
    usage.fold(0, |sum, usage| sum.saturating_add(usage.calls))
}
