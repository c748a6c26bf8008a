//! One module for each command.

pub(crate) mod account;
pub(crate) mod activity;
pub(crate) mod audit;
pub(crate) mod bench;
pub(crate) mod buy;
pub(crate) mod call;
pub(crate) mod catalogue;
pub(crate) mod completions;
pub(crate) mod config;
pub(crate) mod detect;
pub(crate) mod fuse;
pub(crate) mod history;
pub(crate) mod key;
pub(crate) mod label;
pub(crate) mod material;
pub(crate) mod month;
pub(crate) mod notices;
pub(crate) mod plan;
pub(crate) mod serve;
pub(crate) mod statement;
pub(crate) mod top_up;
pub(crate) mod usage;
pub(crate) mod user;
pub(crate) mod verify;
pub(crate) mod webhook;
