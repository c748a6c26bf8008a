use crate::{AccountView, Service, ServiceError};
use billing::AccountId;
use std::collections::HashMap;

/// An account as an operator looks over it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountSummary {
    /// The account.
    pub account: AccountView,
    /// Activities it has.
    pub activities: u64,
    /// Its calls of this month that count.
    pub calls_this_month: u64,
    /// Whether its pictures need not carry the visible mark now.
    pub label_exempt: bool,
}

impl Service {
    /// All accounts, by id.
    pub fn account_summaries(&self) -> Result<Vec<AccountSummary>, ServiceError> {
        let accounts = self.accounts()?;
        let now = self.now();
        let month = self.calendar().month_of(now);
        let from = self.calendar().start_of_month(month);
        let to = self.calendar().end_of_month(month);
        let (activities, calls) = self.ports.store.read(|records| {
            let activities = records.activity_counts()?;
            Ok::<_, ServiceError>((activities, records.counted_by_account(from, to)?))
        })?;
        let activities: HashMap<AccountId, u64> = activities.into_iter().collect();
        let calls: HashMap<AccountId, u64> = calls.into_iter().collect();
        let of = |counts: &HashMap<AccountId, u64>, id| counts.get(&id).copied().unwrap_or(0);
        let summary = |account: AccountView| AccountSummary {
            activities: of(&activities, account.id),
            calls_this_month: of(&calls, account.id),
            label_exempt: self.is_label_exempt(account.id),
            account,
        };
        Ok(accounts.into_iter().map(summary).collect())
    }

    /// One of them.
    pub fn account_summary(&self, id: AccountId) -> Result<AccountSummary, ServiceError> {
        let all = self.account_summaries()?;
        let found = all.into_iter().find(|summary| summary.account.id == id);
        found.ok_or_else(|| ServiceError::not_found("account", id))
    }
}
