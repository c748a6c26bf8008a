//! Fusions: waiting for a core, the call itself, its labels, its result.

use super::Shared;
use super::labels::{self, LOGO_KEPT};
use super::logo::Mark;
use super::reply::Reply;
use crate::codes::ApiError;
use crate::dispatch::Operation;
use crate::wire::{Answer, FuseFace, Logo, PictureSource, Rect, ResultForm};
use billing::AccountId;
use data_encoding::BASE64;
use engine::{Finish, PixelBox};
use service::clock::Clock as _;
use service::pool::TurnOf;
use service::{
    AdmittedCall, CallFailure, FuseCall, FusedPicture, Lifetime, PhotoSource, Service, UserPhoto,
};
use std::sync::Arc;
use tokio::sync::oneshot;

/// Seconds in which a call must begin.
const BEGINS_WITHIN_S: u32 = 10;

/// A fusion that was asked for and is well formed.
pub(super) struct Order {
    operation: Operation,
    account: AccountId,
    request: FuseFace,
    token: Option<String>,
    /// What the address of its result begins with.
    base: String,
}

impl Order {
    /// Checks what can be checked before the call waits for its turn.
    pub(super) fn new(
        operation: Operation,
        account: AccountId,
        request: FuseFace,
        token: Option<String>,
        base: String,
    ) -> Result<Order, ApiError> {
        labels::check(&request.metadata)?;
        Ok(Order {
            operation,
            account,
            request,
            token,
            base,
        })
    }

    /// Has the meter let it in, before it waits: else a burst would fill the line at any rate.
    pub(super) fn admit(&self, service: &Service) -> Result<AdmittedCall, ApiError> {
        Ok(service.admit(&self.call(&self.photos(), None))?)
    }
}

/// Waits for a core and has it make the picture. A client that goes away drops this, and a call that
/// did not begin yet never does.
pub(super) async fn fuse(shared: &Arc<Shared>, order: Order, admitted: AdmittedCall) -> Reply {
    let (answered, answer) = oneshot::channel();
    let deadline_ns = shared.stopwatch.monotonic_ns() + u64::from(BEGINS_WITHIN_S) * 1_000_000_000;
    let group = order.request.activity.number();
    let worker = Arc::clone(shared);
    let submitted = shared.pool.submit(group, deadline_ns, move |turn| {
        let reply = match turn {
            TurnOf::Work => order.make(&worker, admitted),
            TurnOf::Expired => {
                let most_s = BEGINS_WITHIN_S;
                ApiError::TimedOut { most_s }.into()
            }
        };
        // Who went away does not want it any more.
        let _ = answered.send(reply);
    });
    let _wanted = match submitted {
        Ok(wanted) => wanted,
        Err(overload) => return ApiError::from(overload).into(),
    };
    answer.await.unwrap_or_else(|_| {
        let detail = "a worker broke down during the call".to_owned();
        ApiError::ChargeUnknown { detail }.into()
    })
}

impl Order {
    fn make(&self, shared: &Shared, admitted: AdmittedCall) -> Reply {
        let warning = matches!(self.request.logo, Some(Logo::Absent)).then_some(LOGO_KEPT);
        let mark = match Mark::of(self.request.logo.as_ref(), shared.config.fetcher.as_deref()) {
            Ok(mark) => mark,
            Err(error) => return error.into(),
        };
        let photos = self.photos();
        let call = self.call(&photos, Some(&mark));
        let fused = shared.service.fuse_admitted(&call, admitted);
        match fused {
            Ok(fused) => Reply {
                result: self.give(shared, &fused),
                charged: Some(fused.charged),
                warning,
            },
            Err(failure) => {
                let charged = match &failure {
                    CallFailure::Picture { charged, .. } => Some(charged.clone()),
                    _ => None,
                };
                Reply {
                    result: Err(failure.into()),
                    charged,
                    warning: None,
                }
            }
        }
    }

    fn call<'a>(
        &'a self,
        photos: &'a [UserPhoto<'a>],
        finish: Option<&'a dyn Finish>,
    ) -> FuseCall<'a> {
        FuseCall {
            account: self.account,
            activity: self.request.activity,
            material: self.request.material,
            photos,
            feature_degree: self.request.feature_degree,
            shape_degree: self.request.shape_degree,
            token: self.token.as_deref(),
            finish,
        }
    }

    fn photos(&self) -> Vec<UserPhoto<'_>> {
        let merges = self.request.merges.iter();
        merges
            .map(|merge| UserPhoto {
                photo: match &merge.picture {
                    PictureSource::Url(url) => PhotoSource::Url(url),
                    PictureSource::Bytes(bytes) => PhotoSource::Bytes(bytes),
                },
                face_near: merge.face_rect.map(pixel_box),
                face: merge.template_face.map(|face| face.index),
            })
            .collect()
    }

    /// The answer with the labelled picture, or with where it can be fetched.
    fn give(&self, shared: &Shared, fused: &FusedPicture) -> Result<Answer, ApiError> {
        let labelled = labels::write(fused, &self.request.metadata)?;
        let picture = match self.request.result {
            ResultForm::Base64 => BASE64.encode(&labelled),
            ResultForm::Url => {
                let service = &shared.service;
                let kept = service.keep_result(&labelled, fused.format, Lifetime::SevenDays);
                let kept = kept.map_err(|error| ApiError::ResultNotKept {
                    detail: error.to_string(),
                })?;
                format!("{}/results/{}", self.base, kept.key)
            }
        };
        let review = self.request.review.then(Vec::new);
        Ok(Answer::fused(self.operation, picture, review))
    }
}

fn pixel_box(rect: Rect) -> PixelBox {
    PixelBox {
        x: rect.x,
        y: rect.y,
        width: rect.width,
        height: rect.height,
    }
}
