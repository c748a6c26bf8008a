//! What the parameters of a call tell before any work is done.

use super::{PhotoSource, PictureRole};
use crate::fetch::picture_url;
use crate::outbound::HttpUrlError;
use engine::{PixelBox, Review};

/// Photos in one call.
const MOST_PHOTOS: usize = 6;

/// The fewest columns and rows of a box that points at a face.
const LEAST_BOX_SIDE: u32 = 30;

/// Why a parameter of a call cannot be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParameterError {
    /// No photos or too many.
    #[error("{count} photos; a call takes 1 to {most}")]
    PhotoCount {
        /// Photos given.
        count: usize,
        /// Photos taken.
        most: usize,
    },
    /// The material has no such face.
    #[error("the material has {faces} faces, so there is no face {face}")]
    NoSuchFace {
        /// The number asked for, from 1.
        face: u64,
        /// The material's faces.
        faces: usize,
    },
    /// The review found that the face cannot be used.
    #[error("face {face} of the material cannot be used")]
    FaceNotUsable {
        /// The number asked for, from 1.
        face: u64,
    },
    /// Two photos for one face.
    #[error("two photos go onto {}; each face takes one", face_name(.face))]
    FaceTwice {
        /// The material's face, from 1; `None` for one of a template of the call's own.
        face: Option<u64>,
    },
    /// A box too small to hold a face that can be used.
    #[error(
        "the face box of {picture}, {face_box}, is too small; it must have {least} pixels a side or more"
    )]
    FaceBox {
        /// The picture it is in.
        picture: PictureRole,
        /// The box.
        face_box: PixelBox,
        /// The fewest columns and rows.
        least: u32,
    },
    /// A URL that cannot be one.
    #[error("{picture} cannot be fetched: {source}")]
    Url {
        /// The picture it should lead to.
        picture: PictureRole,
        /// What is wrong with it.
        source: HttpUrlError,
    },
    /// A URL where there is nobody to fetch it.
    #[error("{picture} cannot be fetched: pictures are not fetched here; send the picture itself")]
    UrlsNotTaken {
        /// The picture it should lead to.
        picture: PictureRole,
    },
    /// A client token that cannot be one.
    #[error("the client token has {length} characters; write 1 to {most}")]
    Token {
        /// Characters given.
        length: usize,
        /// Characters taken.
        most: usize,
    },
}

fn face_name(face: &Option<u64>) -> String {
    face.map_or_else(
        || "one face of the template".to_owned(),
        |face| format!("face {face}"),
    )
}

pub(super) fn check_count(count: usize) -> Result<(), ParameterError> {
    if count == 0 || count > MOST_PHOTOS {
        let most = MOST_PHOTOS;
        return Err(ParameterError::PhotoCount { count, most });
    }
    Ok(())
}

pub(super) fn check_source(
    picture: PictureRole,
    source: &PhotoSource<'_>,
    can_fetch: bool,
) -> Result<(), ParameterError> {
    match source {
        PhotoSource::Bytes(_) => Ok(()),
        PhotoSource::Url(_) if !can_fetch => Err(ParameterError::UrlsNotTaken { picture }),
        PhotoSource::Url(url) => picture_url(url)
            .map(|_| ())
            .map_err(|source| ParameterError::Url { picture, source }),
    }
}

pub(super) fn check_box(
    picture: PictureRole,
    face_box: Option<PixelBox>,
) -> Result<(), ParameterError> {
    match face_box {
        Some(face_box) if face_box.width.min(face_box.height) < LEAST_BOX_SIDE => {
            Err(ParameterError::FaceBox {
                picture,
                face_box,
                least: LEAST_BOX_SIDE,
            })
        }
        _ => Ok(()),
    }
}

/// The indices of the faces asked for, if they are there, can be used, and are asked for once each.
pub(super) fn face_indices(
    asked: impl Iterator<Item = Option<u64>>,
    review: &Review,
) -> Result<Vec<usize>, ParameterError> {
    let mut taken = Vec::new();
    for asked in asked {
        let number = asked.unwrap_or(1);
        let index = number.checked_sub(1).map(usize::try_from);
        let index = index.and_then(Result::ok);
        let found = index.and_then(|index| Some((index, review.faces.get(index)?)));
        let Some((index, face)) = found else {
            return Err(ParameterError::NoSuchFace {
                face: number,
                faces: review.faces.len(),
            });
        };
        if !face.usable && asked.is_some() {
            return Err(ParameterError::FaceNotUsable { face: number });
        }
        if taken.contains(&index) {
            let face = Some(number);
            return Err(ParameterError::FaceTwice { face });
        }
        taken.push(index);
    }
    Ok(taken)
}
