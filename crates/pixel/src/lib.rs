//! Pictures in memory, and the way between untrusted bytes and pixels.
//!
//! Every buffer is row-major with the origin at the top left; `x` grows to the right, `y` down.
//! The colour space lives in the pixel type.

mod color;
mod image;

pub use color::Srgb8;
pub use image::{Image, Rect, View, ViewMut};
