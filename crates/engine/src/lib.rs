//! From the bytes of a template and of users' photos to the bytes of the fused picture.
//!
//! An [`Engine`] is shared by all threads; every thread has a [`Workspace`] of its own. A template
//! is prepared once ([`Engine::prepare`]). A call ([`Engine::call`]) is one [`Engine::read_user`] for
//! each user and one [`Engine::fuse`].

mod cache;
mod call;
mod face_box;
mod finish;
#[cfg(test)]
mod portraits;
mod review;
mod template;
mod user;

pub use cache::TemplateCache;
pub use call::{Call, CallError, CallTimes, PhotoPlacement};
pub use face_box::FaceBoxError;
pub use finish::Finish;
pub use review::{FaceFinding, PixelBox, Reason, Review, ReviewRules, ReviewedFace, Verdict};
pub use template::{PreparedTemplate, TemplateError, TemplateOptions};
pub use user::{UserError, UserFace, UserOptions};

use face::{FaceFinder, Fault};
use fusion::{Assignment, Explain, FuseError, Recipe};
use pixel::{Decoded, Decoder, EncodeError, Image, Rect, Srgb8};
use std::time::{Duration, Instant};

/// Why the engine cannot start.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct EngineError(#[from] face::FinderError);

/// The face nets, ready to run.
#[derive(Debug)]
pub struct Engine {
    finder: FaceFinder,
}

/// The buffers of one thread, kept from call to call.
#[derive(Debug)]
pub struct Workspace {
    decoder: Decoder,
    finder: face::Scratch,
    fusion: fusion::Scratch,
    output: Image<Srgb8>,
    /// The result's own opacity, where its template is transparent and it was finished.
    opacity: Image<u8>,
    /// Memory of photos that are done with.
    spare: Vec<Decoded>,
}

impl Workspace {
    /// Takes back the memory of a photo for the next one.
    pub fn recycle(&mut self, user: UserFace) {
        self.spare.push(user.into_photo());
    }
}

/// One user's place in a fusion.
#[derive(Clone, Copy, Debug)]
pub struct Placement<'a> {
    /// The user.
    pub user: &'a UserFace,
    /// Index into [`PreparedTemplate::faces`].
    pub template_face: usize,
    /// How to fuse them.
    pub recipe: Recipe,
}

/// How long the stages of a fusion took.
#[derive(Clone, Copy, Debug, Default)]
pub struct FuseTimes {
    /// Making the picture, and finishing it.
    pub fuse: Duration,
    /// Turning it into a file.
    pub encode: Duration,
}

/// Why a fusion failed although template and photos could be read.
#[derive(Debug, thiserror::Error)]
pub enum FusionError {
    /// The template has no such face.
    #[error(
        "it has {faces} face(s), numbered from 0, so there is no face {index}; \
         `mien detect` shows the numbers"
    )]
    NoSuchTemplateFace {
        /// The number asked for.
        index: usize,
        /// How many faces there are.
        faces: usize,
    },
    /// The template face cannot take a user's.
    #[error("its face {index} cannot be used: {fault}")]
    TemplateFaceUnusable {
        /// The face's number.
        index: usize,
        /// What is wrong with it.
        fault: Fault,
    },
    /// The fusion itself refused.
    #[error(transparent)]
    Fuse(FuseError),
    /// The result cannot be encoded.
    #[error("the result cannot be encoded: {0}")]
    Encode(#[from] EncodeError),
}

impl From<FuseError> for FusionError {
    fn from(error: FuseError) -> FusionError {
        match error {
            FuseError::NoSuchTemplateFace { index, faces } => {
                FusionError::NoSuchTemplateFace { index, faces }
            }
            other => FusionError::Fuse(other),
        }
    }
}

impl Engine {
    /// Loads the built-in nets.
    pub fn new() -> Result<Engine, EngineError> {
        Ok(Engine {
            finder: FaceFinder::new()?,
        })
    }

    /// Buffers for one thread.
    pub fn workspace(&self) -> Workspace {
        Workspace {
            decoder: Decoder::default(),
            finder: self.finder.scratch(),
            fusion: fusion::Scratch::default(),
            output: Image::default(),
            opacity: Image::default(),
            spare: Vec::new(),
        }
    }

    /// The nets themselves, for callers that only want faces.
    pub fn finder(&self) -> &FaceFinder {
        &self.finder
    }

    /// Fuses the users into a copy of the template, has it finished, and encodes it into `encoded`,
    /// which is emptied first.
    pub fn fuse(
        &self,
        template: &PreparedTemplate,
        placements: &[Placement<'_>],
        finish: Option<&dyn Finish>,
        explain: Option<&mut dyn Explain>,
        workspace: &mut Workspace,
        encoded: &mut Vec<u8>,
    ) -> Result<FuseTimes, FusionError> {
        let started = Instant::now();
        let mut changed = fuse_pixels(template, placements, explain, workspace)?;
        let mut opacity = template.opacity();
        if let Some(finish) = finish {
            workspace.finish(template, finish, &mut changed);
            opacity = opacity.map(|_| &workspace.opacity);
        }
        let fused = Instant::now();
        template.encode(&workspace.output, opacity, &changed, encoded)?;
        Ok(FuseTimes {
            fuse: fused - started,
            encode: fused.elapsed(),
        })
    }

    /// Fuses as [`Engine::fuse`] does and gives the pixels, which stay in the workspace.
    pub fn fuse_pixels<'w>(
        &self,
        template: &PreparedTemplate,
        placements: &[Placement<'_>],
        workspace: &'w mut Workspace,
    ) -> Result<&'w Image<Srgb8>, FusionError> {
        fuse_pixels(template, placements, None, workspace)?;
        Ok(&workspace.output)
    }
}

/// Fuses into `workspace.output`; returns what may differ from the template.
fn fuse_pixels(
    template: &PreparedTemplate,
    placements: &[Placement<'_>],
    explain: Option<&mut dyn Explain>,
    workspace: &mut Workspace,
) -> Result<Vec<Rect>, FusionError> {
    let assignments: Vec<Assignment<'_>> = placements
        .iter()
        .map(|placement| Assignment {
            template_face: placement.template_face,
            user_picture: placement.user.picture().view(),
            user_face: placement.user.face(),
            recipe: placement.recipe,
        })
        .collect();
    for placement in placements {
        template.face(placement.template_face)?;
    }
    let changed = fusion::fuse(
        template.fusion(),
        &assignments,
        &mut workspace.fusion,
        &mut workspace.output,
        explain,
    )?;
    Ok(changed)
}
