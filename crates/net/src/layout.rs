//! Decides how each value lies in memory, and converts where two operators disagree.

use crate::graph::{Activation, Graph, Node, Op, Shape, ValueId};

/// How a value's numbers lie in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// Without gaps.
    Dense,
    /// Each pixel's channels padded by zeros to whole vectors.
    Padded,
}

impl Layout {
    /// How many numbers a value of `shape` has.
    pub(crate) fn length(self, shape: Shape) -> usize {
        shape.pixels() * self.stride(shape)
    }

    /// Numbers from one pixel to the next.
    pub(crate) fn stride(self, shape: Shape) -> usize {
        match self {
            Self::Dense => shape.channels,
            Self::Padded => shape.padded_channels(),
        }
    }
}

/// A graph whose values all have the layout that their readers want.
#[derive(Debug)]
pub(crate) struct LaidOut {
    pub(crate) graph: Graph,
    /// By value.
    pub(crate) layouts: Vec<Layout>,
}

/// Chooses layouts: the net's input and outputs are dense, images in between padded.
///
/// A [`Op::Reshape`] between values of the same shape but other layouts converts one to the other.
pub(crate) fn lay_out(mut graph: Graph) -> LaidOut {
    let nodes = std::mem::take(&mut graph.nodes);
    let mut layouts = vec![Layout::Dense; graph.shapes.len()];
    for node in &nodes {
        layouts[node.output] = output_layout(&node.op);
    }
    let mut converter = Converter {
        converted: vec![None; layouts.len()],
        graph,
        layouts,
    };
    for mut node in nodes {
        for k in 0..node.inputs.len() {
            if let Some(wanted) = input_layout(&node.op, k) {
                node.inputs[k] = converter.convert(node.inputs[k], wanted);
            }
        }
        converter.graph.nodes.push(node);
    }
    for k in 0..converter.graph.outputs.len() {
        let value = converter.graph.outputs[k].0;
        converter.graph.outputs[k].0 = converter.convert(value, Layout::Dense);
    }
    LaidOut {
        graph: converter.graph,
        layouts: converter.layouts,
    }
}

/// What an operator wants; `None` if it takes both.
fn input_layout(op: &Op, operand: usize) -> Option<Layout> {
    match (op, operand) {
        (Op::Convolution(_), 0) => None,
        (
            Op::Scale(_)
            | Op::Sigmoid
            | Op::Reshape
            | Op::Concatenate
            | Op::LandmarksToMatrix(_)
            | Op::TransformPoints,
            _,
        )
        | (Op::Warp, 1) => Some(Layout::Dense),
        _ => Some(Layout::Padded),
    }
}

fn output_layout(op: &Op) -> Layout {
    match op {
        Op::Scale(_)
        | Op::Sigmoid
        | Op::Reshape
        | Op::Concatenate
        | Op::LandmarksToMatrix(_)
        | Op::TransformPoints => Layout::Dense,
        _ => Layout::Padded,
    }
}

struct Converter {
    graph: Graph,
    layouts: Vec<Layout>,
    /// By value: the same numbers in the other layout, once something wants them.
    converted: Vec<Option<ValueId>>,
}

impl Converter {
    /// `value` itself or a converted copy of it.
    fn convert(&mut self, value: ValueId, wanted: Layout) -> ValueId {
        let shape = self.graph.shapes[value];
        if self.layouts[value].stride(shape) == wanted.stride(shape) {
            return value;
        }
        if let Some(copy) = self.converted[value] {
            return copy;
        }
        let copy = self.graph.shapes.len();
        self.graph.shapes.push(shape);
        self.layouts.push(wanted);
        self.converted.push(Some(value));
        self.converted[value] = Some(copy);
        self.graph.nodes.push(Node {
            op: Op::Reshape,
            inputs: vec![value],
            output: copy,
            activation: Activation::None,
        });
        copy
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::testing::shape;

    #[test]
    fn converts_once_and_only_where_layouts_differ() {
        let node = |op, inputs, output| Node {
            op,
            inputs,
            output,
            activation: Activation::None,
        };
        for (channels, conversions) in [(5, 2), (32, 0)] {
            let graph = Graph {
                shapes: vec![shape(2, 2, channels); 4],
                nodes: vec![
                    node(Op::Activate, vec![0], 1),
                    node(Op::Add, vec![0, 1], 2),
                    node(Op::Sigmoid, vec![2], 3),
                ],
                input: 0,
                outputs: vec![(3, String::new())],
            };
            // The input is widened for two readers at once, the sum flattened.
            let LaidOut { graph, layouts } = lay_out(graph);
            assert_eq!(graph.nodes.len(), 3 + conversions);
            assert_eq!(layouts.len(), graph.shapes.len());
            let last = &graph.nodes[graph.nodes.len() - 1];
            let read = last.inputs[0];
            assert_eq!(layouts[read].stride(graph.shapes[read]), channels);
        }
    }
}
