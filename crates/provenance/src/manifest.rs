//! What a manifest was found to say.

use serde::Serialize;

/// The manifest of a picture, as far as it concerns people who look at it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Manifest {
    /// Whether picture and manifest are what was signed.
    pub integrity: Integrity,
    /// What speaks against it, in the words of the standard.
    pub faults: Vec<ManifestFault>,
    /// Whether somebody who is trusted vouches for the signer.
    pub trust: Trust,
    /// Who signed, as the certificate says; proven only where the trust is.
    pub signer: Signer,
    /// The program that claims this, with its version.
    pub generator: Option<String>,
    /// The picture's title.
    pub title: Option<String>,
    /// What was done, such as `c2pa.created`.
    pub actions: Vec<String>,
    /// Of what kind its sources are: an address of the IPTC's list.
    pub digital_source_type: Option<String>,
    /// The picture's number with its producer, where the manifest holds an implicit label (`TC260:AIGC`).
    pub produce_id: Option<String>,
}

/// Whether a picture is what was signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Integrity {
    /// It is, and the signature holds.
    Intact,
    /// The picture is another than the one that was signed.
    PictureAltered,
    /// The manifest itself was altered, or breaks the standard.
    Invalid,
    /// All is as it was signed, but the certificate's time is over (or has not come), and no time stamp says
    /// that it was signed within it.
    CertificateOver,
}

/// Whether the signer is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Trust {
    /// The certificate leads to an authority that was given to be trusted.
    Trusted,
    /// It leads to none of them.
    Untrusted,
    /// No authorities were given, so nothing is known.
    NotAsked,
}

/// Who signed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Signer {
    /// The certificate's common name.
    pub name: Option<String>,
    /// The certificate's organisation.
    pub organisation: Option<String>,
    /// The signature algorithm.
    pub algorithm: Option<String>,
    /// The certificate's serial number.
    pub serial_number: Option<String>,
}

/// Something that speaks against a manifest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ManifestFault {
    /// The standard's code, such as `assertion.dataHash.mismatch`.
    pub code: String,
    /// More of it, if there is.
    pub explanation: Option<String>,
}
