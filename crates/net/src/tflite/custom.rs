//! MediaPipe's own operators, in their second version.
//!
//! What they mean: `mediapipe/util/tflite/operations/` in MediaPipe.

use super::Reader;
use super::operators::Operator;
use crate::LoadError;
use crate::flexbuffer::Map;
use crate::graph::{LandmarkBox, Op};

/// Crops are at most so many pixels wide and high.
const LARGEST_CROP: i64 = 1 << 12;

/// The operator called `name` and how many run-time inputs it has.
pub(super) fn read<'a>(
    operator: &Operator<'a>,
    name: &str,
    reader: &Reader<'a>,
) -> Result<(Op, usize), LoadError> {
    if operator.version != 2 {
        return Err(operator.unsupported(format!("version {}", operator.version)));
    }
    match name {
        "Landmarks2TransformMatrix" => Ok((landmarks_to_matrix(operator, reader)?, 1)),
        "TransformTensorBilinear" => {
            let image = operator.shape_of_input(reader, 0)?;
            let output = operator.shape_of_output(reader)?;
            let fits = image.channels == output.channels
                && operator.shape_of_input(reader, 1)?.len() == 16;
            operator.require(fits, "its shapes do not fit each other")?;
            Ok((Op::Warp, 2))
        }
        "TransformLandmarks" => {
            let points = operator.shape_of_input(reader, 0)?;
            let fits = points == operator.shape_of_output(reader)?
                && matches!(points.channels, 2 | 3)
                && operator.shape_of_input(reader, 1)?.len() == 16;
            operator.require(fits, "its shapes do not fit each other")?;
            Ok((Op::TransformPoints, 2))
        }
        _ => Err(operator.unsupported("this operator does not run here")),
    }
}

fn landmarks_to_matrix<'a>(operator: &Operator<'a>, reader: &Reader<'a>) -> Result<Op, LoadError> {
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
