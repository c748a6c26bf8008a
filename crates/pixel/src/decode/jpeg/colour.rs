//! Rows of samples to rows of pixels.

use crate::Srgb8;
use crate::jpeg::Colour;

/// Pixels worked on together.
const CHUNK: usize = 32;

/// Writes a row of pixels from its components, each at least as long as the row.
pub(super) fn write_row(colour: Colour, rows: [&[u8]; 4], out: &mut [Srgb8]) {
    let [first, second, third, fourth] = rows;
    match colour {
        Colour::Grey => {
            for (pixel, luma) in out.iter_mut().zip(first) {
                *pixel = Srgb8([*luma; 3]);
            }
        }
        Colour::Rgb => {
            for (pixel, ((r, g), b)) in out.iter_mut().zip(first.iter().zip(second).zip(third)) {
                *pixel = Srgb8([*r, *g, *b]);
            }
        }
        Colour::YCbCr => from_ycbcr(first, second, third, out),
        Colour::Cmyk => {
            for (pixel, ((c, m), y)) in out.iter_mut().zip(first.iter().zip(second).zip(third)) {
                *pixel = Srgb8([*c, *m, *y]);
            }
            darken(fourth, out);
        }
        Colour::Ycck => {
            from_ycbcr(first, second, third, out);
            for pixel in out.iter_mut() {
                *pixel = Srgb8(pixel.0.map(|ink| 255 - ink));
            }
            darken(fourth, out);
        }
    }
}

/// Puts black ink, 255 for none, onto pixels.
fn darken(black: &[u8], out: &mut [Srgb8]) {
    for (pixel, black) in out.iter_mut().zip(black) {
        let mix = |channel: u8| (u32::from(channel) * u32::from(*black) + 127) / 255;
        *pixel = Srgb8(pixel.0.map(|channel| mix(channel) as u8));
    }
}

fn from_ycbcr(luma: &[u8], blue: &[u8], red: &[u8], out: &mut [Srgb8]) {
    let (luma, blue, red) = (&luma[..out.len()], &blue[..out.len()], &red[..out.len()]);
    let mut chunks = out.chunks_exact_mut(CHUNK);
    let samples = luma
        .as_chunks::<CHUNK>()
        .0
        .iter()
        .zip(blue.as_chunks::<CHUNK>().0)
        .zip(red.as_chunks::<CHUNK>().0);
    for (pixels, ((luma, blue), red)) in chunks.by_ref().zip(samples) {
        let [mut r, mut g, mut b] = [[0_u8; CHUNK]; 3];
        for at in 0..CHUNK {
            [r[at], g[at], b[at]] = channels(luma[at], blue[at], red[at]);
        }
        for (at, pixel) in pixels.iter_mut().enumerate() {
            *pixel = Srgb8([r[at], g[at], b[at]]);
        }
    }
    let rest = chunks.into_remainder();
    let start = luma.len() - rest.len();
    for (at, pixel) in (start..).zip(rest) {
        *pixel = Srgb8(channels(luma[at], blue[at], red[at]));
    }
}

/// Red, green and blue of Rec. 601 luma and colour differences, full range as in JFIF; within 1 of
/// the exactly rounded values.
#[inline(always)]
fn channels(luma: u8, blue: u8, red: u8) -> [u8; 3] {
    // In 16 bits throughout, so that eight pixels fit a vector: the part of each factor below 1 is
    // a fraction of 2^16, taken of the doubled difference and halved with rounding.
    let part = |difference: i16, factor: i32| -> i16 {
        let product = (i32::from(2 * difference) * factor) >> 16;
        product as i16
    };
    let (luma, blue, red) = (i16::from(luma), i16::from(blue) - 128, i16::from(red) - 128);
    let half = |value: i16| (value + 1) >> 1;
    let r = luma + red + half(part(red, 26_345));
    let g = luma - red + half(part(red, 18_734) + part(blue, -22_554));
    let b = luma + 2 * blue + half(part(blue, -14_942));
    [r, g, b].map(|channel| channel.clamp(0, 255) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ycbcr_becomes_the_nearest_rgb() {
        for luma in (0..=255).step_by(15) {
            for blue in (0..=255).step_by(3) {
                for red in (0..=255).step_by(3) {
                    let (y, cb, cr) = (luma as f64, blue as f64 - 128.0, red as f64 - 128.0);
                    let exact = [
                        y + 1.402 * cr,
                        y - 0.344_136_3 * cb - 0.714_136_3 * cr,
                        y + 1.772 * cb,
                    ];
                    let found = channels(luma as u8, blue as u8, red as u8);
                    for (found, exact) in found.into_iter().zip(exact) {
                        let off = (f64::from(found) - exact.clamp(0.0, 255.0)).abs();
                        assert!(off <= 1.25, "{luma} {blue} {red}: {exact} became {found}");
                    }
                }
            }
        }
    }

    #[test]
    fn all_lengths_of_row_are_written() {
        for length in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 5] {
            let luma: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
            let neutral = vec![128; length];
            let mut out = vec![Srgb8::WHITE; length];
            let rows = [&luma[..], &neutral, &neutral, &[]];
            write_row(Colour::YCbCr, rows, &mut out);
            let wanted: Vec<Srgb8> = luma.iter().map(|luma| Srgb8([*luma; 3])).collect();
            assert_eq!(out, wanted);
        }
    }

    #[test]
    fn inks_are_multiplied() {
        let mut out = [Srgb8::WHITE; 2];
        let rows = [&[255, 128][..], &[0, 128], &[100, 128], &[255, 128]];
        write_row(Colour::Cmyk, rows, &mut out);
        assert_eq!(out, [Srgb8([255, 0, 100]), Srgb8([64; 3])]);
    }
}
