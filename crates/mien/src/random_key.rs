//! Keys for those who bring none.

use crate::failure::Failure;
use service::ServiceError;
use service::random::{OsRandom, Random};

/// The key given, or one that nobody used before.
pub(crate) fn key_or_random(key: Option<&str>) -> Result<String, Failure> {
    if let Some(key) = key {
        return Ok(key.to_owned());
    }
    let mut bytes = [0; 10];
    OsRandom.fill(&mut bytes).map_err(ServiceError::from)?;
    Ok(data_encoding::HEXLOWER.encode(&bytes))
}
