use super::check::check;
use super::{
    CallLine, DayMark, LineFault, PublicKey, RowCause, RowFault, SignedStatement, Statement, Tally,
    VerifyFault,
};
use crate::Calendar;
use std::collections::BTreeMap;

/// Faults that are named one by one; more are only counted, so that a wrong file does not fill the memory.
pub const MOST_LISTED_FAULTS: usize = 1_000;

/// What [`verify`] found.
#[derive(Debug)]
pub struct Verification {
    /// Rows that were read.
    pub checked_rows: u64,
    /// What is wrong: signature, rows in their order, counts, the statement itself.
    pub faults: Vec<VerifyFault>,
    /// Faults of rows beyond [`MOST_LISTED_FAULTS`].
    pub unlisted: u64,
    /// Whether counts and days were held against the rows; only where every row is as it should be, for
    /// otherwise they are not the rows that were counted.
    pub counts_compared: bool,
    /// Fingerprint of the key that the statement names, for people to compare.
    pub fingerprint: String,
}

impl Verification {
    /// Whether nothing is wrong.
    pub fn is_clean(&self) -> bool {
        self.faults.is_empty()
    }
}

/// Holds a signed statement against the account's call rows of the month, in the order of the log.
///
/// Without `expected_key` a good signature says that the statement is as it was signed, not by whom. One
/// altered row is one fault; rows altered together with all digests behind them are found by the signed
/// digests of the days.
pub fn verify(
    signed: &SignedStatement,
    calls: impl Iterator<Item = Result<CallLine, LineFault>>,
    expected_key: Option<&PublicKey>,
) -> Verification {
    let statement = &signed.statement;
    let mut faults = Vec::new();
    let intact = signed.is_intact();
    check_signer(signed, intact, expected_key, &mut faults);
    let calendar = Calendar::new(&statement.zone).unwrap_or_else(|error| {
        faults.push(VerifyFault::UnknownZone(error));
        Calendar::default()
    });
    let chain = &statement.chain;
    let tally = Tally::new(
        statement.account,
        calendar.clone(),
        chain.first_seq,
        chain.before,
    );
    let mut rows = Rows {
        tally: tally.within(statement.month).up_to(chain.last_seq),
        signed_days: if intact { &chain.days } else { &[] },
        checked: 0,
        not_covered: None,
        faults: Vec::new(),
        unlisted: 0,
    };
    for call in calls {
        rows.take(call);
    }
    let (tally, row_faults) = rows.end();
    let (checked_rows, unlisted) = (row_faults.checked, row_faults.unlisted);
    let counts_compared = row_faults.faults.is_empty();
    faults.extend(row_faults.faults);
    if counts_compared {
        compare_days(statement, &tally, &mut faults);
        compare_usage(statement, &tally, &mut faults);
    }
    faults.extend(check(statement, &calendar));
    Verification {
        checked_rows,
        faults,
        unlisted,
        counts_compared,
        fingerprint: signed.public_key.fingerprint(),
    }
}

fn check_signer(
    signed: &SignedStatement,
    intact: bool,
    expected_key: Option<&PublicKey>,
    faults: &mut Vec<VerifyFault>,
) {
    if !intact {
        faults.push(VerifyFault::BadSignature);
    }
    if let Some(expected) = expected_key.filter(|&key| *key != signed.public_key) {
        faults.push(VerifyFault::WrongKey {
            expected: expected.fingerprint(),
            found: signed.public_key.fingerprint(),
        });
    }
}

/// The way through the rows.
struct Rows<'a> {
    tally: Tally,
    signed_days: &'a [DayMark],
    checked: u64,
    /// The first row that the statement does not cover, and how many there are.
    not_covered: Option<(u64, RowFault, u64)>,
    faults: Vec<VerifyFault>,
    unlisted: u64,
}

struct RowFaults {
    checked: u64,
    faults: Vec<VerifyFault>,
    unlisted: u64,
}

impl Rows<'_> {
    fn take(&mut self, call: Result<CallLine, LineFault>) {
        let CallLine { line, row } = match call {
            Ok(call) => call,
            Err(fault) => {
                self.tally.skip_unreadable();
                self.list(VerifyFault::Line(fault));
                return;
            }
        };
        self.checked += 1;
        let Err(mut fault) = self.tally.add(&row) else {
            return;
        };
        match &mut fault.cause {
            RowCause::NotCovered { .. } => {
                let first = self.not_covered.get_or_insert((line, fault, 0));
                first.2 += 1;
                return;
            }
            RowCause::Altered { previous } => {
                // The row before is known to be good where it is signed as the end of its day.
                *previous = previous.filter(|_| !self.follows_a_signed_row());
            }
            _ => {}
        }
        self.list(VerifyFault::Row { line, fault });
    }

    /// Whether the row before the last one is the signed end of a day.
    fn follows_a_signed_row(&self) -> bool {
        let before = self.tally.before_last();
        self.signed_days
            .iter()
            .any(|mark| (mark.last_seq, mark.head) == before)
    }

    fn list(&mut self, fault: VerifyFault) {
        if self.faults.len() < MOST_LISTED_FAULTS {
            self.faults.push(fault);
        } else {
            self.unlisted += 1;
        }
    }

    fn end(mut self) -> (Tally, RowFaults) {
        if let Some((line, fault, count)) = self.not_covered.take()
            && let RowCause::NotCovered { first, last } = fault.cause
        {
            self.list(VerifyFault::NotCovered {
                line,
                seq: fault.row.seq,
                id: fault.row.id,
                count,
                first,
                last,
            });
        }
        if let Some((first, last)) = self.tally.missing_at_end() {
            self.list(VerifyFault::MissingAtEnd { first, last });
        }
        let faults = RowFaults {
            checked: self.checked,
            faults: self.faults,
            unlisted: self.unlisted,
        };
        (self.tally, faults)
    }
}

/// Names the first day on which the rows part from what was signed; all later ones then do.
fn compare_days(statement: &Statement, tally: &Tally, faults: &mut Vec<VerifyFault>) {
    let signed: BTreeMap<_, _> = by_day(statement.chain.days.iter());
    let found: BTreeMap<_, _> = by_day(tally.days());
    let mut days: Vec<_> = signed.keys().chain(found.keys()).copied().collect();
    days.sort_unstable();
    let parts = days
        .into_iter()
        .find(|day| signed.get(day) != found.get(day));
    if let Some(day) = parts {
        faults.push(VerifyFault::DayDiffers {
            day,
            signed: signed.get(&day).map(|&mark| mark.clone()),
            found: found.get(&day).map(|&mark| mark.clone()),
        });
    }
}

fn by_day<'a>(marks: impl Iterator<Item = &'a DayMark>) -> BTreeMap<crate::Day, &'a DayMark> {
    marks.map(|mark| (mark.day, mark)).collect()
}

fn compare_usage(statement: &Statement, tally: &Tally, faults: &mut Vec<VerifyFault>) {
    let mut counts: BTreeMap<_, (u64, u64)> = BTreeMap::new();
    for usage in &statement.usage {
        let kind = (usage.activity, usage.charged_to, usage.outcome);
        let stated = &mut counts.entry(kind).or_default().0;
        *stated = stated.saturating_add(usage.calls);
    }
    for usage in tally.usage() {
        let kind = (usage.activity, usage.charged_to, usage.outcome);
        counts.entry(kind).or_default().1 = usage.calls;
    }
    for ((activity, charged_to, outcome), (stated, counted)) in counts {
        if stated != counted {
            faults.push(VerifyFault::UsageDiffers {
                activity,
                charged_to,
                outcome,
                stated,
                counted,
            });
        }
    }
}
