//! What every database under [`Store`] must do, as a suite of tests.
//!
//! An adapter's own tests call [`conform`]; other crates turn on the feature `conformance` for it.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a suite of tests")]

mod books;
mod call_log;
mod campaigns;
mod cast;
mod charging;
mod money;
mod notices;
mod payers;
mod people;
mod sales;
mod tokens;
mod transactions;

use crate::Store;

/// Puts a database to the test; `fresh` gives an empty one with its tables each time it is called.
///
/// # Panics
/// When the database does not conform: the message says in what.
pub fn conform(mut fresh: impl FnMut() -> Store) {
    let subjects: [&[fn(&Store)]; 11] = [
        transactions::CASES,
        books::CASES,
        sales::CASES,
        money::CASES,
        notices::CASES,
        payers::CASES,
        people::CASES,
        campaigns::CASES,
        charging::CASES,
        tokens::CASES,
        call_log::CASES,
    ];
    for case in subjects.into_iter().flatten() {
        case(&fresh());
    }
    charging::batches_do_not_matter(&fresh(), &fresh());
}
