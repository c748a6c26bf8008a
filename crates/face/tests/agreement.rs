//! The mesh against MediaPipe's FaceMesh 0.10.14 on the same portraits (reference/make.py).

#![allow(clippy::unwrap_used, reason = "tests stop where they fail")]

mod portraits;

use face::{FaceFinder, FindOptions, MESH_POINTS};
use portraits::{NAMES, portrait};
use serde_json::Value;

/// Largest mean distance from FaceMesh's points, in widths of the face. What is left comes from the
/// JPEG decoders and from the roundings that the nets answer to.
const MEAN_TOLERANCE: f32 = 0.001;

/// Largest distance of any point, likewise.
const MOST_TOLERANCE: f32 = 0.005;

fn reference(json: &str, name: &str) -> Vec<[f32; 3]> {
    let all: Value = serde_json::from_str(json).unwrap();
    let points = all[name].as_array().unwrap().iter();
    points
        .map(|point| std::array::from_fn(|axis| point[axis].as_f64().unwrap() as f32))
        .collect()
}

/// Mean and greatest distance in widths of the face, in the picture and in depth.
fn distances(found: &[[f32; 3]], expected: &[[f32; 3]], width: f32) -> ([f32; 2], f32) {
    let (mut sum, mut most, mut depth) = (0.0, 0.0_f32, 0.0);
    for (a, b) in found.iter().zip(expected) {
        let distance = (a[0] - b[0]).hypot(a[1] - b[1]) / width;
        sum += distance;
        most = most.max(distance);
        depth += (a[2] - b[2]).abs() / width;
    }
    let count = found.len() as f32;
    ([sum / count, most], depth / count)
}

fn agrees(refined: bool, json: &str) {
    let finder = FaceFinder::new().unwrap();
    let mut scratch = finder.scratch();
    let options = FindOptions {
        refined,
        ..FindOptions::largest()
    };
    for name in NAMES {
        let picture = portrait(name);
        let faces = finder.find(picture.view(), &options, &mut scratch);
        let [face] = &faces[..] else {
            panic!("{name}: {} faces", faces.len())
        };
        let mut found: Vec<[f32; 3]> = face.mesh.iter().map(|p| [p.x, p.y, p.z]).collect();
        let mut expected = reference(json, name);
        assert_eq!(found.len(), MESH_POINTS);
        assert_eq!(face.irises.is_some(), refined);
        if let Some(irises) = face.irises {
            for iris in irises {
                let points = std::iter::once(iris.center).chain(iris.edge);
                found.extend(points.map(|point| [point.x, point.y, 0.0]));
            }
            // FaceMesh gives the irises a depth of their own; ours have none.
            expected[MESH_POINTS..]
                .iter_mut()
                .for_each(|point| point[2] = 0.0);
        }
        assert_eq!(found.len(), expected.len());
        let ([mean, most], depth) = distances(&found, &expected, face.quality.width);
        assert!(
            mean < MEAN_TOLERANCE && most < MOST_TOLERANCE && depth < MEAN_TOLERANCE,
            "{name}: mean {mean}, most {most}, depth {depth} of {} pixels",
            face.quality.width
        );
    }
}

#[test]
fn the_mesh_agrees_with_face_mesh() {
    agrees(false, include_str!("reference/face_mesh.json"));
}

#[test]
fn the_refined_mesh_agrees_with_face_mesh() {
    agrees(true, include_str!("reference/face_mesh_refined.json"));
}
