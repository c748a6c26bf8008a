//! A face's brightness on a coarse grid, for its sharpness and its light.

use crate::canonical::OVAL;
use crate::{Bounds, Point3};
use pixel::{Srgb8, View};

/// Cells across a face, from ear to ear. Finer detail is mostly grain and sharpening.
const CELLS_ACROSS: f32 = 96.0;

/// Most taps that are averaged for a cell, in a row and in a column.
const MOST_TAPS: usize = 3;

/// Cells to either side that the blur averages which the picture is compared with.
const REACH: usize = 4;

/// Mean luma of cells over the box of a face, and which of them lie on the face.
#[derive(Debug, Default)]
pub(crate) struct LumaGrid {
    columns: usize,
    rows: usize,
    luma: Vec<f32>,
    on_face: Vec<bool>,
    crossings: Vec<f32>,
    sorted: Vec<f32>,
}

impl LumaGrid {
    /// Fills the grid from the face of `mesh`, `width` pixels wide. A narrow face gets a cell for
    /// each pixel, a wide one [`CELLS_ACROSS`].
    pub(crate) fn fill(&mut self, picture: View<'_, Srgb8>, mesh: &[Point3], width: f32) {
        self.luma.clear();
        self.on_face.clear();
        let limit = |value: f32, length: usize| value.clamp(0.0, length as f32);
        let bounds = Bounds::around(mesh);
        let (left, top) = (
            limit(bounds.left, picture.width()),
            limit(bounds.top, picture.height()),
        );
        let cell = (width / CELLS_ACROSS).max(1.0);
        let cells =
            |from: f32, to: f32| ((to - from) / cell).clamp(0.0, 8.0 * CELLS_ACROSS) as usize;
        self.columns = cells(left, limit(bounds.right, picture.width()));
        self.rows = cells(top, limit(bounds.bottom, picture.height()));
        for row in 0..self.rows {
            for column in 0..self.columns {
                let corner = (left + column as f32 * cell, top + row as f32 * cell);
                self.luma.push(mean_luma(picture, corner, cell));
            }
            self.mark_row(mesh, left, top + (row as f32 + 0.5) * cell, cell);
        }
    }

    /// Marks the cells of the next row, at height `y` of the picture, that lie within the oval.
    fn mark_row(&mut self, mesh: &[Point3], left: f32, y: f32, cell: f32) {
        self.crossings.clear();
        for (index, &from) in OVAL.iter().enumerate() {
            let to = OVAL[(index + 1) % OVAL.len()];
            let (from, to) = (mesh[usize::from(from)], mesh[usize::from(to)]);
            if (from.y <= y) != (to.y <= y) {
                let along = (y - from.y) / (to.y - from.y);
                self.crossings.push(from.x + along * (to.x - from.x));
            }
        }
        for column in 0..self.columns {
            let x = left + (column as f32 + 0.5) * cell;
            let before = self.crossings.iter().filter(|&&crossing| crossing < x);
            self.on_face.push(before.count() % 2 == 1);
        }
    }

    /// Share of the detail that a blur would take away, 0 (there is none left to take) ..= 1,
    /// across or down, whichever is less.
    ///
    /// After Crete et al., "The blur effect: perception and estimation with a new no-reference
    /// perceptual blur metric", 2007, on the face alone.
    pub(crate) fn sharpness(&self) -> f32 {
        let across = self.loss(self.rows, self.columns, |line, at| line * self.columns + at);
        let down = self.loss(self.columns, self.rows, |line, at| at * self.columns + line);
        across.min(down)
    }

    /// The loss along `lines` lines of `length` cells, which `index` finds.
    fn loss(&self, lines: usize, length: usize, index: impl Fn(usize, usize) -> usize) -> f32 {
        let (mut detail, mut lost) = (0.0, 0.0);
        for line in 0..lines {
            for at in 1..length {
                let (here, before) = (index(line, at), index(line, at - 1));
                if !self.on_face[here] || !self.on_face[before] {
                    continue;
                }
                let step = (self.luma[here] - self.luma[before]).abs();
                // Two neighbouring means of a box differ by what enters and what leaves it.
                let enters = self.luma[index(line, (at + REACH).min(length - 1))];
                let leaves = self.luma[index(line, (at - 1).saturating_sub(REACH))];
                let blurred = (enters - leaves).abs() / (2 * REACH + 1) as f32;
                detail += step;
                lost += (step - blurred).max(0.0);
            }
        }
        if detail > 0.0 { lost / detail } else { 0.0 }
    }

    /// Median luma of the cells on the face, 0..=255; 0 when none is.
    pub(crate) fn median(&mut self) -> f32 {
        let on_face = self.luma.iter().zip(&self.on_face);
        self.sorted.clear();
        self.sorted
            .extend(on_face.filter(|&(_, &on)| on).map(|(&luma, _)| luma));
        if self.sorted.is_empty() {
            return 0.0;
        }
        let middle = self.sorted.len() / 2;
        *self.sorted.select_nth_unstable_by(middle, f32::total_cmp).1
    }
}

fn mean_luma(picture: View<'_, Srgb8>, (left, top): (f32, f32), cell: f32) -> f32 {
    let taps = (cell as usize).clamp(1, MOST_TAPS);
    let place = |from: f32, tap: usize, length: usize| {
        let at = from + (tap as f32 + 0.5) / taps as f32 * cell;
        (at as usize).min(length - 1)
    };
    let mut sum = 0;
    for row in 0..taps {
        let line = picture.row(place(top, row, picture.height()));
        for column in 0..taps {
            sum += u32::from(line[place(left, column, picture.width())].luma());
        }
    }
    sum as f32 / (taps * taps) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::MESH_POINTS;
    use pixel::Image;
    use std::f32::consts::TAU;

    /// A mesh whose oval is a circle.
    fn disc(x: f32, y: f32, radius: f32) -> Vec<Point3> {
        let mut mesh = vec![Point3 { x, y, z: 0.0 }; MESH_POINTS];
        for (step, &index) in OVAL.iter().enumerate() {
            let (sin, cos) = (step as f32 / OVAL.len() as f32 * TAU).sin_cos();
            mesh[usize::from(index)].x += radius * sin;
            mesh[usize::from(index)].y -= radius * cos;
        }
        mesh
    }

    fn picture(size: usize, luma: impl Fn(f32, f32) -> f32) -> Image<Srgb8> {
        let mut image = Image::new(size, size, Srgb8::BLACK);
        for y in 0..size {
            for (x, pixel) in image.row_mut(y).iter_mut().enumerate() {
                *pixel = Srgb8([luma(x as f32, y as f32).clamp(0.0, 255.0) as u8; 3]);
            }
        }
        image
    }

    fn grid(image: &Image<Srgb8>, mesh: &[Point3], width: f32) -> LumaGrid {
        let mut grid = LumaGrid::default();
        grid.fill(image.view(), mesh, width);
        grid
    }

    #[test]
    fn only_the_face_counts() {
        let image = picture(200, |x, y| {
            if (x - 100.0).hypot(y - 100.0) < 62.0 {
                80.0
            } else {
                255.0
            }
        });
        let mut grid = grid(&image, &disc(100.0, 100.0, 60.0), 120.0);
        assert_eq!(grid.median(), 80.0);
        let share = grid.on_face.iter().filter(|&&on| on).count() as f32 / grid.luma.len() as f32;
        assert!((share - 0.785).abs() < 0.03, "{share}");
        assert_eq!(grid.sharpness(), 0.0, "a flat face has no detail");
    }

    #[test]
    fn sharpness_falls_as_edges_widen() {
        let of_edges = |period: f32, both: bool| {
            let image = picture(200, |x, y| {
                let wave = |t: f32| (t / period * TAU).sin();
                128.0 + 50.0 * wave(x) + if both { 50.0 * wave(y) } else { 0.0 }
            });
            grid(&image, &disc(100.0, 100.0, 90.0), 96.0).sharpness()
        };
        let values = [6.0, 12.0, 20.0, 40.0].map(|period| of_edges(period, true));
        assert!(values.is_sorted_by(|a, b| a > b), "{values:?}");
        assert!(values[0] > 0.7 && values[3] < 0.3, "{values:?}");
        assert_eq!(
            of_edges(4.0, false),
            0.0,
            "detail in one direction is motion blur"
        );
    }

    #[test]
    fn the_size_of_the_picture_does_not_matter() {
        let at_scale = |scale: f32| {
            let image = picture((200.0 * scale) as usize, |x, y| {
                let wave = |t: f32| (t / (12.0 * scale) * TAU).sin();
                128.0 + 50.0 * wave(x) + 50.0 * wave(y)
            });
            let mesh = disc(100.0 * scale, 100.0 * scale, 80.0 * scale);
            grid(&image, &mesh, 96.0 * scale).sharpness()
        };
        let (one, many) = (at_scale(1.0), [1.5, 2.0, 5.3].map(at_scale));
        assert!(
            many.iter().all(|other| (one - other).abs() < 0.12),
            "{one} {many:?}"
        );
    }

    #[test]
    fn a_face_beyond_the_picture_has_no_cells() {
        let image = picture(20, |_, _| 200.0);
        for (x, y, radius) in [
            (-500.0, 10.0, 30.0),
            (10.0, 10.0, 0.0),
            (f32::NAN, 0.0, 5.0),
        ] {
            let mut grid = grid(&image, &disc(x, y, radius), 30.0);
            assert_eq!(
                (grid.median(), grid.sharpness()),
                (0.0, 0.0),
                "{x} {y} {radius}"
            );
        }
    }
}
