//! What an operator sees and does over all accounts.

mod accounts;
mod catalogue;
mod costs;
mod machine;
mod revenue;
mod reviews;
mod users;

pub use accounts::AccountSummary;
pub use catalogue::{CatalogueCheck, CatalogueFault, catalogue_version_taken_zh};
pub use machine::{Load, Room};
pub use revenue::{RevenuePeriod, RevenueSeries};
pub use reviews::{ReviewCounts, ReviewItem, ReviewPlace};
pub use users::UserSummary;
