//! Pictures held for sampling between pixels: four bytes a pixel, read with 8-bit weights.

use pixel::{Image, Rect, Srgb8, View};

/// Red, green, blue, and a fourth value carried along.
pub(crate) type Texel4 = [u8; 4];

/// Reads between pixels along a straight line, each step the same.
///
/// Positions are held in 65536ths of a pixel; those beyond the picture read its edge.
pub(crate) struct Walk<'a> {
    pixels: &'a [Texel4],
    width: usize,
    limit: [i32; 2],
    at: [i32; 2],
    step: [i32; 2],
}

const ONE: f32 = 65_536.0;
/// Farthest a position may be from the origin, in pixels.
const FAR: f32 = 16_000.0;

impl<'a> Walk<'a> {
    /// Starts at (`x`, `y`) of a picture, which must not be empty.
    pub(crate) fn new(source: &'a Image<Texel4>, [x, y]: [f32; 2], step: [f32; 2]) -> Walk<'a> {
        let fixed = |value: f32| (value.clamp(-FAR, FAR) * ONE) as i32;
        let last = |side: usize| fixed((side - 1) as f32);
        Walk {
            pixels: source.pixels(),
            width: source.width(),
            limit: [last(source.width()), last(source.height())],
            at: [fixed(x), fixed(y)],
            step: step.map(fixed),
        }
    }

    /// Reads here and moves on.
    #[inline(always)]
    pub(crate) fn next(&mut self) -> Four {
        let x = self.at[0].clamp(0, self.limit[0]);
        let y = self.at[1].clamp(0, self.limit[1]);
        let start = (y >> 16) as usize * self.width + (x >> 16) as usize;
        let right = usize::from(x < self.limit[0]);
        let below = if y < self.limit[1] { self.width } else { 0 };
        let part = |fixed: i32| (fixed & 0xffff) as f32 * (1.0 / ONE);
        let at = |index: usize| four(self.pixels[index]);
        let upper = lerp(at(start), at(start + right), part(x));
        let lower = lerp(at(start + below), at(start + below + right), part(x));
        self.skip();
        lerp(upper, lower, part(y))
    }

    /// Moves on without reading.
    #[inline(always)]
    pub(crate) fn skip(&mut self) {
        self.at[0] = self.at[0].saturating_add(self.step[0]);
        self.at[1] = self.at[1].saturating_add(self.step[1]);
    }
}

/// The four values of a pixel, 0.0..=255.0, side by side so that they move together.
pub(crate) type Four = [f32; 4];

#[inline(always)]
fn four(texel: Texel4) -> Four {
    texel.map(f32::from)
}

#[inline(always)]
fn lerp(from: Four, to: Four, share: f32) -> Four {
    std::array::from_fn(|k| from[k] + share * (to[k] - from[k]))
}

/// The bytes nearest to four values in 0.0..=255.0.
///
/// Adding 2^23 leaves the rounded value in the lowest bits, which costs less than a conversion
/// that minds every float.
#[inline(always)]
pub(crate) fn bytes(values: Four) -> Texel4 {
    values.map(|value| (value + 8_388_608.0).to_bits() as u8)
}

/// A part of a picture, perhaps reduced, that stands in for it.
#[derive(Debug, Default)]
pub(crate) struct Patch {
    texels: Image<Texel4>,
    left: f32,
    top: f32,
    shrink: f32,
}

impl Patch {
    /// Takes `area` of `picture`, averaged over blocks of `factor × factor` pixels.
    pub(crate) fn take(&mut self, picture: View<'_, Srgb8>, area: Rect, factor: usize) {
        let factor = factor.max(1);
        let (width, height) = ((area.width / factor).max(1), (area.height / factor).max(1));
        self.texels.reshape(width, height, [0; 4]);
        self.shrink = 1.0 / factor as f32;
        // The centre of the first block.
        let shift = (factor - 1) as f32 / 2.0;
        (self.left, self.top) = (area.x as f32 + shift, area.y as f32 + shift);
        if factor == 1 {
            for y in 0..height {
                let from = &picture.row(area.y + y)[area.x..area.x + width];
                for (to, Srgb8([red, green, blue])) in self.texels.row_mut(y).iter_mut().zip(from) {
                    *to = [*red, *green, *blue, 255];
                }
            }
            return;
        }
        let count = (factor * factor) as u32;
        for y in 0..height {
            for (x, to) in self.texels.row_mut(y).iter_mut().enumerate() {
                let mut sum = [count / 2; 3];
                for row in 0..factor {
                    let line = picture.row(area.y + y * factor + row);
                    for pixel in &line[area.x + x * factor..][..factor] {
                        for k in 0..3 {
                            sum[k] += u32::from(pixel.0[k]);
                        }
                    }
                }
                let [red, green, blue] = sum.map(|value| (value / count) as u8);
                *to = [red, green, blue, 255];
            }
        }
    }

    /// Sets the fourth value of every texel from a matte that has one value for every
    /// `factor × factor` texels.
    pub(crate) fn set_matte(&mut self, matte: &Image<u8>, factor: usize) {
        let step = 256 / factor;
        let (right, bottom) = (matte.width() - 1, matte.height() - 1);
        for y in 0..self.texels.height() {
            let (row, fy) = (y / factor, (y % factor) * step);
            let (upper, lower) = (matte.row(row.min(bottom)), matte.row((row + 1).min(bottom)));
            let line = self.texels.row_mut(y);
            for (column, texels) in line.chunks_mut(factor).enumerate() {
                let (left, next) = (column.min(right), (column + 1).min(right));
                let mix = |a: u8, b: u8, part: usize| {
                    usize::from(a) * (256 - part) + usize::from(b) * part
                };
                let from = mix(upper[left], lower[left], fy);
                let to = mix(upper[next], lower[next], fy);
                for (x, texel) in texels.iter_mut().enumerate() {
                    texel[3] = ((from * (256 - x * step) + to * x * step) >> 16) as u8;
                }
            }
        }
    }

    /// Where a point of the picture lies in [`Patch::texels`].
    pub(crate) fn place(&self, x: f32, y: f32) -> [f32; 2] {
        [(x - self.left) * self.shrink, (y - self.top) * self.shrink]
    }

    /// The pixels to sample.
    pub(crate) fn texels(&self) -> &Image<Texel4> {
        &self.texels
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ramp() -> Image<Srgb8> {
        let pixels = (0..12 * 8).map(|i| Srgb8([(i % 12 * 20) as u8, (i / 12 * 30) as u8, 7]));
        Image::from_pixels(12, 8, pixels.collect()).unwrap()
    }

    fn patch_of([x, y, width, height]: [usize; 4], factor: usize) -> Patch {
        let mut patch = Patch::default();
        patch.take(
            ramp().view(),
            Rect {
                x,
                y,
                width,
                height,
            },
            factor,
        );
        patch
    }

    #[test]
    fn a_ramp_is_read_exactly_between_pixels_and_held_at_the_edges() {
        let patch = patch_of([0, 0, 12, 8], 1);
        for (x, y, red, green) in [
            (3.0, 2.0, 60, 60),
            (3.5, 2.0, 70, 60),
            (3.25, 2.5, 65, 75),
            (-4.0, 50.0, 0, 210),
            (99.0, -1.0, 220, 0),
        ] {
            let read = bytes(Walk::new(patch.texels(), [x, y], [0.0; 2]).next());
            assert_eq!(read, [red, green, 7, 255], "({x}, {y})");
        }
    }

    #[test]
    fn a_walk_keeps_to_its_line() {
        let patch = patch_of([0, 0, 12, 8], 1);
        let mut walk = Walk::new(patch.texels(), [1.0, 6.0], [0.5, -0.25]);
        for step in 0..40 {
            let (x, y) = (1.0 + 0.5 * step as f32, 6.0 - 0.25 * step as f32);
            let expected = [20.0 * x.min(11.0), 30.0 * y.max(0.0)];
            let read = bytes(walk.next());
            for k in 0..2 {
                assert!(
                    (f32::from(read[k]) - expected[k]).abs() <= 1.0,
                    "{step}: {read:?}"
                );
            }
        }
    }

    #[test]
    fn a_reduced_patch_reads_as_the_picture_does() {
        for factor in 1..=3 {
            let patch = patch_of([2, 1, 9, 6], factor);
            let mut walk = Walk::new(patch.texels(), patch.place(5.0, 3.0), [0.0; 2]);
            let read = bytes(walk.next());
            assert!(
                read[0].abs_diff(100) <= 1 && read[1].abs_diff(90) <= 1,
                "{factor}: {read:?}"
            );
        }
    }
}
