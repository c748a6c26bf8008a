//! What computes the operators.
//!
//! Images are padded: rows of pixels, each pixel its channels and zeros up to whole vectors of 16.
//! Vectors of points, and the net's input and outputs, are dense.

mod convolution;
mod depthwise;
mod elementwise;
mod epilogue;
mod gemm;
mod geometry;
mod pool;
mod rearrange;
mod resize;
mod separable;

pub(crate) use convolution::ConvolutionStep;
pub(crate) use depthwise::DepthwiseStep;
pub(crate) use elementwise::{ElementwiseStep, Operation, ScaleStep, SigmoidStep};
pub(crate) use geometry::{LandmarksToMatrixStep, TransformPointsStep, WarpStep};
pub(crate) use pool::{MaxPoolStep, MeanPoolStep};
pub(crate) use rearrange::{ConcatenateStep, DepthToSpaceStep, FlattenStep, PadStep, WidenStep};
pub(crate) use resize::ResizeStep;
pub(crate) use separable::SeparableStep;

use crate::InstructionSet;
use std::fmt::Debug;

/// An operator prepared for running: weights packed, sizes known.
pub(crate) trait Step: Debug + Send + Sync {
    /// How many f32 it needs besides inputs and output.
    fn workspace(&self) -> usize {
        0
    }

    /// Computes `output`, every number of it.
    ///
    /// `inputs` and `output` hold exactly what their shapes and layouts say; a panic says that the
    /// plan broke that promise. `workspace` holds at least what [`Step::workspace`] says.
    fn run(
        &self,
        set: InstructionSet,
        inputs: &[&[f32]],
        output: &mut [f32],
        workspace: &mut [f32],
    );
}

#[cfg(test)]
pub(crate) mod testing {
    //! What the kernels' tests share.

    use crate::InstructionSet;
    use crate::graph::{LANES, Shape};
    use crate::kernels::Step;

    /// Numbers in [-1, 1) that look random and are always the same.
    pub(crate) fn noise(count: usize, seed: u32) -> Vec<f32> {
        let mut state = seed.wrapping_mul(2_654_435_761).wrapping_add(1);
        (0..count)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 8) as f32 / 8_388_608.0 - 1.0
            })
            .collect()
    }

    pub(crate) fn shape(height: usize, width: usize, channels: usize) -> Shape {
        Shape {
            height,
            width,
            channels,
        }
    }

    /// Dense pixels with their channels padded by zeros.
    pub(crate) fn pad_channels(dense: &[f32], shape: Shape) -> Vec<f32> {
        let stride = shape.channels.next_multiple_of(LANES);
        let mut padded = vec![0.0; shape.pixels() * stride];
        for (to, from) in padded
            .chunks_exact_mut(stride)
            .zip(dense.chunks_exact(shape.channels))
        {
            to[..shape.channels].copy_from_slice(from);
        }
        padded
    }

    /// Runs the step with each instruction set on padded inputs; every output must be near
    /// `expected` (dense), and the padding zero.
    pub(crate) fn check(step: &dyn Step, inputs: &[&[f32]], expected: &[f32], shape: Shape) {
        assert_eq!(expected.len(), shape.len());
        let stride = shape.padded_channels();
        for set in InstructionSet::available() {
            let mut output = vec![f32::NAN; shape.pixels() * stride];
            let mut workspace = vec![f32::NAN; step.workspace()];
            step.run(set, inputs, &mut output, &mut workspace);
            for (pixel, (got, want)) in output
                .chunks_exact(stride)
                .zip(expected.chunks_exact(shape.channels))
                .enumerate()
            {
                assert!(got[shape.channels..].iter().all(|&v| v == 0.0), "padding");
                for (got, want) in got.iter().zip(want) {
                    let tolerance = 1e-5 * want.abs().max(1.0);
                    assert!(
                        (got - want).abs() <= tolerance,
                        "{} pixel {pixel}: {got} instead of {want}",
                        set.name()
                    );
                }
            }
        }
    }
}
