use jpeg_encoder::SamplingFactor as Sampling;
use proptest::prelude::*;

use super::*;
use crate::oracle::{by_jpeg_decoder, by_zune, psnr};
use crate::testing::photograph;
use crate::{Segment, encode_jpeg, encode_png};

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
fn jpeg(
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

#[test]
fn every_way_of_coding_a_jpeg_is_read() {
    use jpeg_encoder::ColorType::{Luma, Rgb};
    let samplings = [
        Sampling::F_1_1,
        Sampling::F_2_1,
        Sampling::F_1_2,
        Sampling::F_2_2,
        Sampling::F_4_1,
        Sampling::F_4_2,
        Sampling::F_1_4,
        Sampling::F_2_4,
    ];
    for (width, height) in [(133, 91), (16, 16), (7, 50), (1, 1)] {
        let picture = photograph(width, height);
        for sampling in samplings {
            for (progressive, optimised, restart) in [
                (false, false, 0),
                (false, true, 0),
                (true, true, 0),
                (false, false, 3),
                (true, false, 2),
            ] {
                for kind in [Rgb, Luma] {
                    let file = jpeg(&picture, kind, |encoder| {
                        encoder.set_sampling_factor(sampling);
                        encoder.set_progressive(progressive);
                        encoder.set_optimized_huffman_tables(optimised);
                        encoder.set_restart_interval(restart);
                    });
                    let name = format!(
                        "{width}x{height} {sampling:?} progressive {progressive} optimised \
                         {optimised} restart {restart} {kind:?}"
                    );
                    let found = whole(&file).expect(&name);
                    assert_eq!((found.full_width, found.full_height), (width, height));
                    let like = psnr(&found.pixels, &by_zune(&file))
                        .max(psnr(&found.pixels, &by_jpeg_decoder(&file)));
                    assert!(like > 40.0, "{name}: {like} dB from other decoders");
                }
            }
        }
    }
}

#[test]
fn a_reduced_jpeg_is_the_mean_of_the_whole() {
    let picture = photograph(320, 215);
    for sampling in [
        Sampling::F_1_1,
        Sampling::F_2_1,
        Sampling::F_2_2,
        Sampling::F_4_1,
    ] {
        for progressive in [false, true] {
            let file = jpeg(&picture, jpeg_encoder::ColorType::Rgb, |encoder| {
                encoder.set_sampling_factor(sampling);
                encoder.set_progressive(progressive);
            });
            let full = whole(&file).unwrap().pixels;
            for factor in [2, 4, 8] {
                let found = reduced(&file, 320 / factor);
                assert_eq!((found.full_width, found.full_height), (320, 215));
                let like = psnr(&found.pixels, &shrunk(&full, factor));
                assert!(
                    like > 33.0,
                    "{sampling:?} {progressive} 1/{factor}: {like} dB"
                );
            }
        }
    }
}

#[test]
fn inks_become_colours() {
    use jpeg_encoder::ColorType::{Cmyk, CmykAsYcck};
    let picture = photograph(70, 40);
    let darker = picture.pixels().iter().map(|pixel| {
        Srgb8(
            pixel
                .0
                .map(|channel| (u32::from(channel) * 225 / 255) as u8),
        )
    });
    let wanted = Image::from_pixels(70, 40, darker.collect()).unwrap();
    for kind in [Cmyk, CmykAsYcck] {
        for progressive in [false, true] {
            let file = jpeg(&picture, kind, |encoder| {
                encoder.set_progressive(progressive);
            });
            let found = whole(&file).unwrap().pixels;
            let like = psnr(&found, &wanted);
            assert!(like > 33.0, "{kind:?} progressive {progressive}: {like} dB");
        }
    }
}

/// An EXIF payload of APP1 that holds nothing but the orientation.
fn exif(orientation: u8) -> Vec<u8> {
    let mut payload = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    payload.extend([orientation, 0, 0, 0, 0, 0, 0]);
    payload
}

#[test]
fn jpegs_are_turned_upright() {
    let picture = photograph(60, 35);
    for (value, orientation) in (1..).zip(Orientation::ALL) {
        let payload = exif(value);
        let segment = Segment {
            number: 1,
            payload: &payload,
        };
        let (mut turned, mut plain) = (Vec::new(), Vec::new());
        encode_jpeg(picture.view(), 90, &[segment], &mut turned).unwrap();
        encode_jpeg(picture.view(), 90, &[], &mut plain).unwrap();
        for least in [60, 30] {
            let stored = reduced(&plain, least).pixels;
            let (width, height) = orientation.upright_size(stored.width(), stored.height());
            let mut wanted = Image::new(width, height, Srgb8::BLACK);
            orientation.place(stored.view(), 0, &mut wanted);
            let found = reduced(&turned, least);
            assert!(found.pixels == wanted, "{orientation:?}");
            let full = orientation.upright_size(60, 35);
            assert_eq!((found.full_width, found.full_height), full);
            assert_eq!(found.orientation, orientation);
        }
    }
}

#[test]
fn a_cut_file_is_refused() {
    let picture = photograph(50, 40);
    let (mut png, mut plain) = (Vec::new(), Vec::new());
    encode_png(picture.view(), None, &mut png).unwrap();
    encode_jpeg(picture.view(), 70, &[], &mut plain).unwrap();
    let progressive = jpeg(&picture, jpeg_encoder::ColorType::Rgb, |encoder| {
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

#[test]
fn data_that_end_before_the_end_marker_are_refused() {
    let picture = photograph(80, 80);
    let mut file = Vec::new();
    encode_jpeg(picture.view(), 70, &[], &mut file).unwrap();
    for keep in [700, file.len() / 2, file.len() - 20] {
        let mut cut = file[..keep].to_vec();
        cut.extend([0xff, 0xd9]);
        assert!(whole(&cut).is_err(), "{keep} of {} bytes", file.len());
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
fn a_header_larger_than_its_data_is_refused_without_time_or_memory() {
    let file = with_frame(|frame| set_size(frame, 30_000, 3_000));
    let options = DecodeOptions {
        least_long_side: Some(1),
        ..DecodeOptions::default()
    };
    let error = decode(&file, &options).unwrap_err();
    assert_eq!(
        error,
        DecodeError::Truncated {
            format: Format::Jpeg
        }
    );
}

#[test]
fn limits_can_be_set() {
    let picture = photograph(40, 30);
    let progressive = jpeg(&picture, jpeg_encoder::ColorType::Rgb, |encoder| {
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

/// A PNG of `samples` as they are.
fn png(
    (width, height): (u32, u32),
    color: ::png::ColorType,
    depth: ::png::BitDepth,
    configure: impl FnOnce(&mut ::png::Encoder<'_, &mut Vec<u8>>),
    samples: &[u8],
) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut file, width, height);
    encoder.set_color(color);
    encoder.set_depth(depth);
    configure(&mut encoder);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(samples).unwrap();
    writer.finish().unwrap();
    file
}

#[test]
fn every_kind_of_png_is_read() {
    use ::png::{BitDepth, ColorType};
    let plain = |_: &mut ::png::Encoder<'_, &mut Vec<u8>>| ();
    let grey = |value| Srgb8([value; 3]);
    let black = Srgb8::BLACK;
    let cases = [
        (
            png(
                (2, 1),
                ColorType::Grayscale,
                BitDepth::One,
                plain,
                &[0b0100_0000],
            ),
            vec![grey(0), grey(255)],
            None,
        ),
        (
            png(
                (2, 1),
                ColorType::Grayscale,
                BitDepth::Sixteen,
                plain,
                &[0x80, 0xff, 0x12, 0],
            ),
            vec![grey(0x80), grey(0x12)],
            None,
        ),
        (
            png(
                (2, 1),
                ColorType::Rgb,
                BitDepth::Sixteen,
                plain,
                &[1, 9, 2, 9, 3, 9, 0, 0, 0, 0, 0, 0],
            ),
            vec![Srgb8([1, 2, 3]), black],
            None,
        ),
        (
            png(
                (2, 1),
                ColorType::GrayscaleAlpha,
                BitDepth::Eight,
                plain,
                &[100, 255, 100, 0],
            ),
            vec![grey(100), Srgb8::WHITE],
            Some(vec![255, 0]),
        ),
        (
            png(
                (2, 1),
                ColorType::Rgba,
                BitDepth::Eight,
                plain,
                &[9, 8, 7, 255, 0, 0, 0, 51],
            ),
            vec![Srgb8([9, 8, 7]), grey(204)],
            Some(vec![255, 51]),
        ),
        (
            png(
                (2, 1),
                ColorType::Rgba,
                BitDepth::Eight,
                plain,
                &[9, 8, 7, 255, 1, 2, 3, 255],
            ),
            vec![Srgb8([9, 8, 7]), Srgb8([1, 2, 3])],
            None,
        ),
        (
            png(
                (2, 1),
                ColorType::Indexed,
                BitDepth::Two,
                |encoder| {
                    encoder.set_palette(vec![1, 2, 3, 4, 5, 6]);
                    encoder.set_trns(vec![255, 0]);
                },
                &[0b0001_0000],
            ),
            vec![Srgb8([1, 2, 3]), Srgb8::WHITE],
            Some(vec![255, 0]),
        ),
        (
            png(
                (2, 1),
                ColorType::Rgb,
                BitDepth::Eight,
                |encoder| encoder.set_trns(vec![0, 7, 0, 7, 0, 7]),
                &[7, 7, 7, 7, 7, 8],
            ),
            vec![Srgb8::WHITE, Srgb8([7, 7, 8])],
            Some(vec![0, 255]),
        ),
        (
            png(
                (2, 1),
                ColorType::Grayscale,
                BitDepth::Eight,
                |encoder| {
                    encoder.set_animated(1, 0).unwrap();
                },
                &[3, 200],
            ),
            vec![grey(3), grey(200)],
            None,
        ),
    ];
    for (index, (file, pixels, alpha)) in cases.into_iter().enumerate() {
        let found = whole(&file).unwrap();
        assert_eq!(found.pixels.pixels(), pixels, "case {index}");
        assert_eq!(found.alpha.map(Image::into_pixels), alpha, "case {index}");
    }
}

/// Puts a chunk behind the header of a PNG.
fn with_chunk(file: &[u8], name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut out = file[..33].to_vec();
    out.extend((data.len() as u32).to_be_bytes());
    let mut summed = name.to_vec();
    summed.extend(data);
    out.extend(&summed);
    out.extend(crc(&summed).to_be_bytes());
    out.extend(&file[33..]);
    out
}

/// The check sum of PNG chunks (ISO/IEC 15948, annex D).
fn crc(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = sum >> 1 ^ if sum & 1 == 1 { 0xedb8_8320 } else { 0 };
        }
    }
    !sum
}

#[test]
fn palettes_of_a_wrong_length_are_damage() {
    let mut file = Vec::new();
    encode_png(photograph(9, 9).view(), None, &mut file).unwrap();
    assert!(whole(&with_chunk(&file, b"PLTE", &[7; 6])).is_ok());
    for (name, length) in [(b"PLTE", 0), (b"PLTE", 7), (b"PLTE", 771), (b"tRNS", 257)] {
        let error = whole(&with_chunk(&file, name, &vec![7; length])).unwrap_err();
        assert!(matches!(error, DecodeError::Damaged { .. }), "{error}");
    }
}

#[test]
fn pngs_are_turned_and_reduced() {
    let picture = photograph(45, 38);
    let mut alpha = Image::new(45, 38, 255);
    alpha.row_mut(3)[4] = 7;
    let mut file = Vec::new();
    encode_png(picture.view(), Some(alpha.view()), &mut file).unwrap();
    let stored = whole(&file).unwrap();
    let turned = with_chunk(&file, b"eXIf", &exif(6)[6..]);
    let found = whole(&turned).unwrap();
    let mut wanted = Image::new(38, 45, Srgb8::BLACK);
    Orientation::Turn90.place(stored.pixels.view(), 0, &mut wanted);
    assert!(found.pixels == wanted);
    let found = found.alpha.unwrap();
    assert_eq!(
        (found.width(), found.height(), found.at(37 - 3, 4)),
        (38, 45, 7)
    );
    for factor in [2, 4, 8] {
        let found = reduced(&file, 45_usize.div_ceil(factor)).pixels;
        let like = psnr(&found, &shrunk(&stored.pixels, factor));
        assert!(like > 48.0, "1/{factor}: {like} dB");
    }
}

#[test]
fn an_interlaced_png_is_read() {
    let rows = [[10, 11, 12], [20, 21, 22], [30, 31, 32]];
    // Adam7: pass 1 (0,0); 2, 3, 4 (2,0); 5 (0,2),(2,2); 6 (1,0),(1,2); 7 row 1.
    let raw: [u8; 15] = [0, 10, 0, 12, 0, 30, 32, 0, 11, 0, 31, 0, 20, 21, 22];
    let mut file = sniff::PNG_SIGNATURE.to_vec();
    let header = [0, 0, 0, 3, 0, 0, 0, 3, 8, 0, 0, 0, 1];
    let mut deflated = vec![0x78, 0x01, 1];
    deflated.extend((raw.len() as u16).to_le_bytes());
    deflated.extend((!(raw.len() as u16)).to_le_bytes());
    deflated.extend(raw);
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in raw {
        a = (a + u32::from(byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    deflated.extend((b << 16 | a).to_be_bytes());
    for (name, data) in [(b"IHDR", &header[..]), (b"IDAT", &deflated), (b"IEND", &[])] {
        file.extend((data.len() as u32).to_be_bytes());
        let mut summed = name.to_vec();
        summed.extend(data);
        file.extend(&summed);
        file.extend(crc(&summed).to_be_bytes());
    }
    let found = whole(&file).unwrap().pixels;
    let wanted = rows.as_flattened().iter().map(|value| Srgb8([*value; 3]));
    assert_eq!(found.pixels(), wanted.collect::<Vec<_>>());
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
    files.push(jpeg(&picture, jpeg_encoder::ColorType::Rgb, |encoder| {
        encoder.set_progressive(true);
    }));
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
            3 => file = jpeg(&picture, jpeg_encoder::ColorType::Rgb, |encoder| {
                encoder.set_progressive(true);
            }),
            _ => file = jpeg(&picture, jpeg_encoder::ColorType::Cmyk, |encoder| {
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
