//! Prepares a graph for running: a step for each node, and a place in memory for each value.

use crate::LoadError;
use crate::graph::{Budget, Graph, Node, Op, ValueId};
use crate::kernels::{
    ConcatenateStep, ConvolutionStep, DepthToSpaceStep, DepthwiseStep, ElementwiseStep,
    FlattenStep, LandmarksToMatrixStep, MaxPoolStep, MeanPoolStep, Operation, PadStep, ResizeStep,
    ScaleStep, SeparableStep, SigmoidStep, Step, TransformPointsStep, WarpStep, WidenStep,
};
use crate::layout::{LaidOut, Layout};

/// No step has more inputs; the reader of files sees to it.
pub(crate) const MOST_INPUTS: usize = 8;

/// Where a value lies: the first `length` numbers of buffer `buffer`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) buffer: usize,
    pub(crate) length: usize,
}

/// A step with its operands.
#[derive(Debug)]
pub(crate) struct PlannedStep {
    pub(crate) step: Box<dyn Step>,
    pub(crate) inputs: Vec<Place>,
    pub(crate) output: Place,
}

/// All that a run needs to know.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) steps: Vec<PlannedStep>,
    pub(crate) input: Place,
    pub(crate) outputs: Vec<Place>,
    /// The lengths of the buffers.
    pub(crate) buffers: Vec<usize>,
    /// The longest workspace that any step needs.
    pub(crate) workspace: usize,
}

/// Packs weights and gives each value a place, buffers being reused once nothing reads them.
pub(crate) fn plan(laid_out: &LaidOut, budget: &mut Budget) -> Result<Plan, LoadError> {
    let LaidOut { graph, layouts } = laid_out;
    let mut places = Places::new(graph, layouts);
    let mut steps = Vec::with_capacity(graph.nodes.len());
    let mut workspace = 0;
    for (index, node) in graph.nodes.iter().enumerate() {
        let step = prepare(node, laid_out, budget)?;
        workspace = workspace.max(step.workspace());
        let output = places.take(node.output);
        let inputs = node.inputs.iter().map(|&value| places.of(value)).collect();
        places.release(node, index);
        steps.push(PlannedStep {
            step,
            inputs,
            output,
        });
    }
    for &length in &places.buffers {
        budget.pay_numbers(length)?;
    }
    budget.pay_numbers(workspace)?;
    Ok(Plan {
        steps,
        input: places.of(graph.input),
        outputs: graph
            .outputs
            .iter()
            .map(|&(value, _)| places.of(value))
            .collect(),
        buffers: places.buffers,
        workspace,
    })
}

/// Gives out buffers by linear scan over the nodes.
struct Places {
    lengths: Vec<usize>,
    /// By value: the last node that reads it; `usize::MAX` if it must stay.
    last_reads: Vec<usize>,
    /// By value: its buffer, from when it is made.
    assigned: Vec<usize>,
    buffers: Vec<usize>,
    free: Vec<usize>,
}

impl Places {
    fn new(graph: &Graph, layouts: &[Layout]) -> Self {
        let mut last_reads = vec![0; graph.shapes.len()];
        for (index, node) in graph.nodes.iter().enumerate() {
            for &value in &node.inputs {
                last_reads[value] = index;
            }
        }
        let kept = graph.outputs.iter().map(|&(value, _)| value);
        for value in kept.chain([graph.input]) {
            last_reads[value] = usize::MAX;
        }
        let lengths = graph.shapes.iter().zip(layouts);
        let mut places = Self {
            lengths: lengths
                .map(|(&shape, layout)| layout.length(shape))
                .collect(),
            last_reads,
            assigned: vec![usize::MAX; graph.shapes.len()],
            buffers: Vec::new(),
            free: Vec::new(),
        };
        places.take(graph.input);
        places
    }

    fn of(&self, value: ValueId) -> Place {
        Place {
            buffer: self.assigned[value],
            length: self.lengths[value],
        }
    }

    /// Finds room for `value`: the smallest free buffer that fits, else the largest, made longer.
    fn take(&mut self, value: ValueId) -> Place {
        let length = self.lengths[value];
        let fitting = |&k: &usize| self.buffers[self.free[k]] >= length;
        let by_length = |&k: &usize| self.buffers[self.free[k]];
        let found = (0..self.free.len()).filter(fitting).min_by_key(by_length);
        let found = found.or_else(|| (0..self.free.len()).max_by_key(by_length));
        let buffer = match found {
            Some(k) => self.free.swap_remove(k),
            None => {
                self.buffers.push(0);
                self.buffers.len() - 1
            }
        };
        self.buffers[buffer] = self.buffers[buffer].max(length);
        self.assigned[value] = buffer;
        self.of(value)
    }

    /// Frees what node `index` reads for the last time, and what it makes in vain.
    fn release(&mut self, node: &Node, index: usize) {
        for (k, &value) in node.inputs.iter().enumerate() {
            if self.last_reads[value] == index && !node.inputs[..k].contains(&value) {
                self.free.push(self.assigned[value]);
            }
        }
    }
}

/// Makes the step of one node.
fn prepare(
    node: &Node,
    LaidOut { graph, layouts }: &LaidOut,
    budget: &mut Budget,
) -> Result<Box<dyn Step>, LoadError> {
    let shape = |k: usize| graph.shapes[node.inputs[k]];
    let (input, output) = (shape(0), graph.shapes[node.output]);
    let stride = layouts[node.inputs[0]].stride(input);
    let second = (node.inputs.len() > 1).then(|| shape(1));
    let activation = &node.activation;
    // Bias and slopes; where each row and column of a resized image comes from.
    budget.pay_numbers(2 * output.padded_channels() + 8 * (output.height + output.width))?;
    let elementwise = |operation| -> Box<dyn Step> {
        Box::new(ElementwiseStep::new(operation, activation, output))
    };
    Ok(match &node.op {
        Op::Convolution(c) => {
            budget.pay_numbers(ConvolutionStep::packed_size(c, stride, output))?;
            Box::new(ConvolutionStep::new(
                c, activation, input, stride, output, second,
            ))
        }
        Op::Depthwise(d) => {
            budget.pay_numbers(DepthwiseStep::packed_size(d, input))?;
            Box::new(DepthwiseStep::new(d, activation, input, output))
        }
        Op::Separable(d, c) => {
            budget.pay_numbers(SeparableStep::packed_size(d, input, output))?;
            Box::new(SeparableStep::new(d, c, activation, input, output, second))
        }
        Op::Add => elementwise(Operation::Add),
        Op::Multiply if shape(1) == output => elementwise(Operation::Multiply),
        Op::Multiply => elementwise(Operation::MultiplyByPixel),
        Op::Activate => elementwise(Operation::Keep),
        Op::Sigmoid => Box::new(SigmoidStep),
        Op::Scale(factors) => {
            budget.pay_numbers(factors.len())?;
            Box::new(ScaleStep::new(factors))
        }
        Op::MaxPool(window) => Box::new(MaxPoolStep::new(*window, activation, input, output)),
        Op::MeanPool => Box::new(MeanPoolStep::new(activation, input)),
        Op::Pad { top, left } => Box::new(PadStep {
            input,
            output,
            top: *top,
            left: *left,
        }),
        Op::Resize {
            half_pixel_centers,
            align_corners,
        } => Box::new(ResizeStep::new(
            *half_pixel_centers,
            *align_corners,
            activation,
            input,
            output,
        )),
        Op::DepthToSpace { block } => Box::new(DepthToSpaceStep {
            input,
            output,
            block: *block,
        }),
        Op::Reshape => match (layouts[node.inputs[0]], layouts[node.output]) {
            (Layout::Padded, Layout::Dense) => Box::new(FlattenStep { shape: input }),
            (Layout::Dense, Layout::Padded) => Box::new(WidenStep { shape: output }),
            _ => Box::new(ConcatenateStep),
        },
        Op::Concatenate => Box::new(ConcatenateStep),
        Op::LandmarksToMatrix(landmark_box) => Box::new(LandmarksToMatrixStep {
            landmark_box: landmark_box.clone(),
        }),
        Op::Warp => Box::new(WarpStep { input, output }),
        Op::TransformPoints => Box::new(TransformPointsStep {
            dimensions: input.channels,
        }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Activation;
    use crate::kernels::testing::shape;
    use crate::layout::lay_out;

    /// A chain of activations, each value an image of 32 channels; the first also feeds the last.
    fn chain(length: usize) -> Graph {
        let node = |k: usize, op, inputs| Node {
            op,
            inputs,
            output: k,
            activation: Activation::Relu,
        };
        let mut nodes: Vec<Node> = (1..length)
            .map(|k| node(k, Op::Activate, vec![k - 1]))
            .collect();
        nodes.push(node(length, Op::Add, vec![1, length - 1]));
        Graph {
            shapes: vec![shape(4, 4, 32); length + 1],
            nodes,
            input: 0,
            outputs: vec![(length, String::new())],
        }
    }

    #[test]
    fn buffers_are_reused_but_never_while_they_are_read() {
        let plan = plan(&lay_out(chain(20)), &mut Budget::new()).unwrap();
        // The input, the value kept for the sum, and two that alternate.
        assert_eq!(plan.buffers, [512; 4]);
        for step in &plan.steps {
            assert!(
                step.inputs
                    .iter()
                    .all(|input| input.buffer != step.output.buffer)
            );
        }
        let first = plan.steps[0].output;
        let between = &plan.steps[1..plan.steps.len() - 1];
        assert!(
            between
                .iter()
                .all(|step| step.output.buffer != first.buffer)
        );
        assert!(
            plan.steps
                .iter()
                .all(|step| step.output.buffer != plan.input.buffer)
        );
    }

    #[test]
    fn outputs_stay_until_the_end() {
        let mut graph = chain(20);
        graph.outputs.push((5, String::new()));
        let plan = plan(&lay_out(graph), &mut Budget::new()).unwrap();
        let kept = plan.outputs[1].buffer;
        assert!(
            plan.steps[5..]
                .iter()
                .all(|step| step.output.buffer != kept)
        );
    }

    #[test]
    fn buffers_are_paid_for() {
        let mut graph = chain(20);
        graph.shapes = vec![shape(1 << 10, 1 << 10, 16); 21];
        let error = plan(&lay_out(graph), &mut Budget::new()).unwrap_err();
        assert!(matches!(error, LoadError::TooLarge { .. }), "{error}");
    }
}
