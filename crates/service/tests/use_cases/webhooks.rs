//! Notices on their way to a real listener on this machine.

use crate::scene::{Scene, is_not_found, moment, yuan};
use billing::AccountId;
use service::webhook::{AddressPolicy, HttpCourier, WAITS_S, verify};
use service::{DeliveryRound, NewWebhook};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

/// What a letter was when it arrived.
struct Arrived {
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

/// A receiver that answers with these statuses, one after the other, and tells what arrived.
fn receiver(statuses: Vec<u16>) -> (String, Receiver<Arrived>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    let (arrived, arrivals) = channel();
    thread::spawn(move || {
        for status in statuses {
            let (stream, _) = listener.accept().unwrap();
            arrived.send(receive(&stream, status)).unwrap();
        }
    });
    (url, arrivals)
}

fn receive(stream: &TcpStream, status: u16) -> Arrived {
    let mut reader = BufReader::new(stream);
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        if line.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = line.trim().split_once(": ") {
            headers.insert(name.to_ascii_lowercase(), value.to_owned());
        }
    }
    let mut body = vec![0; headers["content-length"].parse().unwrap()];
    reader.read_exact(&mut body).unwrap();
    let answer = format!("HTTP/1.1 {status} Any\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    let mut stream = stream;
    stream.write_all(answer.as_bytes()).unwrap();
    Arrived { headers, body }
}

/// An account with a webhook and one notice on its way to it: the free calls are used up.
fn scene_with(url: &str) -> (Scene, AccountId, NewWebhook) {
    let scene = Scene::new();
    let account = scene.account();
    let webhook = scene.service.add_webhook(account, url).unwrap();
    tell_something(&scene, account);
    (scene, account, webhook)
}

fn tell_something(scene: &Scene, account: AccountId) {
    scene.activity(account);
    scene.use_up_grants(account, 0);
    assert_eq!(scene.service.give_due_notices().unwrap(), 1);
}

fn deliver(scene: &Scene) -> DeliveryRound {
    let courier = HttpCourier::new(AddressPolicy::Any);
    scene.service.deliver_due(&courier, 100).unwrap()
}

const DELIVERED: DeliveryRound = DeliveryRound {
    delivered: 1,
    failed: 0,
    given_up: 0,
};
const FAILED: DeliveryRound = DeliveryRound {
    delivered: 0,
    failed: 1,
    given_up: 0,
};
const GIVEN_UP: DeliveryRound = DeliveryRound {
    delivered: 0,
    failed: 0,
    given_up: 1,
};
const NOTHING: DeliveryRound = DeliveryRound {
    delivered: 0,
    failed: 0,
    given_up: 0,
};

#[test]
fn a_letter_arrives_once_and_its_signature_can_be_verified() {
    let (url, arrivals) = receiver(vec![204]);
    let (scene, account, webhook) = scene_with(&url);
    assert_eq!(deliver(&scene), DELIVERED);
    assert_eq!(deliver(&scene), NOTHING);
    let letter = arrivals.recv().unwrap();
    let signature = &letter.headers["x-mien-signature"];
    let check = |secret: &str, body: &[u8]| {
        let now_ms = scene.service.now().unix_ms();
        verify(signature, body, secret.as_bytes(), now_ms, 300_000)
    };
    assert_eq!(check(&webhook.secret, &letter.body), Ok(()));
    assert!(check("whsec_other", &letter.body).is_err());
    assert!(check(&webhook.secret, b"{}").is_err());
    assert_eq!(letter.headers["x-mien-event"], "pack-used");
    let body: serde_json::Value = serde_json::from_slice(&letter.body).unwrap();
    assert_eq!(body["account"], account.to_string());
    assert_eq!(body["notice"]["notice"], "pack_used");
    assert_eq!(body["notice"]["percent"], 100);
}

#[test]
fn failures_are_tried_again_on_schedule_and_the_dead_are_revived() {
    let mut statuses = vec![500; WAITS_S.len() + 1];
    statuses.push(200);
    let (url, arrivals) = receiver(statuses);
    let (scene, account, _) = scene_with(&url);
    let mut ids = Vec::new();
    for wait_s in WAITS_S {
        assert_eq!(deliver(&scene), FAILED);
        ids.push(arrivals.recv().unwrap().headers["x-mien-delivery"].clone());
        let now = scene.service.now();
        scene.clock.set(now.plus_ms(wait_s * 1000 - 1));
        assert_eq!(deliver(&scene), NOTHING, "before {wait_s} s");
        scene.clock.set(now.plus_ms(wait_s * 1000));
    }
    assert_eq!(deliver(&scene), GIVEN_UP);
    ids.push(arrivals.recv().unwrap().headers["x-mien-delivery"].clone());
    scene.set("2028-01-01");
    assert_eq!(deliver(&scene), NOTHING);
    let dead = scene.service.dead_letters(account).unwrap();
    assert_eq!(dead.len(), 1);
    assert!(dead[0].last_error.contains("500"), "{dead:?}");
    let id = dead[0].delivery.id;
    let other = scene.account();
    assert!(is_not_found(&scene.service.revive_delivery(other, id)));
    scene.service.revive_delivery(account, id).unwrap();
    assert!(is_not_found(&scene.service.revive_delivery(account, id)));
    assert_eq!(scene.service.dead_letters(account).unwrap(), []);
    assert_eq!(deliver(&scene), DELIVERED);
    ids.push(arrivals.recv().unwrap().headers["x-mien-delivery"].clone());
    ids.dedup();
    assert_eq!(ids.len(), 1, "every attempt has the same delivery id");
}

#[test]
fn a_webhook_whose_secret_is_lost_does_not_hold_up_the_others() {
    let (url, arrivals) = receiver(vec![200]);
    let (scene, account, broken) = scene_with(&url);
    scene.sql(
        "UPDATE webhook SET sealed = $1",
        &[store::sql::Value::Bytes(b"\x01lost")],
    );
    let healthy = scene.service.add_webhook(account, &url).unwrap();
    tell_something(&scene, account);
    // Two letters to the broken one, one to the other.
    let round = deliver(&scene);
    assert_eq!((round.delivered, round.failed), (1, 2));
    let letter = arrivals.recv().unwrap();
    let signature = &letter.headers["x-mien-signature"];
    let now_ms = moment("2027-01-10 08:00:00").unix_ms();
    let secret = healthy.secret.as_bytes();
    assert_eq!(verify(signature, &letter.body, secret, now_ms, 0), Ok(()));
    assert_ne!(broken.id, healthy.id);
}

#[test]
fn a_deleted_webhook_gets_nothing_more() {
    let (scene, account, webhook) = scene_with("http://127.0.0.1:9/");
    let other = scene.account();
    assert!(is_not_found(
        &scene.service.delete_webhook(other, webhook.id)
    ));
    scene.service.delete_webhook(account, webhook.id).unwrap();
    assert_eq!(scene.service.webhooks(account).unwrap(), []);
    tell_something(&scene, account);
    assert_eq!(deliver(&scene), NOTHING);
    assert!(is_not_found(
        &scene.service.delete_webhook(account, webhook.id)
    ));
}

#[test]
fn no_letter_goes_to_the_operators_own_network() {
    let (scene, account, _) = scene_with("http://127.0.0.1:9/");
    let courier = HttpCourier::new(AddressPolicy::PublicOnly);
    let round = scene.service.deliver_due(&courier, 100).unwrap();
    assert_eq!(round, FAILED);
    assert_eq!(
        scene.service.account(account).unwrap().balance,
        yuan("1000000")
    );
}
