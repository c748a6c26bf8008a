use super::fields::Fields;
use super::picture::{LONGEST_BASE64, LONGEST_BASE64_ULTRA, PictureSource};
use super::rect::Rect;
use crate::codes::{ApiError, shown};
use billing::{FaceId, MaterialId};

/// Users in one request.
const MOST_MERGES: usize = 6;

/// One user and the material's face that it goes onto.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merge {
    /// The user's picture.
    pub picture: PictureSource,
    /// Which face of the picture; `None` for the largest.
    pub face_rect: Option<Rect>,
    /// Which face of the material, and always of that one; `None` for the largest.
    pub template_face: Option<FaceId>,
}

/// One user and the face of the template that came along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UltraMerge {
    /// The user's picture.
    pub picture: PictureSource,
    /// Which face of the picture; `None` for the largest.
    pub face_rect: Option<Rect>,
    /// Which face of the template; `None` for the largest.
    pub template_rect: Option<Rect>,
}

/// The users of a request into a material. Each goes onto another face: the largest has index 1.
pub(super) fn read_merges(
    fields: &Fields<'_>,
    material: MaterialId,
) -> Result<Vec<Merge>, ApiError> {
    let entries = fields.required_records("MergeInfos", 1..=MOST_MERGES)?;
    let merges = entries
        .iter()
        .map(|entry| {
            Ok(Merge {
                picture: PictureSource::read(entry, "Url", "Image", LONGEST_BASE64)?,
                face_rect: Rect::read_face(entry, "InputImageFaceRect")?,
                template_face: template_face(entry, material)?,
            })
        })
        .collect::<Result<Vec<_>, ApiError>>()?;
    refuse_same(&merges, |merge| {
        merge.template_face.map_or(1, |face| face.index)
    })?;
    Ok(merges)
}

/// The users of a request with a template.
pub(super) fn read_ultra_merges(fields: &Fields<'_>) -> Result<Vec<UltraMerge>, ApiError> {
    let entries = fields.required_records("MergeInfos", 1..=MOST_MERGES)?;
    let merges = entries
        .iter()
        .map(|entry| {
            Ok(UltraMerge {
                picture: PictureSource::read(entry, "Url", "Image", LONGEST_BASE64_ULTRA)?,
                face_rect: Rect::read_face(entry, "InputImageFaceRect")?,
                template_rect: Rect::read_face(entry, "TemplateFaceRect")?,
            })
        })
        .collect::<Result<Vec<_>, ApiError>>()?;
    refuse_same(&merges, |merge| merge.template_rect)?;
    Ok(merges)
}

fn template_face(fields: &Fields<'_>, material: MaterialId) -> Result<Option<FaceId>, ApiError> {
    let Some(text) = fields.filled_text("TemplateFaceID")? else {
        return Ok(None);
    };
    text.parse::<FaceId>()
        .ok()
        .filter(|face| face.material == material)
        .map(Some)
        .ok_or_else(|| ApiError::TemplateFaceUnknown { face: shown(text) })
}

/// Refuses two users that go onto one face.
fn refuse_same<M, F: PartialEq>(merges: &[M], face: impl Fn(&M) -> F) -> Result<(), ApiError> {
    for (second, merge) in merges.iter().enumerate() {
        let same = |other: &M| face(other) == face(merge);
        if let Some(first) = merges[..second].iter().position(same) {
            return Err(ApiError::FaceTakenTwice { first, second });
        }
    }
    Ok(())
}
