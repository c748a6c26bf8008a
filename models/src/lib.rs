//! The face nets (MediaPipe, Apache-2.0), pinned by hash and built into the binary.
//!
//! The bytes come from the npm packages named in `package.json`; the build script refuses any
//! that are not the pinned ones. See `README.md` beside this crate for what each net takes and gives.

/// Face detector for near faces: 128×128 RGB in [-1, 1] to 896 anchored boxes.
pub static DETECTOR_SHORT_RANGE: &[u8] =
    include_bytes!(concat!(env!("OUT_DIR"), "/detector_short_range.tflite"));

/// Face detector for far faces (sparse weights): 192×192 RGB in [-1, 1] to 2304 anchored boxes.
pub static DETECTOR_FULL_RANGE: &[u8] =
    include_bytes!(concat!(env!("OUT_DIR"), "/detector_full_range.tflite"));

/// Dense mesh: 192×192 RGB in [0, 1] to 468 points (x, y, z) in crop pixels and a face flag.
pub static LANDMARK: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/landmark.tflite"));

/// Dense mesh with sharper lips, eyes and irises: same input as [`LANDMARK`], more outputs.
pub static LANDMARK_ATTENTION: &[u8] =
    include_bytes!(concat!(env!("OUT_DIR"), "/landmark_attention.tflite"));

/// Canonical face geometry: 468 vertices (x, y, z in cm, u, v), 898 triangles and the weights of
/// the rigid fit, as a MediaPipe `GeometryPipelineMetadata` protocol buffer.
pub static CANONICAL_MESH: &[u8] =
    include_bytes!(concat!(env!("OUT_DIR"), "/canonical_mesh.binarypb"));
