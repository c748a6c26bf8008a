//! The portraits of `fixtures/portraits`, decoded, and turned.

use pixel::{DecodeOptions, Image, Srgb8};

/// All portraits: templates, then selfies.
pub(crate) const NAMES: [&str; 7] = ["T1", "T2", "T3", "T4", "U1", "U3", "U4"];

/// A portrait by its name.
pub(crate) fn portrait(name: &str) -> Image<Srgb8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/portraits");
    let bytes = std::fs::read(format!("{folder}/{name}.jpg")).unwrap();
    pixel::decode(&bytes, &DecodeOptions::default())
        .unwrap()
        .pixels
}
