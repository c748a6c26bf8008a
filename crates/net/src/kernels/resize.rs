//! Bilinear resizing.
#![allow(unsafe_code)]

use super::Step;
use super::epilogue::ChannelActivation;
use crate::InstructionSet;
use crate::graph::{Activation, LANES, Shape};
use crate::lanes::{Kernel, Lanes};

/// Where an output row or column lies between two of the input.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Between {
    first: usize,
    second: usize,
    /// How much of the second.
    share: f32,
}

/// Bilinear resizing as TFLite defines it; a second input of the output's shape is added.
#[derive(Debug)]
pub(crate) struct ResizeStep {
    rows: Vec<Between>,
    columns: Vec<Between>,
    input: Shape,
    channels: usize,
    activation: ChannelActivation,
}

impl ResizeStep {
    pub(crate) fn new(
        half_pixel_centers: bool,
        align_corners: bool,
        activation: &Activation,
        input: Shape,
        output: Shape,
    ) -> Self {
        let axis = |from: usize, to: usize| -> Vec<Between> {
            let scale = if align_corners && to > 1 {
                (from - 1) as f32 / (to - 1) as f32
            } else {
                from as f32 / to as f32
            };
            (0..to)
                .map(|k| between(k, scale, half_pixel_centers, from))
                .collect()
        };
        Self {
            rows: axis(input.height, output.height),
            columns: axis(input.width, output.width),
            input,
            channels: output.padded_channels(),
            activation: ChannelActivation::new(activation, output),
        }
    }
}

fn between(k: usize, scale: f32, half_pixel_centers: bool, length: usize) -> Between {
    let position = if half_pixel_centers {
        (k as f32 + 0.5) * scale - 0.5
    } else {
        k as f32 * scale
    };
    let floor = position.floor();
    let clamp = |v: f32| (v.max(0.0) as usize).min(length - 1);
    Between {
        first: clamp(floor),
        second: clamp(floor + 1.0),
        share: position - floor,
    }
}

impl Step for ResizeStep {
    fn run(&self, set: InstructionSet, inputs: &[&[f32]], output: &mut [f32], _: &mut [f32]) {
        set.run(Run {
            step: self,
            image: inputs[0],
            added: inputs.get(1).copied(),
            output,
        });
    }
}

struct Run<'a> {
    step: &'a ResizeStep,
    image: &'a [f32],
    added: Option<&'a [f32]>,
    output: &'a mut [f32],
}

impl Kernel for Run<'_> {
    #[inline(always)]
    fn run<L: Lanes>(self, lanes: L) {
        let step = self.step;
        let channels = step.channels;
        let width = step.columns.len();
        let pixel =
            |y: usize, x: usize| &self.image[(y * step.input.width + x) * channels..][..channels];
        for (y, row) in step.rows.iter().enumerate() {
            for (x, column) in step.columns.iter().enumerate() {
                let corners = [
                    pixel(row.first, column.first),
                    pixel(row.first, column.second),
                    pixel(row.second, column.first),
                    pixel(row.second, column.second),
                ];
                let at = (y * width + x) * channels;
                let to = &mut self.output[at..at + channels];
                mix(lanes, corners, row.share, column.share, to);
                if let Some(added) = self.added {
                    add(lanes, &added[at..at + channels], to);
                }
            }
        }
        super::elementwise::activate(lanes, &step.activation, self.output, channels);
    }
}

/// Bilinear mix of four pixels: upper left, upper right, lower left, lower right.
#[inline(always)]
pub(super) fn mix<L: Lanes>(lanes: L, corners: [&[f32]; 4], down: f32, right: f32, to: &mut [f32]) {
    let shares = [
        (1.0 - down) * (1.0 - right),
        (1.0 - down) * right,
        down * (1.0 - right),
        down * right,
    ];
    assert!(corners.iter().all(|corner| corner.len() >= to.len()));
    for (block, to) in to.chunks_exact_mut(LANES).enumerate() {
        let mut sum = lanes.zero();
        for (corner, share) in corners.iter().zip(shares) {
            // SAFETY: each corner is as long as `to`, of which this is a whole vector.
            let value = unsafe { lanes.load(corner.as_ptr().add(block * LANES)) };
            sum = lanes.multiply_add(lanes.splat(share), value, sum);
        }
        // SAFETY: `to` is 16 numbers.
        unsafe { lanes.store(sum, to.as_mut_ptr()) };
    }
}

#[inline(always)]
fn add<L: Lanes>(lanes: L, from: &[f32], to: &mut [f32]) {
    for (to, from) in to.chunks_exact_mut(LANES).zip(from.chunks_exact(LANES)) {
        // SAFETY: both chunks are 16 numbers.
        unsafe {
            let sum = lanes.add(lanes.load(to.as_ptr()), lanes.load(from.as_ptr()));
            lanes.store(sum, to.as_mut_ptr());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::testing::{check, noise, pad_channels, shape};

    #[test]
    fn positions_of_both_conventions() {
        let at = |k, half, scale, length| {
            let b = between(k, scale, half, length);
            (b.first, b.second, b.share)
        };
        assert_eq!(at(0, true, 0.5, 6), (0, 0, 0.75));
        assert_eq!(at(1, true, 0.5, 6), (0, 1, 0.25));
        assert_eq!(at(11, true, 0.5, 6), (5, 5, 0.25));
        assert_eq!(at(3, false, 0.5, 6), (1, 2, 0.5));
        assert_eq!(at(11, false, 0.5, 6), (5, 5, 0.5));
    }

    #[test]
    fn a_slope_stays_a_slope() {
        let (input, output) = (shape(1, 4, 1), shape(1, 8, 1));
        let image = pad_channels(&[0.0, 1.0, 2.0, 3.0], input);
        let step = ResizeStep::new(true, false, &Activation::None, input, output);
        let expected = [0.0, 0.25, 0.75, 1.25, 1.75, 2.25, 2.75, 3.0];
        check(&step, &[&image], &expected, output);
        let step = ResizeStep::new(false, true, &Activation::None, input, shape(1, 7, 1));
        let expected = [0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0];
        check(&step, &[&image], &expected, shape(1, 7, 1));
    }

    #[test]
    fn same_size_is_the_identity_and_the_second_input_is_added() {
        let size = shape(3, 4, 20);
        let (a, b) = (noise(size.len(), 1), noise(size.len(), 2));
        let expected: Vec<f32> = a.iter().zip(&b).map(|(a, b)| (a + b).max(0.0)).collect();
        let step = ResizeStep::new(true, false, &Activation::Relu, size, size);
        check(
            &step,
            &[&pad_channels(&a, size), &pad_channels(&b, size)],
            &expected,
            size,
        );
    }
}
