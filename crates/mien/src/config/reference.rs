//! The table of all settings in docs/OPERATIONS.md is what the command line and the file take.

use super::{Config, Layers, SECRETS, SETTINGS, Setting, shown, variable};
use crate::args::Args;
use crate::credential;
use clap::{Arg, Command, CommandFactory as _};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// Set to write the table anew instead of comparing it.
const WRITE: &str = "MIEN_WRITE_SETTINGS";

/// Before the table, and behind it.
const BEGIN: &str = "<!-- settings: written by the tests of crates/mien -->\n";
const END: &str = "<!-- end of settings -->\n";

const HEAD: &str = "\
| flag of `mien serve` | variable | in the file | unless set | what it is |
|---|---|---|---|---|
";

/// One row; what there is not is empty.
fn row(flag: &str, variable: &str, key: &str, usual: &str, about: &str) -> String {
    let code = |text: &str| match text {
        "" => String::new(),
        text => format!("`{text}`"),
    };
    let (flag, variable, key) = (code(flag), code(variable), code(key));
    format!("| {flag} | {variable} | {key} | {usual} | {about} |\n")
}

fn flag(arg: &Arg) -> String {
    format!("--{}", arg.get_long().unwrap_or_default())
}

/// Whether a flag says what a setting of the file says: they have one name, but for how its words are joined.
fn is_flag_of(arg: &Arg, setting: &Setting) -> bool {
    arg.get_long() == Some(setting.name.replace(['_', '.'], "-").as_str())
}

/// The flags of `mien serve`, but for those that are not shown.
fn flags(serve: &Command) -> Vec<&Arg> {
    let args = serve.get_arguments();
    args.filter(|arg| arg.get_long().is_some() && !arg.is_hide_set() && arg.get_id() != "help")
        .collect()
}

/// What holds where a setting has no value.
fn without(name: &str) -> &'static str {
    match name {
        "zone" => "that of the books, at first Asia/Shanghai",
        "public_url" => "`http://` and the host that the client named",
        "storage" => "`objects` in the data folder",
        "contact" => "nobody is named",
        credential::CERTIFICATE | credential::KEY => "pictures are not signed",
        other => panic!("{other} has no value: say here what holds then"),
    }
}

fn usual(name: &str, value: &Value) -> String {
    match value {
        Value::Null => without(name).to_owned(),
        Value::Array(list) if list.is_empty() => "none".to_owned(),
        Value::String(text) => format!("`{text}`"),
        value => format!("`{value}`"),
    }
}

/// A setting of the file, with the flag that wins over it.
fn of_setting(setting: &Setting, value: &Value, serve: &Command) -> String {
    let arg = flags(serve)
        .into_iter()
        .find(|arg| is_flag_of(arg, setting));
    row(
        &arg.map(flag).unwrap_or_default(),
        &variable(setting.name),
        setting.name,
        &usual(setting.name, value),
        setting.about,
    )
}

/// A flag that the file does not know.
fn of_flag(arg: &Arg) -> String {
    let variable = arg.get_env().and_then(|name| name.to_str());
    let values: Vec<&str> = arg
        .get_default_values()
        .iter()
        .filter_map(|value| value.to_str())
        .collect();
    let usual = match values.join(",").as_str() {
        "" | "false" => String::new(),
        text => format!("`{text}`"),
    };
    let about = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let about = about.split('\n').next().unwrap_or_default();
    let about = about.trim_end_matches('.').replace('|', "\\|");
    row(&flag(arg), variable.unwrap_or_default(), "", &usual, &about)
}

fn table() -> String {
    let mut command = Args::command();
    command.build();
    let serve = command.find_subcommand("serve").unwrap();
    let layers = Layers::new();
    let values = shown(&Config::of(&layers).unwrap(), &layers);
    let mut text = HEAD.to_owned();
    for (setting, value) in SETTINGS.iter().zip(&values) {
        text += &of_setting(setting, &value.value, serve);
    }
    for arg in flags(serve) {
        if !SETTINGS.iter().any(|setting| is_flag_of(arg, setting)) {
            text += &of_flag(arg);
        }
    }
    for secret in SECRETS {
        text += &row("", secret.name, "", "", secret.about);
    }
    text
}

#[test]
fn the_documents_table_is_what_is_taken() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/OPERATIONS.md");
    let text = fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once(BEGIN).unwrap();
    let (found, after) = rest.split_once(END).unwrap();
    let table = table();
    if std::env::var_os(WRITE).is_some() {
        fs::write(&path, format!("{before}{BEGIN}{table}{END}{after}")).unwrap();
        return;
    }
    assert_eq!(
        found, table,
        "look at the change, then run once with {WRITE}=1"
    );
}

/// A variable that a flag reads is the one that the file's setting has.
#[test]
fn flags_and_settings_agree_on_variables() {
    let command = Args::command();
    let serve = command.find_subcommand("serve").unwrap();
    for arg in flags(serve) {
        let Some(setting) = SETTINGS.iter().find(|setting| is_flag_of(arg, setting)) else {
            continue;
        };
        if let Some(read) = arg.get_env() {
            assert_eq!(read.to_str().unwrap(), variable(setting.name));
        }
    }
}
