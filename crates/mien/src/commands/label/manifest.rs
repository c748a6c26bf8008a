//! What is told of a picture's signed manifest (C2PA).

use super::printable;
use crate::failure::Failure;
use crate::picture_file;
use pixel::Limits;
use provenance::{Integrity, Manifest, ManifestError, Trust, TrustAnchors, read_manifest};
use serde_json::{Value, json};
use std::path::Path;

/// Exit code of a picture whose signature does not hold.
const DOES_NOT_HOLD: u8 = 10;

/// Bytes of a list of authorities, at most.
const MOST_BYTES: usize = 1 << 20;

/// What there is of a manifest.
pub(super) struct FoundManifest(Result<Option<Manifest>, ManifestError>);

/// Reads a list of authorities.
pub(super) fn anchors(path: &Path) -> Result<TrustAnchors, Failure> {
    let limits = Limits {
        max_bytes: MOST_BYTES,
        ..Limits::default()
    };
    let file = picture_file::read(path, &limits)?;
    TrustAnchors::read(&file)
        .map_err(|fault| Failure::Usage(format!("{}: {fault}", path.display())))
}

impl FoundManifest {
    pub(super) fn of(picture: &[u8], anchors: Option<&TrustAnchors>) -> FoundManifest {
        FoundManifest(read_manifest(picture, anchors))
    }

    /// Whether there is one, readable or not.
    pub(super) fn is_there(&self) -> bool {
        !matches!(self.0, Ok(None))
    }

    pub(super) fn exit_code(&self) -> u8 {
        match &self.0 {
            Ok(None) | Err(ManifestError::Elsewhere { .. }) => 0,
            Ok(Some(manifest)) if holds(manifest) => 0,
            Ok(Some(_)) | Err(_) => DOES_NOT_HOLD,
        }
    }

    pub(super) fn document(&self) -> Value {
        match &self.0 {
            Ok(manifest) => json!(manifest),
            Err(error) => json!({ "error": error.to_string() }),
        }
    }

    /// It in lines; `act` is the number in the implicit label.
    pub(super) fn lines(&self, act: Option<&str>) -> Vec<String> {
        let manifest = match &self.0 {
            Ok(None) => return vec!["no manifest (C2PA)".to_owned()],
            Err(error) => {
                return vec![format!(
                    "manifest (C2PA): {}",
                    printable(&error.to_string())
                )];
            }
            Ok(Some(manifest)) => manifest,
        };
        let mut lines = vec![format!(
            "manifest (C2PA): {}",
            integrity(manifest.integrity)
        )];
        let mut field = |name: &str, value: Option<String>| {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                lines.push(format!("  {name:<18} {}", printable(&value)));
            }
        };
        field("signed by", Some(signer(manifest)));
        field("trust", Some(trust(manifest.trust).to_owned()));
        field("generator", manifest.generator.clone());
        field("title", manifest.title.clone());
        field("actions", Some(manifest.actions.join(", ")));
        field("source type", manifest.digital_source_type.clone());
        field("ProduceID", manifest.produce_id.clone());
        for fault in &manifest.faults {
            let more = fault.explanation.as_deref().unwrap_or_default();
            field("fault", Some(format!("{} {more}", fault.code)));
        }
        if let (Some(own), Some(act)) = (&manifest.produce_id, act)
            && own != act
        {
            lines.push("  the implicit label names another act than the manifest".to_owned());
        }
        lines
    }
}

fn holds(manifest: &Manifest) -> bool {
    let is_whole = matches!(
        manifest.integrity,
        Integrity::Intact | Integrity::CertificateOver
    );
    is_whole && manifest.trust != Trust::Untrusted
}

fn integrity(integrity: Integrity) -> &'static str {
    match integrity {
        Integrity::Intact => "intact, the picture is as it was signed",
        Integrity::PictureAltered => "THE PICTURE WAS ALTERED after it was signed",
        Integrity::Invalid => "THE MANIFEST DOES NOT HOLD: it was altered, or breaks the standard",
        Integrity::CertificateOver => {
            "unaltered, but the certificate is out of its time and no time stamp says that it was not then"
        }
    }
}

fn trust(trust: Trust) -> &'static str {
    match trust {
        Trust::Trusted => "an authority that you trust vouches for the signer",
        Trust::Untrusted => "none of the authorities that you trust vouches for the signer",
        Trust::NotAsked => "not asked for: the name is the certificate's own word; see --trust",
    }
}

fn signer(manifest: &Manifest) -> String {
    let signer = &manifest.signer;
    let name = signer.name.as_deref().unwrap_or("nobody who is named");
    let mut text = name.to_owned();
    if let Some(organisation) = &signer.organisation {
        text += &format!(", {organisation}");
    }
    if let Some(algorithm) = &signer.algorithm {
        text += &format!(" ({})", algorithm.to_lowercase());
    }
    text
}
