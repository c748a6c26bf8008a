//! What other decoders make of a file, and how alike two pictures are.

use crate::{Image, Srgb8};

pub(crate) fn by_zune(file: &[u8]) -> Image<Srgb8> {
    let mut decoder = zune_jpeg::JpegDecoder::new(zune_core::bytestream::ZCursor::new(file));
    let bytes = decoder.decode().unwrap();
    let (width, height) = decoder.dimensions().unwrap();
    picture(
        width,
        height,
        &bytes,
        decoder.output_colorspace().unwrap().num_components(),
    )
}

pub(crate) fn by_jpeg_decoder(file: &[u8]) -> Image<Srgb8> {
    let mut decoder = jpeg_decoder::Decoder::new(file);
    let bytes = decoder.decode().unwrap();
    let info = decoder.info().unwrap();
    let (width, height) = (usize::from(info.width), usize::from(info.height));
    picture(width, height, &bytes, info.pixel_format.pixel_bytes())
}

fn picture(width: usize, height: usize, bytes: &[u8], channels: usize) -> Image<Srgb8> {
    let pixels = bytes.chunks_exact(channels).map(|pixel| match pixel {
        [grey] => Srgb8([*grey; 3]),
        [r, g, b] => Srgb8([*r, *g, *b]),
        _ => panic!("{channels} channels"),
    });
    Image::from_pixels(width, height, pixels.collect()).unwrap()
}

/// Peak signal-to-noise ratio in dB between two pictures of one size.
pub(crate) fn psnr(one: &Image<Srgb8>, other: &Image<Srgb8>) -> f64 {
    assert_eq!((one.width(), one.height()), (other.width(), other.height()));
    let pairs = one.pixels().iter().zip(other.pixels());
    let squares: u64 = pairs
        .flat_map(|(a, b)| (0..3).map(|channel| u64::from(a.0[channel].abs_diff(b.0[channel]))))
        .map(|difference| difference * difference)
        .sum();
    let mean = squares as f64 / (3 * one.pixels().len()) as f64;
    10.0 * (255.0 * 255.0 / mean).log10()
}
