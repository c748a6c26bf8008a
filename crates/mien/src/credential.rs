//! The operator's certificate and key (C2PA), from the files that settings name.

use crate::config::{Config, Fault, Layers, variable};
use crate::failure::Failure;
use provenance::{Credential, Part};
use service::clock::{Clock, SystemClock};
use service::labelling::PictureSigner;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The settings of certificate and key.
pub(crate) const CERTIFICATE: &str = "c2pa.certificate";
pub(crate) const KEY: &str = "c2pa.key";

/// Bytes of such a file that are looked at.
const MOST_BYTES: u64 = (1 << 20) + 1;

/// The files that settings name; both or neither.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CredentialFiles {
    pub(crate) certificate: PathBuf,
    pub(crate) key: PathBuf,
}

/// A credential that signs, and what speaks against it.
pub(crate) struct Opened {
    pub(crate) credential: Arc<Credential>,
    pub(crate) warnings: Vec<String>,
}

impl Opened {
    /// What signs the pictures of calls.
    pub(crate) fn signer(&self) -> Arc<dyn PictureSigner> {
        Arc::<Credential>::clone(&self.credential)
    }

    /// Who signs, and with what, in a line.
    pub(crate) fn line(&self) -> String {
        let (name, algorithm) = (self.credential.name(), self.credential.algorithm());
        format!("pictures are signed by {name} (C2PA, {algorithm})")
    }
}

/// Reads certificate and key where the configuration names them, and signs a picture on trial.
///
/// # Errors
/// Every fault there is, with the line, variable or flag that named the file.
pub(crate) fn open(
    config: &Config,
    layers: &Layers,
    path: Option<&Path>,
) -> Result<Option<Opened>, Failure> {
    let Some(files) = &config.credential else {
        return Ok(None);
    };
    let now = SystemClock::new().now().unix_ms() / 1000;
    open_at(files, layers, now)
        .map(Some)
        .map_err(|faults| Failure::Config {
            path: path.map(Path::to_owned),
            faults,
        })
}

fn open_at(files: &CredentialFiles, layers: &Layers, now: i64) -> Result<Opened, Vec<Fault>> {
    let fault = |name: &'static str, what: String| Fault {
        place: layers
            .get(name)
            .map_or_else(|| variable(name), |given| given.origin.name()),
        what: format!("{name}: {what}"),
    };
    let bytes = |name, path: &Path| {
        let failed = |error| vec![fault(name, Failure::read(path, error).to_string())];
        read(path).map_err(failed)
    };
    let (certificate, key) = match (
        bytes(CERTIFICATE, &files.certificate),
        bytes(KEY, &files.key),
    ) {
        (Ok(certificate), Ok(key)) => (certificate, key),
        (Err(faults), Ok(_)) | (Ok(_), Err(faults)) => return Err(faults),
        (Err(faults), Err(others)) => return Err([faults, others].concat()),
    };
    let credential = Credential::read(&certificate, &key, now).map_err(|faults| {
        let told = faults.into_iter().map(|found| {
            let (name, path) = match found.part() {
                Part::Certificate => (CERTIFICATE, &files.certificate),
                Part::Key => (KEY, &files.key),
            };
            fault(name, format!("{}: {found}", path.display()))
        });
        told.collect::<Vec<Fault>>()
    })?;
    let path = files.certificate.display();
    let warnings = credential.warnings(now).into_iter();
    Ok(Opened {
        warnings: warnings
            .map(|warning| format!("{path}: {warning}"))
            .collect(),
        credential: Arc::new(credential),
    })
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MOST_BYTES).read_to_end(&mut bytes)?;
    Ok(bytes)
}
