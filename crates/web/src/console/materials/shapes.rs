use crate::console::names::MaterialStatus;
use billing::{Degree, FaceId, MaterialId, Moment};
use serde::Serialize;
use service::MaterialView;
use utoipa::ToSchema;

/// A material: a template portrait.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Material {
    /// Its id; `ModelId` of the cloud API.
    #[schema(value_type = String, example = "qc_300100_154001_1")]
    id: MaterialId,
    /// Its name, 1 to 60 characters.
    #[schema(example = "poster")]
    name: String,
    /// Where it is in its review.
    status: MaterialStatus,
    /// The cloud API's number for that: 0, 1, 2, 3, 11, 12, 21 or 22.
    #[schema(example = 21)]
    status_code: u8,
    /// Whether calls may use it.
    usable: bool,
    /// Why it was refused, what the customer said in an appeal, or how it was decided; empty without.
    reason: String,
    /// The faces that users can be fused into, the largest first.
    faces: Vec<MaterialFace>,
    /// What the machine found.
    review: Review,
    /// Its own feature degree (五官参数), 0 (the user) to 100 (the template).
    #[schema(value_type = u8, minimum = 0, maximum = 100, example = 50)]
    feature_degree: Degree,
    /// Its own shape degree (脸型参数), 0 (the user) to 100 (the template).
    #[schema(value_type = u8, minimum = 0, maximum = 100, example = 50)]
    shape_degree: Degree,
    /// When it was uploaded.
    #[schema(value_type = String, format = DateTime, example = "2026-11-24T03:00:00Z")]
    created: Moment,
    /// When it last changed.
    #[schema(value_type = String, format = DateTime, example = "2026-11-24T03:00:00Z")]
    updated: Moment,
    /// Tells one picture of it from the next: the `ETag` of its picture, and what to add to its address
    /// (`?v=`) so that no old one is shown.
    #[schema(example = "6b1f0c6c9ad54f62")]
    picture: String,
    /// Another one once its name or degrees are others; for `If-Match`.
    #[schema(example = "3f0c6c9ad54f6b1f0c6c9ad5")]
    version: String,
}

/// A face of a material that users can be fused into.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MaterialFace {
    /// Its id; `TemplateFaceID` of the cloud API.
    #[schema(value_type = String, example = "qc_300100_154001_1_1")]
    id: FaceId,
    /// Where it is, in pixels of the upright picture.
    bounds: PixelBox,
}

/// A rectangle of whole pixels in the upright picture.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub(crate) struct PixelBox {
    /// Leftmost column.
    #[schema(example = 120)]
    x: u32,
    /// Topmost row.
    #[schema(example = 80)]
    y: u32,
    /// Columns.
    #[schema(example = 200)]
    width: u32,
    /// Rows.
    #[schema(example = 240)]
    height: u32,
}

impl From<engine::PixelBox> for PixelBox {
    fn from(bounds: engine::PixelBox) -> PixelBox {
        PixelBox {
            x: bounds.x,
            y: bounds.y,
            width: bounds.width,
            height: bounds.height,
        }
    }
}

/// What the machine's review of a picture found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Review {
    /// Columns of the upright picture; 0 where the file does not tell.
    #[schema(example = 960)]
    width: u32,
    /// Rows of the upright picture; 0 where the file does not tell.
    #[schema(example = 1280)]
    height: u32,
    /// The file's format; `null` where it is neither.
    #[schema(required = true)]
    format: Option<PictureFormat>,
    /// All faces, the largest first, those that cannot be used included.
    faces: Vec<ReviewedFace>,
    /// Whether the machine let it pass.
    passed: bool,
    /// Why it did not; `null` where it did.
    #[schema(required = true)]
    reason: Option<Finding>,
}

/// A format of pictures.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PictureFormat {
    /// `image/jpeg`.
    Jpeg,
    /// `image/png`.
    Png,
}

/// A face that the review found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReviewedFace {
    /// Where it is.
    bounds: PixelBox,
    /// From ear to ear, in pixels.
    #[schema(example = 180)]
    width: u32,
    /// Degrees to the side; positive when it looks to the right of the picture.
    #[schema(example = 3.5)]
    yaw: f32,
    /// Degrees up or down; positive when it looks down.
    #[schema(example = -2.0)]
    pitch: f32,
    /// Degrees in the picture's plane; positive when turned clockwise as seen.
    #[schema(example = 0.5)]
    roll: f32,
    /// Whether users may be fused into it.
    usable: bool,
    /// What speaks against it, those that bar its use first.
    findings: Vec<Finding>,
}

/// Something that the review found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Finding {
    /// For programs; never changes.
    #[schema(example = "face_too_small")]
    code: &'static str,
    /// What is wrong and what to do, in Chinese.
    #[schema(example = "人脸过小（宽 80 像素，至少需要 100 像素），请换用人脸更大的图片")]
    text_zh: String,
    /// What is wrong and what to do, in English.
    text_en: String,
}

impl From<&engine::Reason> for Finding {
    fn from(reason: &engine::Reason) -> Finding {
        Finding {
            code: reason.code(),
            text_zh: reason.text_zh(),
            text_en: reason.text_en(),
        }
    }
}

impl From<&engine::FaceFinding> for Finding {
    fn from(finding: &engine::FaceFinding) -> Finding {
        Finding {
            code: finding.code(),
            text_zh: finding.text_zh(),
            text_en: finding.text_en(),
        }
    }
}

impl From<&engine::Review> for Review {
    fn from(review: &engine::Review) -> Review {
        let face = |face: &engine::ReviewedFace| ReviewedFace {
            bounds: face.bounds.into(),
            width: face.width,
            yaw: face.yaw,
            pitch: face.pitch,
            roll: face.roll,
            usable: face.usable,
            findings: face.findings.iter().map(Finding::from).collect(),
        };
        Review {
            width: review.width,
            height: review.height,
            format: review.format.map(|format| match format {
                pixel::Format::Jpeg => PictureFormat::Jpeg,
                pixel::Format::Png => PictureFormat::Png,
            }),
            faces: review.faces.iter().map(face).collect(),
            passed: review.is_passed(),
            reason: review.reason().map(Finding::from),
        }
    }
}

impl From<MaterialView> for Material {
    fn from(view: MaterialView) -> Material {
        // Both lists hold the usable faces in the same order.
        let faces = view.faces.iter().zip(view.review.usable_faces());
        let faces = faces.map(|(&id, (_, face))| MaterialFace {
            id,
            bounds: face.bounds.into(),
        });
        Material {
            id: view.id,
            name: view.name,
            status: view.status.into(),
            status_code: view.status_code,
            usable: view.usable,
            reason: view.reason,
            faces: faces.collect(),
            review: Review::from(&view.review),
            feature_degree: view.feature_degree,
            shape_degree: view.shape_degree,
            created: view.created,
            updated: view.updated,
            picture: view.picture,
            version: view.version,
        }
    }
}
