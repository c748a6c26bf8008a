//! The server under load: books made for it, and a process of its own.

use super::cores;
use crate::args::BooksArgs;
use crate::books;
use crate::commands::serve::Demo;
use crate::failure::Failure;
use billing::catalogue::DEFAULT_TEXT;
use billing::{AccountId, ActivityId, AlgorithmVersion, MaterialId};
use service::fetch::HttpFetcher;
use service::webhook::AddressPolicy;
use service::{NewActivity, Settings};
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::{env, fs};

/// Whose calls are measured.
pub(super) struct Scene {
    pub(super) secret_id: String,
    pub(super) secret_key: String,
    /// May be called as often as can be.
    pub(super) activity: ActivityId,
    pub(super) material: MaterialId,
    /// May be called once a second.
    pub(super) slow: ActivityId,
}

impl Scene {
    /// Makes books in a folder: those of the demo, with no limit that would be measured in place of the server.
    pub(super) fn make(folder: &Path) -> Result<Scene, Failure> {
        let books = BooksArgs {
            data: Some(folder.to_owned()),
            storage: None,
            zone: None,
            json: false,
            #[cfg(debug_assertions)]
            now: None,
        };
        let fetcher = Arc::new(HttpFetcher::new(AddressPolicy::PublicOnly));
        let service = books::open_to_serve(&books, Settings::default(), fetcher, None)?;
        let text = DEFAULT_TEXT
            .replace("version = \"2027-01\"", "version = \"bench\"")
            .replace("qps = 10\n", "qps = 1_000_000\n")
            .replace("calls = 10_000\n", "calls = 1_000_000_000\n")
            .replace("ceiling = 1000 ", "ceiling = 1_000_000 ");
        service.apply_catalogue(&text)?;
        let demo = Demo::make(&service, folder)?;
        let slow = NewActivity {
            name: "bench".to_owned(),
            details: String::new(),
            algorithm: AlgorithmVersion::Natural,
            quota: None,
        };
        let account: AccountId = match service.accounts()?.first() {
            Some(account) => account.id,
            None => return Err(Failure::Internal("the demo has no account".to_owned())),
        };
        let slow = service.create_activity(account, &slow)?.id;
        Ok(Scene {
            secret_id: demo.secret_id,
            secret_key: demo.secret_key,
            activity: demo.activity,
            material: demo.material,
            slow,
        })
    }
}

/// A server in a process of its own; it ends with this.
pub(super) struct Running {
    child: Child,
    endpoint: String,
}

fn internal(error: impl std::fmt::Display) -> Failure {
    Failure::Internal(format!("the server to measure: {error}"))
}

impl Running {
    /// Starts `mien serve`, its log on, bound to a core where one is named.
    pub(super) fn start(folder: &Path, core: Option<usize>) -> Result<Running, Failure> {
        let mut command = Command::new(env::current_exe().map_err(internal)?);
        command
            .args(["serve", "--json", "--listen", "127.0.0.1:0", "--data"])
            .arg(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let child = cores::bound_to(core, || command.spawn());
        let mut running = Running {
            child: child.map_err(internal)?,
            endpoint: String::new(),
        };
        let stdout = running.child.stdout.as_mut();
        let mut line = String::new();
        BufReader::new(stdout.ok_or_else(|| internal("it has no output"))?)
            .take(1 << 16)
            .read_line(&mut line)
            .map_err(internal)?;
        let said: serde_json::Value = serde_json::from_str(&line).map_err(internal)?;
        let endpoint = said["endpoint"].as_str();
        running.endpoint = endpoint.ok_or_else(|| internal(&line))?.to_owned();
        Ok(running)
    }

    pub(super) fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// The most memory it ever had resident, in bytes; `None` where the system does not tell.
    pub(super) fn peak_bytes(&self) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        super::super::peak::peak_of_status(&status)
    }

    pub(super) fn stop(mut self) -> Result<(), Failure> {
        self.child.kill().map_err(internal)?;
        self.child.wait().map_err(internal)?;
        Ok(())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
