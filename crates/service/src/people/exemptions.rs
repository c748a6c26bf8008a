use super::audit::{Actor, Deed, audit};
use super::{PeopleFault, account_subject};
use crate::service::{account_of, check_name};
use crate::{Service, ServiceError};
use billing::{AccountId, Moment};
use serde::Serialize;
use std::collections::HashMap;
use std::sync::PoisonError;
use store::{LabelExemption, Records, StoreError};

/// Characters in a reason.
const LONGEST_REASON: usize = 200;

/// From when to when accounts are exempt; kept in memory, for every call asks.
#[derive(Debug, Default)]
pub(super) struct Exemptions(HashMap<AccountId, (Moment, Option<Moment>)>);

impl Exemptions {
    pub(super) fn read(records: &mut Records<'_>) -> Result<Exemptions, StoreError> {
        let all = records.exemptions()?;
        let spans = all
            .into_iter()
            .map(|exemption| (exemption.account, (exemption.since, exemption.ends)));
        Ok(Exemptions(spans.collect()))
    }

    fn covers(&self, account: AccountId, now: Moment) -> bool {
        let span = self.0.get(&account);
        span.is_some_and(|(since, ends)| *since <= now && ends.is_none_or(|ends| now < ends))
    }
}

/// That an account's pictures need not carry the visible mark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExemptionView {
    /// The account.
    pub account: AccountId,
    /// Why.
    pub reason: String,
    /// From when.
    pub since: Moment,
    /// Until when; `None` for ever.
    pub ends: Option<Moment>,
    /// The login of who granted it; `None` for the command line.
    pub by: Option<String>,
}

/// An exemption in a list of all accounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedExemption {
    /// The exemption.
    pub exemption: ExemptionView,
    /// The account's name.
    pub account_name: String,
}

impl Service {
    /// Whether an account's pictures need not carry the visible mark now. Asks no disk.
    pub fn is_label_exempt(&self, account: AccountId) -> bool {
        let exemptions = &self.people.exemptions;
        let exemptions = exemptions.read().unwrap_or_else(PoisonError::into_inner);
        exemptions.covers(account, self.now())
    }

    /// An account's exemption, also one that has ended.
    pub fn exemption(&self, account: AccountId) -> Result<Option<ExemptionView>, ServiceError> {
        self.ports.store.read(|records| {
            account_of(records, account)?;
            exemption_of(records, account)
        })
    }

    /// Exemptions of all accounts, by account: those behind `after`, `most` of them at most. Those that have ended
    /// only if `ended`.
    pub fn exemptions(
        &self,
        after: Option<AccountId>,
        ended: bool,
        most: u64,
    ) -> Result<Vec<ListedExemption>, ServiceError> {
        let since = (!ended).then(|| self.now());
        let page = |records: &mut Records<'_>| records.exemption_page(after, since, most);
        let found = self.ports.store.read(page)?;
        let listed = found.into_iter().map(|named| ListedExemption {
            exemption: ExemptionView {
                account: named.exemption.account,
                reason: named.exemption.reason,
                since: named.exemption.since,
                ends: named.exemption.ends,
                by: named.login,
            },
            account_name: named.account_name,
        });
        Ok(listed.collect())
    }

    /// Exempts an account from the visible mark from now on, in place of an exemption it had.
    pub fn exempt(
        &self,
        actor: Actor,
        account: AccountId,
        reason: &str,
        ends: Option<Moment>,
    ) -> Result<ExemptionView, ServiceError> {
        check_name("reason", reason, LONGEST_REASON)?;
        let now = self.now();
        if ends.is_some_and(|ends| ends <= now) {
            return Err(PeopleFault::EndsInThePast.into());
        }
        let exemption = LabelExemption {
            account,
            reason: reason.to_owned(),
            user: actor.user(),
            since: now,
            ends,
        };
        let view = self.ports.store.write(|records| {
            account_of(records, account)?;
            records.set_exemption(&exemption)?;
            let until = ends.map_or_else(|| "for ever".to_owned(), |ends| format!("until {ends}"));
            let deed = Deed {
                actor,
                account: Some(account),
                action: "exempt",
                subject: &account_subject(account),
                detail: &format!("{until}: {reason}"),
            };
            audit(records, now, deed)?;
            let view = exemption_of(records, account)?;
            view.ok_or_else(|| ServiceError::not_found("exemption", account))
        })?;
        self.refresh_exemptions()?;
        Ok(view)
    }

    /// Takes an account's exemption back.
    pub fn end_exemption(&self, actor: Actor, account: AccountId) -> Result<(), ServiceError> {
        let now = self.now();
        self.ports.store.write(|records| {
            account_of(records, account)?;
            if !records.remove_exemption(account)? {
                return Err(ServiceError::not_found("exemption of account", account));
            }
            let deed = Deed {
                actor,
                account: Some(account),
                action: "end_exemption",
                subject: &account_subject(account),
                detail: "",
            };
            audit(records, now, deed)
        })?;
        self.refresh_exemptions()
    }

    fn refresh_exemptions(&self) -> Result<(), ServiceError> {
        // The lock is held while reading, so that the later of two changes is the one that stays.
        let exemptions = &self.people.exemptions;
        let mut kept = exemptions.write().unwrap_or_else(PoisonError::into_inner);
        *kept = self.ports.store.read(Exemptions::read)?;
        Ok(())
    }
}

fn exemption_of(
    records: &mut Records<'_>,
    account: AccountId,
) -> Result<Option<ExemptionView>, ServiceError> {
    let all = records.exemptions()?;
    let Some(found) = all.into_iter().find(|one| one.account == account) else {
        return Ok(None);
    };
    let by = match found.user {
        Some(user) => records.user(user)?.map(|user| user.login),
        None => None,
    };
    Ok(Some(ExemptionView {
        account,
        reason: found.reason,
        since: found.since,
        ends: found.ends,
        by,
    }))
}
