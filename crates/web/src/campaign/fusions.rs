//! Fusions of visitors.

#![expect(
    unused_qualifications,
    reason = "what the operations expand to is not ours"
)]

use super::origin::OwnOrigin;
use super::page::{OfPage, published};
use super::{told, visitor};
use crate::console::{Client, Picture, Problem, Problems, work};
use crate::server::Shared;
use crate::server::body::HeldRoom;
use crate::server::turns::{NoTurn, on_core};
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::header::HOST;
use axum::http::{HeaderMap, StatusCode};
use billing::{MaterialId, Moment};
use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use service::labelling::USUAL_LABELLING;
use service::{
    AdmittedCall, CallFailure, FuseCall, LONGEST_SIDE, Lifetime, MadeCall, Page, PhotoSource,
    ResultLink, Service, ServiceError, UserPhoto, VisitKind, Visitor,
};
use sha2::{Digest as _, Sha256};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Seconds in which a fusion must begin.
const BEGINS_WITHIN_S: u32 = 10;

/// What a photo is for.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Wish {
    /// Into what.
    #[param(example = "qc_300100_154001_1")]
    material: String,
    /// The receipt of the consent.
    receipt: String,
    /// What the visitor calls this attempt, 1 to 64 characters: where its answer is lost, the same photo under the same
    /// name is charged once and gives its picture again. Without a name every photo has one of its own for each material.
    #[param(example = "c6f1d0b2a9e84f63")]
    attempt: Option<String>,
}

/// A fused picture.
#[derive(Debug, Serialize, ToSchema)]
struct VisitorFusion {
    /// Where it can be fetched, by whoever has the address.
    #[schema(example = "https://faces.example/results/j6936a1f0...")]
    picture: String,
    /// Until when.
    #[schema(value_type = String, format = DateTime, example = "2026-11-25T03:00:00Z")]
    expires: Moment,
    /// Lets it be deleted before.
    token: String,
}

/// A result of a page.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct OfFusion {
    /// The name of the page.
    #[param(example = "spring-2027")]
    slug: String,
    /// The token that came with the picture.
    token: String,
}

/// Fuse a photo into a material of a page
///
/// A call of the page's activity like any other. The photo is not kept. The same photo of the same visitor for the
/// same material is paid once, however often it is sent in a day.
#[utoipa::path(
    post,
    path = "/c/{slug}/fusions",
    tag = "pages",
    security(()),
    params(OfPage, Wish),
    request_body(content((Vec<u8> = "image/jpeg"), (Vec<u8> = "image/png")), description = "The photo, 10 MB at most."),
    responses((status = 201, description = "The picture.", body = VisitorFusion), Problems)
)]
async fn fuse_visitor(
    State(shared): State<Arc<Shared>>,
    _own: OwnOrigin,
    Path(path): Path<OfPage>,
    Query(wish): Query<Wish>,
    Client(client): Client,
    headers: HeaderMap,
    Picture(photo, room): Picture,
) -> Result<(StatusCode, Json<VisitorFusion>), Problem> {
    let page = published(&shared, &path.slug).await?;
    let known = wish.material.parse().ok();
    let known = known.filter(|&id: &MaterialId| page.material(id).is_some());
    let mut visit = Visit {
        material: known.ok_or_else(|| Problem::not_found("material", &wish.material))?,
        cookie: visitor::cookie(&headers).unwrap_or_default(),
        client,
        page,
        photo,
        token: None,
        kind: VisitKind::New,
        _room: room,
    };
    let (visit, admitted) = work(&shared, move |service| {
        let admitted = visit.enter(service, &wish)?;
        Ok::<_, Problem>((visit, admitted))
    })
    .await?;
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let base = shared.base_of(host);
    let activity = visit.page.activity;
    let work = move |shared: &Shared| {
        let made = visit.make(shared.service(), admitted);
        (visit, made)
    };
    let deliver =
        |shared: &Shared, (visit, made): (Visit, _)| visit.deliver(shared.service(), made);
    let delivered = on_core(&shared, activity, BEGINS_WITHIN_S, work, deliver);
    let (kept, token) = match delivered.await {
        Ok(made) => made?,
        Err(NoTurn::Busy) => return Err(told::busy()),
        Err(NoTurn::Broken) => return Err(Problem::internal("a worker broke down in a fusion")),
    };
    let fusion = VisitorFusion {
        picture: format!("{base}/results/{}", kept.key),
        expires: kept.expires,
        token,
    };
    Ok((StatusCode::CREATED, Json(fusion)))
}

/// A visitor's photo on its way.
struct Visit {
    page: Page,
    material: MaterialId,
    cookie: String,
    client: String,
    photo: Vec<u8>,
    /// By which a visitor repeats it.
    token: Option<String>,
    kind: VisitKind,
    /// The memory that the photo takes, as long as it is there.
    _room: HeldRoom,
}

impl Visit {
    fn visitor(&self) -> Visitor<'_> {
        Visitor {
            cookie: &self.cookie,
            client: &self.client,
        }
    }

    /// Lets the visit in: consent, the visitor's own limit, then the meter as for every call.
    fn enter(&mut self, service: &Service, wish: &Wish) -> Result<AdmittedCall, Problem> {
        service.check_consent(&self.page, &wish.receipt, &self.visitor())?;
        let of_photo = || name_of(self.material, &self.photo);
        let attempt = wish.attempt.clone().unwrap_or_else(of_photo);
        let token = service.attempt_token(&self.page, &self.visitor(), &attempt)?;
        self.token = Some(token);
        let photos = [self.photo()];
        if service
            .was_charged(&self.call(&photos))
            .map_err(told::problem)?
        {
            self.kind = VisitKind::Repeated;
        }
        let photos = [self.photo()];
        service.count_visit(&self.page, &self.visitor(), self.kind)?;
        service.admit(&self.call(&photos)).map_err(|failure| {
            self.uncount(service);
            told::problem(failure)
        })
    }

    /// Nobody paid for it.
    fn uncount(&self, service: &Service) {
        service.uncount_visit(&self.page, &self.visitor(), self.kind);
    }

    fn make(&self, service: &Service, admitted: AdmittedCall) -> Result<MadeCall, CallFailure> {
        let photos = [self.photo()];
        service.make(&self.call(&photos), admitted)
    }

    /// Has the picture kept and the call charged; what is told to the visitor.
    fn deliver(
        &self,
        service: &Service,
        made: Result<MadeCall, CallFailure>,
    ) -> Result<(ResultLink, String), Problem> {
        let fused = made.and_then(|made| service.deliver(made, &USUAL_LABELLING));
        let fused = fused.map_err(|failure| {
            // A photo that cannot be used was a call too.
            if !matches!(failure, CallFailure::Picture { .. }) {
                self.uncount(service);
            }
            told::problem(failure)
        })?;
        // The first try was still under way when this one came.
        if fused.charged.repeated && self.kind == VisitKind::New {
            self.uncount(service);
        }
        let kept = fused
            .kept
            .ok_or_else(|| Problem::internal("no result was kept"))?;
        let token = service.deletion_token(&self.page, &kept.key);
        Ok((kept, token?))
    }

    fn photo(&self) -> UserPhoto<'_> {
        UserPhoto {
            photo: PhotoSource::Bytes(&self.photo),
            face_near: None,
            face: None,
        }
    }

    fn call<'a>(&'a self, photos: &'a [UserPhoto<'a>]) -> FuseCall<'a> {
        FuseCall {
            account: self.page.account,
            activity: self.page.activity,
            material: self.material,
            photos,
            feature_degree: None,
            shape_degree: None,
            token: self.token.as_deref(),
            longest_side: LONGEST_SIDE,
            labelling: &USUAL_LABELLING,
            keep: Some(Lifetime::Hours(self.page.content.keep_result_hours)),
        }
    }
}

/// What an attempt is called that has no name: the same photo for the same material is the same attempt, so that
/// an answer that was lost on its way, or a picture made once more, is paid once.
fn name_of(material: MaterialId, photo: &[u8]) -> String {
    let parts = Sha256::new()
        .chain_update(material.to_string())
        .chain_update([0])
        .chain_update(photo);
    HEXLOWER.encode(&parts.finalize())
}

/// Delete a result of a page now
#[utoipa::path(
    delete,
    path = "/c/{slug}/fusions/{token}",
    tag = "pages",
    security(()),
    params(OfFusion),
    responses((status = 204, description = "It is gone, also where it was gone before."), Problems)
)]
async fn delete_fusion(
    State(shared): State<Arc<Shared>>,
    _own: OwnOrigin,
    Path(path): Path<OfFusion>,
) -> Result<StatusCode, Problem> {
    // Also where the page was hidden since: a visitor may always take its picture back.
    let deleted = work(&shared, move |service| {
        let Some(page) = service.page(&path.slug)? else {
            return Ok::<_, ServiceError>(false);
        };
        service.delete_fusion(&page, &path.token)
    });
    match deleted.await? {
        true => Ok(StatusCode::NO_CONTENT),
        false => Err(Problem::not_found("result", "of this token")),
    }
}

pub(super) fn operations() -> OpenApiRouter<Arc<Shared>> {
    OpenApiRouter::new()
        .routes(routes!(fuse_visitor))
        .routes(routes!(delete_fusion))
}
