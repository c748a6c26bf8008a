//! Materials as the API lists them.

use crate::dispatch::Version;
use billing::{Calendar, MaterialId};
use serde::Serialize;
use service::MaterialView;

/// `MaterialInfos` of one version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum MaterialInfos {
    /// Of 2018-12-01.
    V2018(Vec<MaterialInfo2018>),
    /// Of 2022-09-27.
    V2022(Vec<MaterialInfo2022>),
}

/// `PublicMaterialInfos` of 2018-12-01.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct MaterialInfo2018 {
    /// Its id.
    pub material_id: String,
    /// Where it is in its review.
    pub material_status: u8,
    /// Its shape degree, for the older engine.
    pub blend_param_ptu: u8,
    /// Its feature degree, for the older engine.
    pub position_param_ptu: u8,
    /// Its shape degree, for the newer engine.
    pub blend_param_youtu: u8,
    /// Its feature degree, for the newer engine.
    pub position_param_youtu: u8,
    /// Address of its picture.
    pub url: String,
    /// When it was uploaded, as `2027-01-10 08:00:00`.
    pub create_time: String,
    /// When it last changed.
    pub update_time: String,
    /// Its faces that can be used.
    pub material_face_list: Vec<MaterialFace>,
}

/// `PublicMaterialInfos` of 2022-09-27.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct MaterialInfo2022 {
    /// Its id.
    pub material_id: String,
    /// Its name.
    pub material_name: String,
    /// Where it is in its review.
    pub material_status: u8,
    /// Why it was refused or how it was decided; empty without.
    pub audit_result: String,
    /// When it was uploaded, as `2027-01-10 08:00:00`.
    pub create_time: String,
    /// When it last changed.
    pub update_time: String,
    /// Its faces that can be used.
    pub material_face_list: Vec<MaterialFace>,
}

/// A face of a material.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct MaterialFace {
    /// Its id.
    pub face_id: String,
    /// Where it is.
    pub face_info: FaceInfo,
}

/// A face's box in pixels of the upright picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct FaceInfo {
    /// Column of its left edge.
    pub x: u32,
    /// Row of its upper edge.
    pub y: u32,
    /// Columns.
    pub width: u32,
    /// Rows.
    pub height: u32,
}

impl MaterialInfos {
    /// The rows for `views`. `url_of` tells where a material's picture can be fetched.
    pub fn new(
        version: Version,
        views: &[&MaterialView],
        calendar: &Calendar,
        url_of: impl Fn(MaterialId) -> String,
    ) -> MaterialInfos {
        match version {
            Version::V2018 => MaterialInfos::V2018(
                views
                    .iter()
                    .map(|view| row_2018(view, calendar, url_of(view.id)))
                    .collect(),
            ),
            Version::V2022 => {
                MaterialInfos::V2022(views.iter().map(|view| row_2022(view, calendar)).collect())
            }
        }
    }
}

fn row_2018(view: &MaterialView, calendar: &Calendar, url: String) -> MaterialInfo2018 {
    let (shape, feature) = (view.shape_degree.get(), view.feature_degree.get());
    MaterialInfo2018 {
        material_id: view.id.to_string(),
        material_status: view.status_code,
        blend_param_ptu: shape,
        position_param_ptu: feature,
        blend_param_youtu: shape,
        position_param_youtu: feature,
        url,
        create_time: calendar.write(view.created),
        update_time: calendar.write(view.updated),
        material_face_list: faces(view),
    }
}

fn row_2022(view: &MaterialView, calendar: &Calendar) -> MaterialInfo2022 {
    MaterialInfo2022 {
        material_id: view.id.to_string(),
        material_name: view.name.clone(),
        material_status: view.status_code,
        audit_result: view.reason.clone(),
        create_time: calendar.write(view.created),
        update_time: calendar.write(view.updated),
        material_face_list: faces(view),
    }
}

fn faces(view: &MaterialView) -> Vec<MaterialFace> {
    let reviewed = |index: u64| {
        view.review
            .faces
            .get(usize::try_from(index).ok()?.checked_sub(1)?)
    };
    view.faces
        .iter()
        .filter_map(|id| {
            let bounds = reviewed(id.index)?.bounds;
            Some(MaterialFace {
                face_id: id.to_string(),
                face_info: FaceInfo {
                    x: bounds.x,
                    y: bounds.y,
                    width: bounds.width,
                    height: bounds.height,
                },
            })
        })
        .collect()
}
