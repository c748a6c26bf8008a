//! The `mien` command: see `mien --help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    mien::run(std::env::args_os())
}
