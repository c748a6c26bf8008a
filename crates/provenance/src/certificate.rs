//! What certificates of a chain say of themselves, and what C2PA asks of them.
//!
//! C2PA Technical Specification 2.3, section 14.5; RFC 5280.

use crate::pem::{Block, blocks};
use crate::{Algorithm, CredentialFault, CredentialWarning, Part};
use x509_parser::certificate::X509Certificate;
use x509_parser::extensions::ParsedExtension;
use x509_parser::prelude::FromDer;
use x509_parser::x509::X509Name;

/// What a block of a certificate says it is.
pub(crate) const LABEL: &str = "CERTIFICATE";

const DAY_S: i64 = 86_400;

/// Whole days before its end from which on a certificate is warned of.
const SOON_DAYS: i64 = 30;

/// Purposes, besides e-mail protection, for which readers take a signer's certificate: documents, C2PA itself,
/// and C2PA as Microsoft numbered it.
const PURPOSES: [&str; 3] = [
    "1.3.6.1.5.5.7.3.36",
    "1.3.6.1.4.1.62558.2.1",
    "1.3.6.1.4.1.311.76.59.1.9",
];

/// A chain's certificates as DER, the leaf first.
pub(crate) struct Chain(Vec<Vec<u8>>);

impl Chain {
    pub(crate) fn read(file: &[u8]) -> Result<Chain, CredentialFault> {
        let blocks = blocks(file).ok_or(CredentialFault::CertificateNotPem)?;
        let take = |block: Block| match block.label.as_str() {
            LABEL => Ok(block.bytes),
            _ => Err(CredentialFault::NotACertificate { label: block.label }),
        };
        let certificates: Vec<_> = blocks.into_iter().map(take).collect::<Result<_, _>>()?;
        for (index, bytes) in certificates.iter().enumerate() {
            if X509Certificate::from_der(bytes).is_err() {
                return Err(CredentialFault::Unreadable { number: index + 1 });
            }
        }
        Ok(Chain(certificates))
    }

    fn parsed(&self) -> Vec<X509Certificate<'_>> {
        let certificates = self.0.iter();
        certificates
            .filter_map(|bytes| X509Certificate::from_der(bytes).ok())
            .map(|(_, certificate)| certificate)
            .collect()
    }

    /// Bytes of all certificates.
    pub(crate) fn size(&self) -> usize {
        self.0.iter().map(Vec::len).sum()
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The leaf's name.
    pub(crate) fn name(&self) -> String {
        let parsed = self.parsed();
        parsed
            .first()
            .map(|leaf| name(leaf.subject()))
            .unwrap_or_default()
    }

    /// The algorithm of the leaf's key.
    pub(crate) fn algorithm(&self) -> Option<Algorithm> {
        let parsed = self.parsed();
        let key = &parsed.first()?.tbs_certificate.subject_pki.algorithm;
        let curve = key.parameters.as_ref().and_then(|any| any.as_oid().ok());
        let curve = curve.map(|oid| oid.to_id_string());
        Algorithm::of_key(&key.algorithm.to_id_string(), curve.as_deref())
    }

    /// All that keeps the chain from signing at a time, in seconds of Unix.
    pub(crate) fn faults(&self, now: i64) -> Vec<CredentialFault> {
        let parsed = self.parsed();
        let mut faults = order_faults(&parsed);
        for (index, certificate) in parsed.iter().enumerate() {
            let (number, validity) = (index + 1, certificate.validity());
            let name = name(certificate.subject());
            if now > validity.not_after.timestamp() {
                let until = day(&validity.not_after);
                faults.push(CredentialFault::Expired {
                    number,
                    name,
                    until,
                });
            } else if now < validity.not_before.timestamp() {
                let from = day(&validity.not_before);
                faults.push(CredentialFault::NotYetValid { number, name, from });
            }
        }
        if let Some(leaf) = parsed.first() {
            faults.extend(leaf_faults(leaf));
        }
        if self.algorithm().is_none() {
            let part = Part::Certificate;
            faults.push(CredentialFault::OtherAlgorithm { part });
        }
        faults
    }

    /// What speaks against it although it signs.
    pub(crate) fn warnings(&self, now: i64) -> Vec<CredentialWarning> {
        let parsed = self.parsed();
        let mut warnings = Vec::new();
        if let Some(leaf) = parsed.first()
            && leaf.subject().as_raw() == leaf.issuer().as_raw()
        {
            let name = name(leaf.subject());
            warnings.push(CredentialWarning::SelfSigned { name });
        }
        if self.algorithm() == Some(Algorithm::Ps256) {
            warnings.push(CredentialWarning::Rsa);
        }
        for (index, certificate) in parsed.iter().enumerate() {
            let end = &certificate.validity().not_after;
            let days = (end.timestamp() - now) / DAY_S;
            if (0..SOON_DAYS).contains(&days) {
                warnings.push(CredentialWarning::EndsSoon {
                    number: index + 1,
                    name: name(certificate.subject()),
                    until: day(end),
                    days,
                });
            }
        }
        warnings
    }
}

fn order_faults(chain: &[X509Certificate<'_>]) -> Vec<CredentialFault> {
    let pairs = chain.windows(2).enumerate();
    pairs
        .filter(|(_, pair)| pair[0].issuer().as_raw() != pair[1].subject().as_raw())
        .map(|(index, pair)| CredentialFault::OutOfOrder {
            number: index + 2,
            name: name(pair[1].subject()),
        })
        .collect()
}

fn leaf_faults(leaf: &X509Certificate<'_>) -> Vec<CredentialFault> {
    let mut faults = Vec::new();
    if leaf.is_ca() {
        let name = name(leaf.subject());
        faults.push(CredentialFault::IsAuthority { name });
    }
    let usage = leaf.key_usage().ok().flatten();
    if !usage.is_some_and(|usage| usage.value.digital_signature()) {
        faults.push(CredentialFault::NoDigitalSignature);
    }
    let purposes = leaf.extended_key_usage().ok().flatten();
    if !purposes.is_some_and(|purposes| fits(purposes.value)) {
        faults.push(CredentialFault::WrongPurpose);
    }
    let names_issuer = leaf.extensions().iter().any(|extension| {
        matches!(
            extension.parsed_extension(),
            ParsedExtension::AuthorityKeyIdentifier(_)
        )
    });
    if !names_issuer {
        faults.push(CredentialFault::NoAuthorityKeyIdentifier);
    }
    faults
}

/// Whether these purposes are those of a signer. Who makes time stamps or tells of revocations does nothing else.
fn fits(purposes: &x509_parser::extensions::ExtendedKeyUsage<'_>) -> bool {
    let named =
        |oid: &x509_parser::oid_registry::Oid<'_>| PURPOSES.contains(&oid.to_id_string().as_str());
    !purposes.any
        && !purposes.time_stamping
        && !purposes.ocsp_signing
        && (purposes.email_protection || purposes.other.iter().any(named))
}

/// As people know it: the common name, else the organisation, else all of it.
fn name(subject: &X509Name<'_>) -> String {
    let common = subject.iter_common_name().next();
    let part = common.or_else(|| subject.iter_organization().next());
    match part.and_then(|part| part.as_str().ok()) {
        Some(text) => text.to_owned(),
        None => subject.to_string(),
    }
}

/// The day of a time, in UTC.
fn day(time: &x509_parser::time::ASN1Time) -> String {
    time.to_datetime().date().to_string()
}
