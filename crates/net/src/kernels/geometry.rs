//! MediaPipe's operators that crop an image around landmarks and map points back.

use super::Step;
use super::resize::mix;
use crate::InstructionSet;
use crate::graph::{LandmarkBox, Shape};
use crate::lanes::{Kernel, Lanes};

/// From landmarks (x, y, z) to the matrix that maps a crop's pixels to the landmarks' coordinates.
///
/// The crop is the box around a subset of them, along the line between two of them, made larger.
#[derive(Debug)]
pub(crate) struct LandmarksToMatrixStep {
    pub(crate) landmark_box: LandmarkBox,
}

impl Step for LandmarksToMatrixStep {
    fn run(&self, _: InstructionSet, inputs: &[&[f32]], output: &mut [f32], _: &mut [f32]) {
        output.copy_from_slice(&crop_matrix(&self.landmark_box, inputs[0]));
    }
}

/// The 4×4 matrix, row by row.
fn crop_matrix(landmark_box: &LandmarkBox, landmarks: &[f32]) -> [f32; 16] {
    let point = |index: usize| (landmarks[3 * index], landmarks[3 * index + 1]);
    let (left, right) = (point(landmark_box.left), point(landmark_box.right));
    let angle = landmark_box.target_angle - (right.1 - left.1).atan2(right.0 - left.0);
    let (sin, cos) = angle.sin_cos();
    // Upright: turned so that the line has the angle it shall have.
    let mut low = [f32::INFINITY; 2];
    let mut high = [f32::NEG_INFINITY; 2];
    for &index in &landmark_box.subset {
        let (x, y) = point(index);
        for (axis, upright) in [x * cos - y * sin, x * sin + y * cos]
            .into_iter()
            .enumerate()
        {
            low[axis] = low[axis].min(upright);
            high[axis] = high[axis].max(upright);
        }
    }
    let (u, v) = ((low[0] + high[0]) / 2.0, (low[1] + high[1]) / 2.0);
    let center = (u * cos + v * sin, v * cos - u * sin);
    let (width, height) = (landmark_box.crop_width, landmark_box.crop_height);
    let scale_x = landmark_box.scale_x * (high[0] - low[0]) / width;
    let scale_y = landmark_box.scale_y * (high[1] - low[1]) / height;
    let (xx, xy) = (cos * scale_x, sin * scale_y);
    let (yx, yy) = (-sin * scale_x, cos * scale_y);
    let x = center.0 - (xx * width + xy * height) / 2.0;
    let y = center.1 - (yx * width + yy * height) / 2.0;
    [
        [xx, xy, 0.0, x],
        [yx, yy, 0.0, y],
        [0.0, 0.0, 1.0, 0.0],
        [0.0, 0.0, 0.0, 1.0],
    ]
    .as_flattened()
    .try_into()
    .unwrap_or([0.0; 16])
}

/// The first two rows of a 4×4 matrix, without their third column.
fn affine(matrix: &[f32]) -> [[f32; 3]; 2] {
    [0, 4].map(|row| [matrix[row], matrix[row + 1], matrix[row + 3]])
}

/// Maps points (x, y) by a matrix; a third coordinate stays as it is.
#[derive(Debug)]
pub(crate) struct TransformPointsStep {
    pub(crate) dimensions: usize,
}

impl Step for TransformPointsStep {
    fn run(&self, _: InstructionSet, inputs: &[&[f32]], output: &mut [f32], _: &mut [f32]) {
        let rows = affine(inputs[1]);
        let points = inputs[0].chunks_exact(self.dimensions);
        for (to, from) in output.chunks_exact_mut(self.dimensions).zip(points) {
            to.copy_from_slice(from);
            for (to, [x, y, shift]) in to.iter_mut().zip(rows) {
                *to = x * from[0] + y * from[1] + shift;
            }
        }
    }
}

/// Samples an image bilinearly where a matrix maps the output's pixels; zeros outside of it.
///
/// Coordinates are of pixels' corners: the centre of the first pixel is at ½, ½.
#[derive(Debug)]
pub(crate) struct WarpStep {
    pub(crate) input: Shape,
    pub(crate) output: Shape,
}

impl Step for WarpStep {
    fn run(&self, set: InstructionSet, inputs: &[&[f32]], output: &mut [f32], _: &mut [f32]) {
        set.run(Warp {
            step: self,
            image: inputs[0],
            matrix: inputs[1],
            output,
        });
    }
}

struct Warp<'a> {
    step: &'a WarpStep,
    image: &'a [f32],
    matrix: &'a [f32],
    output: &'a mut [f32],
}

impl Kernel for Warp<'_> {
    #[inline(always)]
    fn run<L: Lanes>(self, lanes: L) {
        let WarpStep { input, output } = self.step;
        let channels = input.padded_channels();
        let rows = affine(self.matrix);
        let pixel =
            |y: usize, x: usize| &self.image[(y * input.width + x) * channels..][..channels];
        for (index, to) in self.output.chunks_exact_mut(channels).enumerate() {
            let (y, x) = (index / output.width, index % output.width);
            let [x, y] = rows
                .map(|[xx, xy, shift]| xx * (x as f32 + 0.5) + xy * (y as f32 + 0.5) + shift - 0.5);
            // Written so that NaN counts as outside.
            let inside = x >= 0.0
                && y >= 0.0
                && x <= (input.width - 1) as f32
                && y <= (input.height - 1) as f32;
            if !inside {
                to.fill(0.0);
                continue;
            }
            let (left, top) = (x as usize, y as usize);
            // Beyond the last pixel the share is 0.
            let right = (left + 1).min(input.width - 1);
            let bottom = (top + 1).min(input.height - 1);
            let corners = [
                pixel(top, left),
                pixel(top, right),
                pixel(bottom, left),
                pixel(bottom, right),
            ];
            mix(lanes, corners, y - top as f32, x - left as f32, to);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::testing::{check, noise, pad_channels, shape};

    fn landmark_box() -> LandmarkBox {
        LandmarkBox {
            subset: vec![0, 1, 2, 3],
            left: 0,
            right: 1,
            target_angle: 0.0,
            scale_x: 2.0,
            scale_y: 1.0,
            crop_width: 16.0,
            crop_height: 8.0,
        }
    }

    #[test]
    fn crop_corners_fall_on_the_box() {
        // A box of 4×2 around (10, 20), turned by a right angle: its upper side runs downwards.
        let landmarks = [
            [11.0, 18.0, 0.0],
            [11.0, 22.0, 5.0],
            [9.0, 18.0, 0.0],
            [9.0, 22.0, 0.0],
        ];
        let matrix = crop_matrix(&landmark_box(), landmarks.as_flattened());
        // Twice as wide: from 16 to 24 along y.
        for (crop, expected) in [
            ([0.0, 0.0], [11.0, 16.0]),
            ([16.0, 0.0], [11.0, 24.0]),
            ([0.0, 8.0], [9.0, 16.0]),
            ([8.0, 4.0], [10.0, 20.0]),
        ] {
            let mut found = [0.0; 2];
            TransformPointsStep { dimensions: 2 }.run(
                InstructionSet::PORTABLE,
                &[&crop, &matrix],
                &mut found,
                &mut [],
            );
            for (found, expected) in found.iter().zip(expected) {
                assert!(
                    (found - expected).abs() < 1e-4,
                    "{crop:?}: {found} {expected}"
                );
            }
        }
    }

    #[test]
    fn third_coordinates_stay() {
        let mut matrix = [0.0; 16];
        matrix[0] = 2.0;
        matrix[7] = 1.0;
        let mut found = [0.0; 6];
        TransformPointsStep { dimensions: 3 }.run(
            InstructionSet::PORTABLE,
            &[&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], &matrix],
            &mut found,
            &mut [],
        );
        assert_eq!(found, [2.0, 1.0, 3.0, 8.0, 1.0, 6.0]);
    }

    #[test]
    fn warp_shifts_and_fills_with_zeros() {
        let size = shape(4, 5, 20);
        let image = noise(size.len(), 1);
        let at = |y: i32, x: i32, c: i32| {
            let inside = (0..4).contains(&y) && (0..5).contains(&x);
            if inside {
                image[((y * 5 + x) * 20 + c) as usize]
            } else {
                0.0
            }
        };
        let expected = |f: &dyn Fn(i32, i32, i32) -> f32| -> Vec<f32> {
            (0..400).map(|k| f(k / 100, k / 20 % 5, k % 20)).collect()
        };
        let step = WarpStep {
            input: size,
            output: size,
        };
        let padded = pad_channels(&image, size);
        let mut matrix = [0.0; 16];
        (matrix[0], matrix[5]) = (1.0, 1.0);
        (matrix[3], matrix[7]) = (1.0, -2.0);
        let shifted = expected(&|y, x, c| at(y - 2, x + 1, c));
        check(&step, &[&padded, &matrix], &shifted, size);
        (matrix[3], matrix[7]) = (0.5, 0.0);
        // The last column's samples lie between the last pixel and the outside: outside.
        let halves = expected(&|y, x, c| match x {
            4 => 0.0,
            _ => (at(y, x, c) + at(y, x + 1, c)) / 2.0,
        });
        check(&step, &[&padded, &matrix], &halves, size);
        matrix[0] = f32::NAN;
        check(&step, &[&padded, &matrix], &expected(&|_, _, _| 0.0), size);
    }
}
