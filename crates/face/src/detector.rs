//! The two detector nets: near faces, and far ones.

use crate::certainty::certainty;
use crate::detection::{Detection, merge_overlapping};
use crate::error::FinderError;
use crate::region::Region;
use crate::sample::{Border, Range, sample};
use net::Net;
use pixel::{Srgb8, View};

/// Values the nets give for each anchor: box centre and size, then six keypoints.
const VALUES: usize = 16;

/// Certainty below which an anchor is not looked at, as MediaPipe has it.
const LEAST_SCORE: f32 = 0.5;

/// Share of overlap from which two boxes are taken for one face, as MediaPipe has it.
const SAME_FACE: f32 = 0.3;

/// A grid of anchors: cells a side, and anchors in the middle of each cell.
type Grid = (usize, usize);

/// A net that says where in a square there are faces.
#[derive(Debug)]
pub(crate) struct Detector {
    net: Net,
    size: usize,
    anchors: Vec<[f32; 2]>,
}

impl Detector {
    /// For faces that fill a tenth of the square or more (BlazeFace; Bazarevsky et al., "BlazeFace:
    /// Sub-millisecond Neural Face Detection on Mobile GPUs", 2019).
    pub(crate) fn short_range() -> Result<Detector, FinderError> {
        let name = "short-range detector";
        Detector::load(name, models::DETECTOR_SHORT_RANGE, &[(16, 2), (8, 6)])
    }

    /// For faces down to about a thirtieth of the square.
    pub(crate) fn full_range() -> Result<Detector, FinderError> {
        Detector::load(
            "full-range detector",
            models::DETECTOR_FULL_RANGE,
            &[(48, 1)],
        )
    }

    fn load(name: &'static str, bytes: &[u8], grids: &[Grid]) -> Result<Detector, FinderError> {
        let net = Net::load(bytes).map_err(|source| FinderError::Net { name, source })?;
        let [height, width, channels] = net.input_shape();
        let anchors = anchors(grids);
        let scratch = net.scratch();
        let fits = height == width
            && channels == 3
            && scratch.output(0).len() == anchors.len() * VALUES
            && scratch.output(1).len() == anchors.len();
        if !fits {
            return Err(FinderError::Shape { name });
        }
        Ok(Detector {
            net,
            size: width,
            anchors,
        })
    }

    pub(crate) fn scratch(&self) -> net::Scratch {
        self.net.scratch()
    }

    /// Appends the faces seen in `region` to `found`, best first, in pixels of the picture.
    pub(crate) fn detect(
        &self,
        picture: View<'_, Srgb8>,
        region: &Region,
        scratch: &mut net::Scratch,
        work: &mut Vec<Detection>,
        found: &mut Vec<Detection>,
    ) {
        let input = scratch.input_mut();
        sample(
            picture,
            region,
            Border::Black,
            Range::SIGNED,
            self.size,
            input,
        );
        self.net.run(scratch);
        work.clear();
        self.decode(scratch.output(0), scratch.output(1), work);
        merge_overlapping(work, SAME_FACE);
        found.extend(work.iter().map(|detection| in_picture(detection, region)));
    }

    /// The anchors that see a face, in units of the square's side.
    fn decode(&self, values: &[f32], scores: &[f32], found: &mut Vec<Detection>) {
        let unit = 1.0 / self.size as f32;
        for ((anchor, values), &score) in self
            .anchors
            .iter()
            .zip(values.chunks_exact(VALUES))
            .zip(scores)
        {
            let score = certainty(score);
            if score.is_nan() || score < LEAST_SCORE {
                continue;
            }
            let point = |at: usize| crate::Point2 {
                x: values[at] * unit + anchor[0],
                y: values[at + 1] * unit + anchor[1],
            };
            found.push(Detection {
                center: point(0),
                width: values[2] * unit,
                height: values[3] * unit,
                keypoints: std::array::from_fn(|keypoint| point(4 + 2 * keypoint)),
                score,
            });
        }
    }
}

/// Centres of the anchors, grid by grid and row by row, in units of the square's side.
fn anchors(grids: &[Grid]) -> Vec<[f32; 2]> {
    let mut anchors = Vec::new();
    for &(cells, in_cell) in grids {
        let middle = |cell: usize| (cell as f32 + 0.5) / cells as f32;
        for row in 0..cells {
            for column in 0..cells {
                let anchor = [middle(column), middle(row)];
                anchors.extend(std::iter::repeat_n(anchor, in_cell));
            }
        }
    }
    anchors
}

fn in_picture(detection: &Detection, region: &Region) -> Detection {
    let place = |point: crate::Point2| region.to_picture(point.x, point.y);
    Detection {
        center: place(detection.center),
        width: detection.width * region.side,
        height: detection.height * region.side,
        keypoints: detection.keypoints.map(place),
        score: detection.score,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Point2;

    #[test]
    fn anchors_lie_in_the_middle_of_their_cells() {
        let short = anchors(&[(16, 2), (8, 6)]);
        assert_eq!(short.len(), 896);
        for (index, anchor) in [
            (0, [0.5 / 16.0, 0.5 / 16.0]),
            (1, [0.5 / 16.0, 0.5 / 16.0]),
            (2, [1.5 / 16.0, 0.5 / 16.0]),
            (32, [0.5 / 16.0, 1.5 / 16.0]),
            (511, [15.5 / 16.0, 15.5 / 16.0]),
            (512, [0.5 / 8.0, 0.5 / 8.0]),
            (518, [1.5 / 8.0, 0.5 / 8.0]),
            (895, [7.5 / 8.0, 7.5 / 8.0]),
        ] {
            assert_eq!(short[index], anchor, "anchor {index}");
        }
        let full = anchors(&[(48, 1)]);
        assert_eq!(full.len(), 2304);
        assert_eq!(full[49], [1.5 / 48.0, 1.5 / 48.0]);
    }

    #[test]
    fn values_are_offsets_from_the_anchor_in_input_pixels() {
        let detector = Detector::short_range().unwrap();
        let mut values = vec![0.0; 896 * VALUES];
        let mut scores = vec![-5.0; 896];
        scores[2] = 2.0;
        scores[3] = f32::NAN;
        values[2 * VALUES..][..6].copy_from_slice(&[12.8, -12.8, 64.0, 32.0, 0.0, 1.28]);
        let mut found = Vec::new();
        detector.decode(&values, &scores, &mut found);
        let [face] = found[..] else {
            panic!("{found:?}")
        };
        let near = |a: f32, b: f32| (a - b).abs() < 1e-5;
        assert!(near(face.center.x, 0.19375) && near(face.center.y, -0.06875));
        assert!(near(face.width, 0.5) && near(face.height, 0.25));
        assert!(near(face.keypoints[0].x, 0.09375) && near(face.keypoints[0].y, 0.04125));
        assert!(near(face.score, 0.880_797));
    }

    #[test]
    fn boxes_follow_a_turned_square_into_the_picture() {
        let region = Region {
            center: Point2 { x: 200.0, y: 100.0 },
            side: 100.0,
            turn: std::f32::consts::PI,
        };
        let face = in_picture(
            &Detection {
                center: Point2 { x: 0.25, y: 0.5 },
                width: 0.2,
                height: 0.1,
                keypoints: [Point2 { x: 0.0, y: 0.0 }; 6],
                score: 0.7,
            },
            &region,
        );
        let near = |a: f32, b: f32| (a - b).abs() < 1e-3;
        assert!(near(face.center.x, 225.0) && near(face.center.y, 100.0));
        assert!(near(face.width, 20.0) && near(face.height, 10.0));
        assert!(near(face.keypoints[5].x, 250.0) && near(face.keypoints[5].y, 150.0));
    }
}
