//! A prepared template and a user's face to a fused picture.
//!
//! Pure: it knows no files, no clock and no network. A [`Template`] is prepared once and holds all
//! that does not depend on the user; [`fuse`] then works on it for every call.

mod atlas;
mod color;
mod compose;
mod explain;
mod geometry;
mod light;
mod matte;
mod normals;
mod paint;
mod recipe;
mod stages;
mod surface;
mod surroundings;
mod template;
mod texture;
mod tone;

#[cfg(test)]
mod tests;

pub use explain::Explain;
pub use recipe::{Algorithm, Degree, Recipe};
pub use stages::{Assignment, FuseError, Scratch, fuse};
pub use template::{PrepareError, Template};
