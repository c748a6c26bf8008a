//! The command line of mien, behind [`run`].

mod args;
mod books;
mod commands;
mod config;
mod credential;
mod draw;
mod failure;
mod font;
mod order_lines;
mod output_file;
mod picture_file;
mod random_key;
mod report;
mod sheet;
mod table;
mod words;

use args::{Args, Command};
use clap::Parser;
use failure::Failure;
use report::Report;
use std::ffi::OsString;
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;

/// Runs one command line, program name first, and returns the exit code that `mien --help` documents.
pub fn run(command_line: impl IntoIterator<Item = OsString>) -> ExitCode {
    let words: Vec<OsString> = command_line.into_iter().collect();
    let mut report = Report::new(words.iter().any(|word| word == "--json"));
    // A panic is reported below as a fault of mien; its trace helps nobody but those who ask for it.
    if std::env::var_os("RUST_BACKTRACE").is_none() {
        panic::set_hook(Box::new(|_| ()));
    }
    let outcome = panic::catch_unwind(AssertUnwindSafe(|| {
        execute(Args::try_parse_from(words)?.command, &mut report)
    }));
    let outcome = outcome.unwrap_or_else(|panic| Err(Failure::from_panic(&*panic)));
    let code = outcome.unwrap_or_else(|failure| {
        report.failure(&failure);
        failure.exit_code()
    });
    match report.finish() {
        Ok(()) => ExitCode::from(code),
        Err(failure) => {
            report::complain(&failure.to_string());
            ExitCode::from(failure.exit_code())
        }
    }
}

fn execute(command: Command, report: &mut Report) -> Result<u8, Failure> {
    match command {
        Command::Fuse(args) => commands::fuse::run(&args, report),
        Command::Detect(args) => commands::detect::run(&args, report),
        Command::Label(args) => commands::label::run(&args, report),
        Command::Bench(args) => commands::bench::run(&args, report),
        Command::Account(args) => commands::account::run(&args, report),
        Command::Key(args) => commands::key::run(&args, report),
        Command::User(args) => commands::user::run(&args, report),
        Command::Audit(args) => commands::audit::run(&args, report),
        Command::TopUp(args) => commands::top_up::run(&args, report),
        Command::Activity(args) => commands::activity::run(&args, report),
        Command::Material(args) => commands::material::run(&args, report),
        Command::Try(args) => commands::call::try_out(&args, report),
        Command::Call(args) => commands::call::call(&args, report),
        Command::Buy(args) => commands::buy::run(&args, report),
        Command::Plan(args) => commands::plan::run(&args, report),
        Command::Orders(args) => commands::history::orders(&args, report),
        Command::Ledger(args) => commands::history::ledger(&args, report),
        Command::Bills(args) => commands::history::bills(&args, report),
        Command::Statement(args) => commands::statement::run(&args, report),
        Command::Verify(args) => commands::verify::run(&args, report),
        Command::Usage(args) => commands::usage::run(&args, report),
        Command::Notices(args) => commands::notices::run(&args, report),
        Command::Webhook(args) => commands::webhook::run(&args, report),
        Command::Month(args) => commands::month::run(&args, report),
        Command::Catalogue(args) => commands::catalogue::run(&args, report),
        Command::Serve(args) => commands::serve::run(&args, report),
        Command::Config(args) => commands::config::run(&args, report),
        Command::Completions(args) => commands::completions::run(&args, report),
    }
}
