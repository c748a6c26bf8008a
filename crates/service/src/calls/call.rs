//! What goes into a call and what comes out.

use super::{PHOTO_LIMITS, TEMPLATE_CALL_LIMITS};
use crate::labelling::Labelling;
use crate::results::{Lifetime, ResultLink};
use billing::{AccountId, ActivityId, AlgorithmVersion, CallId, Degree, MaterialId};
use engine::PixelBox;
use pixel::Format;
use store::Charged;

/// Pixels that a side of a photo or template may have.
pub const LONGEST_SIDE: usize = 8_000;

/// Where a picture of a call comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhotoSource<'a> {
    /// It came with the call: the file.
    Bytes(&'a [u8]),
    /// It is to be fetched from here.
    Url(&'a str),
}

impl PhotoSource<'_> {
    /// Whether it is to be fetched.
    pub fn is_url(&self) -> bool {
        matches!(self, PhotoSource::Url(_))
    }
}

/// One user's photo and where it goes.
#[derive(Clone, Copy, Debug)]
pub struct UserPhoto<'a> {
    /// The photo.
    pub photo: PhotoSource<'a>,
    /// A box that points at one of its faces, in pixels of the upright photo at full size; `None` for
    /// the largest.
    pub face_near: Option<PixelBox>,
    /// Index of the material's face, from 1; `None` for the largest.
    pub face: Option<u64>,
}

/// A call to fuse users into a material.
#[derive(Clone, Copy, Debug)]
pub struct FuseCall<'a> {
    /// Whose call.
    pub account: AccountId,
    /// The activity.
    pub activity: ActivityId,
    /// The material.
    pub material: MaterialId,
    /// The users, one for each face.
    pub photos: &'a [UserPhoto<'a>],
    /// In place of the material's own feature degree.
    pub feature_degree: Option<Degree>,
    /// In place of the material's own shape degree.
    pub shape_degree: Option<Degree>,
    /// By which the client repeats the call if the answer is lost.
    pub token: Option<&'a str>,
    /// Pixels that a side of a photo may have; at most [`LONGEST_SIDE`].
    pub longest_side: usize,
    /// How the picture is labelled.
    pub labelling: &'a Labelling,
    /// For how long the result is kept to be fetched; `None` where it is given at once.
    pub keep: Option<Lifetime>,
}

impl FuseCall<'_> {
    /// The most bytes that can come of what is given by URL; 0 where nothing is.
    pub fn most_fetched_bytes(&self) -> usize {
        let urls = self.photos.iter().filter(|user| user.photo.is_url());
        urls.count() * PHOTO_LIMITS.max_bytes
    }
}

/// One user's photo and where in a template of the call's own it goes.
#[derive(Clone, Copy, Debug)]
pub struct TemplatePhoto<'a> {
    /// The photo.
    pub photo: PhotoSource<'a>,
    /// A box that points at one of its faces, in pixels of the upright photo at full size; `None` for
    /// the largest.
    pub face_near: Option<PixelBox>,
    /// A box that points at a face of the template, in pixels of the upright template; `None` for the
    /// largest.
    pub template_face_near: Option<PixelBox>,
}

/// A call to fuse users into a template that comes with it.
#[derive(Clone, Copy, Debug)]
pub struct TemplateCall<'a> {
    /// Whose call.
    pub account: AccountId,
    /// The activity that pays.
    pub activity: ActivityId,
    /// The template.
    pub template: PhotoSource<'a>,
    /// By which algorithm; that of the activity does not matter.
    pub algorithm: AlgorithmVersion,
    /// The users, one for each face.
    pub photos: &'a [TemplatePhoto<'a>],
    /// How much the features are the template's.
    pub feature_degree: Degree,
    /// How much the shape is the template's.
    pub shape_degree: Degree,
    /// By which the client repeats the call if the answer is lost.
    pub token: Option<&'a str>,
    /// How the picture is labelled.
    pub labelling: &'a Labelling,
    /// For how long the result is kept to be fetched; `None` where it is given at once.
    pub keep: Option<Lifetime>,
}

impl TemplateCall<'_> {
    /// As [`FuseCall::most_fetched_bytes`].
    pub fn most_fetched_bytes(&self) -> usize {
        let urls = self.photos.iter().filter(|user| user.photo.is_url());
        (urls.count() + usize::from(self.template.is_url())) * TEMPLATE_CALL_LIMITS.max_bytes
    }
}

/// A fused picture, paid for.
#[derive(Clone, Debug)]
pub struct FusedPicture {
    /// The call.
    pub call: CallId,
    /// The picture's file, labelled.
    pub bytes: Vec<u8>,
    /// Its format.
    pub format: Format,
    /// Where it is kept, if that was asked for.
    pub kept: Option<ResultLink>,
    /// What paid.
    pub charged: Charged,
}
