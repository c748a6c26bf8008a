//! Boxes of faces, and how many boxes on one face become one.

use crate::Point2;

/// A face as a detector reports it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Detection {
    /// Centre of the box.
    pub(crate) center: Point2,
    /// Of the box, along the line the detector took for level.
    pub(crate) width: f32,
    /// Of the box, across that line.
    pub(crate) height: f32,
    /// Right eye, left eye (the subject's), nose, mouth, right ear, left ear.
    pub(crate) keypoints: [Point2; 6],
    /// The detector's certainty, 0..=1.
    pub(crate) score: f32,
}

impl Detection {
    /// Area common to both boxes over the area of either; their turn is left out of account.
    pub(crate) fn overlap(&self, other: &Detection) -> f32 {
        let shared = |a: f32, a_size: f32, b: f32, b_size: f32| -> f32 {
            let end = (a + a_size / 2.0).min(b + b_size / 2.0);
            (end - (a - a_size / 2.0).max(b - b_size / 2.0)).max(0.0)
        };
        let common = shared(self.center.x, self.width, other.center.x, other.width)
            * shared(self.center.y, self.height, other.center.y, other.height);
        let union = self.width * self.height + other.width * other.height - common;
        if union > 0.0 { common / union } else { 0.0 }
    }
}

/// Replaces detections that overlap by more than `overlap` by their mean, weighted with the score;
/// the best score of the group stays. What is left is ordered best first.
///
/// This is MediaPipe's weighted non-maximum suppression: the mean steadies boxes that jitter from
/// one cell of the grid to the next.
pub(crate) fn merge_overlapping(detections: &mut Vec<Detection>, overlap: f32) {
    detections.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut merged = 0;
    while merged < detections.len() {
        let best = detections[merged];
        let mut sum = Weighted::default();
        let mut kept = merged + 1;
        sum.add(&best);
        for index in merged + 1..detections.len() {
            let other = detections[index];
            if best.overlap(&other) > overlap {
                sum.add(&other);
            } else {
                detections[kept] = other;
                kept += 1;
            }
        }
        detections[merged] = sum.mean(best.score);
        detections.truncate(kept);
        merged += 1;
    }
}

/// Sum of boxes and keypoints, weighted with the score.
#[derive(Default)]
struct Weighted {
    total: f32,
    center: Point2,
    width: f32,
    height: f32,
    keypoints: [Point2; 6],
}

impl Weighted {
    fn add(&mut self, detection: &Detection) {
        let weight = detection.score;
        let add = |sum: &mut Point2, point: Point2| {
            sum.x += weight * point.x;
            sum.y += weight * point.y;
        };
        self.total += weight;
        self.width += weight * detection.width;
        self.height += weight * detection.height;
        add(&mut self.center, detection.center);
        for (sum, &point) in self.keypoints.iter_mut().zip(&detection.keypoints) {
            add(sum, point);
        }
    }

    fn mean(&self, score: f32) -> Detection {
        let mean = |sum: Point2| Point2 {
            x: sum.x / self.total,
            y: sum.y / self.total,
        };
        Detection {
            center: mean(self.center),
            width: self.width / self.total,
            height: self.height / self.total,
            keypoints: self.keypoints.map(mean),
            score,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(x: f32, y: f32, side: f32, score: f32) -> Detection {
        Detection {
            center: Point2 { x, y },
            width: side,
            height: side,
            keypoints: [Point2 { x, y: y + 1.0 }; 6],
            score,
        }
    }

    #[test]
    fn overlap_of_boxes() {
        let one = square(0.0, 0.0, 2.0, 1.0);
        for (other, expected) in [
            (one, 1.0),
            (square(1.0, 0.0, 2.0, 1.0), 1.0 / 3.0),
            (square(2.0, 0.0, 2.0, 1.0), 0.0),
            (square(0.0, 9.0, 2.0, 1.0), 0.0),
            (square(0.0, 0.0, 1.0, 1.0), 0.25),
            (square(0.0, 0.0, 0.0, 1.0), 0.0),
        ] {
            assert!((one.overlap(&other) - expected).abs() < 1e-6, "{other:?}");
        }
    }

    #[test]
    fn boxes_on_one_face_become_their_weighted_mean() {
        let mut detections = vec![
            square(10.0, 10.0, 8.0, 0.3),
            square(50.0, 10.0, 8.0, 0.8),
            square(12.0, 10.0, 8.0, 0.9),
        ];
        merge_overlapping(&mut detections, 0.3);
        assert_eq!(detections.len(), 2);
        let face = detections[0];
        assert!((face.center.x - 11.5).abs() < 1e-5, "{face:?}");
        assert!((face.keypoints[0].y - 11.0).abs() < 1e-5);
        assert_eq!(face.score, 0.9);
        assert_eq!(detections[1].center.x, 50.0);
    }

    #[test]
    fn a_chain_breaks_where_it_no_longer_overlaps_the_best() {
        // Neighbours overlap by a half, the ends not at all.
        let mut detections = vec![
            square(0.0, 0.0, 3.0, 0.9),
            square(1.0, 0.0, 3.0, 0.8),
            square(3.1, 0.0, 3.0, 0.7),
        ];
        merge_overlapping(&mut detections, 0.3);
        assert_eq!(detections.len(), 2);
        assert_eq!(detections[1].score, 0.7);
    }

    #[test]
    fn nothing_stays_nothing() {
        let mut none = Vec::new();
        merge_overlapping(&mut none, 0.3);
        assert!(none.is_empty());
    }
}
