//! `mien completions`.

use crate::args::{Args, CompletionsArgs};
use crate::failure::Failure;
use crate::report::Report;
use clap::CommandFactory;

pub(crate) fn run(args: &CompletionsArgs, report: &mut Report) -> Result<u8, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "mien", &mut script);
    report.raw(&script);
    Ok(0)
}
