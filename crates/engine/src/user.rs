use crate::{Engine, FaceBoxError, PixelBox, Workspace};
use face::{Face, Fault, FindOptions, Quality};
use pixel::{DecodeError, DecodeOptions, Decoded, Image, Limits, Srgb8};
use std::time::{Duration, Instant};

/// In the photos people take of themselves the face is hardly ever narrower than this part of the
/// photo's longer side.
const USUAL_FACE_SHARE: f32 = 0.25;

/// A user's face narrower than this part of the template's would look soft in it.
const LEAST_WIDTH_SHARE: f32 = 0.75;

/// No photo is decoded with a longer side below this, so that its face can be judged.
const LEAST_LONG_SIDE: u32 = 720;

/// Why a user's photo cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum UserError {
    /// It cannot be decoded.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// No face was found.
    #[error("no face was found; use a photo whose face is seen and large")]
    NoFace,
    /// No face was found where one should be.
    #[error(transparent)]
    FaceBox(#[from] FaceBoxError),
    /// Its face cannot be used.
    #[error("{0}")]
    Unusable(Fault),
}

/// How a user's photo is read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UserOptions {
    /// What is refused.
    pub limits: Limits,
    /// Width in pixels of the template face it will go onto. A large photo is decoded only as
    /// large as that needs.
    pub template_face_width: f32,
    /// A box that points at one of the photo's faces, in pixels of the upright photo at full size;
    /// `None` takes the largest.
    pub face_near: Option<PixelBox>,
}

/// A user's photo and the face in it.
#[derive(Debug)]
pub struct UserFace {
    photo: Decoded,
    face: Face,
    /// How long decoding took.
    pub decode_time: Duration,
    /// How long finding and measuring the face took.
    pub find_time: Duration,
}

impl Engine {
    /// Decodes a photo, at reduced size where that is enough, and finds its largest face or the one that
    /// a box points at.
    ///
    /// A face that is too small or cut by the border is refused; what else speaks against it is in
    /// [`UserFace::warnings`].
    pub fn read_user(
        &self,
        bytes: &[u8],
        options: &UserOptions,
        workspace: &mut Workspace,
    ) -> Result<UserFace, UserError> {
        let mut photo = workspace.spare.pop().unwrap_or_default();
        let usual = (options.template_face_width / USUAL_FACE_SHARE) as u32;
        let first_size = usual.max(LEAST_LONG_SIDE);
        let mut attempt = self.attempt(bytes, first_size, options, &mut photo, workspace)?;
        let found = attempt.face.as_ref().map(|face| &face.quality);
        if let Some(size) = larger_size(&photo, found, options.template_face_width) {
            let first = attempt;
            attempt = self.attempt(bytes, size, options, &mut photo, workspace)?;
            attempt.decode_time += first.decode_time;
            attempt.find_time += first.find_time;
        }
        let face = match (attempt.face, options.face_near) {
            (Some(face), _) => face,
            (None, None) => return Err(UserError::NoFace),
            (None, Some(face_box)) => return Err(FaceBoxError::NoFace { face_box }.into()),
        };
        if let Some(&fault) = face.quality.faults.iter().find(|fault| is_fatal(fault)) {
            return Err(UserError::Unusable(fault));
        }
        Ok(UserFace {
            photo,
            face,
            decode_time: attempt.decode_time,
            find_time: attempt.find_time,
        })
    }

    /// Decodes into `photo` with a longer side of at least `size`, or the photo's own where that is
    /// less, and looks for the face that is wanted.
    fn attempt(
        &self,
        bytes: &[u8],
        size: u32,
        options: &UserOptions,
        photo: &mut Decoded,
        workspace: &mut Workspace,
    ) -> Result<Attempt, UserError> {
        let started = Instant::now();
        let decode = DecodeOptions {
            limits: options.limits,
            least_long_side: Some(size),
        };
        workspace.decoder.decode_into(bytes, &decode, photo)?;
        let decoded = Instant::now();
        let face = match &options.face_near {
            None => {
                let (view, largest) = (photo.pixels.view(), FindOptions::largest());
                let faces = self.finder.find(view, &largest, &mut workspace.finder);
                faces.into_iter().next()
            }
            Some(face_box) => {
                let full = [photo.full_width, photo.full_height];
                face_box.check_in(full[0], full[1])?;
                self.find_in_box(&photo.pixels, full, face_box, &mut workspace.finder)
            }
        };
        Ok(Attempt {
            face,
            decode_time: decoded - started,
            find_time: decoded.elapsed(),
        })
    }
}

/// What one decoding of a photo gave.
struct Attempt {
    face: Option<Face>,
    decode_time: Duration,
    find_time: Duration,
}

/// The longer side to read the photo again with, where it has more to give: enough for the face that
/// was found to be wide enough, and all there is where none was found, for it may be a small one.
fn larger_size(photo: &Decoded, found: Option<&Quality>, template_face_width: f32) -> Option<u32> {
    let long_side = photo.pixels.width().max(photo.pixels.height());
    let full_side = photo.full_width.max(photo.full_height);
    if long_side >= full_side {
        return None;
    }
    let Some(quality) = found else {
        return Some(full_side as u32);
    };
    let mut least_width = LEAST_WIDTH_SHARE * template_face_width;
    for fault in &quality.faults {
        if let Fault::TooSmall { least, .. } = fault {
            least_width = least_width.max(*least);
        }
    }
    let enlargement = least_width.max(template_face_width) / quality.width.max(1.0);
    (quality.width < least_width).then(|| (long_side as f32 * enlargement).ceil() as u32)
}

/// Whether a face with this fault cannot be fused at all: there is too little of it.
fn is_fatal(fault: &Fault) -> bool {
    match fault {
        Fault::TooSmall { .. } | Fault::CutByBorder { .. } => true,
        Fault::TurnedAway { .. } | Fault::Blurred { .. } | Fault::Dark { .. } => false,
    }
}

impl UserFace {
    /// The photo, perhaps at reduced size.
    pub fn picture(&self) -> &Image<Srgb8> {
        &self.photo.pixels
    }

    /// The face, in pixels of [`UserFace::picture`].
    pub fn face(&self) -> &Face {
        &self.face
    }

    /// What speaks against the face although it can be fused.
    pub fn warnings(&self) -> &[Fault] {
        &self.face.quality.faults
    }

    pub(crate) fn into_photo(self) -> Decoded {
        self.photo
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::portraits::{collage, file, png};
    use pixel::{encode_jpeg, resize};

    fn read(
        engine: &Engine,
        photo: &[u8],
        face_near: Option<PixelBox>,
    ) -> Result<UserFace, UserError> {
        let options = UserOptions {
            limits: Limits::default(),
            template_face_width: 200.0,
            face_near,
        };
        engine.read_user(photo, &options, &mut engine.workspace())
    }

    /// Four photos in one, large enough to be decoded at reduced size; the largest face is on the left.
    #[test]
    fn a_face_is_chosen_by_its_box_at_full_size() {
        let engine = Engine::new().unwrap();
        let small = collage(
            [1400, 700],
            &[
                ("U3", 480, [0, 20]),
                ("U1", 300, [500, 100]),
                ("U4", 360, [900, 150]),
            ],
        );
        let large = resize(small.view(), 5600, 2800);
        let mut bytes = Vec::new();
        encode_jpeg(large.view(), 90, &[], &mut bytes).unwrap();
        let column = |user: &UserFace| {
            let across = 5600.0 / user.picture().width() as f32;
            user.face().bounds.center().x * across
        };
        let largest = read(&engine, &bytes, None).unwrap();
        let (middle, width) = (column(&largest), largest.picture().width());
        assert!(middle < 1920.0 && width < 5600, "{middle} of {width}");
        for (left, right) in [(0, 1920), (2000, 3200), (3600, 5040)] {
            let face_box = PixelBox {
                x: left + (right - left) / 4,
                y: 600,
                width: (right - left) / 2,
                height: 1200,
            };
            let user = read(&engine, &bytes, Some(face_box)).unwrap();
            let middle = column(&user);
            assert!(middle > left as f32 && middle < right as f32, "{middle}");
        }
        let beside = PixelBox {
            x: 5300,
            y: 0,
            width: 300,
            height: 300,
        };
        let outside = PixelBox { x: 5600, ..beside };
        assert!(matches!(
            read(&engine, &bytes, Some(beside)),
            Err(UserError::FaceBox(FaceBoxError::NoFace { face_box })) if face_box == beside
        ));
        assert!(matches!(
            read(&engine, &bytes, Some(outside)),
            Err(UserError::FaceBox(FaceBoxError::Outside {
                width: 5600,
                height: 2800,
                ..
            }))
        ));
    }

    #[test]
    fn a_box_around_the_only_face_changes_nothing() {
        let engine = Engine::new().unwrap();
        for (bytes, width, height) in [
            (file("U1"), 1080, 1440),
            (
                png(&collage([700, 700], &[("U4", 480, [100, 20])])),
                700,
                700,
            ),
        ] {
            let all = PixelBox {
                x: 0,
                y: 0,
                width,
                height,
            };
            let plain = read(&engine, &bytes, None).unwrap();
            let chosen = read(&engine, &bytes, Some(all)).unwrap();
            let overlap = plain.face().bounds.overlap(&chosen.face().bounds);
            assert!(overlap > 0.95, "{overlap}");
        }
    }

    #[test]
    fn a_photo_is_read_again_where_its_face_is_missing_or_small() {
        let face = |width, faults: &[Fault]| {
            Some(Quality {
                width,
                faults: faults.to_vec(),
                ..Quality::default()
            })
        };
        let too_small = Fault::TooSmall {
            width: 50.0,
            least: 80.0,
        };
        // Longer sides decoded and full, the face found, width of the template's: the size wanted.
        let cases = [
            (1000, 4000, face(300.0, &[]), 400.0, None),
            (1000, 4000, face(299.0, &[]), 400.0, Some(1338)),
            (1000, 1000, face(100.0, &[]), 400.0, None),
            (1000, 4000, face(50.0, &[too_small]), 40.0, Some(1600)),
            (1000, 4000, face(50.0, &[]), 40.0, None),
            (1000, 4000, None, 400.0, Some(4000)),
            (1000, 1000, None, 400.0, None),
        ];
        for (index, (side, full, found, template, expected)) in cases.into_iter().enumerate() {
            let photo = Decoded {
                pixels: Image::new(side, 10, Srgb8::BLACK),
                full_width: full,
                full_height: 40,
                ..Decoded::default()
            };
            let size = larger_size(&photo, found.as_ref(), template);
            assert_eq!(size, expected, "case {index}");
        }
    }
}
