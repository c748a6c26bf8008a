//! What a visitor is told where there is no picture. It is no customer: of licences, bills and requests a second
//! it learns nothing.

use crate::console::Problem;
use axum::http::StatusCode;
use billing::{Outcome, Refusal};
use service::{CallFailure, ServiceError};

/// Too many at once.
pub(super) fn busy() -> Problem {
    Problem::new(
        StatusCode::TOO_MANY_REQUESTS,
        "busy",
        "当前参与人数较多，请稍后再试",
        "many are here just now; try again in a moment",
    )
    .with("retry_after_s", 1)
}

/// Why there is no picture.
pub(super) fn problem(failure: CallFailure) -> Problem {
    match failure {
        CallFailure::NotAdmitted(ServiceError::Refused(refusal)) => refused(&refusal),
        CallFailure::NotAdmitted(error) => error.into(),
        CallFailure::Picture { outcome, fault, .. } => of_photo(outcome, &fault.to_string()),
        CallFailure::Trial { fault, .. } => of_photo(fault.outcome(), &fault.to_string()),
        CallFailure::MaterialNotPassed { material, .. } => {
            Problem::not_found("material", &material.to_string())
        }
        failure @ (CallFailure::BadParameter(_)
        | CallFailure::Service(_)
        | CallFailure::NotKept(_)
        | CallFailure::NotCharged(_)) => Problem::unavailable(&failure.to_string()),
    }
}

fn refused(refusal: &Refusal) -> Problem {
    match refusal {
        Refusal::OverQps { .. } => busy(),
        Refusal::TokenReused => Problem::new(
            StatusCode::CONFLICT,
            "attempt_reused",
            "这次制作用的是另一张照片或另一个素材，请重新制作",
            "this attempt was made with another photo or template; begin a new one",
        ),
        _ => Problem::new(
            StatusCode::CONFLICT,
            "paused",
            "活动暂停中，请稍后再来",
            "this campaign is paused; come back later",
        ),
    }
}

fn of_photo(outcome: Outcome, detail: &str) -> Problem {
    let (chinese, english) = match outcome {
        Outcome::Undecodable => (
            "无法识别这张照片，请换一张 JPG 或 PNG 照片",
            "this photo cannot be read; choose a JPG or PNG",
        ),
        Outcome::BadSize => (
            "照片过大或过小，请换一张",
            "this photo is too large or too small; choose another",
        ),
        Outcome::NoFace => (
            "照片中没有找到人脸，请换一张正面照",
            "no face was found; choose a photo that shows yours from the front",
        ),
        Outcome::FaceTooSmall => (
            "照片中的人脸太小，请换一张近一些的照片",
            "the face is too small; choose a photo taken from nearer",
        ),
        Outcome::FaceCut => (
            "照片中的人脸不完整，请换一张",
            "the face is cut off; choose another photo",
        ),
        Outcome::Unfusable | Outcome::NotFetched => (
            "这张照片无法使用，请换一张清晰的正面照",
            "this photo cannot be used; choose a clear one taken from the front",
        ),
        Outcome::Fused | Outcome::ServiceFailed => return Problem::unavailable(detail),
    };
    Problem::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        outcome.name(),
        chinese,
        english,
    )
}
