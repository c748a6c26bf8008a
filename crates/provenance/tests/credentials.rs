//! What is said of certificates and keys, good and bad.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    missing_docs,
    unreachable_pub,
    reason = "tests"
)]

mod authority;

use authority::{Authority, Files, SIGNER, hold};
use provenance::{Act, Algorithm, Credential, CredentialFault, CredentialWarning, Integrity, Part};
use provenance::{Trust, TrustAnchors, TrustFault, read_manifest};
use rcgen::{
    BasicConstraints, CertificateParams, ExtendedKeyUsagePurpose as Purpose, IsCa, KeyPair,
    KeyUsagePurpose, PKCS_ECDSA_P256_SHA256, PKCS_ECDSA_P384_SHA384, PKCS_ED25519, PKCS_RSA_SHA256,
};
use rsa::pkcs8::{EncodePrivateKey, LineEnding};

/// 2027-01-10 in seconds of Unix.
const NOW: i64 = 1_799_539_200;

const ACT: Act<'static> = Act {
    title: "A picture",
    producer: "mien",
    produce_id: "0c2f",
};

fn read(files: &Files) -> Result<Credential, Vec<CredentialFault>> {
    Credential::read(files.certificate.as_bytes(), files.key.as_bytes(), NOW)
}

fn p256() -> KeyPair {
    KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).unwrap()
}

fn rsa_key() -> KeyPair {
    let key = rsa::RsaPrivateKey::new(&mut rsa::rand_core::OsRng, 2048).unwrap();
    let pem = key.to_pkcs8_pem(LineEnding::LF).unwrap();
    KeyPair::from_pem_and_sign_algo(&pem, &PKCS_RSA_SHA256).unwrap()
}

fn picture() -> Vec<u8> {
    let picture = pixel::Image::new(20, 20, pixel::Srgb8([90; 3]));
    let mut png = Vec::new();
    pixel::encode_png(picture.view(), None, &mut png).unwrap();
    png
}

#[test]
fn the_kind_of_key_decides_on_the_algorithm_and_each_signs() {
    let authority = Authority::new();
    let anchors = TrustAnchors::read(authority.certificate.as_bytes()).unwrap();
    let cases = [
        (p256(), Algorithm::Es256, "es256"),
        (
            KeyPair::generate_for(&PKCS_ECDSA_P384_SHA384).unwrap(),
            Algorithm::Es384,
            "es384",
        ),
        (
            KeyPair::generate_for(&PKCS_ED25519).unwrap(),
            Algorithm::Ed25519,
            "ed25519",
        ),
        (rsa_key(), Algorithm::Ps256, "ps256"),
    ];
    for (key, algorithm, name) in cases {
        let files = authority.issue(&Authority::usual(), &key);
        let credential = read(&files).unwrap();
        assert_eq!(
            (credential.algorithm(), credential.name().as_str()),
            (algorithm, SIGNER)
        );
        let warnings: &[CredentialWarning] = match algorithm {
            Algorithm::Ps256 => &[CredentialWarning::Rsa],
            _ => &[],
        };
        assert_eq!(credential.warnings(NOW), warnings);
        let signed = credential.sign(&picture(), &ACT).unwrap();
        let manifest = read_manifest(&signed, Some(&anchors)).unwrap().unwrap();
        assert_eq!(manifest.integrity, Integrity::Intact, "{manifest:?}");
        assert_eq!(manifest.trust, Trust::Trusted, "{manifest:?}");
        assert!(
            manifest
                .signer
                .algorithm
                .unwrap()
                .eq_ignore_ascii_case(name)
        );
    }
}

/// The usual signer with a change.
fn changed(change: impl FnOnce(&mut CertificateParams)) -> Files {
    let mut signer = Authority::usual();
    change(&mut signer);
    Authority::new().issue(&signer, &p256())
}

#[test]
fn what_is_wrong_with_a_certificate_is_told() {
    let own = |change: fn(&mut CertificateParams)| changed(change);
    let cases: [(Files, &str); 11] = [
        (own(|it| hold(it, 2020, 2027)), "ran out on 2027-01-01"),
        (own(|it| hold(it, 2028, 2029)), "holds from 2028-01-01 only"),
        (
            own(|it| it.key_usages = vec![KeyUsagePurpose::ContentCommitment]),
            "lacks the key usage digitalSignature",
        ),
        (
            own(|it| it.key_usages = Vec::new()),
            "lacks the key usage digitalSignature",
        ),
        (
            own(|it| it.extended_key_usages = Vec::new()),
            "lacks an extended key usage",
        ),
        (
            own(|it| it.extended_key_usages = vec![Purpose::ServerAuth]),
            "documentSigning",
        ),
        (
            own(|it| it.extended_key_usages.push(Purpose::Any)),
            "without anyExtendedKeyUsage",
        ),
        (
            own(|it| it.extended_key_usages = vec![Purpose::TimeStamping]),
            "lacks an extended key usage",
        ),
        (
            own(|it| it.use_authority_key_identifier_extension = false),
            "lacks the authority key identifier",
        ),
        (
            own(|it| it.is_ca = IsCa::Ca(BasicConstraints::Unconstrained)),
            "is an authority's (CA:TRUE)",
        ),
        (
            {
                let files = changed(|_| ());
                let other = Authority::new().signer();
                Files {
                    certificate: files.certificate + &other.certificate,
                    key: files.key,
                }
            },
            "did not issue the one before it",
        ),
    ];
    for (files, part) in cases {
        let faults = read(&files).unwrap_err();
        let [fault] = faults.as_slice() else {
            panic!("{part}: {faults:?}");
        };
        assert_eq!(fault.part(), Part::Certificate);
        assert!(fault.to_string().contains(part), "{part}: {fault}");
    }
}

#[test]
fn a_certificate_that_ran_out_signs_nothing_whoever_says_what_time_it_is() {
    let files = changed(|it| hold(it, 2020, 2021));
    // 2020-06-01.
    let now = 1_590_969_600;
    let read = Credential::read(files.certificate.as_bytes(), files.key.as_bytes(), now);
    let faults = read.unwrap_err();
    assert!(
        matches!(faults.as_slice(), [CredentialFault::DoesNotSign { .. }]),
        "{faults:?}"
    );
}

#[test]
fn every_purpose_that_readers_take_is_taken() {
    for purpose in [
        Purpose::EmailProtection,
        Purpose::Other(vec![1, 3, 6, 1, 5, 5, 7, 3, 36]),
        Purpose::Other(vec![1, 3, 6, 1, 4, 1, 62558, 2, 1]),
    ] {
        let files = changed(|it| it.extended_key_usages = vec![purpose.clone()]);
        read(&files).unwrap_or_else(|faults| panic!("{purpose:?}: {faults:?}"));
    }
}

#[test]
fn several_faults_are_told_at_once() {
    let mut files = changed(|it| {
        hold(it, 2020, 2021);
        it.key_usages = Vec::new();
    });
    files.key = "hello".to_owned();
    let faults = read(&files).unwrap_err();
    assert_eq!(faults.len(), 3, "{faults:?}");
    assert!(faults.contains(&CredentialFault::KeyNotPem));
}

#[test]
fn files_that_are_none_are_told() {
    let Files { certificate, key } = Authority::new().signer();
    let other = Authority::new().signer().key;
    let cut = &key[..key.len() / 2];
    let hollow = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    let hollow_key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
    let sealed = key.replace("PRIVATE", "ENCRYPTED PRIVATE");
    let cases: [(&str, &str, CredentialFault); 9] = [
        ("", &key, CredentialFault::CertificateNotPem),
        ("\u{0}\u{1}\u{30}", &key, CredentialFault::CertificateNotPem),
        (
            &key,
            &key,
            CredentialFault::NotACertificate {
                label: "PRIVATE KEY".to_owned(),
            },
        ),
        (hollow, &key, CredentialFault::Unreadable { number: 1 }),
        (&certificate, "", CredentialFault::KeyNotPem),
        (&certificate, cut, CredentialFault::KeyNotPem),
        (&certificate, hollow_key, CredentialFault::KeyUnreadable),
        (
            &certificate,
            &sealed,
            CredentialFault::OtherKeyFormat {
                label: "ENCRYPTED PRIVATE KEY".to_owned(),
            },
        ),
        (&certificate, &other, CredentialFault::OtherKey),
    ];
    for (certificate, key, expected) in cases {
        let faults = Credential::read(certificate.as_bytes(), key.as_bytes(), NOW).unwrap_err();
        assert_eq!(faults, [expected]);
    }
}

#[test]
fn a_key_of_another_kind_than_the_certificate_is_not_its_key() {
    let mut files = Authority::new().signer();
    files.key = KeyPair::generate_for(&PKCS_ED25519)
        .unwrap()
        .serialize_pem();
    assert_eq!(read(&files).unwrap_err(), [CredentialFault::OtherKey]);
}

#[test]
fn a_certificate_that_signed_itself_or_ends_soon_signs_and_is_warned_of() {
    let key = p256();
    let certificate = Authority::usual().self_signed(&key).unwrap().pem();
    let files = Files {
        certificate,
        key: key.serialize_pem(),
    };
    let credential = read(&files).unwrap();
    let name = SIGNER.to_owned();
    assert_eq!(
        credential.warnings(NOW),
        [CredentialWarning::SelfSigned { name }]
    );
    let credential = read(&Authority::new().signer()).unwrap();
    // Nine days before its end.
    let warnings = credential.warnings(4_732_732_800);
    assert!(
        matches!(warnings.as_slice(), [CredentialWarning::EndsSoon { number: 1, days, .. }] if *days == 9),
        "{warnings:?}"
    );
}

#[test]
fn what_is_no_list_of_authorities_is_told() {
    let Files { certificate, key } = Authority::new().signer();
    let label = "PRIVATE KEY".to_owned();
    let cases = [
        (String::new(), TrustFault::NotPem),
        ("hello".to_owned(), TrustFault::NotPem),
        (
            certificate.clone() + &key,
            TrustFault::NotACertificate { label },
        ),
        (
            certificate + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
            TrustFault::Unreadable { number: 2 },
        ),
    ];
    for (file, expected) in cases {
        assert_eq!(TrustAnchors::read(file.as_bytes()), Err(expected));
    }
}
