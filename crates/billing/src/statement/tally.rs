use super::{Chain, DayMark, Usage};
use crate::{AccountId, ActivityId, Calendar, CallId, CallRow, ChargedTo, Day, Digest};
use crate::{Moment, Month, Outcome};
use std::collections::BTreeMap;
use std::fmt;

/// Ranges of missing rows that are remembered, so that a row found later is known from a repeated one.
const MOST_GAPS: usize = 1_000;

/// Goes through call rows in their order: checks each against the chain and counts them. What it keeps does
/// not grow with the number of calls, only with days, activities and payers.
///
/// After a row at fault it goes on from the digest that the row states, so that one altered row is one fault.
#[derive(Clone, Debug)]
pub struct Tally {
    account: AccountId,
    calendar: Calendar,
    first_seq: u64,
    before: Digest,
    /// The number and digests that the next row must follow.
    next_seq: u64,
    head: Digest,
    /// What the last row's digest should have been, where it stated another.
    computed_head: Option<Digest>,
    last: Option<RowName>,
    /// The number and digest that stood before the last row.
    before_last: (u64, Digest),
    last_at: Option<Moment>,
    usage: BTreeMap<(ActivityId, ChargedTo, Outcome), u64>,
    days: BTreeMap<Day, DayMark>,
    month: Option<Month>,
    /// No row is expected behind this one.
    last_seq: Option<u64>,
    /// Lines that could not be read since the last row.
    unreadable: u64,
    /// Missing rows: first and last number.
    gaps: Vec<(u64, u64)>,
}

/// Which row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowName {
    /// Its number.
    pub seq: u64,
    /// The id of its call.
    pub id: CallId,
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("row {row} {cause}")]
pub struct RowFault {
    /// The row, by the number and id that it states.
    pub row: RowName,
    /// What is wrong.
    pub cause: RowCause,
}

/// Why a row cannot stand as it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RowCause {
    /// The digest is not that of the row behind the one before.
    #[error("does not match its digest: it was altered{}", or_else(previous))]
    Altered {
        /// The row before it, which may have been altered along with its digest instead; `None` where that
        /// one is known to be good.
        previous: Option<RowName>,
    },
    /// Rows before it are missing.
    #[error(
        "follows a gap: {} missing before it, so that it cannot be checked itself",
        rows(*first, *last)
    )]
    Gap {
        /// The first missing number.
        first: u64,
        /// The last missing number.
        last: u64,
    },
    /// It comes later than its number says.
    #[error("is out of its place: row {expected} was to come here")]
    OutOfOrder {
        /// The number that was to come.
        expected: u64,
    },
    /// A row of this number has come before.
    #[error("is there twice: row {expected} was to come here; this one was not counted again")]
    Duplicate {
        /// The number that was to come.
        expected: u64,
    },
    /// It is not among the rows of the statement.
    #[error("is not of this statement: its rows are {first} to {last}")]
    NotCovered {
        /// The first row of the statement.
        first: u64,
        /// Its last row, or the row before `first` where it has none.
        last: u64,
    },
    /// It is another account's.
    #[error("belongs to account {found}, not to {expected}")]
    ForeignAccount {
        /// Whose row was to come.
        expected: AccountId,
        /// Whose it is.
        found: AccountId,
    },
    /// It is older than a row before it.
    #[error("goes back in time: it is of {at}, and a row before it of {latest}")]
    TimeGoesBack {
        /// When the call was.
        at: Moment,
        /// The latest call before it.
        latest: Moment,
    },
    /// Its call was in another month.
    #[error("is of {at}, which is not in {month}")]
    OutsideMonth {
        /// When the call was.
        at: Moment,
        /// The month.
        month: Month,
    },
    /// The service failed, which nobody pays for.
    #[error("was charged to {charged_to} although the service failed")]
    FailureCharged {
        /// What paid.
        charged_to: ChargedTo,
    },
}

impl RowCause {
    /// A stable name for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            RowCause::Altered { .. } => "row_altered",
            RowCause::Gap { .. } => "row_gap",
            RowCause::OutOfOrder { .. } => "row_out_of_order",
            RowCause::Duplicate { .. } => "row_duplicate",
            RowCause::NotCovered { .. } => "row_not_covered",
            RowCause::ForeignAccount { .. } => "row_foreign_account",
            RowCause::TimeGoesBack { .. } => "row_time_goes_back",
            RowCause::OutsideMonth { .. } => "row_outside_month",
            RowCause::FailureCharged { .. } => "row_failure_charged",
        }
    }
}

impl fmt::Display for RowName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (call {})", self.seq, self.id)
    }
}

fn or_else(previous: &Option<RowName>) -> String {
    previous.map_or_else(String::new, |row| {
        format!(", or row {row} before it was altered along with its digest")
    })
}

/// `row 3 is` or `rows 3 to 5 are`.
pub(super) fn rows(first: u64, last: u64) -> String {
    if first == last {
        format!("row {first} is")
    } else {
        format!("rows {first} to {last} are")
    }
}

/// Where a row belongs.
enum Place {
    /// It follows, and its digest is right or cannot be known.
    Follows,
    /// It follows but for its digest, or is the one that follows with another number on it.
    Altered,
    /// Rows up to it are missing.
    AfterGap,
    /// It was missing before.
    FillsGap,
    Duplicate,
    NotCovered,
}

impl Tally {
    /// Of the rows of `account` from `first_seq` on; `before` is the digest of the row before, or
    /// [`Digest::origin`].
    pub fn new(account: AccountId, calendar: Calendar, first_seq: u64, before: Digest) -> Tally {
        Tally {
            account,
            calendar,
            first_seq,
            before,
            next_seq: first_seq,
            head: before,
            computed_head: None,
            last: None,
            before_last: (first_seq.saturating_sub(1), before),
            last_at: None,
            usage: BTreeMap::new(),
            days: BTreeMap::new(),
            month: None,
            last_seq: None,
            unreadable: 0,
            gaps: Vec::new(),
        }
    }

    /// Refuses calls outside of a month.
    pub fn within(mut self, month: Month) -> Tally {
        self.month = Some(month);
        self
    }

    /// Refuses rows behind this one.
    pub fn up_to(mut self, last_seq: u64) -> Tally {
        self.last_seq = Some(last_seq);
        self
    }

    /// Takes the next row. Whoever builds a statement stops at a fault; whoever checks one goes on: the row
    /// is then counted as it reads, but for those that are there twice or belong elsewhere.
    pub fn add(&mut self, row: &CallRow) -> Result<(), RowFault> {
        let name = RowName {
            seq: row.seq,
            id: row.id,
        };
        self.take(row, name)
            .map_err(|cause| RowFault { row: name, cause })
    }

    /// Tells that something stood here that could not be read, perhaps a row.
    pub(super) fn skip_unreadable(&mut self) {
        self.unreadable = self.unreadable.saturating_add(1);
    }

    /// The rows that are missing behind the last one, first and last number.
    pub(super) fn missing_at_end(&self) -> Option<(u64, u64)> {
        let last = self.last_seq?;
        let missing = last.checked_sub(self.next_seq)?.saturating_add(1);
        (missing > self.unreadable).then_some((self.next_seq, last))
    }

    /// The number and digest of the row before the last one.
    pub(super) fn before_last(&self) -> (u64, Digest) {
        self.before_last
    }

    /// The days with calls, in the order of time.
    pub(super) fn days(&self) -> impl Iterator<Item = &DayMark> {
        self.days.values()
    }

    /// Whose rows.
    pub fn account(&self) -> AccountId {
        self.account
    }

    /// By what days begin.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// Calls by activity, payer and outcome, in this order.
    pub fn usage(&self) -> Vec<Usage> {
        let usage = |(&(activity, charged_to, outcome), &calls)| Usage {
            activity,
            charged_to,
            outcome,
            calls,
        };
        self.usage.iter().map(usage).collect()
    }

    /// The part of the log that it went through.
    pub fn into_chain(self) -> Chain {
        Chain {
            first_seq: self.first_seq,
            last_seq: self.next_seq.saturating_sub(1),
            before: self.before,
            head: self.head,
            days: self.days.into_values().collect(),
        }
    }

    fn take(&mut self, row: &CallRow, name: RowName) -> Result<(), RowCause> {
        if row.account != self.account {
            // The digest does not hold the account: only this field may have been altered.
            if matches!(self.place(row), Place::Follows) {
                self.advance(row, name);
                self.count(row);
            }
            return Err(RowCause::ForeignAccount {
                expected: self.account,
                found: row.account,
            });
        }
        let expected = self.next_seq;
        match self.place(row) {
            Place::Follows => {
                self.advance(row, name);
                self.count(row);
                self.check_content(row)
            }
            Place::Altered => {
                let previous = self.last;
                self.advance_altered(row, name);
                self.count(row);
                Err(RowCause::Altered { previous })
            }
            Place::AfterGap => {
                let (first, last) = (expected, row.seq - 1);
                if self.gaps.len() < MOST_GAPS {
                    self.gaps.push((first, last));
                }
                self.advance(row, name);
                self.count(row);
                Err(RowCause::Gap { first, last })
            }
            Place::FillsGap => {
                self.fill_gap(row.seq);
                self.count(row);
                Err(RowCause::OutOfOrder { expected })
            }
            Place::Duplicate => Err(RowCause::Duplicate { expected }),
            Place::NotCovered => Err(RowCause::NotCovered {
                first: self.first_seq,
                last: self.last_seq.unwrap_or(u64::MAX),
            }),
        }
    }

    fn place(&self, row: &CallRow) -> Place {
        let covered = row.seq >= self.first_seq && self.last_seq.is_none_or(|last| row.seq <= last);
        if row.seq == self.next_seq && covered {
            return if self.fits(row) {
                Place::Follows
            } else {
                Place::Altered
            };
        }
        // A row whose number alone was altered fits under its own number.
        let expects_more = self.last_seq.is_none_or(|last| self.next_seq <= last);
        let mut renumbered = row.clone();
        renumbered.seq = self.next_seq;
        if expects_more && self.fits(&renumbered) {
            return Place::Altered;
        }
        let after_unreadable = self.next_seq.saturating_add(self.unreadable);
        if !covered {
            Place::NotCovered
        } else if row.seq > self.next_seq && row.seq <= after_unreadable {
            Place::Follows
        } else if row.seq > self.next_seq {
            Place::AfterGap
        } else if self.gap_of(row.seq).is_some() {
            Place::FillsGap
        } else {
            Place::Duplicate
        }
    }

    /// Whether a row's digest follows from the row before, by the digest that one states or should state.
    fn fits(&self, row: &CallRow) -> bool {
        let follows = |head: Digest| head.then(row) == row.digest;
        follows(self.head) || self.computed_head.is_some_and(follows)
    }

    fn advance(&mut self, row: &CallRow, name: RowName) {
        self.step(row.seq, row, name);
        self.computed_head = None;
    }

    /// Goes on behind a row that is altered in its content or in its digest: the next row tells which.
    fn advance_altered(&mut self, row: &CallRow, name: RowName) {
        let computed = self.head.then(row);
        self.step(self.next_seq, row, name);
        self.computed_head = Some(computed);
    }

    fn step(&mut self, seq: u64, row: &CallRow, name: RowName) {
        self.before_last = (self.next_seq.saturating_sub(1), self.head);
        self.next_seq = seq.saturating_add(1);
        self.head = row.digest;
        self.last = Some(name);
        self.unreadable = 0;
    }

    fn gap_of(&self, seq: u64) -> Option<usize> {
        self.gaps
            .iter()
            .position(|&(first, last)| (first..=last).contains(&seq))
    }

    fn fill_gap(&mut self, seq: u64) {
        let Some(index) = self.gap_of(seq) else {
            return;
        };
        let (first, last) = self.gaps.swap_remove(index);
        if first < seq {
            self.gaps.push((first, seq - 1));
        }
        if seq < last {
            self.gaps.push((seq + 1, last));
        }
    }

    fn count(&mut self, row: &CallRow) {
        let kind = (row.activity, row.charged_to, row.outcome);
        *self.usage.entry(kind).or_default() += 1;
        let day = self.calendar.day_of(row.at);
        if self.month.is_some_and(|month| day.month() != month) {
            return;
        }
        let mark = self.days.entry(day).or_insert(DayMark {
            day,
            calls: 0,
            last_seq: 0,
            head: row.digest,
        });
        mark.calls += 1;
        if row.seq > mark.last_seq {
            (mark.last_seq, mark.head) = (row.seq, row.digest);
        }
    }

    /// Checks what a row says, where its digest vouches that it says so.
    fn check_content(&mut self, row: &CallRow) -> Result<(), RowCause> {
        let at = row.at;
        if let Some(month) = self.month
            && self.calendar.month_of(at) != month
        {
            return Err(RowCause::OutsideMonth { at, month });
        }
        if let Some(latest) = self.last_at
            && at < latest
        {
            return Err(RowCause::TimeGoesBack { at, latest });
        }
        self.last_at = Some(at);
        if !row.outcome.is_charged() && row.charged_to != ChargedTo::Nobody {
            let charged_to = row.charged_to;
            return Err(RowCause::FailureCharged { charged_to });
        }
        Ok(())
    }
}
