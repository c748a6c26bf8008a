//! Who asks, taken from the session's cookie before an operation begins.

use super::{Problem, Trail, work};
use crate::server::Shared;
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::header::COOKIE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use billing::AccountId;
use service::{Role, SignedIn, UserView};
use std::sync::Arc;

/// The cookie that holds a session's token.
pub(crate) const COOKIE_NAME: &str = "mien_session";
const CSRF: &str = "x-mien-csrf";

/// Anybody who is signed in. Changes must carry the session's token beside the cookie.
#[derive(Debug)]
pub(crate) struct User {
    /// Who, and where it may act.
    pub(crate) signed_in: SignedIn,
    /// The session's token.
    pub(crate) token: String,
}

/// An operator.
#[derive(Debug)]
pub(crate) struct Operator {
    /// Who.
    pub(crate) user: UserView,
}

macro_rules! in_account {
    ($($(#[$doc:meta])* $name:ident: $role:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        #[allow(dead_code, reason = "the three are alike, though what an editor does is told by the trail alone")]
        pub(crate) struct $name {
            /// The account that the path names.
            pub(crate) account: AccountId,
            /// Who.
            pub(crate) user: UserView,
        }

        impl FromRequestParts<Arc<Shared>> for $name {
            type Rejection = Problem;

            async fn from_request_parts(
                parts: &mut Parts,
                shared: &Arc<Shared>,
            ) -> Result<Self, Problem> {
                let (account, user) = in_account(parts, shared, $role).await?;
                Ok($name { account, user })
            }
        }
    )*};
}

in_account! {
    /// A user who may look at the account that the path names.
    Reader: Role::Viewer;
    /// A user who may change its activities.
    Editor: Role::Member;
    /// A user who may buy for it.
    Owner: Role::Owner;
}

impl FromRequestParts<Arc<Shared>> for User {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, shared: &Arc<Shared>) -> Result<User, Problem> {
        let token = token(&parts.headers).ok_or_else(Problem::not_signed_in)?;
        let shown = token.clone();
        let signed_in = work(shared, move |service| service.signed_in(&shown)).await?;
        let signed_in = signed_in.ok_or_else(Problem::not_signed_in)?;
        let changes = !matches!(parts.method, Method::GET | Method::HEAD);
        if changes && !carries(&parts.headers, &signed_in.csrf) {
            return Err(Problem::csrf());
        }
        if let Some(trail) = parts.extensions.get::<Trail>() {
            trail.by(signed_in.user.id);
        }
        Ok(User { signed_in, token })
    }
}

impl FromRequestParts<Arc<Shared>> for Operator {
    type Rejection = Problem;

    async fn from_request_parts(
        parts: &mut Parts,
        shared: &Arc<Shared>,
    ) -> Result<Operator, Problem> {
        let user = User::from_request_parts(parts, shared)
            .await?
            .signed_in
            .user;
        if !user.operator {
            return Err(Problem::not_allowed());
        }
        Ok(Operator { user })
    }
}

async fn in_account(
    parts: &mut Parts,
    shared: &Arc<Shared>,
    needed: Role,
) -> Result<(AccountId, UserView), Problem> {
    let signed_in = User::from_request_parts(parts, shared).await?.signed_in;
    let named = named_account(parts, shared).await;
    let unknown = |name: &str| Problem::not_found("account", name);
    let account: AccountId = named.parse().map_err(|_| unknown(&named))?;
    match signed_in.role_in(account) {
        None => Err(unknown(&named)),
        Some(role) if role < needed => Err(Problem::not_allowed()),
        Some(_) => {
            if let Some(trail) = parts.extensions.get::<Trail>() {
                trail.in_account(account);
            }
            Ok((account, signed_in.user))
        }
    }
}

async fn named_account(parts: &mut Parts, shared: &Arc<Shared>) -> String {
    match RawPathParams::from_request_parts(parts, shared).await {
        Ok(params) => {
            let found = params.iter().find(|(name, _)| *name == "account");
            found.map(|(_, value)| value.to_owned()).unwrap_or_default()
        }
        Err(_) => String::new(),
    }
}

fn token(headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get_all(COOKIE).into_iter();
    let cookies = cookies.filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|value| value.split(';'));
    pairs.find_map(|pair| {
        let (name, value) = pair.trim().split_once('=')?;
        (name == COOKIE_NAME).then(|| value.to_owned())
    })
}

fn carries(headers: &HeaderMap, csrf: &str) -> bool {
    headers
        .get(CSRF)
        .is_some_and(|value| value.as_bytes() == csrf.as_bytes())
}
