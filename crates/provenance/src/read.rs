//! Reads the manifest of a picture, whoever signed it.

use crate::certificate::LABEL;
use crate::manifest::{Integrity, Manifest, ManifestFault, Signer, Trust};
use crate::pem::blocks;
use crate::sign::mime_type;
use crate::{ManifestError, TrustFault};
use c2pa::validation_status::ValidationStatus;
use c2pa::{Context, Error, Reader};
use serde_json::{Value, json};
use std::io::Cursor;
use x509_parser::certificate::X509Certificate;
use x509_parser::prelude::FromDer;

/// A signature that is not this certificate's.
pub(crate) const SIGNATURE_MISMATCH: &str = "claimSignature.mismatch";

/// The picture's bytes are not those that were signed.
const PICTURE_MISMATCH: [&str; 2] = [
    "assertion.dataHash.mismatch",
    "assertion.boxesHash.mismatch",
];

/// A certificate that is over or not begun.
const OVER: [&str; 2] = [
    "signingCredential.expired",
    "claimSignature.outsideValidity",
];

/// A certificate that leads to no authority that is trusted, which is told as [`Trust`].
const UNTRUSTED: &str = "signingCredential.untrusted";

/// Authorities whose signers are trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustAnchors(String);

impl TrustAnchors {
    /// Nobody is trusted, and integrity alone is looked at.
    pub fn none() -> Option<&'static TrustAnchors> {
        None
    }

    /// Reads a list of certificates in PEM.
    pub fn read(file: &[u8]) -> Result<TrustAnchors, TrustFault> {
        let found = blocks(file).ok_or(TrustFault::NotPem)?;
        for (index, block) in found.into_iter().enumerate() {
            if block.label != LABEL {
                return Err(TrustFault::NotACertificate { label: block.label });
            }
            if X509Certificate::from_der(&block.bytes).is_err() {
                return Err(TrustFault::Unreadable { number: index + 1 });
            }
        }
        Ok(TrustAnchors(String::from_utf8_lossy(file).into_owned()))
    }
}

/// The manifest in the file of a JPEG or PNG and whether it holds; `None` where there is none, which proves nothing,
/// for anybody can take it out. Nothing is fetched.
pub fn read_manifest(
    picture: &[u8],
    anchors: Option<&TrustAnchors>,
) -> Result<Option<Manifest>, ManifestError> {
    let format = mime_type(picture).ok_or(ManifestError::OtherKind)?;
    let unreadable = |error: Error| ManifestError::Unreadable {
        reason: error.to_string(),
    };
    let context = context(anchors).map_err(unreadable)?;
    let read = Reader::from_context(context).with_stream(format, Cursor::new(picture));
    match read {
        Ok(reader) => told(&reader, anchors).map(Some),
        Err(Error::JumbfNotFound | Error::ProvenanceMissing) => Ok(None),
        Err(Error::RemoteManifestUrl(address)) => Err(ManifestError::Elsewhere { address }),
        Err(error) => Err(unreadable(error)),
    }
}

fn context(anchors: Option<&TrustAnchors>) -> c2pa::Result<Context> {
    Context::new().with_settings(json!({
        "core": { "allowed_network_hosts": [], "decode_identity_assertions": false },
        "verify": { "ocsp_fetch": false, "remote_manifest_fetch": false },
        "trust": { "user_anchors": anchors.map(|anchors| &anchors.0) },
    }))
}

fn told(reader: &Reader, anchors: Option<&TrustAnchors>) -> Result<Manifest, ManifestError> {
    let manifest = reader.active_manifest();
    let manifest = manifest.ok_or_else(|| ManifestError::Unreadable {
        reason: "it names no active manifest".to_owned(),
    })?;
    let faults = faults(reader);
    let has = |code: &str| faults.iter().any(|fault| fault.code == code);
    let trust = match anchors {
        None => Trust::NotAsked,
        Some(_) if has(UNTRUSTED) => Trust::Untrusted,
        Some(_) => Trust::Trusted,
    };
    let faults: Vec<ManifestFault> = faults
        .iter()
        .filter(|fault| fault.code != UNTRUSTED)
        .cloned()
        .collect();
    let signature = manifest.signature_info();
    let signer = signature.map(|signature| Signer {
        name: signature.common_name.clone(),
        organisation: signature.issuer.clone(),
        algorithm: signature.alg.map(|algorithm| algorithm.to_string()),
        serial_number: signature.cert_serial_number.clone(),
    });
    let actions = actions(manifest);
    Ok(Manifest {
        integrity: integrity(&faults),
        faults,
        trust,
        signer: signer.unwrap_or_default(),
        generator: generator(manifest),
        title: manifest.title().map(str::to_owned),
        digital_source_type: actions
            .iter()
            .find_map(|action| text(action.get("digitalSourceType"))),
        actions: actions
            .iter()
            .filter_map(|action| text(action.get("action")))
            .collect(),
        produce_id: produce_id(manifest),
    })
}

/// All that speaks against the manifest, or against the manifests of what it was made of.
fn faults(reader: &Reader) -> Vec<ManifestFault> {
    let fault = |status: &ValidationStatus| ManifestFault {
        code: status.code().to_owned(),
        explanation: status.explanation().map(str::to_owned),
    };
    let Some(results) = reader.validation_results() else {
        let statuses = reader.validation_status().unwrap_or_default();
        return statuses.iter().map(fault).collect();
    };
    let own = results.active_manifest().into_iter();
    let parts = results.ingredient_deltas().into_iter().flatten();
    let all = own.chain(parts.map(|part| part.validation_deltas()));
    let mut faults: Vec<ManifestFault> = Vec::new();
    for found in all.flat_map(|codes| codes.failure()).map(fault) {
        if !faults.contains(&found) {
            faults.push(found);
        }
    }
    faults
}

/// The gravest of the faults decides.
fn integrity(faults: &[ManifestFault]) -> Integrity {
    let is_among = |fault: &ManifestFault, codes: &[&str]| codes.contains(&fault.code.as_str());
    if faults.is_empty() {
        Integrity::Intact
    } else if faults
        .iter()
        .any(|fault| is_among(fault, &PICTURE_MISMATCH))
    {
        Integrity::PictureAltered
    } else if faults.iter().all(|fault| is_among(fault, &OVER)) {
        Integrity::CertificateOver
    } else {
        Integrity::Invalid
    }
}

fn generator(manifest: &c2pa::Manifest) -> Option<String> {
    let info = manifest
        .claim_generator_info
        .as_ref()
        .and_then(|info| info.first());
    match info {
        Some(info) => Some(match &info.version {
            Some(version) => format!("{}/{version}", info.name),
            None => info.name.clone(),
        }),
        None => manifest.claim_generator().map(str::to_owned),
    }
}

/// The actions of both editions of their assertion.
fn actions(manifest: &c2pa::Manifest) -> Vec<Value> {
    let assertions = manifest.assertions().iter();
    assertions
        .filter(|assertion| assertion.label().starts_with("c2pa.actions"))
        .filter_map(|assertion| assertion.value().ok())
        .filter_map(|value| value.get("actions").and_then(Value::as_array))
        .flatten()
        .cloned()
        .collect()
}

fn produce_id(manifest: &c2pa::Manifest) -> Option<String> {
    let mut assertions = manifest.assertions().iter();
    assertions.find_map(|assertion| {
        let value = assertion.value().ok()?;
        text(value.get("TC260:AIGC")?.get("ProduceID"))
    })
}

fn text(value: Option<&Value>) -> Option<String> {
    value.and_then(Value::as_str).map(str::to_owned)
}
