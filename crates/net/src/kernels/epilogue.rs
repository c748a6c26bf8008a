//! What is done to a sum before it is stored.
#![allow(unsafe_code)]

use crate::buffer::Buffer;
use crate::graph::{Activation, Shape};
use crate::lanes::Lanes;

/// An activation, its slopes padded to whole vectors.
#[derive(Debug)]
pub(crate) enum ChannelActivation {
    None,
    Relu,
    Relu6,
    Prelu(Buffer),
    HardSwish,
}

impl ChannelActivation {
    /// Prepares `activation` for values of `shape`.
    pub(crate) fn new(activation: &Activation, shape: Shape) -> Self {
        match activation {
            Activation::None => Self::None,
            Activation::Relu => Self::Relu,
            Activation::Relu6 => Self::Relu6,
            Activation::Prelu(slopes) => {
                Self::Prelu(Buffer::padded(slopes, shape.padded_channels()))
            }
            Activation::HardSwish => Self::HardSwish,
        }
    }

    /// Whether there is a slope for each of `channels` channels, where slopes are needed.
    pub(super) fn covers(&self, channels: usize) -> bool {
        match self {
            Self::Prelu(slopes) => slopes.len() >= channels,
            _ => true,
        }
    }

    /// Applies it to the vector whose first channel is `channel`.
    ///
    /// # Safety
    /// [`Self::covers`]`(channel + 16)`.
    #[inline(always)]
    pub(super) unsafe fn apply<L: Lanes>(
        &self,
        lanes: L,
        x: L::Vector,
        channel: usize,
    ) -> L::Vector {
        match self {
            Self::None => x,
            Self::Relu => lanes.max(x, lanes.zero()),
            Self::Relu6 => lanes.min(lanes.max(x, lanes.zero()), lanes.splat(6.0)),
            // SAFETY: the caller checked that there are slopes for these 16 channels.
            Self::Prelu(slopes) => unsafe {
                lanes.prelu(x, lanes.load(slopes.as_ptr().add(channel)))
            },
            Self::HardSwish => {
                let gate = lanes.add(x, lanes.splat(3.0));
                let gate = lanes.min(lanes.max(gate, lanes.zero()), lanes.splat(6.0));
                lanes.multiply(lanes.multiply(x, gate), lanes.splat(1.0 / 6.0))
            }
        }
    }
}

/// Another image that is added; it may have fewer channels, the missing ones count as 0.
#[derive(Debug, Clone, Copy)]
pub(super) struct Residual<'a> {
    pub(super) values: &'a [f32],
    /// Numbers from one pixel to the next.
    pub(super) stride: usize,
}

/// Bias, residual and activation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Epilogue<'a> {
    pub(super) bias: &'a [f32],
    pub(super) residual: Option<Residual<'a>>,
    pub(super) activation: &'a ChannelActivation,
}

/// What an [`Epilogue`] is made of before there are images: a step keeps it beside its weights.
#[derive(Debug)]
pub(super) struct Finish {
    bias: Buffer,
    activation: ChannelActivation,
    residual_stride: Option<usize>,
}

impl Finish {
    /// Prepares for sums of shape `output`; `residual` is the image added before the activation.
    pub(super) fn new(
        bias: &[f32],
        activation: &Activation,
        output: Shape,
        residual: Option<Shape>,
    ) -> Self {
        Self {
            bias: Buffer::padded(bias, output.padded_channels()),
            activation: ChannelActivation::new(activation, output),
            residual_stride: residual.map(Shape::padded_channels),
        }
    }

    /// The epilogue of a run; the residual, where there is one, is the second of `inputs`.
    pub(super) fn epilogue<'a>(&'a self, inputs: &[&'a [f32]]) -> Epilogue<'a> {
        Epilogue {
            bias: &self.bias,
            residual: self.residual_stride.map(|stride| Residual {
                values: inputs[1],
                stride,
            }),
            activation: &self.activation,
        }
    }
}

impl<'a> Epilogue<'a> {
    /// The same from pixel `first` on.
    pub(super) fn starting_at(self, first: usize) -> Self {
        Self {
            residual: self.residual.map(|residual| Residual {
                values: &residual.values[first * residual.stride..],
                ..residual
            }),
            ..self
        }
    }

    /// Whether it can be applied to `pixels` pixels of `channels` channels.
    pub(super) fn covers(&self, pixels: usize, channels: usize) -> bool {
        self.bias.len() >= channels
            && self.activation.covers(channels)
            && self
                .residual
                .is_none_or(|r| r.stride <= channels && r.values.len() >= pixels * r.stride)
    }

    /// Applies it to the sums of `pixel` whose first channel is `channel`.
    ///
    /// # Safety
    /// [`Self::covers`]`(pixel + 1, channel + 16)`, and `channel` is a multiple of 16, as are
    /// residual strides.
    #[inline(always)]
    pub(super) unsafe fn apply<L: Lanes>(
        &self,
        lanes: L,
        sums: L::Vector,
        pixel: usize,
        channel: usize,
    ) -> L::Vector {
        // SAFETY: the caller checked the bias, the residual and the slopes. Where
        // `channel < stride`, 16 more numbers lie before the next pixel.
        unsafe {
            let mut x = lanes.add(sums, lanes.load(self.bias.as_ptr().add(channel)));
            if let Some(residual) = self.residual
                && channel < residual.stride
            {
                let from = residual
                    .values
                    .as_ptr()
                    .add(pixel * residual.stride + channel);
                x = lanes.add(x, lanes.load(from));
            }
            self.activation.apply(lanes, x, channel)
        }
    }
}
