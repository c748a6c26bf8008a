//! The use cases: calls, materials, orders, months.

pub mod api_key;
pub mod random;
pub mod vault;
pub mod webhook;
