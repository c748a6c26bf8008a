//! The configuration in force, as a file that says the same.

use super::{Config, Layers, SECRETS, SETTINGS, variable};
use crate::credential;
use serde_json::{Value, json};

/// A setting with its value and where that comes from.
pub(crate) struct Shown {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    /// `null` where it is not set and has no default.
    pub(crate) value: Value,
    pub(crate) origin: String,
}

/// All settings with their values.
pub(crate) fn shown(config: &Config, layers: &Layers) -> Vec<Shown> {
    let settings = SETTINGS.iter();
    settings
        .map(|setting| Shown {
            name: setting.name,
            about: setting.about,
            value: value(config, setting.name),
            origin: layers
                .get(setting.name)
                .map_or_else(|| "default".to_owned(), |given| given.origin.name()),
        })
        .collect()
}

fn value(config: &Config, name: &str) -> Value {
    let (limits, settings) = (&config.limits, &config.settings);
    match name {
        "data" => json!(config.data.display().to_string()),
        "zone" => json!(config.zone.as_ref().map(|zone| zone.name().to_owned())),
        "listen" => json!(config.listen.to_string()),
        "public_url" => json!(config.public_url),
        "storage" => json!(config.storage),
        "allow_private_addresses" => {
            let ranges = config.allow_private_addresses.iter();
            json!(ranges.map(ToString::to_string).collect::<Vec<_>>())
        }
        "contact" => json!(config.contact),
        credential::CERTIFICATE => {
            let files = config.credential.as_ref();
            json!(files.map(|files| files.certificate.display().to_string()))
        }
        credential::KEY => {
            let files = config.credential.as_ref();
            json!(files.map(|files| files.key.display().to_string()))
        }
        "limits.connections" => json!(limits.connections),
        "limits.upload_mb" => json!(limits.upload_bytes >> 20),
        "limits.head_timeout_s" => json!(limits.head_timeout.as_secs()),
        "limits.body_timeout_s" => json!(limits.body_timeout.as_secs()),
        "limits.stall_timeout_s" => json!(limits.stall_timeout.as_secs()),
        "limits.activities" => json!(settings.activity_limit),
        "limits.material_lists_per_second" => json!(settings.listings_per_second),
        "sessions.idle_hours" => json!(settings.session_idle_ms / 3_600_000),
        "sessions.longest_days" => json!(settings.session_longest_ms / 86_400_000),
        "costs.password_memory_mb" => json!(settings.password_cost.memory_kib >> 10),
        "costs.password_passes" => json!(settings.password_cost.passes),
        _ => Value::Null,
    }
}

/// The same as the text of a file, with what each setting is, its variable, and where its value comes from.
pub(crate) fn text(shown: &[Shown]) -> String {
    let mut text = String::new();
    let mut table = "";
    for setting in shown {
        let (own_table, name) = setting.name.rsplit_once('.').unwrap_or(("", setting.name));
        if own_table != table {
            text += &format!("\n[{own_table}]\n");
            table = own_table;
        }
        let variable = variable(setting.name);
        text += &format!("# {} ({variable}; {})\n", setting.about, setting.origin);
        text += &match &setting.value {
            Value::Null => format!("# {name} =\n"),
            // Texts, numbers and lists of texts look alike in JSON and TOML.
            value => format!("{name} = {value}\n"),
        };
    }
    text
}

/// What is secret and therefore not told, by variable: whether it is set.
pub(crate) fn secrets() -> Vec<(&'static str, bool)> {
    let names = SECRETS.iter().map(|secret| secret.name);
    names
        .map(|name| (name, std::env::var_os(name).is_some()))
        .collect()
}
