//! Tests that need a process of their own: the test starts itself again, alone, and that child finds the
//! folder it is to work in.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const FOLDER: &str = "MIEN_STORE_TEST_FOLDER";

/// The folder of a child; `None` in the test that is to start one.
pub(super) fn folder() -> Option<PathBuf> {
    env::var_os(FOLDER).map(PathBuf::from)
}

/// A command that runs the test `name` of a module again, alone, for `folder`; `words` stand before it.
pub(super) fn again(words: &[&str], module: &str, name: &str, folder: &Path) -> Command {
    let (_crate, module) = module.split_once("::").unwrap();
    let binary = env::current_exe().unwrap();
    let mut command = match words.split_first() {
        Some((first, rest)) => {
            let mut command = Command::new(first);
            command.args(rest).arg(binary);
            command
        }
        None => Command::new(binary),
    };
    command
        .arg("--exact")
        .arg(format!("{module}::{name}"))
        .arg("--nocapture")
        .env(FOLDER, folder)
        .stdin(Stdio::null());
    command
}

/// Runs such a command and fails unless the child's one test ran and passed.
pub(super) fn pass(mut command: Command, needs: &str) {
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{error}; this test needs {needs}"));
    let (out, err) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(
        output.status.success() && out.contains("1 passed"),
        "the child failed ({}); it needs {needs}\n{out}{err}",
        output.status
    );
}
