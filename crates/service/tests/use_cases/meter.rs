//! The meter under many threads, without pictures.

use crate::scene::{Scene, refused, token};
use billing::{Outcome, Refusal};
use service::ChargeError;
use std::sync::Barrier;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::channel;
use std::thread;
use store::sql::Value;

#[test]
fn five_hundred_free_calls_under_sixteen_threads_are_five_hundred() {
    let scene = Scene::new();
    let account = scene.account();
    let activity = scene.activity(account);
    let (charged, let_in) = (AtomicU64::new(0), AtomicU64::new(0));
    thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| {
                let meter = scene.service.meter();
                while let Ok(admission) = refused(meter.admit(account, activity, None)) {
                    let_in.fetch_add(1, Ordering::SeqCst);
                    meter
                        .charge(admission, scene.ended(Outcome::Fused))
                        .unwrap();
                    charged.fetch_add(1, Ordering::SeqCst);
                }
            });
        }
    });
    // Nobody is let in, and a picture made, for nothing.
    assert_eq!((let_in.into_inner(), charged.into_inner()), (500, 500));
    assert!(scene.call(account, activity).is_err());
    scene.audit();
}

#[test]
fn one_token_under_sixteen_threads_is_charged_once() {
    let scene = Scene::new();
    let account = scene.account();
    let activity = scene.activity(account);
    let barrier = Barrier::new(16);
    let results: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = (0..16)
            .map(|_| {
                scope.spawn(|| {
                    barrier.wait();
                    let token = Some(token(1, 1));
                    scene.call_with(account, activity, token, Outcome::Fused)
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|t| t.join().unwrap().unwrap())
            .collect()
    });
    let fresh = results.iter().filter(|charged| !charged.repeated).count();
    assert_eq!(fresh, 1);
    assert!(results.iter().all(|charged| charged.seq == 1));
    let other = scene.call_with(account, activity, Some(token(1, 2)), Outcome::Fused);
    assert_eq!(other, Err(Refusal::TokenReused));
    scene.audit();
}

#[test]
fn a_call_that_ends_without_a_charge_gives_its_place_back() {
    let scene = Scene::new();
    let account = scene.account();
    let activity = scene.activity(account);
    scene.calls(account, activity, 499);
    let meter = scene.service.meter();
    let admit = |token| refused(meter.admit(account, activity, token));
    let first = admit(None).unwrap();
    assert!(admit(None).is_err(), "the last free call is on its way");
    drop(first);
    let second = admit(None).unwrap();
    let failed = meter.charge(second, scene.ended(Outcome::ServiceFailed));
    assert_eq!(failed.unwrap().left, None);
    let last = Some(token(1, 1));
    scene
        .call_with(account, activity, last, Outcome::Fused)
        .unwrap();
    assert!(admit(None).is_err());
    assert!(admit(last).is_ok(), "it was paid");
    scene.audit();
}

#[test]
fn a_repetition_takes_no_free_call_from_anyone() {
    let scene = Scene::new();
    let account = scene.account();
    let activity = scene.activity(account);
    scene.calls(account, activity, 498);
    let known = Some(token(1, 1));
    scene
        .call_with(account, activity, known, Outcome::Fused)
        .unwrap();
    let meter = scene.service.meter();
    let repetition = meter.admit(account, activity, known).unwrap();
    let last = meter.admit(account, activity, None).unwrap();
    for (admission, seq) in [(repetition, 499), (last, 500)] {
        let charged = meter.charge(admission, scene.ended(Outcome::Fused));
        assert_eq!(charged.unwrap().seq, seq);
    }
    scene.audit();
}

#[test]
fn admission_learns_from_a_charge_that_the_books_refused() {
    let scene = Scene::new();
    let account = scene.account();
    let activity = scene.activity(account);
    scene.call(account, activity).unwrap();
    // Behind the meter's back.
    scene.sql("UPDATE call_grant SET used = total", &[]);
    let admit = || refused(scene.service.meter().admit(account, activity, None));
    let charged = scene
        .service
        .meter()
        .charge(admit().unwrap(), scene.ended(Outcome::Fused));
    assert!(matches!(
        charged,
        Err(ChargeError::Refused(Refusal::NotEntitled { free: 500, .. }))
    ));
    assert!(admit().is_err(), "not let in again for nothing");
    scene.sql("UPDATE call_grant SET used = $1", &[Value::Integer(1)]);
    scene.audit();
}

#[test]
fn the_meter_outlives_a_caller_that_breaks_down() {
    let scene = Scene::new();
    let account = scene.account();
    let activity = scene.activity(account);
    let meter = scene.service.meter();
    let (told, tell) = channel();
    let admission = meter.admit(account, activity, None).unwrap();
    meter.charge_then(admission, scene.ended(Outcome::Fused), move |charged| {
        told.send(charged).unwrap();
        panic!("the caller breaks down");
    });
    assert_eq!(tell.recv().unwrap().unwrap().left, Some(499));
    assert_eq!(scene.call(account, activity).unwrap().left, Some(498));
    scene.audit();
}

#[test]
fn what_waits_when_the_service_ends_is_charged() {
    let scene = Scene::new();
    let account = scene.account();
    let activity = scene.activity(account);
    scene.license(account, activity);
    let (told, tell) = channel();
    for _ in 0..300 {
        let told = told.clone();
        let admission = scene.service.meter().admit(account, activity, None);
        scene.service.meter().charge_then(
            admission.unwrap(),
            scene.ended(Outcome::Fused),
            move |charged| told.send(charged.unwrap().seq).unwrap(),
        );
    }
    drop(told);
    let scene = scene.reopened();
    let seqs: Vec<_> = tell.into_iter().collect();
    assert_eq!(seqs, (1..=300).collect::<Vec<_>>());
    scene.audit();
}
