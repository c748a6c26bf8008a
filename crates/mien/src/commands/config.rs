//! `mien config`.

use crate::args::{BooksArgs, ConfigAction, ConfigArgs, SigningArgs};
use crate::config::{self, Config, Layers, Value};
use crate::credential;
use crate::failure::Failure;
use crate::report::Report;
use serde_json::{Map, json};
use std::path::{Path, PathBuf};

pub(crate) fn run(args: &ConfigArgs, report: &mut Report) -> Result<u8, Failure> {
    match &args.action {
        ConfigAction::Check { file } => {
            let layers = config::of_file(file)?;
            let config = config::resolve(&layers, Some(file))?;
            let opened = credential::open(&config, &layers, Some(file))?;
            check(file, layers.len(), opened.as_ref(), report)?;
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

/// Tells that nothing is wrong.
fn check(
    file: &Path,
    set: usize,
    opened: Option<&credential::Opened>,
    report: &mut Report,
) -> Result<(), Failure> {
    let path = file.display().to_string();
    let warnings = opened.map_or(&[][..], |opened| opened.warnings.as_slice());
    if report.is_json() {
        let signer = opened.map(|opened| opened.credential.name());
        return report.document(&json!({
            "path": path, "settings": set, "signer": signer, "warnings": warnings,
        }));
    }
    report.line(&format!("{path}: no faults; {set} settings"));
    if let Some(opened) = opened {
        report.line(&opened.line());
    }
    for warning in warnings {
        report.line(&format!("warning: {warning}"));
    }
    Ok(())
}

/// Puts the files of `mien serve` and `mien call` over what was set.
pub(crate) fn put_signing(layers: &mut Layers, signing: &SigningArgs) {
    let text = |path: &Option<PathBuf>| path.as_ref().map(|path| path.display().to_string());
    let flags = [
        (
            credential::CERTIFICATE,
            "--c2pa-certificate",
            text(&signing.c2pa_certificate),
        ),
        (credential::KEY, "--c2pa-key", text(&signing.c2pa_key)),
    ];
    put_flags(layers, flags);
}

/// With what pictures are signed, as the environment and the flags say.
pub(crate) fn signing_layers(signing: &SigningArgs) -> Layers {
    let mut layers = Layers::new();
    config::put_environment(&mut layers);
    layers.retain(|name, _| [credential::CERTIFICATE, credential::KEY].contains(name));
    put_signing(&mut layers, signing);
    layers
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
    put_flags(&mut layers, flags);
    Ok(layers)
}

fn put_flags<const N: usize>(
    layers: &mut Layers,
    flags: [(&'static str, &'static str, Option<String>); N],
) {
    for (name, flag, value) in flags {
        // What clap took from the environment stands there already.
        let known = layers.get(name).map(|given| given.value.clone());
        if let Some(value) = value
            .map(Value::Text)
            .filter(|value| known.as_ref() != Some(value))
        {
            config::put_flag(layers, name, flag, value);
        }
    }
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
