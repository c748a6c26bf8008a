//! From columns to our types.

use crate::StoreError;
use crate::sql::Row;
use billing::{AccountId, ActivityId, Moment, Money};
use std::fmt::Display;
use std::str::FromStr;

fn unreadable(what: impl Display) -> StoreError {
    StoreError::Unreadable(what.to_string())
}

fn missing(column: usize) -> StoreError {
    unreadable(format!("column {column} is empty"))
}

pub(super) fn integer(row: &dyn Row, column: usize) -> Result<i64, StoreError> {
    row.integer(column)?.ok_or_else(|| missing(column))
}

pub(super) fn count(row: &dyn Row, column: usize) -> Result<u64, StoreError> {
    u64::try_from(integer(row, column)?).map_err(unreadable)
}

pub(super) fn optional_count(row: &dyn Row, column: usize) -> Result<Option<u64>, StoreError> {
    let number = row.integer(column)?;
    number.map(u64::try_from).transpose().map_err(unreadable)
}

pub(super) fn small<T: TryFrom<i64>>(row: &dyn Row, column: usize) -> Result<T, StoreError> {
    let number = integer(row, column)?;
    T::try_from(number).map_err(|_| unreadable(format!("{number} in column {column}")))
}

pub(super) fn text(row: &dyn Row, column: usize) -> Result<String, StoreError> {
    row.text(column)?.ok_or_else(|| missing(column))
}

pub(super) fn parsed<T: FromStr<Err: Display>>(
    row: &dyn Row,
    column: usize,
) -> Result<T, StoreError> {
    text(row, column)?.parse().map_err(unreadable)
}

pub(super) fn json<T: serde::de::DeserializeOwned>(
    row: &dyn Row,
    column: usize,
) -> Result<T, StoreError> {
    serde_json::from_str(&text(row, column)?).map_err(unreadable)
}

pub(super) fn to_json<T: serde::Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(unreadable)
}

pub(super) fn bytes(row: &dyn Row, column: usize) -> Result<Vec<u8>, StoreError> {
    row.bytes(column)?.ok_or_else(|| missing(column))
}

pub(super) fn array<const N: usize>(row: &dyn Row, column: usize) -> Result<[u8; N], StoreError> {
    let bytes = bytes(row, column)?;
    let length = bytes.len();
    let wrong = |_| unreadable(format!("{length} bytes in column {column}"));
    bytes.try_into().map_err(wrong)
}

pub(super) fn moment(row: &dyn Row, column: usize) -> Result<Moment, StoreError> {
    integer(row, column).map(Moment::from_unix_ms)
}

pub(super) fn optional_moment(row: &dyn Row, column: usize) -> Result<Option<Moment>, StoreError> {
    Ok(row.integer(column)?.map(Moment::from_unix_ms))
}

pub(super) fn money(row: &dyn Row, column: usize) -> Result<Money, StoreError> {
    integer(row, column).map(Money::from_fen)
}

pub(super) fn account(row: &dyn Row, column: usize) -> Result<AccountId, StoreError> {
    count(row, column).map(AccountId::new)
}

pub(super) fn activity(row: &dyn Row, column: usize) -> Result<ActivityId, StoreError> {
    count(row, column).map(ActivityId::new)
}

/// A value by its stored code.
pub(super) fn coded<C: TryFrom<i64>, T>(
    row: &dyn Row,
    column: usize,
    from_code: fn(C) -> Option<T>,
) -> Result<T, StoreError> {
    let code = integer(row, column)?;
    let found = C::try_from(code).ok().and_then(from_code);
    found.ok_or_else(|| unreadable(format!("the code {code} in column {column}")))
}
