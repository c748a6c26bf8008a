use super::*;
use crate::scene::{START_MS, Scene};
use std::collections::BTreeSet;

#[test]
fn results_live_as_long_as_promised() {
    for (lifetime, days, format) in [
        (Lifetime::SevenDays, 7, Format::Jpeg),
        (Lifetime::OneDay, 1, Format::Png),
    ] {
        let scene = Scene::new(None);
        let service = &scene.service;
        // Between two seconds: it lives a little longer, never shorter.
        scene.pass(1);
        let link = service.keep_result(b"a picture", format, lifetime).unwrap();
        let promised_ms = START_MS + 1000 + days * DAY_MS;
        assert_eq!(link.expires.unix_ms(), promised_ms);
        for (at_ms, is_there) in [
            (START_MS, true),
            (promised_ms - 1, true),
            (promised_ms, false),
            (promised_ms + DAY_MS, false),
        ] {
            scene.clock.set(Moment::from_unix_ms(at_ms));
            let expected = is_there.then(|| KeptResult {
                bytes: b"a picture".to_vec(),
                format,
                expires: link.expires,
            });
            assert_eq!(service.result(&link.key).unwrap(), expected, "{at_ms}");
        }
    }
}

#[test]
fn keys_cannot_be_guessed_and_fit_into_urls() {
    let scene = Scene::new(None);
    let keep = || {
        let kept = scene
            .service
            .keep_result(b"x", Format::Jpeg, Lifetime::OneDay);
        kept.unwrap().key
    };
    let keys: BTreeSet<String> = (0..100).map(|_| keep()).collect();
    assert_eq!(keys.len(), 100);
    for key in &keys {
        assert_eq!(key.len(), 1 + EXPIRY_CHARACTERS + RANDOM_BYTES * 8 / 5);
        assert!(
            key.chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()),
            "{key}"
        );
    }
    // What follows the expiry is all random: no two begin alike.
    let beginnings: BTreeSet<&str> = keys.iter().map(|key| &key[9..17]).collect();
    assert_eq!(beginnings.len(), 100);
}

#[test]
fn a_key_says_one_thing_only() {
    let scene = Scene::new(None);
    let service = &scene.service;
    let link = service
        .keep_result(b"x", Format::Jpeg, Lifetime::OneDay)
        .unwrap();
    let key = link.key.as_str();
    let objects = scene.objects.list("results/").unwrap();
    let day = START_MS / DAY_MS + 1;
    assert_eq!(objects.len(), 1);
    assert_eq!(objects[0].as_str(), format!("results/{day}/00/{key}.jpg"));

    let later = format!("j{:08x}{}", link.expires.unix_ms() / 1000 + 60, &key[9..]);
    for other in [
        String::new(),
        key[..40].to_owned(),
        format!("{key}a"),
        format!("{key}.jpg"),
        key.to_ascii_uppercase(),
        key.replacen('j', "p", 1),
        key.replacen('j', "x", 1),
        later,
        format!("{}1", &key[..40]),
        "j".repeat(41),
        format!("j+{}", &key[2..]),
        format!("../{key}"),
        format!("j{day}/00/{key}"),
        format!("名{key}"),
        format!("{}\u{e9}", &key[..39]),
    ] {
        assert_eq!(service.result(&other).unwrap(), None, "{other}");
        service.delete_result(&other).unwrap();
    }
    assert!(service.result(key).unwrap().is_some());
}

#[test]
fn deleted_results_are_gone() {
    let scene = Scene::new(None);
    let service = &scene.service;
    let keep = || {
        service
            .keep_result(b"x", Format::Png, Lifetime::OneDay)
            .unwrap()
            .key
    };
    let (deleted, kept) = (keep(), keep());
    service.delete_result(&deleted).unwrap();
    service.delete_result(&deleted).unwrap();
    assert_eq!(service.result(&deleted).unwrap(), None);
    assert!(service.result(&kept).unwrap().is_some());
    assert_eq!(scene.objects.list("results/").unwrap().len(), 1);
}

#[test]
fn a_sweep_deletes_what_expired_and_nothing_else() {
    let scene = Scene::new(None);
    let service = &scene.service;
    let other = ObjectKey::parse("materials/300100/1.jpg").unwrap();
    scene.objects.put(&other, b"x").unwrap();
    let left = || scene.objects.list("results/").unwrap().len();
    // One in each of 72 hours, for a day.
    for _ in 0..72 {
        service
            .keep_result(b"x", Format::Jpeg, Lifetime::OneDay)
            .unwrap();
        scene.pass(HOUR_MS);
    }
    let week = service
        .keep_result(b"x", Format::Jpeg, Lifetime::SevenDays)
        .unwrap();
    // Those of the first 48 hours are over; the next one's hour has just begun.
    assert_eq!(service.sweep_results().unwrap(), 48);
    assert_eq!(left(), 25);
    assert_eq!(service.sweep_results().unwrap(), 0);
    scene.pass(HOUR_MS - 1);
    assert_eq!(service.sweep_results().unwrap(), 0);
    scene.pass(1);
    assert_eq!(service.sweep_results().unwrap(), 1);
    scene.pass(2 * DAY_MS);
    assert_eq!(service.sweep_results().unwrap(), 23);
    assert_eq!(left(), 1);
    assert!(service.result(&week.key).unwrap().is_some());
    // Set back, the clock keeps what is swept, and what is kept meanwhile is swept too.
    scene.pass(-4 * DAY_MS);
    service
        .keep_result(b"x", Format::Jpeg, Lifetime::OneDay)
        .unwrap();
    assert_eq!(service.sweep_results().unwrap(), 0);
    scene.pass(20 * DAY_MS);
    assert_eq!(service.sweep_results().unwrap(), 2);
    assert_eq!(left(), 0);
    assert!(scene.objects.exists(&other).unwrap());
}

#[test]
fn a_sweep_makes_up_for_a_long_absence() {
    let scene = Scene::new(None);
    scene
        .service
        .keep_result(b"x", Format::Jpeg, Lifetime::SevenDays)
        .unwrap();
    scene.pass(300 * DAY_MS);
    assert_eq!(scene.service.sweep_results().unwrap(), 1);
}
