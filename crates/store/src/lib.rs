//! What must last: the books in a database, pictures in an object store.
//!
//! [`Store`] runs work inside transactions; the work sees [`Records`], whose methods are the only SQL in
//! mien. They are written once, in SQL that SQLite and PostgreSQL share, against the small port
//! [`sql::Driver`]; [`sqlite`] is the adapter for an embedded database. Pictures lie in [`objects`].

#[cfg(any(test, feature = "conformance"))]
pub mod conformance;
mod error;
pub mod objects;
mod records;
mod schema;
pub mod sql;
pub mod sqlite;
mod store;

pub use error::StoreError;
pub use records::{
    Account, AccountState, ApiKey, AuditFilter, AuditLine, AuditRecord, Bill, Campaign,
    CatalogueEdition, Charge, Charged, ClientToken, ClosedMonth, Consent, DeadLetter, Delivery,
    DeliveryRecord, KeyState, LabelExemption, LedgerLine, LoginSession, Material, MembershipRecord,
    NamedExemption, NoticeRecord, Order, PaidMovement, Records, ReviewQueue, Role, TokenUse,
    UsageRow, User, UserState, Webhook,
};
pub use store::Store;
