//! What may happen in a history.

use proptest::prelude::*;
use std::ops::Range;

/// One thing that happens.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// A call of an activity, perhaps under a token.
    Call { activity: usize, token: Option<u8> },
    /// Calls at the same time.
    Together { activity: usize, calls: usize },
    /// A licence is bought or renewed.
    Licence { activity: usize },
    /// A shared pack is bought.
    Pack { account: usize, pack: usize },
    /// Money comes in.
    TopUp { account: usize, fen: i64 },
    /// The calendar goes on, or is set back a little.
    Pass { ms: i64 },
    /// Months are closed.
    Close,
    /// A month ends and is closed, the calendar is set back, and somebody calls.
    MonthEnd {
        activity: usize,
        late_ms: i64,
        back_ms: i64,
    },
    /// The process ends and another begins.
    Reopen,
}

pub(crate) fn steps(length: Range<usize>) -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec(step(), length)
}

fn step() -> impl Strategy<Value = Step> {
    const HOUR_MS: i64 = 3_600_000;
    let activity = || 0..4_usize;
    prop_oneof![
        20 => (activity(), prop::option::weighted(0.3, 0..6_u8))
            .prop_map(|(activity, token)| Step::Call { activity, token }),
        6 => (activity(), 2..7_usize)
            .prop_map(|(activity, calls)| Step::Together { activity, calls }),
        4 => activity().prop_map(|activity| Step::Licence { activity }),
        4 => (0..2_usize, 0..2_usize).prop_map(|(account, pack)| Step::Pack { account, pack }),
        6 => (0..2_usize, prop_oneof![1..300_i64, 3_000..12_000_i64])
            .prop_map(|(account, fen)| Step::TopUp { account, fen }),
        5 => prop_oneof![
            3 => 0..48 * HOUR_MS,
            2 => 48 * HOUR_MS..12 * 24 * HOUR_MS,
            1 => -HOUR_MS..0,
        ]
        .prop_map(|ms| Step::Pass { ms }),
        3 => Just(Step::Close),
        2 => (activity(), 0..2_000_i64, 0..HOUR_MS).prop_map(|(activity, late_ms, back_ms)| {
            Step::MonthEnd {
                activity,
                late_ms,
                back_ms,
            }
        }),
        1 => Just(Step::Reopen),
    ]
}
