//! Calls that are let in before they are made.

use super::*;
use crate::error::ServiceError;
use billing::Refusal;

#[test]
fn the_pace_is_held_when_a_call_comes() {
    let stage = Stage::new(None);
    let file = portrait("U1");
    let photos = [photo(PhotoSource::Bytes(&file))];
    let call = stage.call(&photos);
    stage.scene.pass(1000);
    let admitted = stage.scene.service.admit(&call).unwrap();
    // One call a second without a licence, though the first was not made yet.
    let soon = stage.scene.service.admit(&call).unwrap_err();
    assert!(
        matches!(
            soon,
            CallFailure::NotAdmitted(ServiceError::Refused(Refusal::OverQps { qps: 1, .. }))
        ),
        "{soon:?}"
    );
    // Making it takes no second place in the pace.
    let made = stage.scene.service.fuse_admitted(&call, admitted).unwrap();
    assert!(!made.bytes.is_empty());
    assert_eq!(stage.log().len(), 1);
}

#[test]
fn one_that_is_dropped_never_happened() {
    let stage = Stage::new(None);
    let file = portrait("U1");
    let photos = [photo(PhotoSource::Bytes(&file))];
    let call = stage.call(&photos);
    stage.scene.pass(1000);
    drop(stage.scene.service.admit(&call).unwrap());
    assert_eq!(stage.log(), []);
}
