use crate::geometry::{bounds_of, face_width};
use crate::matte::{matte, soften};
use crate::surface::surface;
use crate::tone::Tone;
use face::{Face, MESH_POINTS};
use pixel::{Image, Rect, Srgb8};

/// Why a picture cannot serve as a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PrepareError {
    /// No face was given for it.
    #[error("the template has no face")]
    NoFace,
    /// A face does not have the points of the dense mesh.
    #[error("template face {index} has {points} mesh points, not 468")]
    NotAMesh {
        /// Which face.
        index: usize,
        /// How many points it has.
        points: usize,
    },
}

/// A template portrait with everything that does not depend on the user.
#[derive(Clone, Debug)]
pub struct Template {
    picture: Image<Srgb8>,
    faces: Vec<Face>,
    prepared: Vec<PreparedFace>,
}

/// What is known of one face of a template.
#[derive(Clone, Debug)]
pub(crate) struct PreparedFace {
    /// From ear to ear, in pixels.
    pub(crate) width: f32,
    /// Skin tone and light.
    pub(crate) tone: Tone,
    /// Where the matte lies in the picture.
    pub(crate) area: Rect,
    /// 0 where hair, glasses or a hand hide the face ..= 255 where it is bare.
    pub(crate) matte: Image<u8>,
}

impl Template {
    /// Prepares `picture`, in which `faces` were found.
    pub fn prepare(picture: Image<Srgb8>, faces: Vec<Face>) -> Result<Template, PrepareError> {
        if faces.is_empty() {
            return Err(PrepareError::NoFace);
        }
        if let Some(index) = faces.iter().position(|face| face.mesh.len() != MESH_POINTS) {
            return Err(PrepareError::NotAMesh {
                index,
                points: faces[index].mesh.len(),
            });
        }
        let prepared = faces
            .iter()
            .map(|face| PreparedFace::new(&picture, face))
            .collect();
        Ok(Template {
            picture,
            faces,
            prepared,
        })
    }

    /// The portrait itself.
    pub fn picture(&self) -> &Image<Srgb8> {
        &self.picture
    }

    /// Its faces, in the order given.
    pub fn faces(&self) -> &[Face] {
        &self.faces
    }

    /// Bytes of memory it takes: the pixels of the portrait and of the faces' mattes, and what is kept
    /// for each point of a mesh.
    pub fn memory_bytes(&self) -> usize {
        let pixels = size_of_val(self.picture.pixels());
        let meshes = self.faces.iter().map(|face| {
            size_of_val(face.mesh.as_slice()) + size_of_val(face.quality.faults.as_slice())
        });
        let prepared = self.prepared.iter().map(PreparedFace::memory_bytes);
        let fixed = self.faces.len() * (size_of::<Face>() + size_of::<PreparedFace>());
        pixels + meshes.sum::<usize>() + prepared.sum::<usize>() + fixed
    }

    pub(crate) fn prepared(&self, face: usize) -> &PreparedFace {
        &self.prepared[face]
    }
}

impl PreparedFace {
    /// Bytes of what it holds on the heap.
    fn memory_bytes(&self) -> usize {
        size_of_val(self.matte.pixels())
            + size_of_val(self.tone.low.as_slice())
            + size_of_val(self.tone.own.as_slice())
    }

    fn new(picture: &Image<Srgb8>, face: &Face) -> PreparedFace {
        let tone = Tone::measure(picture.view(), &face.mesh);
        let width = face_width(&face.mesh);
        let area = Rect::covering(
            bounds_of([face.mesh.as_slice()], 0.0),
            picture.width(),
            picture.height(),
        );
        let core = &surface().core;
        let mut bare = matte(
            &face.mesh,
            area,
            255,
            &tone.low,
            |vertex| core[vertex],
            |x, y| picture.at(x, y).0,
        );
        soften(&mut bare, (width / 90.0).round().max(1.0) as usize);
        PreparedFace {
            width,
            tone,
            area,
            matte: bare,
        }
    }
}
