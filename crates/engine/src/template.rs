use crate::{Engine, FaceBoxError, FusionError, PixelBox, Workspace};
use face::{Face, Fault, FindOptions};
use fusion::{PrepareError, Template};
use pixel::{
    DecodeError, DecodeOptions, Decoded, EncodeError, Format, Image, JpegBase, Limits, Orientation,
    Rect, Srgb8, encode_png,
};

/// JPEG quality where the template's own coding cannot be kept and none is asked for.
const DEFAULT_QUALITY: u8 = 92;

/// Share of overlap from which two finds are of one face.
const SAME_FACE: f32 = 0.5;

/// Why bytes cannot serve as a template.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// They cannot be decoded.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// No face was found.
    #[error("no face was found; use a portrait whose face is seen")]
    NoFace,
    /// No face was found where one should be.
    #[error(transparent)]
    FaceBox(#[from] FaceBoxError),
    /// The faces cannot be prepared.
    #[error(transparent)]
    Prepare(#[from] PrepareError),
    /// The picture cannot be encoded again.
    #[error("it cannot be encoded again: {0}")]
    Encode(#[from] EncodeError),
}

/// How a template is read and how its results are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TemplateOptions {
    /// What is refused.
    pub limits: Limits,
    /// Format of the results; the template's own by default.
    pub format: Option<Format>,
    /// JPEG quality of the results, 1..=100. By default the template's own coding is kept where
    /// that can be done, so that what a fusion leaves alone stays bit for bit the same.
    pub quality: Option<u8>,
}

/// A template with all that does not depend on the user: pixels, faces, and its encoded form.
#[derive(Debug)]
pub struct PreparedTemplate {
    fusion: Template,
    coding: Coding,
}

/// How results are encoded.
#[derive(Debug)]
enum Coding {
    Jpeg(Box<JpegBase>),
    Png { alpha: Option<Image<u8>> },
}

impl Engine {
    /// Decodes a template, finds its faces and prepares it for any number of fusions.
    pub fn prepare(
        &self,
        bytes: &[u8],
        options: &TemplateOptions,
        workspace: &mut Workspace,
    ) -> Result<PreparedTemplate, TemplateError> {
        let mut decoded = decode_template(bytes, options, workspace)?;
        let faces = self.find_template_faces(&decoded.pixels, workspace);
        if faces.is_empty() {
            return Err(TemplateError::NoFace);
        }
        let coding = Coding::new(bytes, &mut decoded, options)?;
        let fusion = Template::prepare(decoded.pixels, faces)?;
        Ok(PreparedTemplate { fusion, coding })
    }

    /// Decodes a template that is for one call only and prepares just the faces it asks for: those
    /// that boxes point at, in pixels of the upright picture, and for `None` the largest. Gives the
    /// face's number for each; two may be the same.
    ///
    /// What it costs grows with the faces asked for, not with those of a crowd.
    pub fn prepare_at(
        &self,
        bytes: &[u8],
        options: &TemplateOptions,
        places: &[Option<PixelBox>],
        workspace: &mut Workspace,
    ) -> Result<(PreparedTemplate, Vec<usize>), TemplateError> {
        let mut decoded = decode_template(bytes, options, workspace)?;
        let mut faces: Vec<Face> = Vec::new();
        let mut numbers = Vec::with_capacity(places.len());
        for place in places {
            let face = self.find_at(&decoded.pixels, place.as_ref(), workspace)?;
            let same = |known: &Face| known.bounds.overlap(&face.bounds) > SAME_FACE;
            let known = faces.iter().position(same);
            numbers.push(known.unwrap_or(faces.len()));
            if known.is_none() {
                faces.push(face);
            }
        }
        if faces.is_empty() {
            return Err(TemplateError::NoFace);
        }
        let coding = Coding::new(bytes, &mut decoded, options)?;
        let fusion = Template::prepare(decoded.pixels, faces)?;
        Ok((PreparedTemplate { fusion, coding }, numbers))
    }

    fn find_at(
        &self,
        picture: &Image<Srgb8>,
        place: Option<&PixelBox>,
        workspace: &mut Workspace,
    ) -> Result<Face, TemplateError> {
        let Some(face_box) = place else {
            let (view, largest) = (picture.view(), FindOptions::largest());
            let faces = self.finder.find(view, &largest, &mut workspace.finder);
            return faces.into_iter().next().ok_or(TemplateError::NoFace);
        };
        let full = [picture.width(), picture.height()];
        face_box.check_in(full[0], full[1])?;
        self.find_in_box(picture, full, face_box, &mut workspace.finder)
            .ok_or(FaceBoxError::NoFace {
                face_box: *face_box,
            })
            .map_err(TemplateError::from)
    }

    /// The faces of a template. Their order is that of [`PreparedTemplate::faces`], by whose numbers
    /// others know them.
    pub(crate) fn find_template_faces(
        &self,
        picture: &Image<Srgb8>,
        workspace: &mut Workspace,
    ) -> Vec<Face> {
        let options = FindOptions::default();
        self.finder
            .find(picture.view(), &options, &mut workspace.finder)
    }
}

/// A template's pixels, at full size.
fn decode_template(
    bytes: &[u8],
    options: &TemplateOptions,
    workspace: &mut Workspace,
) -> Result<Decoded, DecodeError> {
    let decode = DecodeOptions {
        limits: options.limits,
        least_long_side: None,
    };
    let mut decoded = Decoded::default();
    workspace
        .decoder
        .decode_into(bytes, &decode, &mut decoded)?;
    Ok(decoded)
}

impl Coding {
    fn new(
        bytes: &[u8],
        decoded: &mut Decoded,
        options: &TemplateOptions,
    ) -> Result<Coding, EncodeError> {
        match options.format.unwrap_or(decoded.format) {
            Format::Png => Ok(Coding::Png {
                alpha: decoded.alpha.take(),
            }),
            Format::Jpeg => {
                let own = decoded.format == Format::Jpeg
                    && decoded.orientation == Orientation::Upright
                    && options.quality.is_none();
                // What cannot be adopted (progressive, CMYK...) is encoded anew.
                if let Some(base) = own.then(|| JpegBase::adopt(bytes).ok()).flatten() {
                    return Ok(Coding::Jpeg(Box::new(base)));
                }
                let quality = options.quality.unwrap_or(DEFAULT_QUALITY);
                let base = JpegBase::encode(decoded.pixels.view(), quality)?;
                Ok(Coding::Jpeg(Box::new(base)))
            }
        }
    }

    fn encode(
        &self,
        picture: &Image<Srgb8>,
        opacity: Option<&Image<u8>>,
        changed: &[Rect],
        encoded: &mut Vec<u8>,
    ) -> Result<(), EncodeError> {
        encoded.clear();
        match self {
            Coding::Jpeg(base) => base.patch(picture.view(), changed, &[], encoded),
            Coding::Png { .. } => encode_png(picture.view(), opacity.map(Image::view), encoded),
        }
    }
}

impl PreparedTemplate {
    /// The portrait, upright, on white where it has transparency.
    pub fn picture(&self) -> &Image<Srgb8> {
        self.fusion.picture()
    }

    /// Its faces, the largest first; after [`Engine::prepare_at`] those asked for, in that order.
    pub fn faces(&self) -> &[Face] {
        self.fusion.faces()
    }

    /// The format of its results.
    pub fn format(&self) -> Format {
        match self.coding {
            Coding::Jpeg(_) => Format::Jpeg,
            Coding::Png { .. } => Format::Png,
        }
    }

    /// About how many bytes of memory it takes, for caches: the sum of its buffers, which are three
    /// bytes for each pixel, one for each pixel of a face, some 15 kilobytes more for each face, and
    /// for results in JPEG the coded file and a position for each of its blocks, in PNG the opacity.
    pub fn memory_bytes(&self) -> usize {
        let coding = match &self.coding {
            Coding::Jpeg(base) => size_of::<JpegBase>() + base.memory_bytes(),
            Coding::Png { alpha } => alpha.as_ref().map_or(0, |alpha| alpha.pixels().len()),
        };
        size_of::<PreparedTemplate>() + self.fusion.memory_bytes() + coding
    }

    /// The `count` largest faces from left to right.
    pub fn faces_left_to_right(&self, count: usize) -> Result<Vec<usize>, FusionError> {
        let faces = self.faces();
        if count > faces.len() {
            return Err(FusionError::NoSuchTemplateFace {
                index: count - 1,
                faces: faces.len(),
            });
        }
        let mut indices: Vec<usize> = (0..count).collect();
        let middle = |index: &usize| faces[*index].bounds.left + faces[*index].bounds.right;
        indices.sort_by(|a, b| middle(a).total_cmp(&middle(b)));
        Ok(indices)
    }

    pub(crate) fn fusion(&self) -> &Template {
        &self.fusion
    }

    /// A face that can take a user's: it exists and is large enough; nothing else is in the way.
    pub fn face(&self, index: usize) -> Result<&Face, FusionError> {
        let faces = self.faces();
        let face = faces.get(index).ok_or(FusionError::NoSuchTemplateFace {
            index,
            faces: faces.len(),
        })?;
        let too_small = |fault: &&Fault| matches!(fault, Fault::TooSmall { .. });
        match face.quality.faults.iter().find(too_small) {
            Some(&fault) => Err(FusionError::TemplateFaceUnusable { index, fault }),
            None => Ok(face),
        }
    }

    /// The opacity of its results, where they are transparent.
    pub(crate) fn opacity(&self) -> Option<&Image<u8>> {
        match &self.coding {
            Coding::Jpeg(_) => None,
            Coding::Png { alpha } => alpha.as_ref(),
        }
    }

    /// Encodes a result: `opacity` is that of a transparent one, `changed` where it may differ from
    /// the template.
    pub(crate) fn encode(
        &self,
        picture: &Image<Srgb8>,
        opacity: Option<&Image<u8>>,
        changed: &[Rect],
        encoded: &mut Vec<u8>,
    ) -> Result<(), EncodeError> {
        self.coding.encode(picture, opacity, changed, encoded)
    }
}

#[cfg(test)]
mod tests {
    use crate::portraits::{collage, file, png};
    use crate::{Engine, FaceBoxError, PixelBox, TemplateError, TemplateOptions};
    use pixel::Format;

    /// Two faces: a large one on the left, a small one on the right.
    #[test]
    fn a_template_is_prepared_for_the_faces_asked_for() {
        let engine = Engine::new().unwrap();
        let picture = collage(
            [1100, 640],
            &[("T1", 600, [0, 20]), ("T2", 480, [610, 100])],
        );
        let bytes = png(&picture);
        let whole = engine
            .prepare(&bytes, &TemplateOptions::default(), &mut engine.workspace())
            .unwrap();
        let [large, small] = [0, 1].map(|index: usize| {
            let bounds = &whole.faces()[index].bounds;
            PixelBox {
                x: bounds.left as u32,
                y: bounds.top as u32,
                width: bounds.width() as u32,
                height: bounds.height() as u32,
            }
        });
        let prepare = |places: &[Option<PixelBox>]| {
            let options = TemplateOptions::default();
            engine.prepare_at(&bytes, &options, places, &mut engine.workspace())
        };
        // What is asked for, the numbers, and the face of `whole` that each prepared face is.
        type Places<'a> = &'a [Option<PixelBox>];
        let cases: [(Places<'_>, &[usize], &[usize]); 5] = [
            (&[None], &[0], &[0]),
            (&[Some(small)], &[0], &[1]),
            (&[Some(small), None], &[0, 1], &[1, 0]),
            (&[Some(large), Some(small), None], &[0, 1, 0], &[0, 1]),
            (&[Some(small), Some(small)], &[0, 0], &[1]),
        ];
        for (places, numbers, expected) in cases {
            let (template, found) = prepare(places).unwrap();
            assert_eq!(found, numbers, "{places:?}");
            assert_eq!(template.faces().len(), expected.len(), "{places:?}");
            for (face, index) in template.faces().iter().zip(expected) {
                assert!(face.bounds.overlap(&whole.faces()[*index].bounds) > 0.9);
            }
        }
        let beside = PixelBox {
            x: 1040,
            y: 0,
            width: 50,
            height: 50,
        };
        let outside = PixelBox { x: 1100, ..beside };
        assert!(matches!(
            prepare(&[None, Some(beside)]),
            Err(TemplateError::FaceBox(FaceBoxError::NoFace { face_box })) if face_box == beside
        ));
        assert!(matches!(
            prepare(&[Some(outside)]),
            Err(TemplateError::FaceBox(FaceBoxError::Outside {
                width: 1100,
                height: 640,
                ..
            }))
        ));
        assert!(matches!(prepare(&[]), Err(TemplateError::NoFace)));
    }

    #[test]
    fn the_memory_of_a_template_is_that_of_its_buffers() {
        let engine = Engine::new().unwrap();
        let bytes = file("T1");
        let memory = |format| {
            let options = TemplateOptions {
                format: Some(format),
                ..TemplateOptions::default()
            };
            let template = engine
                .prepare(&bytes, &options, &mut engine.workspace())
                .unwrap();
            let face = &template.faces()[0].bounds;
            let pixels = 3 * 1080 * 1080 + face.area() as usize;
            template.memory_bytes() - pixels
        };
        let (png, jpeg) = (memory(Format::Png), memory(Format::Jpeg));
        assert!((10_000..30_000).contains(&png), "{png}");
        // Blocks of 8×8 to 16×16 pixels with a position of at most 24 bytes.
        let coding = jpeg - png;
        let most = 2 * bytes.len() + 24 * 135 * 135 * 2;
        assert!((bytes.len() / 2..most).contains(&coding), "{coding}");
    }
}
