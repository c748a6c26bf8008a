use face::Face;
use pixel::{Image, Srgb8};

/// Why a picture cannot serve as a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PrepareError {
    /// No face was given for it.
    #[error("the template has no face")]
    NoFace,
}

/// A template portrait with everything that does not depend on the user.
#[derive(Clone, Debug)]
pub struct Template {
    picture: Image<Srgb8>,
    faces: Vec<Face>,
}

impl Template {
    /// Prepares `picture`, in which `faces` were found.
    pub fn prepare(picture: Image<Srgb8>, faces: Vec<Face>) -> Result<Template, PrepareError> {
        if faces.is_empty() {
            return Err(PrepareError::NoFace);
        }
        Ok(Template { picture, faces })
    }

    /// The portrait itself.
    pub fn picture(&self) -> &Image<Srgb8> {
        &self.picture
    }

    /// Its faces, in the order given.
    pub fn faces(&self) -> &[Face] {
        &self.faces
    }
}
