//! The implicit label of results: in the file, for programs.

use crate::codes::ApiError;
use label::{ImplicitLabel, Label, MetaData, check_label, write_label};
use service::FusedPicture;

/// Who made the pictures, in the label.
const PRODUCER: &str = "mien";

/// Said where a picture without a mark was asked for.
pub(super) const LOGO_KEPT: &str =
    "LogoAdd 0 was not followed: the account has no exemption, so the mark stays";

/// As long as the id of any call.
const ANY_CALL: &str = "00000000-0000-4000-8000-000000000000";

/// Says whether the caller's pairs fit into a label, before anything is paid.
pub(super) fn check(metadata: &[(String, String)]) -> Result<(), ApiError> {
    check_label(&label(ANY_CALL, metadata)).map_err(|error| ApiError::ValueRefused {
        reason: format!("MetaData: {error}"),
    })
}

/// The picture's file with its label.
pub(super) fn write(
    fused: &FusedPicture,
    metadata: &[(String, String)],
) -> Result<Vec<u8>, ApiError> {
    let mut labelled = Vec::new();
    write_label(
        &fused.bytes,
        &label(&fused.call.to_string(), metadata),
        &mut labelled,
    )
    // The call was charged, so nobody is told that it does not count.
    .map_err(|error| ApiError::ResultNotKept {
        detail: format!("the label of call {}: {error}", fused.call),
    })?;
    Ok(labelled)
}

/// The file of a trial's picture with its label.
pub(crate) fn write_trial(picture: &[u8]) -> Result<Vec<u8>, String> {
    let mut labelled = Vec::new();
    write_label(picture, &label("trial", &[]), &mut labelled).map_err(|error| error.to_string())?;
    Ok(labelled)
}

fn label(call: &str, metadata: &[(String, String)]) -> Label {
    let pairs = metadata.iter().cloned();
    Label {
        implicit: ImplicitLabel::ai_made(PRODUCER, call),
        metadata: pairs.map(|(key, value)| MetaData { key, value }).collect(),
    }
}
