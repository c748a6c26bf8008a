//! SQLite's errors in our terms.

use crate::StoreError;
use rusqlite::{ErrorCode, ffi};

#[allow(clippy::needless_pass_by_value, reason = "it is handed to `map_err`")]
pub(super) fn store_error(error: rusqlite::Error) -> StoreError {
    let text = error.to_string();
    // No room for the index of the write-ahead log.
    if error.sqlite_extended_error_code() == Some(ffi::SQLITE_IOERR_SHMSIZE) {
        return StoreError::Full(text);
    }
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => StoreError::Full(text),
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => StoreError::ReadOnly(text),
        Some(ErrorCode::SystemIoFailure | ErrorCode::CannotOpen) => StoreError::Io(text),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => StoreError::Corrupt(text),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy(text),
        Some(ErrorCode::ConstraintViolation) => StoreError::Constraint(text),
        _ => StoreError::Sql(text),
    }
}
