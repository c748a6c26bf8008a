//! Campaign pages, as their owners write and publish them.

mod content;
mod shapes;

use super::if_match::with_current;
use super::paths::id;
use super::{
    Body, Editor, IfMatch, OfActivity, Picture, Precondition, Problem, Problems, Reader, Trail,
    work,
};
use crate::server::Shared;
use axum::Json;
use axum::extract::{Path, Query, State};
use content::Campaign;
use service::{CampaignFault, CampaignView, ServiceError};
use shapes::{
    AddressCheck, AddressState, CampaignDraft, CampaignOfActivity, ConsentEntry, ConsentPage,
    ConsentPaging, Publication, WantedAddress,
};
use std::sync::Arc;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Consents on a page where the caller does not say, and at most.
const USUAL: u64 = 50;
const MOST: u64 = 200;

/// The campaign page
#[utoipa::path(
    get,
    path = "/accounts/{account}/activities/{activity}/campaign",
    tag = "campaigns",
    params(OfActivity),
    responses((status = 200, description = "The page, if there is one.", body = CampaignOfActivity), Problems)
)]
async fn campaign(
    State(shared): State<Arc<Shared>>,
    reader: Reader,
    Path(path): Path<OfActivity>,
) -> Result<Json<CampaignOfActivity>, Problem> {
    let (account, activity) = (reader.account, id("activity", &path.activity)?);
    let found = work(&shared, move |service| service.campaign(account, activity)).await?;
    let campaign = found.map(Campaign::from);
    Ok(Json(CampaignOfActivity { campaign }))
}

/// Write the campaign page
#[utoipa::path(
    put,
    path = "/accounts/{account}/activities/{activity}/campaign",
    tag = "campaigns",
    params(OfActivity, IfMatch),
    request_body = CampaignDraft,
    responses((status = 200, description = "As it is now; a new one is not published.", body = Campaign), Problems)
)]
async fn write_campaign(
    State(shared): State<Arc<Shared>>,
    editor: Editor,
    trail: Trail,
    Path(path): Path<OfActivity>,
    Precondition(expected): Precondition,
    Body(draft): Body<CampaignDraft>,
) -> Result<Json<Campaign>, Problem> {
    let (account, activity) = (editor.account, id("activity", &path.activity)?);
    trail.detail(draft.slug.clone());
    let view = work(&shared, move |service| {
        let content = draft.content.into();
        let written = service.write_campaign(account, activity, &draft.slug, &content, &expected);
        let now = || service.campaign(account, activity);
        let shape = |found: Option<CampaignView>| found.map(Campaign::from);
        written.map_err(|error| with_current(error, now, shape))
    });
    Ok(Json(view.await?.into()))
}

/// Whether the campaign page may have an address
#[utoipa::path(
    get,
    path = "/accounts/{account}/activities/{activity}/campaign/address",
    tag = "campaigns",
    params(OfActivity, WantedAddress),
    responses((status = 200, description = "Whether it is free now.", body = AddressCheck), Problems)
)]
async fn check_address(
    State(shared): State<Arc<Shared>>,
    editor: Editor,
    Path(path): Path<OfActivity>,
    Query(wanted): Query<WantedAddress>,
) -> Result<Json<AddressCheck>, Problem> {
    let (account, activity) = (editor.account, id("activity", &path.activity)?);
    let state = work(&shared, move |service| {
        let checked = service.check_campaign_slug(account, activity, &wanted.slug);
        match checked {
            Ok(()) => Ok(AddressState::Free),
            Err(ServiceError::Campaign(CampaignFault::SlugTaken { .. })) => Ok(AddressState::Taken),
            Err(ServiceError::Campaign(CampaignFault::BadSlug { .. })) => {
                Ok(AddressState::Malformed)
            }
            Err(error) => Err(error),
        }
    });
    Ok(Json(AddressCheck {
        state: state.await?,
    }))
}

/// Give the campaign page a cover
#[utoipa::path(
    put,
    path = "/accounts/{account}/activities/{activity}/campaign/cover",
    tag = "campaigns",
    params(OfActivity),
    request_body(content((Vec<u8> = "image/jpeg"), (Vec<u8> = "image/png")), description = "The picture: 5 MB and 4096 pixels a side at most."),
    responses((status = 200, description = "As it is now.", body = Campaign), Problems)
)]
async fn set_cover(
    State(shared): State<Arc<Shared>>,
    editor: Editor,
    Path(path): Path<OfActivity>,
    Picture(bytes, _room): Picture,
) -> Result<Json<Campaign>, Problem> {
    let (account, activity) = (editor.account, id("activity", &path.activity)?);
    let view = work(&shared, move |service| {
        service.set_campaign_cover(account, activity, Some(&bytes))
    });
    Ok(Json(view.await?.into()))
}

/// Take the cover from the campaign page
#[utoipa::path(
    delete,
    path = "/accounts/{account}/activities/{activity}/campaign/cover",
    tag = "campaigns",
    params(OfActivity),
    responses((status = 200, description = "As it is now.", body = Campaign), Problems)
)]
async fn remove_cover(
    State(shared): State<Arc<Shared>>,
    editor: Editor,
    Path(path): Path<OfActivity>,
) -> Result<Json<Campaign>, Problem> {
    let (account, activity) = (editor.account, id("activity", &path.activity)?);
    let view = work(&shared, move |service| {
        service.set_campaign_cover(account, activity, None)
    });
    Ok(Json(view.await?.into()))
}

/// Show the campaign page to visitors, or hide it
#[utoipa::path(
    put,
    path = "/accounts/{account}/activities/{activity}/campaign/published",
    tag = "campaigns",
    params(OfActivity),
    request_body = Publication,
    responses((status = 200, description = "As it is now.", body = Campaign), Problems)
)]
async fn publish(
    State(shared): State<Arc<Shared>>,
    editor: Editor,
    trail: Trail,
    Path(path): Path<OfActivity>,
    Body(told): Body<Publication>,
) -> Result<Json<Campaign>, Problem> {
    let (account, activity) = (editor.account, id("activity", &path.activity)?);
    trail.detail(if told.published {
        "published"
    } else {
        "hidden"
    });
    let view = work(&shared, move |service| {
        service.publish_campaign(account, activity, told.published)
    });
    Ok(Json(view.await?.into()))
}

/// What visitors agreed to
#[utoipa::path(
    get,
    path = "/accounts/{account}/activities/{activity}/campaign/consents",
    tag = "campaigns",
    params(OfActivity, ConsentPaging),
    responses((status = 200, description = "A page, the newest first.", body = ConsentPage), Problems)
)]
async fn consents(
    State(shared): State<Arc<Shared>>,
    reader: Reader,
    Path(path): Path<OfActivity>,
    Query(paging): Query<ConsentPaging>,
) -> Result<Json<ConsentPage>, Problem> {
    let (account, activity) = (reader.account, id("activity", &path.activity)?);
    let most = paging.limit.unwrap_or(USUAL).clamp(1, MOST);
    // One more tells whether there is another page.
    let (mut consents, total) = work(&shared, move |service| {
        let after = paging.after.as_deref();
        service.campaign_consents(account, activity, after, most + 1)
    })
    .await?;
    let on_page = usize::try_from(most).unwrap_or(usize::MAX);
    let is_last = consents.len() <= on_page;
    consents.truncate(on_page);
    let next = consents.last().filter(|_| !is_last);
    Ok(Json(ConsentPage {
        next: next.map(|consent| consent.receipt.clone()),
        consents: consents.into_iter().map(ConsentEntry::from).collect(),
        total,
    }))
}

pub(super) fn operations() -> OpenApiRouter<Arc<Shared>> {
    OpenApiRouter::new()
        .routes(routes!(campaign, write_campaign))
        .routes(routes!(check_address))
        .routes(routes!(set_cover, remove_cover))
        .routes(routes!(publish))
        .routes(routes!(consents))
}
