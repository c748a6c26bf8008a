//! Every row of the table of errors, provoked over a socket in each version, and every code that the cloud API
//! publishes: whether we answer it, and why not.

mod caller;
mod fields;
mod pictures;
mod published;
mod things;
mod troubles;

use crate::client::{NEW, OLD, Reply};
use crate::world::World;
use std::collections::BTreeSet;
use web::codes::{ROWS, Row};

const BOTH: &[&str] = &[OLD, NEW];
const ONLY_NEW: &[&str] = &[NEW];

/// How a row of the table is provoked.
struct Case {
    /// The row, by its cause.
    cause: &'static str,
    /// The versions of the API in which that can be.
    versions: &'static [&'static str],
    /// Gets the answer with its code; the world is that of all cases of a file.
    provoke: fn(&World, &'static str) -> Reply,
}

/// A case in both versions.
const fn both(cause: &'static str, provoke: fn(&World, &'static str) -> Reply) -> Case {
    Case {
        cause,
        versions: BOTH,
        provoke,
    }
}

/// A case in 2022-09-27 alone.
const fn newer(cause: &'static str, provoke: fn(&World, &'static str) -> Reply) -> Case {
    Case {
        cause,
        versions: ONLY_NEW,
        provoke,
    }
}

/// Rows that no request can come to, and why they stand in the table.
const UNREACHED: &[(&str, &str)] = &[
    (
        "FaceShared",
        "the fields are read first, and two pictures for one face are FaceTakenTwice there",
    ),
    (
        "FaceRectTooSmall",
        "the fields are read first, and such a box is FaceRectMalformed there",
    ),
    (
        "PictureUrlIllegal",
        "the fields are read first, and such an address is UrlIllegal there",
    ),
    (
        "FaceUnfusable",
        "the engine refuses faces that are too small or cut off; of all else it only warns",
    ),
    (
        "ThingUnknown",
        "a request names an activity and a material, and nothing else",
    ),
    (
        "BalanceTooLow",
        "orders are placed in the console, whose errors have names of their own",
    ),
    (
        "LimitReached",
        "activities and materials are added in the console",
    ),
    ("Refused", "what is sold is sold in the console"),
];

fn all() -> impl Iterator<Item = &'static Case> {
    [
        caller::CASES,
        fields::CASES,
        things::CASES,
        pictures::CASES,
        troubles::CASES,
    ]
    .into_iter()
    .flatten()
}

fn row(cause: &str) -> &'static Row {
    let row = ROWS.iter().find(|row| row.cause == cause);
    row.unwrap_or_else(|| panic!("the table has no row {cause}"))
}

/// Whether a message is made of a text with values in its braces.
fn fits(message: &str, text: &str) -> bool {
    let mut rest = message;
    let mut pieces = text
        .split('{')
        .enumerate()
        .map(|(number, piece)| match number {
            0 => piece,
            _ => piece.split_once('}').unwrap().1,
        });
    let starts = pieces.next().is_some_and(|first| {
        rest = rest.strip_prefix(first).unwrap_or("");
        message.starts_with(first)
    });
    starts
        && pieces.all(|piece| match rest.find(piece) {
            Some(at) => {
                rest = &rest[at + piece.len()..];
                true
            }
            None => false,
        })
}

/// Provokes the rows of a file, and looks at code, text and charge of each answer.
fn provoke(cases: &[Case]) {
    let world = World::new();
    world.let_key_pay();
    for case in cases {
        let cause = case.cause;
        let row = row(cause);
        for version in case.versions {
            let reply = (case.provoke)(&world, version);
            let code = match *version {
                OLD => row.code_2018,
                _ => row.code_2022,
            };
            let response = reply.response();
            let error = &response["Error"];
            assert_eq!(error["Code"], code, "{version} {cause}: {response}");
            let message = error["Message"].as_str().unwrap();
            assert!(fits(message, row.english), "{version} {cause}: {message}");
            let charged = if row.counts { "1" } else { "0" };
            let told = reply.header("x-mien-charged");
            assert_eq!(told, Some(charged), "{version} {cause}");
        }
    }
}

#[test]
fn every_row_is_provoked_or_has_its_reason() {
    let provoked: BTreeSet<&str> = all().map(|case| case.cause).collect();
    let unreached: BTreeSet<&str> = UNREACHED.iter().map(|&(cause, _)| cause).collect();
    let both: Vec<&str> = provoked.intersection(&unreached).copied().collect();
    assert_eq!(both, [""; 0], "provoked, so it is reached");
    let known: BTreeSet<&str> = provoked.union(&unreached).copied().collect();
    let rows: BTreeSet<&str> = ROWS.iter().map(|row| row.cause).collect();
    assert_eq!(known, rows, "left: provoked or excused; right: the table");
}

#[test]
fn a_message_is_told_from_another() {
    let text = "The {what} is larger than {most} KB; {hint}.";
    for (message, is_of_it) in [
        ("The request is larger than 9 KB; shrink it.", true),
        ("The request is smaller than 9 KB; shrink it.", false),
        ("A request is larger than 9 KB; shrink it.", false),
        ("The request is larger than 9 KB; shrink it", false),
        ("", false),
    ] {
        assert_eq!(fits(message, text), is_of_it, "{message}");
    }
}
