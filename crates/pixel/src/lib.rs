//! Pictures in memory, and the way between untrusted bytes and pixels.
//!
//! Every buffer is row-major with the origin at the top left; `x` grows to the right, `y` down.
//! The colour space lives in the pixel type.

#[cfg(test)]
extern crate self as pixel;

mod color;
mod decode;
mod encode;
mod image;
mod jpeg;
#[cfg(test)]
mod oracle;
mod resize;
#[cfg(test)]
mod testing;

pub use color::Srgb8;
pub use decode::{
    DecodeError, DecodeOptions, Decoded, Decoder, Format, Header, Limits, Orientation, decode,
    probe,
};
pub use encode::{EncodeError, JpegBase, Segment, Unadoptable, encode_jpeg, encode_png};
pub use image::{Image, Rect, View, ViewMut};
pub use resize::resize;
