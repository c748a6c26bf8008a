use super::*;
use std::sync::atomic::AtomicU64;
use std::sync::mpsc::{Receiver, Sender, channel};

const USUAL_NS: u64 = 10_000_000;
const FOREVER: u64 = u64::MAX;

/// A pool of one worker under a clock that stands.
fn pool(most_waiting: usize) -> (Pool, Arc<AtomicU64>) {
    let clock = Arc::new(AtomicU64::new(0));
    let size = PoolSize {
        workers: 1,
        most_waiting,
        most_per_group: usize::MAX,
    };
    let now = Arc::clone(&clock);
    let now_ns: NowNs = Arc::new(move || now.load(Ordering::SeqCst));
    (Pool::start(size, now_ns, USUAL_NS).unwrap(), clock)
}

/// Holds the worker until the sender is used, and waits until it is held.
fn hold(pool: &Pool) -> (Sender<()>, Wanted) {
    let (release, held): (Sender<()>, Receiver<()>) = channel();
    let (begun, has_begun) = channel();
    let wanted = pool
        .submit(0, FOREVER, move |_| {
            begun.send(()).unwrap();
            held.recv().unwrap();
        })
        .unwrap();
    has_begun.recv().unwrap();
    (release, wanted)
}

/// Work that tells its name and how it came to its turn.
fn told(
    told: &Sender<(&'static str, TurnOf)>,
    name: &'static str,
) -> impl FnOnce(TurnOf) + Send + use<> {
    let told = told.clone();
    move |turn| told.send((name, turn)).unwrap()
}

#[test]
fn groups_take_turns_and_what_nobody_wants_is_not_begun() {
    let (pool, _) = pool(10);
    let (release, _held) = hold(&pool);
    let (send, receive) = channel();
    let mut wanted = Vec::new();
    for (group, name) in [(1, "a1"), (1, "a2"), (1, "a3"), (2, "b1")] {
        wanted.push(pool.submit(group, FOREVER, told(&send, name)).unwrap());
    }
    drop(wanted.remove(1));
    assert_eq!((pool.state().waiting, pool.state().working), (4, 1));
    release.send(()).unwrap();
    let order: Vec<_> = (0..3).map(|_| receive.recv().unwrap().0).collect();
    assert_eq!(order, ["a1", "b1", "a3"]);
    pool.stop();
    assert_eq!(pool.state(), PoolState::default());
}

#[test]
fn what_would_wait_in_vain_is_refused_at_once() {
    let (pool, _) = pool(2);
    let (release, _held) = hold(&pool);
    let late = pool.submit(1, USUAL_NS - 1, |_| {});
    assert_eq!(late.unwrap_err(), Overload::TooLate { wait_ms: 10 });
    let _first = pool.submit(1, USUAL_NS, |_| {}).unwrap();
    // Another group waits for its turn only, the same group behind what it has.
    let _second = pool.submit(2, 2 * USUAL_NS, |_| {}).unwrap();
    let full = pool.submit(3, FOREVER, |_| {});
    assert_eq!(full.unwrap_err(), Overload::Full { waiting: 2 });
    release.send(()).unwrap();
}

#[test]
fn what_comes_too_late_to_its_turn_is_told_so() {
    let (pool, clock) = pool(2);
    let (release, _held) = hold(&pool);
    let (send, receive) = channel();
    let _wanted = pool.submit(1, 5 * USUAL_NS, told(&send, "late")).unwrap();
    clock.store(6 * USUAL_NS, Ordering::SeqCst);
    release.send(()).unwrap();
    assert_eq!(receive.recv().unwrap(), ("late", TurnOf::Expired));
}

#[test]
fn a_burst_may_wait_but_standing_overload_is_cut_short() {
    let (pool, clock) = pool(50);
    let (send, receive) = channel();
    let mut wanted = Vec::new();
    let set = |ns| clock.store(ns, Ordering::SeqCst);
    // Late, and still done: it may be a burst.
    let (release, _first) = hold(&pool);
    wanted.push(pool.submit(1, FOREVER, told(&send, "a1")).unwrap());
    let (begun, has_begun) = channel();
    let (free, held) = channel::<()>();
    let second = move |_| {
        begun.send(()).unwrap();
        held.recv().unwrap();
    };
    wanted.push(pool.submit(1, FOREVER, second).unwrap());
    for name in ["b1", "b2"] {
        wanted.push(pool.submit(1, FOREVER, told(&send, name)).unwrap());
    }
    set(LATE_NS + 1);
    release.send(()).unwrap();
    assert_eq!(receive.recv().unwrap(), ("a1", TurnOf::Work));
    has_begun.recv().unwrap();
    // Late for long: what is stale is told so, and no more is taken than keeps the worker busy.
    let later = LATE_NS + STANDING_NS + 2;
    set(later);
    let more = pool.submit(1, FOREVER, |_| {});
    assert!(matches!(more, Err(Overload::TooLate { .. })));
    assert!(pool.turns_away(Some(1)) && pool.turns_away(None));
    // Who has nothing in line is let in, but not everybody.
    assert!(!pool.turns_away(Some(2)));
    wanted.push(pool.submit(2, FOREVER, told(&send, "other")).unwrap());
    assert!(pool.turns_away(Some(3)));
    free.send(()).unwrap();
    let mut turns: Vec<_> = (0..3).map(|_| receive.recv().unwrap()).collect();
    turns.sort_by_key(|(name, _)| *name);
    let expired = TurnOf::Expired;
    let expected = [("b1", expired), ("b2", expired), ("other", TurnOf::Work)];
    assert_eq!(turns, expected);
    let (release, _held) = hold(&pool);
    wanted.push(pool.submit(1, FOREVER, told(&send, "c1")).unwrap());
    assert!(pool.submit(1, FOREVER, told(&send, "c2")).is_err());
    release.send(()).unwrap();
    assert_eq!(receive.recv().unwrap(), ("c1", TurnOf::Work));
    // When nothing had to be refused for a while, any number may wait again.
    set(later + STANDING_NS);
    let (release, _held) = hold(&pool);
    for name in ["d1", "d2", "d3"] {
        wanted.push(pool.submit(1, FOREVER, told(&send, name)).unwrap());
    }
    release.send(()).unwrap();
}

#[test]
fn a_group_has_no_more_under_way_than_it_may() {
    let size = PoolSize {
        workers: 3,
        most_waiting: 10,
        most_per_group: 1,
    };
    let pool = Pool::start(size, Arc::new(|| 0), USUAL_NS).unwrap();
    let (release, _held) = hold(&pool);
    let (send, receive) = channel();
    let _own = pool.submit(0, FOREVER, told(&send, "own")).unwrap();
    let _other = pool.submit(1, FOREVER, told(&send, "other")).unwrap();
    assert_eq!(receive.recv().unwrap().0, "other");
    assert_eq!(pool.state().waiting, 1);
    release.send(()).unwrap();
    assert_eq!(receive.recv().unwrap().0, "own");
    pool.stop();
    assert_eq!(pool.state(), PoolState::default());
    assert!(pool.shared.desk().working_for.is_empty());
}

#[test]
fn stopping_finishes_what_was_taken_and_takes_no_more() {
    let (pool, _) = pool(5);
    let (release, _held) = hold(&pool);
    let (send, receive) = channel();
    let _wanted = pool.submit(1, FOREVER, told(&send, "taken")).unwrap();
    pool.shared.desk().stopping = true;
    assert_eq!(
        pool.submit(1, FOREVER, |_| {}).unwrap_err(),
        Overload::Stopping
    );
    release.send(()).unwrap();
    pool.stop();
    assert_eq!(receive.recv().unwrap(), ("taken", TurnOf::Work));
}

#[test]
fn what_work_takes_is_learnt() {
    let (pool, clock) = pool(5);
    for _ in 0..60 {
        let (done, is_done) = channel();
        let now = Arc::clone(&clock);
        let work = move |_| {
            now.fetch_add(80_000_000, Ordering::SeqCst);
            done.send(()).unwrap();
        };
        let _wanted = pool.submit(1, FOREVER, work).unwrap();
        is_done.recv().unwrap();
    }
    pool.stop();
    let usual = pool.shared.desk().usual_ns;
    assert!((75_000_000..=80_000_000).contains(&usual), "{usual}");
}

#[test]
fn a_panic_costs_its_own_work_only() {
    let (pool, _) = pool(5);
    let (send, receive) = channel();
    let _broken = pool.submit(1, FOREVER, |_| panic!("broken")).unwrap();
    let _whole = pool.submit(1, FOREVER, told(&send, "whole")).unwrap();
    assert_eq!(receive.recv().unwrap().0, "whole");
    pool.stop();
    assert_eq!(pool.state(), PoolState::default());
}
