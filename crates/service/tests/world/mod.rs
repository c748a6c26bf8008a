//! What the tests of this crate have in common: a clock that is set by hand, the adapters of a service on
//! a folder, and an audit of the books.

pub(crate) mod audit;
pub(crate) mod clock;
pub(crate) mod ports;
