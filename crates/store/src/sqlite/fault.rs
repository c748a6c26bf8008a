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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_their_names() {
        let cases = [
            (ffi::SQLITE_FULL, "Full", true),
            (ffi::SQLITE_IOERR_SHMSIZE, "Full", true),
            (ffi::SQLITE_IOERR_WRITE, "Io", true),
            (ffi::SQLITE_IOERR_FSYNC, "Io", true),
            (ffi::SQLITE_CANTOPEN, "Io", true),
            (ffi::SQLITE_READONLY, "ReadOnly", true),
            (ffi::SQLITE_PERM, "ReadOnly", true),
            (ffi::SQLITE_BUSY, "Busy", true),
            (ffi::SQLITE_BUSY_SNAPSHOT, "Busy", true),
            (ffi::SQLITE_LOCKED, "Busy", true),
            (ffi::SQLITE_CORRUPT, "Corrupt", false),
            (ffi::SQLITE_NOTADB, "Corrupt", false),
            (ffi::SQLITE_CONSTRAINT_UNIQUE, "Constraint", false),
            (ffi::SQLITE_ERROR, "Sql", false),
        ];
        for (code, name, is_passing) in cases {
            let error = rusqlite::Error::SqliteFailure(ffi::Error::new(code), None);
            let found = store_error(error);
            assert!(
                format!("{found:?}").starts_with(&format!("{name}(")),
                "{code}: {found:?}"
            );
            assert_eq!(found.is_passing(), is_passing, "{found:?}");
        }
    }
}
