//! The codes that the cloud API publishes, as its documents and client libraries list them.

use super::UNREACHED;
use std::collections::{BTreeMap, BTreeSet};
use web::codes::ROWS;

/// In which version's list a code stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum In {
    /// In that of all products, which holds for every version.
    All,
    Both,
    Old,
    New,
}

use In::{All, Both, New, Old};

/// What stands for a code that we answer.
const OURS: &str = "";

/// Reasons that several codes share.
const FINER: &str = "finer codes say what failed";
const BY_STATE: &str = "an account is active, suspended or in arrears, and has no such state";
const REVIEW: &str = "pictures are reviewed in the console, not in a call";
const ACTIVITIES: &str = "a key is its account's and may do all that the account may";
const ADDRESSES: &str = "addresses are let in or not by what stands before the server";

/// Every published code, its list, and why we never answer it where we do not.
const PUBLISHED: &[(&str, In, &str)] = &[
    // Those of all products.
    ("ActionOffline", All, "no action was withdrawn"),
    ("AuthFailure.InvalidAuthorization", All, OURS),
    ("AuthFailure.InvalidSecretId", All, OURS),
    ("AuthFailure.MFAFailure", All, "keys have no second factor"),
    ("AuthFailure.SecretIdNotFound", All, OURS),
    ("AuthFailure.SignatureExpire", All, OURS),
    ("AuthFailure.SignatureFailure", All, OURS),
    ("AuthFailure.TokenFailure", All, OURS),
    ("AuthFailure.UnauthorizedOperation", All, ACTIVITIES),
    ("DryRunOperation", All, "no action has a dry run"),
    ("FailedOperation", All, FINER),
    ("InternalError", All, OURS),
    ("InvalidAction", All, OURS),
    ("InvalidParameter", All, OURS),
    ("InvalidParameterValue", All, OURS),
    ("InvalidRequest", All, OURS),
    ("IpInBlacklist", All, ADDRESSES),
    ("IpNotInWhitelist", All, ADDRESSES),
    (
        "LimitExceeded",
        All,
        "what is limited in number is added in the console",
    ),
    ("MissingParameter", All, OURS),
    (
        "NoSuchProduct",
        All,
        "there is one product, whose name is checked with the signature",
    ),
    ("NoSuchVersion", All, OURS),
    ("RequestLimitExceeded", All, OURS),
    (
        "RequestLimitExceeded.GlobalRegionUinLimitExceeded",
        All,
        "there are no regions",
    ),
    (
        "RequestLimitExceeded.IPLimitExceeded",
        All,
        "calls a second are an activity's, not an address's",
    ),
    (
        "RequestLimitExceeded.UinLimitExceeded",
        All,
        "calls a second are an activity's, and lists say the plain code",
    ),
    ("RequestSizeLimitExceeded", All, OURS),
    ("ResourceInUse", All, "no action takes something away"),
    ("ResourceInsufficient", All, OURS),
    (
        "ResourceNotFound",
        All,
        "activities, materials and faces have codes of their own",
    ),
    (
        "ResourceUnavailable",
        All,
        "finer codes say the account's state",
    ),
    (
        "ResponseSizeLimitExceeded",
        All,
        "results are smaller than what is asked with",
    ),
    ("ServiceUnavailable", All, OURS),
    ("UnauthorizedOperation", All, ACTIVITIES),
    (
        "UnknownParameter",
        All,
        "fields that are not known are passed over, for newer client libraries",
    ),
    ("UnsupportedOperation", All, OURS),
    ("UnsupportedProtocol", All, OURS),
    ("UnsupportedRegion", All, "regions are not looked at"),
    // Pictures and faces.
    (
        "FailedOperation.FaceBorderCheckFailed",
        Old,
        "FaceExceedBorder says it",
    ),
    ("FailedOperation.FaceExceedBorder", Old, OURS),
    (
        "FailedOperation.FaceFusionError",
        Old,
        "what a photo is to blame for has finer codes",
    ),
    ("FailedOperation.FaceRectInvalid", Old, OURS),
    (
        "FailedOperation.FaceShapeFailed",
        Old,
        "the mesh of a found face is always fitted",
    ),
    ("FailedOperation.FaceSizeTooSmall", Both, OURS),
    (
        "FailedOperation.FuseImageError",
        Old,
        "FuseInnerError says it",
    ),
    ("FailedOperation.ImageDecodeFailed", Both, OURS),
    ("FailedOperation.ImageDownloadError", Both, OURS),
    (
        "FailedOperation.ImagePixelExceed",
        Both,
        "materials are checked in the console, where they are added",
    ),
    ("FailedOperation.ImageResolutionExceed", Old, OURS),
    ("FailedOperation.ImageResolutionTooSmall", Both, OURS),
    ("FailedOperation.ImageSizeExceed", Both, OURS),
    ("FailedOperation.ImageSizeInvalid", Both, OURS),
    ("FailedOperation.NoFaceDetected", Both, OURS),
    (
        "FailedOperation.RequestEntityTooLarge",
        Old,
        "RequestSizeLimitExceeded says it in both versions",
    ),
    ("FailedOperation.TemplateFaceIDNotExist", Both, OURS),
    (
        "InvalidParameterValue.FaceRectParameterValueError",
        Both,
        OURS,
    ),
    ("InvalidParameterValue.ImageEmpty", Old, OURS),
    ("InvalidParameterValue.NoFaceInPhoto", Old, OURS),
    ("InvalidParameterValue.UrlIllegal", New, OURS),
    // Parameters, activity, material.
    ("FailedOperation.FuseMaterialNotAuth", Both, OURS),
    ("FailedOperation.FuseMaterialNotExist", Both, OURS),
    (
        "FailedOperation.MediaDataError",
        New,
        "FuseMaterialNotExist says it in both versions",
    ),
    ("FailedOperation.ModerationConfigError", New, REVIEW),
    ("FailedOperation.ModerationFailed", New, REVIEW),
    ("FailedOperation.ModerationResponseError", New, REVIEW),
    ("FailedOperation.ModerationResultConfigError", New, REVIEW),
    (
        "FailedOperation.ParameterValueError",
        Both,
        "values are checked before the work, where InvalidParameterValue says it",
    ),
    // In the list of 2018-12-01, and answered in both.
    ("FailedOperation.ProjectNotAuth", Both, OURS),
    ("InvalidParameterValue.ActivityIdNotFound", Both, OURS),
    ("InvalidParameterValue.MaterialIdNotFound", Both, OURS),
    ("InvalidParameterValue.ParameterValueError", Both, OURS),
    // Capacity, limits, the inside.
    (
        "FailedOperation.FuseFreqCtrl",
        Old,
        "RequestLimitExceeded says it, which client libraries repeat",
    ),
    ("FailedOperation.FuseInnerError", Old, OURS),
    ("FailedOperation.FuseSavePhotoFail", Old, OURS),
    ("FailedOperation.InnerError", Both, OURS),
    ("FailedOperation.RequestTimeout", Both, OURS),
    (
        "FailedOperation.RpcFail",
        Both,
        "pictures are made in the server's own process, so no line to a worker breaks",
    ),
    ("FailedOperation.ServerError", Both, FINER),
    ("FailedOperation.UnKnowError", Both, FINER),
    ("FailedOperation.Unknown", Both, FINER),
    // The account.
    (
        "FailedOperation.BalanceInsufficient",
        New,
        "orders are placed in the console",
    ),
    ("ResourceUnavailable.Delivering", Old, BY_STATE),
    ("ResourceUnavailable.Freeze", Both, BY_STATE),
    ("ResourceUnavailable.GetAuthInfoError", Old, BY_STATE),
    ("ResourceUnavailable.InArrears", Both, OURS),
    ("ResourceUnavailable.IsOpening", New, BY_STATE),
    (
        "ResourceUnavailable.LowBalance",
        Old,
        "orders are placed in the console",
    ),
    ("ResourceUnavailable.NotExist", Both, BY_STATE),
    ("ResourceUnavailable.NotReady", Old, BY_STATE),
    ("ResourceUnavailable.Recover", Both, BY_STATE),
    ("ResourceUnavailable.StopUsing", Both, OURS),
    ("ResourceUnavailable.UnknownStatus", Old, BY_STATE),
    ("ResourcesSoldOut.ChargeStatusException", Old, BY_STATE),
];

#[test]
fn every_published_code_is_answered_or_has_its_reason() {
    let reached = ROWS
        .iter()
        .filter(|row| !UNREACHED.iter().any(|&(cause, _)| cause == row.cause));
    let answered: BTreeSet<&str> = reached
        .flat_map(|row| [row.code_2018, row.code_2022])
        .collect();
    let ours = PUBLISHED.iter().filter(|(.., reason)| *reason == OURS);
    let ours: BTreeSet<&str> = ours.map(|&(code, ..)| code).collect();
    assert_eq!(ours, answered, "left: published and ours; right: the table");
}

#[test]
fn a_code_is_answered_in_the_version_that_publishes_it() {
    let lists: BTreeMap<&str, In> = PUBLISHED
        .iter()
        .map(|&(code, list, _)| (code, list))
        .collect();
    assert_eq!(lists.len(), PUBLISHED.len(), "a code stands there twice");
    for row in ROWS {
        let (old, new) = (lists[row.code_2018], lists[row.code_2022]);
        assert!(matches!(old, All | Both | Old), "{}: {old:?}", row.cause);
        assert!(matches!(new, All | Both | New), "{}: {new:?}", row.cause);
    }
}
