//! Running `mien` in a folder of its own.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder that lasts as long as a test.
pub(crate) struct Folder(tempfile::TempDir);

/// What a run of `mien` came to.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Folder {
    pub(crate) fn new() -> Folder {
        Folder(tempfile::tempdir().unwrap())
    }

    /// An empty folder but for the template `t.jpg` and the selfie `u.jpg`.
    pub(crate) fn with_portraits() -> Folder {
        let folder = Folder::new();
        folder.put("t.jpg", crate::pictures::TEMPLATE);
        folder.put("u.jpg", crate::pictures::SELFIE);
        folder
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn put(&self, name: &str, bytes: &[u8]) {
        fs::write(self.path(name), bytes).unwrap();
    }

    pub(crate) fn get(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    /// Every file and folder in it, hidden ones too, sorted; files in subfolders as `sub/name`.
    pub(crate) fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        collect(self.0.path(), "", &mut names);
        names.sort();
        names
    }

    /// Runs `mien` in the folder with these words.
    pub(crate) fn mien(&self, words: &str) -> Run {
        Run::from(self.command(words).output().unwrap())
    }

    /// As [`Folder::mien`] with `--json`: the exit code and the document.
    pub(crate) fn json(&self, words: &str) -> (i32, Value) {
        let run = self.mien(&format!("{words} --json"));
        assert_eq!(run.stderr, "", "{words}");
        let document = serde_json::from_str(&run.stdout).unwrap();
        (run.code, document)
    }

    /// The command, to be started in another way.
    pub(crate) fn command(&self, words: &str) -> Command {
        self.command_of(&words.split_whitespace().collect::<Vec<_>>())
    }

    /// The command of words that may hold blanks.
    pub(crate) fn command_of(&self, words: &[&str]) -> Command {
        let mut command = Command::new(program());
        for name in [
            "MIEN_DATA",
            "MIEN_ZONE",
            "MIEN_ACCOUNT",
            "MIEN_OPERATOR_KEY",
            "MIEN_STORAGE",
            "MIEN_CONFIG",
            "MIEN_C2PA_CERTIFICATE",
            "MIEN_C2PA_KEY",
        ] {
            command.env_remove(name);
        }
        command
            .args(words)
            .current_dir(self.0.path())
            .stdin(Stdio::null());
        command
    }

    /// Runs a line of shell in the folder, with `mien` as `$MIEN`.
    #[cfg(unix)]
    pub(crate) fn shell(&self, line: &str) -> Run {
        let output = Command::new("sh")
            .args(["-c", line])
            .env("MIEN", program())
            .current_dir(self.0.path())
            .output()
            .unwrap();
        Run::from(output)
    }
}

pub(crate) fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_mien"))
}

fn collect(folder: &Path, prefix: &str, names: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
        if entry.file_type().unwrap().is_dir() {
            collect(&entry.path(), &format!("{name}/"), names);
        }
        names.push(name);
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Run {
        Run {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Run {
    /// Panics with all that was printed unless the exit code is this one.
    #[track_caller]
    pub(crate) fn expect(self, code: i32) -> Run {
        assert_eq!(
            self.code, code,
            "stdout: {}\nstderr: {}",
            self.stdout, self.stderr
        );
        assert!(!self.stderr.contains("panicked"), "{}", self.stderr);
        self
    }
}
