//! What a page says and shows.

#![expect(
    unused_qualifications,
    reason = "what the operations expand to is not ours"
)]

use crate::console::{Problem, Problems, User, work};
use crate::server::Shared;
use axum::Json;
use axum::extract::{FromRequestParts as _, Path, Query, Request, State};
use serde::{Deserialize, Serialize};
use service::{Page, ServiceError};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Said on every page, for its pictures are made by a machine.
const NOTICE_ZH: &str = "图片由人工智能合成，仅供娱乐，不代表真实场景。";
const NOTICE_EN: &str =
    "The pictures are made by artificial intelligence and show nothing that happened.";

/// A page.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(super) struct OfPage {
    /// The name of the page.
    #[param(example = "spring-2027")]
    pub(super) slug: String,
}

/// How to look at a page.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Look {
    /// `1` shows a page that is not published to who is signed in and may see its activity.
    #[param(example = "1")]
    pub(super) preview: Option<String>,
}

impl Look {
    fn is_preview(&self) -> bool {
        self.preview
            .as_deref()
            .is_some_and(|preview| preview != "0")
    }
}

/// What a campaign page says and shows.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ShownPage {
    /// Its name in addresses.
    #[schema(example = "spring-2027")]
    slug: String,
    /// Whether it is shown as a preview: nothing can be fused on it.
    preview: bool,
    /// Whether nothing can be fused just now, for nothing pays for it.
    paused: bool,
    /// Its title.
    #[schema(example = "Lantern Festival")]
    title: String,
    /// What stands below; may be empty.
    subtitle: String,
    /// Where its cover is; `null` without one.
    #[schema(required = true, example = "/c/spring-2027/cover?v=6b1f0c6c9ad54f62")]
    cover: Option<String>,
    /// What a visitor agrees to before a photo is sent; may have lines.
    consent_text: String,
    /// SHA-256 of that text, in hexadecimal; to be sent with the consent.
    text_digest: String,
    /// That the pictures are made by a machine.
    notice: Notice,
    /// What stands on its buttons.
    buttons: ShownButtons,
    /// Its colours, as `#1a2b3c`.
    colours: ShownColours,
    /// What is shown where it is shared.
    share: ShownShare,
    /// What can be fused into, in this order.
    materials: Vec<ShownMaterial>,
    /// Hours that a result can be fetched.
    #[schema(example = 24)]
    keep_result_hours: u32,
}

/// A text in both languages.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PageNotice)]
pub(super) struct Notice {
    /// Simplified Chinese.
    zh: &'static str,
    /// English.
    en: &'static str,
}

/// What stands on the buttons of a page; `null` for the usual words.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ShownButtons {
    /// Chooses a photo.
    #[schema(required = true)]
    choose: Option<String>,
    /// Makes the picture.
    #[schema(required = true)]
    fuse: Option<String>,
    /// Saves it.
    #[schema(required = true)]
    save: Option<String>,
    /// Begins anew.
    #[schema(required = true)]
    again: Option<String>,
}

/// The colours of a page.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ShownColours {
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

/// What is shown where a page is shared.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ShownShare {
    /// Never empty.
    title: String,
    /// May be empty.
    description: String,
}

/// Something that can be fused into.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ShownMaterial {
    /// Its id, to be sent with a photo.
    #[schema(example = "qc_300100_154001_1")]
    id: String,
    /// Its name.
    #[schema(example = "poster")]
    name: String,
    /// Where its picture is.
    #[schema(example = "/c/spring-2027/materials/qc_300100_154001_1?v=6b1f0c6c9ad54f62")]
    picture: String,
    /// Columns of the picture.
    #[schema(example = 960)]
    width: u32,
    /// Rows of the picture.
    #[schema(example = 1280)]
    height: u32,
}

impl ShownPage {
    fn new(page: Page, paused: bool) -> ShownPage {
        let preview = !page.published;
        let (slug, text_digest) = (page.slug.clone(), page.text_digest());
        let look = if preview { "&preview=1" } else { "" };
        let content = page.content;
        let or = |text: String, other: &str| match text.is_empty() {
            true => other.to_owned(),
            false => text,
        };
        let materials = page.materials.into_iter();
        let materials = materials.map(|material| ShownMaterial {
            picture: format!(
                "/c/{slug}/materials/{}?v={}{look}",
                material.id, material.picture
            ),
            id: material.id.to_string(),
            name: material.name,
            width: material.width,
            height: material.height,
        });
        ShownPage {
            materials: materials.collect(),
            cover: page
                .cover
                .map(|tag| format!("/c/{slug}/cover?v={tag}{look}")),
            preview,
            paused,
            text_digest,
            notice: Notice {
                zh: NOTICE_ZH,
                en: NOTICE_EN,
            },
            buttons: ShownButtons {
                choose: content.buttons.choose,
                fuse: content.buttons.fuse,
                save: content.buttons.save,
                again: content.buttons.again,
            },
            colours: ShownColours {
                primary: content.colours.primary,
                background: content.colours.background,
                text: content.colours.text,
            },
            share: ShownShare {
                title: or(content.share.title, &content.title),
                description: or(content.share.description, &content.subtitle),
            },
            title: content.title,
            subtitle: content.subtitle,
            consent_text: content.consent_text,
            keep_result_hours: content.keep_result_hours,
            slug,
        }
    }
}

/// What a page says and shows
#[utoipa::path(
    get,
    path = "/c/{slug}/campaign.json",
    tag = "pages",
    security(()),
    params(OfPage, Look),
    responses((status = 200, description = "The page.", body = ShownPage), Problems)
)]
async fn shown_page(
    State(shared): State<Arc<Shared>>,
    Path(path): Path<OfPage>,
    Query(look): Query<Look>,
    request: Request,
) -> Result<Json<ShownPage>, Problem> {
    let page = visible(&shared, &path.slug, &look, request).await?;
    let (page, pays) = work(&shared, move |service| {
        let pays = service.pays_for(&page)?;
        Ok::<_, ServiceError>((page, pays))
    })
    .await?;
    Ok(Json(ShownPage::new(page, !pays)))
}

/// A page that visitors see; where a preview is asked for, also one that whoever is signed in may see.
pub(super) async fn visible(
    shared: &Arc<Shared>,
    slug: &str,
    look: &Look,
    request: Request,
) -> Result<Page, Problem> {
    let found = find(shared, slug).await?;
    match found {
        Some(page) if page.published => Ok(page),
        Some(page) if look.is_preview() => {
            let (mut parts, _) = request.into_parts();
            let user = User::from_request_parts(&mut parts, shared).await;
            let role = user
                .ok()
                .and_then(|user| user.signed_in.role_in(page.account));
            role.map(|_| page).ok_or_else(|| no_page(slug))
        }
        _ => Err(no_page(slug)),
    }
}

/// A page that is published.
pub(super) async fn published(shared: &Arc<Shared>, slug: &str) -> Result<Page, Problem> {
    let found = find(shared, slug).await?.filter(|page| page.published);
    found.ok_or_else(|| no_page(slug))
}

async fn find(shared: &Arc<Shared>, slug: &str) -> Result<Option<Page>, Problem> {
    let slug = slug.to_owned();
    work(shared, move |service| service.page(&slug)).await
}

fn no_page(slug: &str) -> Problem {
    Problem::not_found("campaign page", slug)
}

pub(super) fn operations() -> OpenApiRouter<Arc<Shared>> {
    OpenApiRouter::new().routes(routes!(shown_page))
}
