//! The portraits of `fixtures/portraits` and pictures made from them, for tests.

use pixel::{DecodeOptions, Image, Srgb8, decode, encode_png, resize};

/// All portraits: templates, then selfies.
pub(crate) const NAMES: [&str; 7] = ["T1", "T2", "T3", "T4", "U1", "U3", "U4"];

/// A portrait's file.
pub(crate) fn file(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/portraits");
    std::fs::read(format!("{folder}/{name}.jpg")).unwrap()
}

/// A portrait's pixels.
pub(crate) fn pixels(name: &str) -> Image<Srgb8> {
    decode(&file(name), &DecodeOptions::default())
        .unwrap()
        .pixels
}

pub(crate) fn png(picture: &Image<Srgb8>) -> Vec<u8> {
    let mut bytes = Vec::new();
    encode_png(picture.view(), None, &mut bytes).unwrap();
    bytes
}

/// A grey picture with portraits on it, each shrunk to a width and put at a place.
pub(crate) fn collage(
    [width, height]: [usize; 2],
    portraits: &[(&str, usize, [usize; 2])],
) -> Image<Srgb8> {
    let mut canvas = Image::new(width, height, Srgb8([110; 3]));
    for &(name, width, [left, top]) in portraits {
        let full = pixels(name);
        let small = resize(full.view(), width, full.height() * width / full.width());
        for y in 0..small.height() {
            canvas.row_mut(top + y)[left..left + small.width()].copy_from_slice(small.row(y));
        }
    }
    canvas
}
