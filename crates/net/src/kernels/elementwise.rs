//! Operators that treat each number on its own.
#![allow(unsafe_code)]

use super::Step;
use super::epilogue::ChannelActivation;
use crate::InstructionSet;
use crate::graph::{Activation, LANES, Shape};
use crate::lanes::{Kernel, Lanes};
use std::rc::Rc;

/// Applies an activation in place to pixels of `channels` (padded) channels.
#[inline(always)]
pub(super) fn activate<L: Lanes>(
    lanes: L,
    activation: &ChannelActivation,
    values: &mut [f32],
    channels: usize,
) {
    if matches!(activation, ChannelActivation::None) {
        return;
    }
    assert!(activation.covers(channels) && channels.is_multiple_of(LANES));
    for pixel in values.chunks_exact_mut(channels) {
        for (block, vector) in pixel.chunks_exact_mut(LANES).enumerate() {
            // SAFETY: `vector` is 16 numbers; the slopes cover all channels.
            unsafe {
                let x = lanes.load(vector.as_ptr());
                let x = activation.apply(lanes, x, block * LANES);
                lanes.store(x, vector.as_mut_ptr());
            }
        }
    }
}

/// What an [`ElementwiseStep`] does before its activation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operation {
    /// Nothing.
    Keep,
    /// Adds the second input, of the same shape.
    Add,
    /// Multiplies by the second input, of the same shape.
    Multiply,
    /// Multiplies every pixel by the second input's only one.
    MultiplyByPixel,
}

/// Adds, multiplies or keeps padded images, then activates.
#[derive(Debug)]
pub(crate) struct ElementwiseStep {
    operation: Operation,
    activation: ChannelActivation,
    channels: usize,
}

impl ElementwiseStep {
    pub(crate) fn new(operation: Operation, activation: &Activation, shape: Shape) -> Self {
        Self {
            operation,
            activation: ChannelActivation::new(activation, shape),
            channels: shape.padded_channels(),
        }
    }
}

impl Step for ElementwiseStep {
    fn run(&self, set: InstructionSet, inputs: &[&[f32]], output: &mut [f32], _: &mut [f32]) {
        set.run(Run {
            step: self,
            inputs,
            output,
        });
    }
}

struct Run<'a> {
    step: &'a ElementwiseStep,
    inputs: &'a [&'a [f32]],
    output: &'a mut [f32],
}

impl Kernel for Run<'_> {
    #[inline(always)]
    fn run<L: Lanes>(self, lanes: L) {
        let step = self.step;
        let first = self.inputs[0];
        match step.operation {
            Operation::Keep => self.output.copy_from_slice(first),
            Operation::Add => {
                combine(
                    self.output,
                    first,
                    self.inputs[1],
                    |a, b| lanes.add(a, b),
                    lanes,
                );
            }
            Operation::Multiply => {
                combine(
                    self.output,
                    first,
                    self.inputs[1],
                    |a, b| lanes.multiply(a, b),
                    lanes,
                );
            }
            Operation::MultiplyByPixel => {
                let pixels = self.output.chunks_exact_mut(step.channels);
                for (to, from) in pixels.zip(first.chunks_exact(step.channels)) {
                    combine(to, from, self.inputs[1], |a, b| lanes.multiply(a, b), lanes);
                }
            }
        }
        activate(lanes, &step.activation, self.output, step.channels);
    }
}

/// Combines vector by vector.
#[inline(always)]
fn combine<L: Lanes>(
    output: &mut [f32],
    first: &[f32],
    second: &[f32],
    f: impl Fn(L::Vector, L::Vector) -> L::Vector,
    lanes: L,
) {
    assert!(output.len() == first.len() && output.len() == second.len());
    for ((to, a), b) in output
        .chunks_exact_mut(LANES)
        .zip(first.chunks_exact(LANES))
        .zip(second.chunks_exact(LANES))
    {
        // SAFETY: each chunk is 16 numbers.
        unsafe {
            let value = f(lanes.load(a.as_ptr()), lanes.load(b.as_ptr()));
            lanes.store(value, to.as_mut_ptr());
        }
    }
}

/// Multiplies dense numbers by constants.
#[derive(Debug)]
pub(crate) struct ScaleStep {
    /// One for all, or one for each number.
    factors: Vec<f32>,
}

impl ScaleStep {
    pub(crate) fn new(factors: &Rc<[f32]>) -> Self {
        Self {
            factors: factors.to_vec(),
        }
    }
}

impl Step for ScaleStep {
    fn run(&self, _: InstructionSet, inputs: &[&[f32]], output: &mut [f32], _: &mut [f32]) {
        let factors = self.factors.iter().cycle();
        for ((to, from), factor) in output.iter_mut().zip(inputs[0]).zip(factors) {
            *to = from * factor;
        }
    }
}

/// 1 / (1 + e⁻ˣ) of dense numbers.
#[derive(Debug)]
pub(crate) struct SigmoidStep;

impl Step for SigmoidStep {
    fn run(&self, _: InstructionSet, inputs: &[&[f32]], output: &mut [f32], _: &mut [f32]) {
        for (to, from) in output.iter_mut().zip(inputs[0]) {
            *to = 1.0 / (1.0 + (-from).exp());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::testing::{check, noise, pad_channels, shape};

    #[test]
    fn operations_and_activations() {
        let size = shape(3, 5, 20);
        let pixel = shape(1, 1, 20);
        // Beyond the bends of all activations.
        let large =
            |seed| -> Vec<f32> { noise(size.len(), seed).iter().map(|v| 9.0 * v).collect() };
        let (a, b) = (large(1), large(2));
        let slopes = noise(20, 3);
        type Reference<'a> = &'a dyn Fn(f32) -> f32;
        let activations: [(Activation, Reference); 5] = [
            (Activation::None, &|x| x),
            (Activation::Relu, &|x| x.max(0.0)),
            (Activation::Relu6, &|x| x.clamp(0.0, 6.0)),
            (Activation::HardSwish, &|x| {
                x * (x + 3.0).clamp(0.0, 6.0) / 6.0
            }),
            (Activation::Prelu(slopes.clone().into()), &|x| x),
        ];
        for (activation, reference) in activations {
            for operation in [
                Operation::Keep,
                Operation::Add,
                Operation::Multiply,
                Operation::MultiplyByPixel,
            ] {
                let expected: Vec<f32> = (0..size.len())
                    .map(|k| {
                        let x = match operation {
                            Operation::Keep => a[k],
                            Operation::Add => a[k] + b[k],
                            Operation::Multiply => a[k] * b[k],
                            Operation::MultiplyByPixel => a[k] * b[k % 20],
                        };
                        match &activation {
                            Activation::Prelu(_) if x < 0.0 => x * slopes[k % 20],
                            _ => reference(x),
                        }
                    })
                    .collect();
                let second = match operation {
                    Operation::MultiplyByPixel => pad_channels(&b[..20], pixel),
                    _ => pad_channels(&b, size),
                };
                let step = ElementwiseStep::new(operation, &activation, size);
                check(&step, &[&pad_channels(&a, size), &second], &expected, size);
            }
        }
    }

    #[test]
    fn scale_by_one_or_by_each() {
        for (factors, expected) in [
            (vec![0.5], [1.0, 2.0, 3.0]),
            (vec![1.0, 0.0, -1.0], [2.0, 0.0, -6.0]),
        ] {
            let step = ScaleStep::new(&factors.into());
            let mut output = [0.0; 3];
            step.run(
                InstructionSet::PORTABLE,
                &[&[2.0, 4.0, 6.0]],
                &mut output,
                &mut [],
            );
            assert_eq!(output, expected);
        }
    }

    #[test]
    fn sigmoid_to_both_ends() {
        let mut output = [0.0; 5];
        let input = [0.0, 2.0, -2.0, 200.0, -200.0];
        SigmoidStep.run(InstructionSet::PORTABLE, &[&input], &mut output, &mut []);
        let expected = [0.5, 0.880_797_1, 0.119_202_92, 1.0, 0.0];
        for (found, expected) in output.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-6, "{found} {expected}");
        }
    }
}
