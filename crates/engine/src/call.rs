use crate::{
    Engine, FuseTimes, FusionError, Placement, PreparedTemplate, UserError, UserOptions, Workspace,
};
use fusion::Recipe;
use pixel::Limits;
use std::time::Duration;

/// One user's photo for one face of a prepared template.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// The template.
    pub template: &'a PreparedTemplate,
    /// Index into [`PreparedTemplate::faces`].
    pub template_face: usize,
    /// The photo's file.
    pub photo: &'a [u8],
    /// What is refused of the photo.
    pub limits: Limits,
    /// How to fuse.
    pub recipe: Recipe,
}

/// Why a call failed.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// The photo cannot be used.
    #[error("the photo cannot be used: {0}")]
    User(#[from] UserError),
    /// The template cannot take it.
    #[error("the template cannot take the face: {0}")]
    Fusion(#[from] FusionError),
}

/// How long the stages of a call took.
#[derive(Clone, Copy, Debug, Default)]
pub struct CallTimes {
    /// From the photo's bytes to pixels.
    pub decode: Duration,
    /// From pixels to the face: detection, mesh, quality.
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
    /// From a photo's bytes to the fused picture's in `encoded`, which is emptied first.
    pub fn call(
        &self,
        call: &Call<'_>,
        workspace: &mut Workspace,
        encoded: &mut Vec<u8>,
    ) -> Result<CallTimes, CallError> {
        let template_face_width = call.template.face(call.template_face)?.quality.width;
        let options = UserOptions {
            limits: call.limits,
            template_face_width,
        };
        let user = self.read_user(call.photo, &options, workspace)?;
        let placement = Placement {
            user: &user,
            template_face: call.template_face,
            recipe: call.recipe,
        };
        let fusion = self.fuse(call.template, &[placement], None, workspace, encoded)?;
        let times = CallTimes {
            decode: user.decode_time,
            find: user.find_time,
            fusion,
        };
        workspace.recycle(user);
        Ok(times)
    }
}
