use super::*;
use crate::catalogue::{DEFAULT_TEXT, Name, Tier};
use crate::{ActivityId, ChargedTo, Grant, GrantId, GrantKind, Moment, UnitPrice, Wallet};
use proptest::prelude::*;

fn default_catalogue() -> Catalogue {
    Catalogue::read(DEFAULT_TEXT).unwrap()
}

/// A plan in short: package, packs, total.
fn short(plan: &Plan) -> String {
    let licence = plan.licence.as_ref().map_or("none", |package| &package.id);
    let packs = plan
        .packs
        .iter()
        .map(|line| format!(" {}x{}", line.count, line.pack.id));
    format!("{licence}{} {}", packs.collect::<String>(), plan.total)
}

fn cheapest(need: Need) -> Plan {
    let plans = need.plans(&default_catalogue()).unwrap();
    plans.plans.into_iter().next().unwrap()
}

#[test]
fn the_cheapest_comes_first() {
    for (need, expected) in [
        // 492 calls are free.
        (Need::new(41, 1, 0), "none 0.00"),
        (Need::new(41, 2, 0), "package-1 5000.00"),
        (Need::new(42, 1, 0), "package-1 5000.00"),
        // 109,500 calls beyond the licence pack: 2,190 postpaid, 1,700 + 190 with a pack, 3,400 with two.
        (Need::new(10_000, 10, 10), "package-1 1xpack-100k 6890.00"),
        // 899,500 calls: nine small packs cost less than one of a million.
        (Need::new(100_000, 50, 30), "package-2 9xpack-100k 35300.00"),
        // 11,989,500 calls: the last 989,500 cost 16,000 in a pack, 17,090 with small packs and 19,790 postpaid.
        (
            Need::new(1_000_000, 10, 10),
            "package-1 2xpack-1m 1xpack-10m 122000.00",
        ),
        // 71,989,500 calls: 0.005 postpaid beats all packs but the largest, which must be used up to pay.
        (
            Need::new(6_000_000, 10, 10),
            "package-1 2xpack-30m 316947.50",
        ),
        // 950 QPS on 360 days cost 287,400 less than 990, and package 2 is 15,000 dearer.
        (
            Need::new(1_000_000_000, 1000, 10),
            "package-2 400xpack-30m 57602000.00",
        ),
        (
            Need::new(1_000_000_000_000, 50, 1000),
            "package-3 399999xpack-30m 50400078997.50",
        ),
        // The quota decides where it must.
        (Need::new(0, 1, 31), "none 0.00"),
        (Need::new(100, 10, 31), "package-3 80000.00"),
    ] {
        assert_eq!(short(&cheapest(need)), expected, "{need:?}");
    }
}

#[test]
fn a_few_other_plans_follow() {
    let plans = Need::new(6_000_000, 10, 10)
        .plans(&default_catalogue())
        .unwrap();
    let found: Vec<_> = plans.plans.iter().map(short).collect();
    assert_eq!(
        found,
        [
            "package-1 2xpack-30m 316947.50",
            "package-2 2xpack-30m 330497.50",
            "package-1 364947.50",
            "package-1 2xpack-1m 1xpack-10m 2xpack-30m 374000.00",
            "package-3 1xpack-1m 2xpack-30m 377997.50",
        ]
    );
}

#[test]
fn months_are_paid_in_turn() {
    let plan = cheapest(Need {
        months: 4,
        ..Need::new(6_000_000, 10, 31)
    });
    assert_eq!(short(&plan), "package-3 1xpack-1m 185997.50");
    let rows = plan.months.iter().map(|month| {
        let price = month.bill.as_ref().map(|bill| bill.tier.unit_price);
        let price = price.map(|price| price.to_string()).unwrap_or_default();
        let amount = month.amount().to_string();
        let calls = [month.free, month.licence, month.packs, month.postpaid];
        (calls, price, amount)
    });
    let row = |calls, price: &str, amount: &str| (calls, price.to_owned(), amount.to_owned());
    assert_eq!(
        rows.collect::<Vec<_>>(),
        [
            row([500, 5_000_000, 999_500, 0], "", "0.00"),
            row([0, 0, 500, 5_999_500], "0.005", "29997.50"),
            row([0, 0, 0, 6_000_000], "0.005", "30000.00"),
            row([0, 0, 0, 6_000_000], "0.005", "30000.00"),
        ]
    );
}

#[test]
fn qps_are_bought_in_steps_for_the_days_of_the_peak() {
    for (peak, peak_days, months, materials, expected) in [
        (10, 30, 12, 10, None),
        (11, 1, 1, 10, Some((10, 1, "210.00"))),
        (70, 3, 1, 30, Some((20, 3, "1260.00"))),
        (1000, 1, 1, 30, Some((950, 1, "19950.00"))),
        (1000, 0, 1, 30, None),
        (65, 2, 12, 30, Some((20, 24, "10080.00"))),
    ] {
        let need = Need {
            months,
            peak_days_per_month: peak_days,
            ..Need::new(600, peak, materials)
        };
        let found = cheapest(need).qps;
        let found = found.map(|qps| (qps.extra, qps.days, qps.cost.to_string()));
        let expected =
            expected.map(|(extra, days, cost): (u32, u32, &str)| (extra, days, cost.to_owned()));
        assert_eq!(found, expected, "{peak} {peak_days}");
    }
}

#[test]
fn what_cannot_be_is_refused() {
    let mut catalogue = default_catalogue();
    catalogue.contact = "sales@example.com".to_owned();
    let need = Need::new(1_000, 10, 10);
    for (need, text) in [
        (
            Need { months: 0, ..need },
            "a plan for 0 months cannot be made; plan for 1 to 12",
        ),
        (
            Need { months: 13, ..need },
            "a plan for 13 months cannot be made; plan for 1 to 12",
        ),
        (
            Need {
                peak_days_per_month: 32,
                ..need
            },
            "a month has no 32 days of peak; give 0 to 31",
        ),
        (
            Need::new(1_000_000_000_001, 10, 10),
            "1000000000001 calls a month are more than can be planned for (1000000000000)",
        ),
        (
            Need::new(1_000, 10, 1001),
            "1001 materials are more than the largest quota of 1000; use several activities or ask the operator (sales@example.com)",
        ),
        (
            Need::new(1_000, 1001, 10),
            "a peak of 1001 QPS is more than the 1000 an activity can have; for more ask the operator (sales@example.com)",
        ),
    ] {
        assert_eq!(need.plans(&catalogue).unwrap_err().to_string(), text);
    }
    // Steps of 400 from 50 reach 850.
    catalogue.qps_upgrade.step = 400;
    let refused = Need::new(1_000, 851, 30).plans(&catalogue).unwrap_err();
    assert!(
        matches!(refused, PlanRefusal::AboveCeiling { ceiling: 850, .. }),
        "{refused}"
    );
    for package in &mut catalogue.licences {
        package.valid_days = 100;
    }
    let refused = Need { months: 4, ..need }.plans(&catalogue).unwrap_err();
    let short = PlanRefusal::LongerThanLicences {
        months: 4,
        days: 100,
    };
    assert_eq!(refused, short);
    assert!(Need { months: 3, ..need }.plans(&catalogue).is_ok());
    catalogue.licences[0].price = Money::from_fen(i64::MAX);
    catalogue.licences.truncate(1);
    catalogue.postpaid[0].unit_price = UnitPrice::from_micro_yuan(u64::MAX);
    catalogue.packs.clear();
    let refused = Need {
        months: 3,
        ..Need::new(10_000, 10, 10)
    }
    .plans(&catalogue);
    assert_eq!(refused, Err(PlanRefusal::TooMuch));
}

#[test]
fn packs_that_end_too_early_are_left_out() {
    let mut catalogue = default_catalogue();
    for pack in &mut catalogue.packs {
        pack.valid_days = 180;
    }
    let packs_in = |months| {
        let need = Need {
            months,
            ..Need::new(1_000_000, 10, 10)
        };
        let plans = need.plans(&catalogue).unwrap();
        plans.plans.iter().any(|plan| !plan.packs.is_empty())
    };
    // Five months are 153 days, six are 183.
    assert!(packs_in(5));
    assert!(!packs_in(6));
}

#[test]
fn reasons_and_warnings_are_told() {
    let plans = Need::new(100_000, 50, 30)
        .plans(&default_catalogue())
        .unwrap();
    let texts = |plan: &Plan| plan.reasons.iter().map(Reason::text_en).collect::<Vec<_>>();
    assert_eq!(
        texts(&plans.plans[0]),
        [
            "Package 2 has room for 30 materials; 30 needed",
            "its 50 QPS are enough for a peak of 50",
            "the free calls and the licence pack (300500 calls) cover the first 3.0 months",
            "packs pay 899500 calls for 15300.00 yuan, 0.017009 a call; postpaid they would cost 17990.00 yuan, 0.02 a call",
            "500 calls of the shared packs are left over",
        ]
    );
    assert_eq!(
        plans.plans[1].reasons.last().unwrap().text_en(),
        "899500 calls cost 17990.00 yuan postpaid; packs would cost 15300.00 yuan"
    );
    let texts = |need: Need| {
        let plans = need.plans(&default_catalogue()).unwrap();
        plans
            .warnings
            .iter()
            .map(Advice::text_en)
            .collect::<Vec<_>>()
    };
    // Equal months stand together. The first plan has packs and no cliff.
    let need = Need {
        months: 3,
        ..Need::new(900_000, 10, 10)
    };
    assert_eq!(
        texts(need),
        [
            "plan 2: in month 1 the 889500 postpaid calls cost 17790.00 yuan; 1000001 calls would cost 12000.01, 5789.99 less",
            "plan 2: in each of the months 2, 3 the 900000 postpaid calls cost 18000.00 yuan; 1000001 calls would cost 12000.01, 5999.99 less",
        ]
    );
    assert_eq!(
        texts(Need::new(1_000_000_000, 1000, 10)),
        [
            "Package 2 costs 287400.00 yuan less in all than Package 1; create the activity with a quota of 30",
        ]
    );
    assert_eq!(
        texts(Need::new(129_600_001, 50, 30)),
        [
            "129600001 calls a month are more than the 129600000 that the QPS of the plan allow; plan for a higher peak or more days of it",
        ]
    );
}

#[test]
fn plans_are_written_for_programs() {
    let need = Need {
        months: 1,
        ..Need::new(900_000, 20, 10)
    };
    let plans = need.plans(&default_catalogue()).unwrap();
    let value = serde_json::to_value(&plans).unwrap();
    assert_eq!(value["plans"][0]["months"][0]["packs"], 900_000 - 10_500);
    assert_eq!(value["plans"][0]["qps"]["cost"], "6300.00");
    assert_eq!(value["plans"][0]["reasons"][0]["reason"], "quota_fits");
    let cliff = &value["warnings"][0];
    assert_eq!(
        (&cliff["advice"], &cliff["saves"]),
        (&"cliff".into(), &"5789.99".into())
    );
}

/// Packs of nearly equal prices and without a common size cannot all be tried; that is told.
#[test]
fn a_hopeless_price_list_ends_with_a_warning() {
    let mut catalogue = default_catalogue();
    catalogue.packs = (0..24u32)
        .map(|index| Pack {
            id: format!("pack-{index}"),
            calls: 1_000_003 + 7_919 * u64::from(index * index),
            valid_days: 365,
            price: Money::from_fen(400_003 + 3_168 * i64::from(index * index)),
        })
        .collect();
    let plans = Need::new(90_000_017, 10, 10).plans(&catalogue).unwrap();
    assert!(plans.warnings.contains(&Advice::NotProven));
    assert!(plans.plans[0].total <= plans.plans.last().unwrap().total);
}

/// A catalogue with small numbers, so that everything can be tried.
fn small_catalogue() -> impl Strategy<Value = Catalogue> {
    let licences = proptest::collection::vec((1u64..12, 0i64..40), 1..3);
    let packs = proptest::collection::vec((1u64..13, 0i64..30), 0..4);
    let tiers = proptest::collection::vec((1u64..9, 0u64..50_000), 1..4);
    (0u64..4, licences, packs, tiers).prop_map(|(free, licences, packs, tiers)| {
        let mut catalogue = default_catalogue();
        catalogue.free.calls = free;
        catalogue.licences = (1..)
            .zip(&licences)
            .map(|(number, &(calls, fen))| LicencePackage {
                id: format!("package-{number}"),
                name: Name {
                    zh: String::new(),
                    en: String::new(),
                },
                calls,
                qps: 10,
                materials: number,
                update_days: 30,
                valid_days: 365,
                price: Money::from_fen(fen),
            })
            .collect();
        catalogue.packs = (1..)
            .zip(&packs)
            .map(|(number, &(calls, fen))| Pack {
                id: format!("pack-{number}"),
                calls,
                valid_days: 365,
                price: Money::from_fen(fen),
            })
            .collect();
        let mut first = 1;
        catalogue.postpaid.clear();
        for (index, &(width, micros)) in tiers.iter().enumerate() {
            let last = (index + 1 < tiers.len()).then_some(first + width - 1);
            catalogue.postpaid.push(Tier {
                first,
                last,
                unit_price: UnitPrice::from_micro_yuan(micros),
            });
            first += width;
        }
        catalogue
    })
}

/// Postpaid bills of `months` alike, in fen, after `prepaid` calls; another way than the planner's.
fn bills(catalogue: &Catalogue, need: &Need, mut prepaid: u64) -> i64 {
    let mut sum = 0;
    for _ in 0..need.months {
        let paid = prepaid.min(need.calls_per_month);
        prepaid -= paid;
        let left = need.calls_per_month - paid;
        sum += crate::rate(catalogue, left).map_or(0, |rated| rated.amount.fen());
    }
    sum
}

/// The least cost in fen over every licence and every number of every pack.
fn least_cost(catalogue: &Catalogue, need: &Need) -> i64 {
    let mut least = i64::MAX;
    if need.calls() <= catalogue.free.calls {
        least = 0;
    }
    for package in &catalogue.licences {
        let mut mixes = vec![(catalogue.free.calls + package.calls, package.price.fen())];
        for pack in &catalogue.packs {
            let mut more = Vec::new();
            for &(calls, fen) in &mixes {
                let enough = need.calls().saturating_sub(calls).div_ceil(pack.calls);
                for count in 0..=enough {
                    more.push((
                        calls + count * pack.calls,
                        fen + pack.price.fen() * count as i64,
                    ));
                }
            }
            // Of mixes with as many calls the cheapest is enough.
            more.sort_unstable();
            more.dedup_by_key(|mix| mix.0);
            mixes = more;
        }
        for (calls, fen) in mixes {
            least = least.min(fen + bills(catalogue, need, calls));
        }
    }
    least
}

/// How many calls of each month each kind of grant pays, by paying one call after the other.
fn paid_one_by_one(catalogue: &Catalogue, need: &Need, plan: &Plan) -> Vec<[u64; 4]> {
    let activity = ActivityId::new(1);
    let packs = plan.packs.iter().map(|line| line.count * line.pack.calls);
    let totals = [
        (GrantKind::Free, catalogue.free.calls),
        (
            GrantKind::Licence,
            plan.licence.as_ref().map_or(0, |package| package.calls),
        ),
        (GrantKind::Pack, packs.sum()),
    ];
    let grants = (1..).zip(totals).map(|(id, (kind, total))| Grant {
        id: GrantId::new(id),
        kind,
        activity: (kind != GrantKind::Pack).then_some(activity),
        total,
        used: 0,
        bought: Moment::default(),
        ends: None,
    });
    let mut wallet = Wallet::new(grants.collect());
    let month = |_| {
        let mut paid = [0; 4];
        for _ in 0..need.calls_per_month {
            let charged = wallet.pay(activity, plan.licence.is_some(), 0, Moment::default());
            match charged.unwrap() {
                ChargedTo::Grant(id) => paid[id.number() as usize - 1] += 1,
                ChargedTo::Postpaid | ChargedTo::Nobody => paid[3] += 1,
            }
        }
        paid
    };
    (0..need.months).map(month).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]
    #[test]
    fn no_mix_is_cheaper_and_every_plan_adds_up(
        catalogue in small_catalogue(),
        calls_per_month in 0u64..20,
        months in 1u32..6,
    ) {
        let need = Need { months, ..Need::new(calls_per_month, 1, 1) };
        let plans = need.plans(&catalogue).unwrap();
        prop_assert_eq!(plans.plans[0].total.fen(), least_cost(&catalogue, &need));
        prop_assert!(!plans.warnings.contains(&Advice::NotProven));
        prop_assert!(plans.plans.is_sorted_by_key(|plan| plan.total));
        for plan in &plans.plans {
            let licence = plan.licence.as_ref().map_or(0, |package| package.price.fen());
            let packs: i64 = plan.packs.iter().map(|line| line.cost.fen()).sum();
            prop_assert_eq!(plan.total.fen(), licence + packs + plan.postpaid.fen());
            let paid = paid_one_by_one(&catalogue, &need, plan);
            let planned = plan.months.iter().map(|month| [month.free, month.licence, month.packs, month.postpaid]);
            prop_assert_eq!(planned.collect::<Vec<_>>(), paid);
            prop_assert_eq!(plan.postpaid.fen(), plan.months.iter().map(|month| month.amount().fen()).sum::<i64>());
        }
    }

    #[test]
    fn any_need_has_plans_or_a_reason(
        calls_per_month in any::<u64>(),
        bits in 0u32..64,
        months in 0u32..14,
        peak_qps in 0u32..1100,
        peak_days_per_month in 0u32..33,
        materials in 0u64..1100,
    ) {
        let need = Need { calls_per_month: calls_per_month >> bits, months, peak_qps, peak_days_per_month, materials };
        if let Ok(plans) = need.plans(&default_catalogue()) {
            prop_assert!((1..=MOST_PLANS).contains(&plans.plans.len()));
            prop_assert!(!plans.warnings.contains(&Advice::NotProven));
            for plan in plans.plans {
                for reason in plan.reasons {
                    prop_assert!(!reason.text_en().is_empty() && !reason.text_zh().is_empty());
                }
            }
        }
    }
}
