//! The cheapest mix of shared packs beside postpaid calls, exactly.
//!
//! A mix matters by its calls alone, and postpaid prices fall at the tiers, so more packs can make the
//! whole dearer: every reachable number of calls counts. Three things keep the search small.
//!
//! - Of the pack with the lowest price a call, the filler, only the counts at the ends of a [`Stretch`]
//!   can be cheapest: between them the cost rises or falls throughout.
//! - Of another pack there are fewer than would have the calls of whole packs that are no dearer a call.
//! - A branch ends where even packs at the filler's price a call would not make it cheaper than the best
//!   mix found (branch and bound; Land and Doig, An automatic method of solving discrete programming
//!   problems, 1960).

use super::postpaid::{Postpaid, Stretch};
use crate::catalogue::Pack;

/// Steps after which a search ends with the best it has; price lists need a few thousand.
const MOST_STEPS: u32 = 200_000;

/// A number of each pack, and what remains postpaid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mix {
    /// How many of each pack, in the order of the packs searched.
    pub(super) counts: Vec<u64>,
    /// Price of the packs, in fen.
    pub(super) packs_fen: i128,
    /// Price of the packs and the postpaid calls, in fen.
    pub(super) cost_fen: i128,
}

impl Mix {
    /// No packs: `rest` calls are postpaid.
    pub(super) fn none(packs: usize, rest: u64, postpaid: &Postpaid<'_>) -> Mix {
        Mix {
            counts: vec![0; packs],
            packs_fen: 0,
            cost_fen: postpaid.cost_fen(rest),
        }
    }
}

/// What a search found.
pub(super) struct Found {
    /// The cheapest mix; `None` where no mix will do.
    pub(super) mix: Option<Mix>,
    /// Whether nothing cheaper can be.
    pub(super) proven: bool,
}

/// The cheapest mix for `rest` calls that leaves a number of postpaid calls within `stretches` (ascending,
/// the first being 0 alone).
pub(super) fn cheapest(
    packs: &[&Pack],
    rest: u64,
    postpaid: &Postpaid<'_>,
    stretches: &[Stretch],
) -> Found {
    let allowed = |calls| {
        stretches
            .iter()
            .any(|stretch| (stretch.least..=stretch.most).contains(&calls))
    };
    let none = allowed(rest).then(|| Mix::none(packs.len(), rest, postpaid));
    let items = items(packs);
    let Some((filler, others)) = items.split_first() else {
        return Found {
            mix: none,
            proven: true,
        };
    };
    let mut search = Search {
        filler,
        others,
        rest,
        postpaid,
        stretches,
        floors: Vec::new(),
        counts: vec![0; packs.len()],
        best: none,
        steps_left: MOST_STEPS,
    };
    search.floors = search.floors();
    if rest > 0 {
        search.descend(0, 0, 0);
    }
    Found {
        mix: search.best,
        proven: search.steps_left > 0,
    }
}

/// A pack in the order of its price a call.
struct Item {
    /// Its place among the packs searched.
    index: usize,
    calls: u64,
    fen: i128,
    /// More than this many are never needed.
    most: u64,
}

fn items(packs: &[&Pack]) -> Vec<Item> {
    let mut items: Vec<Item> = packs
        .iter()
        .enumerate()
        .map(|(index, pack)| Item {
            index,
            calls: pack.calls,
            fen: pack.price.fen().into(),
            most: u64::MAX,
        })
        .collect();
    items.sort_by(|a, b| {
        let (left, right) = (a.fen * i128::from(b.calls), b.fen * i128::from(a.calls));
        left.cmp(&right).then(b.calls.cmp(&a.calls))
    });
    for later in 1..items.len() {
        // So many have the calls of whole packs of an earlier kind, which cost no more.
        let replaced = |earlier: &Item| {
            let shared = greatest_common_divisor(earlier.calls, items[later].calls);
            earlier.calls / shared - 1
        };
        items[later].most = items[..later]
            .iter()
            .map(replaced)
            .min()
            .unwrap_or(u64::MAX);
    }
    items
}

fn greatest_common_divisor(a: u64, b: u64) -> u64 {
    if b == 0 {
        a.max(1)
    } else {
        greatest_common_divisor(b, a % b)
    }
}

struct Search<'a> {
    filler: &'a Item,
    others: &'a [Item],
    rest: u64,
    postpaid: &'a Postpaid<'a>,
    stretches: &'a [Stretch],
    /// The least [`Search::height`] in all stretches before each.
    floors: Vec<i128>,
    counts: Vec<u64>,
    best: Option<Mix>,
    steps_left: u32,
}

impl Search<'_> {
    /// What it would cost to leave `postpaid` calls if packs could be had in parts at the filler's price
    /// a call; in fen times the filler's calls.
    fn height(&self, postpaid: u64) -> i128 {
        self.filler.fen * i128::from(self.rest - postpaid)
            + i128::from(self.filler.calls) * self.postpaid.cost_fen(postpaid)
    }

    fn floors(&self) -> Vec<i128> {
        let mut least = i128::MAX;
        let mut floors = Vec::with_capacity(self.stretches.len());
        for stretch in self.stretches {
            floors.push(least);
            let ends = [stretch.least, stretch.most].map(|end| self.height(end.min(self.rest)));
            least = least.min(ends[0]).min(ends[1]);
        }
        floors
    }

    /// Whether no mix with these packs of other kinds, or more, can be cheaper than the best. True for
    /// more of a kind where it is true for fewer.
    fn is_hopeless(&self, calls: u64, fen: i128) -> bool {
        let Some(best) = &self.best else {
            return false;
        };
        let Some(left) = self.rest.checked_sub(calls) else {
            return fen >= best.cost_fen;
        };
        let reached = self
            .stretches
            .partition_point(|stretch| stretch.least <= left);
        // The first stretch begins at 0.
        let last = self.stretches[reached.saturating_sub(1)];
        let floor = self.floors[reached.saturating_sub(1)]
            .min(self.height(last.least))
            .min(self.height(last.most.min(left)));
        let scale = i128::from(self.filler.calls);
        let bound = scale * fen - self.filler.fen * i128::from(calls) + floor;
        // One fen for the rounding of the partial month between the ends of a stretch.
        bound - scale >= scale * best.cost_fen
    }

    /// Tries every number of the other packs from `depth` on, beside `calls` that cost `fen`; false where
    /// that is hopeless, for more as well.
    fn descend(&mut self, depth: usize, calls: u64, fen: i128) -> bool {
        self.steps_left = self.steps_left.saturating_sub(1);
        if self.steps_left == 0 || self.is_hopeless(calls, fen) {
            return false;
        }
        let item = match self.others.get(depth) {
            Some(item) if calls < self.rest => item,
            _ => {
                self.fill(calls, fen);
                return true;
            }
        };
        // One more than enough is too many.
        let enough = (self.rest - calls).div_ceil(item.calls);
        for count in 0..=item.most.min(enough) {
            self.counts[item.index] = count;
            let (more, price) = (count * item.calls, i128::from(count) * item.fen);
            if !self.descend(depth + 1, calls + more, fen + price) {
                break;
            }
        }
        self.counts[item.index] = 0;
        true
    }

    /// Tries the numbers of the filler that can be cheapest.
    fn fill(&mut self, calls: u64, fen: i128) {
        let left = self.rest.saturating_sub(calls);
        let size = self.filler.calls;
        self.offer(left.div_ceil(size), 0, fen);
        for stretch in self.stretches {
            if stretch.least > left {
                break;
            }
            let fewest = (left - stretch.most.min(left)).div_ceil(size);
            let most = (left - stretch.least) / size;
            if fewest <= most {
                self.offer(fewest, left - fewest * size, fen);
                self.offer(most, left - most * size, fen);
            }
        }
    }

    fn offer(&mut self, fillers: u64, postpaid: u64, fen: i128) {
        let packs_fen = fen + i128::from(fillers) * self.filler.fen;
        let cost_fen = packs_fen + self.postpaid.cost_fen(postpaid);
        let is_better = self
            .best
            .as_ref()
            .is_none_or(|best| (cost_fen, packs_fen) < (best.cost_fen, best.packs_fen));
        if is_better {
            let mut counts = self.counts.clone();
            counts[self.filler.index] = fillers;
            self.best = Some(Mix {
                counts,
                packs_fen,
                cost_fen,
            });
        }
    }
}
