//! The use cases as their callers see them, on a real database and real files.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod accounts;
mod activities;
mod calls;
mod history;
mod keys;
mod materials;
mod meter;
mod months;
mod notices;
mod orders;
mod people;
mod scene;
mod top_ups;
mod usage;
mod webhooks;
mod worked_examples;
#[path = "../world/mod.rs"]
mod world;
