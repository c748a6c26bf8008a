//! Help, version, completions, usage errors.

use crate::run::Folder;

#[test]
fn help_tells_commands_examples_and_exit_codes() {
    let folder = Folder::new();
    let help = folder.mien("--help").expect(0).stdout;
    for word in [
        "fuse",
        "detect",
        "bench",
        "completions",
        "account",
        "key",
        "top-up",
        "activity",
        "material",
        "try",
        "call",
        "buy",
        "plan",
        "orders",
        "ledger",
        "bills",
        "usage",
        "notices",
        "webhook",
        "month",
        "catalogue",
        "serve",
        "Exit codes",
        "--json",
    ] {
        assert!(help.contains(word), "{word}: {help}");
    }
    for command in help.lines().filter_map(command_of) {
        if ["bench", "help"].contains(&command) {
            continue;
        }
        let help = folder.mien(&format!("{command} --help")).expect(0).stdout;
        assert!(help.contains("Example"), "{help}");
        assert!(help.contains(&format!("mien {command}")), "{help}");
    }
}

/// The command that a line of the list of commands is about.
fn command_of(line: &str) -> Option<&str> {
    let line = line.strip_prefix("  ")?;
    let (name, text) = line.split_once("  ")?;
    let is_name = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    (is_name && !text.trim().is_empty()).then_some(name)
}

#[test]
fn the_version_is_printed() {
    let run = Folder::new().mien("--version").expect(0);
    assert_eq!(run.stdout, format!("mien {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn every_shell_gets_a_script() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let run = Folder::new()
            .mien(&format!("completions {shell}"))
            .expect(0);
        assert!(run.stdout.contains("feature-degree"), "{shell}");
    }
}

#[test]
fn usage_errors_say_what_is_expected() {
    let folder = Folder::new();
    let run = folder
        .mien("fuse --template t.jpg --face u.jpg --out r.jpg --feature-degree 101")
        .expect(2);
    assert!(
        run.stderr.contains("from 0 (the user) to 100"),
        "{}",
        run.stderr
    );
    assert_eq!(run.stdout, "");
    let (code, document) = folder.json("fuse --template t.jpg");
    assert_eq!(code, 2);
    assert_eq!(document["error"]["kind"], "usage");
    assert_eq!(document["error"]["exit_code"], 2);
    let message = document["error"]["message"].as_str().unwrap();
    assert!(message.contains("--face"), "{message}");
}

#[cfg(unix)]
#[test]
fn a_reader_that_leaves_is_no_failure() {
    let run =
        Folder::new().shell("{ \"$MIEN\" completions bash; echo $? >code; } | head -c 1; cat code");
    assert!(run.stdout.ends_with("0\n"), "{} {}", run.stdout, run.stderr);
    assert_eq!(run.stderr, "");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_device_as_standard_output_is_told() {
    let run = Folder::new()
        .shell("\"$MIEN\" completions bash >/dev/full")
        .expect(5);
    assert!(run.stderr.contains("standard output"), "{}", run.stderr);
}
