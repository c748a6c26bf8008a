use super::*;
use crate::dispatch::Version;
use billing::{ActivityId, CallId, ChargedTo, MaterialId, Moment, Refusal};
use service::pool::Overload;
use service::{ChargeError, ServiceError};
use std::sync::Arc;
use store::{Charged, StoreError};

fn failure(outcome: Outcome, fault: PictureFault) -> CallFailure {
    CallFailure::Picture {
        call: CallId([0; 16]),
        picture: PictureRole::Photo(1),
        outcome,
        fault: Box::new(fault),
        charged: Charged {
            id: CallId([0; 16]),
            seq: 1,
            at: Moment::default(),
            charged_to: ChargedTo::Postpaid,
            kind: None,
            left: None,
            repeated: false,
            outcome,
        },
    }
}

/// A fault that says nothing more than how its call is logged.
fn plain() -> PictureFault {
    PictureFault::Fetch(FetchError::TooManyRedirects { most: 3 })
}

#[test]
fn pictures_that_cannot_be_used() {
    use Outcome::*;
    let short = PictureFault::SideTooShort {
        width: 63,
        height: 64,
        least: 64,
    };
    let large = PictureFault::Fetch(FetchError::TooLarge {
        host: "h".to_owned(),
        limit: 10,
    });
    let same = PictureFault::SameFace {
        first: 1,
        second: 2,
    };
    let of_2022 = "FailedOperation.NoFaceDetected";
    for (outcome, fault, code_2018, code_2022) in [
        (
            Undecodable,
            plain(),
            "FailedOperation.ImageDecodeFailed",
            "",
        ),
        (
            BadSize,
            plain(),
            "FailedOperation.ImageResolutionExceed",
            "FailedOperation.ImageSizeInvalid",
        ),
        (
            BadSize,
            short,
            "FailedOperation.ImageResolutionTooSmall",
            "",
        ),
        (BadSize, large, "FailedOperation.ImageSizeExceed", ""),
        (
            NotFetched,
            plain(),
            "FailedOperation.ImageDownloadError",
            "",
        ),
        (
            NoFace,
            plain(),
            "InvalidParameterValue.NoFaceInPhoto",
            of_2022,
        ),
        (
            FaceTooSmall,
            plain(),
            "FailedOperation.FaceSizeTooSmall",
            "",
        ),
        (
            FaceCut,
            plain(),
            "FailedOperation.FaceExceedBorder",
            of_2022,
        ),
        (
            Unfusable,
            plain(),
            "FailedOperation.FaceFusionError",
            of_2022,
        ),
        (
            Unfusable,
            same,
            "InvalidParameterValue.ParameterValueError",
            "",
        ),
    ] {
        let error = ApiError::from(failure(outcome, fault));
        assert_eq!(error.code(Version::V2018), code_2018);
        let code_2022 = if code_2022.is_empty() {
            code_2018
        } else {
            code_2022
        };
        assert_eq!(error.code(Version::V2022), code_2022);
        assert_eq!(error.counts(), outcome.is_charged(), "{outcome}");
    }
    let trial = CallFailure::Trial {
        picture: PictureRole::Template,
        fault: Box::new(plain()),
    };
    assert_eq!(
        ApiError::from(trial).to_string(),
        "Cannot fetch the template: the URL is redirected more than 3 times; use the picture's own URL."
    );
}

#[test]
fn failures_of_calls_and_use_cases() {
    let material: MaterialId = "qc_300100_154021_1".parse().unwrap();
    let not_found = |what| {
        CallFailure::NotAdmitted(ServiceError::NotFound {
            what,
            id: "1".to_owned(),
        })
    };
    let store = |error| CallFailure::NotAdmitted(ServiceError::Store(Arc::new(error)));
    let refused = |refusal| CallFailure::NotAdmitted(ServiceError::Refused(refusal));
    let activity = ActivityId::new(300_100);
    let picture = PictureRole::Photo(1);
    for (failure, code) in [
        (
            refused(Refusal::NotEntitled {
                activity,
                free: 500,
            }),
            "FailedOperation.ProjectNotAuth",
        ),
        (
            refused(Refusal::AccountSuspended),
            "ResourceUnavailable.StopUsing",
        ),
        (refused(Refusal::QuotaFull { quota: 10 }), "LimitExceeded"),
        (refused(Refusal::NotLicensed), "FailedOperation"),
        (
            not_found("activity"),
            "InvalidParameterValue.ActivityIdNotFound",
        ),
        (
            not_found("material"),
            "InvalidParameterValue.MaterialIdNotFound",
        ),
        (not_found("webhook"), "ResourceNotFound"),
        (
            store(StoreError::Full("f".to_owned())),
            "ServiceUnavailable",
        ),
        (store(StoreError::Corrupt("c".to_owned())), "InternalError"),
        (
            CallFailure::NotAdmitted(ServiceError::Template("t".to_owned())),
            "FailedOperation.FuseMaterialNotExist",
        ),
        (
            ParameterError::PhotoCount { count: 7, most: 6 }.into(),
            "InvalidParameterValue.ParameterValueError",
        ),
        (
            ParameterError::NoSuchFace { face: 3, faces: 2 }.into(),
            "FailedOperation.TemplateFaceIDNotExist",
        ),
        (
            ParameterError::FaceNotUsable { face: 2 }.into(),
            "FailedOperation.TemplateFaceIDNotExist",
        ),
        (
            ParameterError::FaceTwice { face: Some(1) }.into(),
            "InvalidParameterValue.ParameterValueError",
        ),
        (
            ParameterError::UrlsNotTaken { picture }.into(),
            "UnsupportedOperation",
        ),
        (
            ParameterError::Token {
                length: 65,
                most: 64,
            }
            .into(),
            "InvalidParameterValue.ParameterValueError",
        ),
        (
            CallFailure::MaterialNotPassed {
                material,
                status: 22,
            },
            "FailedOperation.FuseMaterialNotAuth",
        ),
        (
            CallFailure::Service("s".to_owned()),
            "FailedOperation.InnerError",
        ),
        (
            CallFailure::NotCharged(ChargeError::Refused(Refusal::TokenReused)),
            "InvalidParameterValue",
        ),
        (
            CallFailure::NotCharged(ChargeError::Stopped),
            "ServiceUnavailable",
        ),
    ] {
        let text = format!("{failure:?}");
        let error = ApiError::from(failure);
        assert_eq!(error.code(Version::V2022), code, "{text}");
        assert!(!error.counts(), "{text}");
    }
}

#[test]
fn no_room_for_work() {
    for (overload, code) in [
        (Overload::Full { waiting: 9 }, "ResourceInsufficient"),
        (Overload::TooLate { wait_ms: 9 }, "ResourceInsufficient"),
        (Overload::Stopping, "ServiceUnavailable"),
    ] {
        assert_eq!(ApiError::from(overload).code(Version::V2022), code);
    }
}
