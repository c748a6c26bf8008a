//! Photos that are sent again because their answer was lost.

use super::{Stage, Visitor};
use crate::server::scene::{Told, portraits};
use billing::Purchase;

/// A page with two visitors who agreed.
fn two_visitors(stage: &Stage) -> [(Visitor<'_>, String); 2] {
    Stage::published(&stage.member(), &stage.path());
    [(); 2].map(|()| {
        let mut visitor = stage.visitor();
        let receipt = visitor.agree();
        (visitor, receipt)
    })
}

impl Stage {
    /// Sends the portrait with this number, a second after the last photo.
    fn attempt(
        &self,
        (visitor, receipt): &(Visitor<'_>, String),
        portrait: usize,
        attempt: &str,
    ) -> Told {
        self.scene.pass_s(1);
        let path = format!("{}&attempt={attempt}", self.wish(receipt));
        visitor.ask(
            "POST",
            &path,
            "image/jpeg",
            portraits().swap_remove(portrait),
        )
    }
}

/// What can be fetched under the address that an answer gives.
#[track_caller]
fn picture(visitor: &Visitor<'_>, told: &Told) -> Vec<u8> {
    assert_eq!(told.verdict(), "201", "{told:?}");
    let url = told.body["picture"].as_str().unwrap();
    let kept = visitor.get(url.strip_prefix("http://faces.example").unwrap());
    assert_eq!(kept.verdict(), "200");
    kept.bytes
}

#[test]
fn an_answer_that_was_lost_is_had_again_and_paid_once() {
    let stage = Stage::new();
    let [one, _] = two_visitors(&stage);
    let made = picture(&one.0, &stage.attempt(&one, 0, "a1"));
    assert_eq!(stage.calls(), 1);
    assert_eq!(picture(&one.0, &stage.attempt(&one, 0, "a1")), made);
    assert_eq!(stage.calls(), 1);
    // Another attempt with the same photo is another call, and so is one without a name.
    picture(&one.0, &stage.attempt(&one, 0, "a2"));
    assert_eq!(stage.calls(), 2);
    // The hour's two are used, but not for what was paid already.
    assert_eq!(
        stage.attempt(&one, 0, "a3").verdict(),
        "429 too_many_visits"
    );
    assert_eq!(picture(&one.0, &stage.attempt(&one, 0, "a1")), made);
    // Nor can that be asked for without end.
    assert_eq!(
        stage.attempt(&one, 0, "a1").verdict(),
        "429 too_many_visits"
    );
    assert_eq!(stage.calls(), 2);
}

#[test]
fn an_attempt_is_for_one_photo() {
    let stage = Stage::new();
    let [one, _] = two_visitors(&stage);
    picture(&one.0, &stage.attempt(&one, 0, "a1"));
    let told = stage.attempt(&one, 1, "a1");
    assert_eq!(told.verdict(), "409 attempt_reused");
    let message = told.body["error"]["message"].as_str().unwrap();
    assert!(message.contains("begin a new one"), "{message}");
    // What was refused does not count among the hour's two.
    picture(&one.0, &stage.attempt(&one, 1, "a2"));
    assert_eq!(stage.calls(), 2);
}

#[test]
fn where_a_licence_pays_it_is_the_same() {
    let stage = Stage::new();
    let service = &stage.scene.service;
    let credited = "5000".parse().unwrap();
    service
        .top_up(stage.account, credited, "licence", "")
        .unwrap();
    let licence = Purchase::Licence {
        activity: stage.activity,
        renew: false,
        qps: Vec::new(),
    };
    service
        .order(stage.account, &licence, "licence", None)
        .unwrap();
    let [one, _] = two_visitors(&stage);
    let made = picture(&one.0, &stage.attempt(&one, 0, "a1"));
    assert_eq!(picture(&one.0, &stage.attempt(&one, 0, "a1")), made);
    assert_eq!(stage.attempt(&one, 1, "a1").verdict(), "409 attempt_reused");
    assert_eq!(stage.calls(), 1);
}

#[test]
fn another_visitors_attempt_is_another_one() {
    let stage = Stage::new();
    let [one, other] = two_visitors(&stage);
    let made = picture(&one.0, &stage.attempt(&one, 0, "a1"));
    let theirs = picture(&other.0, &stage.attempt(&other, 1, "a1"));
    assert_ne!(made, theirs);
    assert_eq!(stage.calls(), 2);
    // The same photo under the same name is charged as what it is: another visitor's call.
    picture(&other.0, &stage.attempt(&other, 0, "a2"));
    assert_eq!(stage.calls(), 3);
}

#[test]
fn a_photo_that_cannot_be_used_is_charged_once_too() {
    let stage = Stage::new();
    let [one, _] = two_visitors(&stage);
    for _ in 0..2 {
        stage.scene.pass_s(1);
        let path = format!("{}&attempt=a1", stage.wish(&one.1));
        let told = one
            .0
            .ask("POST", &path, "image/jpeg", b"no picture".to_vec());
        assert!(told.verdict().starts_with("422 "), "{told:?}");
        assert_eq!(stage.calls(), 1);
    }
}

#[test]
fn the_name_of_an_attempt_has_a_length() {
    let stage = Stage::new();
    let [one, _] = two_visitors(&stage);
    for attempt in [String::new(), "x".repeat(65)] {
        let told = stage.attempt(&one, 0, &attempt);
        assert_eq!(told.verdict(), "422 text_length", "{attempt}");
    }
    assert_eq!(stage.calls(), 0);
    picture(&one.0, &stage.attempt(&one, 0, &"x".repeat(64)));
}
