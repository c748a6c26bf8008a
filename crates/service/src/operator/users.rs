use crate::{Membership, Service, ServiceError, UserView};
use billing::AccountId;
use std::collections::HashMap;

/// A user as an operator looks over it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserSummary {
    /// The user.
    pub user: UserView,
    /// Where it may act; an operator may act everywhere.
    pub memberships: Vec<Membership>,
}

impl Service {
    /// All users, by id.
    pub fn user_summaries(&self) -> Result<Vec<UserSummary>, ServiceError> {
        let users = self.users()?;
        let (memberships, accounts) = self.ports.store.read(|records| {
            let memberships = records.memberships()?;
            Ok::<_, ServiceError>((memberships, records.accounts()?))
        })?;
        let accounts: HashMap<AccountId, _> = accounts
            .into_iter()
            .map(|account| (account.id, account))
            .collect();
        let mut of_user: HashMap<u64, Vec<Membership>> = HashMap::new();
        for record in memberships {
            let Some(account) = accounts.get(&record.account) else {
                continue;
            };
            let own = of_user.entry(record.user).or_default();
            own.push(Membership {
                account: account.id,
                account_name: account.name.clone(),
                account_state: account.state,
                role: record.role,
            });
        }
        let summary = |user: UserView| UserSummary {
            memberships: of_user.remove(&user.id).unwrap_or_default(),
            user,
        };
        Ok(users.into_iter().map(summary).collect())
    }

    /// One of them.
    pub fn user_summary(&self, id: u64) -> Result<UserSummary, ServiceError> {
        let all = self.user_summaries()?;
        let found = all.into_iter().find(|summary| summary.user.id == id);
        found.ok_or_else(|| ServiceError::not_found("user", id))
    }
}
