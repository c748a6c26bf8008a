//! Joins operators, so that an image is written once instead of after each of them.
//!
//! Most rules look for a value that one node makes and only one other reads.

use crate::graph::{Activation, Graph, Node, Op, Shape, ValueId, Window};

/// Applies all rules; the net computes the same.
pub(crate) fn fuse(graph: Graph) -> Graph {
    let mut rules = Rules {
        nodes: graph.nodes.into_iter().map(Some).collect(),
        shapes: graph.shapes,
        outputs: graph.outputs.iter().map(|&(value, _)| value).collect(),
    };
    rules.each(Rules::fold_padding);
    rules.each(Rules::fold_addition);
    rules.each(Rules::fold_activation);
    rules.each(Rules::join_separable);
    rules.drop_unused();
    Graph {
        nodes: rules.nodes.into_iter().flatten().collect(),
        shapes: rules.shapes,
        ..graph
    }
}

/// A graph being rewritten; nodes that were joined to others are `None`.
struct Rules {
    nodes: Vec<Option<Node>>,
    shapes: Vec<Shape>,
    outputs: Vec<ValueId>,
}

impl Rules {
    /// Offers each node to a rule, in order; the rule gives back what shall stand in its place.
    fn each(&mut self, rule: fn(&mut Self, Node) -> Node) {
        for index in 0..self.nodes.len() {
            if let Some(node) = self.nodes[index].take() {
                let node = rule(self, node);
                self.nodes[index] = Some(node);
            }
        }
    }

    /// Where the node that makes `value` is; `None` for the net's input.
    fn maker(&self, value: ValueId) -> Option<usize> {
        let makes = |node: &Option<Node>| node.as_ref().is_some_and(|node| node.output == value);
        self.nodes.iter().position(makes)
    }

    /// Whether some node (other than the one a rule holds) or the outside reads `value`.
    fn is_read_elsewhere(&self, value: ValueId) -> bool {
        let reads = |node: &Node| node.inputs.contains(&value);
        self.outputs.contains(&value) || self.nodes.iter().flatten().any(reads)
    }

    /// Takes out the node that makes `value`, if `accepts` likes it and nothing else reads `value`.
    fn take_maker(&mut self, value: ValueId, accepts: impl Fn(&Node) -> bool) -> Option<Node> {
        if self.is_read_elsewhere(value) {
            return None;
        }
        let maker = self.maker(value)?;
        self.nodes[maker].take_if(|node| accepts(node))
    }

    /// Zeros around an image become part of the window that moves over it.
    fn fold_padding(&mut self, mut node: Node) -> Node {
        let output = self.shapes[node.output];
        let window = match &mut node.op {
            Op::Convolution(convolution) => &mut convolution.window,
            Op::Depthwise(depthwise) => &mut depthwise.window,
            _ => return node,
        };
        let padded = node.inputs[0];
        if let Some(maker) = self.maker(padded)
            && let Some(Node {
                op: Op::Pad { top, left },
                inputs,
                ..
            }) = &self.nodes[maker]
            && self.shapes[inputs[0]].channels == self.shapes[padded].channels
        {
            let moved = Window {
                top: window.top + top,
                left: window.left + left,
                ..*window
            };
            if touches_image(moved, self.shapes[inputs[0]], output) {
                *window = moved;
                node.inputs[0] = inputs[0];
            }
        }
        node
    }

    /// A sum becomes part of the convolution or resizing that makes one of its summands.
    ///
    /// The joined node takes the sum's place, where both summands exist.
    fn fold_addition(&mut self, sum: Node) -> Node {
        let (Op::Add, &[a, b]) = (&sum.op, &sum.inputs[..]) else {
            return sum;
        };
        if a == b {
            return sum;
        }
        for (summand, other) in [(a, b), (b, a)] {
            let takes_more = |node: &Node| {
                node.inputs.len() == 1
                    && node.activation == Activation::None
                    && matches!(node.op, Op::Convolution(_) | Op::Resize { .. })
            };
            if let Some(maker) = self.take_maker(summand, takes_more) {
                let residual = match maker.op {
                    Op::Convolution(_) => self.without_channel_padding(other),
                    _ => other,
                };
                return Node {
                    inputs: vec![maker.inputs[0], residual],
                    op: maker.op,
                    ..sum
                };
            }
        }
        sum
    }

    /// What `value` was before it got channels of zeros, if nothing else was done to it.
    fn without_channel_padding(&self, value: ValueId) -> ValueId {
        match self
            .maker(value)
            .and_then(|maker| self.nodes[maker].as_ref())
        {
            Some(Node {
                op: Op::Pad { .. },
                inputs,
                ..
            }) => {
                let (before, after) = (self.shapes[inputs[0]], self.shapes[value]);
                let same_size = (before.height, before.width) == (after.height, after.width);
                if same_size { inputs[0] } else { value }
            }
            _ => value,
        }
    }

    /// An activation becomes part of what makes the numbers.
    fn fold_activation(&mut self, node: Node) -> Node {
        if node.op != Op::Activate {
            return node;
        }
        let can_activate = |maker: &Node| {
            maker.activation == Activation::None
                && matches!(
                    maker.op,
                    Op::Convolution(_)
                        | Op::Depthwise(_)
                        | Op::Add
                        | Op::Multiply
                        | Op::MaxPool(_)
                        | Op::MeanPool
                        | Op::Resize { .. }
                )
        };
        match self.take_maker(node.inputs[0], can_activate) {
            None => node,
            Some(maker) => Node {
                op: maker.op,
                inputs: maker.inputs,
                ..node
            },
        }
    }

    /// A depthwise convolution joins the 1×1 convolution after it.
    fn join_separable(&mut self, node: Node) -> Node {
        let Op::Convolution(pointwise) = &node.op else {
            return node;
        };
        let w = pointwise.window;
        if [w.height, w.width, w.stride_y, w.stride_x] != [1; 4] || (w.top, w.left) != (0, 0) {
            return node;
        }
        let between = node.inputs[0];
        // The second input may be the same image; then it must exist on its own.
        if node.inputs[1..].contains(&between) {
            return node;
        }
        let is_plain = |maker: &Node| {
            matches!(maker.op, Op::Depthwise(_)) && maker.activation == Activation::None
        };
        match self.take_maker(between, is_plain) {
            Some(Node {
                op: Op::Depthwise(depthwise),
                inputs: image,
                ..
            }) => {
                let mut inputs = node.inputs.clone();
                inputs[0] = image[0];
                Node {
                    op: Op::Separable(depthwise, pointwise.clone()),
                    inputs,
                    ..node
                }
            }
            _ => node,
        }
    }

    /// Removes nodes whose values nothing reads any more.
    fn drop_unused(&mut self) {
        for index in (0..self.nodes.len()).rev() {
            if let Some(node) = self.nodes[index].take()
                && self.is_read_elsewhere(node.output)
            {
                self.nodes[index] = Some(node);
            }
        }
    }
}

/// Whether each position of the window sees at least one pixel, as the kernels expect.
fn touches_image(window: Window, input: Shape, output: Shape) -> bool {
    window.top < window.height
        && window.left < window.width
        && (output.height - 1) * window.stride_y < input.height + window.top
        && (output.width - 1) * window.stride_x < input.width + window.left
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Convolution, Depthwise};
    use crate::kernels::testing::shape;
    use crate::layout::lay_out;
    use crate::plan::plan;
    use crate::{InstructionSet, Output};

    fn window(size: usize, before: usize) -> Window {
        Window {
            height: size,
            width: size,
            stride_y: 1,
            stride_x: 1,
            top: before,
            left: before,
        }
    }

    fn pointwise(inputs: usize, outputs: usize) -> Op {
        Op::Convolution(Convolution {
            window: window(1, 0),
            weights: crate::kernels::testing::noise(inputs * outputs, 1).into(),
            bias: crate::kernels::testing::noise(outputs, 2).into(),
        })
    }

    fn depthwise(channels: usize, before: usize) -> Op {
        Op::Depthwise(Depthwise {
            window: window(3, before),
            weights: crate::kernels::testing::noise(9 * channels, 3).into(),
            bias: crate::kernels::testing::noise(channels, 4).into(),
        })
    }

    /// Value 0 is the input, node k makes value k + 1.
    fn graph(shapes: Vec<Shape>, nodes: Vec<(Op, Vec<ValueId>)>, outputs: &[ValueId]) -> Graph {
        let nodes = nodes.into_iter().enumerate();
        Graph {
            shapes,
            nodes: nodes
                .map(|(k, (op, inputs))| Node {
                    activation: match op {
                        Op::Activate => Activation::Relu,
                        _ => Activation::None,
                    },
                    op,
                    inputs,
                    output: k + 1,
                })
                .collect(),
            input: 0,
            outputs: outputs
                .iter()
                .map(|&value| (value, String::new()))
                .collect(),
        }
    }

    fn run(graph: Graph) -> Vec<Vec<f32>> {
        let mut budget = crate::graph::Budget::new();
        let input = graph.shapes[graph.input];
        let outputs = vec![
            Output {
                name: String::new(),
                length: 0
            };
            graph.outputs.len()
        ];
        let net = crate::Net {
            plan: plan(&lay_out(graph), &mut budget).unwrap(),
            input,
            outputs,
            set: InstructionSet::PORTABLE,
        };
        let mut scratch = net.scratch();
        let noise = crate::kernels::testing::noise(input.len(), 9);
        scratch.input_mut().copy_from_slice(&noise);
        net.run(&mut scratch);
        (0..net.outputs.len())
            .map(|k| scratch.output(k).to_vec())
            .collect()
    }

    /// What the operators are called after fusing; the net must still compute the same.
    fn fused(graph: &Graph) -> Vec<&'static str> {
        let after = fuse(graph.clone());
        for (found, expected) in run(after.clone()).iter().zip(run(graph.clone())) {
            assert_eq!(found.len(), expected.len());
            for (found, expected) in found.iter().zip(expected) {
                assert!((found - expected).abs() < 1e-5, "{found} {expected}");
            }
        }
        let name = |node: &Node| match (&node.op, node.inputs.len()) {
            (Op::Convolution(_), 2) => "convolution + residual",
            (Op::Convolution(_), _) => "convolution",
            (Op::Depthwise(_), _) => "depthwise",
            (Op::Separable(..), 2) => "separable + residual",
            (Op::Separable(..), _) => "separable",
            (Op::Resize { .. }, 2) => "resize + residual",
            (Op::Add, _) => "add",
            (Op::Activate, _) => "activate",
            (Op::Pad { .. }, _) => "pad",
            (Op::MaxPool(_), _) => "max pool",
            _ => "other",
        };
        after.nodes.iter().map(name).collect()
    }

    #[test]
    fn a_residual_block_becomes_one_operator() {
        let size = shape(5, 6, 20);
        let nodes = vec![
            (depthwise(20, 1), vec![0]),
            (pointwise(20, 20), vec![1]),
            (Op::Add, vec![0, 2]),
            (Op::Activate, vec![3]),
        ];
        assert_eq!(
            fused(&graph(vec![size; 5], nodes, &[4])),
            ["separable + residual"]
        );
    }

    #[test]
    fn channel_padding_of_the_residual_goes_away() {
        let (narrow, wide) = (shape(4, 4, 18), shape(4, 4, 40));
        let pool = Op::MaxPool(window(1, 0));
        let pad = Op::Pad { top: 0, left: 0 };
        let nodes = vec![
            (pool, vec![0]),
            (pad, vec![1]),
            (pointwise(18, 40), vec![0]),
            (Op::Add, vec![2, 3]),
        ];
        let shapes = vec![narrow, narrow, wide, wide, wide];
        assert_eq!(
            fused(&graph(shapes, nodes, &[4])),
            ["max pool", "convolution + residual"]
        );
    }

    #[test]
    fn zeros_around_become_part_of_the_window() {
        let (inner, outer) = (shape(4, 5, 3), shape(6, 7, 3));
        let nodes = vec![
            (Op::Pad { top: 1, left: 1 }, vec![0]),
            (depthwise(3, 0), vec![1]),
        ];
        let model = graph(vec![inner, outer, inner], nodes, &[2]);
        assert_eq!(fused(&model), ["depthwise"]);
    }

    #[test]
    fn zeros_that_fill_whole_windows_stay() {
        let (inner, outer) = (shape(2, 2, 3), shape(8, 8, 3));
        let nodes = vec![
            (Op::Pad { top: 3, left: 3 }, vec![0]),
            (depthwise(3, 0), vec![1]),
        ];
        let model = graph(vec![inner, outer, shape(6, 6, 3)], nodes, &[2]);
        assert_eq!(fused(&model), ["pad", "depthwise"]);
    }

    #[test]
    fn what_others_read_is_not_joined() {
        let size = shape(3, 3, 16);
        let nodes = vec![
            (depthwise(16, 1), vec![0]),
            (pointwise(16, 16), vec![1]),
            (Op::Add, vec![0, 2]),
            (Op::Activate, vec![3]),
        ];
        // Every value in between is an output too.
        let model = graph(vec![size; 5], nodes, &[1, 2, 3, 4]);
        assert_eq!(
            fused(&model),
            ["depthwise", "convolution", "add", "activate"]
        );
    }

    #[test]
    fn the_other_summand_may_be_made_later() {
        let size = shape(3, 3, 16);
        let nodes = vec![
            (pointwise(16, 16), vec![0]),
            (Op::MaxPool(window(3, 1)), vec![0]),
            (Op::Add, vec![1, 2]),
        ];
        assert_eq!(
            fused(&graph(vec![size; 4], nodes, &[3])),
            ["max pool", "convolution + residual"]
        );
    }

    #[test]
    fn a_sum_of_a_value_with_itself_stays() {
        let size = shape(3, 3, 16);
        let nodes = vec![(pointwise(16, 16), vec![0]), (Op::Add, vec![1, 1])];
        let model = graph(vec![size; 3], nodes, &[2]);
        assert_eq!(fused(&model), ["convolution", "add"]);
    }

    #[test]
    fn what_nothing_reads_is_dropped() {
        let size = shape(3, 3, 16);
        let nodes = vec![
            (pointwise(16, 16), vec![0]),
            (depthwise(16, 1), vec![0]),
            (Op::Activate, vec![2]),
        ];
        assert_eq!(fused(&graph(vec![size; 4], nodes, &[1])), ["convolution"]);
    }
}
