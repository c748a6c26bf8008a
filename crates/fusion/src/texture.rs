//! Pictures held for sampling between pixels: four bytes a pixel, read with 8-bit weights.

use pixel::{Image, Rect, Srgb8, View};

/// Red, green, blue, and a fourth value carried along.
pub(crate) type Texel4 = [u8; 4];

/// Reads between pixels; `x` and `y` are clamped to the picture, which must not be empty.
#[inline]
pub(crate) fn bilinear(source: &Image<Texel4>, x: f32, y: f32) -> Texel4 {
    let (right, bottom) = (source.width() - 1, source.height() - 1);
    let fixed_x = (x.clamp(0.0, right as f32) * 256.0) as usize;
    let fixed_y = (y.clamp(0.0, bottom as f32) * 256.0) as usize;
    let (column, row) = (fixed_x >> 8, fixed_y >> 8);
    let (fx, fy) = ((fixed_x & 255) as u32, (fixed_y & 255) as u32);
    let at = row * source.width() + column;
    let right_of = at + usize::from(column < right);
    let below = if row < bottom { source.width() } else { 0 };
    let pixels = source.pixels();
    let upper = lerp(pixels[at], pixels[right_of], fx);
    let lower = lerp(pixels[at + below], pixels[right_of + below], fx);
    lerp(upper, lower, fy)
}

/// Mixes two pixels by `weight` / 256, two channels in one multiplication.
#[inline]
fn lerp(from: Texel4, to: Texel4, weight: u32) -> Texel4 {
    const EVEN: u32 = 0x00ff_00ff;
    const HALF: u32 = 0x0080_0080;
    let (from, to) = (u32::from_le_bytes(from), u32::from_le_bytes(to));
    let rest = 256 - weight;
    let even = ((from & EVEN) * rest + (to & EVEN) * weight + HALF) >> 8;
    let odd = ((from >> 8) & EVEN) * rest + ((to >> 8) & EVEN) * weight + HALF;
    ((even & EVEN) | (odd & !EVEN)).to_le_bytes()
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
        self.texels.reset(width, height, [0; 4]);
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

    #[test]
    fn a_ramp_is_read_exactly_between_pixels_and_held_at_the_edges() {
        let mut patch = Patch::default();
        patch.take(
            ramp().view(),
            Rect {
                x: 0,
                y: 0,
                width: 12,
                height: 8,
            },
            1,
        );
        for (x, y, red, green) in [
            (3.0, 2.0, 60, 60),
            (3.5, 2.0, 70, 60),
            (3.25, 2.5, 65, 75),
            (-4.0, 50.0, 0, 210),
            (99.0, -1.0, 220, 0),
        ] {
            assert_eq!(
                bilinear(patch.texels(), x, y),
                [red, green, 7, 255],
                "({x}, {y})"
            );
        }
    }

    #[test]
    fn a_reduced_patch_reads_as_the_picture_does() {
        let picture = ramp();
        for factor in 1..=3 {
            let mut patch = Patch::default();
            patch.take(
                picture.view(),
                Rect {
                    x: 2,
                    y: 1,
                    width: 9,
                    height: 6,
                },
                factor,
            );
            let [x, y] = patch.place(5.0, 3.0);
            let read = bilinear(patch.texels(), x, y);
            assert!(
                read[0].abs_diff(100) <= 1 && read[1].abs_diff(90) <= 1,
                "{factor}: {read:?}"
            );
        }
    }
}
