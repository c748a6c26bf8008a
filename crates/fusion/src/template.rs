use crate::color::UNIT;
use crate::geometry::face_width;
use crate::paint;
use crate::surface::surface;
use crate::tone::{Tone, skin_likeness};
use face::{Bounds, Face, MESH_POINTS};
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

    pub(crate) fn prepared(&self, face: usize) -> &PreparedFace {
        &self.prepared[face]
    }
}

impl PreparedFace {
    fn new(picture: &Image<Srgb8>, face: &Face) -> PreparedFace {
        let tone = Tone::measure(picture.view(), &face.mesh);
        let Bounds {
            left,
            top,
            right,
            bottom,
        } = face.bounds;
        let bounds = [left, top, right + 1.0, bottom + 1.0];
        let area = Rect::covering(bounds, picture.width(), picture.height());
        let matte = matte(picture, face, &tone, area);
        PreparedFace {
            width: face_width(&face.mesh),
            tone,
            area,
            matte,
        }
    }
}

/// Marks the face's pixels that show what lies over the face: darker than its skin or of another
/// colour. Eyes, brows, nose and mouth always count as face.
fn matte(picture: &Image<Srgb8>, face: &Face, tone: &Tone, area: Rect) -> Image<u8> {
    let mut raw = Image::new(area.width, area.height, 255u8);
    let core = &surface().core;
    paint::each_pixel(
        &face.mesh,
        area,
        |vertex| {
            let low = tone.low[vertex];
            [low[0], low[1], low[2], core[vertex]]
        },
        |x, y, [red, green, blue, core]| {
            let color = picture.at(x, y).0.map(|value| f32::from(value) * UNIT);
            let bare = skin_likeness(color, [red, green, blue]).max(core);
            raw.row_mut(y - area.y)[x - area.x] = (255.0 * bare.clamp(0.0, 1.0)) as u8;
        },
    );
    soften(
        &raw,
        (face_width(&face.mesh) / 90.0).round().max(1.0) as usize,
    )
}

/// Two passes of a box filter, each over `2 radius + 1` pixels in both directions.
fn soften(raw: &Image<u8>, radius: usize) -> Image<u8> {
    let mut image = raw.clone();
    for _ in 0..2 {
        let (width, height) = (image.width(), image.height());
        let mut line = Vec::with_capacity(width.max(height));
        for y in 0..height {
            line.clear();
            line.extend_from_slice(image.row(y));
            box_filter(&line, radius, |x, value| image.row_mut(y)[x] = value);
        }
        for x in 0..width {
            line.clear();
            line.extend((0..height).map(|y| image.at(x, y)));
            box_filter(&line, radius, |y, value| image.row_mut(y)[x] = value);
        }
    }
    image
}

fn box_filter(line: &[u8], radius: usize, mut put: impl FnMut(usize, u8)) {
    for at in 0..line.len() {
        let window = &line[at.saturating_sub(radius)..(at + radius + 1).min(line.len())];
        let sum: usize = window.iter().map(|&value| usize::from(value)).sum();
        put(at, ((sum + window.len() / 2) / window.len()) as u8);
    }
}
