//! The command as a person or a program meets it: files in, files, text and exit codes out.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../../../provenance/tests/authority/mod.rs"]
mod authority;
mod bad_input;
mod bench;
mod credentials;
mod detect;
mod folders;
mod fuse;
mod group;
mod outputs;
mod pictures;
mod run;
#[cfg(unix)]
mod serve;
mod statement;
mod text;

/// Commands on the books, at times of their own. Only test builds know `--now`.
#[cfg(debug_assertions)]
mod books;
