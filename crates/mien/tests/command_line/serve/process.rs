//! A server in a process of its own.

use crate::run::Folder;
use serde_json::Value;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// A demo server; killed with the test.
pub(super) struct Serving {
    child: Child,
    /// What it said once it was ready.
    pub(super) demo: Value,
}

impl Serving {
    /// Starts one in a folder, on a free port, and waits for its one line.
    pub(super) fn start(folder: &Folder) -> Serving {
        Serving::start_with(folder, "--demo")
    }

    /// Starts one with other words than those of a demo. Its log is the file `log`.
    pub(super) fn start_with(folder: &Folder, words: &str) -> Serving {
        let log = folder.path("log");
        let mut child = folder
            .command(&format!("serve {words} --json --listen 127.0.0.1:0"))
            // The pace of listings is tested elsewhere, under a clock that stands.
            .env("MIEN_LIMITS_MATERIAL_LISTS_PER_SECOND", "1000")
            .stdout(Stdio::piped())
            .stderr(File::create(&log).unwrap())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap())
            .read_line(&mut line)
            .unwrap();
        if line.is_empty() {
            child.wait().unwrap();
            let complaint = fs::read_to_string(&log).unwrap();
            panic!("the server did not start: {complaint}");
        }
        Serving {
            child,
            demo: serde_json::from_str(&line).unwrap(),
        }
    }

    pub(super) fn text(&self, name: &str) -> &str {
        self.demo[name].as_str().unwrap()
    }

    /// Tells it to stop, and waits until it did.
    pub(super) fn stop(mut self) {
        let pid = self.child.id().to_string();
        let told = Command::new("kill").args(["-TERM", &pid]).status();
        assert!(told.unwrap().success());
        let status = self.child.wait().unwrap();
        assert_eq!(status.code(), Some(0));
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
