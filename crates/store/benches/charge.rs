//! How many calls a second can be charged durably, by the size of a batch, with and without tokens.

#![allow(clippy::unwrap_used, reason = "a bench stops where it fails")]
#![allow(missing_docs, reason = "made by criterion's macros")]

use billing::{
    AccountId, Activity, ActivityId, AlgorithmVersion, Calendar, CallId, Digest, Grant, GrantKind,
    Moment, Outcome,
};
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use std::sync::Arc;
use store::sqlite::SqliteDriver;
use store::{Account, AccountState, Charge, ClientToken, Store, StoreError};

/// An account with calls enough for any run.
fn customer(store: &Store, now: Moment) -> (AccountId, ActivityId) {
    let added = store.write(|records| {
        let account = records.next_account()?;
        records.add_account(&Account {
            id: account,
            name: String::new(),
            state: AccountState::Active,
            activity_limit: None,
            created: now,
            data_key: Vec::new(),
        })?;
        let activity = records.next_activity()?;
        records.add_activity(&Activity {
            id: activity,
            account,
            name: "bench".to_owned(),
            details: String::new(),
            algorithm: AlgorithmVersion::Natural,
            quota: 10,
            created: now,
        })?;
        let grant = Grant {
            id: records.next_grant()?,
            kind: GrantKind::Free,
            activity: Some(activity),
            total: 1_000_000_000,
            used: 0,
            bought: now,
            ends: None,
        };
        records.add_grant(account, None, &grant)?;
        Ok::<_, StoreError>((account, activity))
    });
    added.unwrap()
}

/// A batch of calls that were never seen before.
fn batch(
    size: u64,
    with_tokens: bool,
    count: &mut u64,
    who: (AccountId, ActivityId),
) -> Vec<Charge> {
    (0..size)
        .map(|_| {
            *count += 1;
            let digest = Digest::of(&count.to_le_bytes()).0;
            let (id, token) = (half(&digest[..16]), half(&digest[16..]));
            Charge {
                id: CallId(id),
                account: who.0,
                activity: who.1,
                material: None,
                outcome: Outcome::Fused,
                token: with_tokens.then_some(ClientToken { token, body: id }),
            }
        })
        .collect()
}

fn half(bytes: &[u8]) -> [u8; 16] {
    bytes.try_into().unwrap()
}

fn charging(criterion: &mut Criterion) {
    let calendar = Calendar::default();
    let now: Moment = "2027-03-10T04:00:00Z".parse().unwrap();
    for with_tokens in [false, true] {
        let name = if with_tokens {
            "with tokens"
        } else {
            "without tokens"
        };
        let mut group = criterion.benchmark_group(format!("charge {name}"));
        for size in [1, 16, 256] {
            let folder = tempfile::tempdir().unwrap();
            let driver = SqliteDriver::open(&folder.path().join("mien.db")).unwrap();
            let store = Store::new(Arc::new(driver));
            let who = customer(&store, now);
            let mut count = 0;
            group.throughput(Throughput::Elements(size));
            group.bench_function(size.to_string(), |bencher| {
                bencher.iter_batched(
                    || batch(size, with_tokens, &mut count, who),
                    |calls| {
                        let charged = store.write(|records| records.charge(&calls, &calendar, now));
                        charged.unwrap()
                    },
                    BatchSize::PerIteration,
                );
            });
        }
    }
}

criterion_group!(benches, charging);
criterion_main!(benches);
