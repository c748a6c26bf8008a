//! A turned square of a picture, resampled for a net.

use crate::region::Region;
use pixel::{Srgb8, View};

/// What lies beyond the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Border {
    /// Black.
    Black,
    /// The nearest pixel of the picture.
    Nearest,
}

/// How a channel's 0..=255 becomes a net's input: `value * scale + offset`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Range {
    scale: f32,
    offset: f32,
}

impl Range {
    /// 0..=255 to -1..=1.
    pub(crate) const SIGNED: Range = Range {
        scale: 1.0 / 127.5,
        offset: -1.0,
    };
    /// 0..=255 to 0..=1.
    pub(crate) const UNIT: Range = Range {
        scale: 1.0 / 255.0,
        offset: 0.0,
    };
}

/// Bits of a coordinate's fraction that count: samples lie on a grid of 1/32 pixel.
const FRACTION_BITS: u32 = 5;

/// Fills `output`, `size × size × 3`, with the square `region`, bilinearly.
///
/// Column `i` of the output is taken at `i / size` of the side from the corner, without the half
/// pixel one might expect, and without a low-pass before; positions are rounded to 1/32 pixel and
/// values to whole levels. That is how MediaPipe samples, and it shows: other roundings move
/// points of the mesh by up to a pixel on a face 800 pixels wide.
pub(crate) fn sample(
    picture: View<'_, Srgb8>,
    region: &Region,
    border: Border,
    range: Range,
    size: usize,
    output: &mut [f32],
) {
    let (sin, cos) = f64::from(region.turn).sin_cos();
    let step = f64::from(region.side) / size as f64;
    let half = f64::from(region.side) / 2.0;
    let corner_x = f64::from(region.center.x) - half * cos + half * sin;
    let corner_y = f64::from(region.center.y) - half * sin - half * cos;
    for (row, pixels) in output.chunks_exact_mut(size * 3).take(size).enumerate() {
        let down = step * row as f64;
        let line = Line {
            x: fixed(corner_x - sin * down),
            y: fixed(corner_y + cos * down),
            step_x: fixed(cos * step),
            step_y: fixed(sin * step),
        };
        if line.stays_inside(picture, size) {
            sample_line(&line, range, pixels, |x, y| inside(picture, x, y));
        } else {
            sample_line(&line, range, pixels, |x, y| {
                if has_neighbours(x, picture.width()) && has_neighbours(y, picture.height()) {
                    return inside(picture, x, y);
                }
                FOUR.map(|(right, down)| match border {
                    Border::Black => black_beyond(picture, x + right, y + down),
                    Border::Nearest => nearest_beyond(picture, x + right, y + down),
                })
            });
        }
    }
}

/// Bits after the point of the positions along a line.
const POINT: u32 = 32;

/// A position with [`POINT`] bits after the point.
fn fixed(value: f64) -> i64 {
    (value * (1_i64 << POINT) as f64) as i64
}

/// Where the samples of one row lie in the picture, in fixed point.
struct Line {
    x: i64,
    y: i64,
    step_x: i64,
    step_y: i64,
}

impl Line {
    /// The sample's column and row and how far it lies beyond them, in 1/32.
    #[inline(always)]
    fn at(&self, index: usize) -> ([i64; 2], [i32; 2]) {
        let split = |from: i64, step: i64| {
            let drop = POINT - FRACTION_BITS;
            let exact = from + step * index as i64;
            let at = (exact + (1 << (drop - 1)) - 1 + ((exact >> drop) & 1)) >> drop;
            let fraction = at & ((1 << FRACTION_BITS) - 1);
            (at >> FRACTION_BITS, fraction as i32)
        };
        let ((x, across), (y, down)) = (split(self.x, self.step_x), split(self.y, self.step_y));
        ([x, y], [across, down])
    }

    /// Whether no sample of the line needs a pixel beyond the picture.
    fn stays_inside(&self, picture: View<'_, Srgb8>, size: usize) -> bool {
        [self.at(0), self.at(size - 1)].iter().all(|&([x, y], _)| {
            has_neighbours(x, picture.width()) && has_neighbours(y, picture.height())
        })
    }
}

#[inline(always)]
fn sample_line(
    line: &Line,
    range: Range,
    pixels: &mut [f32],
    four: impl Fn(i64, i64) -> [Srgb8; 4],
) {
    const ONE: i32 = 1 << FRACTION_BITS;
    for (index, pixel) in pixels.chunks_exact_mut(3).enumerate() {
        let ([x, y], [across, down]) = line.at(index);
        let [a, b, c, d] = four(x, y);
        for (channel, value) in pixel.iter_mut().enumerate() {
            let [a, b, c, d] = [a, b, c, d].map(|pixel| i32::from(pixel.0[channel]));
            let top = a * ONE + (b - a) * across;
            let bottom = c * ONE + (d - c) * across;
            let sum = top * ONE + (bottom - top) * down;
            let level = (sum + ONE * ONE / 2) >> (2 * FRACTION_BITS);
            *value = level as f32 * range.scale + range.offset;
        }
    }
}

/// Whether both a column (or row) and the next lie in the picture.
#[inline(always)]
fn has_neighbours(position: i64, length: usize) -> bool {
    position >= 0 && position < length as i64 - 1
}

/// The pixels around a sample, from its column and row.
const FOUR: [(i64, i64); 4] = [(0, 0), (1, 0), (0, 1), (1, 1)];

#[inline(always)]
fn inside(picture: View<'_, Srgb8>, x: i64, y: i64) -> [Srgb8; 4] {
    let (column, line) = (x as usize, y as usize);
    let top = &picture.row(line)[column..column + 2];
    let bottom = &picture.row(line + 1)[column..column + 2];
    [top[0], top[1], bottom[0], bottom[1]]
}

fn nearest_beyond(picture: View<'_, Srgb8>, x: i64, y: i64) -> Srgb8 {
    let clamp = |value: i64, length: usize| value.clamp(0, length as i64 - 1) as usize;
    picture.at(clamp(x, picture.width()), clamp(y, picture.height()))
}

fn black_beyond(picture: View<'_, Srgb8>, x: i64, y: i64) -> Srgb8 {
    let within = |value: i64, length: usize| value >= 0 && value < length as i64;
    if within(x, picture.width()) && within(y, picture.height()) {
        picture.at(x as usize, y as usize)
    } else {
        Srgb8::BLACK
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Point2;
    use pixel::Image;

    fn noise(width: usize, height: usize) -> Image<Srgb8> {
        let mut state = 7_u32;
        let pixels = (0..width * height)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let [a, b, c, _] = state.to_be_bytes();
                Srgb8([a, b, c])
            })
            .collect();
        Image::from_pixels(width, height, pixels).unwrap()
    }

    /// One sample after the definition, in double precision: a level, before rounding.
    fn naive(image: &Image<Srgb8>, border: Border, x: f64, y: f64, channel: usize) -> f64 {
        let mut sum = 0.0;
        for row in [y.floor(), y.floor() + 1.0] {
            for column in [x.floor(), x.floor() + 1.0] {
                let weight = (1.0 - (x - column).abs()) * (1.0 - (y - row).abs());
                let (w, h) = (image.width() as f64, image.height() as f64);
                let outside = row < 0.0 || column < 0.0 || row >= h || column >= w;
                if outside && border == Border::Black {
                    continue;
                }
                let (column, row) = (column.clamp(0.0, w - 1.0), row.clamp(0.0, h - 1.0));
                sum += weight * f64::from(image.at(column as usize, row as usize).0[channel]);
            }
        }
        sum
    }

    #[test]
    fn agrees_with_the_definition() {
        for (width, height, x, y, side, turn) in [
            (40, 30, 20.0, 15.0, 16.0, 0.0),
            (40, 30, 20.3, 15.1, 12.7, 0.4),
            (40, 30, 20.0, 15.0, 90.0, -2.0),
            (40, 30, 3.0, 28.0, 20.0, 3.1),
            (1, 1, 0.5, 0.5, 1.0, 0.0),
            (64, 1, 32.0, 0.5, 64.0, 1.0),
        ] {
            let image = noise(width, height);
            let region = Region {
                center: Point2 { x, y },
                side,
                turn,
            };
            for border in [Border::Black, Border::Nearest] {
                let size = 24;
                let mut output = vec![0.0; size * size * 3];
                sample(
                    image.view(),
                    &region,
                    border,
                    Range::UNIT,
                    size,
                    &mut output,
                );
                let (sin, cos) = f64::from(turn).sin_cos();
                for (index, &value) in output.iter().enumerate() {
                    let (row, column) = (index / 3 / size, index / 3 % size);
                    let place = |cell: usize| (cell as f64 / size as f64 - 0.5) * f64::from(side);
                    let (along, down) = (place(column), place(row));
                    let on_grid = |value: f64| (value * 32.0).round_ties_even() / 32.0;
                    let expected = naive(
                        &image,
                        border,
                        on_grid(f64::from(x) + along * cos - down * sin),
                        on_grid(f64::from(y) + along * sin + down * cos),
                        index % 3,
                    );
                    let level = f64::from(value) * 255.0;
                    assert!(
                        (level - expected).abs() <= 0.501 && (level - level.round()).abs() < 1e-3,
                        "{region:?} {border:?} ({column}, {row}): {level} {expected}"
                    );
                }
            }
        }
    }

    #[test]
    fn the_signed_range_spans_minus_one_to_one() {
        let image = Image::from_pixels(2, 1, vec![Srgb8::BLACK, Srgb8::WHITE]).unwrap();
        let region = Region::whole(image.view(), 0.0);
        let mut output = [0.0; 2 * 2 * 3];
        sample(
            image.view(),
            &region,
            Border::Nearest,
            Range::SIGNED,
            2,
            &mut output,
        );
        assert_eq!(output[..6], [-1.0, -1.0, -1.0, 1.0, 1.0, 1.0]);
    }
}
