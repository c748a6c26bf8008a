//! The template bent so that its face takes the target shape, its surroundings giving way smoothly.
//!
//! A displacement is interpolated on a coarse grid from the mesh's vertices by inverse distance
//! (Shepard, "A two-dimensional interpolation function for irregularly-spaced data", 1968) and
//! fades to nothing at some distance from the face.

use crate::surface::smoothstep;
use face::Point3;
use face::canonical::OVAL;
use pixel::{Image, Rect};

/// A template pixel: red, green, blue, and how bare the skin there is (0 hidden ..= 255 bare).
pub(crate) type Matted = [u8; 4];

/// Grid cells across a face.
const CELLS: f32 = 28.0;
/// How far from the outline the surroundings move, as a share of the face's width.
pub(crate) const REACH: f32 = 0.22;

/// A displacement field over a rectangle: the source of pixel p is p + d(p).
#[derive(Debug, Default)]
pub(crate) struct Bend {
    area: Rect,
    cell: f32,
    columns: usize,
    rows: usize,
    nodes: Vec<[f32; 2]>,
}

impl Bend {
    /// Sets the field that takes `target` back to `template` over `area`.
    pub(crate) fn set(&mut self, area: Rect, width: f32, target: &[Point3], template: &[Point3]) {
        self.area = area;
        self.cell = (width / CELLS).max(2.0);
        self.columns = (area.width as f32 / self.cell) as usize + 2;
        self.rows = (area.height as f32 / self.cell) as usize + 2;
        self.nodes.clear();
        let controls: Vec<[f32; 4]> = target
            .iter()
            .zip(template)
            .map(|(to, from)| [to.x, to.y, from.x - to.x, from.y - to.y])
            .collect();
        let outline: Vec<[f32; 4]> = OVAL
            .iter()
            .map(|&index| controls[usize::from(index)])
            .collect();
        let still = controls
            .iter()
            .all(|c| c[2].abs() < 0.02 && c[3].abs() < 0.02);
        for row in 0..self.rows {
            for column in 0..self.columns {
                let x = area.x as f32 + column as f32 * self.cell;
                let y = area.y as f32 + row as f32 * self.cell;
                self.nodes.push(if still {
                    [0.0; 2]
                } else {
                    self.node(x, y, width, &controls, &outline)
                });
            }
        }
    }

    fn node(&self, x: f32, y: f32, width: f32, all: &[[f32; 4]], outline: &[[f32; 4]]) -> [f32; 2] {
        let beyond = distance_outside(x, y, outline);
        if beyond >= REACH * width {
            return [0.0; 2];
        }
        let near = beyond < 2.0 * self.cell;
        let soft = if near { 0.5 * self.cell } else { 0.06 * width };
        let controls = if near { all } else { outline };
        let (mut dx, mut dy, mut sum) = (0.0, 0.0, 0.0);
        for &[cx, cy, vx, vy] in controls {
            let squared = (x - cx) * (x - cx) + (y - cy) * (y - cy) + soft * soft;
            let weight = 1.0 / (squared * squared);
            dx += weight * vx;
            dy += weight * vy;
            sum += weight;
        }
        let fade = 1.0 - smoothstep(0.0, REACH * width, beyond);
        let share = fade / sum;
        [dx * share, dy * share]
    }

    /// Bends `source`, which covers the same area, into `bent`.
    pub(crate) fn apply(&self, source: &Image<Matted>, bent: &mut Image<Matted>) {
        bent.reset(self.area.width, self.area.height, [0; 4]);
        let mut shifts = vec![[0.0f32; 2]; self.columns];
        for y in 0..self.area.height {
            let down = y as f32 / self.cell;
            let (row, part) = (down as usize, down.fract());
            for (column, shift) in shifts.iter_mut().enumerate() {
                let (a, b) = (
                    self.nodes[row * self.columns + column],
                    self.nodes[(row + 1) * self.columns + column],
                );
                *shift = [a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])];
            }
            let line = bent.row_mut(y);
            let mut x = 0;
            for column in 0..self.columns - 1 {
                let end = (((column + 1) as f32 * self.cell).ceil() as usize).min(line.len());
                let (a, b) = (shifts[column], shifts[column + 1]);
                if [a, b].iter().flatten().all(|shift| shift.abs() < 0.03) {
                    line[x..end].copy_from_slice(&source.row(y)[x..end]);
                    x = end;
                    continue;
                }
                let slope = [(b[0] - a[0]) / self.cell, (b[1] - a[1]) / self.cell];
                while x < end {
                    let along = x as f32 - column as f32 * self.cell;
                    let sx = x as f32 + a[0] + slope[0] * along;
                    let sy = y as f32 + a[1] + slope[1] * along;
                    line[x] = bilinear(source, sx, sy);
                    x += 1;
                }
            }
        }
    }
}

/// How far a point lies outside the outline; 0 inside.
fn distance_outside(x: f32, y: f32, outline: &[[f32; 4]]) -> f32 {
    let (mut odd, mut nearest) = (false, f32::INFINITY);
    for (i, a) in outline.iter().enumerate() {
        let b = outline[(i + 1) % outline.len()];
        if (a[1] > y) != (b[1] > y) && x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0] {
            odd = !odd;
        }
        let (ex, ey) = (b[0] - a[0], b[1] - a[1]);
        let along = ((x - a[0]) * ex + (y - a[1]) * ey) / (ex * ex + ey * ey).max(1e-6);
        let along = along.clamp(0.0, 1.0);
        let (ox, oy) = (x - a[0] - along * ex, y - a[1] - along * ey);
        nearest = nearest.min(ox * ox + oy * oy);
    }
    if odd { 0.0 } else { nearest.sqrt() }
}

/// Reads between pixels with 8-bit weights; beyond the edge the edge repeats.
#[inline]
fn bilinear(source: &Image<Matted>, x: f32, y: f32) -> Matted {
    let (right, bottom) = (source.width() - 1, source.height() - 1);
    let fixed_x = (x.clamp(0.0, right as f32) * 256.0) as usize;
    let fixed_y = (y.clamp(0.0, bottom as f32) * 256.0) as usize;
    let (column, row) = (fixed_x >> 8, fixed_y >> 8);
    let (fx, fy) = ((fixed_x & 255) as u32, (fixed_y & 255) as u32);
    let (next, below) = ((column + 1).min(right), (row + 1).min(bottom));
    let (upper, lower) = (source.row(row), source.row(below));
    let (a, b, c, d) = (upper[column], upper[next], lower[column], lower[next]);
    let weights = [
        (256 - fx) * (256 - fy),
        fx * (256 - fy),
        (256 - fx) * fy,
        fx * fy,
    ];
    std::array::from_fn(|k| {
        let sum = weights[0] * u32::from(a[k])
            + weights[1] * u32::from(b[k])
            + weights[2] * u32::from(c[k])
            + weights[3] * u32::from(d[k]);
        ((sum + 32_768) >> 16) as u8
    })
}
