//! Where a head looks, from its mesh.

use crate::canonical::canonical;
use crate::{Point3, Pose, Similarity};

/// A point of the canonical model with its axes turned to the picture's: x right, y down, z away.
fn to_picture_axes([x, y, z]: [f32; 3]) -> [f32; 3] {
    [x, -y, -z]
}

impl Pose {
    /// The pose whose rigid fit takes the canonical model nearest to `mesh` at the points that
    /// move least with expression; `None` when the mesh is no face (all in one place, not finite).
    ///
    /// The rotation is split as `roll · yaw · pitch`, so that turning the whole picture changes
    /// the roll alone.
    pub fn of_mesh(mesh: &[Point3]) -> Option<Pose> {
        let model = canonical();
        if mesh.len() < model.vertices.len() {
            return None;
        }
        let fit = Similarity::fit(model.rigid.iter().map(|&(index, weight)| {
            let index = usize::from(index);
            let Point3 { x, y, z } = mesh[index];
            (to_picture_axes(model.vertices[index]), [x, y, z], weight)
        }))?;
        let rotation = fit.rotation;
        Some(Pose {
            yaw: rotation[2][0].clamp(-1.0, 1.0).asin().to_degrees(),
            pitch: rotation[2][1].atan2(rotation[2][2]).to_degrees(),
            roll: rotation[1][0].atan2(rotation[0][0]).to_degrees(),
            rotation,
            scale: fit.scale,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Matrix = [[f32; 3]; 3];

    fn product(a: Matrix, b: Matrix) -> Matrix {
        std::array::from_fn(|row| {
            std::array::from_fn(|column| (0..3).map(|k| a[row][k] * b[k][column]).sum())
        })
    }

    /// Looking to the right by `yaw`, down by `pitch`, then the picture turned clockwise by `roll`.
    fn turned(yaw: f32, pitch: f32, roll: f32) -> Matrix {
        let [(sy, cy), (sp, cp), (sr, cr)] =
            [yaw, pitch, roll].map(|degrees| degrees.to_radians().sin_cos());
        let roll = [[cr, -sr, 0.0], [sr, cr, 0.0], [0.0, 0.0, 1.0]];
        let yaw = [[cy, 0.0, -sy], [0.0, 1.0, 0.0], [sy, 0.0, cy]];
        let pitch = [[1.0, 0.0, 0.0], [0.0, cp, -sp], [0.0, sp, cp]];
        product(roll, product(yaw, pitch))
    }

    fn mesh(rotation: Matrix, scale: f32) -> Vec<Point3> {
        let place = Similarity {
            rotation,
            scale,
            translation: [320.0, 240.0, -15.0],
        };
        canonical()
            .vertices
            .iter()
            .map(|&vertex| {
                let [x, y, z] = place.apply(to_picture_axes(vertex));
                Point3 { x, y, z }
            })
            .collect()
    }

    #[test]
    fn known_turns_are_found_again() {
        for (yaw, pitch, roll, scale) in [
            (0.0, 0.0, 0.0, 10.0),
            (40.0, 0.0, 0.0, 10.0),
            (-40.0, 0.0, 0.0, 10.0),
            (0.0, 25.0, 0.0, 3.0),
            (0.0, -25.0, 0.0, 40.0),
            (0.0, 0.0, 30.0, 10.0),
            (0.0, 0.0, -170.0, 10.0),
            (35.0, -20.0, 90.0, 7.0),
            (-60.0, 30.0, 135.0, 0.5),
        ] {
            let pose = Pose::of_mesh(&mesh(turned(yaw, pitch, roll), scale)).unwrap();
            for (found, known) in [
                (pose.yaw, yaw),
                (pose.pitch, pitch),
                (pose.roll, roll),
                (pose.scale, scale),
            ] {
                assert!((found - known).abs() < 0.01, "{known}: {pose:?}");
            }
        }
    }

    #[test]
    fn signs_are_those_of_the_picture() {
        let nose_to_the_right = mesh(turned(30.0, 0.0, 0.0), 10.0);
        // The tip of the nose lies to the right of the middle between the cheeks.
        assert!(
            nose_to_the_right[1].x > (nose_to_the_right[234].x + nose_to_the_right[454].x) / 2.0
        );
        let nose_down = mesh(turned(0.0, 30.0, 0.0), 10.0);
        let level = mesh(turned(0.0, 0.0, 0.0), 10.0);
        let drop = |mesh: &[Point3]| mesh[1].y - (mesh[234].y + mesh[454].y) / 2.0;
        assert!(drop(&nose_down) > drop(&level));
        let clockwise = mesh(turned(0.0, 0.0, 30.0), 10.0);
        // The subject's left eye, on the right of the picture, comes down.
        assert!(clockwise[263].y > clockwise[33].y);
    }

    #[test]
    fn what_is_no_face_has_no_pose() {
        assert!(Pose::of_mesh(&[]).is_none());
        assert!(Pose::of_mesh(&[Point3::default(); 468]).is_none());
        let broken = Point3 {
            x: f32::NAN,
            y: 0.0,
            z: 0.0,
        };
        assert!(Pose::of_mesh(&[broken; 468]).is_none());
    }
}
