use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Response, ResponseBuilder};
use utoipa::{IntoResponses, ToSchema};

/// Why an operation was not done.
#[derive(Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct ProblemShape {
    error: ProblemError,
}

/// What went wrong, for programs and for people.
#[derive(Serialize, ToSchema)]
pub(crate) struct ProblemError {
    /// Stable for programs.
    #[schema(example = "quota_full")]
    code: String,
    /// What was wrong and what to do, in the caller's language.
    message: String,
    /// The numbers of a refusal, beside the code.
    #[serde(flatten)]
    numbers: BTreeMap<String, Value>,
}

/// What every operation may answer instead.
pub(crate) struct Problems;

impl IntoResponses for Problems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let told = [
            ("400", "The request cannot be read."),
            ("401", "Nobody is signed in, or the sign-in failed."),
            (
                "403",
                "The role, or a missing X-Mien-Csrf, does not allow it.",
            ),
            (
                "404",
                "There is no such thing, or none the caller may know of.",
            ),
            ("409", "The state of things does not allow it."),
            ("412", "It is not any more as `If-Match` says."),
            ("413", "The body is too large."),
            ("415", "The body is of another kind than what is read here."),
            ("422", "The rules do not allow it."),
            (
                "429",
                "Too many requests; Retry-After tells when to try again.",
            ),
            ("503", "Not available now."),
        ];
        let response = |description: &str| {
            let problem = Ref::from_schema_name("Problem");
            let content = ContentBuilder::new().schema(Some(problem)).build();
            ResponseBuilder::new()
                .description(description)
                .content("application/json", content)
                .build()
        };
        told.into_iter()
            .map(|(status, text)| (status.to_owned(), RefOr::T(response(text))))
            .collect()
    }
}
