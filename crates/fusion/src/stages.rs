use crate::compose::{Ground, Source, compose};
use crate::explain::{self, Explain};
use crate::geometry::{bounds_of, face_width, target_mesh};
use crate::matte::{erode, harden, matte, soften};
use crate::surroundings::{Bend, REACH};
use crate::template::PreparedFace;
use crate::texture::{Patch, Texel4};
use crate::tone::Tone;
use crate::{Degree, Recipe, Template};
use face::{Face, MESH_POINTS, Point3};
use pixel::{Image, Rect, Srgb8, View};

/// A user's face and the template face it goes into.
#[derive(Clone, Copy, Debug)]
pub struct Assignment<'a> {
    /// Index into [`Template::faces`].
    pub template_face: usize,
    /// The user's photo.
    pub user_picture: View<'a, Srgb8>,
    /// The user's face in that photo.
    pub user_face: &'a Face,
    /// How to fuse them.
    pub recipe: Recipe,
}

/// Why faces cannot be fused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FuseError {
    /// The template has no such face.
    #[error("the template has {faces} face(s), none with index {index}")]
    NoSuchTemplateFace {
        /// Index asked for.
        index: usize,
        /// Number of faces.
        faces: usize,
    },
    /// Two assignments name one template face.
    #[error("template face {index} is assigned twice")]
    AssignedTwice {
        /// The face's index.
        index: usize,
    },
    /// A user's face does not have the points of the dense mesh.
    #[error("a user's face has {points} mesh points, not 468")]
    NotAMesh {
        /// How many it has.
        points: usize,
    },
    /// A user's face has a mesh point that is not a finite number.
    #[error("a user's face has a mesh point that is not a finite number")]
    NotFinite,
    /// A user's picture has no pixels.
    #[error("a user's picture has no pixels")]
    EmptyPicture,
}

/// Buffers that a fusion needs, kept from call to call.
#[derive(Debug, Default)]
pub struct Scratch {
    target: Vec<Point3>,
    bend: Bend,
    ground: Image<Texel4>,
    bent: Image<Texel4>,
    user: Patch,
}

/// Fuses every assignment into a copy of the template's picture in `output`.
///
/// Returns the rectangles of `output` that may differ from the template; every other pixel is the
/// template's own.
pub fn fuse(
    template: &Template,
    assignments: &[Assignment<'_>],
    scratch: &mut Scratch,
    output: &mut Image<Srgb8>,
    mut explain: Option<&mut dyn Explain>,
) -> Result<Vec<Rect>, FuseError> {
    check(template, assignments)?;
    output.clone_from(template.picture());
    let mut changed = Vec::new();
    for assignment in assignments {
        let recipe = &assignment.recipe;
        if recipe.feature_degree == Degree::TEMPLATE && recipe.shape_degree == Degree::TEMPLATE {
            continue;
        }
        let explain = explain
            .as_mut()
            .map(|explain| &mut **explain as &mut dyn Explain);
        changed.push(fuse_face(template, assignment, scratch, output, explain));
    }
    Ok(changed)
}

fn check(template: &Template, assignments: &[Assignment<'_>]) -> Result<(), FuseError> {
    let faces = template.faces().len();
    let mut taken = vec![false; faces];
    for assignment in assignments {
        let index = assignment.template_face;
        match taken.get_mut(index) {
            None => return Err(FuseError::NoSuchTemplateFace { index, faces }),
            Some(true) => return Err(FuseError::AssignedTwice { index }),
            Some(taken) => *taken = true,
        }
        let points = assignment.user_face.mesh.len();
        if points != MESH_POINTS {
            return Err(FuseError::NotAMesh { points });
        }
        let finite =
            |point: &Point3| point.x.is_finite() && point.y.is_finite() && point.z.is_finite();
        if !assignment.user_face.mesh.iter().all(finite) {
            return Err(FuseError::NotFinite);
        }
        if assignment.user_picture.width() == 0 || assignment.user_picture.height() == 0 {
            return Err(FuseError::EmptyPicture);
        }
    }
    Ok(())
}

fn fuse_face(
    template: &Template,
    assignment: &Assignment<'_>,
    scratch: &mut Scratch,
    output: &mut Image<Srgb8>,
    mut explain: Option<&mut dyn Explain>,
) -> Rect {
    let face = &template.faces()[assignment.template_face];
    let prepared = template.prepared(assignment.template_face);
    let user = &assignment.user_face.mesh;
    target_mesh(user, &face.mesh, &assignment.recipe, &mut scratch.target);

    let area = changed_area(&face.mesh, &scratch.target, prepared.width, output);
    lift_ground(output, prepared, area, &mut scratch.ground);
    scratch
        .bend
        .set(area, prepared.width, &scratch.target, &face.mesh);
    scratch.bend.apply(&scratch.ground, &mut scratch.bent);
    for y in 0..area.height {
        let line = &mut output.row_mut(area.y + y)[area.columns()];
        for (out, bent) in line.iter_mut().zip(scratch.bent.row(y)) {
            *out = Srgb8([bent[0], bent[1], bent[2]]);
        }
    }

    if let Some(explain) = explain.as_deref_mut() {
        let mesh = explain::target_mesh(template.picture(), &scratch.target);
        explain.picture("target-mesh", &mesh);
        explain.picture("bent-template", output);
    }
    let share = assignment.recipe.feature_degree.user_share();
    if share > 0.0 {
        let tone = Tone::measure(assignment.user_picture, user);
        take_face(assignment, &scratch.target, &tone, &mut scratch.user);
        let source = Source {
            patch: &scratch.user,
            mesh: user,
            tone: &tone,
        };
        let ground = Ground {
            tone: &prepared.tone,
            target: &scratch.target,
            bent: &scratch.bent,
            area,
        };
        if let Some(explain) = explain.as_deref_mut() {
            explain::composition(explain, &source, &ground, share, output);
        }
        compose(&source, &ground, share, output);
    }
    if let Some(explain) = explain {
        explain.picture("result", output);
    }
    area
}

/// Takes the user's face out of the photo, reduced when the template shows it much smaller.
fn take_face(assignment: &Assignment<'_>, target: &[Point3], tone: &Tone, patch: &mut Patch) {
    let (picture, mesh) = (assignment.user_picture, &assignment.user_face.mesh);
    let bounds = bounds_of([mesh.as_slice()], 2.0);
    let mut area = Rect::covering(bounds, picture.width(), picture.height());
    if area.is_empty() {
        area = Rect {
            x: 0,
            y: 0,
            width: 1,
            height: 1,
        };
    }
    let ratio = face_width(mesh) / face_width(target);
    let fits = area.width.min(area.height);
    patch.take(picture, area, ((ratio + 0.35) as usize).clamp(1, fits));
    hide_fringe(patch, mesh, tone);
}

/// Texels of a patch a side that share one value of the user's matte.
const MATTE_STEP: usize = 4;

/// Marks where the user's hair hangs over the face, so that it stays out of the picture.
fn hide_fringe(patch: &mut Patch, mesh: &[Point3], tone: &Tone) {
    let reduced: Vec<Point3> = mesh
        .iter()
        .map(|point| {
            let [x, y] = patch.place(point.x, point.y);
            Point3 {
                x: x / MATTE_STEP as f32,
                y: y / MATTE_STEP as f32,
                z: point.z,
            }
        })
        .collect();
    let texels = patch.texels();
    let area = Rect {
        x: 0,
        y: 0,
        width: texels.width().div_ceil(MATTE_STEP),
        height: texels.height().div_ceil(MATTE_STEP),
    };
    let color = |x: usize, y: usize| {
        let [red, green, blue, _] = texels.at(x * MATTE_STEP, y * MATTE_STEP);
        [red, green, blue]
    };
    let counts_as_face = |vertex: usize| 1.0 - tone.fringe(vertex);
    let mut bare = matte(&reduced, area, 0, &tone.low, counts_as_face, color);
    erode(&mut bare, 1);
    soften(&mut bare, 1);
    harden(&mut bare);
    patch.set_matte(&bare, MATTE_STEP);
}

/// Everything a fusion of this face may touch.
fn changed_area(
    template: &[Point3],
    target: &[Point3],
    width: f32,
    picture: &Image<Srgb8>,
) -> Rect {
    let bounds = bounds_of([template, target], REACH * width);
    Rect::covering(bounds, picture.width(), picture.height())
}

/// Copies the area with the template's matte beside the colours.
fn lift_ground(
    picture: &Image<Srgb8>,
    prepared: &PreparedFace,
    area: Rect,
    ground: &mut Image<Texel4>,
) {
    ground.reshape(area.width, area.height, [0; 4]);
    for y in 0..area.height {
        let from = &picture.row(area.y + y)[area.columns()];
        for (to, Srgb8([red, green, blue])) in ground.row_mut(y).iter_mut().zip(from) {
            *to = [*red, *green, *blue, 255];
        }
    }
    let matte = prepared.area;
    for y in matte.rows().filter(|y| area.rows().contains(y)) {
        let line = &mut ground.row_mut(y - area.y)[matte.x - area.x..][..matte.width];
        for (to, bare) in line.iter_mut().zip(prepared.matte.row(y - matte.y)) {
            to[3] = *bare;
        }
    }
}
