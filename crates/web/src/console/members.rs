//! `/accounts/{account}/members`: who may do what in an account.

use super::roles::RoleShape;
use super::{Body, Owner, Problem, Problems, Reader, Trail, work};
use crate::server::Shared;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use service::{Actor, MemberView, UserState};
use std::sync::Arc;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

const TAG: &str = "members";

pub(super) fn operations() -> OpenApiRouter<Arc<Shared>> {
    OpenApiRouter::new()
        .routes(routes!(members, add_member))
        .routes(routes!(set_role, remove_member))
}

/// A user who may do something in an account.
#[derive(Serialize, ToSchema)]
struct Member {
    #[schema(example = "1")]
    id: String,
    login: String,
    name: String,
    /// Whether it signs in with a code of an authenticator as well.
    has_totp: bool,
    /// Whether it may sign in: `active` or `disabled`.
    #[schema(value_type = String, example = "active")]
    state: UserState,
    role: RoleShape,
}

impl From<MemberView> for Member {
    fn from(member: MemberView) -> Member {
        Member {
            id: member.user.id.to_string(),
            login: member.user.login,
            name: member.user.name,
            has_totp: member.user.has_totp,
            state: member.user.state,
            role: member.role.into(),
        }
    }
}

/// Who may do something in an account.
#[derive(Serialize, ToSchema)]
struct Members {
    members: Vec<Member>,
}

/// Members, by id; operators, who may do everything everywhere, are not among them.
#[utoipa::path(
    get, path = "/accounts/{account}/members", operation_id = "members", tag = TAG,
    params(("account" = String, Path)),
    responses((status = 200, body = Members), Problems),
)]
async fn members(
    State(shared): State<Arc<Shared>>,
    reader: Reader,
) -> Result<Json<Members>, Problem> {
    let members = work(&shared, move |service| service.members(reader.account)).await?;
    let members = members.into_iter().map(Member::from).collect();
    Ok(Json(Members { members }))
}

/// Somebody to be added.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewMember {
    /// The login; a user is created where nobody has it.
    login: String,
    /// The name of a user who is created; its login where it is left out.
    #[serde(default)]
    name: String,
    role: RoleShape,
}

/// A member just added.
#[derive(Serialize, ToSchema)]
struct AddedMember {
    #[serde(flatten)]
    member: Member,
    /// The password of a user who was created; told this once.
    password: Option<String>,
}

/// Add a member.
#[utoipa::path(
    post, path = "/accounts/{account}/members", operation_id = "add_member", tag = TAG,
    params(("account" = String, Path)),
    request_body = NewMember,
    responses((status = 201, body = AddedMember), Problems),
)]
async fn add_member(
    State(shared): State<Arc<Shared>>,
    owner: Owner,
    trail: Trail,
    Body(new): Body<NewMember>,
) -> Result<(StatusCode, Json<AddedMember>), Problem> {
    let added = work(&shared, move |service| {
        let actor = Actor::User(owner.user.id);
        service.add_member(actor, owner.account, &new.login, &new.name, new.role.into())
    })
    .await?;
    trail.is_written();
    let added = AddedMember {
        member: added.member.into(),
        password: added.password,
    };
    Ok((StatusCode::CREATED, Json(added)))
}

/// Another role.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewRole {
    role: RoleShape,
}

/// Give a member another role.
#[utoipa::path(
    patch, path = "/accounts/{account}/members/{user}", operation_id = "set_role", tag = TAG,
    params(("account" = String, Path), ("user" = String, Path)),
    request_body = NewRole,
    responses((status = 200, body = Member), Problems),
)]
async fn set_role(
    State(shared): State<Arc<Shared>>,
    owner: Owner,
    trail: Trail,
    Path((_, user)): Path<(String, String)>,
    Body(told): Body<NewRole>,
) -> Result<Json<Member>, Problem> {
    let user = member_id(&user)?;
    let member = work(&shared, move |service| {
        let actor = Actor::User(owner.user.id);
        service.set_role(actor, owner.account, user, told.role.into())
    })
    .await?;
    trail.is_written();
    Ok(Json(member.into()))
}

/// Take a member out of the account; the user stays.
#[utoipa::path(
    delete, path = "/accounts/{account}/members/{user}", operation_id = "remove_member", tag = TAG,
    params(("account" = String, Path), ("user" = String, Path)),
    responses((status = 204), Problems),
)]
async fn remove_member(
    State(shared): State<Arc<Shared>>,
    owner: Owner,
    trail: Trail,
    Path((_, user)): Path<(String, String)>,
) -> Result<StatusCode, Problem> {
    let user = member_id(&user)?;
    work(&shared, move |service| {
        service.remove_member(Actor::User(owner.user.id), owner.account, user)
    })
    .await?;
    trail.is_written();
    Ok(StatusCode::NO_CONTENT)
}

fn member_id(text: &str) -> Result<u64, Problem> {
    text.parse().map_err(|_| Problem::not_found("member", text))
}
