use super::tally::rows;
use super::{DayMark, LineFault, RowFault};
use crate::{
    ActivityId, CalendarError, CallId, ChargedTo, Day, Digest, GrantId, Moment, Money, Month,
    OrderId, Outcome,
};

/// What [`verify`](super::verify) found wrong.
#[derive(Debug, thiserror::Error)]
pub enum VerifyFault {
    /// The statement is not as it was signed.
    #[error("the signature does not fit the statement: it was altered after it was signed")]
    BadSignature,
    /// It is signed with another key than the expected one.
    #[error("the statement is signed with the key {found}, not with {expected}")]
    WrongKey {
        /// Fingerprint of the key that was expected.
        expected: String,
        /// Fingerprint of the key that the statement names.
        found: String,
    },
    /// Days cannot be told by the statement's time zone.
    #[error("days cannot be checked: {0}")]
    UnknownZone(CalendarError),
    /// A line that is no row.
    #[error(transparent)]
    Line(LineFault),
    /// A row at fault.
    #[error("line {line}: {fault}")]
    Row {
        /// Where it stands, from 1.
        line: u64,
        /// The row and what is wrong.
        fault: RowFault,
    },
    /// Rows that the statement does not cover, before its first or behind its last.
    #[error(
        "line {line}: row {seq} (call {id}) is not of this statement, whose rows are {first} to {last}; {count} such in all"
    )]
    NotCovered {
        /// Where the first of them stands.
        line: u64,
        /// Its number.
        seq: u64,
        /// Its call.
        id: CallId,
        /// How many there are.
        count: u64,
        /// The statement's first row.
        first: u64,
        /// The statement's last row.
        last: u64,
    },
    /// Rows are missing at the end.
    #[error("{} missing at the end", rows(*first, *last))]
    MissingAtEnd {
        /// The first missing number.
        first: u64,
        /// The last missing number.
        last: u64,
    },
    /// The rows agree with each other but not with what was signed.
    #[error(
        "the rows are not those that were signed, from {} on: signed are {}, there are {}",
        day,
        mark(signed),
        mark(found)
    )]
    DayDiffers {
        /// The first such day.
        day: Day,
        /// What the statement says.
        signed: Option<DayMark>,
        /// What the rows say.
        found: Option<DayMark>,
    },
    /// The rows have another number of such calls.
    #[error(
        "{activity}, charged to {charged_to}, {outcome}: the statement says {stated} calls, the rows say {counted}"
    )]
    UsageDiffers {
        /// The activity.
        activity: ActivityId,
        /// What paid.
        charged_to: ChargedTo,
        /// How they ended.
        outcome: Outcome,
        /// By the statement.
        stated: u64,
        /// By the rows.
        counted: u64,
    },
    /// The statement's calls are not as many as the rows it covers.
    #[error("the statement counts {stated} calls in {rows} rows")]
    CallsDiffer {
        /// The sum of its usage.
        stated: u64,
        /// The rows from first to last.
        rows: u64,
    },
    /// The marks of the days do not lead from the first row to the last.
    #[error("the statement's days do not fit its chain at {0}")]
    DaysBroken(Day),
    /// The chain does not end where the last day does.
    #[error(
        "the statement's chain ends at row {last_seq} with {head}, which is not where its last day ends"
    )]
    EndBroken {
        /// The chain's last row.
        last_seq: u64,
        /// Its digest.
        head: Digest,
    },
    /// What a grant paid is not what the usage says.
    #[error(
        "grant {grant}: the statement says {stated} calls in the month, its usage says {counted}"
    )]
    GrantDiffers {
        /// The grant.
        grant: GrantId,
        /// By the grant.
        stated: u64,
        /// By the usage.
        counted: u64,
    },
    /// Used and left are not all.
    #[error("grant {grant}: {used} calls used and {left} left are not the {total} it had")]
    GrantSum {
        /// The grant.
        grant: GrantId,
        /// Used before and in the month.
        used: u64,
        /// Left.
        left: u64,
        /// In all.
        total: u64,
    },
    /// Calls are charged to a grant that is not there, or is another activity's.
    #[error(
        "calls of {activity} are charged to grant {grant}, which the statement does not have for it"
    )]
    GrantMissing {
        /// The grant.
        grant: GrantId,
        /// Whose calls.
        activity: ActivityId,
    },
    /// Another number of calls was billed than the usage has.
    #[error("{stated} postpaid calls are billed, the usage has {counted}")]
    PostpaidCallsDiffer {
        /// By the bill.
        stated: u64,
        /// By the usage.
        counted: u64,
    },
    /// The tier is not that of the number of calls.
    #[error(
        "{calls} postpaid calls are priced by the tier from {first}{}, which they do not reach or have passed",
        to(*last)
    )]
    TierDiffers {
        /// Postpaid calls.
        calls: u64,
        /// First of the tier.
        first: u64,
        /// Last of the tier.
        last: Option<u64>,
    },
    /// The amount is not calls times unit price, rounded half-up.
    #[error(
        "postpaid: the statement says {stated_exact} yuan, {stated} rounded; it should be {exact}, {amount} rounded"
    )]
    AmountDiffers {
        /// Before rounding, by the statement.
        stated_exact: String,
        /// By the statement.
        stated: Money,
        /// Before rounding, computed.
        exact: String,
        /// Computed.
        amount: Money,
    },
    /// An order's total is not the sum of its lines.
    #[error("order {order}: the total is {total} yuan, its lines make {lines}")]
    OrderSum {
        /// The order.
        order: OrderId,
        /// The total.
        total: Money,
        /// The sum.
        lines: Money,
    },
    /// The closing balance does not follow.
    #[error("the closing balance is {closing} yuan; opening, movements and orders make {computed}")]
    ClosingDiffers {
        /// By the statement.
        closing: Money,
        /// Computed.
        computed: Money,
    },
    /// Amounts too large to be added up.
    #[error("the statement's amounts are too large to be added up")]
    SumTooLarge,
    /// An order or movement is of another month.
    #[error("{what} of {at} is not of {month}")]
    OutsideMonth {
        /// What: an order or a movement.
        what: String,
        /// When it was.
        at: Moment,
        /// The month.
        month: Month,
    },
    /// It claims to be final or preliminary against the time of its issue.
    #[error("the statement says complete = {stated}, but it was issued {issued}")]
    CompleteDiffers {
        /// By the statement.
        stated: bool,
        /// When it was issued.
        issued: Moment,
    },
}

impl VerifyFault {
    /// A stable name for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            VerifyFault::BadSignature => "bad_signature",
            VerifyFault::WrongKey { .. } => "wrong_key",
            VerifyFault::UnknownZone(_) => "unknown_zone",
            VerifyFault::Line(_) => "unreadable_line",
            VerifyFault::Row { fault, .. } => fault.cause.code(),
            VerifyFault::NotCovered { .. } => "row_not_covered",
            VerifyFault::MissingAtEnd { .. } => "rows_missing_at_end",
            VerifyFault::DayDiffers { .. } => "day_differs",
            VerifyFault::UsageDiffers { .. } => "usage_differs",
            VerifyFault::CallsDiffer { .. } => "calls_differ",
            VerifyFault::DaysBroken(_) => "days_broken",
            VerifyFault::EndBroken { .. } => "end_broken",
            VerifyFault::GrantDiffers { .. } => "grant_differs",
            VerifyFault::GrantSum { .. } => "grant_sum",
            VerifyFault::GrantMissing { .. } => "grant_missing",
            VerifyFault::PostpaidCallsDiffer { .. } => "postpaid_calls_differ",
            VerifyFault::TierDiffers { .. } => "tier_differs",
            VerifyFault::AmountDiffers { .. } => "amount_differs",
            VerifyFault::OrderSum { .. } => "order_sum",
            VerifyFault::ClosingDiffers { .. } => "closing_differs",
            VerifyFault::SumTooLarge => "sum_too_large",
            VerifyFault::OutsideMonth { .. } => "outside_month",
            VerifyFault::CompleteDiffers { .. } => "complete_differs",
        }
    }

    /// Whether it lies in the rows rather than in the statement.
    pub const fn is_of_rows(&self) -> bool {
        matches!(
            self,
            VerifyFault::Line(_)
                | VerifyFault::Row { .. }
                | VerifyFault::NotCovered { .. }
                | VerifyFault::MissingAtEnd { .. }
        )
    }
}

fn mark(mark: &Option<DayMark>) -> String {
    mark.as_ref().map_or("no calls".to_owned(), |mark| {
        format!(
            "{} calls up to row {} with {}",
            mark.calls, mark.last_seq, mark.head
        )
    })
}

fn to(last: Option<u64>) -> String {
    last.map_or(" on".to_owned(), |last| format!(" to {last}"))
}
