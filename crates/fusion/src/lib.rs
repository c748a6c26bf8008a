//! A prepared template and a user's face to a fused picture.
//!
//! Pure: it knows no files, no clock and no network. A [`Template`] is prepared once and holds all
//! that does not depend on the user; [`fuse`] then works on it for every call.

mod recipe;
mod stages;
mod template;

pub use recipe::{Algorithm, Degree, Recipe};
pub use stages::{Assignment, Explain, FuseError, Scratch, fuse};
pub use template::{PrepareError, Template};
