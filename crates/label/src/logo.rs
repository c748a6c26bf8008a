//! A customer's own mark.

use crate::canvas::Row;
use pixel::{Image, Rect, Srgb8};
use std::ops::Range;

/// Draws `logo`, stretched to `place`, over the picture; returns what may have changed.
///
/// What of `place` lies outside the picture is cut off. Logo and picture are as `pixel` decodes
/// them: colours as they look on white, opacity beside. An opacity of another size than its picture's
/// is left alone. Shrinking averages, enlarging is linear; the encoded values are mixed, not the
/// light. Takes time in proportion to the part of `place` inside the picture and of the logo there.
pub fn draw_logo(
    picture: &mut Image<Srgb8>,
    mut opacity: Option<&mut Image<u8>>,
    logo: &Image<Srgb8>,
    logo_opacity: Option<&Image<u8>>,
    place: Rect,
) -> Rect {
    let visible = cut(place, picture.width(), picture.height());
    if visible.is_empty() || logo.width() == 0 || logo.height() == 0 {
        return Rect::default();
    }
    let logo_opacity = logo_opacity
        .filter(|opacity| (opacity.width(), opacity.height()) == (logo.width(), logo.height()));
    let across: Vec<Taps> = (0..visible.width)
        .map(|x| Taps::new(logo.width(), place.width, x))
        .collect();
    let needed = needed(&across);
    let mut sums = vec![[0.0; 4]; needed.len()];
    for y in 0..visible.height {
        sums.fill([0.0; 4]);
        for (source, weight) in Taps::new(logo.height(), place.height, y).weights() {
            let opacity = logo_opacity.map(|opacity| &opacity.row(source)[needed.clone()]);
            add_row(
                &mut sums,
                &logo.row(source)[needed.clone()],
                opacity,
                weight,
            );
        }
        let mut row = Row::of(picture, opacity.as_deref_mut(), visible.y + y);
        for (x, taps) in visible.columns().zip(&across) {
            let mut mixed = [0.0; 4];
            for (source, weight) in taps.weights() {
                let values = sums[source - needed.start];
                for (sum, value) in mixed.iter_mut().zip(values) {
                    *sum += weight * value;
                }
            }
            let [red, green, blue, covered] = mixed;
            row.cover(
                x,
                covered / 255.0,
                [red, green, blue].map(|light| light.max(0.0)),
            );
        }
    }
    visible
}

/// The part of `place` inside a picture of `width × height`.
fn cut(place: Rect, width: usize, height: usize) -> Rect {
    let (x, y) = (place.x.min(width), place.y.min(height));
    Rect {
        x,
        y,
        width: place.width.min(width - x),
        height: place.height.min(height - y),
    }
}

/// The source pixels that any of the target pixels is made from.
fn needed(taps: &[Taps]) -> Range<usize> {
    let start = taps.iter().map(|taps| taps.start).min().unwrap_or(0);
    let end = taps.iter().map(|taps| taps.end).max().unwrap_or(0);
    start..end
}

/// Adds a row of the logo: the light of its colours without the white behind them, and the opacity.
fn add_row(sums: &mut [[f32; 4]], row: &[Srgb8], opacity: Option<&[u8]>, weight: f32) {
    for (index, (sum, pixel)) in sums.iter_mut().zip(row).enumerate() {
        let covered = opacity.map_or(255, |opacity| opacity[index]);
        let white = f32::from(255 - covered);
        for (sum, channel) in sum.iter_mut().zip(pixel.0) {
            *sum += weight * (f32::from(channel) - white);
        }
        sum[3] += weight * f32::from(covered);
    }
}

/// The source pixels that make one target pixel: a triangle filter as wide as the larger of a
/// source and a target pixel.
#[derive(Clone, Copy, Debug)]
struct Taps {
    start: usize,
    end: usize,
    center: f64,
    reach: f64,
    sum: f64,
}

impl Taps {
    /// For target pixel `target` of a side of `to` pixels made from one of `from` pixels.
    fn new(from: usize, to: usize, target: usize) -> Taps {
        let step = from as f64 / to as f64;
        let reach = step.max(1.0);
        let center = ((target as f64 + 0.5) * step - 0.5).clamp(0.0, (from - 1) as f64);
        let start = (center - reach).ceil().max(0.0) as usize;
        let end = ((center + reach).floor() as usize + 1).min(from);
        let mut taps = Taps {
            start,
            end,
            center,
            reach,
            sum: 1.0,
        };
        taps.sum = (start..end).map(|source| taps.height(source)).sum();
        taps
    }

    fn height(&self, source: usize) -> f64 {
        (1.0 - (source as f64 - self.center).abs() / self.reach).max(0.0)
    }

    /// Each source pixel and its weight; they add up to 1.
    fn weights(self) -> impl Iterator<Item = (usize, f32)> {
        (self.start..self.end).map(move |source| (source, (self.height(source) / self.sum) as f32))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RED: Srgb8 = Srgb8([200, 10, 20]);
    const GREY: Srgb8 = Srgb8([100; 3]);

    fn rect(x: usize, y: usize, width: usize, height: usize) -> Rect {
        Rect {
            x,
            y,
            width,
            height,
        }
    }

    #[test]
    fn a_logo_is_stretched_and_cut_at_the_border() {
        let logo = Image::new(3, 2, RED);
        for (place, expected) in [
            (rect(2, 1, 4, 3), rect(2, 1, 4, 3)),
            (rect(7, 5, 9, 9), rect(7, 5, 3, 3)),
            (rect(0, 0, 2160, 2160), rect(0, 0, 10, 8)),
            (rect(0, 0, usize::MAX, usize::MAX), rect(0, 0, 10, 8)),
            (rect(10, 8, 4, 4), Rect::default()),
            (rect(usize::MAX, 0, usize::MAX, 4), Rect::default()),
            (rect(2, 2, 0, 4), Rect::default()),
        ] {
            let mut picture = Image::new(10, 8, GREY);
            let changed = draw_logo(&mut picture, None, &logo, None, place);
            assert_eq!(changed.is_empty(), expected.is_empty(), "{place:?}");
            if !expected.is_empty() {
                assert_eq!(changed, expected, "{place:?}");
            }
            for (index, pixel) in picture.pixels().iter().enumerate() {
                let inside = expected.columns().contains(&(index % 10))
                    && expected.rows().contains(&(index / 10));
                assert_eq!(*pixel, if inside { RED } else { GREY }, "{place:?} {index}");
            }
        }
    }

    #[test]
    fn enlarging_keeps_the_colours_in_their_order() {
        let logo = Image::from_pixels(2, 1, vec![Srgb8::BLACK, Srgb8::WHITE]).unwrap();
        let mut picture = Image::new(8, 1, GREY);
        draw_logo(&mut picture, None, &logo, None, rect(0, 0, 8, 1));
        let found: Vec<u8> = picture.pixels().iter().map(|pixel| pixel.0[0]).collect();
        assert_eq!(found, [0, 0, 32, 96, 159, 223, 255, 255]);
    }

    #[test]
    fn shrinking_averages() {
        let pixels = (0..64).map(|index| {
            if index % 2 == 0 {
                Srgb8::BLACK
            } else {
                Srgb8::WHITE
            }
        });
        let logo = Image::from_pixels(64, 1, pixels.collect()).unwrap();
        let mut picture = Image::new(4, 1, GREY);
        draw_logo(&mut picture, None, &logo, None, rect(0, 0, 4, 1));
        for pixel in picture.pixels() {
            assert!(pixel.0[0].abs_diff(127) <= 3, "{pixel:?}");
        }
    }

    /// Red at some opacity looks on white as `pixel` would read it, and on any ground as it should.
    #[test]
    fn a_transparent_logo_lets_the_picture_through() {
        let ground = [10.0_f32, 100.0, 250.0];
        for covered in [0_u8, 1, 100, 254, 255] {
            let share = f32::from(covered) / 255.0;
            let over = |below: f32, channel: u8| f32::from(channel) * share + below * (1.0 - share);
            let on_white = Srgb8(RED.0.map(|channel| over(255.0, channel).round() as u8));
            let mut picture = Image::new(5, 5, Srgb8(ground.map(|channel| channel as u8)));
            let mut opacity = Image::new(5, 5, 40);
            draw_logo(
                &mut picture,
                Some(&mut opacity),
                &Image::new(2, 2, on_white),
                Some(&Image::new(2, 2, covered)),
                rect(0, 0, 5, 5),
            );
            for index in 0..3 {
                let expected = over(ground[index], RED.0[index]);
                let found = f32::from(picture.at(2, 2).0[index]);
                assert!(
                    (found - expected).abs() <= 1.01,
                    "{covered}: {found} {expected}"
                );
            }
            let expected = 255.0 - 215.0 * (1.0 - share);
            assert!(
                (f32::from(opacity.at(2, 2)) - expected).abs() <= 1.0,
                "{covered}"
            );
        }
    }
}
