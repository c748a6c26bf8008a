//! The dense mesh of one face.

use crate::canonical::canonical;
use crate::certainty::certainty;
use crate::error::FinderError;
use crate::region::Region;
use crate::sample::{Border, Range, sample};
use crate::{Iris, MESH_POINTS, Point2, Point3};
use net::Net;
use pixel::{Srgb8, View};

/// The points of the mesh that the lips' part of the attention net places anew, in its order: four
/// rings from the lips' outer edge to the inner, each lower then upper, from the right corner.
const LIPS: [u16; 80] = [
    61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 185, 40, 39, 37, 0, 267, 269, 270, 409, 78,
    95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 191, 80, 81, 82, 13, 312, 311, 310, 415, 76, 77,
    90, 180, 85, 16, 315, 404, 320, 307, 306, 184, 74, 73, 72, 11, 302, 303, 304, 408, 62, 96, 89,
    179, 86, 15, 316, 403, 319, 325, 292, 183, 42, 41, 38, 12, 268, 271, 272, 407,
];

/// The points that the right eye's part places anew, in its order: the opening, the rings around
/// it, the brow. The left eye's part has their mirror images.
const RIGHT_EYE: [u16; 71] = [
    33, 7, 163, 144, 145, 153, 154, 155, 133, 246, 161, 160, 159, 158, 157, 173, 130, 25, 110, 24,
    23, 22, 26, 112, 243, 247, 30, 29, 27, 28, 56, 190, 226, 31, 228, 229, 230, 231, 232, 233, 244,
    113, 225, 224, 223, 222, 221, 189, 35, 124, 46, 53, 52, 65, 143, 111, 117, 118, 119, 120, 121,
    128, 245, 156, 70, 63, 105, 66, 107, 55, 193,
];

/// What a net saw in a square.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Sight {
    /// The certainty that it is a face, 0..=1.
    pub(crate) certainty: f32,
    /// The irises of the right and the left eye, from the attention net.
    pub(crate) irises: Option<[Iris; 2]>,
}

/// A net that places the 468 points in a square around a face (Kartynnik et al., "Real-time Facial
/// Surface Geometry from Monocular Video on Mobile GPUs", 2019; with attention, Grishchenko et al.,
/// "Attention Mesh: High-fidelity Face Mesh Prediction in Real-time", 2020).
#[derive(Debug)]
pub(crate) struct MeshNet {
    net: Net,
    size: usize,
    attention: bool,
}

impl MeshNet {
    pub(crate) fn plain() -> Result<MeshNet, FinderError> {
        let outputs = [MESH_POINTS * 3, 1];
        MeshNet::load("mesh net", models::LANDMARK, &outputs)
    }

    /// The one that places lips, eyes and brows more exactly, and the irises.
    pub(crate) fn attention() -> Result<MeshNet, FinderError> {
        let (lips, eye, iris) = (LIPS.len() * 2, RIGHT_EYE.len() * 2, 5 * 2);
        let outputs = [MESH_POINTS * 3, lips, eye, eye, iris, iris, 1];
        MeshNet::load("attention mesh net", models::LANDMARK_ATTENTION, &outputs)
    }

    fn load(name: &'static str, bytes: &[u8], outputs: &[usize]) -> Result<MeshNet, FinderError> {
        let net = Net::load(bytes).map_err(|source| FinderError::Net { name, source })?;
        let [height, width, channels] = net.input_shape();
        let scratch = net.scratch();
        let lengths_fit = outputs
            .iter()
            .enumerate()
            .all(|(index, &length)| scratch.output(index).len() == length);
        if height != width || channels != 3 || !lengths_fit {
            return Err(FinderError::Shape { name });
        }
        Ok(MeshNet {
            net,
            size: width,
            attention: outputs.len() > 2,
        })
    }

    pub(crate) fn scratch(&self) -> net::Scratch {
        self.net.scratch()
    }

    /// Writes the mesh seen in `region`, in pixels of the picture, to `mesh`.
    pub(crate) fn place(
        &self,
        picture: View<'_, Srgb8>,
        region: &Region,
        scratch: &mut net::Scratch,
        mesh: &mut Vec<Point3>,
    ) -> Sight {
        let input = scratch.input_mut();
        sample(
            picture,
            region,
            Border::Nearest,
            Range::UNIT,
            self.size,
            input,
        );
        self.net.run(scratch);
        let placer = Placer {
            region,
            unit: 1.0 / self.size as f32,
        };
        mesh.clear();
        mesh.extend(scratch.output(0).chunks_exact(3).map(|value| {
            let point = placer.point(value);
            Point3 {
                x: point.x,
                y: point.y,
                z: value[2] * placer.unit * region.side,
            }
        }));
        if !self.attention {
            return Sight {
                certainty: certainty(scratch.output(1)[0]),
                irises: None,
            };
        }
        let mirror = &canonical().mirror;
        placer.refine(mesh, scratch.output(1), LIPS.into_iter());
        placer.refine(mesh, scratch.output(2), RIGHT_EYE.into_iter());
        let left_eye = RIGHT_EYE
            .into_iter()
            .map(|index| mirror[usize::from(index)]);
        placer.refine(mesh, scratch.output(3), left_eye);
        Sight {
            certainty: certainty(scratch.output(6)[0]),
            irises: Some([4, 5].map(|output| placer.iris(scratch.output(output)))),
        }
    }
}

/// Takes points of a net's input to the picture.
struct Placer<'a> {
    region: &'a Region,
    unit: f32,
}

impl Placer<'_> {
    fn point(&self, value: &[f32]) -> Point2 {
        self.region
            .to_picture(value[0] * self.unit, value[1] * self.unit)
    }

    /// Moves the points that `indices` names to `values`, two each; their depth stays.
    fn refine(&self, mesh: &mut [Point3], values: &[f32], indices: impl Iterator<Item = u16>) {
        for (index, value) in indices.zip(values.chunks_exact(2)) {
            let (point, better) = (&mut mesh[usize::from(index)], self.point(value));
            (point.x, point.y) = (better.x, better.y);
        }
    }

    fn iris(&self, values: &[f32]) -> Iris {
        let point = |index: usize| self.point(&values[index * 2..][..2]);
        Iris {
            center: point(0),
            edge: std::array::from_fn(|index| point(index + 1)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canonical::{LEFT_EYE, LIPS_INNER, LIPS_OUTER};
    use std::collections::HashSet;

    #[test]
    fn refined_points_are_the_lips_and_the_eyes() {
        let lips: HashSet<u16> = LIPS.into_iter().collect();
        assert_eq!(lips.len(), LIPS.len());
        assert!(
            LIPS_OUTER
                .iter()
                .chain(&LIPS_INNER)
                .all(|index| lips.contains(index))
        );
        let mirror = &canonical().mirror;
        assert!(
            LIPS.iter()
                .all(|&index| lips.contains(&mirror[usize::from(index)]))
        );

        let left: HashSet<u16> = RIGHT_EYE
            .iter()
            .map(|&index| mirror[usize::from(index)])
            .collect();
        assert_eq!(left.len(), RIGHT_EYE.len());
        assert!(LEFT_EYE.iter().all(|index| left.contains(index)));
        assert!(
            RIGHT_EYE
                .iter()
                .all(|index| !left.contains(index) && !lips.contains(index))
        );
    }

    #[test]
    fn refining_keeps_the_depth() {
        let region = Region {
            center: Point2 { x: 100.0, y: 100.0 },
            side: 192.0 * 2.0,
            turn: 0.0,
        };
        let placer = Placer {
            region: &region,
            unit: 1.0 / 192.0,
        };
        let mut mesh = vec![
            Point3 {
                x: 1.0,
                y: 1.0,
                z: 7.0
            };
            4
        ];
        placer.refine(&mut mesh, &[96.0, 96.0, 106.0, 86.0], [3, 1].into_iter());
        for (index, x, y) in [(0, 1.0, 1.0), (3, 100.0, 100.0), (1, 120.0, 80.0)] {
            let point = mesh[index];
            assert!(
                (point.x - x).abs() < 1e-3 && (point.y - y).abs() < 1e-3,
                "{point:?}"
            );
            assert_eq!(point.z, 7.0);
        }
    }
}
