//! Pixels to faces: detection near and far, a dense 3-D mesh, pose and a quality verdict.
//!
//! "No face" is an answer (an empty list), not an error.

pub mod canonical;
mod certainty;
mod detection;
mod detector;
mod error;
mod finder;
mod luma_grid;
mod mesh;
mod pose;
pub mod quality;
mod region;
mod rigid;
mod sample;
mod search;
mod tiles;
mod types;

pub use error::FinderError;
pub use finder::{FaceFinder, FindOptions, MOST_FACES, Scratch};
pub use rigid::Similarity;
pub use types::{Bounds, Face, Fault, Iris, MESH_POINTS, Point2, Point3, Pose, Quality};
