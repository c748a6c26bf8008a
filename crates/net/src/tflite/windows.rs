//! Operators whose window moves over an image: their options, weights and sizes.

use super::Reader;
use super::operators::Operator;
use crate::LoadError;
use crate::graph::{Activation, Budget, Convolution, Depthwise, Shape, Window};
use std::rc::Rc;

impl<'a> Operator<'a> {
    pub(super) fn convolution(
        &self,
        reader: &mut Reader<'a>,
        budget: &mut Budget,
    ) -> Result<Convolution, LoadError> {
        let options = self.options()?;
        if options.i32(4, 1)? != 1 || options.i32(5, 1)? != 1 {
            return Err(self.unsupported("a dilated window"));
        }
        let strides = (options.i32(2, 0)?, options.i32(1, 0)?);
        let &[count, height, width, channels] =
            self.dimensions_of(reader, self.input(1)?).as_slice()
        else {
            return Err(self.inconsistent("weights without four axes"));
        };
        let input = self.shape_of_input(reader, 0)?;
        let output = self.shape_of_output(reader)?;
        self.require(
            channels == input.channels && count == output.channels,
            "its weights do not fit its shapes",
        )?;
        let same = options.i8(0, 0)? == 0;
        let window = self.window(input, output, (height, width), strides, same)?;
        Ok(Convolution {
            window,
            weights: self.constant(reader, 1, budget)?,
            bias: self.bias(reader, count, budget)?,
        })
    }

    pub(super) fn depthwise(
        &self,
        reader: &mut Reader<'a>,
        budget: &mut Budget,
    ) -> Result<Depthwise, LoadError> {
        let options = self.options()?;
        if options.i32(5, 1)? != 1 || options.i32(6, 1)? != 1 {
            return Err(self.unsupported("a dilated window"));
        }
        let strides = (options.i32(2, 0)?, options.i32(1, 0)?);
        let &[1, height, width, channels] = self.dimensions_of(reader, self.input(1)?).as_slice()
        else {
            return Err(self.inconsistent("weights that are not 1×h×w×c"));
        };
        let input = self.shape_of_input(reader, 0)?;
        let output = self.shape_of_output(reader)?;
        if channels != input.channels || channels != output.channels {
            return Err(self.unsupported("not one output channel for each input channel"));
        }
        let same = options.i8(0, 0)? == 0;
        let window = self.window(input, output, (height, width), strides, same)?;
        Ok(Depthwise {
            window,
            weights: self.constant(reader, 1, budget)?,
            bias: self.bias(reader, channels, budget)?,
        })
    }

    /// The bias, or zeros when the operator leaves it out.
    pub(super) fn bias(
        &self,
        reader: &mut Reader<'a>,
        count: usize,
        budget: &mut Budget,
    ) -> Result<Rc<[f32]>, LoadError> {
        if !self.has_input(2) {
            budget.pay_numbers(count)?;
            return Ok(vec![0.0; count].into());
        }
        let bias = self.constant(reader, 2, budget)?;
        self.require(bias.len() == count, "its bias does not fit its weights")?;
        Ok(bias)
    }

    pub(super) fn pooling(&self, reader: &Reader<'a>) -> Result<(Window, Activation), LoadError> {
        let options = self.options()?;
        let strides = (options.i32(2, 0)?, options.i32(1, 0)?);
        let height = self.positive(options.i32(4, 0)?)?;
        let width = self.positive(options.i32(3, 0)?)?;
        let input = self.shape_of_input(reader, 0)?;
        let output = self.shape_of_output(reader)?;
        self.require(input.channels == output.channels, "its shapes differ")?;
        let same = options.i8(0, 0)? == 0;
        let window = self.window(input, output, (height, width), strides, same)?;
        Ok((window, self.fused_activation(5)?))
    }

    /// The window from its options, if it gives the output's size.
    ///
    /// With padding SAME, an odd row or column of zeros comes after the image, not before.
    fn window(
        &self,
        input: Shape,
        output: Shape,
        (height, width): (usize, usize),
        strides: (i32, i32),
        same: bool,
    ) -> Result<Window, LoadError> {
        let stride_y = self.positive(strides.0)?;
        let stride_x = self.positive(strides.1)?;
        self.require(height > 0 && width > 0, "an empty window")?;
        let axis = |input: usize, window: usize, stride: usize| {
            if same {
                let count = input.div_ceil(stride);
                let zeros = ((count - 1) * stride + window).saturating_sub(input);
                Some((count, zeros / 2))
            } else {
                Some((input.checked_sub(window)? / stride + 1, 0))
            }
        };
        let (Some((rows, top)), Some((columns, left))) = (
            axis(input.height, height, stride_y),
            axis(input.width, width, stride_x),
        ) else {
            return Err(self.inconsistent("a window larger than the image"));
        };
        self.require(
            (rows, columns) == (output.height, output.width),
            "its window does not give its output's size",
        )?;
        Ok(Window {
            height,
            width,
            stride_y,
            stride_x,
            top,
            left,
        })
    }
}
