//! Runs small convolutional nets from TFLite files on one CPU thread, at the speed of XNNPACK.
//!
//! It is made for the face nets: f32 arithmetic, f16 weights, a batch of one. A file is checked
//! wholly when it is loaded, so that running cannot fail. See the README beside this crate for the
//! operators that run, how they are joined, accuracy and limits.
//!
//! ```
//! # fn demo(file: &[u8]) -> Result<(), net::LoadError> {
//! let net = net::Net::load(file)?;
//! let mut scratch = net.scratch();
//! scratch.input_mut().fill(0.5);
//! net.run(&mut scratch);
//! println!("{:?}", scratch.output(0));
//! # Ok(())
//! # }
//! ```

mod buffer;
mod error;
mod flatbuffer;
mod flexbuffer;
mod fuse;
mod graph;
mod half;
mod kernels;
mod lanes;
mod layout;
mod plan;
mod tflite;

pub use error::LoadError;
pub use lanes::InstructionSet;

use buffer::Buffer;
use graph::{Budget, Shape};
use plan::Plan;

/// A net, ready to run. Threads share it; each brings its own [`Scratch`].
#[derive(Debug)]
pub struct Net {
    plan: Plan,
    input: Shape,
    outputs: Vec<Output>,
    set: InstructionSet,
}

/// One of a net's outputs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// What the file calls it; may be empty.
    pub name: String,
    /// How many numbers it has.
    pub length: usize,
}

impl Net {
    /// Reads a TFLite file, for the fastest instructions that this processor has.
    ///
    /// # Errors
    /// When the file is damaged, asks for too much, or uses what this crate does not run.
    pub fn load(tflite: &[u8]) -> Result<Self, LoadError> {
        Self::load_with(tflite, InstructionSet::detect())
    }

    /// Reads a TFLite file, for the given instructions.
    ///
    /// # Errors
    /// As [`Net::load`].
    pub fn load_with(tflite: &[u8], set: InstructionSet) -> Result<Self, LoadError> {
        let mut budget = Budget::new();
        let graph = tflite::read(tflite, &mut budget)?;
        let input = graph.shapes[graph.input];
        let outputs = graph
            .outputs
            .iter()
            .map(|(value, name)| Output {
                name: name.clone(),
                length: graph.shapes[*value].len(),
            })
            .collect();
        let plan = plan::plan(&layout::lay_out(fuse::fuse(graph)), &mut budget)?;
        Ok(Self {
            plan,
            input,
            outputs,
            set,
        })
    }

    /// The input's height, width and channels. Numbers lie row by row, channels innermost.
    pub fn input_shape(&self) -> [usize; 3] {
        [self.input.height, self.input.width, self.input.channels]
    }

    /// The outputs, in the file's order.
    pub fn outputs(&self) -> &[Output] {
        &self.outputs
    }

    /// The instructions that it runs with.
    pub fn instruction_set(&self) -> InstructionSet {
        self.set
    }

    /// Memory for one thread that runs this net.
    pub fn scratch(&self) -> Scratch {
        Scratch {
            buffers: self
                .plan
                .buffers
                .iter()
                .map(|&n| Buffer::zeros(n))
                .collect(),
            workspace: Buffer::zeros(self.plan.workspace),
            input: self.plan.input,
            outputs: self.plan.outputs.clone(),
        }
    }

    /// Computes the outputs from the input. Does not allocate; the input stays as it is.
    ///
    /// # Panics
    /// When `scratch` is of another net.
    pub fn run(&self, scratch: &mut Scratch) {
        assert!(
            scratch.buffers.len() == self.plan.buffers.len()
                && scratch.workspace.len() >= self.plan.workspace
                && scratch.outputs == self.plan.outputs,
            "the scratch is of another net"
        );
        for planned in &self.plan.steps {
            // The output's buffer is never one of the inputs'.
            let mut output = std::mem::take(&mut scratch.buffers[planned.output.buffer]);
            let mut inputs: [&[f32]; plan::MOST_INPUTS] = [&[]; plan::MOST_INPUTS];
            for (input, place) in inputs.iter_mut().zip(&planned.inputs) {
                *input = &scratch.buffers[place.buffer][..place.length];
            }
            planned.step.run(
                self.set,
                &inputs[..planned.inputs.len()],
                &mut output[..planned.output.length],
                &mut scratch.workspace,
            );
            scratch.buffers[planned.output.buffer] = output;
        }
    }
}

/// What one thread needs to run a net: input, outputs and everything in between.
#[derive(Debug)]
pub struct Scratch {
    buffers: Vec<Buffer>,
    workspace: Buffer,
    input: plan::Place,
    outputs: Vec<plan::Place>,
}

impl Scratch {
    /// The input, to be filled before a run; of [`Net::input_shape`].
    pub fn input_mut(&mut self) -> &mut [f32] {
        &mut self.buffers[self.input.buffer][..self.input.length]
    }

    /// Output `index` of the last run; zeros before the first.
    ///
    /// # Panics
    /// When the net has no output `index`.
    pub fn output(&self, index: usize) -> &[f32] {
        let place = self.outputs[index];
        &self.buffers[place.buffer][..place.length]
    }
}
