//! `/session`: signing in and out, and what users change of themselves.

use super::caller::COOKIE_NAME;
use super::client::Client;
use super::roles::RoleShape;
use super::{Body, Problem, Problems, Trail, User, work};
use crate::server::Shared;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Response};
use billing::{AccountId, Moment};
use serde::{Deserialize, Serialize};
use service::{Actor, Membership, NewTotp, SignIn, SignedIn, UserView};
use std::sync::Arc;
use store::AccountState;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

const TAG: &str = "session";

/// Seconds after which no session lasts.
const LONGEST_S: u32 = 14 * 24 * 3600;

pub(super) fn operations() -> OpenApiRouter<Arc<Shared>> {
    OpenApiRouter::new()
        .routes(routes!(sign_in, session, sign_out))
        .routes(routes!(change_password))
        .routes(routes!(change_name))
        .routes(routes!(begin_totp, activate_totp, remove_totp))
}

/// With what somebody signs in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Credentials {
    /// The login.
    login: String,
    /// The password.
    password: String,
    /// A code of the authenticator, where the user has one.
    code: Option<String>,
}

/// Who is signed in, and where it may act.
#[derive(Serialize, ToSchema)]
struct Session {
    user: SessionUser,
    /// Where the user may act; an operator everywhere.
    accounts: Vec<SessionAccount>,
    /// To be sent as `X-Mien-Csrf` with every change.
    csrf: String,
    /// When the session ends if nothing is done with it.
    #[schema(value_type = String, format = DateTime)]
    ends: Moment,
}

/// Who is signed in.
#[derive(Serialize, ToSchema)]
struct SessionUser {
    #[schema(example = "1")]
    id: String,
    login: String,
    name: String,
    /// Whether the user runs this mien, and may do everything.
    operator: bool,
    /// Whether the user signs in with a code of an authenticator as well.
    has_totp: bool,
}

/// An account in which a user may act.
#[derive(Serialize, ToSchema)]
struct SessionAccount {
    #[schema(value_type = String, example = "100001")]
    id: AccountId,
    name: String,
    #[schema(value_type = String, example = "active")]
    state: AccountState,
    role: RoleShape,
}

impl From<UserView> for SessionUser {
    fn from(user: UserView) -> SessionUser {
        SessionUser {
            id: user.id.to_string(),
            login: user.login,
            name: user.name,
            operator: user.operator,
            has_totp: user.has_totp,
        }
    }
}

impl From<SignedIn> for Session {
    fn from(signed_in: SignedIn) -> Session {
        let account = |membership: Membership| SessionAccount {
            id: membership.account,
            name: membership.account_name,
            state: membership.account_state,
            role: membership.role.into(),
        };
        Session {
            user: signed_in.user.into(),
            accounts: signed_in.memberships.into_iter().map(account).collect(),
            csrf: signed_in.csrf,
            ends: signed_in.ends,
        }
    }
}

/// Sign in; the cookie `mien_session` holds the session.
#[utoipa::path(
    post, path = "/session", operation_id = "sign_in", tag = TAG, security(()),
    request_body = Credentials,
    responses((status = 200, body = Session), Problems),
)]
async fn sign_in(
    State(shared): State<Arc<Shared>>,
    client: Client,
    trail: Trail,
    Body(credentials): Body<Credentials>,
) -> Result<Response, Problem> {
    let session = work(&shared, move |service| {
        service.sign_in(&SignIn {
            login: &credentials.login,
            password: &credentials.password,
            code: credentials.code.as_deref(),
            client: &client.0,
        })
    })
    .await?;
    trail.is_written();
    let cookie = cookie(&shared, &session.token, LONGEST_S);
    let session = Session::from(session.signed_in);
    Ok(([(SET_COOKIE, cookie)], Json(session)).into_response())
}

/// Who is signed in.
#[utoipa::path(
    get, path = "/session", operation_id = "session", tag = TAG,
    responses((status = 200, body = Session), Problems),
)]
async fn session(user: User) -> Json<Session> {
    Json(user.signed_in.into())
}

/// Sign out; the session ends.
#[utoipa::path(
    delete, path = "/session", operation_id = "sign_out", tag = TAG,
    responses((status = 204), Problems),
)]
async fn sign_out(
    State(shared): State<Arc<Shared>>,
    user: User,
    trail: Trail,
) -> Result<Response, Problem> {
    work(&shared, move |service| service.sign_out(&user.token)).await?;
    trail.is_written();
    let cookie = cookie(&shared, "", 0);
    Ok((StatusCode::NO_CONTENT, [(SET_COOKIE, cookie)]).into_response())
}

/// Another password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewPassword {
    /// The one until now.
    old: String,
    /// The one from now on, of 8 to 128 characters.
    new: String,
}

/// Choose another password; all other sessions of the user end.
#[utoipa::path(
    put, path = "/session/password", operation_id = "change_password", tag = TAG,
    request_body = NewPassword,
    responses((status = 204), Problems),
)]
async fn change_password(
    State(shared): State<Arc<Shared>>,
    user: User,
    trail: Trail,
    Body(told): Body<NewPassword>,
) -> Result<StatusCode, Problem> {
    work(&shared, move |service| {
        let id = user.signed_in.user.id;
        service.change_password(id, &user.token, &told.old, &told.new)
    })
    .await?;
    trail.is_written();
    Ok(StatusCode::NO_CONTENT)
}

/// Another name.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewName {
    /// At most 40 characters.
    name: String,
}

/// Choose another name.
#[utoipa::path(
    put, path = "/session/name", operation_id = "change_name", tag = TAG,
    request_body = NewName,
    responses((status = 200, body = Session), Problems),
)]
async fn change_name(
    State(shared): State<Arc<Shared>>,
    user: User,
    trail: Trail,
    Body(told): Body<NewName>,
) -> Result<Json<Session>, Problem> {
    let mut signed_in = user.signed_in;
    let id = signed_in.user.id;
    signed_in.user = work(&shared, move |service| {
        service.rename_user(Actor::User(id), id, &told.name)
    })
    .await?;
    trail.is_written();
    Ok(Json(signed_in.into()))
}

/// A second factor that was begun.
#[derive(Serialize, ToSchema)]
struct BegunTotp {
    /// To be typed into an authenticator, in base 32.
    secret: String,
    /// The same as an `otpauth:` URI.
    uri: String,
}

/// Begin a second factor; it is in force once a code of it is given.
#[utoipa::path(
    post, path = "/session/totp", operation_id = "begin_totp", tag = TAG,
    responses((status = 200, body = BegunTotp), Problems),
)]
async fn begin_totp(
    State(shared): State<Arc<Shared>>,
    user: User,
    trail: Trail,
) -> Result<Json<BegunTotp>, Problem> {
    let id = user.signed_in.user.id;
    let NewTotp { secret, uri } = work(&shared, move |service| service.begin_totp(id)).await?;
    trail.is_written();
    Ok(Json(BegunTotp { secret, uri }))
}

/// A code of an authenticator.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Code {
    /// Six digits.
    #[schema(example = "287082")]
    code: String,
}

/// Put the second factor that was begun into force.
#[utoipa::path(
    put, path = "/session/totp", operation_id = "activate_totp", tag = TAG,
    request_body = Code,
    responses((status = 204), Problems),
)]
async fn activate_totp(
    State(shared): State<Arc<Shared>>,
    user: User,
    trail: Trail,
    Body(told): Body<Code>,
) -> Result<StatusCode, Problem> {
    let id = user.signed_in.user.id;
    work(&shared, move |service| {
        service.activate_totp(id, &told.code)
    })
    .await?;
    trail.is_written();
    Ok(StatusCode::NO_CONTENT)
}

/// The password again, before something that weakens it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PasswordAgain {
    password: String,
}

/// Remove the second factor.
#[utoipa::path(
    delete, path = "/session/totp", operation_id = "remove_totp", tag = TAG,
    request_body = PasswordAgain,
    responses((status = 204), Problems),
)]
async fn remove_totp(
    State(shared): State<Arc<Shared>>,
    user: User,
    trail: Trail,
    Body(told): Body<PasswordAgain>,
) -> Result<StatusCode, Problem> {
    let id = user.signed_in.user.id;
    work(&shared, move |service| {
        service.remove_totp(id, &told.password)
    })
    .await?;
    trail.is_written();
    Ok(StatusCode::NO_CONTENT)
}

/// The session's cookie, for so many seconds.
fn cookie(shared: &Shared, token: &str, age_s: u32) -> String {
    let url = shared.config().public_url.as_deref().unwrap_or_default();
    let secure = if url.starts_with("https:") {
        "; Secure"
    } else {
        ""
    };
    format!("{COOKIE_NAME}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age_s}{secure}")
}
