use super::content::{Campaign, CampaignPage};
use billing::Moment;
use serde::{Deserialize, Serialize};
use service::ConsentView;
use utoipa::{IntoParams, ToSchema};

/// The campaign page of an activity, if it has one.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CampaignOfActivity {
    /// `null` where it has none.
    #[schema(required = true)]
    pub(super) campaign: Option<Campaign>,
}

/// A campaign page to be written.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CampaignDraft {
    /// Its name in addresses: 3 to 40 of `a-z`, `0-9`, `-`; no two pages have the same.
    #[schema(example = "spring-2027")]
    pub(super) slug: String,
    /// What it says and looks like.
    pub(super) content: CampaignPage,
}

/// Which address a page is to have.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct WantedAddress {
    /// Its name in addresses.
    #[param(example = "spring-2027")]
    pub(super) slug: String,
}

/// Whether a page may have an address.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AddressCheck {
    /// Whether it may.
    pub(super) state: AddressState,
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
    pub(super) published: bool,
}

/// That a visitor agreed to a text.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ConsentEntry {
    /// The receipt.
    pub(super) receipt: String,
    /// When.
    #[schema(value_type = String, format = DateTime, example = "2026-11-24T03:00:00Z")]
    pub(super) at: Moment,
    /// SHA-256 of the text that was agreed to, in hexadecimal.
    pub(super) text_digest: String,
    /// Tells visitors of the page apart; a keyed hash that tells nothing else.
    #[schema(example = "6b1f0c6c9ad54f62")]
    pub(super) visitor: String,
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
    pub(super) consents: Vec<ConsentEntry>,
    /// To be sent as `after` for the next page; `null` on the last.
    #[schema(required = true)]
    pub(super) next: Option<String>,
    /// How many there are in all.
    #[schema(example = 120)]
    pub(super) total: u64,
}

/// Which page.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ConsentPaging {
    /// The `next` of the page before.
    pub(super) after: Option<String>,
    /// Consents on the page; 50 where it is left out, 200 at most.
    #[param(minimum = 1, maximum = 200)]
    pub(super) limit: Option<u64>,
}
