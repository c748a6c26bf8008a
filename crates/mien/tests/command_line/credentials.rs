//! Pictures signed with the operator's certificate (C2PA), and what is said of certificates and signatures.

use crate::authority::{Authority, Files, ORGANISATION, SIGNER, hold};
use crate::run::Folder;
use rcgen::{CertificateParams, KeyPair, PKCS_ECDSA_P256_SHA256};
use serde_json::Value;

const CONFIG: &str = "[c2pa]\ncertificate = \"chain.pem\"\nkey = \"key.pem\"\n";

/// A folder with the files of a signer and a configuration that names them.
fn folder(files: &Files) -> Folder {
    let folder = Folder::new();
    folder.put("mien.toml", CONFIG.as_bytes());
    put(&folder, files);
    folder
}

fn put(folder: &Folder, files: &Files) {
    folder.put("chain.pem", files.certificate.as_bytes());
    folder.put("key.pem", files.key.as_bytes());
}

/// The usual signer with a change.
fn changed(change: impl FnOnce(&mut CertificateParams)) -> Files {
    let mut signer = Authority::usual();
    change(&mut signer);
    let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).unwrap();
    Authority::new().issue(&signer, &key)
}

#[test]
fn config_check_tells_who_signs_and_what_speaks_against_it() {
    let folder = folder(&Authority::new().signer());
    let run = folder.mien("config check mien.toml").expect(0);
    let signs = format!("pictures are signed by {SIGNER} (C2PA, es256)");
    assert!(run.stdout.contains(&signs), "{}", run.stdout);
    let (_, document) = folder.json("config check mien.toml");
    assert_eq!(document["signer"], SIGNER);
    assert_eq!(document["warnings"], serde_json::json!([]));
    // Vouched for by nobody.
    let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).unwrap();
    let certificate = Authority::usual().self_signed(&key).unwrap().pem();
    let key = key.serialize_pem();
    put(&folder, &Files { certificate, key });
    let run = folder.mien("config check mien.toml").expect(0);
    assert!(
        run.stdout.contains("warning: chain.pem: "),
        "{}",
        run.stdout
    );
    assert!(run.stdout.contains("signed by itself"), "{}", run.stdout);
}

#[test]
fn config_check_names_the_line_the_file_and_the_fault() {
    let good = Authority::new().signer();
    let with_key = |key: String| Files {
        certificate: good.certificate.clone(),
        key,
    };
    let with_certificate = |certificate: &str| Files {
        certificate: certificate.to_owned(),
        key: good.key.clone(),
    };
    let sec1 = good.key.replace("PRIVATE KEY", "EC PRIVATE KEY");
    let cases = [
        (
            changed(|it| hold(it, 2020, 2021)),
            2,
            "ran out on 2021-01-01",
        ),
        (
            changed(|it| hold(it, 2119, 2120)),
            2,
            "holds from 2119-01-01 only",
        ),
        (changed(|it| it.key_usages.clear()), 2, "digitalSignature"),
        (
            changed(|it| it.extended_key_usages.clear()),
            2,
            "documentSigning",
        ),
        (with_certificate("hello"), 2, "no certificate in PEM"),
        (with_key("hello".to_owned()), 3, "no private key in PEM"),
        (with_key(sec1), 3, "openssl pkcs8 -topk8"),
        (
            with_key(Authority::new().signer().key),
            3,
            "does not belong",
        ),
    ];
    for (files, line, part) in cases {
        let (code, document) = folder(&files).json("config check mien.toml");
        assert_eq!(code, 2, "{document}");
        let faults = document["error"]["faults"].as_array().unwrap();
        let [fault] = faults.as_slice() else {
            panic!("{part}: {document}");
        };
        let problem = fault["problem"].as_str().unwrap();
        assert_eq!(fault["place"], format!("line {line}"), "{fault}");
        let name = if line == 2 {
            "chain.pem: "
        } else {
            "key.pem: "
        };
        assert!(problem.contains(name) && problem.contains(part), "{fault}");
        assert!(
            !document.to_string().contains("MII"),
            "the key is told: {document}"
        );
    }
    // Both are missing.
    let folder = Folder::new();
    folder.put("mien.toml", CONFIG.as_bytes());
    let (code, document) = folder.json("config check mien.toml");
    let faults = document["error"]["faults"].as_array().unwrap();
    assert_eq!((code, faults.len()), (2, 2));
    for fault in faults {
        assert!(
            fault["problem"]
                .as_str()
                .unwrap()
                .contains("check the path"),
            "{fault}"
        );
    }
}

#[test]
fn a_server_does_not_start_with_a_certificate_that_does_not_sign() {
    let folder = folder(&changed(|it| hold(it, 2020, 2021)));
    let run = folder
        .mien("serve --c2pa-certificate chain.pem --c2pa-key key.pem --listen 127.0.0.1:0")
        .expect(2);
    assert!(
        run.stderr
            .contains("--c2pa-certificate: c2pa.certificate: chain.pem: "),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("ran out on"), "{}", run.stderr);
    let run = folder
        .mien("serve --c2pa-key key.pem --listen 127.0.0.1:0")
        .expect(2);
    assert!(
        run.stderr.contains("c2pa.key needs c2pa.certificate"),
        "{}",
        run.stderr
    );
    assert_eq!(folder.names(), ["chain.pem", "key.pem", "mien.toml"]);
}

/// Books with a material, and a call whose picture is `out.jpg`.
fn call(folder: &Folder) -> Value {
    let portrait = crate::pictures::TEMPLATE;
    folder.put("t.jpg", portrait);
    folder.put("u.jpg", crate::pictures::SELFIE);
    for words in [
        "account create Harbour",
        "activity create --account 100001 --name Gala --quota 10",
        "material add --account 100001 --activity 300100 t.jpg",
    ] {
        assert_eq!(folder.json(words).0, 0, "{words}");
    }
    let (_, materials) = folder.json("material list --account 100001 --activity 300100");
    let material = materials["materials"][0]["id"].as_str().unwrap();
    let (code, called) = folder.json(&format!(
        "call --account 100001 --activity 300100 --material {material} --face u.jpg --out out.jpg \
         --c2pa-certificate chain.pem --c2pa-key key.pem"
    ));
    assert_eq!(code, 0, "{called}");
    called
}

#[test]
fn a_call_is_signed_and_label_check_tells_by_whom_and_whether_it_was_altered() {
    let (authority, other) = (Authority::new(), Authority::new());
    let folder = folder(&authority.signer());
    folder.put("authority.pem", authority.certificate.as_bytes());
    folder.put("other.pem", other.certificate.as_bytes());
    let called = call(&folder);
    let run = folder.mien("label check out.jpg").expect(0);
    for part in [
        "implicit label: AI-made",
        "manifest (C2PA): intact",
        &format!("{SIGNER}, {ORGANISATION} (es256)"),
        "see --trust",
        "c2pa.created",
        called["call"].as_str().unwrap(),
    ] {
        assert!(run.stdout.contains(part), "{part}: {}", run.stdout);
    }
    assert!(!run.stdout.contains("another act"), "{}", run.stdout);
    for (trust, code, told) in [
        ("authority.pem", 0, "trusted"),
        ("other.pem", 10, "untrusted"),
    ] {
        let (found, document) = folder.json(&format!("label check out.jpg --trust {trust}"));
        assert_eq!(found, code);
        let manifest = &document["manifest"];
        assert_eq!(manifest["trust"], told);
        assert_eq!(manifest["integrity"], "intact");
        assert_eq!(manifest["signer"]["name"], SIGNER);
        assert_eq!(manifest["produce_id"], called["call"]);
        assert_eq!(document["implicit"]["ProduceID"], called["call"]);
    }
    let mut altered = folder.get("out.jpg");
    let at = altered.len() - 100;
    altered[at] ^= 1;
    folder.put("altered.jpg", &altered);
    let run = folder.mien("label check altered.jpg").expect(10);
    assert!(
        run.stdout.contains("THE PICTURE WAS ALTERED"),
        "{}",
        run.stdout
    );
    let (_, document) = folder.json("label check altered.jpg");
    assert_eq!(document["manifest"]["integrity"], "picture_altered");
    // Within the manifest: its boxes end in the middle.
    let at = altered.windows(4).position(|part| part == b"jumd").unwrap();
    altered[at - 4..at].copy_from_slice(&[0xff; 4]);
    folder.put("broken.jpg", &altered);
    let run = folder.mien("label check broken.jpg").expect(10);
    assert!(run.stdout.contains("manifest (C2PA): "), "{}", run.stdout);
    let run = folder.mien("label check out.jpg --trust u.jpg").expect(2);
    assert!(
        run.stderr.contains("no list of certificates"),
        "{}",
        run.stderr
    );
}
