//! Whether a face is good enough to fuse, and if not why.

use crate::canonical::canonical;
use crate::luma_grid::LumaGrid;
use crate::{Fault, Point3, Pose, Quality};
use pixel::{Srgb8, View};

/// Least width of a face in pixels, from ear to ear: what the cloud API asks for.
pub const LEAST_WIDTH: f32 = 34.0;

/// Most degrees a face may be turned to the side: beyond it one eye is out of sight.
pub const MOST_YAW: f32 = 60.0;

/// Most degrees a face may look up or down.
pub const MOST_PITCH: f32 = 45.0;

/// Most points of the mesh that may lie outside the picture, as a share.
pub const MOST_OUTSIDE: f32 = 0.03;

/// Least sharpness of a face (see [`Quality::sharpness`]): about what a blur by 2.5 % of its width leaves.
/// Sharp photos have 0.4 to 0.7.
pub const LEAST_SHARPNESS: f32 = 0.24;

/// Least median luma of a face; dark skin in ordinary light is well above it.
pub const LEAST_LUMA: f32 = 20.0;

impl Quality {
    /// Whether nothing speaks against using the face.
    pub fn is_good(&self) -> bool {
        self.faults.is_empty()
    }

    /// Judges the face of `mesh` in `picture`; `grid` is scratch.
    pub(crate) fn of_face(
        picture: View<'_, Srgb8>,
        mesh: &[Point3],
        pose: &Pose,
        grid: &mut LumaGrid,
    ) -> Quality {
        let width = pose.scale * canonical_width();
        grid.fill(picture, mesh, width);
        let (sharpness, luma) = (grid.sharpness(), grid.median());
        Quality {
            faults: faults(width, pose, share_outside(picture, mesh), sharpness, luma),
            width,
            sharpness,
            luma,
        }
    }
}

/// From ear to ear on the canonical model, in centimetres.
fn canonical_width() -> f32 {
    let vertices = &canonical().vertices;
    vertices[454][0] - vertices[234][0]
}

fn share_outside(picture: View<'_, Srgb8>, mesh: &[Point3]) -> f32 {
    // A pixel's area reaches half a pixel beyond its centre.
    let within = |value: f32, length: usize| value >= -0.5 && value <= length as f32 - 0.5;
    let outside = mesh
        .iter()
        .filter(|point| !within(point.x, picture.width()) || !within(point.y, picture.height()))
        .count();
    outside as f32 / mesh.len().max(1) as f32
}

/// The faults, those that no better picture of the same scene would cure first.
fn faults(width: f32, pose: &Pose, outside: f32, sharpness: f32, luma: f32) -> Vec<Fault> {
    let (yaw, pitch) = (pose.yaw, pose.pitch);
    let turned_away = |most| Fault::TurnedAway { yaw, pitch, most };
    let checks = [
        (width < LEAST_WIDTH).then_some(Fault::TooSmall {
            width,
            least: LEAST_WIDTH,
        }),
        if yaw.abs() > MOST_YAW {
            Some(turned_away(MOST_YAW))
        } else if pitch.abs() > MOST_PITCH {
            Some(turned_away(MOST_PITCH))
        } else {
            None
        },
        (outside > MOST_OUTSIDE).then_some(Fault::CutByBorder { outside }),
        (luma < LEAST_LUMA).then_some(Fault::Dark {
            luma,
            least: LEAST_LUMA,
        }),
        (sharpness < LEAST_SHARPNESS).then_some(Fault::Blurred {
            sharpness,
            least: LEAST_SHARPNESS,
        }),
    ];
    checks.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use pixel::Image;

    fn pose(yaw: f32, pitch: f32) -> Pose {
        Pose {
            yaw,
            pitch,
            roll: 90.0,
            rotation: [[0.0; 3]; 3],
            scale: 10.0,
        }
    }

    #[test]
    fn each_threshold_gives_its_fault() {
        let judge = |width, yaw, pitch, outside, sharpness, luma| {
            let faults = faults(width, &pose(yaw, pitch), outside, sharpness, luma);
            faults.iter().map(short_name).collect::<Vec<_>>()
        };
        fn short_name(fault: &Fault) -> &'static str {
            match fault {
                Fault::TooSmall { .. } => "small",
                Fault::TurnedAway { .. } => "turned",
                Fault::CutByBorder { .. } => "cut",
                Fault::Blurred { .. } => "blurred",
                Fault::Dark { .. } => "dark",
            }
        }
        let good: [&str; 0] = [];
        assert_eq!(judge(34.0, 60.0, -45.0, 0.03, 0.24, 20.0), good);
        assert_eq!(judge(33.9, 0.0, 0.0, 0.0, 0.5, 90.0), ["small"]);
        assert_eq!(judge(99.0, -60.1, 0.0, 0.0, 0.5, 90.0), ["turned"]);
        assert_eq!(judge(99.0, 0.0, 45.1, 0.0, 0.5, 90.0), ["turned"]);
        assert_eq!(judge(99.0, 0.0, 0.0, 0.04, 0.5, 90.0), ["cut"]);
        assert_eq!(judge(99.0, 0.0, 0.0, 0.0, 0.23, 90.0), ["blurred"]);
        assert_eq!(judge(99.0, 0.0, 0.0, 0.0, 0.5, 19.0), ["dark"]);
        assert_eq!(
            judge(9.0, 80.0, 80.0, 0.9, 0.0, 0.0),
            ["small", "turned", "cut", "dark", "blurred"]
        );
    }

    #[test]
    fn the_limit_named_is_the_one_exceeded() {
        for (yaw, pitch, most) in [(70.0, 0.0, MOST_YAW), (10.0, -50.0, MOST_PITCH)] {
            assert_eq!(
                faults(99.0, &pose(yaw, pitch), 0.0, 1.0, 99.0),
                [Fault::TurnedAway { yaw, pitch, most }]
            );
        }
    }

    #[test]
    fn points_beyond_the_border_are_counted() {
        let image = Image::new(10, 8, Srgb8::WHITE);
        let mesh: Vec<Point3> = [(-0.4, 0.0), (9.4, 7.4), (9.6, 3.0), (4.0, -3.0)]
            .map(|(x, y)| Point3 { x, y, z: 0.0 })
            .to_vec();
        assert_eq!(share_outside(image.view(), &mesh), 0.5);
    }
}
