mod jpeg;
mod png;

use proptest::prelude::*;

use super::*;
use crate::oracle::psnr;
use crate::testing::photograph;
use crate::{encode_jpeg, encode_png};

#[test]
fn extensions_name_formats() {
    for (extension, format) in [
        ("jpg", Some(Format::Jpeg)),
        ("JPEG", Some(Format::Jpeg)),
        ("png", Some(Format::Png)),
        ("webp", None),
        ("", None),
    ] {
        assert_eq!(Format::from_extension(extension), format);
    }
    for format in [Format::Jpeg, Format::Png] {
        assert_eq!(Format::from_extension(format.extension()), Some(format));
    }
}

#[test]
fn the_long_side_bounds_the_reduction() {
    for (least, expected) in [
        (None, 1),
        (Some(4001), 1),
        (Some(4000), 1),
        (Some(2001), 1),
        (Some(2000), 2),
        (Some(1000), 4),
        (Some(501), 4),
        (Some(500), 8),
        (Some(0), 8),
    ] {
        let options = DecodeOptions {
            least_long_side: least,
            ..DecodeOptions::default()
        };
        assert_eq!(options.reduction(3000, 4000), expected, "{least:?}");
    }
}

fn whole(bytes: &[u8]) -> Result<Decoded, DecodeError> {
    decode(bytes, &DecodeOptions::default())
}

fn reduced(bytes: &[u8], least_long_side: usize) -> Decoded {
    let options = DecodeOptions {
        least_long_side: Some(least_long_side as u32),
        ..DecodeOptions::default()
    };
    decode(bytes, &options).unwrap()
}

/// The mean of each `factor × factor` pixels.
fn shrunk(picture: &Image<Srgb8>, factor: usize) -> Image<Srgb8> {
    let (width, height) = (picture.width(), picture.height());
    let mut small = Image::new(
        width.div_ceil(factor),
        height.div_ceil(factor),
        Srgb8::BLACK,
    );
    for y in 0..small.height() {
        for x in 0..small.width() {
            let rows = y * factor..((y + 1) * factor).min(height);
            let (mut sums, mut count) = ([0; 3], 0);
            for row in rows {
                for pixel in &picture.row(row)[x * factor..((x + 1) * factor).min(width)] {
                    for (sum, value) in sums.iter_mut().zip(pixel.0) {
                        *sum += u32::from(value);
                    }
                    count += 1;
                }
            }
            small.row_mut(y)[x] = Srgb8(sums.map(|sum| (sum / count) as u8));
        }
    }
    small
}

/// A JPEG of another encoder.
fn foreign_jpeg(
    picture: &Image<Srgb8>,
    kind: jpeg_encoder::ColorType,
    configure: impl FnOnce(&mut jpeg_encoder::Encoder<&mut Vec<u8>>),
) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut file, 90);
    configure(&mut encoder);
    let pixels = picture.pixels().iter();
    let bytes: Vec<u8> = match kind {
        jpeg_encoder::ColorType::Luma => pixels.map(|pixel| pixel.luma()).collect(),
        jpeg_encoder::ColorType::Cmyk | jpeg_encoder::ColorType::CmykAsYcck => {
            let inks = |Srgb8([r, g, b]): &Srgb8| [255 - r, 255 - g, 255 - b, 30];
            pixels.flat_map(inks).collect()
        }
        _ => pixels.flat_map(|pixel| pixel.0).collect(),
    };
    let (width, height) = (picture.width() as u16, picture.height() as u16);
    encoder.encode(&bytes, width, height, kind).unwrap();
    file
}

/// An EXIF payload of APP1 that holds nothing but the orientation.
fn exif(orientation: u8) -> Vec<u8> {
    let mut payload = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    payload.extend([orientation, 0, 0, 0, 0, 0, 0]);
    payload
}

#[test]
fn a_cut_file_is_refused() {
    let picture = photograph(50, 40);
    let (mut png, mut plain) = (Vec::new(), Vec::new());
    encode_png(picture.view(), None, &mut png).unwrap();
    encode_jpeg(picture.view(), 70, &[], &mut plain).unwrap();
    let progressive = foreign_jpeg(&picture, jpeg_encoder::ColorType::Rgb, |encoder| {
        encoder.set_progressive(true);
    });
    for file in [png, plain, progressive] {
        assert!(whole(&file).is_ok());
        for length in 0..file.len() {
            let error = whole(&file[..length]).unwrap_err();
            match length {
                0 => assert_eq!(error, DecodeError::Empty),
                _ => assert!(
                    matches!(error, DecodeError::Truncated { .. }),
                    "{length}: {error}"
                ),
            }
        }
    }
}

/// A JPEG whose frame header says other things than the truth.
fn with_frame(change: impl Fn(&mut [u8])) -> Vec<u8> {
    let mut file = Vec::new();
    encode_jpeg(photograph(16, 16).view(), 70, &[], &mut file).unwrap();
    let start = file
        .windows(2)
        .position(|pair| pair == [0xff, 0xc0])
        .unwrap();
    change(&mut file[start..]);
    file
}

fn set_size(frame: &mut [u8], width: u16, height: u16) {
    frame[5..7].copy_from_slice(&height.to_be_bytes());
    frame[7..9].copy_from_slice(&width.to_be_bytes());
}

/// A PNG of nothing but a header and an end.
fn png_header(width: u32, height: u32) -> Vec<u8> {
    let mut file = sniff::PNG_SIGNATURE.to_vec();
    file.extend(b"\0\0\0\x0dIHDR");
    file.extend(width.to_be_bytes());
    file.extend(height.to_be_bytes());
    file.extend([8, 2, 0, 0, 0, 0, 0, 0, 0]);
    file.extend(b"\0\0\0\0IEND\xae\x42\x60\x82");
    file
}

#[test]
fn what_is_not_read_is_told_by_the_header() {
    let (jpeg, png) = (Format::Jpeg, Format::Png);
    let unsupported = |feature| DecodeError::Unsupported {
        format: Format::Jpeg,
        feature,
    };
    let pixels = |format, width, height| DecodeError::NoPixels {
        format,
        width,
        height,
    };
    let long = |width, height| DecodeError::SideTooLong {
        width,
        height,
        limit: 30_000,
    };
    let many = |width, height| DecodeError::TooManyPixels {
        width,
        height,
        limit: 100_000_000,
    };
    for (file, expected) in [
        (
            with_frame(|frame| frame[1] = 0xc3),
            unsupported("lossless coding"),
        ),
        (
            with_frame(|frame| frame[1] = 0xc5),
            unsupported("hierarchical coding"),
        ),
        (
            with_frame(|frame| frame[1] = 0xc9),
            unsupported("arithmetic coding"),
        ),
        (
            with_frame(|frame| frame[1] = 0xca),
            unsupported("arithmetic coding"),
        ),
        (
            with_frame(|frame| frame[4] = 12),
            unsupported("samples that have not 8 bits"),
        ),
        (
            with_frame(|frame| set_size(frame, 0, 16)),
            pixels(jpeg, 0, 16),
        ),
        (
            with_frame(|frame| set_size(frame, 16, 0)),
            pixels(jpeg, 16, 0),
        ),
        (
            with_frame(|frame| set_size(frame, 65_535, 9)),
            long(65_535, 9),
        ),
        (
            with_frame(|frame| set_size(frame, 20_000, 20_000)),
            many(20_000, 20_000),
        ),
        (png_header(0, 5), pixels(png, 0, 5)),
        (png_header(60_000, 60_000), long(60_000, 60_000)),
        (png_header(u32::MAX, 1), long(u32::MAX as usize, 1)),
        (png_header(29_999, 29_999), many(29_999, 29_999)),
    ] {
        assert_eq!(probe(&file, &Limits::default()).unwrap_err(), expected);
        assert_eq!(whole(&file).unwrap_err(), expected);
    }
}

#[test]
fn limits_can_be_set() {
    let picture = photograph(40, 30);
    let progressive = foreign_jpeg(&picture, jpeg_encoder::ColorType::Rgb, |encoder| {
        encoder.set_progressive(true);
    });
    let limits = Limits::default();
    for limits in [
        Limits {
            max_bytes: 100,
            ..limits
        },
        Limits {
            max_side: 39,
            ..limits
        },
        Limits {
            max_pixels: 1199,
            ..limits
        },
        Limits {
            max_working_bytes: 1000,
            ..limits
        },
    ] {
        let options = DecodeOptions {
            limits,
            least_long_side: None,
        };
        let error = decode(&progressive, &options).unwrap_err();
        let told = match error {
            DecodeError::TooManyBytes { limit, .. } => limit == limits.max_bytes,
            DecodeError::SideTooLong { limit, .. } => limit == limits.max_side,
            DecodeError::TooManyPixels { limit, .. } => limit == limits.max_pixels,
            DecodeError::TooMuchMemory { limit, .. } => limit == limits.max_working_bytes,
            _ => false,
        };
        assert!(told, "{limits:?}: {error}");
    }
}

#[test]
fn very_long_pictures_are_read() {
    for (width, height) in [(30_000, 1), (1, 30_000)] {
        let picture = photograph(width, height);
        let (mut jpeg, mut png) = (Vec::new(), Vec::new());
        encode_jpeg(picture.view(), 90, &[], &mut jpeg).unwrap();
        encode_png(picture.view(), None, &mut png).unwrap();
        assert!(psnr(&whole(&jpeg).unwrap().pixels, &picture) > 30.0);
        assert!(whole(&png).unwrap().pixels == picture);
        for file in [jpeg, png] {
            let small = reduced(&file, 3750).pixels;
            assert_eq!(small.width().max(small.height()), 3750);
        }
    }
}

#[test]
fn a_decoder_can_be_used_again() {
    let mut files = Vec::new();
    for (width, height) in [(90, 60), (31, 77), (200, 10)] {
        let picture = photograph(width, height);
        let (mut jpeg, mut png) = (Vec::new(), Vec::new());
        encode_jpeg(picture.view(), 80, &[], &mut jpeg).unwrap();
        encode_png(
            picture.view(),
            Some(Image::new(width, height, 9).view()),
            &mut png,
        )
        .unwrap();
        files.extend([jpeg, png]);
    }
    let picture = photograph(64, 64);
    files.push(foreign_jpeg(
        &picture,
        jpeg_encoder::ColorType::Rgb,
        |encoder| {
            encoder.set_progressive(true);
        },
    ));
    let (mut decoder, mut decoded) = (Decoder::default(), Decoded::default());
    for file in files.iter().chain(files.iter().rev()) {
        decoder
            .decode_into(file, &DecodeOptions::default(), &mut decoded)
            .unwrap();
        let fresh = whole(file).unwrap();
        assert_eq!(
            (&decoded.pixels, &decoded.alpha),
            (&fresh.pixels, &fresh.alpha)
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn mutated_files_are_read_or_refused(
        which in 0_usize..5,
        changes in prop::collection::vec(any::<(prop::sample::Index, u8)>(), 0..12),
        cut in prop::option::of(any::<prop::sample::Index>()),
        least in 0_u32..60,
    ) {
        let picture = photograph(53, 37);
        let mut file = Vec::new();
        match which {
            0 => encode_jpeg(picture.view(), 60, &[], &mut file).unwrap(),
            1 => encode_png(picture.view(), None, &mut file).unwrap(),
            2 => encode_png(picture.view(), Some(Image::new(53, 37, 90).view()), &mut file).unwrap(),
            3 => file = foreign_jpeg(&picture, jpeg_encoder::ColorType::Rgb, |encoder| {
                encoder.set_progressive(true);
            }),
            _ => file = foreign_jpeg(&picture, jpeg_encoder::ColorType::Cmyk, |encoder| {
                encoder.set_restart_interval(2);
            }),
        }
        for (at, value) in changes {
            let at = at.index(file.len());
            file[at] = value;
        }
        if let Some(cut) = cut {
            file.truncate(cut.index(file.len()));
        }
        let options = DecodeOptions {
            limits: Limits { max_pixels: 1 << 20, ..Limits::default() },
            least_long_side: Some(least),
        };
        match decode(&file, &options) {
            Ok(decoded) => prop_assert!(decoded.pixels.width() > 0),
            Err(error) => {
                let fault = matches!(error, DecodeError::Fault { .. });
                prop_assert!(!fault);
            }
        }
    }
}
