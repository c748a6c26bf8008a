//! Pooling.
#![allow(unsafe_code)]

use super::Step;
use super::convolution::inside_rows;
use super::epilogue::ChannelActivation;
use crate::InstructionSet;
use crate::graph::{Activation, LANES, Shape, Window};
use crate::lanes::{Kernel, Lanes};

/// The largest number in each window; what lies outside of the image does not count.
#[derive(Debug)]
pub(crate) struct MaxPoolStep {
    window: Window,
    activation: ChannelActivation,
    input: Shape,
    output: Shape,
}

impl MaxPoolStep {
    pub(crate) fn new(
        window: Window,
        activation: &Activation,
        input: Shape,
        output: Shape,
    ) -> Self {
        Self {
            window,
            activation: ChannelActivation::new(activation, output),
            input,
            output,
        }
    }
}

impl Step for MaxPoolStep {
    fn run(&self, set: InstructionSet, inputs: &[&[f32]], output: &mut [f32], _: &mut [f32]) {
        set.run(MaxPool {
            step: self,
            image: inputs[0],
            output,
        });
    }
}

struct MaxPool<'a> {
    step: &'a MaxPoolStep,
    image: &'a [f32],
    output: &'a mut [f32],
}

impl Kernel for MaxPool<'_> {
    #[inline(always)]
    fn run<L: Lanes>(self, lanes: L) {
        let MaxPoolStep {
            window,
            input,
            output,
            activation,
        } = self.step;
        let channels = output.padded_channels();
        let lines = self.output.chunks_exact_mut(output.width * channels);
        for (y, line) in lines.enumerate() {
            let (rows, top) = inside_rows(*window, *input, y);
            let rows = top..top + rows.len();
            for (x, to) in line.chunks_exact_mut(channels).enumerate() {
                let start = x * window.stride_x;
                let left = start.saturating_sub(window.left);
                let right = (start + window.width - window.left).min(input.width);
                let corner = top * input.width + left;
                to.copy_from_slice(&self.image[corner * channels..][..channels]);
                for row in rows.clone() {
                    let line = row * input.width;
                    let seen = &self.image[(line + left) * channels..(line + right) * channels];
                    for from in seen.chunks_exact(channels) {
                        larger(lanes, to, from);
                    }
                }
            }
        }
        super::elementwise::activate(lanes, activation, self.output, channels);
    }
}

/// Keeps the larger of each pair.
#[inline(always)]
fn larger<L: Lanes>(lanes: L, to: &mut [f32], from: &[f32]) {
    for (to, from) in to.chunks_exact_mut(LANES).zip(from.chunks_exact(LANES)) {
        // SAFETY: both chunks are 16 numbers.
        unsafe {
            let value = lanes.max(lanes.load(to.as_ptr()), lanes.load(from.as_ptr()));
            lanes.store(value, to.as_mut_ptr());
        }
    }
}

/// The mean over the whole image.
#[derive(Debug)]
pub(crate) struct MeanPoolStep {
    activation: ChannelActivation,
    input: Shape,
}

impl MeanPoolStep {
    pub(crate) fn new(activation: &Activation, input: Shape) -> Self {
        Self {
            activation: ChannelActivation::new(activation, input),
            input,
        }
    }
}

impl Step for MeanPoolStep {
    fn run(&self, set: InstructionSet, inputs: &[&[f32]], output: &mut [f32], _: &mut [f32]) {
        set.run(MeanPool {
            step: self,
            image: inputs[0],
            output,
        });
    }
}

struct MeanPool<'a> {
    step: &'a MeanPoolStep,
    image: &'a [f32],
    output: &'a mut [f32],
}

impl Kernel for MeanPool<'_> {
    #[inline(always)]
    fn run<L: Lanes>(self, lanes: L) {
        let channels = self.step.input.padded_channels();
        let share = lanes.splat(1.0 / self.step.input.pixels() as f32);
        for (block, to) in self.output.chunks_exact_mut(LANES).enumerate() {
            let mut sum = lanes.zero();
            for pixel in self.image.chunks_exact(channels) {
                let from = &pixel[block * LANES..][..LANES];
                // SAFETY: `from` is 16 numbers.
                sum = lanes.add(sum, unsafe { lanes.load(from.as_ptr()) });
            }
            // SAFETY: `to` is 16 numbers.
            unsafe { lanes.store(lanes.multiply(sum, share), to.as_mut_ptr()) };
        }
        super::elementwise::activate(lanes, &self.step.activation, self.output, channels);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::testing::{check, noise, pad_channels, shape};

    #[test]
    fn max_of_each_window() {
        // window, stride, zeros before, input, output
        for (size, stride, before, i, o) in [
            (2, 2, 0, 6, 3),
            (2, 2, 0, 5, 3),
            (3, 1, 1, 4, 4),
            (3, 2, 1, 7, 4),
        ] {
            let (input, output) = (shape(i, i, 18), shape(o, o, 18));
            // All below zero, so that a zero from outside would be seen.
            let image: Vec<f32> = noise(input.len(), 1).iter().map(|v| v - 2.0).collect();
            let mut expected = Vec::new();
            for (y, x, c) in (0..o * o * 18).map(|k| (k / 18 / o, k / 18 % o, k % 18)) {
                let span = |p: usize| {
                    (0..size).filter_map(move |k| {
                        (p * stride + k).checked_sub(before).filter(|&v| v < i)
                    })
                };
                let values = span(y).flat_map(|iy| {
                    let image = &image;
                    span(x).map(move |ix| image[(iy * i + ix) * 18 + c])
                });
                expected.push(values.fold(f32::NEG_INFINITY, f32::max));
            }
            let window = Window {
                height: size,
                width: size,
                stride_y: stride,
                stride_x: stride,
                top: before,
                left: before,
            };
            let step = MaxPoolStep::new(window, &Activation::None, input, output);
            check(&step, &[&pad_channels(&image, input)], &expected, output);
        }
    }

    #[test]
    fn mean_of_all() {
        let input = shape(7, 5, 20);
        let image = noise(input.len(), 1);
        let expected: Vec<f32> = (0..20)
            .map(|c| image.iter().skip(c).step_by(20).sum::<f32>() / 35.0)
            .collect();
        let step = MeanPoolStep::new(&Activation::None, input);
        check(
            &step,
            &[&pad_channels(&image, input)],
            &expected,
            shape(1, 1, 20),
        );
    }
}
