use crate::language::Language;
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};
use service::ServiceError;

/// Why an operation was not done, as its caller is told.
///
/// On the wire: `{"error": {"code": "...", "message": "...", ...}}`, with the numbers of a refusal beside them.
#[derive(Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    code: &'static str,
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
        code: &'static str,
        chinese: impl Into<String>,
        english: impl Into<String>,
    ) -> Problem {
        Problem {
            status,
            code,
            chinese: chinese.into(),
            english: english.into(),
            numbers: Map::new(),
            language: Language::Chinese,
            detail: None,
        }
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
        Problem::new(
            StatusCode::NOT_FOUND,
            "not_found",
            format!("找不到 {what} {id}"),
            format!("there is no {what} {id}"),
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
        problem.detail = Some(detail.to_owned());
        problem
    }

    /// With a number a program may want.
    pub(crate) fn with(mut self, name: &str, value: impl Into<Value>) -> Problem {
        self.numbers.insert(name.to_owned(), value.into());
        self
    }
}

impl From<ServiceError> for Problem {
    fn from(error: ServiceError) -> Problem {
        // To be told apart by cause.
        Problem::internal(&error.to_string())
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let message = match self.language {
            Language::Chinese => self.chinese,
            Language::English => self.english,
        };
        let mut error = self.numbers;
        error.insert("code".to_owned(), self.code.into());
        error.insert("message".to_owned(), message.into());
        (self.status, Json(json!({ "error": error }))).into_response()
    }
}
