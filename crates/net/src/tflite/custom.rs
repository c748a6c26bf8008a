//! MediaPipe's own operators, in their second version.
//!
//! What they mean: `mediapipe/util/tflite/operations/` in MediaPipe.

use super::Reader;
use super::operators::Operator;
use crate::LoadError;
use crate::flexbuffer::Map;
use crate::graph::{Activation, Budget, Convolution, LandmarkBox, Node, Op, Shape, Window};

/// Crops are at most so many pixels wide and high.
const LARGEST_CROP: i64 = 1 << 12;

/// Adds the operator called `name` to the reader's graph.
pub(super) fn append<'a>(
    operator: &Operator<'a>,
    name: &str,
    reader: &mut Reader<'a>,
    budget: &mut Budget,
) -> Result<(), LoadError> {
    let (op, operands) = match (name, operator.version) {
        ("Convolution2DTransposeBias", 1) => {
            return append_deconvolution(operator, reader, budget);
        }
        ("Landmarks2TransformMatrix", 2) => (landmarks_to_matrix(operator, reader, budget)?, 1),
        ("TransformTensorBilinear", 2) => {
            let image = operator.shape_of_input(reader, 0)?;
            let fits = image.channels == operator.shape_of_output(reader)?.channels
                && operator.shape_of_input(reader, 1)?.len() == 16;
            operator.require(fits, "its shapes do not fit each other")?;
            (Op::Warp, 2)
        }
        ("TransformLandmarks", 2) => {
            let points = operator.shape_of_input(reader, 0)?;
            let fits = points == operator.shape_of_output(reader)?
                && matches!(points.channels, 2 | 3)
                && operator.shape_of_input(reader, 1)?.len() == 16;
            operator.require(fits, "its shapes do not fit each other")?;
            (Op::TransformPoints, 2)
        }
        (_, version) => {
            let reason = format!("version {version} of this operator does not run here");
            return Err(operator.unsupported(reason));
        }
    };
    operator.push(reader, op, operands, Activation::None)
}

/// A transposed convolution whose windows do not overlap: each pixel becomes a square, as by a 1×1
/// convolution to the square's numbers and a rearrangement.
fn append_deconvolution<'a>(
    operator: &Operator<'a>,
    reader: &mut Reader<'a>,
    budget: &mut Budget,
) -> Result<(), LoadError> {
    let (words, _) = operator.custom_options.as_chunks::<4>();
    let &[_padding, stride_x, stride_y, ..] = words else {
        return Err(operator.inconsistent("its options cannot be read"));
    };
    let [stride_y, stride_x] = [stride_y, stride_x].map(i32::from_le_bytes);
    let block = operator.positive(stride_x)?;
    let weights = operator.dimensions_of(reader, operator.input(1)?);
    let &[outputs, height, width, channels] = weights.as_slice() else {
        return Err(operator.inconsistent("weights without four axes"));
    };
    if stride_y != stride_x || (height, width) != (block, block) {
        return Err(operator.unsupported("windows that overlap or are not square"));
    }
    let input = operator.shape_of_input(reader, 0)?;
    let output = operator.shape_of_output(reader)?;
    let fits = (input.channels, output.channels) == (channels, outputs)
        && Some(output.height) == input.height.checked_mul(block)
        && Some(output.width) == input.width.checked_mul(block);
    operator.require(fits, "its weights do not fit its shapes")?;
    let weights = operator.constant(reader, 1, budget)?;
    let bias = operator.bias(reader, outputs, budget)?;
    // From [output][square][channel] to [square][output][channel].
    let square = block * block;
    budget.pay_numbers(weights.len() + square * outputs)?;
    let rows: Vec<&[f32]> = weights.chunks_exact(channels).collect();
    let ordered = (0..square).flat_map(|k| (0..outputs).map(move |n| n * square + k));
    let convolution = Convolution {
        window: Window {
            height: 1,
            width: 1,
            stride_y: 1,
            stride_x: 1,
            top: 0,
            left: 0,
        },
        weights: ordered.flat_map(|row| rows[row]).copied().collect(),
        bias: bias.repeat(square).into(),
    };
    let middle = reader.graph.shapes.len();
    reader.graph.shapes.push(Shape {
        channels: square * outputs,
        ..input
    });
    reader.graph.nodes.push(Node {
        op: Op::Convolution(convolution),
        inputs: vec![operator.value(reader, 0)?],
        output: middle,
        activation: Activation::None,
    });
    let output = reader.define(operator.output)?;
    reader.graph.nodes.push(Node {
        op: Op::DepthToSpace { block },
        inputs: vec![middle],
        output,
        activation: Activation::None,
    });
    Ok(())
}

fn landmarks_to_matrix<'a>(
    operator: &Operator<'a>,
    reader: &Reader<'a>,
    budget: &mut Budget,
) -> Result<Op, LoadError> {
    let landmarks = operator.shape_of_input(reader, 0)?;
    let fits = landmarks.channels == 3 && operator.shape_of_output(reader)?.len() == 16;
    operator.require(fits, "its shapes are not those of points and a matrix")?;
    let wrong = |name: &str| operator.inconsistent(format!("its option {name} does not fit"));
    let options = Map::root(operator.custom_options)
        .ok_or_else(|| operator.inconsistent("its options cannot be read"))?;
    let point = |index: i64| {
        let index = usize::try_from(index).ok();
        index.filter(|&index| index < landmarks.pixels())
    };
    let named_point = |name| {
        options
            .integer(name)
            .and_then(point)
            .ok_or_else(|| wrong(name))
    };
    let extent = |name| {
        let extent = options.integer(name);
        let extent = extent.filter(|extent| (1..=LARGEST_CROP).contains(extent));
        extent
            .map(|extent| extent as f32)
            .ok_or_else(|| wrong(name))
    };
    let scale = |name| {
        let scale = options.number(name);
        scale
            .filter(|&s| s > 0.0 && s.is_finite())
            .ok_or_else(|| wrong(name))
    };
    let subset = options
        .integers("subset_idxs")
        .filter(|indices| !indices.is_empty() && indices.len() <= landmarks.pixels())
        .and_then(|indices| indices.into_iter().map(point).collect::<Option<Vec<_>>>())
        .ok_or_else(|| wrong("subset_idxs"))?;
    budget.pay_numbers(2 * subset.len())?;
    budget.pay_multiplications(4 * subset.len() as u64)?;
    Ok(Op::LandmarksToMatrix(LandmarkBox {
        subset,
        left: named_point("left_rotation_idx")?,
        right: named_point("right_rotation_idx")?,
        target_angle: options
            .number("target_rotation_radians")
            .filter(|angle| angle.is_finite())
            .ok_or_else(|| wrong("target_rotation_radians"))?,
        scale_x: scale("scale_x")?,
        scale_y: scale("scale_y")?,
        crop_width: extent("output_width")?,
        crop_height: extent("output_height")?,
    }))
}
