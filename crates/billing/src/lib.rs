//! Catalogue, rights, charging and money: what may be bought, which grant pays for a call, what a
//! month costs.
//!
//! Everything here is a pure function of its arguments: no clock (now is a [`Moment`] passed in), no
//! SQL, no HTTP, no threads, no floats. Counts are integers, money is [`Money`] in fen, prices of a
//! single call are [`UnitPrice`] in millionths of a yuan. What is refused is a [`Refusal`] that carries
//! the numbers a person needs.

mod activity;
mod as_text;
mod calendar;
mod call;
pub mod catalogue;
pub mod chain;
mod entitlement;
mod grant;
mod id;
pub mod ledger;
mod licence;
mod moment;
mod money;
pub mod notice;
mod order;
mod pace;
pub mod plan;
mod qps;
mod rating;
mod refusal;
pub mod statement;

pub use activity::{
    Activity, ActivityChange, AlgorithmVersion, Degree, LARGEST_DEGREE, LONGEST_NAME,
    MaterialStatus, check_activity_name, check_details,
};
pub use calendar::{Calendar, CalendarError, Day, Month};
pub use call::{CallId, CallRow, ChargedTo, Outcome};
pub use catalogue::Catalogue;
pub use chain::Digest;
pub use entitlement::{Entitlement, Standing};
pub use grant::{Grant, GrantKind, Wallet};
pub use id::{
    AccountId, ActivityId, BillId, FaceId, GrantId, IdError, LicenceId, MaterialId, OrderId,
    UpgradeId,
};
pub use ledger::{Entry, LedgerAccount, Revenue, Transfer};
pub use licence::{Licence, LicencePeriod, licence_period};
pub use moment::Moment;
pub use money::{ExactAmount, Money, MoneyError, UnitPrice};
pub use order::{Line, LineKind, Purchase, Quote, quote};
pub use pace::{Pace, TooSoon};
pub use qps::{DayQps, Upgrade, UpgradeRequest, effective_qps, qps_on_day};
pub use rating::{Rated, rate};
pub use refusal::{LockedChange, Refusal};
