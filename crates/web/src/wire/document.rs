use crate::codes::{ApiError, shown};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Objects and lists within each other; the API needs five.
pub(super) const DEEPEST: usize = 32;

/// Values in one request; more would take memory out of proportion to its bytes.
pub(super) const MOST_VALUES: usize = 100_000;

/// The fields of an object by name.
pub(super) type Record<'a> = BTreeMap<Cow<'a, str>, Value<'a>>;

/// A value of a request, before anybody knows what it should be.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value<'a> {
    Null,
    Bool,
    Integer(i128),
    Float(f64),
    Text(Cow<'a, str>),
    /// A value of a query, which may be meant as text or as a number.
    Loose(Cow<'a, str>),
    List(Vec<Value<'a>>),
    Record(Record<'a>),
}

/// Fields that cannot be read at all.
pub(super) fn unreadable(reason: impl Into<String>) -> ApiError {
    ApiError::Unreadable {
        reason: reason.into(),
    }
}

/// Why a name that occurs twice is refused.
pub(super) fn twice(name: &str) -> String {
    format!("the field {} occurs twice", shown(name))
}
