//! The template bent so that its face takes the target shape, its surroundings giving way smoothly.
//!
//! Over the face the displacement is that of the mesh; outside it is interpolated from the outline
//! by inverse distance (Shepard, "A two-dimensional interpolation function for irregularly-spaced
//! data", 1968) and fades to nothing at some distance. It is held on a coarse grid.

use crate::paint::each_pixel;
use crate::surface::smoothstep;
use crate::texture::{Texel4, Walk, bytes};
use face::Point3;
use face::canonical::OVAL;
use pixel::{Image, Rect};

/// Grid cells across a face.
const CELLS: f32 = 28.0;
/// How far from the outline the surroundings move, as a share of the face's width.
pub(crate) const REACH: f32 = 0.205;
/// Displacements below this many pixels are not worth a resampling.
const STILL: f32 = 0.03;

/// A displacement field over a rectangle: the source of pixel p is p + d(p).
#[derive(Debug, Default)]
pub(crate) struct Bend {
    area: Rect,
    cell: f32,
    columns: usize,
    rows: usize,
    nodes: Vec<[f32; 2]>,
    covered: Vec<bool>,
    outline: Vec<Control>,
    line: Vec<[f32; 2]>,
}

/// A vertex of the outline and its displacement.
#[derive(Clone, Copy, Debug)]
struct Control {
    x: f32,
    y: f32,
    shift: [f32; 2],
}

impl Bend {
    /// Sets the field that takes `target` back to `template` over `area`.
    pub(crate) fn set(&mut self, area: Rect, width: f32, target: &[Point3], template: &[Point3]) {
        self.area = area;
        self.cell = (width / CELLS).max(2.0);
        self.columns = (area.width as f32 / self.cell) as usize + 2;
        self.rows = (area.height as f32 / self.cell) as usize + 2;
        let count = self.columns * self.rows;
        self.nodes.clear();
        self.nodes.resize(count, [0.0; 2]);
        self.covered.clear();
        self.covered.resize(count, false);
        let shift = |vertex: usize| {
            let (to, from) = (target[vertex], template[vertex]);
            [from.x - to.x, from.y - to.y]
        };
        if (0..target.len()).all(|vertex| shift(vertex).iter().all(|d| d.abs() < STILL)) {
            return;
        }
        self.cover_face(target, shift);
        self.outline.clear();
        self.outline.extend(OVAL.iter().map(|&index| {
            let vertex = usize::from(index);
            Control {
                x: target[vertex].x,
                y: target[vertex].y,
                shift: shift(vertex),
            }
        }));
        for row in 0..self.rows {
            for column in 0..self.columns {
                let node = row * self.columns + column;
                if !self.covered[node] {
                    let x = area.x as f32 + column as f32 * self.cell;
                    let y = area.y as f32 + row as f32 * self.cell;
                    self.nodes[node] = self.beside_face(x, y, width);
                }
            }
        }
    }

    /// Gives the nodes on the face the mesh's displacement.
    fn cover_face(&mut self, target: &[Point3], shift: impl Fn(usize) -> [f32; 2]) {
        let on_grid: Vec<Point3> = target
            .iter()
            .map(|point| Point3 {
                x: (point.x - self.area.x as f32) / self.cell,
                y: (point.y - self.area.y as f32) / self.cell,
                z: point.z,
            })
            .collect();
        let grid = Rect {
            x: 0,
            y: 0,
            width: self.columns,
            height: self.rows,
        };
        let (nodes, covered, columns) = (&mut self.nodes, &mut self.covered, self.columns);
        each_pixel(&on_grid, grid, shift, |column, row, shift| {
            nodes[row * columns + column] = shift;
            covered[row * columns + column] = true;
        });
    }

    fn beside_face(&self, x: f32, y: f32, width: f32) -> [f32; 2] {
        let beyond = distance_outside(x, y, &self.outline);
        if beyond >= REACH * width {
            return [0.0; 2];
        }
        let soft = (0.03 * width).powi(2) + (0.5 * beyond).powi(2);
        let (mut sum, mut total) = ([0.0; 2], 0.0);
        for control in &self.outline {
            let squared = (x - control.x).powi(2) + (y - control.y).powi(2) + soft;
            let weight = 1.0 / (squared * squared);
            sum = [
                sum[0] + weight * control.shift[0],
                sum[1] + weight * control.shift[1],
            ];
            total += weight;
        }
        let share = (1.0 - smoothstep(0.0, REACH * width, beyond)) / total;
        sum.map(|value| value * share)
    }

    /// Bends `source`, which covers the same area, into `bent`.
    pub(crate) fn apply(&mut self, source: &Image<Texel4>, bent: &mut Image<Texel4>) {
        bent.reshape(self.area.width, self.area.height, [0; 4]);
        for y in 0..self.area.height {
            let down = y as f32 / self.cell;
            let (row, part) = (down as usize, down.fract());
            let (upper, lower) = (row * self.columns, (row + 1) * self.columns);
            self.line.clear();
            self.line.extend((0..self.columns).map(|column| {
                let (a, b) = (self.nodes[upper + column], self.nodes[lower + column]);
                [a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])]
            }));
            bend_line(&self.line, self.cell, source, y, bent.row_mut(y));
        }
    }
}

/// Bends one row; `shifts` are the displacements at every `cell` pixels along it.
fn bend_line(
    shifts: &[[f32; 2]],
    cell: f32,
    source: &Image<Texel4>,
    y: usize,
    line: &mut [Texel4],
) {
    let mut x = 0;
    for (column, pair) in shifts.windows(2).enumerate() {
        let end = (((column + 1) as f32 * cell).ceil() as usize).min(line.len());
        let (a, b) = (pair[0], pair[1]);
        if pair.iter().flatten().all(|shift| shift.abs() < STILL) {
            line[x..end].copy_from_slice(&source.row(y)[x..end]);
            x = end;
            continue;
        }
        let slope = [(b[0] - a[0]) / cell, (b[1] - a[1]) / cell];
        let along = x as f32 - column as f32 * cell;
        let from = [
            x as f32 + a[0] + slope[0] * along,
            y as f32 + a[1] + slope[1] * along,
        ];
        let mut walk = Walk::new(source, from, [1.0 + slope[0], slope[1]]);
        for to in &mut line[x..end] {
            *to = bytes(walk.next());
        }
        x = end;
    }
}

/// How far a point lies outside the outline; 0 inside.
fn distance_outside(x: f32, y: f32, outline: &[Control]) -> f32 {
    let (mut odd, mut nearest) = (false, f32::INFINITY);
    for (i, a) in outline.iter().enumerate() {
        let b = &outline[(i + 1) % outline.len()];
        if (a.y > y) != (b.y > y) && x < (b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x {
            odd = !odd;
        }
        let (ex, ey) = (b.x - a.x, b.y - a.y);
        let along = ((x - a.x) * ex + (y - a.y) * ey) / (ex * ex + ey * ey).max(1e-6);
        let along = along.clamp(0.0, 1.0);
        let (ox, oy) = (x - a.x - along * ex, y - a.y - along * ey);
        nearest = nearest.min(ox * ox + oy * oy);
    }
    if odd { 0.0 } else { nearest.sqrt() }
}
