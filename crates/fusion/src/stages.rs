use crate::compose::{Ground, Source, compose};
use crate::geometry::target_mesh;
use crate::surroundings::{Bend, Matted, REACH};
use crate::template::PreparedFace;
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
    /// A user's picture has no pixels.
    #[error("a user's picture has no pixels")]
    EmptyPicture,
}

/// Receives every stage of a fusion as a picture.
pub trait Explain {
    /// `stage` is a short name fit for a file name; stages come in the order of work.
    fn picture(&mut self, stage: &str, picture: &Image<Srgb8>);
}

/// Buffers that a fusion needs, kept from call to call.
#[derive(Debug, Default)]
pub struct Scratch {
    target: Vec<Point3>,
    bend: Bend,
    ground: Image<Matted>,
    bent: Image<Matted>,
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
    explain: Option<&mut dyn Explain>,
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

    let share = assignment.recipe.feature_degree.user_share();
    if share > 0.0 {
        let tone = Tone::measure(assignment.user_picture, user);
        let source = Source {
            picture: assignment.user_picture,
            mesh: user,
            tone: &tone,
        };
        let ground = Ground {
            tone: &prepared.tone,
            target: &scratch.target,
            bent: &scratch.bent,
            area,
        };
        compose(&source, &ground, share, output);
    }
    if let Some(explain) = explain {
        explain.picture("result", output);
    }
    area
}

/// Everything a fusion of this face may touch.
fn changed_area(
    template: &[Point3],
    target: &[Point3],
    width: f32,
    picture: &Image<Srgb8>,
) -> Rect {
    let margin = REACH * width;
    let mut bounds = [
        f32::INFINITY,
        f32::INFINITY,
        f32::NEG_INFINITY,
        f32::NEG_INFINITY,
    ];
    for point in template.iter().chain(target) {
        bounds[0] = bounds[0].min(point.x - margin);
        bounds[1] = bounds[1].min(point.y - margin);
        bounds[2] = bounds[2].max(point.x + margin + 1.0);
        bounds[3] = bounds[3].max(point.y + margin + 1.0);
    }
    Rect::covering(bounds, picture.width(), picture.height())
}

/// Copies the area with the template's matte beside the colours.
fn lift_ground(
    picture: &Image<Srgb8>,
    prepared: &PreparedFace,
    area: Rect,
    ground: &mut Image<Matted>,
) {
    ground.reset(area.width, area.height, [0; 4]);
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
