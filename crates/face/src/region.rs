//! The turned squares of a picture that the nets look at.

use crate::detection::Detection;
use crate::{Point2, Point3};
use pixel::{Srgb8, View};

/// How much larger than the face the square is that a mesh net sees.
const MARGIN: f32 = 1.5;

/// Outer corners of the right and the left eye, in the mesh: the line that gives the roll.
const EYE_CORNERS: [usize; 2] = [33, 263];

/// A square of a picture, turned about its centre.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Region {
    /// In pixels.
    pub(crate) center: Point2,
    /// Length of a side, in pixels.
    pub(crate) side: f32,
    /// Clockwise turn as seen, in radians.
    pub(crate) turn: f32,
}

impl Region {
    /// The least square that holds the whole picture when it is turned by `turn`.
    pub(crate) fn whole(picture: View<'_, Srgb8>, turn: f32) -> Region {
        let (width, height) = (picture.width() as f32, picture.height() as f32);
        let (sin, cos) = (turn.sin().abs(), turn.cos().abs());
        Region {
            center: Point2 {
                x: width / 2.0,
                y: height / 2.0,
            },
            side: (width * cos + height * sin).max(width * sin + height * cos),
            turn,
        }
    }

    /// Where the mesh of a detected face is looked for: its box made square and half as large
    /// again, turned so that the eyes are level.
    pub(crate) fn around_detection(detection: &Detection) -> Region {
        let [right_eye, left_eye, ..] = detection.keypoints;
        Region {
            center: detection.center,
            side: detection.width.max(detection.height) * MARGIN,
            turn: (left_eye.y - right_eye.y).atan2(left_eye.x - right_eye.x),
        }
    }

    /// Where the mesh is looked for once more, when a first one is known.
    pub(crate) fn around_mesh(mesh: &[Point3]) -> Region {
        let bounds = crate::Bounds::around(mesh);
        let [right, left] = EYE_CORNERS.map(|index| mesh[index]);
        Region {
            center: bounds.center(),
            side: bounds.width().max(bounds.height()) * MARGIN,
            turn: (left.y - right.y).atan2(left.x - right.x),
        }
    }

    /// Whether the numbers describe a square of some size.
    pub(crate) fn is_sound(&self) -> bool {
        let numbers = [self.center.x, self.center.y, self.side, self.turn];
        numbers.iter().all(|number| number.is_finite()) && self.side >= 1.0
    }

    /// The point of the picture at (`u`, `v`) of the square, both 0..=1 inside it.
    pub(crate) fn to_picture(self, u: f32, v: f32) -> Point2 {
        let (sin, cos) = self.turn.sin_cos();
        let (along, down) = ((u - 0.5) * self.side, (v - 0.5) * self.side);
        Point2 {
            x: self.center.x + along * cos - down * sin,
            y: self.center.y + along * sin + down * cos,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pixel::Image;
    use std::f32::consts::{FRAC_PI_2, FRAC_PI_4};

    fn near(a: Point2, x: f32, y: f32) -> bool {
        (a.x - x).abs() < 1e-3 && (a.y - y).abs() < 1e-3
    }

    #[test]
    fn corners_of_a_turned_square() {
        let region = Region {
            center: Point2 { x: 100.0, y: 50.0 },
            side: 40.0,
            turn: FRAC_PI_2,
        };
        for (u, v, x, y) in [
            (0.5, 0.5, 100.0, 50.0),
            // Turned clockwise by a quarter, the top left corner lies at the top right.
            (0.0, 0.0, 120.0, 30.0),
            (1.0, 0.0, 120.0, 70.0),
            (0.0, 1.0, 80.0, 30.0),
        ] {
            assert!(near(region.to_picture(u, v), x, y), "({u}, {v})");
        }
    }

    #[test]
    fn the_whole_picture_fits_at_any_turn() {
        let image = Image::new(30, 20, Srgb8::BLACK);
        for (turn, side) in [
            (0.0, 30.0),
            (FRAC_PI_2, 30.0),
            (FRAC_PI_4, 50.0 * FRAC_PI_4.cos()),
        ] {
            let region = Region::whole(image.view(), turn);
            assert!((region.side - side).abs() < 1e-3, "{turn}");
            assert!(near(region.center, 15.0, 10.0));
        }
    }

    #[test]
    fn a_detection_gives_a_level_square() {
        let mut keypoints = [Point2::default(); 6];
        keypoints[0] = Point2 { x: 10.0, y: 10.0 };
        keypoints[1] = Point2 { x: 20.0, y: 20.0 };
        let region = Region::around_detection(&Detection {
            center: Point2 { x: 15.0, y: 18.0 },
            width: 20.0,
            height: 30.0,
            keypoints,
            score: 1.0,
        });
        assert_eq!(region.side, 45.0);
        assert!((region.turn - FRAC_PI_4).abs() < 1e-6);
    }

    #[test]
    fn a_mesh_gives_the_square_around_its_box() {
        let mut mesh = vec![
            Point3 {
                x: 50.0,
                y: 50.0,
                z: 0.0
            };
            crate::MESH_POINTS
        ];
        mesh[33] = Point3 {
            x: 40.0,
            y: 45.0,
            z: 3.0,
        };
        mesh[263] = Point3 {
            x: 40.0,
            y: 65.0,
            z: 3.0,
        };
        let region = Region::around_mesh(&mesh);
        assert!(near(region.center, 45.0, 55.0));
        assert_eq!(region.side, 30.0);
        assert!((region.turn - FRAC_PI_2).abs() < 1e-6);
    }
}
