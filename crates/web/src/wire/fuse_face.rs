use super::fields::Fields;
use super::logo::Logo;
use super::merge::{Merge, read_merges};
use super::picture::{LONGEST_BASE64, PictureSource};
use crate::codes::{ApiError, shown};
use crate::dispatch::Version;
use billing::{ActivityId, Degree, LARGEST_DEGREE, MaterialId};

/// Characters in the key and in the value of an entry of `MetaData`.
const LONGEST_META_KEY: usize = 32;
const LONGEST_META_VALUE: usize = 256;

/// How the result comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResultForm {
    /// As an address.
    Url,
    /// As base64 text.
    Base64,
}

/// A fusion into a material: `FuseFace` of both versions, and `FaceFusion`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FuseFace {
    /// The activity, `ProjectId`.
    pub activity: ActivityId,
    /// The material, `ModelId`; whether it is the activity's is not checked yet.
    pub material: MaterialId,
    /// How the result comes back.
    pub result: ResultForm,
    /// The users, 1..=6, each onto another face.
    pub merges: Vec<Merge>,
    /// 五官, `FuseFaceDegree`; `None` for the material's own.
    pub feature_degree: Option<Degree>,
    /// 脸型, `FuseProfileDegree`; `None` for the material's own.
    pub shape_degree: Option<Degree>,
    /// The mark; `None` in 2018-12-01, where a request has no say in it.
    pub logo: Option<Logo>,
    /// Keys and values to embed in the result's file.
    pub metadata: Vec<(String, String)>,
    /// Whether a review of the pictures is asked for, `CelebrityIdentify`.
    pub review: bool,
}

impl FuseFace {
    /// `FuseFace`.
    pub(super) fn read(fields: &Fields<'_>, version: Version) -> Result<FuseFace, ApiError> {
        let (activity, material) = read_ids(fields)?;
        let result = ResultForm::read(fields)?;
        let merges = read_merges(fields, material)?;
        Ok(FuseFace {
            activity,
            material,
            result,
            merges,
            feature_degree: read_degree(fields, "FuseFaceDegree")?,
            shape_degree: read_degree(fields, "FuseProfileDegree")?,
            logo: match version {
                Version::V2018 => None,
                Version::V2022 => Some(Logo::read(fields, LONGEST_BASE64)?),
            },
            metadata: read_metadata(fields, version)?,
            review: version == Version::V2018 && read_review(fields)?,
        })
    }

    /// `FaceFusion`: one user onto the material's largest face. `PornDetect` is not looked at.
    pub(super) fn read_single(fields: &Fields<'_>) -> Result<FuseFace, ApiError> {
        let (activity, material) = read_ids(fields)?;
        Ok(FuseFace {
            activity,
            material,
            result: ResultForm::read(fields)?,
            merges: vec![Merge {
                picture: PictureSource::read(fields, "Url", "Image", LONGEST_BASE64)?,
                face_rect: None,
                template_face: None,
            }],
            feature_degree: None,
            shape_degree: None,
            logo: None,
            metadata: read_metadata(fields, Version::V2018)?,
            review: read_review(fields)?,
        })
    }
}

impl ResultForm {
    pub(super) fn read(fields: &Fields<'_>) -> Result<ResultForm, ApiError> {
        match fields.required_text("RspImgType")? {
            "url" => Ok(ResultForm::Url),
            "base64" => Ok(ResultForm::Base64),
            other => Err(ApiError::NotOneOf {
                path: fields.path_of("RspImgType"),
                value: shown(other),
                allowed: "url, base64",
            }),
        }
    }
}

/// Texts that cannot be ids name nothing that exists.
fn read_ids(fields: &Fields<'_>) -> Result<(ActivityId, MaterialId), ApiError> {
    let activity = fields.required_text("ProjectId")?;
    let material = fields.required_text("ModelId")?;
    Ok((parse_activity(activity)?, parse_material(material)?))
}

pub(super) fn parse_activity(text: &str) -> Result<ActivityId, ApiError> {
    text.parse().map_err(|_| ApiError::ActivityUnknown {
        activity: shown(text),
    })
}

pub(super) fn parse_material(text: &str) -> Result<MaterialId, ApiError> {
    text.parse().map_err(|_| ApiError::MaterialUnknown {
        material: shown(text),
    })
}

fn read_degree(fields: &Fields<'_>, name: &str) -> Result<Option<Degree>, ApiError> {
    match fields.integer_in(name, 0..=LARGEST_DEGREE)? {
        None => Ok(None),
        Some(degree) => Ok(Some(Degree::new(degree.into())?)),
    }
}

fn read_review(fields: &Fields<'_>) -> Result<bool, ApiError> {
    Ok(fields.integer_in("CelebrityIdentify", 0..=1_u8)? == Some(1))
}

/// 2022-09-27 allows one entry; 2018-12-01 states no number, and 64 is ours.
fn read_metadata(fields: &Fields<'_>, version: Version) -> Result<Vec<(String, String)>, ApiError> {
    let most = match version {
        Version::V2018 => 64,
        Version::V2022 => 1,
    };
    let Some(codec) = fields
        .record("FuseParam")?
        .map(|param| param.record("ImageCodecParam"))
        .transpose()?
        .flatten()
    else {
        return Ok(Vec::new());
    };
    let entries = codec.records("MetaData", 0..=most)?.unwrap_or_default();
    entries
        .iter()
        .map(|entry| {
            let key = entry.text_of_length("MetaKey", 1..=LONGEST_META_KEY)?;
            let value = entry.text_of_length("MetaValue", 0..=LONGEST_META_VALUE)?;
            Ok((key.to_owned(), value.to_owned()))
        })
        .collect()
}
