use proptest::prelude::*;

use super::*;
use crate::oracle::{by_jpeg_decoder, by_zune, psnr};
use crate::testing::photograph;
use crate::{Image, Rect};

fn file(base: &JpegBase) -> Vec<u8> {
    let mut out = Vec::new();
    base.write(&[], &mut out).unwrap();
    out
}

/// `picture` with the pixels inside `rect` turned to their opposite.
fn inverted(picture: &Image<Srgb8>, rect: Rect) -> Image<Srgb8> {
    let mut inverted = picture.clone();
    for y in rect.rows() {
        for pixel in &mut inverted.row_mut(y)[rect.columns()] {
            *pixel = Srgb8(pixel.0.map(|channel| 255 - channel));
        }
    }
    inverted
}

#[test]
fn other_decoders_read_what_was_written() {
    let picture = photograph(150, 90);
    for (quality, least) in [(1, 15.0), (30, 27.0), (75, 32.0), (92, 36.0), (100, 39.0)] {
        let mut file = Vec::new();
        encode_jpeg(picture.view(), quality, &[], &mut file).unwrap();
        for (name, decoded) in [("zune", by_zune(&file)), ("jpeg", by_jpeg_decoder(&file))] {
            let found = psnr(&picture, &decoded);
            assert!(found >= least, "{name} at {quality}: {found} dB");
        }
    }
}

#[test]
fn a_base_is_the_plain_file() {
    for (width, height) in [(1, 1), (16, 16), (17, 31), (200, 40)] {
        let picture = photograph(width, height);
        let mut plain = Vec::new();
        encode_jpeg(picture.view(), 80, &[], &mut plain).unwrap();
        let base = JpegBase::encode(picture.view(), 80).unwrap();
        assert_eq!(file(&base), plain, "{width}x{height}");
    }
}

#[test]
fn segments_stand_behind_the_jfif_header() {
    let picture = photograph(8, 8);
    let payload = b"http://ns.adobe.com/xap/1.0/\0<x/>";
    let mut out = Vec::new();
    let segment = Segment { number: 1, payload };
    encode_jpeg(picture.view(), 80, &[segment], &mut out).unwrap();
    let mut segments = crate::jpeg::Segments::new(&out).unwrap();
    assert_eq!(segments.next().unwrap().marker, marker::APP0);
    let found = segments.next().unwrap();
    assert_eq!((found.marker, found.payload), (marker::APP1, &payload[..]));
    by_zune(&out);
}

#[test]
fn what_a_jpeg_cannot_hold_is_refused() {
    let mut out = Vec::new();
    let error = encode_jpeg(Image::default().view(), 80, &[], &mut out).unwrap_err();
    assert!(matches!(error, EncodeError::NoPixels { .. }), "{error}");
    let wide = Image::new(65_536, 1, Srgb8::WHITE);
    let error = encode_jpeg(wide.view(), 80, &[], &mut out).unwrap_err();
    assert!(matches!(error, EncodeError::SideTooLong { .. }), "{error}");
    let picture = photograph(8, 8);
    for (number, length) in [(16, 0), (1, 65_534)] {
        let payload = vec![0; length];
        let segment = Segment {
            number,
            payload: &payload,
        };
        assert!(encode_jpeg(picture.view(), 80, &[segment], &mut out).is_err());
    }
    assert!(out.is_empty());
    let base = JpegBase::encode(picture.view(), 80).unwrap();
    let error = base
        .patch(photograph(8, 9).view(), &[], &[], &mut out)
        .unwrap_err();
    assert!(matches!(error, EncodeError::OtherSize { .. }), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn a_patch_changes_its_mcus_only(
        (width, height) in (1_usize..70, 1_usize..70),
        at in any::<(u16, u16, u16, u16)>(),
        quality in 1_u8..=100,
    ) {
        let picture = photograph(width, height);
        let base = JpegBase::encode(picture.view(), quality).unwrap();
        let (x, y) = (usize::from(at.0) % width, usize::from(at.1) % height);
        let rect = Rect {
            x,
            y,
            width: usize::from(at.2) % (width - x + 1),
            height: usize::from(at.3) % (height - y + 1),
        };
        let changed = inverted(&picture, rect);
        let mut patched = Vec::new();
        base.patch(changed.view(), &[rect], &[], &mut patched).unwrap();
        if rect.is_empty() {
            prop_assert_eq!(&patched, &file(&base));
        }
        // Every MCU is coded from its pixels alone, so a patch must equal a whole new file.
        let mut whole = Vec::new();
        encode_jpeg(changed.view(), quality, &[], &mut whole).unwrap();
        prop_assert_eq!(patched, whole);
    }

    #[test]
    fn a_patch_leaves_the_pixels_around_it(
        at in (0_usize..100, 0_usize..60, 1_usize..40, 1_usize..30),
    ) {
        let picture = photograph(140, 90);
        let base = JpegBase::encode(picture.view(), 85).unwrap();
        let rect = Rect { x: at.0, y: at.1, width: at.2, height: at.3 };
        // All of the picture is other than the base; only the rectangle may show it.
        let other = inverted(&picture, Rect { x: 0, y: 0, width: 140, height: 90 });
        let mut patched = Vec::new();
        base.patch(other.view(), &[rect], &[], &mut patched).unwrap();
        for decode in [by_zune, by_jpeg_decoder] {
            let (before, after) = (decode(&file(&base)), decode(&patched));
            let clean = by_jpeg_decoder(&{
                let mut whole = Vec::new();
                encode_jpeg(other.view(), 85, &[], &mut whole).unwrap();
                whole
            });
            for y in 0..90_usize {
                for x in 0..140_usize {
                    // MCUs of 16 pixels, and two more for smoothed chroma.
                    let near = |at: usize, start: usize, length: usize| {
                        at + 2 >= start / 16 * 16 && at < (start + length).div_ceil(16) * 16 + 2
                    };
                    if !(near(x, rect.x, rect.width) && near(y, rect.y, rect.height)) {
                        prop_assert_eq!(before.at(x, y), after.at(x, y), "at {} {}", x, y);
                    }
                    if rect.columns().contains(&x) && rect.rows().contains(&y) {
                        let (found, wanted) = (after.at(x, y).luma(), clean.at(x, y).luma());
                        prop_assert!(found.abs_diff(wanted) < 40, "at {} {}", x, y);
                    }
                }
            }
        }
    }
}

/// The JPEG files of another encoder: the sampling, whether its Huffman tables are made for the
/// content, MCUs between restart markers, grey.
fn foreign(
    picture: &Image<Srgb8>,
    sampling: jpeg_encoder::SamplingFactor,
    optimised: bool,
    restart: u16,
    grey: bool,
    progressive: bool,
) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut file, 85);
    encoder.set_sampling_factor(sampling);
    encoder.set_optimized_huffman_tables(optimised);
    encoder.set_restart_interval(restart);
    encoder.set_progressive(progressive);
    let (bytes, kind): (Vec<u8>, _) = if grey {
        let luma = picture.pixels().iter().map(|pixel| pixel.luma());
        (luma.collect(), jpeg_encoder::ColorType::Luma)
    } else {
        let rgb = picture.pixels().iter().flat_map(|pixel| pixel.0);
        (rgb.collect(), jpeg_encoder::ColorType::Rgb)
    };
    encoder
        .encode(
            &bytes,
            picture.width() as u16,
            picture.height() as u16,
            kind,
        )
        .unwrap();
    file
}

#[test]
fn adopted_files_decode_as_before_and_take_patches() {
    use jpeg_encoder::SamplingFactor as Sampling;
    let picture = photograph(101, 67);
    let rect = Rect {
        x: 20,
        y: 30,
        width: 31,
        height: 17,
    };
    let cases = [
        (Sampling::F_1_1, false, 0, false),
        (Sampling::F_2_2, false, 0, false),
        (Sampling::F_2_1, false, 0, false),
        (Sampling::F_1_2, true, 0, false),
        (Sampling::F_4_1, true, 0, false),
        (Sampling::F_2_2, true, 0, false),
        (Sampling::F_2_2, false, 5, false),
        (Sampling::F_1_1, true, 1, false),
        (Sampling::F_1_1, false, 0, true),
        (Sampling::F_2_2, true, 3, true),
    ];
    let each = cases
        .into_iter()
        .flat_map(|case| [(case, false), (case, true)]);
    for ((sampling, optimised, restart, grey), progressive) in each {
        let name = format!(
            "{sampling:?} optimised {optimised} restart {restart} grey {grey} \
             progressive {progressive}"
        );
        let original = foreign(&picture, sampling, optimised, restart, grey, progressive);
        let base = JpegBase::adopt(&original).expect(&name);
        assert_eq!((base.width(), base.height()), (101, 67));
        let copy = file(&base);
        let ours = |file: &[u8]| {
            let options = crate::DecodeOptions::default();
            crate::decode(file, &options).expect(&name).pixels
        };
        assert!(ours(&copy) == ours(&original), "{name}");
        assert!(
            by_jpeg_decoder(&copy) == by_jpeg_decoder(&original),
            "{name}"
        );
        let like = psnr(&by_zune(&copy), &by_jpeg_decoder(&original));
        assert!(like > 38.0, "{name}: {like} dB");
        let mut untouched = Vec::new();
        base.patch(picture.view(), &[], &[], &mut untouched)
            .unwrap();
        assert!(untouched == copy, "{name}");

        let changed = inverted(&by_jpeg_decoder(&original), rect);
        let mut patched = Vec::new();
        base.patch(changed.view(), &[rect], &[], &mut patched)
            .unwrap();
        let decoded = by_jpeg_decoder(&patched);
        let wanted = if grey {
            let luma = changed
                .pixels()
                .iter()
                .map(|pixel| Srgb8([pixel.luma(); 3]));
            Image::from_pixels(101, 67, luma.collect()).unwrap()
        } else {
            changed
        };
        let found = psnr(&wanted, &decoded);
        assert!(found > 30.0, "{name}: {found} dB");
    }
}

#[test]
fn files_that_cannot_be_patched_are_told_apart() {
    let picture = photograph(40, 30);
    let bytes: Vec<u8> = picture.pixels().iter().flat_map(|pixel| pixel.0).collect();
    let mut inks = Vec::new();
    let four: Vec<u8> = bytes
        .chunks_exact(3)
        .flat_map(|rgb| [rgb[0], rgb[1], rgb[2], 9])
        .collect();
    jpeg_encoder::Encoder::new(&mut inks, 85)
        .encode(&four, 40, 30, jpeg_encoder::ColorType::Cmyk)
        .unwrap();
    let found = JpegBase::adopt(&inks).map(|_| ());
    assert!(
        matches!(found, Err(Unadoptable::Unsupported(_))),
        "{found:?}"
    );
    let whole = file(&JpegBase::encode(picture.view(), 80).unwrap());
    for length in 0..whole.len() {
        assert!(JpegBase::adopt(&whole[..length]).is_err(), "{length} bytes");
    }
}

#[test]
fn a_profile_stays_and_notes_about_people_go() {
    let picture = photograph(20, 20);
    let profile = b"ICC_PROFILE\0\x01\x01profile".as_slice();
    let notes = [
        Segment {
            number: 1,
            payload: b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0",
        },
        Segment {
            number: 2,
            payload: profile,
        },
        Segment {
            number: 13,
            payload: b"Photoshop 3.0\0",
        },
    ];
    let mut original = Vec::new();
    encode_jpeg(picture.view(), 80, &notes, &mut original).unwrap();
    let adopted = file(&JpegBase::adopt(&original).unwrap());
    let holds = |needle: &[u8]| adopted.windows(needle.len()).any(|part| part == needle);
    assert!(holds(profile));
    assert!(!holds(b"Exif") && !holds(b"Photoshop"));
}

proptest! {
    #[test]
    fn mutated_files_are_adopted_or_refused(
        changes in prop::collection::vec(any::<(u16, u8)>(), 1..20),
        cut in any::<u16>(),
    ) {
        let picture = photograph(48, 33);
        let mut file = file(&JpegBase::encode(picture.view(), 70).unwrap());
        for (at, value) in changes {
            let at = usize::from(at) % file.len();
            file[at] = value;
        }
        if cut % 4 == 0 {
            file.truncate(usize::from(cut) % file.len());
        }
        if let Ok(base) = JpegBase::adopt(&file) {
            let other = photograph(base.width().min(99), base.height().min(99));
            let rect = Rect { x: 3, y: 5, width: 20, height: 9 };
            let mut out = Vec::new();
            if base.patch(other.view(), &[rect], &[], &mut out).is_ok() {
                JpegBase::adopt(&out).unwrap();
            }
        }
    }

    #[test]
    fn a_png_keeps_every_pixel(width in 1_usize..40, height in 1_usize..40, clear in any::<bool>()) {
        let picture = photograph(width, height);
        let mut alpha = Image::new(width, height, 255);
        if clear {
            alpha.row_mut(0)[0] = 254;
        }
        let mut out = Vec::new();
        encode_png(picture.view(), clear.then(|| alpha.view()), &mut out).unwrap();
        let decoded = crate::decode(&out, &crate::DecodeOptions::default()).unwrap();
        prop_assert_eq!(&decoded.pixels.pixels()[1..], &picture.pixels()[1..]);
        prop_assert_eq!(decoded.alpha, clear.then_some(alpha));
    }
}
