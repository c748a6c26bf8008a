use billing::{ActivityId, MaterialId, Moment};
use serde::{Deserialize, Serialize};
use service::{CampaignContent, CampaignView};
use utoipa::ToSchema;

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
