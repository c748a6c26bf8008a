//! Campaign pages as their visitors' browsers use them: `/c/{slug}/...`, without a session.
//!
//! A visitor is known by a random cookie of the page alone. It agrees to the page's text, which gives it a
//! receipt; with that it may send a photo, which is fused on the path of every call and never kept. What went
//! wrong is told as in the console API, in the visitor's language.

mod consents;
mod document;
mod fusions;
mod origin;
mod page;
mod pictures;
#[cfg(test)]
mod tests;
mod told;
mod visitor;

pub(crate) use document::document;

use crate::server::Shared;
use std::sync::Arc;
use utoipa_axum::router::OpenApiRouter;

/// All of them.
pub(crate) fn operations() -> OpenApiRouter<Arc<Shared>> {
    OpenApiRouter::new()
        .merge(page::operations())
        .merge(pictures::operations())
        .merge(consents::operations())
        .merge(fusions::operations())
}
