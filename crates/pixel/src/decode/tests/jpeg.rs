use jpeg_encoder::SamplingFactor as Sampling;

use super::*;
use crate::Segment;
use crate::oracle::{by_jpeg_decoder, by_zune};

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
                    let file = foreign_jpeg(&picture, kind, |encoder| {
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
            let file = foreign_jpeg(&picture, jpeg_encoder::ColorType::Rgb, |encoder| {
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
            let file = foreign_jpeg(&picture, kind, |encoder| {
                encoder.set_progressive(progressive);
            });
            let found = whole(&file).unwrap().pixels;
            let like = psnr(&found, &wanted);
            assert!(like > 33.0, "{kind:?} progressive {progressive}: {like} dB");
        }
    }
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
