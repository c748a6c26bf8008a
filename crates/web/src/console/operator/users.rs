//! Users: everybody who may sign in.

use crate::console::names::{AccountState, UserState};
use crate::console::roles::RoleShape;
use crate::console::{Body, OfUser, Operator, Problem, Problems, Trail, paths, work};
use crate::server::Shared;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use billing::{AccountId, Moment};
use serde::{Deserialize, Serialize};
use service::{Actor, NewUser as Wanted, UserSummary};
use std::sync::Arc;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// A user.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UserOverview {
    /// Its id.
    #[schema(example = "1")]
    id: String,
    /// By which it signs in.
    #[schema(example = "lin")]
    login: String,
    /// What people call it.
    #[schema(example = "Lin")]
    name: String,
    /// Whether it runs this mien, and may do everything everywhere.
    operator: bool,
    /// Whether it signs in with a code of an authenticator as well.
    has_totp: bool,
    /// Whether it may sign in.
    state: UserState,
    /// When it was created.
    #[schema(value_type = String, format = DateTime, example = "2026-11-24T03:00:00Z")]
    created: Moment,
    /// The accounts it is a member of.
    accounts: Vec<UserAccount>,
}

/// An account that a user is a member of.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UserAccount {
    /// The account.
    #[schema(value_type = String, example = "100001")]
    id: AccountId,
    /// Its name.
    #[schema(example = "Lanterns Ltd")]
    name: String,
    /// Whether it may be used.
    state: AccountState,
    /// What the user may do there.
    role: RoleShape,
}

impl From<UserSummary> for UserOverview {
    fn from(summary: UserSummary) -> UserOverview {
        let user = summary.user;
        let accounts = summary.memberships.into_iter();
        let accounts = accounts.map(|membership| UserAccount {
            id: membership.account,
            name: membership.account_name,
            state: membership.account_state.into(),
            role: membership.role.into(),
        });
        UserOverview {
            id: user.id.to_string(),
            login: user.login,
            name: user.name,
            operator: user.operator,
            has_totp: user.has_totp,
            state: user.state.into(),
            created: user.created,
            accounts: accounts.collect(),
        }
    }
}

/// All users.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UserOverviews {
    /// By id.
    users: Vec<UserOverview>,
}

/// A user to be created.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewUser {
    /// By which it signs in: 3 to 64 of `a-z`, `0-9`, `.`, `_`, `-`, `@`.
    #[schema(example = "lin")]
    login: String,
    /// What people call it, at most 40 characters; its login where it is left out.
    #[serde(default)]
    #[schema(example = "Lin")]
    name: String,
    /// Whether it runs this mien.
    #[serde(default)]
    operator: bool,
}

/// A user just created.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CreatedUser {
    /// The user.
    user: UserOverview,
    /// A password drawn for it; told this once.
    password: String,
}

/// What is to change about a user; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UserPatch {
    /// Whether it may sign in; disabling it ends its sessions.
    state: Option<UserState>,
    /// What people call it, 1 to 40 characters.
    name: Option<String>,
    /// Whether it runs this mien; one operator always stays.
    operator: Option<bool>,
}

/// A password just drawn.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DrawnPassword {
    /// The password; told this once.
    password: String,
}

/// All users
#[utoipa::path(
    get,
    path = "/operator/users",
    tag = "operator",
    responses((status = 200, description = "All of them, by id.", body = UserOverviews), Problems)
)]
async fn all_users(
    State(shared): State<Arc<Shared>>,
    _operator: Operator,
) -> Result<Json<UserOverviews>, Problem> {
    let users = work(&shared, |service| service.user_summaries()).await?;
    let users = users.into_iter().map(UserOverview::from).collect();
    Ok(Json(UserOverviews { users }))
}

/// Create a user
#[utoipa::path(
    post,
    path = "/operator/users",
    tag = "operator",
    request_body = NewUser,
    responses((status = 201, description = "It may sign in.", body = CreatedUser), Problems)
)]
async fn create_user(
    State(shared): State<Arc<Shared>>,
    operator: Operator,
    trail: Trail,
    Body(new): Body<NewUser>,
) -> Result<(StatusCode, Json<CreatedUser>), Problem> {
    let actor = Actor::User(operator.user.id);
    let (user, password) = work(&shared, move |service| {
        let wanted = Wanted {
            login: &new.login,
            name: &new.name,
            operator: new.operator,
        };
        let made = service.create_user(actor, &wanted)?;
        Ok::<_, Problem>((service.user_summary(made.user.id)?, made.password))
    })
    .await?;
    trail.is_written();
    let user = user.into();
    Ok((StatusCode::CREATED, Json(CreatedUser { user, password })))
}

/// Rename a user, let it sign in or not, or make it an operator or not
#[utoipa::path(
    patch,
    path = "/operator/users/{user}",
    tag = "operator",
    params(OfUser),
    request_body = UserPatch,
    responses((status = 200, description = "As it is now.", body = UserOverview), Problems)
)]
async fn change_user(
    State(shared): State<Arc<Shared>>,
    operator: Operator,
    trail: Trail,
    Path(path): Path<OfUser>,
    Body(patch): Body<UserPatch>,
) -> Result<Json<UserOverview>, Problem> {
    let id: u64 = paths::id("user", &path.user)?;
    let actor = Actor::User(operator.user.id);
    let changed = work(&shared, move |service| {
        if let Some(name) = &patch.name {
            service.rename_user(actor, id, name)?;
        }
        if let Some(operator) = patch.operator {
            service.set_operator(actor, id, operator)?;
        }
        if let Some(state) = patch.state {
            service.set_user_state(actor, id, state.into())?;
        }
        service.user_summary(id)
    })
    .await?;
    trail.is_written();
    Ok(Json(changed.into()))
}

/// Draw another password for a user
#[utoipa::path(
    post,
    path = "/operator/users/{user}/password",
    tag = "operator",
    params(OfUser),
    responses((status = 200, description = "The password; the user's sessions have ended.", body = DrawnPassword), Problems)
)]
async fn reset_password(
    State(shared): State<Arc<Shared>>,
    operator: Operator,
    trail: Trail,
    Path(path): Path<OfUser>,
) -> Result<Json<DrawnPassword>, Problem> {
    let id: u64 = paths::id("user", &path.user)?;
    let actor = Actor::User(operator.user.id);
    let made = work(&shared, move |service| service.reset_password(actor, id)).await?;
    trail.is_written();
    let password = made.password;
    Ok(Json(DrawnPassword { password }))
}

pub(super) fn operations() -> OpenApiRouter<Arc<Shared>> {
    OpenApiRouter::new()
        .routes(routes!(all_users, create_user))
        .routes(routes!(change_user))
        .routes(routes!(reset_password))
}
