//! Campaign pages: a page of an activity on which visitors fuse their own photo.
//!
//! A member writes the page and publishes it; visitors agree to its text, which gives them a receipt, and then
//! may fuse. Such a fusion is a call like any other: the same meter lets it in and charges it. A photo is in
//! memory as long as the call takes and is never kept; a result goes when its hours are over, or at once where
//! its visitor says so. Of a visitor nothing is kept but a keyed hash of a random number in its cookie.

mod content;
mod fault;
mod page;
mod quota;
mod secrets;
mod visits;

pub use content::{Buttons, CampaignContent, Colours, Share};
pub use fault::CampaignFault;
pub use page::{CampaignView, ConsentView};
pub use visits::{Page, PageMaterial, VisitKind, Visitor};

use quota::Quota;
use std::sync::Mutex;

/// What is kept in memory about visitors.
#[derive(Debug, Default)]
pub(crate) struct Visits {
    /// Fusions of each visitor.
    by_visitor: Mutex<Quota>,
    /// Fusions and consents from each address.
    by_client: Mutex<Quota>,
    /// The key of the hashes, once it was read.
    key: Mutex<Option<secrets::CampaignKey>>,
}
