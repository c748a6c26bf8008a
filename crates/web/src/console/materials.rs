//! Materials: their pictures, what the review found, their degrees.

#![expect(
    unused_qualifications,
    reason = "what the operations expand to is not ours"
)]

use super::if_match::with_current;
use super::names::{AlgorithmVersion, MaterialStatus};
use super::paths::id;
use super::shown_picture::{Keeping, Wanted, answer};
use super::{
    Body, Editor, IfMatch, OfActivity, OfMaterial, Picture, Precondition, Problem, Problems,
    Reader, Trail, work,
};
use crate::server::Shared;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use billing::{Degree, FaceId, MaterialId, Moment};
use serde::{Deserialize, Serialize};
use service::{MaterialView, Service};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

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

/// Materials of an activity.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Materials {
    /// Those asked for, in the order asked for.
    materials: Vec<Material>,
    /// How many the activity has.
    #[schema(example = 3)]
    total: u64,
    /// How many it may have.
    #[schema(example = 10)]
    quota: u64,
}

/// Which materials.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum MaterialState {
    /// Calls may use them.
    Usable,
    /// Somebody is to decide on them.
    Waiting,
    /// They were refused.
    Refused,
}

impl MaterialState {
    fn holds(self, status: billing::MaterialStatus) -> bool {
        use billing::MaterialStatus::{
            AppealLost, Appealed, InReview, RejectedByMachine, RejectedByPerson,
        };
        match self {
            MaterialState::Usable => status.is_usable(),
            MaterialState::Waiting => matches!(status, InReview | Appealed),
            MaterialState::Refused => {
                matches!(status, RejectedByMachine | RejectedByPerson | AppealLost)
            }
        }
    }
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum MaterialSort {
    /// The newest first.
    #[default]
    Newest,
    /// The oldest first.
    Oldest,
    /// By name.
    Name,
}

/// Which materials, and in which order.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct MaterialFilter {
    /// Only those; all without it.
    #[param(inline)]
    state: Option<MaterialState>,
    /// In which order.
    #[serde(default)]
    #[param(inline, required = false)]
    sort: MaterialSort,
}

/// How a new material is called.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct MaterialName {
    /// Its name, 1 to 60 characters.
    #[param(example = "poster")]
    name: String,
}

/// What is to change about a material; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MaterialPatch {
    /// Its name, 1 to 60 characters.
    name: Option<String>,
    /// Its own feature degree.
    #[schema(value_type = Option<u8>, minimum = 0, maximum = 100, example = 50)]
    feature_degree: Option<u64>,
    /// Its own shape degree.
    #[schema(value_type = Option<u8>, minimum = 0, maximum = 100, example = 50)]
    shape_degree: Option<u64>,
}

/// An appeal.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Appeal {
    /// Why the operator should let the material pass, at most 200 characters; may be empty.
    #[serde(default)]
    #[schema(example = "The face is painted; it is meant to be soft.")]
    reason: String,
}

/// How a trial differs from a call.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct TrialSettings {
    /// Another algorithm version than the activity's.
    #[param(inline)]
    pub(super) algorithm: Option<AlgorithmVersion>,
    /// Another feature degree than the material's, 0 to 100.
    #[param(minimum = 0, maximum = 100)]
    pub(super) feature_degree: Option<u64>,
    /// Another shape degree than the material's, 0 to 100.
    #[param(minimum = 0, maximum = 100)]
    pub(super) shape_degree: Option<u64>,
    /// The number of the material's face, from 1; the largest without it.
    #[param(minimum = 1)]
    pub(super) face: Option<u64>,
}

/// Materials
#[utoipa::path(
    get,
    path = "/accounts/{account}/activities/{activity}/materials",
    tag = "materials",
    params(OfActivity, MaterialFilter),
    responses((status = 200, description = "The materials.", body = Materials), Problems)
)]
async fn get_materials(
    State(shared): State<Arc<Shared>>,
    reader: Reader,
    Path(path): Path<OfActivity>,
    Query(filter): Query<MaterialFilter>,
) -> Result<Json<Materials>, Problem> {
    let activity = id("activity", &path.activity)?;
    let account = reader.account;
    let (views, quota) = work(&shared, move |service| {
        let quota = service.activity(account, activity)?.quota;
        Ok::<_, Problem>((service.materials(account, activity)?, quota))
    })
    .await?;
    let total = views.len() as u64;
    let state = filter.state;
    let mut views: Vec<MaterialView> = views
        .into_iter()
        .filter(|view| state.is_none_or(|state| state.holds(view.status)))
        .collect();
    match filter.sort {
        MaterialSort::Newest => views.reverse(),
        MaterialSort::Oldest => (),
        MaterialSort::Name => views.sort_by(|a, b| a.name.cmp(&b.name)),
    }
    Ok(Json(Materials {
        materials: views.into_iter().map(Material::from).collect(),
        total,
        quota,
    }))
}

/// Add a material
#[utoipa::path(
    post,
    path = "/accounts/{account}/activities/{activity}/materials",
    tag = "materials",
    params(OfActivity, MaterialName),
    request_body(content((Vec<u8> = "image/jpeg"), (Vec<u8> = "image/png")), description = "The picture, 10 MB at most."),
    responses(
        (status = 201, description = "It is there with its review. What the machine refuses is there too, so that it can be appealed.", body = Material),
        Problems
    )
)]
async fn add_material(
    State(shared): State<Arc<Shared>>,
    editor: Editor,
    trail: Trail,
    Path(path): Path<OfActivity>,
    Query(called): Query<MaterialName>,
    Picture(bytes, _room): Picture,
) -> Result<(StatusCode, Json<Material>), Problem> {
    let activity = id("activity", &path.activity)?;
    let account = editor.account;
    let view = work(&shared, move |service| {
        let view = service.add_material(account, activity, &called.name, &bytes)?;
        trail.detail(format!("{}: {}", view.id, view.name));
        Ok::<_, Problem>(view)
    });
    Ok((StatusCode::CREATED, Json(view.await?.into())))
}

/// A material
#[utoipa::path(
    get,
    path = "/accounts/{account}/materials/{material}",
    tag = "materials",
    params(OfMaterial),
    responses((status = 200, description = "The material.", body = Material), Problems)
)]
async fn get_material(
    State(shared): State<Arc<Shared>>,
    reader: Reader,
    Path(path): Path<OfMaterial>,
) -> Result<Json<Material>, Problem> {
    let material = id("material", &path.material)?;
    let account = reader.account;
    let view = work(&shared, move |service| service.material(account, material)).await?;
    Ok(Json(view.into()))
}

/// Rename or tune a material
#[utoipa::path(
    patch,
    path = "/accounts/{account}/materials/{material}",
    tag = "materials",
    params(OfMaterial, IfMatch),
    request_body = MaterialPatch,
    responses((status = 200, description = "As it is now.", body = Material), Problems)
)]
async fn change_material(
    State(shared): State<Arc<Shared>>,
    editor: Editor,
    trail: Trail,
    Path(path): Path<OfMaterial>,
    Precondition(expected): Precondition,
    Body(patch): Body<MaterialPatch>,
) -> Result<Json<Material>, Problem> {
    let material = id("material", &path.material)?;
    let account = editor.account;
    let view = work(&shared, move |service| {
        let degree = |degree: Option<u64>| {
            let degree = degree.map(Degree::new).transpose();
            degree.map_err(Problem::from)
        };
        trail.detail(patch.detail());
        let change = service::MaterialChange {
            feature_degree: degree(patch.feature_degree)?,
            shape_degree: degree(patch.shape_degree)?,
            name: patch.name,
        };
        let changed = service.edit_material(account, material, &change, &expected);
        let now = || service.material(account, material);
        changed.map_err(|error| with_current(error, now, Material::from))
    });
    Ok(Json(view.await?.into()))
}

impl MaterialPatch {
    /// What changes, for the audit log.
    fn detail(&self) -> String {
        let name = self.name.as_ref().map(|name| format!("name {name}"));
        let feature = self
            .feature_degree
            .map(|degree| format!("feature degree {degree}"));
        let shape = self
            .shape_degree
            .map(|degree| format!("shape degree {degree}"));
        let parts = [name, feature, shape];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

/// Delete a material
#[utoipa::path(
    delete,
    path = "/accounts/{account}/materials/{material}",
    tag = "materials",
    params(OfMaterial),
    responses((status = 204, description = "It is gone."), Problems)
)]
async fn delete_material(
    State(shared): State<Arc<Shared>>,
    editor: Editor,
    Path(path): Path<OfMaterial>,
) -> Result<StatusCode, Problem> {
    let material = id("material", &path.material)?;
    let account = editor.account;
    work(&shared, move |service| {
        service.delete_material(account, material)
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Replace the picture of a material
#[utoipa::path(
    put,
    path = "/accounts/{account}/materials/{material}/picture",
    tag = "materials",
    params(OfMaterial),
    request_body(content((Vec<u8> = "image/jpeg"), (Vec<u8> = "image/png")), description = "The picture, 10 MB at most."),
    responses((status = 200, description = "With its new review; id and degrees stay.", body = Material), Problems)
)]
async fn replace_picture(
    State(shared): State<Arc<Shared>>,
    editor: Editor,
    Path(path): Path<OfMaterial>,
    Picture(bytes, _room): Picture,
) -> Result<Json<Material>, Problem> {
    let material = id("material", &path.material)?;
    let account = editor.account;
    let view = work(&shared, move |service| {
        service.replace_material(account, material, &bytes)
    });
    Ok(Json(view.await?.into()))
}

/// The picture of a material
#[utoipa::path(
    get,
    path = "/accounts/{account}/materials/{material}/picture",
    tag = "materials",
    params(OfMaterial, Wanted),
    responses(
        (status = 200, description = "The file as it was uploaded, or the small picture asked for.", content((Vec<u8> = "image/jpeg"), (Vec<u8> = "image/png"))),
        (status = 304, description = "The one that `If-None-Match` names is still the one."),
        Problems
    )
)]
async fn get_picture(
    State(shared): State<Arc<Shared>>,
    reader: Reader,
    Path(path): Path<OfMaterial>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let material = id("material", &path.material)?;
    let account = reader.account;
    let find = move |service: &Service| Ok(service.kept_picture(account, material)?);
    answer(&shared, &headers, &wanted, Keeping::Session, find).await
}

/// Appeal a refusal
#[utoipa::path(
    post,
    path = "/accounts/{account}/materials/{material}/appeal",
    tag = "materials",
    params(OfMaterial),
    request_body = Appeal,
    responses((status = 200, description = "It waits for the operator.", body = Material), Problems)
)]
async fn appeal(
    State(shared): State<Arc<Shared>>,
    editor: Editor,
    trail: Trail,
    Path(path): Path<OfMaterial>,
    Body(appeal): Body<Appeal>,
) -> Result<Json<Material>, Problem> {
    let material = id("material", &path.material)?;
    let account = editor.account;
    trail.detail(appeal.reason.clone());
    let view = work(&shared, move |service| {
        service.appeal_material(account, material, &appeal.reason)
    });
    Ok(Json(view.await?.into()))
}

pub(super) fn operations() -> OpenApiRouter<Arc<Shared>> {
    OpenApiRouter::new()
        .routes(routes!(get_materials, add_material))
        .routes(routes!(get_material, change_material, delete_material))
        .routes(routes!(get_picture, replace_picture))
        .routes(routes!(appeal))
}
