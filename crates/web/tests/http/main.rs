//! The server as a client meets it, over sockets: every code of the wire contract, and input of bad intent.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    missing_docs,
    unreachable_pub,
    reason = "tests"
)]

mod access;
#[path = "../../../provenance/tests/authority/mod.rs"]
mod authority;
mod business;
mod client;
mod fetched;
mod fields;
mod hostile;
mod patience;
mod pictures;
mod ports;
mod rows;
mod signed;
mod ultra;
mod world;

// Behind `authority`.
use rcgen as _;
