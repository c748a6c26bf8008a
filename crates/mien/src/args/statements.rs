//! A month as its customer can check it: `mien statement`, `mien verify`.

use super::{BooksArgs, Owner};
use billing::Month;
use billing::statement::{Language, PublicKey};
use clap::{Args as ClapArgs, ValueEnum};
use std::path::PathBuf;

const STATEMENT_EXAMPLES: &str = "\
Examples:
  mien statement --account 100001 --month 2027-01
  mien statement --account 100001 --month 2027-01 --out january/
  mien statement --key

--out writes four files: statement.json (signed), calls.jsonl (every call of the month, for `mien verify`),
statement.csv (for spreadsheets) and statement.html (to read and to print).";

/// Make a month's statement, signed so that its customer can check it.
#[derive(Debug, ClapArgs)]
#[command(after_help = STATEMENT_EXAMPLES)]
pub(crate) struct StatementArgs {
    #[command(flatten)]
    pub(crate) owner: Option<Owner>,

    /// The month, as 2027-01 [default: the last month that is over].
    #[arg(long, value_name = "MONTH", requires = "Owner")]
    pub(crate) month: Option<Month>,

    /// Writes the statement's files into this folder, which is made where it is missing.
    #[arg(long, value_name = "FOLDER", requires = "Owner")]
    pub(crate) out: Option<PathBuf>,

    /// The language of statement.html.
    #[arg(long, value_enum, default_value_t = LanguageName::Zh)]
    pub(crate) language: LanguageName,

    /// Shows the key that signs statements, for customers to compare.
    #[arg(long, conflicts_with = "Owner", required_unless_present = "Owner")]
    pub(crate) key: bool,

    #[command(flatten)]
    pub(crate) books: BooksArgs,
}

const VERIFY_EXAMPLES: &str = "\
Examples:
  mien verify statement.json --calls calls.jsonl
  mien verify statement.json --calls calls.jsonl --key 2f0c...e1

Needs no server. Checks the signature, goes through every call, counts and prices them again, and names
what is not as it was charged. Without --key it says whose key signed; compare its fingerprint with the
one that the operator told you. Exit code 10 where something does not hold.";

/// Check a month's statement against its calls, without the server.
#[derive(Debug, ClapArgs)]
#[command(after_help = VERIFY_EXAMPLES)]
pub(crate) struct VerifyArgs {
    /// The statement, as it was downloaded.
    pub(crate) statement: PathBuf,

    /// The calls of the month, one JSON object a line.
    #[arg(long, value_name = "FILE")]
    pub(crate) calls: PathBuf,

    /// The operator's public key (64 digits), as told by a way you trust.
    #[arg(long, value_name = "KEY")]
    pub(crate) key: Option<PublicKey>,

    /// Prints one JSON document instead of text.
    #[arg(long)]
    pub(crate) json: bool,
}

/// A language by the name a person types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LanguageName {
    Zh,
    En,
}

impl From<LanguageName> for Language {
    fn from(name: LanguageName) -> Language {
        match name {
            LanguageName::Zh => Language::Zh,
            LanguageName::En => Language::En,
        }
    }
}
