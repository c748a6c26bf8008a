//! What the canonical face says of every mesh vertex, computed once.

use face::MESH_POINTS;
use face::canonical::{
    self, LEFT_BROW, LEFT_EYE, LIPS_INNER, LIPS_OUTER, NOSE, OVAL, RIGHT_BROW, RIGHT_EYE,
};
use std::sync::LazyLock;

/// Distances are centimetres on the canonical face, which is about 15 wide.
#[derive(Debug)]
pub(crate) struct Surface {
    /// 1 on the outline, falling to 0 at the features: how much of a vertex is contour.
    pub(crate) contour: Vec<f32>,
    /// Distance to the nearest vertex of the outline.
    pub(crate) from_border: Vec<f32>,
    /// 1 on eyes, brows, nose and mouth, falling to 0 about them.
    pub(crate) core: Vec<f32>,
    /// The same without the brows.
    pub(crate) below_brows: Vec<f32>,
    /// 1 on eyes and lips, whose colour is their own, falling to 0 about them.
    pub(crate) vivid: Vec<f32>,
    /// 1 where a fringe or hair at the temples may hide the face (forehead, sides), else 0.
    pub(crate) fringe: Vec<f32>,
    /// How much of a vertex belongs to each of the [`PARTS`]; the rest moves with the contour.
    pub(crate) parts: Vec<[f32; PARTS]>,
    /// -1 or 1: the sign of a triangle's area in a picture when it faces the camera.
    pub(crate) front: f32,
}

/// Right eye with its brow, left eye with its brow, nose, mouth.
pub(crate) const PARTS: usize = 4;

/// The facts of the canonical face.
pub(crate) fn surface() -> &'static Surface {
    static SURFACE: LazyLock<Surface> = LazyLock::new(Surface::new);
    &SURFACE
}

/// Vertices of each part.
pub(crate) fn part_vertices(part: usize) -> impl Iterator<Item = usize> + Clone {
    let loops: [&'static [u16]; 2] = match part {
        0 => [&RIGHT_EYE, &RIGHT_BROW],
        1 => [&LEFT_EYE, &LEFT_BROW],
        2 => [&NOSE, &[]],
        _ => [&LIPS_OUTER, &LIPS_INNER],
    };
    loops.into_iter().flatten().map(|&index| usize::from(index))
}

fn loop_vertices<'a>(loops: &'a [&'a [u16]]) -> impl Iterator<Item = usize> + 'a {
    loops
        .iter()
        .flat_map(|indices| indices.iter().map(|&index| usize::from(index)))
}

pub(crate) fn smoothstep(low: f32, high: f32, value: f32) -> f32 {
    let t = ((value - low) / (high - low)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

impl Surface {
    fn new() -> Surface {
        let face = canonical::canonical();
        let nearest = |vertex: usize, others: &mut dyn Iterator<Item = usize>| -> f32 {
            others
                .map(|other| distance(face.vertices[vertex], face.vertices[other]))
                .fold(f32::INFINITY, f32::min)
        };
        let from_border: Vec<f32> = (0..MESH_POINTS)
            .map(|v| nearest(v, &mut OVAL.iter().map(|&index| usize::from(index))))
            .collect();
        let from_part: Vec<[f32; PARTS]> = (0..MESH_POINTS)
            .map(|v| std::array::from_fn(|part| nearest(v, &mut part_vertices(part))))
            .collect();
        let from_features: Vec<f32> = from_part
            .iter()
            .map(|d| d.iter().copied().fold(f32::INFINITY, f32::min))
            .collect();
        let contour = (0..MESH_POINTS)
            .map(|v| {
                let share = from_features[v] / (from_features[v] + from_border[v]).max(1e-6);
                smoothstep(0.0, 1.0, share)
            })
            .collect();
        let below_brows = |v: usize| {
            let loops = [&RIGHT_EYE[..], &LEFT_EYE, &NOSE, &LIPS_OUTER, &LIPS_INNER];
            1.0 - smoothstep(0.6, 1.8, nearest(v, &mut loop_vertices(&loops)))
        };
        let core = (0..MESH_POINTS)
            .map(|v| {
                let brow = nearest(v, &mut loop_vertices(&[&RIGHT_BROW, &LEFT_BROW]));
                1.0 - smoothstep(0.2, 0.9, brow).min(1.0 - below_brows(v))
            })
            .collect();
        let below_brows = (0..MESH_POINTS).map(below_brows).collect();
        let vivid = (0..MESH_POINTS)
            .map(|v| {
                let loops = [&RIGHT_EYE[..], &LEFT_EYE, &LIPS_OUTER, &LIPS_INNER];
                1.0 - smoothstep(0.1, 0.5, nearest(v, &mut loop_vertices(&loops)))
            })
            .collect();
        let fringe = (0..MESH_POINTS)
            .map(|v| {
                let [x, y, _] = face.vertices[v];
                smoothstep(3.5, 5.0, y)
                    .max(smoothstep(5.2, 6.4, x.abs()) * smoothstep(-4.0, -2.0, y))
            })
            .collect();
        let parts = (0..MESH_POINTS)
            .map(|v| {
                let near = from_part[v].map(|d| (-(d / 1.6).powi(2)).exp());
                let rest = 0.15 + (-(from_border[v] / 1.6).powi(2)).exp();
                let sum: f32 = near.iter().sum::<f32>() + rest;
                near.map(|weight| weight / sum)
            })
            .collect();
        let mut area = 0.0;
        for triangle in &face.triangles {
            let [a, b, c] = triangle.map(|index| face.vertices[usize::from(index)]);
            // The picture's y points down.
            area -= (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
        }
        Surface {
            contour,
            from_border,
            core,
            below_brows,
            vivid,
            fringe,
            parts,
            front: area.signum(),
        }
    }
}

fn distance(a: [f32; 3], b: [f32; 3]) -> f32 {
    (0..3)
        .map(|axis| (a[axis] - b[axis]).powi(2))
        .sum::<f32>()
        .sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outline_is_contour_and_the_features_are_not() {
        let surface = surface();
        for index in OVAL {
            assert_eq!(surface.contour[usize::from(index)], 1.0, "vertex {index}");
            assert_eq!(surface.from_border[usize::from(index)], 0.0);
        }
        for vertex in (0..PARTS).flat_map(part_vertices) {
            assert_eq!(surface.contour[vertex], 0.0, "vertex {vertex}");
            assert_eq!(surface.core[vertex], 1.0, "vertex {vertex}");
        }
    }

    #[test]
    fn the_fringe_is_above_the_brows_and_at_the_temples() {
        let fringe = &surface().fringe;
        assert!(fringe[10] > 0.9 && fringe[67] > 0.9);
        assert!(fringe[152] < 0.1 && fringe[1] < 0.1 && fringe[205] < 0.1);
    }
}
