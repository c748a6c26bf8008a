//! Full convolution.

use super::Step;
use super::epilogue::{Epilogue, Finish};
use super::gemm::{Panels, Product, Rows, multiply};
use crate::InstructionSet;
use crate::graph::{Activation, Convolution, Shape, Window};
use crate::lanes::{Kernel, Lanes};
use std::ops::Range;

/// A convolution as a matrix product.
///
/// Where the window lies wholly inside of the image's columns, the product reads the image where it
/// is: the numbers below one row of the window are contiguous. Only at the left and right border
/// are windows first copied, with their zeros.
#[derive(Debug)]
pub(crate) struct ConvolutionStep {
    window: Window,
    input: Shape,
    output: Shape,
    /// Numbers from one input pixel to the next.
    stride: usize,
    panels: Panels,
    finish: Finish,
    /// Output columns whose windows lie inside of the image.
    inside: Range<usize>,
}

impl ConvolutionStep {
    /// Prepares `convolution`; `stride` is the input's, padded or not, `residual` what is added.
    pub(crate) fn new(
        convolution: &Convolution,
        activation: &Activation,
        input: Shape,
        stride: usize,
        output: Shape,
        residual: Option<Shape>,
    ) -> Self {
        Self {
            window: convolution.window,
            input,
            output,
            stride,
            panels: Panels::pack(
                &convolution.weights,
                output.channels,
                input.channels,
                stride,
            ),
            finish: Finish::new(&convolution.bias, activation, output, residual),
            inside: inside_columns(convolution.window, input, output),
        }
    }

    /// How many numbers packing makes.
    pub(crate) fn packed_size(convolution: &Convolution, stride: usize, output: Shape) -> usize {
        let window = convolution.window;
        Panels::size(output.channels, window.height * window.width * stride)
    }

    /// Whether pixels meet weights one by one, without a window.
    fn is_pointwise(&self) -> bool {
        let w = self.window;
        w.height == 1 && w.width == 1 && w.stride_x == 1 && w.stride_y == 1
    }

    fn border_columns(&self) -> usize {
        self.output.width - self.inside.len()
    }
}

/// The output columns whose windows lie inside of the image.
pub(super) fn inside_columns(window: Window, input: Shape, output: Shape) -> Range<usize> {
    let first = window.left.div_ceil(window.stride_x).min(output.width);
    let end = match (input.width + window.left).checked_sub(window.width) {
        None => 0,
        Some(room) => (room / window.stride_x + 1).min(output.width),
    };
    first..end.max(first)
}

/// The window's rows that lie inside of the image, and the image's row that the first of them is on.
pub(super) fn inside_rows(window: Window, input: Shape, y: usize) -> (Range<usize>, usize) {
    let start = y * window.stride_y;
    let first = window.top.saturating_sub(start).min(window.height);
    let end = (input.height + window.top)
        .saturating_sub(start)
        .min(window.height);
    let rows = first..end.max(first);
    (rows, start + first - window.top.min(start + first))
}

impl Step for ConvolutionStep {
    fn workspace(&self) -> usize {
        if self.is_pointwise() {
            0
        } else {
            self.border_columns() * self.panels.depth()
        }
    }

    fn run(
        &self,
        set: InstructionSet,
        inputs: &[&[f32]],
        output: &mut [f32],
        workspace: &mut [f32],
    ) {
        set.run(Run {
            step: self,
            image: inputs[0],
            epilogue: self.finish.epilogue(inputs),
            output,
            workspace,
        });
    }
}

struct Run<'a> {
    step: &'a ConvolutionStep,
    image: &'a [f32],
    epilogue: Epilogue<'a>,
    output: &'a mut [f32],
    workspace: &'a mut [f32],
}

impl Kernel for Run<'_> {
    #[inline(always)]
    fn run<L: Lanes>(mut self, lanes: L) {
        if self.step.is_pointwise() {
            multiply(
                lanes,
                Product {
                    rows: Rows::contiguous(self.image, self.step.stride),
                    panels: &self.step.panels,
                    first: 0,
                    epilogue: self.epilogue,
                    output: self.output,
                },
            );
            return;
        }
        for y in 0..self.step.output.height {
            self.row(lanes, y);
        }
    }
}

impl Run<'_> {
    #[inline(always)]
    fn row<L: Lanes>(&mut self, lanes: L, y: usize) {
        let step = self.step;
        let window = step.window;
        let columns = step.panels.columns();
        let (window_rows, image_row) = inside_rows(window, step.input, y);
        let inside = step.inside.clone();
        let first_pixel = y * step.output.width;
        let line = step.input.width * step.stride;
        if !inside.is_empty() {
            let start =
                image_row * line + (inside.start * window.stride_x - window.left) * step.stride;
            let pixel = first_pixel + inside.start;
            multiply(
                lanes,
                Product {
                    rows: Rows {
                        values: &self.image[start..],
                        count: inside.len(),
                        row_stride: window.stride_x * step.stride,
                        segments: window_rows.len(),
                        segment_stride: line,
                        segment_length: window.width * step.stride,
                    },
                    panels: &step.panels,
                    first: window_rows.start * window.width * step.stride,
                    epilogue: self.epilogue.starting_at(pixel),
                    output: &mut self.output[pixel * columns..],
                },
            );
        }
        for border in [0..inside.start, inside.end..step.output.width] {
            if border.is_empty() {
                continue;
            }
            let copies = &mut self.workspace[..border.len() * step.panels.depth()];
            for (x, copy) in border
                .clone()
                .zip(copies.chunks_exact_mut(step.panels.depth()))
            {
                copy_window(step, self.image, (y, x), copy);
            }
            let pixel = first_pixel + border.start;
            multiply(
                lanes,
                Product {
                    rows: Rows::contiguous(copies, step.panels.depth()),
                    panels: &step.panels,
                    first: 0,
                    epilogue: self.epilogue.starting_at(pixel),
                    output: &mut self.output[pixel * columns..],
                },
            );
        }
    }
}

/// Copies what the window at output pixel (`y`, `x`) sees, zeros outside of the image.
fn copy_window(step: &ConvolutionStep, image: &[f32], (y, x): (usize, usize), copy: &mut [f32]) {
    let window = step.window;
    copy.fill(0.0);
    let (rows, image_row) = inside_rows(window, step.input, y);
    for (row, image_y) in rows.zip(image_row..) {
        for column in 0..window.width {
            let image_x = x * window.stride_x + column;
            if image_x < window.left || image_x - window.left >= step.input.width {
                continue;
            }
            let from = (image_y * step.input.width + image_x - window.left) * step.stride;
            let to = (row * window.width + column) * step.stride;
            copy[to..to + step.stride].copy_from_slice(&image[from..from + step.stride]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::testing::{check, noise, pad_channels, shape};

    /// The definition, in f64.
    fn naive(convolution: &Convolution, image: &[f32], input: Shape, output: Shape) -> Vec<f64> {
        let w = convolution.window;
        let mut result = Vec::new();
        for y in 0..output.height {
            for x in 0..output.width {
                for n in 0..output.channels {
                    let mut sum = f64::from(convolution.bias[n]);
                    for ky in 0..w.height {
                        for kx in 0..w.width {
                            let iy = (y * w.stride_y + ky).wrapping_sub(w.top);
                            let ix = (x * w.stride_x + kx).wrapping_sub(w.left);
                            if iy >= input.height || ix >= input.width {
                                continue;
                            }
                            for c in 0..input.channels {
                                let weight =
                                    ((n * w.height + ky) * w.width + kx) * input.channels + c;
                                let pixel = (iy * input.width + ix) * input.channels + c;
                                sum += f64::from(convolution.weights[weight])
                                    * f64::from(image[pixel]);
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
        // window h, w, stride y, x, top, left, input h, w, c, output h, w, c, dense input, residual
        let cases = [
            ([1, 1, 1, 1, 0, 0], [5, 7, 24], [5, 7, 40], false, Some(24)),
            ([1, 1, 1, 1, 0, 0], [1, 1, 16], [1, 1, 90], false, None),
            ([3, 3, 2, 2, 0, 0], [8, 12, 3], [4, 6, 16], true, None),
            ([5, 5, 2, 2, 1, 1], [16, 16, 3], [8, 8, 24], true, Some(24)),
            ([3, 3, 1, 1, 1, 1], [6, 30, 18], [6, 30, 20], false, Some(5)),
            ([3, 3, 3, 3, 0, 0], [3, 3, 32], [1, 1, 70], false, None),
            ([3, 5, 1, 1, 1, 2], [2, 2, 3], [2, 2, 4], false, None),
            ([1, 1, 2, 2, 0, 0], [7, 7, 8], [4, 4, 8], false, None),
        ];
        for (w, i, o, dense, residual_channels) in cases {
            let (input, output) = (shape(i[0], i[1], i[2]), shape(o[0], o[1], o[2]));
            let window = Window {
                height: w[0],
                width: w[1],
                stride_y: w[2],
                stride_x: w[3],
                top: w[4],
                left: w[5],
            };
            let convolution = Convolution {
                window,
                weights: noise(o[2] * w[0] * w[1] * i[2], 1).into(),
                bias: noise(o[2], 2).into(),
            };
            let image = noise(input.len(), 3);
            let slopes = noise(o[2], 4);
            let residual = residual_channels.map(|c| shape(o[0], o[1], c));
            let added = residual.map_or(Vec::new(), |shape| noise(shape.len(), 5));
            let expected: Vec<f32> = naive(&convolution, &image, input, output)
                .into_iter()
                .enumerate()
                .map(|(k, sum)| {
                    let (pixel, channel) = (k / o[2], k % o[2]);
                    let extra = residual_channels
                        .filter(|&c| channel < c)
                        .map_or(0.0, |c| added[pixel * c + channel]);
                    let x = sum as f32 + extra;
                    if x >= 0.0 { x } else { x * slopes[channel] }
                })
                .collect();
            let step = ConvolutionStep::new(
                &convolution,
                &Activation::Prelu(slopes.into()),
                input,
                if dense {
                    input.channels
                } else {
                    input.padded_channels()
                },
                output,
                residual,
            );
            let image = if dense {
                image
            } else {
                pad_channels(&image, input)
            };
            let mut inputs = vec![&image[..]];
            let added = residual.map(|shape| pad_channels(&added, shape));
            inputs.extend(added.as_deref());
            check(&step, &inputs, &expected, output);
        }
    }

    #[test]
    fn inside_is_where_the_window_fits() {
        for (width, left, stride, input) in [
            (3, 1, 1, 6),
            (3, 0, 2, 8),
            (5, 2, 2, 9),
            (7, 3, 1, 4),
            (1, 0, 1, 1),
        ] {
            let columns = 6_usize;
            let window = Window {
                height: 1,
                width,
                stride_y: 1,
                stride_x: stride,
                top: 0,
                left,
            };
            let found = inside_columns(window, shape(1, input, 1), shape(1, columns, 1));
            let expected: Vec<usize> = (0..columns)
                .filter(|x| x * stride >= left && x * stride - left + width <= input)
                .collect();
            assert_eq!(found.collect::<Vec<_>>(), expected);
        }
    }
}
