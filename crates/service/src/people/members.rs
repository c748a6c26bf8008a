use super::audit::{Actor, Deed, audit};
use super::users::{NewUser, UserView, add_user, login_of, subject, user_of};
use super::{PeopleFault, account_subject};
use crate::service::account_of;
use crate::{Service, ServiceError};
use billing::AccountId;
use serde::Serialize;
use store::{MembershipRecord, Records, Role};

/// A user who may do something in an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MemberView {
    /// The user.
    #[serde(flatten)]
    pub user: UserView,
    /// What it may do there.
    pub role: Role,
}

/// A member just added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AddedMember {
    /// The member.
    #[serde(flatten)]
    pub member: MemberView,
    /// The password drawn for it where it had to be created, told this once.
    pub password: Option<String>,
}

impl Service {
    /// Who may do something in an account, by id; operators, who may everywhere, not included.
    pub fn members(&self, account: AccountId) -> Result<Vec<MemberView>, ServiceError> {
        self.ports.store.read(|records| {
            account_of(records, account)?;
            let found = records.memberships_of_account(account)?;
            let members = found.into_iter().map(|membership| {
                let user = user_of(records, membership.user)?;
                Ok(MemberView {
                    user: UserView::of(&user),
                    role: membership.role,
                })
            });
            members.collect()
        })
    }

    /// Gives the user with a login a role in an account; creates the user where there is none.
    pub fn add_member(
        &self,
        actor: Actor,
        account: AccountId,
        login: &str,
        name: &str,
        role: Role,
    ) -> Result<AddedMember, ServiceError> {
        let login = login_of(login)?;
        let known = self.ports.store.read(|records| {
            account_of(records, account)?;
            Ok::<_, ServiceError>(records.user_by_login(&login)?)
        })?;
        let new = NewUser {
            login: &login,
            name,
            operator: false,
        };
        let drawn = match known {
            Some(_) => None,
            None => Some(self.draw_user(&new)?),
        };
        let now = self.now();
        self.ports.store.write(|records| {
            let known = records.user_by_login(&login)?;
            let (user, password) = match (known, &drawn) {
                (Some(user), _) => (user, None),
                (None, Some(drawn)) => {
                    let user = add_user(records, drawn.user.clone(), now)?;
                    (user, Some(drawn.password.clone()))
                }
                // Users are never deleted.
                (None, None) => return Err(ServiceError::not_found("user", &login)),
            };
            if role_in(records, user.id, account)?.is_some() {
                let login = user.login;
                return Err(PeopleFault::AlreadyMember { login }.into());
            }
            let membership = MembershipRecord {
                user: user.id,
                account,
                role,
            };
            records.set_membership(&membership)?;
            let deed = Deed {
                actor,
                account: Some(account),
                action: "add_member",
                subject: &subject(&user),
                detail: word(role),
            };
            audit(records, now, deed)?;
            Ok(AddedMember {
                member: MemberView {
                    user: UserView::of(&user),
                    role,
                },
                password,
            })
        })
    }

    /// Gives a member another role.
    pub fn set_role(
        &self,
        actor: Actor,
        account: AccountId,
        user: u64,
        role: Role,
    ) -> Result<MemberView, ServiceError> {
        let now = self.now();
        self.ports.store.write(|records| {
            check_member(records, account, user)?;
            if role < Role::Owner {
                check_owners_left(records, account, user)?;
            }
            let user = user_of(records, user)?;
            let membership = MembershipRecord {
                user: user.id,
                account,
                role,
            };
            records.set_membership(&membership)?;
            let deed = Deed {
                actor,
                account: Some(account),
                action: "set_role",
                subject: &subject(&user),
                detail: word(role),
            };
            audit(records, now, deed)?;
            let user = UserView::of(&user);
            Ok(MemberView { user, role })
        })
    }

    /// Takes a user out of an account. The user stays.
    pub fn remove_member(
        &self,
        actor: Actor,
        account: AccountId,
        user: u64,
    ) -> Result<(), ServiceError> {
        let now = self.now();
        self.ports.store.write(|records| {
            check_member(records, account, user)?;
            check_owners_left(records, account, user)?;
            let user = user_of(records, user)?;
            records.remove_membership(user.id, account)?;
            let deed = Deed {
                actor,
                account: Some(account),
                action: "remove_member",
                subject: &subject(&user),
                detail: &account_subject(account),
            };
            audit(records, now, deed)
        })
    }
}

fn role_in(
    records: &mut Records<'_>,
    user: u64,
    account: AccountId,
) -> Result<Option<Role>, ServiceError> {
    let memberships = records.memberships_of_user(user)?;
    let found = memberships
        .iter()
        .find(|membership| membership.account == account);
    Ok(found.map(|membership| membership.role))
}

/// Whoever is no member of the account is not there for it.
fn check_member(
    records: &mut Records<'_>,
    account: AccountId,
    user: u64,
) -> Result<(), ServiceError> {
    account_of(records, account)?;
    match role_in(records, user, account)? {
        Some(_) => Ok(()),
        None => Err(ServiceError::not_found("member", user)),
    }
}

/// An owner stays when a user no longer is one.
fn check_owners_left(
    records: &mut Records<'_>,
    account: AccountId,
    leaves: u64,
) -> Result<(), ServiceError> {
    let memberships = records.memberships_of_account(account)?;
    let mut owners = memberships
        .iter()
        .filter(|membership| membership.role == Role::Owner);
    let is_owner = owners.clone().any(|owner| owner.user == leaves);
    if is_owner && owners.all(|owner| owner.user == leaves) {
        return Err(PeopleFault::LastOwner.into());
    }
    Ok(())
}

fn word(role: Role) -> &'static str {
    match role {
        Role::Viewer => "viewer",
        Role::Member => "member",
        Role::Owner => "owner",
    }
}
