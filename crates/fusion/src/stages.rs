use crate::{Recipe, Template};
use face::Face;
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
}

/// Receives every stage of a fusion as a picture.
pub trait Explain {
    /// `stage` is a short name fit for a file name; stages come in the order of work.
    fn picture(&mut self, stage: &str, picture: &Image<Srgb8>);
}

/// Buffers that a fusion needs, kept from call to call.
#[derive(Debug, Default)]
pub struct Scratch {}

/// Fuses every assignment into a copy of the template's picture in `output`.
///
/// Returns the rectangles of `output` that may differ from the template; every other pixel is the
/// template's own.
pub fn fuse(
    template: &Template,
    assignments: &[Assignment<'_>],
    _scratch: &mut Scratch,
    output: &mut Image<Srgb8>,
    _explain: Option<&mut dyn Explain>,
) -> Result<Vec<Rect>, FuseError> {
    for assignment in assignments {
        if assignment.template_face >= template.faces().len() {
            return Err(FuseError::NoSuchTemplateFace {
                index: assignment.template_face,
                faces: template.faces().len(),
            });
        }
    }
    output.clone_from(template.picture());
    Ok(Vec::new())
}
