//! Pictures at another size.

use crate::{Image, Srgb8, View};

/// The picture at `width × height` pixels, for showing and testing: the encoded values are averaged,
/// not the light.
///
/// A triangle filter as wide as the larger of a source and a target pixel, so that nothing aliases
/// when shrinking and enlarging is linear. A side of 0 gives an empty picture.
pub fn resize(picture: View<'_, Srgb8>, width: usize, height: usize) -> Image<Srgb8> {
    let mut resized = Image::new(width, height, Srgb8::BLACK);
    if picture.width() == 0 || picture.height() == 0 {
        return resized;
    }
    let across = Taps::all(picture.width(), width);
    let mut rows = Rows {
        picture,
        across: &across,
        ready: Vec::new(),
        first: 0,
    };
    let mut sum = vec![[0.0; 3]; width];
    for (y, taps) in Taps::all(picture.height(), height).iter().enumerate() {
        sum.fill([0.0; 3]);
        for (index, weight) in taps.weights.iter().enumerate() {
            let row = rows.get(taps.start + index, taps.start);
            for (sum, value) in sum.iter_mut().zip(row) {
                for (sum, channel) in sum.iter_mut().zip(value) {
                    *sum += weight * channel;
                }
            }
        }
        for (pixel, sum) in resized.row_mut(y).iter_mut().zip(&sum) {
            *pixel = Srgb8(sum.map(|value| (value + 0.5) as u8));
        }
    }
    resized
}

/// The source pixels that make one target pixel.
struct Taps {
    start: usize,
    /// They add up to 1.
    weights: Vec<f32>,
}

impl Taps {
    /// For every pixel of a side of `to` pixels made from one of `from` pixels.
    fn all(from: usize, to: usize) -> Vec<Taps> {
        let step = from as f32 / to as f32;
        let reach = step.max(1.0);
        (0..to)
            .map(|target| {
                let center = (target as f32 + 0.5) * step - 0.5;
                let start = (center - reach).ceil().max(0.0) as usize;
                let end = ((center + reach).floor() as usize).min(from - 1);
                let start = start.min(end);
                let mut weights: Vec<f32> = (start..=end)
                    .map(|source| (1.0 - (source as f32 - center).abs() / reach).max(0.0))
                    .collect();
                let sum: f32 = weights.iter().sum();
                for weight in &mut weights {
                    *weight /= sum;
                }
                Taps { start, weights }
            })
            .collect()
    }
}

/// Source rows already brought to the target's width; those no longer needed are dropped.
struct Rows<'a> {
    picture: View<'a, Srgb8>,
    across: &'a [Taps],
    ready: Vec<Vec<[f32; 3]>>,
    /// The source row of the first that is ready.
    first: usize,
}

impl Rows<'_> {
    /// Row `y`; rows before `needed` are not asked for again.
    fn get(&mut self, y: usize, needed: usize) -> &[[f32; 3]] {
        let outdated = needed.saturating_sub(self.first).min(self.ready.len());
        self.ready.drain(..outdated);
        if self.ready.is_empty() {
            self.first = needed;
        } else {
            self.first += outdated;
        }
        while self.first + self.ready.len() <= y {
            let source = self.picture.row(self.first + self.ready.len());
            self.ready.push(across(source, self.across));
        }
        &self.ready[y - self.first]
    }
}

fn across(source: &[Srgb8], taps: &[Taps]) -> Vec<[f32; 3]> {
    taps.iter()
        .map(|taps| {
            let mut sum = [0.0; 3];
            let pixels = &source[taps.start..][..taps.weights.len()];
            for (pixel, weight) in pixels.iter().zip(&taps.weights) {
                for (sum, channel) in sum.iter_mut().zip(pixel.0) {
                    *sum += weight * f32::from(channel);
                }
            }
            sum
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grey(width: usize, height: usize, value: impl Fn(usize, usize) -> u8) -> Image<Srgb8> {
        let pixels = (0..width * height)
            .map(|index| Srgb8([value(index % width, index / width); 3]))
            .collect();
        Image::from_pixels(width, height, pixels).unwrap()
    }

    #[test]
    fn the_same_size_is_the_same_picture() {
        let picture = grey(7, 5, |x, y| (x * 31 + y * 17) as u8);
        assert_eq!(resize(picture.view(), 7, 5), picture);
    }

    #[test]
    fn a_plain_picture_stays_plain_at_every_size() {
        let picture = grey(13, 9, |_, _| 77);
        for (width, height) in [(1, 1), (5, 20), (40, 3), (26, 18), (0, 4), (3, 0)] {
            let resized = resize(picture.view(), width, height);
            assert_eq!((resized.width(), resized.height()), (width, height));
            assert!(resized.pixels().iter().all(|pixel| pixel.0 == [77; 3]));
        }
        assert_eq!(resize(Image::default().view(), 2, 2).pixels().len(), 4);
    }

    #[test]
    fn shrinking_averages_and_enlarging_is_linear() {
        // A pattern finer than the target's pixels becomes its mean.
        let stripes = grey(64, 64, |x, y| if (x + y) % 2 == 0 { 40 } else { 200 });
        let small = resize(stripes.view(), 8, 8);
        assert!(
            small
                .pixels()
                .iter()
                .all(|pixel| pixel.0[0].abs_diff(120) <= 2)
        );
        let step = grey(2, 1, |x, _| if x == 0 { 0 } else { 200 });
        let wide: Vec<u8> = resize(step.view(), 8, 1)
            .row(0)
            .iter()
            .map(|p| p.0[0])
            .collect();
        assert_eq!(wide, [0, 0, 25, 75, 125, 175, 200, 200]);
    }
}
