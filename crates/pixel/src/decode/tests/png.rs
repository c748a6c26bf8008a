use super::*;

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
