//! Webhooks: notices that are posted to an address of the customer's.
//!
//! A letter is signed so that the receiver knows who sent it, delivered by a courier, and tried
//! again on a fixed schedule. Customers choose the addresses, so a courier must not be led to the
//! operator's own network.

mod courier;
mod http_courier;
mod schedule;
mod signature;
mod url;

pub use crate::outbound::{AddressPolicy, is_public};
pub use courier::{Courier, DeliveryError, Letter, MOST_ANSWER_BYTES, Receipt};
pub use http_courier::HttpCourier;
pub use schedule::{WAITS_S, next_attempt};
pub use signature::{SignatureError, sign, verify};
pub use url::WebhookUrl;
