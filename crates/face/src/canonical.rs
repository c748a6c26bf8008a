//! The canonical face: what every index of the dense mesh means.
//!
//! Geometry comes from MediaPipe's canonical face model: 468 vertices in centimetres (x to the
//! subject's left, y up, z towards the camera) and 898 triangles that cover the face without a
//! hole, eyes and mouth included. Index loops are those of FaceMesh. "Right" and "left" are the
//! subject's.

use crate::MESH_POINTS;
use std::sync::LazyLock;

mod wire;

/// The canonical face model.
#[derive(Clone, Debug)]
pub struct Canonical {
    /// Vertices in centimetres: x to the subject's left, y up, z towards the camera.
    pub vertices: Vec<[f32; 3]>,
    /// Place of each vertex in the flattened face: u to the subject's left, v up, both 0..=1.
    pub uv: Vec<[f32; 2]>,
    /// Triangles as indices into the mesh.
    pub triangles: Vec<[u16; 3]>,
    /// Points that move least with expression, with their weights, for rigid fits.
    pub rigid: Vec<(u16, f32)>,
    /// The vertex on the other side of the face, for each vertex; its own index on the midline.
    pub mirror: Vec<u16>,
}

/// Why the canonical model cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CanonicalError {
    /// The bytes are not the expected protocol buffer.
    #[error("the canonical mesh is malformed near byte {at}")]
    Malformed {
        /// Offset of the field.
        at: usize,
    },
    /// It does not hold the geometry the face nets speak of.
    #[error(
        "the canonical mesh has {vertices} vertices and {triangles} triangles, not 468 and 898"
    )]
    Other {
        /// Vertices found.
        vertices: usize,
        /// Triangles found.
        triangles: usize,
    },
}

/// The canonical face model that is built in.
pub fn canonical() -> &'static Canonical {
    static CANONICAL: LazyLock<Canonical> = LazyLock::new(|| {
        #[expect(
            clippy::expect_used,
            reason = "the bytes are pinned by hash when mien is built"
        )]
        Canonical::parse(models::CANONICAL_MESH).expect("the pinned canonical mesh parses")
    });
    &CANONICAL
}

impl Canonical {
    /// Reads a `GeometryPipelineMetadata` protocol buffer.
    pub fn parse(bytes: &[u8]) -> Result<Canonical, CanonicalError> {
        let geometry = wire::parse(bytes)?;
        let vertices: Vec<[f32; 3]> = geometry
            .vertex_buffer
            .chunks_exact(5)
            .map(|v| [v[0], v[1], v[2]])
            .collect();
        let uv = geometry
            .vertex_buffer
            .chunks_exact(5)
            .map(|v| [v[3], v[4]])
            .collect();
        let triangles: Vec<[u16; 3]> = geometry
            .index_buffer
            .chunks_exact(3)
            .map(|t| [t[0] as u16, t[1] as u16, t[2] as u16])
            .collect();
        let in_range = geometry
            .index_buffer
            .iter()
            .all(|&index| (index as usize) < MESH_POINTS)
            && geometry
                .rigid
                .iter()
                .all(|&(index, _)| (index as usize) < MESH_POINTS);
        if vertices.len() != MESH_POINTS || triangles.len() != 898 || !in_range {
            return Err(CanonicalError::Other {
                vertices: vertices.len(),
                triangles: triangles.len(),
            });
        }
        let mirror = mirror(&vertices);
        let rigid = geometry
            .rigid
            .iter()
            .map(|&(index, weight)| (index as u16, weight))
            .collect();
        Ok(Canonical {
            vertices,
            uv,
            triangles,
            rigid,
            mirror,
        })
    }
}

/// Pairs each vertex with the one nearest to its reflection in the plane x = 0.
fn mirror(vertices: &[[f32; 3]]) -> Vec<u16> {
    let distance = |a: &[f32; 3], b: &[f32; 3]| -> f32 {
        (-a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2) + (a[2] - b[2]).powi(2)
    };
    vertices
        .iter()
        .map(|vertex| {
            let nearest = (0..vertices.len()).min_by(|&a, &b| {
                distance(vertex, &vertices[a]).total_cmp(&distance(vertex, &vertices[b]))
            });
            nearest.unwrap_or_default() as u16
        })
        .collect()
}

/// The outline of the face, from the middle of the forehead over the subject's left side.
pub const OVAL: [u16; 36] = [
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152,
    148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
];

/// Outer edge of the lips.
pub const LIPS_OUTER: [u16; 20] = [
    61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185,
];

/// Inner edge of the lips: the outline of the open mouth.
pub const LIPS_INNER: [u16; 20] = [
    78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 415, 310, 311, 312, 13, 82, 81, 80, 191,
];

/// Outline of the right eye's opening.
pub const RIGHT_EYE: [u16; 16] = [
    33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246,
];

/// Outline of the left eye's opening.
pub const LEFT_EYE: [u16; 16] = [
    263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466,
];

/// The right brow: upper edge outwards to inwards, then lower edge back.
pub const RIGHT_BROW: [u16; 10] = [70, 63, 105, 66, 107, 55, 65, 52, 53, 46];

/// The left brow, in the order of [`RIGHT_BROW`].
pub const LEFT_BROW: [u16; 10] = [300, 293, 334, 296, 336, 285, 295, 282, 283, 276];

/// Bridge, tip and wings of the nose.
pub const NOSE: [u16; 24] = [
    168, 6, 197, 195, 5, 4, 1, 19, 94, 2, 98, 97, 326, 327, 64, 294, 48, 278, 115, 344, 220, 440,
    45, 275,
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    #[test]
    fn the_triangles_form_one_disc_bounded_by_the_oval() {
        let mut edges: HashMap<(u16, u16), u32> = HashMap::new();
        for [a, b, c] in &canonical().triangles {
            for (from, to) in [(a, b), (b, c), (c, a)] {
                *edges.entry((*from.min(to), *from.max(to))).or_default() += 1;
            }
        }
        assert!(edges.values().all(|&uses| uses <= 2));
        let boundary: Vec<_> = edges
            .iter()
            .filter(|&(_, &uses)| uses == 1)
            .map(|(&edge, _)| edge)
            .collect();
        assert_eq!(boundary.len(), OVAL.len());
        assert!(
            boundary
                .iter()
                .all(|(a, b)| OVAL.contains(a) && OVAL.contains(b))
        );
        // Euler's characteristic of a disc.
        assert_eq!(MESH_POINTS as i32 - edges.len() as i32 + 898, 1);
    }

    #[test]
    fn the_mirror_pairs_the_vertices() {
        let mirror = &canonical().mirror;
        for (index, &other) in mirror.iter().enumerate() {
            assert_eq!(
                usize::from(mirror[usize::from(other)]),
                index,
                "vertex {index}"
            );
        }
        for (right, left) in [
            (33, 263),
            (133, 362),
            (61, 291),
            (234, 454),
            (70, 300),
            (1, 1),
        ] {
            assert_eq!(mirror[right], left);
        }
    }

    #[test]
    fn the_rigid_basis_has_positive_weights() {
        assert_eq!(canonical().rigid.len(), 33);
        assert!(canonical().rigid.iter().all(|&(_, weight)| weight > 0.0));
    }

    #[test]
    fn malformed_bytes_are_refused() {
        let whole = models::CANONICAL_MESH;
        for length in (0..whole.len()).step_by(97) {
            assert!(
                Canonical::parse(&whole[..length]).is_err(),
                "{length} bytes"
            );
        }
        assert!(Canonical::parse(&[0xff; 64]).is_err());
    }
}
