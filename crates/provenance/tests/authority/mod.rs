//! An authority of the tests, and the signers it vouches for. Nothing of it is kept.

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, PKCS_ECDSA_P256_SHA256, date_time_ymd,
};

/// The name of the usual signer.
pub(crate) const SIGNER: &str = "Example Faces Signing";

/// The organisation of the usual signer.
pub(crate) const ORGANISATION: &str = "Example Faces Ltd";

/// The files of a signer.
pub(crate) struct Files {
    /// The certificate, in PEM.
    pub(crate) certificate: String,
    /// The key, as PKCS#8 in PEM.
    pub(crate) key: String,
}

/// Issues certificates.
pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    /// Its own certificate, in PEM.
    pub(crate) certificate: String,
}

impl Authority {
    pub(crate) fn new() -> Authority {
        let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).unwrap();
        let mut own = CertificateParams::default();
        own.distinguished_name
            .push(DnType::CommonName, "Tests' Authority");
        own.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        own.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        own.use_authority_key_identifier_extension = true;
        hold(&mut own, 2020, 2120);
        let certificate = own.self_signed(&key).unwrap().pem();
        Authority {
            issuer: Issuer::new(own, key),
            certificate,
        }
    }

    /// What a signer's certificate is usually made of.
    pub(crate) fn usual() -> CertificateParams {
        let mut signer = CertificateParams::default();
        let name = &mut signer.distinguished_name;
        name.push(DnType::CommonName, SIGNER);
        name.push(DnType::OrganizationName, ORGANISATION);
        signer.is_ca = IsCa::ExplicitNoCa;
        signer.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        signer.extended_key_usages = vec![ExtendedKeyUsagePurpose::EmailProtection];
        signer.use_authority_key_identifier_extension = true;
        hold(&mut signer, 2020, 2120);
        signer
    }

    /// The usual signer, with ES256.
    pub(crate) fn signer(&self) -> Files {
        let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).unwrap();
        self.issue(&Authority::usual(), &key)
    }

    /// A signer's certificate for its key.
    pub(crate) fn issue(&self, signer: &CertificateParams, key: &KeyPair) -> Files {
        Files {
            certificate: signer.signed_by(key, &self.issuer).unwrap().pem(),
            key: key.serialize_pem(),
        }
    }
}

/// Lets a certificate hold from one year to another.
pub(crate) fn hold(certificate: &mut CertificateParams, from: i32, to: i32) {
    certificate.not_before = date_time_ymd(from, 1, 1);
    certificate.not_after = date_time_ymd(to, 1, 1);
}
