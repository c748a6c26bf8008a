//! Trying a material out: never counted, on the cores that calls use.

use super::materials::TrialSettings;
use super::paths::id;
use super::{Editor, OfMaterial, Picture, Problem, Problems, Trail};
use crate::codes::ApiError;
use crate::language::Language;
use crate::server::Shared;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use billing::{AccountId, AlgorithmVersion, Degree, MaterialId};
use pixel::Format;
use service::labelling::USUAL_LABELLING;
use service::pool::TurnOf;
use service::{CallFailure, FuseCall, LONGEST_SIDE, PhotoSource, Service, UserPhoto};
use std::sync::Arc;
use tokio::sync::oneshot;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Seconds in which a trial must begin.
const BEGINS_WITHIN_S: u32 = 10;

/// Try a material out
#[utoipa::path(
    post,
    path = "/accounts/{account}/materials/{material}/trial",
    tag = "materials",
    params(OfMaterial, TrialSettings),
    request_body(content((Vec<u8> = "image/jpeg"), (Vec<u8> = "image/png")), description = "The user's photo, 10 MB at most."),
    responses(
        (status = 200, description = "The picture, in the material's format, marked and labelled as that of any call.", content((Vec<u8> = "image/jpeg"), (Vec<u8> = "image/png"))),
        Problems
    )
)]
async fn try_out(
    State(shared): State<Arc<Shared>>,
    editor: Editor,
    trail: Trail,
    Path(path): Path<OfMaterial>,
    Query(settings): Query<TrialSettings>,
    Picture(photo, _room): Picture,
) -> Result<Response, Problem> {
    trail.changes_nothing();
    let trial = Trial {
        account: editor.account,
        material: id("material", &path.material)?,
        feature_degree: degree(settings.feature_degree)?,
        shape_degree: degree(settings.shape_degree)?,
        algorithm: settings.algorithm.map(Into::into),
        face: settings.face,
        photo,
    };
    let (bytes, format) = in_its_turn(&shared, trial).await?;
    let kind = match format {
        Format::Jpeg => "image/jpeg",
        Format::Png => "image/png",
    };
    Ok(([(CONTENT_TYPE, kind)], bytes).into_response())
}

/// A trial that waits for its turn.
struct Trial {
    account: AccountId,
    material: MaterialId,
    feature_degree: Option<Degree>,
    shape_degree: Option<Degree>,
    algorithm: Option<AlgorithmVersion>,
    face: Option<u64>,
    photo: Vec<u8>,
}

type Made = (Vec<u8>, Format);

fn degree(degree: Option<u64>) -> Result<Option<Degree>, Problem> {
    Ok(degree.map(Degree::new).transpose()?)
}

/// Waits in the line of the material's activity for a core, as its calls do. A client that goes away drops
/// this, and a trial that did not begin yet never does.
async fn in_its_turn(shared: &Arc<Shared>, trial: Trial) -> Result<Made, Problem> {
    let (answered, answer) = oneshot::channel();
    let deadline_ns = shared.monotonic_ns() + u64::from(BEGINS_WITHIN_S) * 1_000_000_000;
    let group = trial.material.activity.number();
    let worker = Arc::clone(shared);
    let submitted = shared.pool().submit(group, deadline_ns, move |turn| {
        let made = match turn {
            TurnOf::Work => trial.make(worker.service()),
            TurnOf::Expired => Err(busy()),
        };
        // Who went away does not want it any more.
        let _ = answered.send(made);
    });
    let _wanted = submitted.map_err(|_| busy())?;
    let broken = |_| Problem::internal("a worker broke down during a trial");
    answer.await.map_err(broken)?
}

impl Trial {
    fn make(&self, service: &Service) -> Result<Made, Problem> {
        let photos = [UserPhoto {
            photo: PhotoSource::Bytes(&self.photo),
            face_near: None,
            face: self.face,
        }];
        let call = FuseCall {
            account: self.account,
            activity: self.material.activity,
            material: self.material,
            photos: &photos,
            feature_degree: self.feature_degree,
            shape_degree: self.shape_degree,
            token: None,
            longest_side: LONGEST_SIDE,
            labelling: &USUAL_LABELLING,
            keep: None,
        };
        Ok(service.try_out_with(&call, self.algorithm)?)
    }
}

fn busy() -> Problem {
    Problem::new(
        StatusCode::SERVICE_UNAVAILABLE,
        "busy",
        "当前请求较多，请稍后重试",
        "all cores are busy; try again soon",
    )
    .with("retry_after_s", 1)
}

impl From<CallFailure> for Problem {
    fn from(failure: CallFailure) -> Problem {
        let (status, code) = match &failure {
            CallFailure::NotAdmitted(_) | CallFailure::NotCharged(_) => (None, ""),
            CallFailure::BadParameter(_) => {
                (Some(StatusCode::UNPROCESSABLE_ENTITY), "bad_parameter")
            }
            CallFailure::MaterialNotPassed { .. } => {
                (Some(StatusCode::CONFLICT), "material_not_passed")
            }
            CallFailure::Picture { outcome, .. } => {
                (Some(StatusCode::UNPROCESSABLE_ENTITY), outcome.name())
            }
            CallFailure::Trial { fault, .. } => (
                Some(StatusCode::UNPROCESSABLE_ENTITY),
                fault.outcome().name(),
            ),
            CallFailure::Service(_) | CallFailure::NotKept(_) => (None, ""),
        };
        match (status, failure) {
            (None, CallFailure::NotAdmitted(error)) => error.into(),
            (None, failure) => Problem::internal(&failure.to_string()),
            (Some(status), failure) => {
                let error = ApiError::from(failure);
                let [chinese, english] =
                    [Language::Chinese, Language::English].map(|language| error.message(language));
                Problem::new(status, code, chinese, english)
            }
        }
    }
}

pub(super) fn operations() -> OpenApiRouter<Arc<Shared>> {
    OpenApiRouter::new().routes(routes!(try_out))
}
