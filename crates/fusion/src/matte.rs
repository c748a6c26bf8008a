//! What lies over a face: hair, glasses, a hand, told from skin by its colour.

use crate::color::{Encoded, UNIT};
use crate::paint;
use crate::surface::smoothstep;
use crate::tone::skin_likeness;
use face::Point3;
use pixel::{Image, Rect};

/// Marks how bare the face is at every pixel of `area`: 0 hidden ..= 255 bare; off the face
/// `beyond`.
///
/// `low` is the skin's colour at each vertex and `face` how far a vertex counts as bare whatever
/// its colour, 0..=1; `color` reads the picture.
pub(crate) fn matte(
    mesh: &[Point3],
    area: Rect,
    beyond: u8,
    low: &[Encoded],
    face: impl Fn(usize) -> f32,
    color: impl Fn(usize, usize) -> [u8; 3],
) -> Image<u8> {
    let mut bare = Image::new(area.width, area.height, beyond);
    let value = |vertex: usize| {
        let [red, green, blue] = low[vertex];
        [red, green, blue, face(vertex)]
    };
    paint::each_pixel(mesh, area, value, |x, y, [red, green, blue, face]| {
        let color = color(x, y).map(|value| f32::from(value) * UNIT);
        let likeness = skin_likeness(color, [red, green, blue]).max(face);
        bare.row_mut(y - area.y)[x - area.x] = (255.0 * likeness.clamp(0.0, 1.0)) as u8;
    });
    bare
}

/// Two passes of a box filter over `2 radius + 1` pixels each way.
pub(crate) fn soften(image: &mut Image<u8>, radius: usize) {
    for _ in 0..2 {
        along_lines(image, radius, |window| {
            let sum: usize = window.iter().map(|&value| usize::from(value)).sum();
            ((sum + window.len() / 2) / window.len()) as u8
        });
    }
}

/// Replaces each value by the least within `radius`: what hides the face grows.
pub(crate) fn erode(image: &mut Image<u8>, radius: usize) {
    along_lines(image, radius, |window| {
        window.iter().copied().min().unwrap_or(255)
    });
}

/// Counts what is hardly bare as hidden: of dark hair even a trace would show.
pub(crate) fn harden(image: &mut Image<u8>) {
    for value in image.pixels_mut() {
        let above = f32::from(*value) * UNIT;
        *value = (255.0 * smoothstep(0.1, 0.8, above)) as u8;
    }
}

fn along_lines(image: &mut Image<u8>, radius: usize, filter: impl Fn(&[u8]) -> u8) {
    let (width, height) = (image.width(), image.height());
    let mut line = Vec::with_capacity(width.max(height));
    let window = |line: &[u8], at: usize| {
        filter(&line[at.saturating_sub(radius)..(at + radius + 1).min(line.len())])
    };
    for y in 0..height {
        line.clear();
        line.extend_from_slice(image.row(y));
        for (x, value) in image.row_mut(y).iter_mut().enumerate() {
            *value = window(&line, x);
        }
    }
    for x in 0..width {
        line.clear();
        line.extend((0..height).map(|y| image.at(x, y)));
        for y in 0..height {
            image.row_mut(y)[x] = window(&line, y);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eroding_grows_the_dark_and_softening_keeps_flat_areas() {
        let mut image = Image::new(9, 7, 255u8);
        image.row_mut(3)[4] = 0;
        erode(&mut image, 1);
        let dark = image.pixels().iter().filter(|&&value| value == 0).count();
        assert_eq!(dark, 9);
        soften(&mut image, 1);
        assert_eq!(image.at(0, 0), 255);
        assert!(image.at(4, 3) < 128 && image.at(4, 3) > 0);
    }
}
