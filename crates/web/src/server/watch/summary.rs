use super::latency::Latencies;
use super::request::Ended;
use serde::Serialize;
use service::course::Stage;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Minutes that a summary looks back, the one under way included.
const MINUTES: u64 = 5;

const MINUTE_NS: u64 = 60_000_000_000;

/// What happened in the last minutes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// How many minutes it looks back, the one under way included.
    pub minutes: u64,
    /// Requests that ended.
    pub requests: u64,
    /// How they ended, the most frequent first.
    pub outcomes: Vec<OutcomeCount>,
    /// How long their stages took, in the order of work; stages that none went through are left out.
    pub stages: Vec<StageSummary>,
    /// Calls that wait for a core now.
    pub queue_waiting: usize,
    /// Calls that are worked on now.
    pub queue_working: usize,
    /// Connections that are open now.
    pub connections: i64,
}

/// How often requests ended in some way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OutcomeCount {
    /// The code: an error's, `OK`, or `ClientGone`.
    pub code: &'static str,
    /// How often.
    pub count: u64,
}

/// How long a stage took; times are right to a sixteenth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StageSummary {
    /// Name of the stage.
    pub stage: &'static str,
    /// Requests that went through it.
    pub count: u64,
    /// Half took no longer, in microseconds.
    pub p50_us: u64,
    /// 95 % took no longer, in microseconds.
    pub p95_us: u64,
    /// 99 % took no longer, in microseconds.
    pub p99_us: u64,
}

/// One minute.
#[derive(Debug, Default)]
struct Cell {
    minute: u64,
    outcomes: BTreeMap<&'static str, u64>,
    stages: Vec<Latencies>,
}

/// The last minutes.
#[derive(Debug, Default)]
pub(super) struct Recent(Mutex<Vec<Cell>>);

impl Recent {
    pub(super) fn keep(&self, ended: &Ended<'_>, now_ns: u64) {
        let minute = now_ns / MINUTE_NS;
        let mut cells = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let index = (minute % MINUTES) as usize;
        cells.resize_with(MINUTES as usize, Cell::default);
        let cell = &mut cells[index];
        if cell.minute != minute || cell.stages.is_empty() {
            *cell = Cell {
                minute,
                outcomes: BTreeMap::new(),
                stages: vec![Latencies::default(); Stage::ALL.len()],
            };
        }
        *cell.outcomes.entry(ended.code).or_default() += 1;
        for (stage, latencies) in Stage::ALL.into_iter().zip(&mut cell.stages) {
            if let Some(us) = ended.took_us(stage) {
                latencies.add(us);
            }
        }
    }

    /// The minutes up to now; what is now is left empty.
    pub(super) fn summary(&self, now_ns: u64) -> Summary {
        let minute = now_ns / MINUTE_NS;
        let mut outcomes = BTreeMap::<&'static str, u64>::new();
        let mut stages = vec![Latencies::default(); Stage::ALL.len()];
        let cells = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for cell in cells.iter().filter(|cell| cell.minute + MINUTES > minute) {
            for (code, count) in &cell.outcomes {
                *outcomes.entry(code).or_default() += count;
            }
            for (all, latencies) in stages.iter_mut().zip(&cell.stages) {
                all.add_all(latencies);
            }
        }
        drop(cells);
        let mut outcomes: Vec<OutcomeCount> = outcomes
            .into_iter()
            .map(|(code, count)| OutcomeCount { code, count })
            .collect();
        outcomes.sort_by_key(|outcome| std::cmp::Reverse(outcome.count));
        let stages = Stage::ALL.into_iter().zip(&stages);
        Summary {
            minutes: MINUTES,
            requests: outcomes.iter().map(|outcome| outcome.count).sum(),
            outcomes,
            stages: stages
                .filter(|(_, latencies)| latencies.count() > 0)
                .map(|(stage, latencies)| StageSummary {
                    stage: stage.name(),
                    count: latencies.count(),
                    p50_us: latencies.percentile(50),
                    p95_us: latencies.percentile(95),
                    p99_us: latencies.percentile(99),
                })
                .collect(),
            ..Summary::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dispatch::Version;
    use service::course::Passage;

    fn ended(code: &'static str, total_us: u64) -> Ended<'static> {
        Ended {
            id: "",
            version: Version::V2022,
            operation: None,
            account: None,
            activity: None,
            trace_parent: None,
            client: None,
            code,
            charged_to: "none",
            is_charged: false,
            bytes_in: 0,
            bytes_out: 0,
            passages: vec![Passage {
                stage: Stage::Total,
                began_ns: 7,
                ended_ns: 7 + total_us * 1000,
            }],
        }
    }

    #[test]
    fn the_last_minutes_are_summed_up_and_older_ones_forgotten() {
        let recent = Recent::default();
        assert_eq!(recent.summary(0).requests, 0);
        recent.keep(&ended("InternalError", 9), 0);
        for minute in 3..=5 {
            recent.keep(&ended("OK", minute), minute * MINUTE_NS);
        }
        let summary = recent.summary(5 * MINUTE_NS + 1);
        assert_eq!(summary.requests, 3);
        assert_eq!(
            summary.outcomes,
            [OutcomeCount {
                code: "OK",
                count: 3
            }]
        );
        let total = StageSummary {
            stage: "total",
            count: 3,
            p50_us: 4,
            p95_us: 5,
            p99_us: 5,
        };
        assert_eq!(summary.stages, [total]);
        assert_eq!(recent.summary(9 * MINUTE_NS).requests, 1);
        assert_eq!(recent.summary(10 * MINUTE_NS).requests, 0);
    }
}
