//! Charging held to a model that does everything the slow and plain way: one call after the other,
//! every list looked through from its beginning.

use crate::sqlite::SqliteDriver;
use crate::{Account, AccountState, Charge, Charged, ClientToken, Records, Store, StoreError};
use billing::{
    AccountId, Activity, ActivityId, AlgorithmVersion, Calendar, CallId, ChargedTo, Digest, Grant,
    GrantKind, LicencePeriod, Moment, Money, Outcome, Purchase, Quote, Refusal,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

const ACCOUNTS: usize = 2;
/// Of each account.
const ACTIVITIES: usize = 2;

/// Time is counted in steps of 20 minutes from here; a month of Shanghai ends in step 24.
const START: &str = "2027-03-31T08:00:00Z";
const STEP_MS: i64 = 20 * 60_000;

fn step(number: i64) -> Moment {
    let start: Moment = START.parse().unwrap();
    start.plus_ms(number * STEP_MS)
}

/// A grant as it is drawn; its activity is one of its account's.
#[derive(Clone, Debug)]
struct GrantPlan {
    account: usize,
    /// `None` for a shared pack.
    activity: Option<usize>,
    total: u64,
    bought: i64,
    ends: Option<i64>,
}

#[derive(Clone, Debug)]
struct LicencePlan {
    account: usize,
    activity: usize,
    starts: i64,
    steps: i64,
}

#[derive(Clone, Debug)]
struct CallPlan {
    account: usize,
    activity: usize,
    outcome: Outcome,
    token: Option<(u8, u8)>,
}

#[derive(Clone, Debug)]
enum Deed {
    /// The clock moves, back too, and a batch is charged.
    Charge(i64, Vec<CallPlan>),
    /// An account's log is held to a time.
    Hold(usize, i64),
}

#[derive(Clone, Debug)]
struct Plan {
    /// Free calls of every activity, where it has any.
    free: Vec<Option<u64>>,
    grants: Vec<GrantPlan>,
    licences: Vec<LicencePlan>,
    deeds: Vec<Deed>,
}

fn plans() -> impl Strategy<Value = Plan> {
    let grant = (
        0..ACCOUNTS,
        option::of(0..ACTIVITIES),
        0..6_u64,
        -9..9_i64,
        option::weighted(0.8, 0..200_i64),
    );
    let grant = grant.prop_map(|(account, activity, total, bought, ends)| GrantPlan {
        account,
        activity,
        total,
        bought,
        ends,
    });
    let licence = (0..ACCOUNTS, 0..ACTIVITIES, -20..150_i64, 1..150_i64);
    let licence = licence.prop_map(|(account, activity, starts, steps)| LicencePlan {
        account,
        activity,
        starts,
        steps,
    });
    let outcome = prop_oneof![4 => Just(Outcome::Fused), 1 => Just(Outcome::NoFace),
        1 => Just(Outcome::ServiceFailed)];
    let token = option::weighted(
        0.4,
        (0..5_u8, prop_oneof![5 => Just(0_u8), 1 => Just(1_u8)]),
    );
    let call = (0..ACCOUNTS, 0..ACTIVITIES, outcome, token);
    let call = call.prop_map(|(account, activity, outcome, token)| CallPlan {
        account,
        activity,
        outcome,
        token,
    });
    // More often on than back: over a plan some days pass.
    let clock = prop_oneof![4 => 0..30_i64, 1 => -90..0_i64, 1 => 70..150_i64];
    let deed = prop_oneof![
        12 => (clock, vec(call, 0..14)).prop_map(|(steps, calls)| Deed::Charge(steps, calls)),
        1 => (0..ACCOUNTS, 0..200_i64).prop_map(|(account, until)| Deed::Hold(account, until)),
    ];
    let free = vec(option::of(0..5_u64), ACCOUNTS * ACTIVITIES);
    (free, vec(grant, 0..8), vec(licence, 0..6), vec(deed, 1..12)).prop_map(
        |(free, grants, licences, deeds)| Plan {
            free,
            grants,
            licences,
            deeds,
        },
    )
}

struct ModelCall {
    charge: Charge,
    seq: u64,
    at: Moment,
    charged_to: ChargedTo,
}

/// What the books must say. Nothing is kept but what was put in and the calls themselves.
#[derive(Default)]
struct Model {
    grants: Vec<(AccountId, Grant)>,
    licences: Vec<(ActivityId, Moment, Moment)>,
    holds: Vec<(AccountId, Moment)>,
    calls: Vec<ModelCall>,
}

fn day_of(at: Moment) -> i64 {
    at.unix_ms() / 86_400_000
}

impl Model {
    fn time_of(&self, account: AccountId, now: Moment) -> Moment {
        let mut time = now;
        for call in self
            .calls
            .iter()
            .filter(|call| call.charge.account == account)
        {
            time = time.max(call.at);
        }
        for (held, at) in &self.holds {
            if *held == account {
                time = time.max(*at);
            }
        }
        time
    }

    /// The call that was paid under a token today or yesterday.
    fn known(&self, charge: &Charge, time: Moment) -> Option<&ModelCall> {
        let token = charge.token?.token;
        self.calls.iter().find(|call| {
            call.charge.account == charge.account
                && call.charge.token.is_some_and(|known| known.token == token)
                && call.charge.outcome != Outcome::ServiceFailed
                && day_of(time) - day_of(call.at) <= 1
        })
    }

    /// Which grant pays, by its place in the list.
    fn payer(&self, charge: &Charge, licensed: bool, time: Moment) -> Option<usize> {
        let mut best: Option<usize> = None;
        for (index, (owner, grant)) in self.grants.iter().enumerate() {
            let serves = *owner == charge.account
                && match grant.kind {
                    GrantKind::Free => grant.activity == Some(charge.activity),
                    GrantKind::Licence => licensed && grant.activity == Some(charge.activity),
                    GrantKind::Pack => licensed,
                };
            let over = grant.ends.is_some_and(|ends| ends <= time);
            if !serves || over || grant.used == grant.total {
                continue;
            }
            let earlier = |best: usize| pays_before(grant, &self.grants[best].1);
            if best.is_none_or(earlier) {
                best = Some(index);
            }
        }
        best
    }

    fn charge(&mut self, charge: &Charge, now: Moment) -> Result<Charged, Refusal> {
        let time = self.time_of(charge.account, now);
        if let Some(known) = self.known(charge, time) {
            if known.charge.token != charge.token {
                return Err(Refusal::TokenReused);
            }
            return Ok(Charged {
                id: known.charge.id,
                seq: known.seq,
                at: known.at,
                charged_to: known.charged_to,
                kind: None,
                left: None,
                repeated: true,
                outcome: known.charge.outcome,
            });
        }
        let licensed = self.licences.iter().any(|&(activity, starts, ends)| {
            activity == charge.activity && starts <= time && time < ends
        });
        let mut charged = Charged {
            id: charge.id,
            seq: 1,
            at: time,
            charged_to: ChargedTo::Nobody,
            kind: None,
            left: None,
            repeated: false,
            outcome: charge.outcome,
        };
        if charge.outcome != Outcome::ServiceFailed {
            if let Some(index) = self.payer(charge, licensed, time) {
                let grant = &mut self.grants[index].1;
                grant.used += 1;
                charged.charged_to = ChargedTo::Grant(grant.id);
                charged.kind = Some(grant.kind);
                charged.left = Some(grant.total - grant.used);
            } else if licensed {
                charged.charged_to = ChargedTo::Postpaid;
            } else {
                return Err(self.not_entitled(charge.activity));
            }
        }
        for call in self
            .calls
            .iter()
            .filter(|call| call.charge.account == charge.account)
        {
            charged.seq = charged.seq.max(call.seq + 1);
        }
        self.calls.push(ModelCall {
            charge: charge.clone(),
            seq: charged.seq,
            at: time,
            charged_to: charged.charged_to,
        });
        Ok(charged)
    }

    fn not_entitled(&self, activity: ActivityId) -> Refusal {
        let free = self
            .grants
            .iter()
            .find(|(_, grant)| grant.kind == GrantKind::Free && grant.activity == Some(activity));
        Refusal::NotEntitled {
            activity,
            free: free.map_or(0, |(_, grant)| grant.total),
        }
    }
}

/// The order of the rules: free, licence, shared; the earliest to end; the oldest; the first added.
fn pays_before(one: &Grant, other: &Grant) -> bool {
    let place = |kind| match kind {
        GrantKind::Free => 1,
        GrantKind::Licence => 2,
        GrantKind::Pack => 3,
    };
    let by_end = match (one.ends, other.ends) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        (Some(one), Some(other)) => one.cmp(&other),
    };
    let order = place(one.kind)
        .cmp(&place(other.kind))
        .then(by_end)
        .then(one.bought.cmp(&other.bought))
        .then(one.id.cmp(&other.id));
    order == Ordering::Less
}

/// Accounts of their own for a plan, in the books and in the model.
struct World {
    accounts: Vec<AccountId>,
    activities: Vec<Vec<ActivityId>>,
    model: Model,
}

fn found(records: &mut Records<'_>, plan: &Plan) -> Result<World, StoreError> {
    let mut world = World {
        accounts: Vec::new(),
        activities: Vec::new(),
        model: Model::default(),
    };
    for _ in 0..ACCOUNTS {
        let account = add_account(records)?;
        let mut activities = Vec::new();
        for _ in 0..ACTIVITIES {
            activities.push(add_activity(records, account)?);
        }
        world.accounts.push(account);
        world.activities.push(activities);
    }
    for (index, free) in plan.free.iter().enumerate() {
        let account = index / ACTIVITIES;
        let Some(total) = *free else { continue };
        let plan = GrantPlan {
            account,
            activity: Some(index % ACTIVITIES),
            total,
            bought: 0,
            ends: None,
        };
        world.give(records, &plan, GrantKind::Free)?;
    }
    for plan in &plan.grants {
        let kind = match plan.activity {
            Some(_) => GrantKind::Licence,
            None => GrantKind::Pack,
        };
        world.give(records, plan, kind)?;
    }
    for plan in &plan.licences {
        world.license(records, plan)?;
    }
    Ok(world)
}

fn add_account(records: &mut Records<'_>) -> Result<AccountId, StoreError> {
    let id = records.next_account()?;
    records.add_account(&Account {
        id,
        name: String::new(),
        state: AccountState::Active,
        activity_limit: None,
        created: step(0),
        data_key: Vec::new(),
    })?;
    Ok(id)
}

fn add_activity(records: &mut Records<'_>, account: AccountId) -> Result<ActivityId, StoreError> {
    let id = records.next_activity()?;
    records.add_activity(&Activity {
        id,
        account,
        name: String::new(),
        details: String::new(),
        algorithm: AlgorithmVersion::Natural,
        quota: 10,
        created: step(0),
    })?;
    Ok(id)
}

impl World {
    fn give(
        &mut self,
        records: &mut Records<'_>,
        plan: &GrantPlan,
        kind: GrantKind,
    ) -> Result<(), StoreError> {
        let account = self.accounts[plan.account];
        let grant = Grant {
            id: records.next_grant()?,
            kind,
            activity: plan
                .activity
                .map(|index| self.activities[plan.account][index]),
            total: plan.total,
            used: 0,
            bought: step(plan.bought),
            ends: plan.ends.map(step),
        };
        records.add_grant(account, None, &grant)?;
        self.model.grants.push((account, grant));
        Ok(())
    }

    fn license(&mut self, records: &mut Records<'_>, plan: &LicencePlan) -> Result<(), StoreError> {
        let activity = self.activities[plan.account][plan.activity];
        let order = records.next_order()?;
        records.add_order(&crate::Order {
            id: order,
            account: self.accounts[plan.account],
            key: order.to_string(),
            purchase: Purchase::Pack {
                pack: String::new(),
            },
            quote: Quote {
                catalogue: String::new(),
                lines: Vec::new(),
                total: Money::ZERO,
            },
            paid: step(0),
        })?;
        let (starts, ends) = (step(plan.starts), step(plan.starts + plan.steps));
        let period = LicencePeriod {
            // Like a renewal: one that is bought to start at once covers all before, too.
            bought: starts.plus_ms(-1),
            starts,
            ends,
            window_ends: ends,
        };
        records.add_licence(activity, order, "package-1", 10, &period)?;
        self.model.licences.push((activity, starts, ends));
        Ok(())
    }

    fn charge_of(&self, plan: &CallPlan, number: u8) -> Charge {
        Charge {
            id: CallId([number; 16]),
            account: self.accounts[plan.account],
            activity: self.activities[plan.account][plan.activity],
            material: None,
            outcome: plan.outcome,
            token: plan.token.map(|(token, body)| ClientToken {
                token: [token; 16],
                body: [body; 16],
            }),
        }
    }
}

/// Does everything in the books and in the model, and compares each answer.
fn play(store: &Store, plan: &Plan) -> Result<World, TestCaseError> {
    let calendar = Calendar::default();
    let mut world = store.write(|records| found(records, plan)).unwrap();
    let (mut clock, mut number) = (0, 0_u8);
    for deed in &plan.deeds {
        match deed {
            Deed::Hold(account, until) => {
                let (account, until) = (world.accounts[*account], step(*until));
                store
                    .write(|records| records.hold_call_log(account, until))
                    .unwrap();
                world.model.holds.push((account, until));
            }
            Deed::Charge(steps, calls) => {
                clock += steps;
                let mut charges = Vec::new();
                for plan in calls {
                    number = number.wrapping_add(1);
                    charges.push(world.charge_of(plan, number));
                }
                let now = step(clock);
                let results = store.write(|records| records.charge(&charges, &calendar, now));
                let expected: Vec<_> = charges
                    .iter()
                    .map(|charge| world.model.charge(charge, now))
                    .collect();
                prop_assert_eq!(results.unwrap(), expected);
            }
        }
    }
    Ok(world)
}

/// Compares the log, the grants, the months and the usage of an account.
fn compare(store: &Store, world: &World, account: AccountId) -> Result<(), TestCaseError> {
    let model = &world.model;
    let calls: Vec<&ModelCall> = model
        .calls
        .iter()
        .filter(|call| call.charge.account == account)
        .collect();
    let mut rows = Vec::new();
    let (grants, usage) = store
        .read(|records| {
            rows.clear();
            records.each_call(account, 0, u64::MAX, |row| {
                rows.push(row);
                Ok::<_, StoreError>(())
            })?;
            let usage = records.usage(account, Moment::default(), step(100_000))?;
            Ok::<_, StoreError>((records.grants(account)?, usage))
        })
        .unwrap();
    prop_assert_eq!(rows.len(), calls.len());
    let mut digest = Digest::origin(account);
    for (index, (row, call)) in rows.iter().zip(&calls).enumerate() {
        prop_assert_eq!(row.seq, index as u64 + 1);
        let (found, expected) = (
            (
                row.seq,
                row.id,
                row.at,
                row.activity,
                row.outcome,
                row.charged_to,
            ),
            (
                call.seq,
                call.charge.id,
                call.at,
                call.charge.activity,
                call.charge.outcome,
                call.charged_to,
            ),
        );
        prop_assert_eq!(found, expected);
        digest = digest.then(row);
        prop_assert_eq!(digest, row.digest);
    }

    let mut used = 0;
    for grant in &grants {
        prop_assert!(grant.used <= grant.total);
        let expected = model.grants.iter().find(|(_, known)| known.id == grant.id);
        prop_assert_eq!(expected.map(|(_, known)| known), Some(grant));
        used += grant.used;
    }
    let paid = |call: &&&ModelCall| call.charged_to != ChargedTo::Nobody;
    let mut months: BTreeMap<_, u64> = BTreeMap::new();
    for call in calls
        .iter()
        .filter(|call| call.charged_to == ChargedTo::Postpaid)
    {
        *months
            .entry(Calendar::default().month_of(call.at))
            .or_default() += 1;
    }
    prop_assert_eq!(
        used + months.values().sum::<u64>(),
        calls.iter().filter(paid).count() as u64
    );
    for month in ["2027-02", "2027-03", "2027-04", "2027-05"] {
        let month = month.parse().unwrap();
        let found = store.read(|records| records.postpaid_calls(account, month));
        let expected = months.remove(&month).unwrap_or(0);
        prop_assert_eq!(found.map_err(|error| error.to_string()), Ok(expected));
    }
    prop_assert!(months.is_empty(), "{:?}", months);

    let mut hours: BTreeMap<_, u64> = BTreeMap::new();
    for call in &calls {
        let hour = call.at.unix_ms() / 3_600_000 * 3_600_000;
        let key = (
            hour,
            call.charge.activity,
            call.charged_to.code(),
            call.charge.outcome.code(),
        );
        *hours.entry(key).or_default() += 1;
    }
    let found: BTreeMap<_, u64> = usage
        .iter()
        .map(|row| {
            let key = (
                row.hour.unix_ms(),
                row.activity,
                row.charged_to.code(),
                row.outcome.code(),
            );
            (key, row.calls)
        })
        .collect();
    prop_assert_eq!(found, hours);
    Ok(())
}

#[test]
fn charging_agrees_with_a_plain_model() {
    let folder = tempfile::tempdir().unwrap();
    let driver = SqliteDriver::open(&folder.path().join("mien.db")).unwrap();
    let store = Store::new(Arc::new(driver));
    let mut runner = TestRunner::new(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(200)
    });
    let mut seen = BTreeMap::new();
    let counts = std::cell::RefCell::new(&mut seen);
    let outcome = runner.run(&plans(), |plan| {
        let world = play(&store, &plan)?;
        for call in &world.model.calls {
            let what = match call.charged_to {
                ChargedTo::Grant(_) => "grant",
                ChargedTo::Postpaid => "postpaid",
                ChargedTo::Nobody => "nobody",
            };
            *counts.borrow_mut().entry(what).or_insert(0) += 1;
        }
        for &account in &world.accounts {
            compare(&store, &world, account)?;
        }
        Ok(())
    });
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
    // A test of nothing would agree too.
    for what in ["grant", "postpaid", "nobody"] {
        assert!(
            seen.get(what).is_some_and(|&calls| calls > 100),
            "{what}: {seen:?}"
        );
    }
}
