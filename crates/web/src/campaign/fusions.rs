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
    ResultLink, Service, ServiceError, UserPhoto, Visitor,
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
    let material = known.ok_or_else(|| Problem::not_found("material", &wish.material))?;
    let cookie = visitor::cookie(&headers).unwrap_or_default();
    let visit = Visit {
        token: token_of(&cookie, material, &photo),
        material,
        cookie,
        client,
        page,
        photo,
        _room: room,
    };
    let (visit, admitted) = work(&shared, move |service| {
        let admitted = visit.enter(service, &wish.receipt)?;
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
    /// By which the call is known again.
    token: String,
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
    fn enter(&self, service: &Service, receipt: &str) -> Result<AdmittedCall, Problem> {
        service.check_consent(&self.page, receipt, &self.visitor())?;
        service.count_visit(&self.page, &self.visitor())?;
        let photos = self.photos();
        service.admit(&self.call(&photos)).map_err(|failure| {
            service.uncount_visit(&self.page, &self.visitor());
            told::problem(failure)
        })
    }

    fn make(&self, service: &Service, admitted: AdmittedCall) -> Result<MadeCall, CallFailure> {
        let photos = self.photos();
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
                service.uncount_visit(&self.page, &self.visitor());
            }
            told::problem(failure)
        })?;
        let kept = fused
            .kept
            .ok_or_else(|| Problem::internal("no result was kept"))?;
        let token = service.deletion_token(&self.page, &kept.key);
        Ok((kept, token?))
    }

    fn photos(&self) -> [UserPhoto<'_>; 1] {
        [UserPhoto {
            photo: PhotoSource::Bytes(&self.photo),
            face_near: None,
            face: None,
        }]
    }

    fn call<'a>(&'a self, photos: &'a [UserPhoto<'a>]) -> FuseCall<'a> {
        FuseCall {
            account: self.page.account,
            activity: self.page.activity,
            material: self.material,
            photos,
            feature_degree: None,
            shape_degree: None,
            token: Some(&self.token),
            longest_side: LONGEST_SIDE,
            labelling: &USUAL_LABELLING,
            keep: Some(Lifetime::Hours(self.page.content.keep_result_hours)),
        }
    }
}

/// What is the same where one visitor sends the same photo for the same material again: an answer that was lost on its
/// way, or a picture made once more, is paid once.
fn token_of(cookie: &str, material: MaterialId, photo: &[u8]) -> String {
    let parts = Sha256::new()
        .chain_update(cookie)
        .chain_update([0])
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
