//! Where every mesh vertex of the fused face lies: the user's shape in the template's pose, mixed
//! with the template's by the two degrees.

use crate::surface::{PARTS, part_vertices, smoothstep, surface};
use crate::{Algorithm, Recipe};
use face::canonical::canonical;
use face::{MESH_POINTS, Point3, Similarity};

/// Most a vertex may move, as a share of the face's width; approached softly.
const MOST_SHIFT: f32 = 0.1;
/// How much of the way to the user's contour the template goes at degree 0; all of it would bend
/// what borders the face too visibly.
const CONTOUR_SHARE: f32 = 0.5;
/// How far `natural` draws the user's features to the places of the template's, 0..=1.
const NATURAL_LAYOUT: f32 = 0.85;

/// Puts the target mesh into `target`, in the template's pixels.
pub(crate) fn target_mesh(
    user: &[Point3],
    template: &[Point3],
    recipe: &Recipe,
    target: &mut Vec<Point3>,
) {
    target.clear();
    target.extend_from_slice(template);
    let Some(mut posed) = posed_user(user, template) else {
        return;
    };
    if recipe.algorithm == Algorithm::Natural {
        draw_parts_to_template(&mut posed, template);
    }
    let width = face_width(template);
    let features = recipe.feature_degree.user_share();
    let shape = CONTOUR_SHARE * frontal(template) * recipe.shape_degree.user_share();
    for (vertex, point) in target.iter_mut().enumerate() {
        let contour = surface().contour[vertex];
        let share = contour * shape + (1.0 - contour) * features;
        let (dx, dy) = (posed[vertex][0] - point.x, posed[vertex][1] - point.y);
        let soft = soft_limit(dx.hypot(dy) / (MOST_SHIFT * width));
        point.x += share * soft * dx;
        point.y += share * soft * dy;
        point.z += share * (posed[vertex][2] - point.z);
    }
}

/// How far a face looks at the camera, 0 (profile) ..= 1: the outline of a turned face is its
/// silhouette, whose depth is the least certain of the mesh.
fn frontal(mesh: &[Point3]) -> f32 {
    let (right, left) = (mesh[234], mesh[454]);
    1.0 - smoothstep(0.3, 1.0, (left.z - right.z).abs() / face_width(mesh))
}

/// What keeps a shift of `length` limits below one limit: tanh(length) / length.
fn soft_limit(length: f32) -> f32 {
    if length < 1e-3 {
        1.0
    } else {
        length.tanh() / length
    }
}

/// Distance between the outline's leftmost and rightmost points along the face.
pub(crate) fn face_width(mesh: &[Point3]) -> f32 {
    let across = |a: usize, b: usize| {
        let (a, b) = (mesh[a], mesh[b]);
        ((a.x - b.x).powi(2) + (a.y - b.y).powi(2) + (a.z - b.z).powi(2)).sqrt()
    };
    across(234, 454).max(1.0)
}

/// Least x, least y, greatest x and greatest y of some meshes, with a margin.
pub(crate) fn bounds_of<'a>(
    meshes: impl IntoIterator<Item = &'a [Point3]>,
    margin: f32,
) -> [f32; 4] {
    let mut bounds = [
        f32::INFINITY,
        f32::INFINITY,
        f32::NEG_INFINITY,
        f32::NEG_INFINITY,
    ];
    for point in meshes.into_iter().flatten() {
        bounds[0] = bounds[0].min(point.x - margin);
        bounds[1] = bounds[1].min(point.y - margin);
        bounds[2] = bounds[2].max(point.x + margin + 1.0);
        bounds[3] = bounds[3].max(point.y + margin + 1.0);
    }
    bounds
}

pub(crate) fn coordinates(point: Point3) -> [f32; 3] {
    [point.x, point.y, point.z]
}

/// The user's mesh turned, scaled and moved onto the template's by its most rigid points.
fn posed_user(user: &[Point3], template: &[Point3]) -> Option<Vec<[f32; 3]>> {
    let rigid = &canonical().rigid;
    let pairs = rigid.iter().map(|&(index, weight)| {
        let index = usize::from(index);
        (
            coordinates(user[index]),
            coordinates(template[index]),
            weight,
        )
    });
    let similarity = Similarity::fit(pairs)?;
    Some(
        (0..MESH_POINTS)
            .map(|vertex| similarity.apply(coordinates(user[vertex])))
            .collect(),
    )
}

/// Moves each part of the face rigidly in the picture's plane onto the template's part, so that
/// its place and tilt are the template's and its own form stays the user's.
fn draw_parts_to_template(posed: &mut [[f32; 3]], template: &[Point3]) {
    let shifts: [Option<PlaneFit>; PARTS] =
        std::array::from_fn(|part| PlaneFit::new(posed, template, part));
    for (vertex, point) in posed.iter_mut().enumerate() {
        let (mut dx, mut dy) = (0.0, 0.0);
        for (part, fit) in shifts.iter().enumerate() {
            if let Some(fit) = fit {
                let weight = surface().parts[vertex][part] * NATURAL_LAYOUT;
                let moved = fit.apply([point[0], point[1]]);
                dx += weight * (moved[0] - point[0]);
                dy += weight * (moved[1] - point[1]);
            }
        }
        point[0] += dx;
        point[1] += dy;
    }
}

/// A similarity of the plane: p -> (a -b; b a) p + t.
struct PlaneFit {
    a: f32,
    b: f32,
    t: [f32; 2],
}

impl PlaneFit {
    fn new(posed: &[[f32; 3]], template: &[Point3], part: usize) -> Option<PlaneFit> {
        let count = part_vertices(part).count() as f32;
        let (mut from, mut to) = ([0.0; 2], [0.0; 2]);
        for v in part_vertices(part) {
            from = [from[0] + posed[v][0] / count, from[1] + posed[v][1] / count];
            to = [to[0] + template[v].x / count, to[1] + template[v].y / count];
        }
        let (mut dot, mut cross, mut norm) = (0.0, 0.0, 0.0);
        for v in part_vertices(part) {
            let (px, py) = (posed[v][0] - from[0], posed[v][1] - from[1]);
            let (qx, qy) = (template[v].x - to[0], template[v].y - to[1]);
            dot += px * qx + py * qy;
            cross += px * qy - py * qx;
            norm += px * px + py * py;
        }
        if norm <= 1e-6 {
            return None;
        }
        // The size stays the user's by half: eyes and mouth of another size are likeness too.
        let size = (dot.hypot(cross) / norm).max(1e-3);
        let keep = size.sqrt() / size;
        let (a, b) = (dot / norm * keep, cross / norm * keep);
        let t = [
            to[0] - a * from[0] + b * from[1],
            to[1] - b * from[0] - a * from[1],
        ];
        Some(PlaneFit { a, b, t })
    }

    fn apply(&self, [x, y]: [f32; 2]) -> [f32; 2] {
        [
            self.a * x - self.b * y + self.t[0],
            self.b * x + self.a * y + self.t[1],
        ]
    }
}
