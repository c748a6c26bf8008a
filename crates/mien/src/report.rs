//! What a command tells: text or one JSON document on standard output, complaints on standard error.

use crate::failure::Failure;
use serde::Serialize;
use serde_json::json;
use std::io::{self, Write};

/// Collects a command's standard output, to be written once at the end.
pub(crate) struct Report {
    json: bool,
    output: Vec<u8>,
}

impl Report {
    pub(crate) fn new(json: bool) -> Report {
        Report {
            json,
            output: Vec::new(),
        }
    }

    /// Whether a JSON document is wanted; then warnings belong into it.
    pub(crate) fn is_json(&self) -> bool {
        self.json
    }

    /// One line of text.
    pub(crate) fn line(&mut self, text: &str) {
        self.output.extend_from_slice(text.as_bytes());
        self.output.push(b'\n');
    }

    /// Bytes as they are.
    pub(crate) fn raw(&mut self, bytes: &[u8]) {
        self.output.extend_from_slice(bytes);
    }

    /// The JSON document of the command.
    pub(crate) fn document(&mut self, document: &impl Serialize) -> Result<(), Failure> {
        serde_json::to_writer_pretty(&mut self.output, document)
            .map_err(|error| Failure::Internal(error.to_string()))?;
        self.output.push(b'\n');
        Ok(())
    }

    /// Writes what was collected so far: for a command that goes on for long.
    pub(crate) fn flush(&mut self) -> Result<(), Failure> {
        let collected = std::mem::take(&mut self.output);
        Report {
            json: self.json,
            output: collected,
        }
        .finish()
    }

    /// A JSON document in one line, for a program that reads line by line.
    pub(crate) fn document_line(&mut self, document: &impl Serialize) -> Result<(), Failure> {
        let line = serde_json::to_string(document);
        self.line(&line.map_err(|error| Failure::Internal(error.to_string()))?);
        Ok(())
    }

    /// Says why the command failed; help and version, which clap treats as failures, go to standard output.
    pub(crate) fn failure(&mut self, failure: &Failure) {
        match failure {
            Failure::CommandLine(help) if !help.use_stderr() => {
                self.raw(help.to_string().as_bytes());
            }
            _ if self.json => {
                let error = json!({ "error": failure.to_json() });
                self.output.clear();
                self.line(&format!("{error:#}"));
            }
            // Clap's own messages begin with "error:" and end with a line of their own.
            Failure::CommandLine(error) => {
                // Nobody is left to tell when standard error is closed.
                let _ = error.print();
            }
            _ => complain(&failure.to_string()),
        }
    }

    /// What was collected.
    #[cfg(test)]
    pub(crate) fn into_text(self) -> String {
        String::from_utf8(self.output).unwrap()
    }

    /// Writes what was collected. A reader that closed the pipe has seen enough: no failure.
    pub(crate) fn finish(self) -> Result<(), Failure> {
        let mut stdout = io::stdout().lock();
        match stdout.write_all(&self.output).and_then(|()| stdout.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::Stdout(error)),
            _ => Ok(()),
        }
    }
}

/// One line on standard error, prefixed with the program's name.
pub(crate) fn complain(message: &str) {
    // Nobody is left to tell when standard error is closed.
    let _ = writeln!(io::stderr(), "mien: {}", message.trim_end());
}
