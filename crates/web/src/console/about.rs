//! `/about` and `/openapi.json`: what everybody may know.

use super::{Problem, Problems, work};
use crate::server::Shared;
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

const TAG: &str = "about";

pub(super) fn operations() -> OpenApiRouter<Arc<Shared>> {
    OpenApiRouter::new()
        .routes(routes!(about))
        .routes(routes!(openapi))
}

/// This mien.
#[derive(Serialize, ToSchema)]
struct About {
    /// Its version.
    version: String,
    /// The time zone of its days and months.
    #[schema(example = "Asia/Shanghai")]
    zone: String,
    /// What a demo is tried out with.
    demo: Option<AboutDemo>,
    /// Whether no operator may sign in yet; `mien user create --operator` makes one.
    first_operator_needed: bool,
    /// How to reach the operator.
    contact: String,
}

/// What a demo is tried out with.
#[derive(Serialize, ToSchema)]
struct AboutDemo {
    /// With which to sign in.
    logins: Vec<DemoLogin>,
}

/// With what anybody may sign in to a demo.
#[derive(Serialize, ToSchema)]
struct DemoLogin {
    /// The login.
    login: String,
    /// The password.
    password: String,
    /// What people call its user.
    name: String,
    /// Whether the user is an operator.
    operator: bool,
}

/// What this mien is.
#[utoipa::path(
    get, path = "/about", operation_id = "about", tag = TAG, security(()),
    responses((status = 200, body = About), Problems),
)]
async fn about(State(shared): State<Arc<Shared>>) -> Result<Json<About>, Problem> {
    let first_operator_needed = work(&shared, |service| service.needs_operator()).await?;
    let logins = shared.config().demo_logins.iter();
    let logins: Vec<DemoLogin> = logins
        .map(|login| DemoLogin {
            login: login.login.clone(),
            password: login.password.clone(),
            name: login.name.clone(),
            operator: login.operator,
        })
        .collect();
    let logins_are_none = logins.is_empty();
    let service = shared.service();
    Ok(Json(About {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        zone: service.calendar().name().to_owned(),
        demo: (!logins.is_empty()).then_some(AboutDemo { logins }),
        // A demo is run by whoever looks at it.
        first_operator_needed: first_operator_needed && logins_are_none,
        contact: service.catalogue().contact.clone(),
    }))
}

/// This document.
#[utoipa::path(
    get, path = "/openapi.json", operation_id = "openapi", tag = TAG, security(()),
    responses((status = 200, body = Object), Problems),
)]
async fn openapi() -> Json<&'static utoipa::openapi::OpenApi> {
    Json(super::document())
}
