//! What was answered stays when the process is killed, and what was not answered can be asked again.
//!
//! A child process lives on a folder: sixteen threads call, another buys, tops up and closes months. Each
//! writes what it is about to do to a pipe, and afterwards what came of it. The parent kills it at a
//! random moment, opens the books and compares them with what the pipe told; then the next child lives
//! on the same folder.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test fails by panicking, and tells what it saw"
)]

mod books;
mod disk;
mod life;
mod script;
#[path = "../world/mod.rs"]
mod world;

use books::Books;
use script::Script;
use service::random::{Random, SeededRandom};
use std::env;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::Duration;

/// The test's own name, by which it runs itself.
const NAME: &str = "what_was_answered_survives_a_kill_and_what_was_not_can_be_asked_again";

/// Rounds of the short form.
const ROUNDS: u64 = 200;

#[test]
fn what_was_answered_survives_a_kill_and_what_was_not_can_be_asked_again() {
    if let Some(part) = life::Part::from_environment() {
        part.play();
    }
    let number = |name: &str| env::var(name).ok().map(|text| text.parse().unwrap());
    let rounds = number("MIEN_CRASH_ROUNDS").unwrap_or(ROUNDS);
    let seed = number("MIEN_CRASH_SEED").unwrap_or(1);
    let folder = tempfile::tempdir().unwrap();
    let random = SeededRandom::new(seed);
    let mut books = Books::begin(folder.path());
    for round in 0..rounds {
        let part = books.next_part(round);
        let script = live_and_die(&part, below(&random, 80_000));
        books.check(round, &script);
    }
    println!("{}", books.end());
}

fn below(random: &SeededRandom, bound: u64) -> u64 {
    let mut bytes = [0; 8];
    random.fill(&mut bytes).unwrap();
    u64::from_le_bytes(bytes) % bound
}

/// Lets a child live until some time after its first answer; returns what it told.
fn live_and_die(part: &life::Part, wait_us: u64) -> Script {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", NAME, "--nocapture"]);
    part.to_environment(&mut command);
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    let stdout = BufReader::new(child.stdout.take().unwrap());
    let (answered, first_answer) = channel();
    let reader = thread::spawn(move || read(stdout, &answered));
    // Where the child ends before its first answer there is none to wait for.
    if first_answer.recv().is_ok() {
        thread::sleep(Duration::from_micros(wait_us));
    }
    kill(&mut child);
    reader.join().unwrap()
}

fn read(stdout: impl BufRead, answered: &Sender<()>) -> Script {
    let mut script = Script::default();
    for line in stdout.lines() {
        if script.read(&line.unwrap()) {
            // The parent hears of the first only.
            let _ = answered.send(());
        }
    }
    script
}

fn kill(child: &mut Child) {
    let ended = child.try_wait().unwrap();
    assert_eq!(ended, None, "the child ended by itself");
    child.kill().unwrap();
    child.wait().unwrap();
}
