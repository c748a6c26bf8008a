//! Campaign pages, as their owners write and publish them.

#![expect(
    unused_qualifications,
    reason = "what the operations expand to is not ours"
)]

use super::if_match::with_current;
use super::paths::id;
use super::{
    Body, Editor, IfMatch, OfActivity, Picture, Precondition, Problem, Problems, Reader, Trail,
    work,
};
use crate::server::Shared;
use axum::Json;
use axum::extract::{Path, Query, State};
use billing::{ActivityId, MaterialId, Moment};
use serde::{Deserialize, Serialize};
use service::{CampaignContent, CampaignFault, CampaignView, ConsentView, ServiceError};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Consents on a page where the caller does not say, and at most.
const USUAL: u64 = 50;
const MOST: u64 = 200;

/// The campaign page of an activity.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Campaign {
    /// Whose page.
    #[schema(value_type = String, example = "300100")]
    activity: ActivityId,
    /// Its name in addresses: it lies at `/c/{slug}`.
    #[schema(example = "spring-2027")]
    slug: String,
    /// Whether visitors see it.
    published: bool,
    /// Its cover at `/c/{slug}/cover?v=`; what to add there, or `null` without a cover.
    #[schema(required = true, example = "6b1f0c6c9ad54f62")]
    cover: Option<String>,
    /// When it last changed.
    #[schema(value_type = String, format = DateTime, example = "2026-11-24T03:00:00Z")]
    updated: Moment,
    /// Another one once its address, its content or its cover are others; for `If-Match`.
    #[schema(example = "3f0c6c9ad54f6b1f0c6c9ad5")]
    version: String,
    /// Whether something can pay for its fusions now: a licence, or free calls that are left.
    payable: bool,
    /// How many materials visitors can choose from now.
    #[schema(example = 3)]
    shown: usize,
    /// How often visitors agreed.
    #[schema(example = 120)]
    consents: u64,
    /// What it says and looks like.
    content: CampaignPage,
}

/// What a campaign page says and looks like.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CampaignPage {
    /// Its title, 1 to 40 characters.
    #[schema(example = "Lantern Festival")]
    title: String,
    /// What stands below, at most 120 characters.
    #[serde(default)]
    subtitle: String,
    /// What a visitor agrees to before a photo is sent, 10 to 4000 characters; may have lines.
    consent_text: String,
    /// What stands on its buttons.
    #[serde(default)]
    buttons: CampaignButtons,
    /// Its colours.
    colours: CampaignColours,
    /// What is shown where it is shared.
    #[serde(default)]
    share: CampaignShare,
    /// The materials in their order; `null` for all that can be used.
    #[schema(value_type = Option<Vec<String>>, required = true, example = json!(["qc_300100_154001_1"]))]
    materials: Option<Vec<MaterialId>>,
    /// Fusions of one visitor in an hour.
    #[schema(minimum = 1, maximum = 100, example = 10)]
    hourly_limit: u32,
    /// Hours that a result can be fetched.
    #[schema(minimum = 1, maximum = 168, example = 24)]
    keep_result_hours: u32,
}

/// What stands on the buttons of a campaign page, each 1 to 16 characters; `null` for the usual words.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CampaignButtons {
    /// Chooses a photo.
    #[serde(default)]
    choose: Option<String>,
    /// Makes the picture.
    #[serde(default)]
    fuse: Option<String>,
    /// Saves it.
    #[serde(default)]
    save: Option<String>,
    /// Begins anew.
    #[serde(default)]
    again: Option<String>,
}

/// The colours of a campaign page.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CampaignColours {
    /// Of what can be pressed.
    #[schema(example = "#c8102e")]
    primary: String,
    /// Behind everything.
    #[schema(example = "#fff8f0")]
    background: String,
    /// Of texts.
    #[schema(example = "#222222")]
    text: String,
}

/// What is shown where a campaign page is shared; empty for its title and subtitle.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CampaignShare {
    /// At most 40 characters.
    #[serde(default)]
    title: String,
    /// At most 120 characters.
    #[serde(default)]
    description: String,
}

impl From<CampaignPage> for CampaignContent {
    fn from(page: CampaignPage) -> CampaignContent {
        CampaignContent {
            title: page.title,
            subtitle: page.subtitle,
            consent_text: page.consent_text,
            buttons: page.buttons.into(),
            colours: page.colours.into(),
            share: page.share.into(),
            materials: page.materials,
            hourly_limit: page.hourly_limit,
            keep_result_hours: page.keep_result_hours,
        }
    }
}

impl From<CampaignContent> for CampaignPage {
    fn from(content: CampaignContent) -> CampaignPage {
        CampaignPage {
            title: content.title,
            subtitle: content.subtitle,
            consent_text: content.consent_text,
            buttons: content.buttons.into(),
            colours: content.colours.into(),
            share: content.share.into(),
            materials: content.materials,
            hourly_limit: content.hourly_limit,
            keep_result_hours: content.keep_result_hours,
        }
    }
}

macro_rules! same_fields {
    ($($shape:ident = $domain:path { $($field:ident),* })*) => {$(
        impl From<$shape> for $domain {
            fn from(shape: $shape) -> $domain {
                $domain { $($field: shape.$field),* }
            }
        }

        impl From<$domain> for $shape {
            fn from(domain: $domain) -> $shape {
                $shape { $($field: domain.$field),* }
            }
        }
    )*};
}

same_fields! {
    CampaignButtons = service::Buttons { choose, fuse, save, again }
    CampaignColours = service::Colours { primary, background, text }
    CampaignShare = service::Share { title, description }
}

impl From<CampaignView> for Campaign {
    fn from(view: CampaignView) -> Campaign {
        Campaign {
            activity: view.activity,
            slug: view.slug,
            published: view.published,
            cover: view.cover,
            updated: view.updated,
            version: view.version,
            payable: view.payable,
            shown: view.shown,
            consents: view.consents,
            content: view.content.into(),
        }
    }
}

/// The campaign page of an activity, if it has one.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CampaignOfActivity {
    /// `null` where it has none.
    #[schema(required = true)]
    campaign: Option<Campaign>,
}

/// A campaign page to be written.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CampaignDraft {
    /// Its name in addresses: 3 to 40 of `a-z`, `0-9`, `-`; no two pages have the same.
    #[schema(example = "spring-2027")]
    slug: String,
    /// What it says and looks like.
    content: CampaignPage,
}

/// Which address a page is to have.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct WantedAddress {
    /// Its name in addresses.
    #[param(example = "spring-2027")]
    slug: String,
}

/// Whether a page may have an address.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AddressCheck {
    /// Whether it may.
    state: AddressState,
}

/// Whether an address can be had.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AddressState {
    /// No other page has it.
    Free,
    /// Another page has it, published or not.
    Taken,
    /// It is no address: 3 to 40 of `a-z`, `0-9`, `-`.
    Malformed,
}

/// Whether visitors see a page.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Publication {
    /// Whether they do.
    published: bool,
}

/// That a visitor agreed to a text.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ConsentEntry {
    /// The receipt.
    receipt: String,
    /// When.
    #[schema(value_type = String, format = DateTime, example = "2026-11-24T03:00:00Z")]
    at: Moment,
    /// SHA-256 of the text that was agreed to, in hexadecimal.
    text_digest: String,
    /// Tells visitors of the page apart; a keyed hash that tells nothing else.
    #[schema(example = "6b1f0c6c9ad54f62")]
    visitor: String,
}

impl From<ConsentView> for ConsentEntry {
    fn from(view: ConsentView) -> ConsentEntry {
        ConsentEntry {
            receipt: view.receipt,
            at: view.at,
            text_digest: view.text_digest,
            visitor: view.visitor,
        }
    }
}

/// A page of consents, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ConsentPage {
    /// The consents.
    consents: Vec<ConsentEntry>,
    /// To be sent as `after` for the next page; `null` on the last.
    #[schema(required = true)]
    next: Option<String>,
    /// How many there are in all.
    #[schema(example = 120)]
    total: u64,
}

/// Which page.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ConsentPaging {
    /// The `next` of the page before.
    after: Option<String>,
    /// Consents on the page; 50 where it is left out, 200 at most.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
}

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
