//! Operators that only move numbers.

use super::Step;
use crate::InstructionSet;
use crate::graph::Shape;

/// Copies `length` numbers of each pixel between images of other strides; the rest becomes zero.
fn copy_pixels(from: &[f32], from_stride: usize, to: &mut [f32], to_stride: usize, length: usize) {
    for (to, from) in to
        .chunks_exact_mut(to_stride)
        .zip(from.chunks_exact(from_stride))
    {
        to[..length].copy_from_slice(&from[..length]);
        to[length..].fill(0.0);
    }
}

/// From padded to dense.
#[derive(Debug)]
pub(crate) struct FlattenStep {
    pub(crate) shape: Shape,
}

impl Step for FlattenStep {
    fn run(&self, _: InstructionSet, inputs: &[&[f32]], output: &mut [f32], _: &mut [f32]) {
        let Shape { channels, .. } = self.shape;
        let stride = self.shape.padded_channels();
        copy_pixels(inputs[0], stride, output, channels, channels);
    }
}

/// From dense to padded.
#[derive(Debug)]
pub(crate) struct WidenStep {
    pub(crate) shape: Shape,
}

impl Step for WidenStep {
    fn run(&self, _: InstructionSet, inputs: &[&[f32]], output: &mut [f32], _: &mut [f32]) {
        let Shape { channels, .. } = self.shape;
        let stride = self.shape.padded_channels();
        copy_pixels(inputs[0], channels, output, stride, channels);
    }
}

/// Dense numbers one after another; with one input, a copy.
#[derive(Debug)]
pub(crate) struct ConcatenateStep;

impl Step for ConcatenateStep {
    fn run(&self, _: InstructionSet, inputs: &[&[f32]], output: &mut [f32], _: &mut [f32]) {
        let mut rest = output;
        for input in inputs {
            let (to, after) = rest.split_at_mut(input.len());
            to.copy_from_slice(input);
            rest = after;
        }
    }
}

/// Zeros around a padded image and after its channels.
#[derive(Debug)]
pub(crate) struct PadStep {
    pub(crate) input: Shape,
    pub(crate) output: Shape,
    pub(crate) top: usize,
    pub(crate) left: usize,
}

impl Step for PadStep {
    fn run(&self, _: InstructionSet, inputs: &[&[f32]], output: &mut [f32], _: &mut [f32]) {
        let (from_stride, to_stride) =
            (self.input.padded_channels(), self.output.padded_channels());
        let line = self.output.width * to_stride;
        output.fill(0.0);
        let lines = output.chunks_exact_mut(line).skip(self.top);
        for (to, from) in lines.zip(inputs[0].chunks_exact(self.input.width * from_stride)) {
            let to = &mut to[self.left * to_stride..][..self.input.width * to_stride];
            copy_pixels(from, from_stride, to, to_stride, from_stride);
        }
    }
}

/// Each pixel's channels become a square of `block`² pixels.
#[derive(Debug)]
pub(crate) struct DepthToSpaceStep {
    pub(crate) input: Shape,
    pub(crate) output: Shape,
    pub(crate) block: usize,
}

impl Step for DepthToSpaceStep {
    fn run(&self, _: InstructionSet, inputs: &[&[f32]], output: &mut [f32], _: &mut [f32]) {
        let Self {
            input,
            output: shape,
            block,
        } = self;
        let stride = shape.padded_channels();
        // In a line of the output, a block of pixels comes from one run of an input pixel's channels.
        let run = block * shape.channels;
        for (y, line) in output.chunks_exact_mut(shape.width * stride).enumerate() {
            let row = &inputs[0][y / block * input.width * input.padded_channels()..];
            let pixels = row.chunks_exact(input.padded_channels());
            for (to, from) in line.chunks_exact_mut(block * stride).zip(pixels) {
                let from = &from[y % block * run..][..run];
                copy_pixels(from, shape.channels, to, stride, shape.channels);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::testing::{check, noise, pad_channels, shape};

    #[test]
    fn flatten_and_widen_are_inverse() {
        let size = shape(2, 3, 5);
        let dense = noise(size.len(), 1);
        let padded = pad_channels(&dense, size);
        check(&WidenStep { shape: size }, &[&dense], &dense, size);
        let mut back = vec![f32::NAN; dense.len()];
        FlattenStep { shape: size }.run(InstructionSet::PORTABLE, &[&padded], &mut back, &mut []);
        assert_eq!(back, dense);
    }

    #[test]
    fn concatenate_in_order() {
        let mut output = [0.0; 5];
        let inputs: [&[f32]; 3] = [&[1.0, 2.0], &[3.0], &[4.0, 5.0]];
        ConcatenateStep.run(InstructionSet::PORTABLE, &inputs, &mut output, &mut []);
        assert_eq!(output, [1.0, 2.0, 3.0, 4.0, 5.0]);
    }

    #[test]
    fn pad_around_and_after() {
        let (input, output) = (shape(2, 3, 10), shape(5, 6, 20));
        let image = noise(input.len(), 1);
        let mut expected = vec![0.0; output.len()];
        for (pixel, from) in image.chunks(10).enumerate() {
            let at = ((pixel / 3 + 1) * 6 + pixel % 3 + 2) * 20;
            expected[at..at + 10].copy_from_slice(from);
        }
        let step = PadStep {
            input,
            output,
            top: 1,
            left: 2,
        };
        check(&step, &[&pad_channels(&image, input)], &expected, output);
    }

    #[test]
    fn depth_to_space_by_the_definition() {
        let (input, output) = (shape(2, 2, 12), shape(4, 4, 3));
        let image = noise(input.len(), 1);
        let expected: Vec<f32> = (0..output.len())
            .map(|k| {
                let (y, x, c) = (k / 12, k / 3 % 4, k % 3);
                image[(y / 2 * 2 + x / 2) * 12 + (y % 2 * 2 + x % 2) * 3 + c]
            })
            .collect();
        let step = DepthToSpaceStep {
            input,
            output,
            block: 2,
        };
        check(&step, &[&pad_channels(&image, input)], &expected, output);
    }
}
