//! Depthwise convolution: each channel with its own small window.
#![allow(unsafe_code)]

use super::Step;
use super::convolution::{inside_columns, inside_rows};
use super::epilogue::ChannelActivation;
use crate::InstructionSet;
use crate::buffer::Buffer;
use crate::graph::{Activation, Depthwise, LANES, Shape, Window};
use crate::lanes::{Kernel, Lanes, Registers};
use std::ops::Range;

/// Weights as `[window row][window column][padded channel]`, with the sizes they were made for.
#[derive(Debug)]
pub(super) struct Filter {
    window: Window,
    input: Shape,
    output: Shape,
    weights: Buffer,
    bias: Buffer,
    /// Output columns whose windows lie inside of the image.
    inside: Range<usize>,
}

impl Filter {
    pub(super) fn new(depthwise: &Depthwise, input: Shape, output: Shape) -> Self {
        let (channels, padded) = (input.channels, input.padded_channels());
        let taps = depthwise.weights.len() / channels;
        let mut weights = Buffer::zeros(taps * padded);
        for (to, from) in weights
            .chunks_exact_mut(padded)
            .zip(depthwise.weights.chunks_exact(channels))
        {
            to[..channels].copy_from_slice(from);
        }
        Self {
            window: depthwise.window,
            input,
            output,
            weights,
            bias: Buffer::padded(&depthwise.bias, padded),
            inside: inside_columns(depthwise.window, input, output),
        }
    }

    /// How many numbers packing makes.
    pub(super) fn packed_size(depthwise: &Depthwise, input: Shape) -> usize {
        let window = depthwise.window;
        window.height * window.width * input.padded_channels()
    }

    /// How many numbers one row of the output has.
    pub(super) fn row_length(&self) -> usize {
        self.output.width * self.output.padded_channels()
    }

    /// Computes row `y` of the output.
    #[inline(always)]
    pub(super) fn row<L: Lanes>(&self, lanes: L, image: &[f32], y: usize, output: &mut [f32]) {
        let Self { window, input, .. } = self;
        let channels = input.padded_channels();
        let (window_rows, image_row) = inside_rows(*window, *input, y);
        assert!(
            image.len() >= input.pixels() * channels
                && image_row + window_rows.len() <= input.height
                && window_rows.end <= window.height
                && self.weights.len() >= window.height * window.width * channels
                && self.bias.len() >= channels
                && output.len() >= self.row_length()
                && channels.is_multiple_of(LANES)
        );
        for channel in (0..channels).step_by(LANES) {
            // SAFETY: the window's rows lie inside of the image, `channel + 16 ≤ channels`, and
            // the columns are limited to those inside; all lengths were just checked.
            unsafe {
                let line = Line {
                    lanes,
                    image: image
                        .as_ptr()
                        .add(image_row * input.width * channels + channel),
                    row_stride: input.width * channels,
                    channels,
                    weights: self
                        .weights
                        .as_ptr()
                        .add(window_rows.start * window.width * channels + channel),
                    rows: window_rows.len(),
                    bias: lanes.load(self.bias.as_ptr().add(channel)),
                    output: output.as_mut_ptr().add(channel),
                };
                for x in (0..self.inside.start).chain(self.inside.end..self.output.width) {
                    line.border(window, input.width, x);
                }
                match (window.width, window.stride_x, L::REGISTERS) {
                    (3, 1, Registers::Many) => line.inside::<3, 1, 6>(window, &self.inside),
                    (3, 1, _) => line.inside::<3, 1, 3>(window, &self.inside),
                    (3, 2, Registers::Many) => line.inside::<3, 2, 6>(window, &self.inside),
                    (3, 2, _) => line.inside::<3, 2, 3>(window, &self.inside),
                    (5, 1, _) => line.inside::<5, 1, 2>(window, &self.inside),
                    (5, 2, _) => line.inside::<5, 2, 2>(window, &self.inside),
                    _ => {
                        for x in self.inside.clone() {
                            line.border(window, input.width, x);
                        }
                    }
                }
            }
        }
    }
}

/// 16 channels of one row of the output, and what it is computed from.
struct Line<L: Lanes> {
    lanes: L,
    /// The first row of the image that the window sees.
    image: *const f32,
    row_stride: usize,
    channels: usize,
    /// The window's row that lies there.
    weights: *const f32,
    /// How many of the window's rows lie inside of the image.
    rows: usize,
    bias: L::Vector,
    output: *mut f32,
}

impl<L: Lanes> Line<L> {
    /// One output whose window may reach beyond the image's sides.
    ///
    /// # Safety
    /// `x` is a column of the output, `width` the image's, and the pointers are those of such a row.
    #[inline(always)]
    unsafe fn border(&self, window: &Window, width: usize, x: usize) {
        let start = x * window.stride_x;
        let first = window.left.saturating_sub(start).min(window.width);
        let end = (width + window.left)
            .saturating_sub(start)
            .min(window.width);
        let mut sum = self.bias;
        for row in 0..self.rows {
            for column in first..end {
                let pixel = start + column - window.left;
                // SAFETY: `first..end` keeps `pixel` inside of the image.
                sum = unsafe {
                    let image = self
                        .image
                        .add(row * self.row_stride + pixel * self.channels);
                    let weight = self
                        .weights
                        .add((row * window.width + column) * self.channels);
                    self.lanes
                        .multiply_add(self.lanes.load(image), self.lanes.load(weight), sum)
                };
            }
        }
        // SAFETY: column `x` of the output exists.
        unsafe { self.lanes.store(sum, self.output.add(x * self.channels)) }
    }

    /// The outputs whose windows lie inside, `AT_ONCE` at once, so that weights and pixels that
    /// windows share are read once.
    ///
    /// # Safety
    /// As for [`Self::border`]; `WIDTH` and `STRIDE` are the window's.
    #[inline(always)]
    unsafe fn inside<const WIDTH: usize, const STRIDE: usize, const AT_ONCE: usize>(
        &self,
        window: &Window,
        columns: &Range<usize>,
    ) {
        let mut x = columns.start;
        // SAFETY: each call stays within `columns`.
        unsafe {
            while x + AT_ONCE <= columns.end {
                self.run::<WIDTH, STRIDE, AT_ONCE>(window.left, x);
                x += AT_ONCE;
            }
            while x < columns.end {
                self.run::<WIDTH, STRIDE, 1>(window.left, x);
                x += 1;
            }
        }
    }

    /// `AT_ONCE` outputs from column `x` on.
    ///
    /// # Safety
    /// The windows at `x..x + AT_ONCE` lie inside of the image's columns.
    #[inline(always)]
    unsafe fn run<const WIDTH: usize, const STRIDE: usize, const AT_ONCE: usize>(
        &self,
        left: usize,
        x: usize,
    ) {
        let lanes = self.lanes;
        let mut sums = [self.bias; AT_ONCE];
        // SAFETY: the caller promises that all of these pixels exist.
        unsafe {
            let start = self.image.add((x * STRIDE - left) * self.channels);
            for row in 0..self.rows {
                let mut weights = [self.bias; WIDTH];
                for (column, weight) in weights.iter_mut().enumerate() {
                    let at = (row * WIDTH + column) * self.channels;
                    *weight = lanes.load(self.weights.add(at));
                }
                let line = start.add(row * self.row_stride);
                for pixel in 0..(AT_ONCE - 1) * STRIDE + WIDTH {
                    let value = lanes.load(line.add(pixel * self.channels));
                    for (k, sum) in sums.iter_mut().enumerate() {
                        let column = pixel.wrapping_sub(k * STRIDE);
                        if column < WIDTH {
                            *sum = lanes.multiply_add(value, weights[column], *sum);
                        }
                    }
                }
            }
            for (k, &sum) in sums.iter().enumerate() {
                lanes.store(sum, self.output.add((x + k) * self.channels));
            }
        }
    }
}

/// A depthwise convolution that no 1×1 convolution follows.
#[derive(Debug)]
pub(crate) struct DepthwiseStep {
    filter: Filter,
    activation: ChannelActivation,
}

impl DepthwiseStep {
    pub(crate) fn new(
        depthwise: &Depthwise,
        activation: &Activation,
        input: Shape,
        output: Shape,
    ) -> Self {
        Self {
            filter: Filter::new(depthwise, input, output),
            activation: ChannelActivation::new(activation, output),
        }
    }

    /// How many numbers packing makes.
    pub(crate) fn packed_size(depthwise: &Depthwise, input: Shape) -> usize {
        Filter::packed_size(depthwise, input)
    }
}

impl Step for DepthwiseStep {
    fn run(&self, set: InstructionSet, inputs: &[&[f32]], output: &mut [f32], _: &mut [f32]) {
        set.run(Run {
            step: self,
            image: inputs[0],
            output,
        });
    }
}

struct Run<'a> {
    step: &'a DepthwiseStep,
    image: &'a [f32],
    output: &'a mut [f32],
}

impl Kernel for Run<'_> {
    #[inline(always)]
    fn run<L: Lanes>(self, lanes: L) {
        let DepthwiseStep { filter, activation } = self.step;
        let channels = filter.output.padded_channels();
        for (y, row) in self
            .output
            .chunks_exact_mut(filter.row_length())
            .enumerate()
        {
            filter.row(lanes, self.image, y, row);
            super::elementwise::activate(lanes, activation, row, channels);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::testing::{check, noise, pad_channels, shape};

    /// The definition, in f64.
    pub(in crate::kernels) fn naive(
        depthwise: &Depthwise,
        image: &[f32],
        input: Shape,
        output: Shape,
    ) -> Vec<f64> {
        let w = depthwise.window;
        let mut result = Vec::new();
        for y in 0..output.height {
            for x in 0..output.width {
                for c in 0..output.channels {
                    let mut sum = f64::from(depthwise.bias[c]);
                    for ky in 0..w.height {
                        for kx in 0..w.width {
                            let iy = (y * w.stride_y + ky).wrapping_sub(w.top);
                            let ix = (x * w.stride_x + kx).wrapping_sub(w.left);
                            if iy < input.height && ix < input.width {
                                let pixel = (iy * input.width + ix) * input.channels + c;
                                let weight = (ky * w.width + kx) * input.channels + c;
                                sum +=
                                    f64::from(image[pixel]) * f64::from(depthwise.weights[weight]);
                            }
                        }
                    }
                    result.push(sum);
                }
            }
        }
        result
    }

    #[test]
    fn matches_the_definition() {
        // window h, w, stride y, x, top, left; input h, w, c; output h, w
        let cases = [
            ([3, 3, 1, 1, 1, 1], [6, 9, 16], [6, 9]),
            ([3, 3, 1, 1, 1, 1], [3, 3, 40], [3, 3]),
            ([3, 3, 1, 1, 1, 1], [2, 2, 5], [2, 2]),
            ([3, 3, 2, 2, 0, 0], [8, 16, 24], [4, 8]),
            ([3, 3, 2, 2, 1, 1], [9, 9, 4], [5, 5]),
            ([5, 5, 1, 1, 2, 2], [7, 12, 17], [7, 12]),
            ([5, 5, 2, 2, 1, 1], [8, 8, 3], [4, 4]),
            ([3, 3, 1, 1, 0, 0], [5, 20, 8], [3, 18]),
            ([2, 4, 3, 3, 0, 1], [6, 9, 8], [2, 3]),
            ([1, 1, 1, 1, 0, 0], [2, 3, 16], [2, 3]),
        ];
        for (w, i, o) in cases {
            let (input, output) = (shape(i[0], i[1], i[2]), shape(o[0], o[1], i[2]));
            let depthwise = Depthwise {
                window: Window {
                    height: w[0],
                    width: w[1],
                    stride_y: w[2],
                    stride_x: w[3],
                    top: w[4],
                    left: w[5],
                },
                weights: noise(w[0] * w[1] * i[2], 1).into(),
                bias: noise(i[2], 2).into(),
            };
            let image = noise(input.len(), 3);
            let expected: Vec<f32> = naive(&depthwise, &image, input, output)
                .into_iter()
                .map(|sum| (sum as f32).max(0.0))
                .collect();
            let step = DepthwiseStep::new(&depthwise, &Activation::Relu, input, output);
            check(&step, &[&pad_channels(&image, input)], &expected, output);
        }
    }
}
