//! Test pictures, made from the portraits.

use pixel::{DecodeOptions, Image, Rect, Srgb8, decode, encode_png, resize};
use png::{BitDepth, ColorType};
use std::sync::LazyLock;

pub(crate) const TEMPLATE: &[u8] = include_bytes!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../fixtures/portraits/T1.jpg"
));
pub(crate) const SELFIE: &[u8] = include_bytes!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../fixtures/portraits/U1.jpg"
));

/// The selfie's pixels at half its size.
pub(crate) static SELFIE_PIXELS: LazyLock<Image<Srgb8>> = LazyLock::new(|| {
    let full = pixels(SELFIE);
    resize(full.view(), full.width() / 2, full.height() / 2)
});

pub(crate) fn pixels(bytes: &[u8]) -> Image<Srgb8> {
    decode(bytes, &DecodeOptions::default()).unwrap().pixels
}

pub(crate) fn png(picture: &Image<Srgb8>) -> Vec<u8> {
    let mut bytes = Vec::new();
    encode_png(picture.view(), None, &mut bytes).unwrap();
    bytes
}

/// A PNG of any colour type; `samples` are as the format stores them.
pub(crate) fn raw_png(
    [width, height]: [usize; 2],
    colour: ColorType,
    depth: BitDepth,
    samples: &[u8],
) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width as u32, height as u32);
    encoder.set_color(colour);
    encoder.set_depth(depth);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(samples).unwrap();
    writer.finish().unwrap();
    bytes
}

/// Samples of a picture, each pixel turned to bytes.
pub(crate) fn samples<const N: usize>(
    picture: &Image<Srgb8>,
    of: impl Fn(Srgb8) -> [u8; N],
) -> Vec<u8> {
    picture
        .pixels()
        .iter()
        .flat_map(|pixel| of(*pixel))
        .collect()
}

pub(crate) fn size(picture: &Image<Srgb8>) -> [usize; 2] {
    [picture.width(), picture.height()]
}

/// A JPEG that holds inks instead of light.
pub(crate) fn cmyk_jpeg(picture: &Image<Srgb8>) -> Vec<u8> {
    let inks = samples(picture, |Srgb8([red, green, blue])| {
        [255 - red, 255 - green, 255 - blue, 0]
    });
    jpeg(size(picture), jpeg_encoder::ColorType::Cmyk, &inks, |_| ())
}

pub(crate) fn grey_jpeg(picture: &Image<Srgb8>) -> Vec<u8> {
    let luma = samples(picture, |pixel| [pixel.luma()]);
    jpeg(size(picture), jpeg_encoder::ColorType::Luma, &luma, |_| ())
}

pub(crate) fn progressive_jpeg(picture: &Image<Srgb8>) -> Vec<u8> {
    let rgb = samples(picture, |pixel| pixel.0);
    let progressive = |encoder: &mut JpegEncoder<'_>| encoder.set_progressive(true);
    jpeg(
        size(picture),
        jpeg_encoder::ColorType::Rgb,
        &rgb,
        progressive,
    )
}

/// As a camera held sideways stores the picture: turned, with a note to turn it back.
pub(crate) fn sideways_jpeg(picture: &Image<Srgb8>) -> Vec<u8> {
    let [width, height] = size(picture);
    let mut stored = Vec::new();
    for x in (0..width).rev() {
        for y in 0..height {
            stored.extend(picture.at(x, y).0);
        }
    }
    let note = |encoder: &mut JpegEncoder<'_>| {
        let exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
        encoder.add_app_segment(1, exif.to_vec()).unwrap();
    };
    jpeg([height, width], jpeg_encoder::ColorType::Rgb, &stored, note)
}

type JpegEncoder<'a> = jpeg_encoder::Encoder<&'a mut Vec<u8>>;

fn jpeg(
    [width, height]: [usize; 2],
    colour: jpeg_encoder::ColorType,
    samples: &[u8],
    set: impl FnOnce(&mut JpegEncoder<'_>),
) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 92);
    set(&mut encoder);
    encoder
        .encode(samples, width as u16, height as u16, colour)
        .unwrap();
    bytes
}

/// Two frames: the picture, then black.
pub(crate) fn animated_png(picture: &Image<Srgb8>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let [width, height] = size(picture);
    let mut encoder = png::Encoder::new(&mut bytes, width as u32, height as u32);
    encoder.set_color(ColorType::Rgb);
    encoder.set_animated(2, 0).unwrap();
    let mut writer = encoder.write_header().unwrap();
    let first = samples(picture, |pixel| pixel.0);
    writer.write_image_data(&first).unwrap();
    writer.write_image_data(&vec![0; first.len()]).unwrap();
    writer.finish().unwrap();
    bytes
}

/// The head of a PNG of this size with hardly any data behind it.
pub(crate) fn bomb([width, height]: [u32; 2]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(ColorType::Rgb);
    let mut writer = encoder.write_header().unwrap();
    writer.write_chunk(png::chunk::IDAT, &[0x78, 0x9c]).unwrap();
    drop(writer);
    bytes
}

pub(crate) fn crop(picture: &Image<Srgb8>, rect: Rect) -> Image<Srgb8> {
    picture.view().crop(rect).unwrap().to_image()
}

/// Copies of a picture side by side and below one another.
pub(crate) fn tiles(picture: &Image<Srgb8>, columns: usize, rows: usize) -> Image<Srgb8> {
    let (width, height) = (picture.width(), picture.height());
    let mut tiled = Image::new(width * columns, height * rows, Srgb8::BLACK);
    for y in 0..height * rows {
        let row = tiled.row_mut(y);
        for column in 0..columns {
            row[column * width..][..width].copy_from_slice(picture.row(y % height));
        }
    }
    tiled
}
