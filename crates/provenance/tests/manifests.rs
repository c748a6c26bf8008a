//! Manifests in pictures: written, read back, and found out when something was altered.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    missing_docs,
    unreachable_pub,
    reason = "tests"
)]

mod authority;

use authority::{Authority, ORGANISATION, SIGNER};
use label::{ImplicitLabel, Label, read_label, write_label};
use pixel::{Image, Srgb8, encode_jpeg, encode_png};
use provenance::{Act, Credential, Integrity, ManifestError, SignError, Trust, TrustAnchors};
use provenance::{Manifest, read_manifest};

const NOW: i64 = 1_799_539_200;

const ID: &str = "0b7e6f5c-0000-4000-8000-00000000c2fa";

const ACT: Act<'static> = Act {
    title: "Fused picture",
    producer: "mien",
    produce_id: ID,
};

fn credential(authority: &Authority) -> Credential {
    let files = authority.signer();
    Credential::read(files.certificate.as_bytes(), files.key.as_bytes(), NOW).unwrap()
}

/// A JPEG and a PNG with their implicit label.
fn pictures() -> [Vec<u8>; 2] {
    let mut picture = Image::new(64, 48, Srgb8([90; 3]));
    for y in 0..48 {
        for (x, pixel) in picture.row_mut(y).iter_mut().enumerate() {
            *pixel = Srgb8([x as u8 * 3, y as u8 * 5, (x * y) as u8]);
        }
    }
    let (mut jpeg, mut png) = (Vec::new(), Vec::new());
    encode_jpeg(picture.view(), 90, &[], &mut jpeg).unwrap();
    encode_png(picture.view(), None, &mut png).unwrap();
    [jpeg, png].map(|picture| {
        let label = Label {
            implicit: ImplicitLabel::ai_made("mien", ID),
            metadata: Vec::new(),
        };
        let mut labelled = Vec::new();
        write_label(&picture, &label, &mut labelled).unwrap();
        labelled
    })
}

fn found(picture: &[u8]) -> Manifest {
    read_manifest(picture, None).unwrap().unwrap()
}

#[test]
fn a_signed_picture_says_who_made_it_and_how() {
    let authority = Authority::new();
    let credential = credential(&authority);
    for picture in pictures() {
        assert_eq!(read_manifest(&picture, None), Ok(None));
        let signed = credential.sign(&picture, &ACT).unwrap();
        let manifest = found(&signed);
        assert_eq!(manifest.integrity, Integrity::Intact, "{manifest:?}");
        assert_eq!(manifest.trust, Trust::NotAsked);
        assert_eq!(manifest.faults, []);
        assert_eq!(manifest.signer.name.as_deref(), Some(SIGNER));
        assert_eq!(manifest.signer.organisation.as_deref(), Some(ORGANISATION));
        let generator = format!("mien/{}", env!("CARGO_PKG_VERSION"));
        assert_eq!(manifest.generator, Some(generator));
        assert_eq!(manifest.title.as_deref(), Some("Fused picture"));
        assert_eq!(manifest.actions, ["c2pa.created"]);
        assert_eq!(
            manifest.digital_source_type.as_deref(),
            Some("http://cv.iptc.org/newscodes/digitalsourcetype/composite")
        );
        // Both labels name the same act.
        assert_eq!(manifest.produce_id.as_deref(), Some(ID));
        let implicit = read_label(&signed).unwrap().implicit.unwrap();
        assert_eq!(implicit.produce_id, ID);
        // The picture itself is the same, and the manifest takes little room.
        let decode = |bytes: &[u8]| pixel::decode(bytes, &Default::default()).unwrap().pixels;
        assert!(decode(&signed) == decode(&picture));
        let added = signed.len() - picture.len();
        assert!(added < 3 << 10, "{added} bytes");
    }
}

#[test]
fn authorities_decide_on_trust() {
    let (authority, other) = (Authority::new(), Authority::new());
    let credential = credential(&authority);
    for picture in pictures() {
        let signed = credential.sign(&picture, &ACT).unwrap();
        for (anchors, trust) in [(&authority, Trust::Trusted), (&other, Trust::Untrusted)] {
            let anchors = TrustAnchors::read(anchors.certificate.as_bytes()).unwrap();
            let manifest = read_manifest(&signed, Some(&anchors)).unwrap().unwrap();
            assert_eq!(manifest.trust, trust);
            assert_eq!(manifest.integrity, Integrity::Intact, "{manifest:?}");
        }
    }
}

#[test]
fn an_altered_picture_is_found_out() {
    let credential = credential(&Authority::new());
    for picture in pictures() {
        let mut signed = credential.sign(&picture, &ACT).unwrap();
        // Of the picture's data, before what ends the file.
        let at = signed.len() - 40;
        signed[at] ^= 1;
        let manifest = found(&signed);
        assert_eq!(
            manifest.integrity,
            Integrity::PictureAltered,
            "{manifest:?}"
        );
        // Its implicit label was changed afterwards.
        let signed = credential.sign(&picture, &ACT).unwrap();
        let text = ID.as_bytes();
        let at = signed
            .windows(text.len())
            .enumerate()
            .filter(|(_, window)| *window == text)
            .map(|(at, _)| at);
        for at in at {
            let mut altered = signed.clone();
            altered[at] = b'f';
            assert_ne!(found(&altered).integrity, Integrity::Intact);
        }
    }
}

#[test]
fn what_was_cut_off_or_altered_at_random_gives_clear_words() {
    let credential = credential(&Authority::new());
    for picture in pictures() {
        let signed = credential.sign(&picture, &ACT).unwrap();
        let mut seed = 7_u32;
        let mut random = |below: usize| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) as usize % below
        };
        // All but the picture's data, most of it manifest.
        let front = signed.len().min(4_000);
        for _ in 0..300 {
            let cut = &signed[..3 + random(signed.len() - 3)];
            let mut altered = signed.clone();
            for _ in 0..1 + random(4) {
                altered[3 + random(front - 3)] = random(256) as u8;
            }
            let read = [read_manifest(cut, None), read_manifest(&altered, None)];
            if let Ok(Some(manifest)) = &read[0] {
                assert_ne!(manifest.integrity, Integrity::Intact);
            }
            for error in read.into_iter().filter_map(Result::err) {
                let text = error.to_string();
                assert!(
                    text.contains("manifest") || error == ManifestError::OtherKind,
                    "{text}"
                );
            }
        }
    }
}

#[test]
fn what_is_no_picture_is_neither_signed_nor_read() {
    let credential = credential(&Authority::new());
    for bytes in [&b""[..], b"GIF89a", b"\xff\xd8"] {
        assert!(matches!(
            credential.sign(bytes, &ACT),
            Err(SignError::OtherKind)
        ));
        assert_eq!(read_manifest(bytes, None), Err(ManifestError::OtherKind));
    }
    // Begins as pictures do, and ends there.
    for bytes in [
        &b"\xff\xd8\xff"[..],
        b"\x89PNG\r\n\x1a\n",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    ] {
        assert!(!matches!(read_manifest(bytes, None), Ok(Some(_))));
        let _ = credential.sign(bytes, &ACT);
    }
}
