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
