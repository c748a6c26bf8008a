use crate::{
    Engine, Finish, FuseTimes, FusionError, PixelBox, Placement, PreparedTemplate, UserError,
    UserFace, UserOptions, Workspace,
};
use fusion::{FuseError, Recipe};
use pixel::Limits;
use std::time::Duration;

/// Photos of users for faces of a prepared template; mostly one photo for one face.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// The template.
    pub template: &'a PreparedTemplate,
    /// The photos, each with the face it goes onto; no face may be named twice.
    pub photos: &'a [PhotoPlacement<'a>],
    /// What is refused of a photo.
    pub limits: Limits,
    /// What is done to the fused picture before it is encoded.
    pub finish: Option<&'a dyn Finish>,
}

/// One user's photo and its place in the template.
#[derive(Clone, Copy, Debug)]
pub struct PhotoPlacement<'a> {
    /// The photo's file.
    pub photo: &'a [u8],
    /// A box that points at one of its faces, as in [`UserOptions::face_near`]; `None` takes the
    /// largest.
    pub face_near: Option<PixelBox>,
    /// Index into [`PreparedTemplate::faces`].
    pub template_face: usize,
    /// How to fuse.
    pub recipe: Recipe,
}

/// Why a call failed.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// A photo cannot be used.
    #[error("photo {index} cannot be used: {source}")]
    Photo {
        /// Which one: index into [`Call::photos`].
        index: usize,
        /// What is wrong with it.
        source: UserError,
    },
    /// The template cannot take the faces.
    #[error("the template cannot take the faces: {0}")]
    Fusion(#[from] FusionError),
}

/// How long the stages of a call took.
#[derive(Clone, Copy, Debug, Default)]
pub struct CallTimes {
    /// From the bytes of all photos to pixels.
    pub decode: Duration,
    /// From pixels to the faces: detection, mesh, quality.
    pub find: Duration,
    /// Making and encoding the picture.
    pub fusion: FuseTimes,
}

impl CallTimes {
    /// The stages in the order of work.
    pub const STAGES: [&'static str; 4] = ["decode", "find", "fuse", "encode"];

    /// The time of each of [`CallTimes::STAGES`].
    pub fn stages(&self) -> [Duration; 4] {
        [self.decode, self.find, self.fusion.fuse, self.fusion.encode]
    }
}

impl Engine {
    /// From the photos' bytes to the fused picture's in `encoded`, which is emptied first.
    ///
    /// No photo is decoded when the template does not have the faces asked for, and the first photo
    /// that cannot be used ends the call. After an error the content of `encoded` is unspecified.
    pub fn call(
        &self,
        call: &Call<'_>,
        workspace: &mut Workspace,
        encoded: &mut Vec<u8>,
    ) -> Result<CallTimes, CallError> {
        check_faces(call)?;
        let mut users = Vec::with_capacity(call.photos.len());
        let outcome = self
            .read_users(call, &mut users, workspace)
            .and_then(|()| self.fuse_users(call, &users, workspace, encoded));
        users.into_iter().for_each(|user| workspace.recycle(user));
        outcome
    }

    /// Reads the photos in their order; those before one that fails are in `users` then.
    fn read_users(
        &self,
        call: &Call<'_>,
        users: &mut Vec<UserFace>,
        workspace: &mut Workspace,
    ) -> Result<(), CallError> {
        for (index, placement) in call.photos.iter().enumerate() {
            let face = call.template.face(placement.template_face)?;
            let options = UserOptions {
                limits: call.limits,
                template_face_width: face.quality.width,
                face_near: placement.face_near,
            };
            let user = self
                .read_user(placement.photo, &options, workspace)
                .map_err(|source| CallError::Photo { index, source })?;
            users.push(user);
        }
        Ok(())
    }

    /// Fuses the users read from the call's photos.
    fn fuse_users(
        &self,
        call: &Call<'_>,
        users: &[UserFace],
        workspace: &mut Workspace,
        encoded: &mut Vec<u8>,
    ) -> Result<CallTimes, CallError> {
        let place = |(user, photo): (_, &PhotoPlacement<'_>)| Placement {
            user,
            template_face: photo.template_face,
            recipe: photo.recipe,
        };
        let placements: Vec<Placement<'_>> = users.iter().zip(call.photos).map(place).collect();
        Ok(CallTimes {
            decode: users.iter().map(|user| user.decode_time).sum(),
            find: users.iter().map(|user| user.find_time).sum(),
            fusion: self.fuse(
                call.template,
                &placements,
                call.finish,
                None,
                workspace,
                encoded,
            )?,
        })
    }
}

/// Whether the template has the faces asked for, each once: this costs nothing, decoding does.
fn check_faces(call: &Call<'_>) -> Result<(), FusionError> {
    for (before, placement) in call.photos.iter().enumerate() {
        let index = placement.template_face;
        call.template.face(index)?;
        let mut earlier = call.photos[..before].iter();
        if earlier.any(|other| other.template_face == index) {
            return Err(FuseError::AssignedTwice { index }.into());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TemplateOptions;
    use crate::portraits::{collage, file, png};
    use fusion::Degree;
    use pixel::{DecodeOptions, Image, Rect, Srgb8, decode};

    /// Two faces: 0 on the right, 1 on the left.
    fn template(engine: &Engine) -> PreparedTemplate {
        let picture = collage(
            [1100, 640],
            &[("T2", 480, [0, 100]), ("T1", 600, [490, 20])],
        );
        let options = TemplateOptions::default();
        engine
            .prepare(&png(&picture), &options, &mut engine.workspace())
            .unwrap()
    }

    fn place(photo: &[u8], template_face: usize) -> PhotoPlacement<'_> {
        PhotoPlacement {
            photo,
            face_near: None,
            template_face,
            recipe: Recipe::default(),
        }
    }

    /// What comes of the photos, and the decoded result.
    fn call(
        engine: &Engine,
        template: &PreparedTemplate,
        photos: &[PhotoPlacement<'_>],
    ) -> Result<Image<Srgb8>, CallError> {
        let (mut workspace, mut encoded) = (engine.workspace(), vec![1, 2, 3]);
        let limits = Limits::default();
        let call = Call {
            template,
            photos,
            limits,
            finish: None,
        };
        engine.call(&call, &mut workspace, &mut encoded)?;
        assert_eq!(workspace.spare.len(), photos.len());
        let decoded = decode(&encoded, &DecodeOptions::default()).unwrap();
        Ok(decoded.pixels)
    }

    fn half(picture: &Image<Srgb8>, x: usize, width: usize) -> Image<Srgb8> {
        let rect = Rect {
            x,
            y: 0,
            width,
            height: picture.height(),
        };
        picture.view().crop(rect).unwrap().to_image()
    }

    #[test]
    fn each_photo_goes_onto_its_face() {
        let engine = Engine::new().unwrap();
        let template = template(&engine);
        assert_eq!(template.faces().len(), 2);
        let (first, second) = (file("U1"), file("U4"));
        let both = call(&engine, &template, &[place(&first, 0), place(&second, 1)]);
        let both = both.unwrap();
        let right = call(&engine, &template, &[place(&first, 0)]).unwrap();
        let left = call(&engine, &template, &[place(&second, 1)]).unwrap();
        // One face does not reach into the other's half.
        let plain = template.picture();
        assert!(half(&both, 0, 480) == half(&left, 0, 480));
        assert!(half(&both, 490, 610) == half(&right, 490, 610));
        assert!(half(&right, 0, 480) == half(plain, 0, 480));
        assert!(half(&left, 490, 610) == half(plain, 490, 610));
        assert!(left != *plain && right != *plain);
    }

    #[test]
    fn each_photo_has_its_recipe() {
        let engine = Engine::new().unwrap();
        let template = template(&engine);
        let (first, second) = (file("U1"), file("U4"));
        let kept = Recipe {
            feature_degree: Degree::TEMPLATE,
            shape_degree: Degree::TEMPLATE,
            ..Recipe::default()
        };
        let photos = [
            place(&first, 0),
            PhotoPlacement {
                recipe: kept,
                ..place(&second, 1)
            },
        ];
        let both = call(&engine, &template, &photos).unwrap();
        let alone = call(&engine, &template, &photos[..1]).unwrap();
        assert!(both == alone);
    }

    #[test]
    fn no_photo_gives_the_template() {
        let engine = Engine::new().unwrap();
        let template = template(&engine);
        let fused = call(&engine, &template, &[]).unwrap();
        assert!(fused == *template.picture());
    }

    #[test]
    fn the_photo_that_fails_is_named() {
        let engine = Engine::new().unwrap();
        let template = template(&engine);
        let good = file("U1");
        let plain = png(&Image::new(300, 300, Srgb8([200; 3])));
        let not_a_picture = b"hello, world".as_slice();
        for (photos, expected) in [
            ([not_a_picture, &good], 0),
            ([&good, not_a_picture], 1),
            ([&good, &plain], 1),
            ([&plain, not_a_picture], 0),
        ] {
            let photos = [place(photos[0], 1), place(photos[1], 0)];
            match call(&engine, &template, &photos) {
                Err(CallError::Photo { index, .. }) => assert_eq!(index, expected),
                other => panic!("{:?}", other.map(|_| ())),
            }
        }
        let error = call(&engine, &template, &[place(&plain, 0)]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "photo 0 cannot be used: no face was found; use a photo whose face is seen and large"
        );
    }

    #[test]
    fn memory_of_photos_is_kept_when_a_later_one_fails() {
        let engine = Engine::new().unwrap();
        let template = template(&engine);
        let good = file("U1");
        let photos = [place(&good, 0), place(b"", 1)];
        let call = Call {
            template: &template,
            photos: &photos,
            limits: Limits::default(),
            finish: None,
        };
        let mut workspace = engine.workspace();
        let outcome = engine.call(&call, &mut workspace, &mut Vec::new());
        assert!(outcome.is_err());
        assert_eq!(workspace.spare.len(), 1);
    }

    /// The photos are no pictures, so that reading one would be seen.
    #[test]
    fn faces_are_checked_before_any_photo_is_read() {
        let engine = Engine::new().unwrap();
        let template = template(&engine);
        let error = |faces: &[usize]| {
            let photos: Vec<_> = faces.iter().map(|&face| place(b"", face)).collect();
            match call(&engine, &template, &photos) {
                Err(CallError::Fusion(error)) => error,
                other => panic!("{:?}", other.map(|_| ())),
            }
        };
        assert!(matches!(
            error(&[0, 2]),
            FusionError::NoSuchTemplateFace { index: 2, faces: 2 }
        ));
        assert!(matches!(
            error(&[1, 0, 1]),
            FusionError::Fuse(FuseError::AssignedTwice { index: 1 })
        ));
    }
}
