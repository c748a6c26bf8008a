//! The use cases: calls, materials, orders, months.
//!
//! [`Service`] holds the ports (books, object store, secrets, clock, randomness, fetcher) and has a method for
//! every use case; each decides with `billing`, keeps with `store` and makes pictures with `engine`.
//! There is nothing of HTTP here. [`Meter`] is the path that every call takes.

mod accounts;
mod activities;
pub mod api_key;
mod calls;
mod campaigns;
mod catalogues;
pub mod clock;
pub mod couriers;
pub mod course;
mod error;
pub mod fetch;
mod key_ring;
mod keys;
pub mod labelling;
mod listing;
mod materials;
mod meter;
mod months;
mod notices;
mod operator;
mod orders;
pub mod outbound;
mod overview;
mod people;
mod pictures;
pub mod pool;
pub mod random;
mod results;
#[cfg(test)]
mod scene;
mod service;
mod statements;
mod studio;
mod usage;
pub mod vault;
mod version;
pub mod webhook;
mod webhooks;

pub use accounts::{AccountView, BalanceMovement, TopUp};
pub use activities::{ActivityView, LicenceView, NewActivity};
pub use calls::{
    AdmittedCall, AdmittedTemplateCall, CallFailure, FuseCall, FusedPicture, LONGEST_SIDE,
    MadeCall, ParameterError, PhotoSource, PictureFault, PictureRole, TemplateCall, TemplatePhoto,
    UserPhoto,
};
pub use campaigns::{
    Buttons, CampaignContent, CampaignFault, CampaignView, Colours, ConsentView, Page,
    PageMaterial, Share, VisitKind, Visitor,
};
pub use error::ServiceError;
pub use keys::{KeyChange, KeyView, NewKey};
pub use materials::{MaterialChange, MaterialView};
pub use meter::{Admission, ChargeError, Ended, Meter, Turn};
pub use months::Closing;
pub use notices::{CaughtUp, NoticeView, Reading};
pub use operator::{
    AccountSummary, CatalogueCheck, CatalogueFault, Load, RevenuePeriod, RevenueSeries,
    ReviewCounts, ReviewItem, ReviewPlace, Room, UserSummary, catalogue_version_taken_zh,
};
pub use orders::PaidOrder;
pub use overview::{CallCounts, FirstSteps, GrantForecast, Overview};
pub use people::{
    Actor, AddedMember, AuditFilter, AuditView, ExemptionView, ListedExemption, Login, MemberView,
    Membership, NewSession, NewTotp, NewUser, NewlyCreatedUser, PasswordCost, PeopleFault, Role,
    SignIn, SignedIn, UserState, UserView,
};
pub use pictures::{KeptPicture, ThumbnailWidth};
pub use results::{KeptResult, Lifetime, ResultLink};
pub use service::{Ports, Service, Settings};
pub use usage::{Period, Series, Split, SplitKey, UsageSeries, UsageSum};
pub use version::Expected;
pub use webhooks::{DeliveryRound, NewWebhook, WebhookView};
