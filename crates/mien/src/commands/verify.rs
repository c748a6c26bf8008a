//! `mien verify`.

use crate::args::VerifyArgs;
use crate::failure::Failure;
use crate::report::Report;
use crate::words::many;
use billing::statement::{SignedStatement, Verification, read_calls, verify};
use serde_json::json;
use std::fs::{self, File};
use std::io::BufReader;

/// Exit code of a statement that does not hold.
const DOES_NOT_HOLD: u8 = 10;

/// No statement is larger.
const MOST_BYTES: u64 = 64 << 20;

pub(crate) fn run(args: &VerifyArgs, report: &mut Report) -> Result<u8, Failure> {
    let path = &args.statement;
    let metadata = fs::metadata(path).map_err(|error| Failure::read(path, error))?;
    if metadata.len() > MOST_BYTES {
        return Err(Failure::FileTooLarge {
            path: path.clone(),
            most: MOST_BYTES,
        });
    }
    let text = fs::read_to_string(path).map_err(|error| Failure::read(path, error))?;
    let signed = SignedStatement::read(&text).map_err(|source| Failure::Statement {
        path: path.clone(),
        source,
    })?;
    let calls = File::open(&args.calls).map_err(|error| Failure::read(&args.calls, error))?;
    let calls = read_calls(BufReader::new(calls));
    let verification = verify(&signed, calls, args.key.as_ref());
    if report.is_json() {
        print_json(&signed, &verification, report)?;
    } else {
        print(args, &signed, &verification, report);
    }
    Ok(if verification.is_clean() {
        0
    } else {
        DOES_NOT_HOLD
    })
}

fn print_json(
    signed: &SignedStatement,
    verification: &Verification,
    report: &mut Report,
) -> Result<(), Failure> {
    let faults = verification
        .faults
        .iter()
        .map(|fault| json!({ "code": fault.code(), "message": fault.to_string() }));
    report.document(&json!({
        "holds": verification.is_clean(),
        "account": signed.statement.account,
        "month": signed.statement.month,
        "checked_calls": verification.checked_rows,
        "faults": faults.collect::<Vec<_>>(),
        "unlisted_faults": verification.unlisted,
        "fingerprint": verification.fingerprint,
    }))
}

fn print(
    args: &VerifyArgs,
    signed: &SignedStatement,
    verification: &Verification,
    report: &mut Report,
) {
    let statement = &signed.statement;
    for fault in &verification.faults {
        report.line(&format!("wrong: {fault}"));
    }
    if verification.unlisted > 0 {
        report.line(&format!("and {} more", verification.unlisted));
    }
    let checked = many(verification.checked_rows, "call");
    let verdict = if verification.is_clean() {
        "holds"
    } else {
        "does not hold"
    };
    report.line(&format!(
        "the statement of account {} for {} {verdict}: {checked} checked",
        statement.account, statement.month
    ));
    let fingerprint = &verification.fingerprint;
    report.line(&match args.key {
        Some(_) => format!("signed by {fingerprint}, the key you named"),
        None => format!("signed by {fingerprint}; compare it with what the operator told you"),
    });
}
