//! The workspace as `cargo metadata` and `git ls-files` see it.

use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The part of `cargo metadata`'s answer that the tests read.
#[derive(Debug, Deserialize)]
pub(crate) struct Metadata {
    pub(crate) packages: Vec<Package>,
    pub(crate) workspace_members: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Package {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) license: Option<String>,
    /// `None` for a package of this workspace.
    pub(crate) source: Option<String>,
    pub(crate) dependencies: Vec<Dependency>,
    pub(crate) targets: Vec<Target>,
    pub(crate) manifest_path: PathBuf,
}

/// A library, binary, test or bench of a package.
#[derive(Debug, Deserialize)]
pub(crate) struct Target {
    pub(crate) name: String,
    pub(crate) kind: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Dependency {
    pub(crate) name: String,
    /// `None` for an ordinary dependency, else `dev` or `build`.
    pub(crate) kind: Option<String>,
}

impl Package {
    /// What the package's library is called in Rust code.
    pub(crate) fn library(&self) -> Option<String> {
        let is_library = |kind: &String| kind.contains("lib") || kind == "proc-macro";
        self.targets
            .iter()
            .find(|target| target.kind.iter().any(is_library))
            .map(|target| target.name.replace('-', "_"))
    }
}

impl Metadata {
    pub(crate) fn members(&self) -> impl Iterator<Item = &Package> {
        self.packages
            .iter()
            .filter(|package| self.workspace_members.contains(&package.id))
    }
}

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

pub(crate) fn metadata() -> Metadata {
    let answer =
        output(Command::new(env!("CARGO")).args(["metadata", "--format-version=1", "--locked"]));
    serde_json::from_slice(&answer).expect("cargo metadata prints JSON")
}

/// Paths of the committed files, relative to the root.
pub(crate) fn committed_files() -> Vec<String> {
    let answer = output(Command::new("git").args(["ls-files", "-z"]));
    String::from_utf8(answer)
        .expect("file names are UTF-8")
        .split_terminator('\0')
        .map(str::to_owned)
        // A file deleted but not yet committed as such is still listed.
        .filter(|path| root().join(path).is_file())
        .collect()
}

fn output(command: &mut Command) -> Vec<u8> {
    let output = command
        .current_dir(root())
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(
        output.status.success(),
        "{command:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    output.stdout
}
