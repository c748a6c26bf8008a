use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

use super::orientation::orientation_of_exif;
use super::{DecodeError, Format, Orientation};
use crate::jpeg::{Preamble, Segments, SyntaxError, marker};
use crate::{Image, Srgb8};

/// Memory kept between pictures.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    bytes: Vec<u8>,
    stored: Image<Srgb8>,
}

impl From<SyntaxError> for DecodeError {
    fn from(error: SyntaxError) -> Self {
        let format = Format::Jpeg;
        match error {
            SyntaxError::Truncated => DecodeError::Truncated { format },
            SyntaxError::Damaged(reason) => damaged(reason),
            SyntaxError::Unsupported(feature) => DecodeError::Unsupported { format, feature },
        }
    }
}

#[expect(clippy::needless_pass_by_value)]
fn damaged(reason: impl ToString) -> DecodeError {
    DecodeError::Damaged {
        format: Format::Jpeg,
        reason: reason.to_string(),
    }
}

/// Stored width and height, and how to turn them.
pub(super) fn probe(bytes: &[u8]) -> Result<(usize, usize, Orientation), DecodeError> {
    let preamble = Preamble::parse(bytes)?;
    let orientation = preamble.exif.map(orientation_of_exif).unwrap_or_default();
    Ok((preamble.frame.width, preamble.frame.height, orientation))
}

/// Whether the end marker is there; the readers below fill what is missing with grey.
fn check_complete(bytes: &[u8]) -> Result<(), DecodeError> {
    if bytes.ends_with(&[0xff, marker::EOI]) {
        return Ok(());
    }
    let mut segments = Segments::new(bytes)?;
    while segments.next()?.marker != marker::EOI {}
    Ok(())
}

/// Decodes into `pixels`, turned upright, its sides divided by `reduction`.
pub(super) fn decode(
    bytes: &[u8],
    turn: Orientation,
    reduction: usize,
    scratch: &mut Scratch,
    pixels: &mut Image<Srgb8>,
) -> Result<(), DecodeError> {
    check_complete(bytes)?;
    let frame = Preamble::parse(bytes)?.frame;
    if reduction > 1 || frame.components.len() == 4 {
        let (width, height) = decode_reduced(bytes, reduction, &frame, scratch)?;
        place(
            &scratch.bytes,
            width,
            height,
            turn,
            &mut scratch.stored,
            pixels,
        )
    } else {
        decode_full(bytes, scratch)?;
        let (width, height) = (frame.width, frame.height);
        place(
            &scratch.bytes,
            width,
            height,
            turn,
            &mut scratch.stored,
            pixels,
        )
    }
}

fn place(
    bytes: &[u8],
    width: usize,
    height: usize,
    turn: Orientation,
    stored: &mut Image<Srgb8>,
    pixels: &mut Image<Srgb8>,
) -> Result<(), DecodeError> {
    stored.reshape(width, height, Srgb8::BLACK);
    for (pixel, rgb) in stored.pixels_mut().iter_mut().zip(bytes.as_chunks::<3>().0) {
        *pixel = Srgb8(*rgb);
    }
    let (upright_width, upright_height) = turn.upright_size(width, height);
    pixels.reshape(upright_width, upright_height, Srgb8::BLACK);
    turn.place(stored.view(), 0, pixels);
    Ok(())
}

fn decode_full(bytes: &[u8], scratch: &mut Scratch) -> Result<(), DecodeError> {
    let options = DecoderOptions::default()
        .set_max_width(usize::from(u16::MAX))
        .set_max_height(usize::from(u16::MAX))
        .jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(damaged)?;
    let size = decoder
        .output_buffer_size()
        .ok_or_else(|| damaged("it has no size"))?;
    scratch.bytes.resize(size, 0);
    decoder.decode_into(&mut scratch.bytes).map_err(damaged)
}

fn decode_reduced(
    bytes: &[u8],
    reduction: usize,
    frame: &crate::jpeg::Frame,
    scratch: &mut Scratch,
) -> Result<(usize, usize), DecodeError> {
    let mut decoder = jpeg_decoder::Decoder::new(bytes);
    let side = |full: usize| full.div_ceil(reduction) as u16;
    let (width, height) = decoder
        .scale(side(frame.width), side(frame.height))
        .map_err(damaged)?;
    let data = decoder.decode().map_err(damaged)?;
    let info = decoder.info().ok_or_else(|| damaged("it has no size"))?;
    scratch.bytes.clear();
    match info.pixel_format {
        jpeg_decoder::PixelFormat::L8 => scratch.bytes.extend(data.iter().flat_map(|l| [*l; 3])),
        jpeg_decoder::PixelFormat::RGB24 => scratch.bytes.extend_from_slice(&data),
        jpeg_decoder::PixelFormat::CMYK32 => {
            for [cyan, magenta, yellow, black] in data.as_chunks::<4>().0 {
                let mix = |ink: &u8| {
                    let light = u32::from(255 - ink) * u32::from(255 - black);
                    ((light + 127) / 255) as u8
                };
                scratch.bytes.extend([mix(cyan), mix(magenta), mix(yellow)]);
            }
        }
        jpeg_decoder::PixelFormat::L16 => return Err(damaged("its samples have 16 bits")),
    }
    Ok((usize::from(width), usize::from(height)))
}
