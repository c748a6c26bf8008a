//! Materials: their pictures, what the review found, their degrees.

mod asked;
mod shapes;

pub(super) use asked::TrialSettings;
pub(super) use shapes::Material;

use super::if_match::with_current;
use super::paths::id;
use super::shown_picture::{Keeping, Wanted, answer};
use super::{
    Body, Editor, IfMatch, OfActivity, OfMaterial, Picture, Precondition, Problem, Problems,
    Reader, Trail, work,
};
use crate::server::Shared;
use asked::{Appeal, MaterialFilter, MaterialName, MaterialPatch, MaterialSort, Materials};
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use billing::Degree;
use service::{MaterialView, Service};
use std::sync::Arc;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

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
