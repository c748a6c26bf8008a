//! Turns the file's operators into nodes.

use super::{
    Dimensions, Kind, LARGEST_TENSOR, MOST_OPERANDS, Reader, custom, inconsistent, too_large,
    unsupported,
};
use crate::LoadError;
use crate::flatbuffer::Table;
use crate::graph::{Activation, Budget, Graph, Node, Op, Shape, ValueId};
use std::rc::Rc;

/// Operator codes of the schema.
mod code {
    pub(super) const ADD: i32 = 0;
    pub(super) const AVERAGE_POOL_2D: i32 = 1;
    pub(super) const CONCATENATION: i32 = 2;
    pub(super) const CONV_2D: i32 = 3;
    pub(super) const DEPTHWISE_CONV_2D: i32 = 4;
    pub(super) const DEPTH_TO_SPACE: i32 = 5;
    pub(super) const DEQUANTIZE: i32 = 6;
    pub(super) const LOGISTIC: i32 = 14;
    pub(super) const MAX_POOL_2D: i32 = 17;
    pub(super) const MUL: i32 = 18;
    pub(super) const RELU: i32 = 19;
    pub(super) const RELU6: i32 = 21;
    pub(super) const RESHAPE: i32 = 22;
    pub(super) const RESIZE_BILINEAR: i32 = 23;
    pub(super) const CUSTOM: i32 = 32;
    pub(super) const PAD: i32 = 34;
    pub(super) const STRIDED_SLICE: i32 = 45;
    pub(super) const PRELU: i32 = 54;
    pub(super) const HARD_SWISH: i32 = 117;
    pub(super) const DENSIFY: i32 = 124;
}

/// An operator as the file lists it, its operands checked to exist.
pub(super) struct Operator<'a> {
    code: i32,
    custom_code: String,
    pub(super) version: i32,
    pub(super) place: String,
    inputs: Vec<usize>,
    pub(super) output: usize,
    options: Option<Table<'a>>,
    pub(super) custom_options: &'a [u8],
}

impl<'a> Operator<'a> {
    pub(super) fn read(
        reader: &Reader<'a>,
        table: Table<'a>,
        index: usize,
    ) -> Result<Self, LoadError> {
        let place = format!("operator {index}");
        let code_index = table.i32(0, 0)?;
        let code_table = usize::try_from(code_index)
            .map_err(|_| inconsistent(&place, format!("code {code_index}")))
            .and_then(|index| reader.codes.get(index))?;
        // Codes above 127 do not fit the older field.
        let code = code_table.i32(3, 0)?.max(i32::from(code_table.i8(0, 0)?));
        let custom_code = code_table.name(1)?;
        let place = match code {
            code::CUSTOM => format!("{place} ({custom_code})"),
            _ => format!("{place} (code {code})"),
        };
        let listed = table.i32s(1)?;
        let mut outputs = table.i32s(2)?;
        if listed.len() > MOST_OPERANDS {
            let reason = format!("{} inputs, more than {MOST_OPERANDS}", listed.len());
            return Err(unsupported(place, reason));
        }
        let inputs = listed
            .map(|input| reader.tensor_index(input))
            .collect::<Result<Vec<_>, _>>()?;
        let (Some(output), None) = (outputs.next(), outputs.next()) else {
            return Err(unsupported(place, "not exactly one output"));
        };
        Ok(Self {
            code,
            custom_code,
            version: code_table.i32(2, 1)?,
            inputs,
            output: reader.tensor_index(output)?,
            place,
            options: table.table(4)?,
            custom_options: table.bytes(5)?,
        })
    }

    /// Checks the operator and adds what it does to the reader's graph.
    pub(super) fn append_to(
        &self,
        reader: &mut Reader<'a>,
        budget: &mut Budget,
    ) -> Result<(), LoadError> {
        let before = reader.graph.nodes.len();
        match self.code {
            code::DEQUANTIZE | code::DENSIFY => return self.append_constant(reader, budget),
            code::CONV_2D => {
                let convolution = self.convolution(reader, budget)?;
                let activation = self.fused_activation(3)?;
                self.push(reader, Op::Convolution(convolution), 1, activation)?;
            }
            code::DEPTHWISE_CONV_2D => {
                let depthwise = self.depthwise(reader, budget)?;
                let activation = self.fused_activation(4)?;
                self.push(reader, Op::Depthwise(depthwise), 1, activation)?;
            }
            code::ADD => {
                self.require_same_shape(reader, &[0, 1])?;
                let activation = self.fused_activation(0)?;
                self.push(reader, Op::Add, 2, activation)?;
            }
            code::MUL => self.append_multiplication(reader, budget)?,
            code::PRELU => {
                let slopes = self.constant(reader, 1, budget)?;
                if slopes.len() != self.shape_of_input(reader, 0)?.channels {
                    return Err(self.unsupported("not one slope for each channel"));
                }
                self.append_activation(reader, Activation::Prelu(slopes))?;
            }
            code::RELU => self.append_activation(reader, Activation::Relu)?,
            code::RELU6 => self.append_activation(reader, Activation::Relu6)?,
            code::HARD_SWISH => self.append_activation(reader, Activation::HardSwish)?,
            code::LOGISTIC => {
                self.require_same_shape(reader, &[0])?;
                self.push(reader, Op::Sigmoid, 1, Activation::None)?;
            }
            code::MAX_POOL_2D => {
                let (window, activation) = self.pooling(reader)?;
                self.push(reader, Op::MaxPool(window), 1, activation)?;
            }
            code::AVERAGE_POOL_2D => {
                let (window, activation) = self.pooling(reader)?;
                let input = self.shape_of_input(reader, 0)?;
                if (window.height, window.width) != (input.height, input.width) {
                    return Err(self.unsupported("a mean of less than the whole image"));
                }
                self.push(reader, Op::MeanPool, 1, activation)?;
            }
            code::PAD => self.append_padding(reader)?,
            code::RESIZE_BILINEAR => {
                let input = self.shape_of_input(reader, 0)?;
                let output = self.shape_of_output(reader)?;
                self.require(input.channels == output.channels, "its shapes differ")?;
                let options = self.options()?;
                let op = Op::Resize {
                    align_corners: options.bool(2)?,
                    half_pixel_centers: options.bool(3)?,
                };
                self.push(reader, op, 1, Activation::None)?;
            }
            code::DEPTH_TO_SPACE => {
                let block = self.positive(self.options()?.i32(0, 0)?)?;
                let input = self.shape_of_input(reader, 0)?;
                let output = self.shape_of_output(reader)?;
                let fits = block <= input.channels
                    && output.height == input.height * block
                    && output.width == input.width * block
                    && input.channels == output.channels * block * block;
                self.require(fits, "its shapes do not fit its block")?;
                self.push(reader, Op::DepthToSpace { block }, 1, Activation::None)?;
            }
            code::RESHAPE => self.append_reshape(reader)?,
            code::STRIDED_SLICE => {
                // Exporters leave slices that keep everything; nothing else is needed.
                if self.dimensions_of(reader, self.input(0)?)
                    != self.dimensions_of(reader, self.output)
                    || self
                        .constant_integers(reader, 3)?
                        .iter()
                        .any(|&step| step != 1)
                {
                    return Err(self.unsupported("a slice that leaves something out"));
                }
                self.append_reshape(reader)?;
            }
            code::CONCATENATION => self.append_concatenation(reader)?,
            code::CUSTOM => custom::append(self, &self.custom_code, reader, budget)?,
            _ => return Err(self.unsupported("this operator does not run here")),
        }
        let Graph { nodes, shapes, .. } = &reader.graph;
        nodes[before..]
            .iter()
            .try_for_each(|node| pay(node, shapes, budget))
    }

    // What the operators are made of.

    /// A constant that another constant is made of.
    fn append_constant(
        &self,
        reader: &mut Reader<'a>,
        budget: &mut Budget,
    ) -> Result<(), LoadError> {
        let values = self.constant(reader, 0, budget)?;
        if values.len() != reader.tensors[self.output].dimensions.count() {
            return Err(self.inconsistent("its output is of another size"));
        }
        reader.constants.define(self.output, values)
    }

    fn append_activation(
        &self,
        reader: &mut Reader<'a>,
        activation: Activation,
    ) -> Result<(), LoadError> {
        self.require_same_shape(reader, &[0])?;
        self.push(reader, Op::Activate, 1, activation)
    }

    fn append_multiplication(
        &self,
        reader: &mut Reader<'a>,
        budget: &mut Budget,
    ) -> Result<(), LoadError> {
        let activation = self.fused_activation(0)?;
        self.require_same_shape(reader, &[0])?;
        let other = self.input(1)?;
        if reader.constants.has(other, &reader.tensors[other])? {
            let factors = self.constant(reader, 1, budget)?;
            let shape = self.shape_of_input(reader, 0)?;
            let fits = factors.len() == 1 || factors.len() == shape.len();
            self.require(fits, "factors that do not fit what they multiply")?;
            return self.push(reader, Op::Scale(factors), 1, activation);
        }
        let (first, second) = (
            self.shape_of_input(reader, 0)?,
            self.shape_of_input(reader, 1)?,
        );
        let fits = first.channels == second.channels
            && (second.pixels() == 1 || second.pixels() == first.pixels());
        self.require(fits, "factors that do not fit what they multiply")?;
        self.push(reader, Op::Multiply, 2, activation)
    }

    fn append_padding(&self, reader: &mut Reader<'a>) -> Result<(), LoadError> {
        let amounts = self.constant_integers(reader, 1)?;
        let input = self.shape_of_input(reader, 0)?;
        let output = self.shape_of_output(reader)?;
        let amounts: Vec<usize> = amounts
            .iter()
            .map(|&amount| usize::try_from(amount).unwrap_or(usize::MAX))
            .collect();
        let &[0, 0, top, bottom, left, right, 0, after] = &amounts[..] else {
            return Err(self.unsupported("zeros before the channels or around the batch"));
        };
        let sum = |parts: [usize; 3]| parts.iter().try_fold(0_usize, |sum, &p| sum.checked_add(p));
        let fits = sum([input.height, top, bottom]) == Some(output.height)
            && sum([input.width, left, right]) == Some(output.width)
            && sum([input.channels, after, 0]) == Some(output.channels);
        self.require(fits, "its zeros do not give its output's size")?;
        self.push(reader, Op::Pad { top, left }, 1, Activation::None)
    }

    fn append_reshape(&self, reader: &mut Reader<'a>) -> Result<(), LoadError> {
        let input = self.shape_of_input(reader, 0)?;
        let output = self.shape_of_output(reader)?;
        self.require(
            input.len() == output.len(),
            "its shapes hold different counts",
        )?;
        self.push(reader, Op::Reshape, 1, Activation::None)
    }

    fn append_concatenation(&self, reader: &mut Reader<'a>) -> Result<(), LoadError> {
        let options = self.options()?;
        let output = self.dimensions_of(reader, self.output);
        let axis = usize::try_from(options.i32(0, 0)?)
            .ok()
            .filter(|&axis| axis < output.rank)
            .ok_or_else(|| self.unsupported("an axis reckoned from the end"))?;
        if output.as_slice()[..axis].iter().any(|&extent| extent != 1) {
            return Err(self.unsupported("pieces that alternate in the output"));
        }
        let mut joined = 0;
        for &input in &self.inputs {
            let piece = self.dimensions_of(reader, input);
            let fits = piece.rank == output.rank
                && (0..piece.rank).all(|k| k == axis || piece.extents[k] == output.extents[k]);
            self.require(fits, "pieces of other extents than the output")?;
            joined += piece.extents[axis];
        }
        self.require(joined == output.extents[axis], "pieces that do not add up")?;
        let activation = self.fused_activation(1)?;
        self.require(activation == Activation::None, "an activation")?;
        self.push(reader, Op::Concatenate, self.inputs.len(), activation)
    }

    /// Adds a node that reads the first `operands` inputs.
    pub(super) fn push(
        &self,
        reader: &mut Reader<'a>,
        op: Op,
        operands: usize,
        activation: Activation,
    ) -> Result<(), LoadError> {
        let inputs = (0..operands)
            .map(|k| self.value(reader, k))
            .collect::<Result<Vec<_>, _>>()?;
        let output = reader.define(self.output)?;
        reader.graph.nodes.push(Node {
            op,
            inputs,
            output,
            activation,
        });
        Ok(())
    }

    // Operands.

    pub(super) fn has_input(&self, k: usize) -> bool {
        k < self.inputs.len()
    }

    pub(super) fn input(&self, k: usize) -> Result<usize, LoadError> {
        let input = self.inputs.get(k).copied();
        input.ok_or_else(|| self.inconsistent("an input is missing"))
    }

    pub(super) fn value(&self, reader: &Reader<'a>, k: usize) -> Result<ValueId, LoadError> {
        let tensor = self.input(k)?;
        reader.values[tensor].ok_or_else(|| {
            self.inconsistent(format!("its input, tensor {tensor}, is not made before it"))
        })
    }

    pub(super) fn shape_of_input(&self, reader: &Reader<'a>, k: usize) -> Result<Shape, LoadError> {
        Ok(reader.graph.shapes[self.value(reader, k)?])
    }

    pub(super) fn shape_of_output(&self, reader: &Reader<'a>) -> Result<Shape, LoadError> {
        let tensor = &reader.tensors[self.output];
        let shape = tensor.dimensions.shape().filter(|shape| shape.len() > 0);
        let shape = shape.ok_or_else(|| self.unsupported("the extents of its output"))?;
        if shape.pixels().saturating_mul(shape.padded_channels()) > LARGEST_TENSOR {
            return Err(too_large());
        }
        Ok(shape)
    }

    pub(super) fn dimensions_of(&self, reader: &Reader<'a>, tensor: usize) -> Dimensions {
        reader.tensors[tensor].dimensions
    }

    pub(super) fn constant(
        &self,
        reader: &mut Reader<'a>,
        k: usize,
        budget: &mut Budget,
    ) -> Result<Rc<[f32]>, LoadError> {
        let index = self.input(k)?;
        let tensor = reader.tensors[index];
        if tensor.kind == Kind::I32 {
            return Err(self.inconsistent("whole numbers where weights should be"));
        }
        reader.constants.floats(index, &tensor, budget)
    }

    fn constant_integers(&self, reader: &Reader<'a>, k: usize) -> Result<Vec<i32>, LoadError> {
        let index = self.input(k)?;
        reader.constants.integers(index, &reader.tensors[index])
    }

    // Checks.

    pub(super) fn options(&self) -> Result<Table<'a>, LoadError> {
        self.options
            .ok_or_else(|| self.inconsistent("its options are missing"))
    }

    pub(super) fn fused_activation(&self, id: usize) -> Result<Activation, LoadError> {
        match self.options.map_or(Ok(0), |options| options.i8(id, 0))? {
            0 => Ok(Activation::None),
            1 => Ok(Activation::Relu),
            3 => Ok(Activation::Relu6),
            other => Err(self.unsupported(format!("fused activation {other}"))),
        }
    }

    pub(super) fn positive(&self, value: i32) -> Result<usize, LoadError> {
        usize::try_from(value)
            .ok()
            .filter(|&value| value > 0)
            .ok_or_else(|| self.inconsistent(format!("{value} where a size should be")))
    }

    fn require_same_shape(&self, reader: &Reader<'a>, inputs: &[usize]) -> Result<(), LoadError> {
        let output = self.shape_of_output(reader)?;
        for &k in inputs {
            self.require(
                self.shape_of_input(reader, k)? == output,
                "its shapes differ",
            )?;
        }
        Ok(())
    }

    pub(super) fn require(&self, holds: bool, reason: &str) -> Result<(), LoadError> {
        if holds {
            Ok(())
        } else {
            Err(self.inconsistent(reason))
        }
    }

    pub(super) fn unsupported(&self, reason: impl Into<String>) -> LoadError {
        unsupported(&self.place, reason)
    }

    pub(super) fn inconsistent(&self, reason: impl Into<String>) -> LoadError {
        inconsistent(&self.place, reason)
    }
}

/// Pays for the multiplications of a node.
fn pay(node: &Node, shapes: &[Shape], budget: &mut Budget) -> Result<(), LoadError> {
    let output = shapes[node.output];
    let each = match &node.op {
        Op::Convolution(c) => c.weights.len() / c.bias.len().max(1),
        Op::Depthwise(d) => d.window.height * d.window.width,
        Op::MaxPool(window) => window.height.saturating_mul(window.width),
        _ => 4,
    };
    let padded = (output.pixels() * output.padded_channels()) as u64;
    budget.pay_multiplications(padded.saturating_mul(each.max(1) as u64))
}
