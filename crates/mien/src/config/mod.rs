//! What an operator sets: from a file, over it the environment, over it the command line.

mod given;
mod read;
mod show;
mod suggest;

pub(crate) use given::{Given, Origin, Value};
pub(crate) use read::public_url;
pub(crate) use show::{secrets, shown, text};

use crate::credential::{self, CredentialFiles};
use crate::failure::Failure;
use billing::Calendar;
use read::Reader;
use service::outbound::AddressRange;
use service::{PasswordCost, Settings};
use std::collections::BTreeMap;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;
use web::server::Limits;

/// Bytes of a configuration file; a long one has a few thousand.
const MOST_BYTES: u64 = 1 << 20;

/// A setting as operators know it. In the environment it is `MIEN_` and the name in capitals, with `_` for the
/// point.
pub(crate) struct Setting {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
}

/// All settings.
pub(crate) const SETTINGS: &[Setting] = &[
    Setting {
        name: "data",
        about: "the data folder",
    },
    Setting {
        name: "zone",
        about: "the time zone by which days and months begin",
    },
    Setting {
        name: "listen",
        about: "where to listen",
    },
    Setting {
        name: "public_url",
        about: "what the addresses of results begin with",
    },
    Setting {
        name: "storage",
        about: "where pictures are kept: file:///folder or s3://bucket/prefix?endpoint=...&region=...",
    },
    Setting {
        name: "allow_private_addresses",
        about: "addresses of your own network that may be fetched from",
    },
    Setting {
        name: "contact",
        about: "whom customers ask for what is not sold here",
    },
    Setting {
        name: "limits.connections",
        about: "connections that are open at once",
    },
    Setting {
        name: "limits.upload_mb",
        about: "MiB of request bodies that are in memory at once",
    },
    Setting {
        name: "limits.head_timeout_s",
        about: "seconds for the head of a request, and between two",
    },
    Setting {
        name: "limits.body_timeout_s",
        about: "seconds for a request's body",
    },
    Setting {
        name: "limits.stall_timeout_s",
        about: "seconds of silence in the middle of a body",
    },
    Setting {
        name: "limits.activities",
        about: "activities an account may create",
    },
    Setting {
        name: "limits.material_lists_per_second",
        about: "listings of materials a second, for each account",
    },
    Setting {
        name: "sessions.idle_hours",
        about: "hours after which a silent session ends",
    },
    Setting {
        name: "sessions.longest_days",
        about: "days after which every session ends",
    },
    Setting {
        name: "costs.password_memory_mb",
        about: "MiB that trying a password takes",
    },
    Setting {
        name: "costs.password_passes",
        about: "times that this memory is gone through",
    },
    Setting {
        name: credential::CERTIFICATE,
        about: "the certificate that signs pictures: PEM, the leaf first, then each issuer",
    },
    Setting {
        name: credential::KEY,
        about: "its private key: PEM, PKCS#8",
    },
];

/// What stands in the environment alone; the names are those of the variables.
pub(crate) const SECRETS: &[Setting] = &[
    Setting {
        name: "MIEN_OPERATOR_KEY",
        about: "what opens the secrets in the books, 64 hexadecimal digits, in place of operator.key",
    },
    Setting {
        name: "MIEN_METRICS_TOKEN",
        about: "what a caller of /metrics on the main address shows as a bearer token",
    },
    Setting {
        name: "AWS_ACCESS_KEY_ID",
        about: "the bucket's key",
    },
    Setting {
        name: "AWS_SECRET_ACCESS_KEY",
        about: "its secret",
    },
    Setting {
        name: "AWS_SESSION_TOKEN",
        about: "its session, where there is one",
    },
];

/// What is wrong with a configuration, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// `line 3`, or the variable's name.
    pub(crate) place: String,
    /// What is wrong, and what to do.
    pub(crate) what: String,
}

/// Settings that can be worked with.
#[derive(Clone, Debug)]
pub(crate) struct Config {
    pub(crate) data: PathBuf,
    pub(crate) zone: Option<Calendar>,
    pub(crate) listen: SocketAddr,
    pub(crate) public_url: Option<String>,
    pub(crate) storage: Option<String>,
    pub(crate) allow_private_addresses: Vec<AddressRange>,
    pub(crate) contact: Option<String>,
    /// With what pictures are signed, if they are.
    pub(crate) credential: Option<CredentialFiles>,
    pub(crate) limits: Limits,
    /// But for the calendar, which the books know.
    pub(crate) settings: Settings,
}

/// What was set, by name, with where it comes from.
pub(crate) type Layers = BTreeMap<&'static str, Given>;

impl Config {
    /// From what was set; what was not has its default.
    ///
    /// # Errors
    /// Every fault there is.
    pub(crate) fn of(layers: &Layers) -> Result<Config, Vec<Fault>> {
        let mut read = Reader::new(layers);
        let usual = (Limits::default(), Settings::default());
        let seconds = |limit: Duration| limit.as_secs();
        let hour_ms = 3_600_000;
        let limits = Limits {
            connections: read.number(
                "limits.connections",
                1..=1_000_000,
                usual.0.connections as u64,
            ) as usize,
            // Three of the largest bodies at least.
            upload_bytes: (read.number(
                "limits.upload_mb",
                32..=1_048_576,
                usual.0.upload_bytes as u64 >> 20,
            ) << 20) as usize,
            head_timeout: read.seconds("limits.head_timeout_s", seconds(usual.0.head_timeout)),
            body_timeout: read.seconds("limits.body_timeout_s", seconds(usual.0.body_timeout)),
            stall_timeout: read.seconds("limits.stall_timeout_s", seconds(usual.0.stall_timeout)),
        };
        let settings = Settings {
            activity_limit: read.small("limits.activities", 1..=100_000, usual.1.activity_limit),
            listings_per_second: read.small(
                "limits.material_lists_per_second",
                1..=1000,
                usual.1.listings_per_second,
            ),
            session_idle_ms: hour_ms
                * i64::from(read.small(
                    "sessions.idle_hours",
                    1..=8760,
                    (usual.1.session_idle_ms / hour_ms) as u32,
                )),
            session_longest_ms: 24
                * hour_ms
                * i64::from(read.small(
                    "sessions.longest_days",
                    1..=365,
                    (usual.1.session_longest_ms / (24 * hour_ms)) as u32,
                )),
            password_cost: PasswordCost {
                memory_kib: read.small(
                    "costs.password_memory_mb",
                    8..=1024,
                    usual.1.password_cost.memory_kib >> 10,
                ) << 10,
                passes: read.small(
                    "costs.password_passes",
                    1..=10,
                    usual.1.password_cost.passes,
                ),
            },
            ..usual.1
        };
        let config = Config {
            data: read
                .text("data", read::path)
                .unwrap_or_else(|| PathBuf::from(DATA)),
            zone: read.text("zone", |text| {
                Calendar::new(text).map_err(|error| error.to_string())
            }),
            listen: read
                .text("listen", read::address)
                .unwrap_or_else(default_listen),
            public_url: read.text("public_url", public_url),
            storage: read.text("storage", read::storage),
            allow_private_addresses: read.texts("allow_private_addresses", |text| {
                AddressRange::parse(text).map_err(|error| error.to_string())
            }),
            contact: read.text("contact", read::contact),
            credential: read
                .both(credential::CERTIFICATE, credential::KEY, read::file)
                .map(|(certificate, key)| CredentialFiles { certificate, key }),
            limits,
            settings,
        };
        read.finish().map(|()| config)
    }
}

/// The data folder where none is set.
pub(crate) const DATA: &str = "mien-data";

fn default_listen() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 8670))
}

/// The layers of a file.
pub(crate) fn of_file(path: &Path) -> Result<Layers, Failure> {
    let meta = fs::metadata(path).map_err(|error| Failure::read(path, error))?;
    if meta.len() > MOST_BYTES {
        return Err(Failure::FileTooLarge {
            path: path.to_owned(),
            most: MOST_BYTES,
        });
    }
    let text = fs::read_to_string(path).map_err(|error| Failure::read(path, error))?;
    given::of_text(&text).map_err(|faults| Failure::Config {
        path: Some(path.to_owned()),
        faults,
    })
}

/// The layers of the environment, put over others.
pub(crate) fn put_environment(layers: &mut Layers) {
    for setting in SETTINGS {
        let variable = variable(setting.name);
        // An empty variable is as good as none.
        if let Some(value) = std::env::var_os(&variable).filter(|value| !value.is_empty()) {
            let value = Value::Text(value.to_string_lossy().into_owned());
            let origin = Origin::Environment(variable);
            layers.insert(setting.name, Given { value, origin });
        }
    }
}

/// Puts a flag's value over what was set.
pub(crate) fn put_flag(layers: &mut Layers, name: &'static str, flag: &'static str, value: Value) {
    let origin = Origin::Flag(flag);
    layers.insert(name, Given { value, origin });
}

/// The variable of a setting.
pub(crate) fn variable(name: &str) -> String {
    format!("MIEN_{}", name.to_uppercase().replace('.', "_"))
}

/// The configuration of layers, or every fault of it.
pub(crate) fn resolve(layers: &Layers, path: Option<&Path>) -> Result<Config, Failure> {
    Config::of(layers).map_err(|faults| Failure::Config {
        path: path.map(Path::to_owned),
        faults,
    })
}

#[cfg(test)]
mod reference;
#[cfg(test)]
mod tests;
