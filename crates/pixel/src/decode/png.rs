use std::io::Cursor;

use super::orientation::orientation_of_exif;
use super::sniff::PNG_SIGNATURE;
use super::{DecodeError, Decoded, Format, Orientation};
use crate::{Image, Srgb8};

#[expect(clippy::needless_pass_by_value)]
fn damaged(reason: impl ToString) -> DecodeError {
    DecodeError::Damaged {
        format: Format::Png,
        reason: reason.to_string(),
    }
}

const TRUNCATED: DecodeError = DecodeError::Truncated {
    format: Format::Png,
};

/// Stored width and height, and how to turn them; checks that no chunk is missing at the end.
pub(super) fn probe(bytes: &[u8]) -> Result<(usize, usize, Orientation), DecodeError> {
    let mut rest = bytes.strip_prefix(PNG_SIGNATURE).ok_or(TRUNCATED)?;
    let (mut size, mut orientation) = (None, Orientation::Upright);
    loop {
        let (head, after) = rest.split_first_chunk::<8>().ok_or(TRUNCATED)?;
        let [l3, l2, l1, l0, name @ ..] = *head;
        let length = u32::from_be_bytes([l3, l2, l1, l0]) as usize;
        let data = after.get(..length).ok_or(TRUNCATED)?;
        rest = after
            .get(length..)
            .and_then(|tail| tail.get(4..))
            .ok_or(TRUNCATED)?;
        match (&name, size) {
            (b"IHDR", None) => size = Some(size_of_header(data)?),
            (_, None) => return Err(damaged("it does not begin with its header")),
            (b"eXIf", _) => orientation = orientation_of_exif(data),
            (b"IEND", Some((width, height))) => return Ok((width, height, orientation)),
            _ => {}
        }
    }
}

fn size_of_header(data: &[u8]) -> Result<(usize, usize), DecodeError> {
    let [w3, w2, w1, w0, h3, h2, h1, h0, ..] = *data else {
        return Err(damaged("its header is too short"));
    };
    let width = u32::from_be_bytes([w3, w2, w1, w0]);
    let height = u32::from_be_bytes([h3, h2, h1, h0]);
    Ok((width as usize, height as usize))
}

/// Decodes into `decoded`, turned upright; every channel comes out with 8 bits.
pub(super) fn decode(
    bytes: &[u8],
    turn: Orientation,
    _reduction: usize,
    decoded: &mut Decoded,
) -> Result<(), DecodeError> {
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    let mut reader = decoder.read_info().map_err(damaged)?;
    let size = reader
        .output_buffer_size()
        .ok_or_else(|| damaged("it has no size"))?;
    let mut samples = vec![0; size];
    let frame = reader.next_frame(&mut samples).map_err(damaged)?;
    let (width, height) = (frame.width as usize, frame.height as usize);
    let mut stored = Image::new(width, height, Srgb8::WHITE);
    let mut alpha = None;
    match frame.color_type {
        png::ColorType::Grayscale => {
            for (pixel, grey) in stored.pixels_mut().iter_mut().zip(&samples) {
                *pixel = Srgb8([*grey; 3]);
            }
        }
        png::ColorType::GrayscaleAlpha => {
            let values = samples
                .as_chunks::<2>()
                .0
                .iter()
                .map(|[l, a]| ([*l; 3], *a));
            alpha = composite(values, &mut stored);
        }
        png::ColorType::Rgba => {
            let values = samples
                .as_chunks::<4>()
                .0
                .iter()
                .map(|[r, g, b, a]| ([*r, *g, *b], *a));
            alpha = composite(values, &mut stored);
        }
        png::ColorType::Rgb | png::ColorType::Indexed => {
            for (pixel, rgb) in stored
                .pixels_mut()
                .iter_mut()
                .zip(samples.as_chunks::<3>().0)
            {
                *pixel = Srgb8(*rgb);
            }
        }
    }
    let (upright_width, upright_height) = turn.upright_size(width, height);
    decoded
        .pixels
        .reshape(upright_width, upright_height, Srgb8::WHITE);
    turn.place(stored.view(), 0, &mut decoded.pixels);
    decoded.alpha = alpha.map(|alpha| {
        let mut upright = Image::new(upright_width, upright_height, 255);
        turn.place(alpha.view(), 0, &mut upright);
        upright
    });
    Ok(())
}

fn composite(
    values: impl Iterator<Item = ([u8; 3], u8)>,
    stored: &mut Image<Srgb8>,
) -> Option<Image<u8>> {
    let mut alpha = Image::new(stored.width(), stored.height(), 255);
    for ((pixel, opacity), (rgb, value)) in stored
        .pixels_mut()
        .iter_mut()
        .zip(alpha.pixels_mut())
        .zip(values)
    {
        *opacity = value;
        *pixel = Srgb8(rgb.map(|channel| over_white(channel, value)));
    }
    alpha
        .pixels()
        .iter()
        .any(|value| *value != 255)
        .then_some(alpha)
}

/// A gamma-encoded channel of the given opacity in front of white.
fn over_white(channel: u8, opacity: u8) -> u8 {
    let (channel, opacity) = (u32::from(channel), u32::from(opacity));
    ((channel * opacity + 255 * (255 - opacity) + 127) / 255) as u8
}
