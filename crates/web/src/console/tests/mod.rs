//! The console API over HTTP, without a socket.

mod account;
mod activities;
mod document;
mod explorer;
mod foreign;
mod keys;
mod materials;
mod members;
mod months;
mod operator;
mod orders;
mod pictures;
mod problems;
mod sessions;
mod statements;
mod trail;
mod two_tabs;
mod usage;
mod webhooks;

use crate::server::scene::Scene;
use billing::{AccountId, ActivityId, Purchase};

/// Gives an account money and an activity its licence.
fn licence(scene: &Scene, account: AccountId, activity: ActivityId) {
    let service = &scene.service;
    let credited = "100000".parse().unwrap();
    service.top_up(account, credited, "licence", "").unwrap();
    let purchase = Purchase::Licence {
        activity,
        renew: false,
        qps: Vec::new(),
    };
    let key = format!("licence of {activity}");
    service.order(account, &purchase, &key, None).unwrap();
}
