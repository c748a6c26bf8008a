//! `mien config`.

use crate::args::{BooksArgs, ConfigAction, ConfigArgs};
use crate::config::{self, Config, Layers, Value};
use crate::failure::Failure;
use crate::report::Report;
use serde_json::{Map, json};
use std::path::Path;

pub(crate) fn run(args: &ConfigArgs, report: &mut Report) -> Result<u8, Failure> {
    match &args.action {
        ConfigAction::Check { file } => {
            let layers = config::of_file(file)?;
            config::resolve(&layers, Some(file))?;
            let (path, set) = (file.display().to_string(), layers.len());
            if report.is_json() {
                report.document(&json!({ "path": path, "settings": set }))?;
            } else {
                report.line(&format!("{path}: no faults; {set} settings"));
            }
        }
        ConfigAction::Show { config } => {
            let layers = layers(config.as_deref(), &args.books)?;
            show(
                &config::resolve(&layers, config.as_deref())?,
                &layers,
                report,
            )?;
        }
    }
    Ok(0)
}

/// What the file, the environment and the flags of the books say.
pub(crate) fn layers(file: Option<&Path>, books: &BooksArgs) -> Result<Layers, Failure> {
    let mut layers = file.map_or_else(|| Ok(Layers::new()), config::of_file)?;
    config::put_environment(&mut layers);
    let flags = [
        (
            "data",
            "--data",
            books.data.as_ref().map(|data| data.display().to_string()),
        ),
        ("zone", "--zone", books.zone.clone()),
        ("storage", "--storage", books.storage.clone()),
    ];
    for (name, flag, value) in flags {
        // What clap took from the environment stands there already.
        let known = layers.get(name).map(|given| given.value.clone());
        if let Some(value) = value
            .map(Value::Text)
            .filter(|value| known.as_ref() != Some(value))
        {
            config::put_flag(&mut layers, name, flag, value);
        }
    }
    Ok(layers)
}

fn show(config: &Config, layers: &Layers, report: &mut Report) -> Result<(), Failure> {
    let shown = config::shown(config, layers);
    let secrets = config::secrets();
    if report.is_json() {
        let settings: Map<_, _> = shown
            .into_iter()
            .map(|shown| {
                let value = json!({ "value": shown.value, "origin": shown.origin });
                (shown.name.to_owned(), value)
            })
            .collect();
        let secrets: Map<_, _> = secrets
            .into_iter()
            .map(|(name, is_set)| (name.to_owned(), json!(is_set)))
            .collect();
        return report.document(&json!({ "settings": settings, "secrets_set": secrets }));
    }
    let mut text = config::text(&shown);
    text += "\n# Secrets, which stand in the environment only:\n";
    for (name, is_set) in secrets {
        let state = if is_set { "set, not shown" } else { "not set" };
        text += &format!("# {name}: {state}\n");
    }
    report.raw(text.as_bytes());
    Ok(())
}
