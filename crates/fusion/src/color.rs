//! Colours as the engine computes with them.

/// An sRGB colour, gamma-encoded, each channel 0.0 (black) ..= 1.0 (white): red, green, blue.
///
/// Encoded rather than linear light, because equal steps then look about equal, which is what
/// blends and smoothing want; ratios of encoded values are powers of ratios of light, so shading
/// still multiplies.
pub(crate) type Encoded = [f32; 3];

/// A channel value 0..=255 as 0.0..=1.0.
pub(crate) const UNIT: f32 = 1.0 / 255.0;

/// Lightness by the weights of Rec. 601.
#[inline]
pub(crate) fn luma(color: Encoded) -> f32 {
    0.299 * color[0] + 0.587 * color[1] + 0.114 * color[2]
}
