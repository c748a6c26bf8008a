use serde::{Deserialize, Serialize};
use service::Role;
use utoipa::ToSchema;

/// What a user may do in an account. Each role may do what those before it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Role)]
pub(super) enum RoleShape {
    /// Looks at everything of the account.
    Viewer,
    /// Changes activities, materials and campaign pages.
    Member,
    /// Buys, and handles keys, webhooks and members.
    Owner,
}

impl From<Role> for RoleShape {
    fn from(role: Role) -> RoleShape {
        match role {
            Role::Viewer => RoleShape::Viewer,
            Role::Member => RoleShape::Member,
            Role::Owner => RoleShape::Owner,
        }
    }
}

impl From<RoleShape> for Role {
    fn from(role: RoleShape) -> Role {
        match role {
            RoleShape::Viewer => Role::Viewer,
            RoleShape::Member => Role::Member,
            RoleShape::Owner => Role::Owner,
        }
    }
}
