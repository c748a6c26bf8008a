//! Pixels to faces: detection near and far, a dense 3-D mesh, pose and a quality verdict.
//!
//! "No face" is an answer (an empty list), not an error.

pub mod canonical;
mod rigid;
mod types;

pub use rigid::Similarity;
pub use types::{Bounds, Face, Fault, Iris, MESH_POINTS, Point2, Point3, Pose, Quality};
