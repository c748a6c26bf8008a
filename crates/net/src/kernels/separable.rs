//! Depthwise and 1×1 convolution in one: the image between them never leaves the cache.

use super::Step;
use super::depthwise::Filter;
use super::epilogue::{Epilogue, Finish};
use super::gemm::{Panels, Product, Rows, multiply};
use crate::InstructionSet;
use crate::graph::{Activation, Convolution, Depthwise, Shape};
use crate::lanes::{Kernel, Lanes};

/// How many pixels a block has at least, where the image has them: a few tiles of the product.
const BLOCK_PIXELS: usize = 48;

/// A depthwise convolution followed by a 1×1 convolution, computed in blocks of rows.
#[derive(Debug)]
pub(crate) struct SeparableStep {
    filter: Filter,
    panels: Panels,
    finish: Finish,
    output: Shape,
    rows_per_block: usize,
}

impl SeparableStep {
    /// Prepares both; `residual` is what is added before the activation.
    pub(crate) fn new(
        depthwise: &Depthwise,
        pointwise: &Convolution,
        activation: &Activation,
        input: Shape,
        output: Shape,
        residual: Option<Shape>,
    ) -> Self {
        let between = Shape {
            channels: input.channels,
            ..output
        };
        Self {
            filter: Filter::new(depthwise, input, between),
            panels: Panels::pack(
                &pointwise.weights,
                output.channels,
                input.channels,
                input.padded_channels(),
            ),
            finish: Finish::new(&pointwise.bias, activation, output, residual),
            output,
            rows_per_block: (BLOCK_PIXELS / output.width).clamp(1, output.height),
        }
    }

    /// How many numbers packing makes.
    pub(crate) fn packed_size(depthwise: &Depthwise, input: Shape, output: Shape) -> usize {
        Filter::packed_size(depthwise, input)
            + Panels::size(output.channels, input.padded_channels())
    }
}

impl Step for SeparableStep {
    fn workspace(&self) -> usize {
        self.rows_per_block * self.filter.row_length()
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
    step: &'a SeparableStep,
    image: &'a [f32],
    epilogue: Epilogue<'a>,
    output: &'a mut [f32],
    workspace: &'a mut [f32],
}

impl Kernel for Run<'_> {
    #[inline(always)]
    fn run<L: Lanes>(self, lanes: L) {
        let step = self.step;
        let width = step.output.width;
        let columns = step.panels.columns();
        let block_length = step.rows_per_block * width * columns;
        for (block, output) in self.output.chunks_mut(block_length).enumerate() {
            let first = block * step.rows_per_block;
            let rows = output.len() / (width * columns);
            let between = &mut self.workspace[..rows * step.filter.row_length()];
            for (y, row) in between
                .chunks_exact_mut(step.filter.row_length())
                .enumerate()
            {
                step.filter.row(lanes, self.image, first + y, row);
            }
            multiply(
                lanes,
                Product {
                    rows: Rows::contiguous(between, step.panels.depth()),
                    panels: &step.panels,
                    first: 0,
                    epilogue: self.epilogue.starting_at(first * width),
                    output,
                },
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Window;
    use crate::kernels::testing::{noise, pad_channels, shape};
    use crate::kernels::{ConvolutionStep, DepthwiseStep};

    /// Both steps after each other give the same, bit for bit on the portable path.
    #[test]
    fn is_both_in_turn() {
        let cases = [
            ([6, 6, 24], [6, 6, 40], 1, Some(24)),
            ([30, 33, 16], [15, 17, 8], 2, None),
            ([1, 100, 5], [1, 100, 32], 1, Some(32)),
        ];
        for (i, o, stride, residual_channels) in cases {
            let (input, output) = (shape(i[0], i[1], i[2]), shape(o[0], o[1], o[2]));
            let between = shape(o[0], o[1], i[2]);
            let window = Window {
                height: 3,
                width: 3,
                stride_y: stride,
                stride_x: stride,
                top: 1,
                left: 1,
            };
            let depthwise = Depthwise {
                window,
                weights: noise(9 * i[2], 1).into(),
                bias: noise(i[2], 2).into(),
            };
            let pointwise = Convolution {
                window: Window {
                    height: 1,
                    width: 1,
                    stride_y: 1,
                    stride_x: 1,
                    top: 0,
                    left: 0,
                },
                weights: noise(i[2] * o[2], 3).into(),
                bias: noise(o[2], 4).into(),
            };
            let image = pad_channels(&noise(input.len(), 5), input);
            let residual = residual_channels.map(|c| shape(o[0], o[1], c));
            let added = residual.map(|shape| pad_channels(&noise(shape.len(), 6), shape));
            let relu = Activation::Relu;
            let one = SeparableStep::new(&depthwise, &pointwise, &relu, input, output, residual);
            let first = DepthwiseStep::new(&depthwise, &Activation::None, input, between);
            let second = ConvolutionStep::new(
                &pointwise,
                &relu,
                between,
                between.padded_channels(),
                output,
                residual,
            );
            for set in InstructionSet::available() {
                let mut middle = vec![0.0; between.pixels() * between.padded_channels()];
                first.run(set, &[&image], &mut middle, &mut []);
                let run = |step: &dyn Step, from: &[f32]| {
                    let mut result = vec![0.0; output.pixels() * output.padded_channels()];
                    let mut inputs = vec![from];
                    inputs.extend(added.as_deref());
                    step.run(set, &inputs, &mut result, &mut vec![0.0; step.workspace()]);
                    result
                };
                assert_eq!(run(&one, &image), run(&second, &middle), "{}", set.name());
            }
        }
    }
}
