//! What postpaid calls cost over the months of a plan, as a function of how many there are.

use crate::{Catalogue, rate};

/// A bill that cannot be counted is taken for one fen more than the greatest that can.
const UNCOUNTABLE_FEN: i128 = i64::MAX as i128 + 1;

/// The price of a plan's postpaid calls.
///
/// Months are alike and everything prepaid pays first, so the postpaid calls lie at the end: some
/// whole months, and before them what is left of one.
pub(super) struct Postpaid<'a> {
    catalogue: &'a Catalogue,
    calls_per_month: u64,
    whole_month_fen: i128,
}

/// Numbers of postpaid calls, both ends included, in which the number of whole months and the tier of
/// the month before them stay the same: there the cost is linear but for its rounding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) least: u64,
    pub(super) most: u64,
}

impl<'a> Postpaid<'a> {
    pub(super) fn new(catalogue: &'a Catalogue, calls_per_month: u64) -> Postpaid<'a> {
        Postpaid {
            catalogue,
            calls_per_month,
            whole_month_fen: bill_fen(catalogue, calls_per_month),
        }
    }

    /// Cost of this many postpaid calls, each month's bill rounded, in fen.
    pub(super) fn cost_fen(&self, calls: u64) -> i128 {
        if calls == 0 {
            return 0;
        }
        let whole_months = calls / self.calls_per_month;
        let partial = bill_fen(self.catalogue, calls % self.calls_per_month);
        i128::from(whole_months) * self.whole_month_fen + partial
    }

    /// All numbers from 0 to `most`, ascending, without gaps; the first stretch is 0 alone.
    pub(super) fn stretches(&self, most: u64) -> Vec<Stretch> {
        let mut stretches = vec![Stretch { least: 0, most: 0 }];
        if self.calls_per_month == 0 {
            return stretches;
        }
        for whole_months in 0..=most / self.calls_per_month {
            let base = whole_months * self.calls_per_month;
            if base > 0 {
                stretches.push(Stretch {
                    least: base,
                    most: base,
                });
            }
            let end = (self.calls_per_month - 1).min(most - base);
            for tier in &self.catalogue.postpaid {
                let last = tier.last.unwrap_or(u64::MAX).min(end);
                if tier.first <= last {
                    stretches.push(Stretch {
                        least: base + tier.first,
                        most: base + last,
                    });
                }
            }
        }
        stretches
    }
}

fn bill_fen(catalogue: &Catalogue, calls: u64) -> i128 {
    match rate(catalogue, calls) {
        Some(rated) => rated.amount.fen().into(),
        None if calls == 0 => 0,
        None => UNCOUNTABLE_FEN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::DEFAULT_TEXT;

    #[test]
    fn postpaid_calls_fill_months_from_the_last() {
        let catalogue = Catalogue::read(DEFAULT_TEXT).unwrap();
        let postpaid = Postpaid::new(&catalogue, 1_500_000);
        for (calls, fen) in [
            (0, 0),
            (1, 2),
            (1_000_000, 2_000_000),
            (1_000_001, 1_200_001),
            (1_500_000, 1_800_000),
            (1_500_001, 1_800_002),
            (4_000_000, 2 * 1_800_000 + 2_000_000),
        ] {
            assert_eq!(postpaid.cost_fen(calls), fen, "{calls}");
        }
    }

    #[test]
    fn stretches_leave_no_gap() {
        let catalogue = Catalogue::read(DEFAULT_TEXT).unwrap();
        for (calls_per_month, most) in [
            (0, 0),
            (1, 12),
            (1_500_000, 4_700_000),
            (9_000_000, 107_999_999),
        ] {
            let stretches = Postpaid::new(&catalogue, calls_per_month).stretches(most);
            let mut next = 0;
            for stretch in &stretches {
                assert!(
                    stretch.least == next && stretch.most >= next,
                    "{stretches:?}"
                );
                next = stretch.most + 1;
            }
            assert_eq!(next, most + 1, "{stretches:?}");
        }
    }
}
