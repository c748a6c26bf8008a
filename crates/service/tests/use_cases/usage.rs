use crate::scene::Scene;
use billing::{ChargedTo, Day, Outcome};
use proptest::prelude::*;
use service::{Period, Split, SplitKey, UsageSum};

const SPLITS: [Split; 4] = [
    Split::None,
    Split::Activity,
    Split::ChargedTo,
    Split::Outcome,
];

fn holds(key: SplitKey, sum: &UsageSum) -> bool {
    match key {
        SplitKey::All => true,
        SplitKey::Activity(activity) => activity == sum.activity,
        SplitKey::ChargedTo(payer) => payer == sum.charged_to,
        SplitKey::Outcome(outcome) => outcome == sum.outcome,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    /// Each number of a series is the sum of the flat usage that it tells of, and nothing is left out.
    #[test]
    fn series_sum_to_the_flat_usage(
        calls in proptest::collection::vec((0usize..2, 0usize..3, 1i64..100), 1..30),
    ) {
        let scene = Scene::new();
        let account = scene.account();
        let activities = [scene.activity(account), scene.activity(account)];
        let outcomes = [Outcome::Fused, Outcome::NoFace, Outcome::ServiceFailed];
        let start = scene.service.now();
        let mut hours = 0;
        for (activity, outcome, later) in calls {
            hours += later;
            scene.clock.set(start.plus_ms(hours * 3_600_000));
            let (activity, outcome) = (activities[activity], outcomes[outcome]);
            scene.call_with(account, activity, None, outcome).unwrap();
        }
        let service = &scene.service;
        let first: Day = "2027-01-01".parse().unwrap();
        let last = service.calendar().day_of(service.now()).plus_days(3);
        let (from, to) = (service.calendar().start_of(first), service.calendar().end_of(last));
        for period in [Period::Day, Period::Month] {
            let flat = service.usage(account, from, to, period).unwrap();
            prop_assert!(flat.iter().all(|sum| sum.charged_to != ChargedTo::Postpaid));
            for split in SPLITS {
                let told = service.usage_series(account, first, last, period, split).unwrap();
                let mut all = 0;
                for series in &told.series {
                    prop_assert_eq!(series.calls.len(), told.periods.len());
                    for (name, &calls) in told.periods.iter().zip(&series.calls) {
                        let of_both = |sum: &&UsageSum| {
                            sum.period == *name && holds(series.key, sum)
                        };
                        let expected: u64 = flat.iter().filter(of_both).map(|sum| sum.calls).sum();
                        prop_assert_eq!(calls, expected, "{} {}", series.key, name);
                        all += calls;
                    }
                    prop_assert_eq!(series.total, series.calls.iter().sum::<u64>());
                }
                prop_assert_eq!(all, flat.iter().map(|sum| sum.calls).sum::<u64>());
            }
        }
    }
}
