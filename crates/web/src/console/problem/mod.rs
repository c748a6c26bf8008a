//! What goes wrong, and how the caller is told.

mod campaign_chinese;
mod chinese;
mod from_refusal;
mod from_service;
mod people_chinese;
mod shape;
#[cfg(test)]
mod tests;

pub(crate) use shape::{ProblemShape, Problems};

use crate::language::Language;
use axum::Json;
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::borrow::Cow;

/// Why an operation was not done, as its caller is told.
///
/// On the wire: `{"error": {"code": "...", "message": "...", ...}}`, with the numbers of a refusal beside them.
#[derive(Clone, Debug)]
pub(crate) struct Problem(Box<Parts>);

/// What a problem holds; in a box, so that results that have no problem stay small.
#[derive(Clone, Debug)]
struct Parts {
    status: StatusCode,
    code: Cow<'static, str>,
    chinese: String,
    english: String,
    numbers: Map<String, Value>,
    language: Language,
    /// For the log, never for the caller.
    detail: Option<String>,
}

impl Problem {
    /// A problem with its text in both languages.
    pub(crate) fn new(
        status: StatusCode,
        code: impl Into<Cow<'static, str>>,
        chinese: impl Into<String>,
        english: impl Into<String>,
    ) -> Problem {
        Problem(Box::new(Parts {
            status,
            code: code.into(),
            chinese: chinese.into(),
            english: english.into(),
            numbers: Map::new(),
            language: Language::Chinese,
            detail: None,
        }))
    }

    /// Nobody is signed in.
    pub(crate) fn not_signed_in() -> Problem {
        Problem::new(
            StatusCode::UNAUTHORIZED,
            "not_signed_in",
            "登录已过期，请重新登录",
            "nobody is signed in, or the session has ended; sign in again",
        )
    }

    /// A change without its session's token.
    pub(crate) fn csrf() -> Problem {
        Problem::new(
            StatusCode::FORBIDDEN,
            "csrf",
            "请求缺少 X-Mien-Csrf 或与会话不符，请刷新页面后重试",
            "X-Mien-Csrf is missing or not the session's; reload the page and try again",
        )
    }

    /// The user's role does not allow it.
    pub(crate) fn not_allowed() -> Problem {
        Problem::new(
            StatusCode::FORBIDDEN,
            "not_allowed",
            "您的角色没有此权限，请联系账户所有者",
            "your role does not allow this; ask an owner of the account",
        )
    }

    /// There is no such thing, or none that the caller may know of.
    pub(crate) fn not_found(what: &str, id: &str) -> Problem {
        let id = crate::codes::shown(id);
        Problem::new(
            StatusCode::NOT_FOUND,
            "not_found",
            format!("找不到{} {id}", from_service::noun(what)),
            format!("there is no {what} {id}"),
        )
    }

    /// The request cannot be read; `why` is for whoever wrote the program that sent it, and is English, as what
    /// reads requests says it.
    pub(crate) fn malformed(why: &str) -> Problem {
        Problem::new(
            StatusCode::BAD_REQUEST,
            "malformed",
            "请求无法解析，请按 reason 的说明修改",
            format!("the request cannot be read: {why}"),
        )
        .with("reason", why)
    }

    /// The body is larger than what is read here.
    pub(crate) fn too_large(most_bytes: usize) -> Problem {
        Problem::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too_large",
            format!("请求体过大，最多 {most_bytes} 字节"),
            format!("the body is too large; at most {most_bytes} bytes are read here"),
        )
        .with("most_bytes", most_bytes)
    }

    /// The books or the disk do not work now; `detail` goes to the log.
    pub(crate) fn unavailable(detail: &str) -> Problem {
        let mut problem = Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "unavailable",
            "服务暂不可用，请稍后重试",
            "this is not available now; try again later",
        );
        problem.0.detail = Some(detail.to_owned());
        problem
    }

    /// Too much is asked at once.
    pub(crate) fn busy() -> Problem {
        Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "busy",
            "服务繁忙，请稍后重试",
            "the service is busy; try again soon",
        )
    }

    /// Something broke; `detail` goes to the log.
    pub(crate) fn internal(detail: &str) -> Problem {
        let mut problem = Problem::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "服务内部错误，请稍后重试",
            "something failed inside; try again later",
        );
        problem.0.detail = Some(detail.to_owned());
        problem
    }

    /// With a number a program may want.
    pub(crate) fn with(mut self, name: &str, value: impl Into<Value>) -> Problem {
        self.0.numbers.insert(name.to_owned(), value.into());
        self
    }

    /// With the fields of something that serialises as an object; its `code` is not among them.
    pub(crate) fn with_fields(mut self, of: &impl Serialize) -> Problem {
        if let Ok(Value::Object(fields)) = serde_json::to_value(of) {
            self.0.numbers.extend(fields);
            self.0.numbers.remove("code");
        }
        self
    }

    /// In the caller's language.
    pub(super) fn in_language(mut self, language: Language) -> Problem {
        self.0.language = language;
        self
    }

    /// What is for the log.
    pub(super) fn detail(&self) -> Option<&str> {
        self.0.detail.as_deref()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut error = self.0.numbers.clone();
        let message = match self.0.language {
            Language::Chinese => &self.0.chinese,
            Language::English => &self.0.english,
        };
        error.insert("code".to_owned(), self.0.code.as_ref().into());
        error.insert("message".to_owned(), message.as_str().into());
        let retry_after_s = self.0.numbers.get("retry_after_s").and_then(Value::as_u64);
        let mut response = (self.0.status, Json(json!({ "error": error }))).into_response();
        if let Some(seconds) = retry_after_s {
            response.headers_mut().insert(RETRY_AFTER, seconds.into());
        }
        // Whoever knows the caller's language writes it anew.
        response.extensions_mut().insert(self);
        response
    }
}
