//! What operations may answer instead of what was asked for, for the document.

use std::collections::BTreeMap;
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Response, ResponseBuilder};
use utoipa::{IntoResponses, ToSchema};

/// Why an operation was not done.
#[derive(ToSchema)]
#[schema(as = Problem)]
pub(crate) struct ProblemBody {
    /// What went wrong.
    #[expect(dead_code, reason = "the shape is for the document")]
    error: ProblemDetail,
}

/// What went wrong. Beside `code` and `message` stand the numbers of the refusal, as `mien` prints them with
/// `--json`: `short` of a `balance_too_low`, `quota` of a `quota_full`...
#[derive(ToSchema)]
#[schema(additional_properties = true)]
pub(crate) struct ProblemDetail {
    /// For programs; never changes.
    #[schema(example = "quota_full")]
    #[expect(dead_code, reason = "the shape is for the document")]
    code: String,
    /// For people, in the language of `Accept-Language` (Chinese or English).
    #[schema(example = "该活动的素材已达额度 10 个，请先删除部分素材")]
    #[expect(dead_code, reason = "the shape is for the document")]
    message: String,
}

macro_rules! failures {
    ($($(#[$doc:meta])* $name:ident { $($status:literal: $text:literal,)* })*) => {$(
        $(#[$doc])*
        pub(crate) struct $name;

        impl IntoResponses for $name {
            fn responses() -> BTreeMap<String, RefOr<Response>> {
                [$(($status, $text),)*].into_iter().map(response).collect()
            }
        }
    )*};
}

failures! {
    /// Of an operation that changes nothing.
    Reading {
        "400": "The request is malformed.",
        "401": "Nobody is signed in.",
        "403": "The user's role does not allow it.",
        "404": "There is no such thing, or none that the user may know of.",
        "422": "The rules do not allow it.",
        "503": "The books or the pictures cannot be read now.",
    }

    /// Of an operation that changes something.
    Changing {
        "400": "The request is malformed.",
        "401": "Nobody is signed in.",
        "403": "The user's role does not allow it, or the session's token is missing.",
        "404": "There is no such thing, or none that the user may know of.",
        "409": "The present state does not allow it.",
        "413": "The body is too large.",
        "422": "The rules do not allow it.",
        "429": "Too many attempts.",
        "503": "The service cannot do it now; try again.",
    }
}

fn response((status, text): (&str, &str)) -> (String, RefOr<Response>) {
    let content = ContentBuilder::new()
        .schema(Some(Ref::from_schema_name("Problem")))
        .build();
    let response = ResponseBuilder::new()
        .description(text)
        .content("application/json", content)
        .build();
    (status.to_owned(), response.into())
}
