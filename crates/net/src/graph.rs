//! A net as a list of typed operators, independent of the file it came from.
//!
//! Everything here is checked: shapes fit their operators, indices exist, sizes are bounded.

use crate::LoadError;
use std::rc::Rc;

/// How many f32 a vector of the kernels holds; channels are padded to a multiple of it.
pub(crate) const LANES: usize = 16;

/// The extents of a value: rows, columns, channels (batch is always 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shape {
    pub(crate) height: usize,
    pub(crate) width: usize,
    pub(crate) channels: usize,
}

impl Shape {
    /// How many pixels there are.
    pub(crate) fn pixels(self) -> usize {
        self.height * self.width
    }

    /// How many numbers there are without padding.
    pub(crate) fn len(self) -> usize {
        self.pixels() * self.channels
    }

    /// Channels rounded up to whole vectors.
    pub(crate) fn padded_channels(self) -> usize {
        self.channels.next_multiple_of(LANES)
    }
}

/// Index of a value in [`Graph::shapes`].
pub(crate) type ValueId = usize;

/// What is applied to every number that an operator makes.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) enum Activation {
    #[default]
    None,
    /// max(x, 0)
    Relu,
    /// min(max(x, 0), 6)
    Relu6,
    /// x where x ≥ 0, else x × the channel's slope.
    Prelu(Rc<[f32]>),
    /// x × min(max(x + 3, 0), 6) / 6
    HardSwish,
}

/// Where a kernel's window moves over the image. Outside of the image there are zeros.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) height: usize,
    pub(crate) width: usize,
    pub(crate) stride_y: usize,
    pub(crate) stride_x: usize,
    /// Rows of zeros above the image.
    pub(crate) top: usize,
    /// Columns of zeros left of the image.
    pub(crate) left: usize,
}

/// Weights of a full convolution: `[output channel][window row][window column][input channel]`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Convolution {
    pub(crate) window: Window,
    pub(crate) weights: Rc<[f32]>,
    /// One per output channel.
    pub(crate) bias: Rc<[f32]>,
}

/// Weights of a depthwise convolution: `[window row][window column][channel]`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Depthwise {
    pub(crate) window: Window,
    pub(crate) weights: Rc<[f32]>,
    /// One per channel.
    pub(crate) bias: Rc<[f32]>,
}

/// The turned box around some landmarks; see [`crate::kernels`] for what is made of it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct LandmarkBox {
    /// The landmarks that the box holds.
    pub(crate) subset: Vec<usize>,
    /// The box's upper side runs along the line from `left` to `right`.
    pub(crate) left: usize,
    pub(crate) right: usize,
    /// The angle that the line shall have in the crop, in radians.
    pub(crate) target_angle: f32,
    /// How much larger than the landmarks' own extent the box is.
    pub(crate) scale_x: f32,
    pub(crate) scale_y: f32,
    /// The crop's size, in pixels.
    pub(crate) crop_width: f32,
    pub(crate) crop_height: f32,
}

/// An operator. `inputs[0]` of its node is what it works on, unless said otherwise.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Op {
    /// With a second input, that is added before the activation; channels that it lacks count as 0.
    Convolution(Convolution),
    Depthwise(Depthwise),
    /// Depthwise, then a 1×1 convolution, whose second input is as for `Convolution`.
    Separable(Depthwise, Convolution),
    /// The sum of two inputs.
    Add,
    /// The product of two inputs; the second may have one pixel, meant for all.
    Multiply,
    /// The product with constants: one for all, or one for each number.
    Scale(Rc<[f32]>),
    /// Only the node's activation.
    Activate,
    /// 1 / (1 + e⁻ˣ)
    Sigmoid,
    MaxPool(Window),
    /// The mean over the whole image.
    MeanPool,
    /// Zeros around the image and after its channels.
    Pad {
        top: usize,
        left: usize,
    },
    Resize {
        half_pixel_centers: bool,
        align_corners: bool,
    },
    DepthToSpace {
        block: usize,
    },
    /// The same numbers in another shape.
    Reshape,
    /// The inputs' numbers one after another.
    Concatenate,
    /// Landmarks (x, y, z) to the 4×4 matrix that maps crop pixels to the landmarks' coordinates.
    LandmarksToMatrix(LandmarkBox),
    /// `inputs[0]` sampled bilinearly where the matrix `inputs[1]` says.
    Warp,
    /// Points `inputs[0]` (x, y) mapped by the matrix `inputs[1]`.
    TransformPoints,
}

/// An operator with its operands.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    pub(crate) op: Op,
    pub(crate) inputs: Vec<ValueId>,
    pub(crate) output: ValueId,
    pub(crate) activation: Activation,
}

/// A net: nodes in an order in which they can run, each value made once.
#[derive(Debug, Clone, Default)]
pub(crate) struct Graph {
    pub(crate) shapes: Vec<Shape>,
    pub(crate) nodes: Vec<Node>,
    pub(crate) input: ValueId,
    /// The values that the net gives, with their names in the file.
    pub(crate) outputs: Vec<(ValueId, String)>,
}

/// What may still be spent on one file, in numbers (f32) and in multiplications.
///
/// A few bytes of a hostile file can name a tensor of any size; whatever is allocated or computed
/// because of a file is paid from here first.
#[derive(Debug)]
pub(crate) struct Budget {
    numbers: u64,
    multiplications: u64,
}

impl Budget {
    /// 128 MB of numbers.
    const NUMBERS: u64 = 1 << 25;
    /// About a hundred times the largest of the face nets; a few seconds on the portable path.
    const MULTIPLICATIONS: u64 = 1 << 32;

    /// The budget of one file.
    pub(crate) fn new() -> Self {
        Self {
            numbers: Self::NUMBERS,
            multiplications: Self::MULTIPLICATIONS,
        }
    }

    /// Pays for `count` numbers.
    pub(crate) fn pay_numbers(&mut self, count: usize) -> Result<(), LoadError> {
        self.numbers = self
            .numbers
            .checked_sub(count as u64)
            .ok_or(LoadError::TooLarge {
                what: "numbers in weights and buffers",
                limit: Self::NUMBERS,
            })?;
        Ok(())
    }

    /// Pays for `count` multiplications in each run.
    pub(crate) fn pay_multiplications(&mut self, count: u64) -> Result<(), LoadError> {
        self.multiplications =
            self.multiplications
                .checked_sub(count)
                .ok_or(LoadError::TooLarge {
                    what: "multiplications in one run",
                    limit: Self::MULTIPLICATIONS,
                })?;
        Ok(())
    }
}
