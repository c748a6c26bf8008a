//! Peak memory, measured in a process that does nothing else than one fusion.

use crate::args::BenchArgs;
use crate::failure::Failure;
use clap::ValueEnum;
use engine::Engine;
use fusion::Recipe;
use pixel::Limits;
use std::io::{self, Read, Write};
use std::process::{Child, Command, Stdio};
use std::{env, fs};

/// Prepares the template, fuses the photo on standard input once and gives this process's peak.
pub(super) fn of_one_fusion(template: &[u8], recipe: Recipe) -> Result<Option<u64>, Failure> {
    let mut selfie = Vec::new();
    io::stdin()
        .lock()
        .take(Limits::default().max_bytes as u64)
        .read_to_end(&mut selfie)
        .map_err(|error| Failure::Internal(error.to_string()))?;
    let engine = Engine::new()?;
    let mut workspace = engine.workspace();
    let template = super::prepare(&engine, template, &mut workspace)?;
    let mut encoded = Vec::new();
    let photos = [super::photo(&selfie, recipe)];
    let call = super::call(&template, &photos);
    engine.call(&call, &mut workspace, &mut encoded)?;
    Ok(own_peak())
}

/// The most memory this process ever had resident, in bytes.
fn own_peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    peak_of_status(&status)
}

/// `VmHWM` of a Linux process status.
pub(super) fn peak_of_status(status: &str) -> Option<u64> {
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    kibibytes.checked_mul(1024)
}

/// Runs this program anew to measure a fusion of `selfie`.
pub(super) fn in_child(selfie: &[u8], args: &BenchArgs) -> Result<Option<u64>, Failure> {
    let internal = |error: io::Error| Failure::Internal(format!("measuring memory: {error}"));
    let algorithm = args
        .algorithm
        .to_possible_value()
        .map_or_else(String::new, |value| value.get_name().to_owned());
    let mut child = Command::new(env::current_exe().map_err(internal)?)
        .args(["bench", "--peak-of-stdin", "--algorithm", &algorithm])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(internal)?;
    send(&mut child, selfie).map_err(internal)?;
    let output = child.wait_with_output().map_err(internal)?;
    if !output.status.success() {
        return Err(Failure::Internal(format!(
            "measuring memory: {}",
            output.status
        )));
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().parse().ok())
}

/// Writes all and closes the pipe.
fn send(child: &mut Child, bytes: &[u8]) -> io::Result<()> {
    match child.stdin.take() {
        Some(mut stdin) => stdin.write_all(bytes),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_peak_is_read_from_a_process_status() {
        for (status, expected) in [
            (
                "Name:\tmien\nVmPeak:\t  99 kB\nVmHWM:\t  1024 kB\n",
                Some(1 << 20),
            ),
            ("VmHWM:\t12 MB\n", None),
            ("Name:\tmien\n", None),
        ] {
            assert_eq!(peak_of_status(status), expected);
        }
    }
}
