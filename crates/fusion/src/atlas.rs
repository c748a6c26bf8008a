//! The face spread flat: one small square of texels over the canonical face's (u, v), the same
//! texel being the same place on every face.

use crate::color::{Encoded, UNIT};
use crate::surface::{smoothstep, surface};
use face::canonical::{LEFT_BROW, LEFT_EYE, LIPS_OUTER, RIGHT_BROW, RIGHT_EYE, canonical};
use face::{MESH_POINTS, Point3};
use pixel::{Srgb8, View};
use std::sync::LazyLock;

/// Texels a side; one is about 2.5 mm of face.
pub(crate) const SIDE: usize = 64;

/// A texel that the face covers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Texel {
    /// Its index in a `SIDE × SIDE` field, rows from the forehead down.
    pub(crate) index: usize,
    corners: [u16; 3],
    weights: [f32; 3],
    /// 1 on plain skin, 0 on and about eyes, brows and lips.
    pub(crate) skin: f32,
}

impl Texel {
    /// Mixes a value of the mesh's vertices at this texel.
    pub(crate) fn mix<const N: usize>(&self, value: impl Fn(usize) -> [f32; N]) -> [f32; N] {
        let corners = self.corners.map(|index| value(usize::from(index)));
        std::array::from_fn(|k| {
            (0..3)
                .map(|corner| self.weights[corner] * corners[corner][k])
                .sum()
        })
    }
}

/// The covered texels and the place of each vertex among them.
#[derive(Debug)]
pub(crate) struct Atlas {
    pub(crate) texels: Vec<Texel>,
    places: Vec<[f32; 2]>,
    from_border: Vec<f32>,
}

/// The atlas of the canonical face.
pub(crate) fn atlas() -> &'static Atlas {
    static ATLAS: LazyLock<Atlas> = LazyLock::new(Atlas::new);
    &ATLAS
}

impl Atlas {
    fn new() -> Atlas {
        let face = canonical();
        let (mut low, mut high) = ([f32::INFINITY; 2], [f32::NEG_INFINITY; 2]);
        for uv in &face.uv {
            for axis in 0..2 {
                low[axis] = low[axis].min(uv[axis]);
                high[axis] = high[axis].max(uv[axis]);
            }
        }
        let span = SIDE as f32 - 3.0;
        let places: Vec<[f32; 2]> = face
            .uv
            .iter()
            .map(|uv| {
                let across = (uv[0] - low[0]) / (high[0] - low[0]);
                let down = (high[1] - uv[1]) / (high[1] - low[1]);
                [1.0 + span * across, 1.0 + span * down]
            })
            .collect();
        let outlines = feature_outlines(&places);
        let texels: Vec<Texel> = (covered(&places).into_iter().enumerate())
            .filter_map(|(index, covering)| {
                let Covering { corners, weights } = covering?;
                let point = [(index % SIDE) as f32, (index / SIDE) as f32];
                let skin = plain_skin(point, &outlines);
                Some(Texel {
                    index,
                    corners,
                    weights,
                    skin,
                })
            })
            .collect();
        let mut from_border = vec![0.0; SIDE * SIDE];
        for texel in &texels {
            [from_border[texel.index]] = texel.mix(|vertex| [surface().from_border[vertex]]);
        }
        Atlas {
            texels,
            places,
            from_border,
        }
    }

    /// Distance of each texel to the outline in canonical centimetres; 0 off the face.
    pub(crate) fn border_distance(&self) -> &[f32] {
        &self.from_border
    }

    /// Reads a field at every vertex, bilinearly.
    pub(crate) fn at_vertices(&self, field: &[Encoded]) -> Vec<Encoded> {
        (0..MESH_POINTS)
            .map(|vertex| {
                let [x, y] = self.places[vertex];
                let (column, row) = (x as usize, y as usize);
                let (fx, fy) = (x - column as f32, y - row as f32);
                let at = |dx: usize, dy: usize| field[(row + dy) * SIDE + column + dx];
                let (a, b, c, d) = (at(0, 0), at(1, 0), at(0, 1), at(1, 1));
                std::array::from_fn(|k| {
                    let top = a[k] + fx * (b[k] - a[k]);
                    let bottom = c[k] + fx * (d[k] - c[k]);
                    top + fy * (bottom - top)
                })
            })
            .collect()
    }

    /// The colours of a picture's face, texel by texel; texels off the face or the picture are 0.
    pub(crate) fn sample(&self, picture: View<'_, Srgb8>, mesh: &[Point3]) -> Vec<Encoded> {
        let mut field = vec![[0.0; 3]; SIDE * SIDE];
        for texel in &self.texels {
            let [x, y] = texel.mix(|vertex| [mesh[vertex].x, mesh[vertex].y]);
            let column = (x + 0.5).clamp(0.0, picture.width() as f32 - 1.0) as usize;
            let row = (y + 0.5).clamp(0.0, picture.height() as f32 - 1.0) as usize;
            field[texel.index] = picture
                .at(column, row)
                .0
                .map(|value| f32::from(value) * UNIT);
        }
        field
    }
}

/// The triangle over a texel and the weights of its corners there.
#[derive(Clone, Copy)]
struct Covering {
    corners: [u16; 3],
    weights: [f32; 3],
}

/// The first triangle over each texel, `None` off the face.
fn covered(places: &[[f32; 2]]) -> Vec<Option<Covering>> {
    let mut texels = vec![None; SIDE * SIDE];
    for &corners in &canonical().triangles {
        let triangle = corners.map(|index| places[usize::from(index)]);
        let [columns, rows] = [0, 1].map(|axis| {
            let along = triangle.map(|corner| corner[axis]);
            let low = along.into_iter().fold(f32::INFINITY, f32::min);
            let high = along.into_iter().fold(0.0, f32::max);
            low as usize..(high as usize + 2).min(SIDE)
        });
        for y in rows {
            for x in columns.clone() {
                let texel = &mut texels[y * SIDE + x];
                if texel.is_none() {
                    *texel = barycentric([x as f32, y as f32], triangle)
                        .map(|weights| Covering { corners, weights });
                }
            }
        }
    }
    texels
}

/// Weights of a triangle's corners at `point`; `None` outside.
fn barycentric([x, y]: [f32; 2], [a, b, c]: [[f32; 2]; 3]) -> Option<[f32; 3]> {
    let area = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
    let wb = ((x - a[0]) * (c[1] - a[1]) - (y - a[1]) * (c[0] - a[0])) / area;
    let wc = ((b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0])) / area;
    let weights = [1.0 - wb - wc, wb, wc];
    weights
        .iter()
        .all(|weight| *weight >= -1e-4)
        .then_some(weights)
}

/// Eyes, brows and lips as polygons among the texels.
fn feature_outlines(places: &[[f32; 2]]) -> [Vec<[f32; 2]>; 5] {
    [
        &RIGHT_EYE[..],
        &LEFT_EYE,
        &RIGHT_BROW,
        &LEFT_BROW,
        &LIPS_OUTER,
    ]
    .map(|outline| {
        outline
            .iter()
            .map(|&index| places[usize::from(index)])
            .collect()
    })
}

fn plain_skin(point: [f32; 2], outlines: &[Vec<[f32; 2]>]) -> f32 {
    let mut nearest = f32::INFINITY;
    for corners in outlines {
        if inside(point, corners) {
            return 0.0;
        }
        for corner in corners {
            nearest = nearest.min((corner[0] - point[0]).hypot(corner[1] - point[1]));
        }
    }
    smoothstep(1.5, 3.0, nearest)
}

fn inside([x, y]: [f32; 2], polygon: &[[f32; 2]]) -> bool {
    let mut odd = false;
    for (i, a) in polygon.iter().enumerate() {
        let b = polygon[(i + 1) % polygon.len()];
        if (a[1] > y) != (b[1] > y) && x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0] {
            odd = !odd;
        }
    }
    odd
}

/// Blurs `SIDE × SIDE` values in place by three box filters of the given radius, which is nearly
/// a Gaussian of standard deviation `radius + 0.5`; beyond the edge lies 0.
pub(crate) fn blur<const N: usize>(field: &mut [[f32; N]], radius: usize) {
    let mut line = [[0.0; N]; SIDE];
    for _ in 0..3 {
        for start in 0..SIDE {
            box_line(field, start * SIDE, 1, radius, &mut line);
            box_line(field, start, SIDE, radius, &mut line);
        }
    }
}

fn box_line<const N: usize>(
    field: &mut [[f32; N]],
    start: usize,
    step: usize,
    radius: usize,
    line: &mut [[f32; N]; SIDE],
) {
    for (k, value) in line.iter_mut().enumerate() {
        *value = field[start + k * step];
    }
    let share = 1.0 / (2 * radius + 1) as f32;
    let mut sum = [0.0; N];
    for value in &line[..radius] {
        for k in 0..N {
            sum[k] += value[k];
        }
    }
    for at in 0..SIDE {
        for k in 0..N {
            if at + radius < SIDE {
                sum[k] += line[at + radius][k];
            }
            if at > radius {
                sum[k] -= line[at - radius - 1][k];
            }
            field[start + at * step][k] = sum[k] * share;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_face_covers_most_of_the_atlas() {
        let count = atlas().texels.len();
        assert!((SIDE * SIDE / 2..SIDE * SIDE).contains(&count), "{count}");
        let skin = atlas()
            .texels
            .iter()
            .filter(|texel| texel.skin > 0.5)
            .count();
        assert!(
            skin > count / 3 && skin < count * 9 / 10,
            "{skin} of {count}"
        );
    }

    #[test]
    fn a_texel_mixes_its_triangle() {
        for texel in &atlas().texels {
            let [u, one] = texel.mix(|vertex| [atlas().places[vertex][0], 1.0]);
            assert!((one - 1.0).abs() < 1e-3);
            assert!((u - (texel.index % SIDE) as f32).abs() < 0.02);
        }
    }

    #[test]
    fn a_blur_keeps_the_sum_and_spreads() {
        let mut field = vec![[0.0f32]; SIDE * SIDE];
        field[32 * SIDE + 32] = [1.0];
        blur(&mut field, 3);
        let sum: f32 = field.iter().map(|value| value[0]).sum();
        assert!((sum - 1.0).abs() < 1e-4);
        assert!(field[32 * SIDE + 32][0] < 0.05 && field[32 * SIDE + 36][0] > 0.001);
    }

    #[test]
    fn the_surface_is_symmetric() {
        let mirror = &canonical().mirror;
        for vertex in 0..MESH_POINTS {
            let other = usize::from(mirror[vertex]);
            assert!((surface().contour[vertex] - surface().contour[other]).abs() < 0.05);
        }
    }
}
