//! Activities, and the calls a second that they have by day.

#![expect(
    unused_qualifications,
    reason = "what the operations expand to is not ours"
)]

use super::if_match::with_current;
use super::names::AlgorithmVersion;
use super::paths::id;
use super::{
    Body, Editor, IfMatch, InAccount, OfActivity, Precondition, Problem, Problems, Reader, Trail,
    work,
};
use crate::server::Shared;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use billing::{ActivityChange, ActivityId, Day, Moment};
use serde::{Deserialize, Serialize};
use service::ActivityView;
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// An activity with what it may do now.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Activity {
    /// Its id; `ProjectId` of the cloud API.
    #[schema(value_type = String, example = "300100")]
    id: ActivityId,
    /// Its name, 1 to 15 characters.
    #[schema(example = "春节")]
    name: String,
    /// Free text; may be empty.
    details: String,
    /// How faces are fused; locked while it is licensed.
    algorithm: AlgorithmVersion,
    /// How many materials it may have; locked while it is licensed.
    #[schema(example = 10)]
    quota: u64,
    /// How many it has.
    #[schema(example = 3)]
    materials: u64,
    /// When its licence ends, renewals included; `null` without one.
    #[schema(value_type = Option<String>, format = DateTime, required = true)]
    licensed_until: Option<Moment>,
    /// When its materials are frozen, or since when; `null` while it has no licence.
    #[schema(value_type = Option<String>, format = DateTime, required = true)]
    materials_frozen_from: Option<Moment>,
    /// Calls a second it may make now.
    #[schema(example = 10)]
    qps: u32,
    /// Free calls in all.
    #[schema(example = 500)]
    free_total: u64,
    /// Free calls left.
    #[schema(example = 497)]
    free_left: u64,
    /// Calls left in its licence packs.
    #[schema(example = 10000)]
    licence_left: u64,
    /// When it was created.
    #[schema(value_type = String, format = DateTime, example = "2026-11-24T03:00:00Z")]
    created: Moment,
    /// The licence it runs on now; `null` without one.
    #[schema(required = true)]
    licence: Option<ActivityLicence>,
    /// Another one once its name, details, algorithm version or quota are others; for `If-Match`.
    #[schema(example = "3f0c6c9ad54f6b1f0c6c9ad5")]
    version: String,
}

/// The licence an activity runs on.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ActivityLicence {
    /// The package, by its id in the catalogue.
    #[schema(example = "package-1")]
    package: String,
    /// When it began.
    #[schema(value_type = String, format = DateTime, example = "2026-11-24T03:00:00Z")]
    starts: Moment,
    /// The first moment after it; a renewal follows on.
    #[schema(value_type = String, format = DateTime, example = "2027-11-23T16:00:00Z")]
    ends: Moment,
    /// The first moment in which materials are frozen.
    #[schema(value_type = String, format = DateTime, example = "2026-12-23T16:00:00Z")]
    window_ends: Moment,
    /// Fixed calls a second.
    #[schema(example = 10)]
    qps: u32,
}

impl From<ActivityView> for Activity {
    fn from(view: ActivityView) -> Activity {
        Activity {
            id: view.id,
            name: view.name,
            details: view.details,
            algorithm: view.algorithm.into(),
            quota: view.quota,
            materials: view.materials,
            licensed_until: view.licensed_until,
            materials_frozen_from: view.materials_frozen_from,
            qps: view.qps,
            free_total: view.free_total,
            free_left: view.free_left,
            licence_left: view.licence_left,
            created: view.created,
            version: view.version,
            licence: view.licence.map(|licence| ActivityLicence {
                package: licence.package,
                starts: licence.starts,
                ends: licence.ends,
                window_ends: licence.window_ends,
                qps: licence.qps,
            }),
        }
    }
}

/// The activities of an account.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Activities {
    /// By id.
    activities: Vec<Activity>,
}

/// What a new activity is to be.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewActivity {
    /// Its name, 1 to 15 characters.
    #[schema(example = "春节")]
    name: String,
    /// Free text.
    #[serde(default)]
    details: String,
    /// How faces are fused.
    algorithm: AlgorithmVersion,
    /// How many materials it may have; one of the catalogue's quotas. Without it the smallest.
    #[schema(example = 10)]
    quota: Option<u64>,
}

/// What is to change about an activity; what is left out stays.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ActivityPatch {
    /// Its name, 1 to 15 characters.
    name: Option<String>,
    /// Free text.
    details: Option<String>,
    /// How faces are fused; not while it is licensed.
    algorithm: Option<AlgorithmVersion>,
    /// How many materials it may have; not while it is licensed.
    quota: Option<u64>,
}

/// Calls a second by day.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct QpsCalendar {
    /// The most an activity may have on a day.
    #[schema(example = 1000)]
    ceiling: u32,
    /// As many days as asked for, in order.
    days: Vec<QpsDay>,
}

/// Calls a second on a day.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct QpsDay {
    /// The day.
    #[schema(value_type = String, format = Date, example = "2026-11-24")]
    day: Day,
    /// Whether the activity is licensed on it, for a part of it at least.
    licensed: bool,
    /// Fixed calls a second of the licence; 0 without one.
    #[schema(example = 50)]
    fixed: u32,
    /// Calls a second that were bought for the day.
    #[schema(example = 20)]
    upgrades: u32,
    /// What it may make.
    #[schema(example = 70)]
    effective: u32,
}

/// Which days.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct QpsDays {
    /// The first; today without it.
    #[param(value_type = Option<String>, format = Date, example = "2026-11-24")]
    from: Option<Day>,
    /// How many, 1 to 31.
    #[serde(default = "QpsDays::usual")]
    #[param(default = 30, minimum = 1, maximum = 31)]
    days: u32,
}

impl QpsDays {
    const fn usual() -> u32 {
        30
    }
}

/// Activities
#[utoipa::path(
    get,
    path = "/accounts/{account}/activities",
    tag = "activities",
    params(InAccount),
    responses((status = 200, description = "All activities.", body = Activities), Problems)
)]
async fn get_activities(
    State(shared): State<Arc<Shared>>,
    reader: Reader,
) -> Result<Json<Activities>, Problem> {
    let account = reader.account;
    let activities = work(&shared, move |service| service.activities(account)).await?;
    let activities = activities.into_iter().map(Activity::from).collect();
    Ok(Json(Activities { activities }))
}

/// Create an activity
#[utoipa::path(
    post,
    path = "/accounts/{account}/activities",
    tag = "activities",
    params(InAccount),
    request_body = NewActivity,
    responses((status = 201, description = "It is created, with its free calls.", body = Activity), Problems)
)]
async fn create_activity(
    State(shared): State<Arc<Shared>>,
    editor: Editor,
    trail: Trail,
    Body(new): Body<NewActivity>,
) -> Result<(StatusCode, Json<Activity>), Problem> {
    let account = editor.account;
    let created = work(&shared, move |service| {
        let new = service::NewActivity {
            name: new.name,
            details: new.details,
            algorithm: new.algorithm.into(),
            quota: new.quota,
        };
        let view = service.create_activity(account, &new)?;
        trail.detail(format!("{}: {}", view.id, view.name));
        Ok::<_, Problem>(view)
    });
    Ok((StatusCode::CREATED, Json(created.await?.into())))
}

/// An activity
#[utoipa::path(
    get,
    path = "/accounts/{account}/activities/{activity}",
    tag = "activities",
    params(OfActivity),
    responses((status = 200, description = "The activity.", body = Activity), Problems)
)]
async fn get_activity(
    State(shared): State<Arc<Shared>>,
    reader: Reader,
    Path(path): Path<OfActivity>,
) -> Result<Json<Activity>, Problem> {
    let activity = id("activity", &path.activity)?;
    let account = reader.account;
    let view = work(&shared, move |service| service.activity(account, activity)).await?;
    Ok(Json(view.into()))
}

/// Change an activity
#[utoipa::path(
    patch,
    path = "/accounts/{account}/activities/{activity}",
    tag = "activities",
    params(OfActivity, IfMatch),
    request_body = ActivityPatch,
    responses((status = 200, description = "As it is now.", body = Activity), Problems)
)]
async fn change_activity(
    State(shared): State<Arc<Shared>>,
    editor: Editor,
    trail: Trail,
    Path(path): Path<OfActivity>,
    Precondition(expected): Precondition,
    Body(patch): Body<ActivityPatch>,
) -> Result<Json<Activity>, Problem> {
    let activity = id("activity", &path.activity)?;
    let account = editor.account;
    let view = work(&shared, move |service| {
        let change = ActivityChange {
            name: patch.name.clone(),
            details: patch.details.clone(),
            algorithm: patch.algorithm.map(Into::into),
            quota: patch.quota,
        };
        let changed = service.change_activity(account, activity, &change, &expected);
        let now = || service.activity(account, activity);
        let view = changed.map_err(|error| with_current(error, now, Activity::from))?;
        trail.detail(patch.detail());
        Ok::<_, Problem>(view)
    });
    Ok(Json(view.await?.into()))
}

impl ActivityPatch {
    /// What changes, for the audit log.
    fn detail(&self) -> String {
        let name = self.name.as_ref().map(|name| format!("name {name}"));
        let details = self.details.as_ref().map(|_| "details".to_owned());
        let algorithm = self.algorithm.map(|algorithm| {
            let algorithm = billing::AlgorithmVersion::from(algorithm);
            format!("algorithm {algorithm}")
        });
        let quota = self.quota.map(|quota| format!("quota {quota}"));
        let parts = [name, details, algorithm, quota];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

/// Delete an activity, for ever
#[utoipa::path(
    delete,
    path = "/accounts/{account}/activities/{activity}",
    tag = "activities",
    params(OfActivity),
    responses((status = 204, description = "It and its materials are gone."), Problems)
)]
async fn delete_activity(
    State(shared): State<Arc<Shared>>,
    editor: Editor,
    Path(path): Path<OfActivity>,
) -> Result<StatusCode, Problem> {
    let activity = id("activity", &path.activity)?;
    let account = editor.account;
    work(&shared, move |service| {
        service.delete_activity(account, activity)
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Calls a second by day
#[utoipa::path(
    get,
    path = "/accounts/{account}/activities/{activity}/qps",
    tag = "activities",
    params(OfActivity, QpsDays),
    responses((status = 200, description = "Day by day.", body = QpsCalendar), Problems)
)]
async fn get_qps(
    State(shared): State<Arc<Shared>>,
    reader: Reader,
    Path(path): Path<OfActivity>,
    Query(asked): Query<QpsDays>,
) -> Result<Json<QpsCalendar>, Problem> {
    let activity = id("activity", &path.activity)?;
    let account = reader.account;
    let days = asked.days.clamp(1, 31);
    let calendar = work(&shared, move |service| {
        let ceiling = service.catalogue().qps_upgrade.ceiling;
        let days = service.qps_by_day(account, activity, asked.from, days)?;
        Ok::<_, Problem>(QpsCalendar {
            ceiling,
            days: days.into_iter().map(QpsDay::from).collect(),
        })
    });
    Ok(Json(calendar.await?))
}

impl From<billing::DayQps> for QpsDay {
    fn from(day: billing::DayQps) -> QpsDay {
        QpsDay {
            day: day.day,
            licensed: day.licensed,
            fixed: day.fixed,
            upgrades: day.upgrades,
            effective: day.effective,
        }
    }
}

pub(super) fn operations() -> OpenApiRouter<Arc<Shared>> {
    OpenApiRouter::new()
        .routes(routes!(get_activities, create_activity))
        .routes(routes!(get_activity, change_activity, delete_activity))
        .routes(routes!(get_qps))
}
