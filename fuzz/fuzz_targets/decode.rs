//! Any bytes are a picture or a typed refusal: no panic, no more memory than the limits.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pixel::{DecodeError, DecodeOptions, Limits, decode, probe};

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, bytes)) = bytes.split_first() else {
        return;
    };
    let limits = Limits {
        max_pixels: 1 << 20,
        max_working_bytes: 16 << 20,
        ..Limits::default()
    };
    let header = probe(bytes, &limits);
    let options = DecodeOptions {
        limits,
        least_long_side: (choice % 4 != 0).then(|| u32::from(*choice) * 4),
    };
    match decode(bytes, &options) {
        Ok(decoded) => {
            let header = header.expect("what is decoded can be probed");
            assert_eq!(
                (decoded.full_width, decoded.full_height),
                (header.width, header.height)
            );
            let pixels = decoded.pixels.pixels().len();
            assert_eq!(pixels, decoded.pixels.width() * decoded.pixels.height());
            assert!(
                decoded
                    .alpha
                    .is_none_or(|alpha| alpha.pixels().len() == pixels)
            );
        }
        Err(error) => assert!(!matches!(error, DecodeError::Fault { .. }), "{error}"),
    }
});
