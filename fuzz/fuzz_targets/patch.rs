//! A JPEG that is adopted can be patched, and what comes out is a JPEG again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pixel::{DecodeOptions, Image, JpegBase, Limits, Rect, Srgb8, decode, probe};

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits {
        max_pixels: 1 << 16,
        ..Limits::default()
    };
    if probe(bytes, &limits).is_err() {
        return;
    }
    let Ok(base) = JpegBase::adopt(bytes) else {
        return;
    };
    let options = DecodeOptions {
        limits,
        least_long_side: None,
    };
    let mut copy = Vec::new();
    base.write(&[], &mut copy)
        .expect("an adopted file can be written");
    let before = decode(bytes, &options).expect("an adopted file can be decoded");
    let after = decode(&copy, &options).expect("a copy can be decoded");
    assert_eq!(before.pixels, after.pixels);

    let picture = Image::new(base.width(), base.height(), Srgb8([200, 30, 90]));
    let rect = Rect {
        x: base.width() / 3,
        y: base.height() / 4,
        width: 20,
        height: 9,
    };
    let mut patched = Vec::new();
    base.patch(picture.view(), &[rect], &[], &mut patched)
        .expect("the sizes agree");
    decode(&patched, &options).expect("a patched file can be decoded");
});
