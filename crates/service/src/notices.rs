//! Notices: what customers are told, once for each event.

use crate::error::ServiceError;
use crate::months::Closing;
use crate::service::{Service, account_of};
use billing::notice::{DueInput, Notice, due};
use billing::{AccountId, LedgerAccount, Moment, Money, Month, Refusal};
use serde::Serialize;
use store::{Bill, NoticeRecord, Records};

/// A notice as its reader sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NoticeView {
    /// Its id.
    pub id: u64,
    /// When it was given.
    pub at: Moment,
    /// What it is about.
    #[serde(flatten)]
    pub notice: Notice,
}

/// How far a user has read an account's notices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The newest notice that was seen; 0 before the first.
    pub seen: u64,
    /// How many came after it.
    pub unread: u64,
}

fn reading(
    records: &mut Records<'_>,
    account: AccountId,
    user: u64,
) -> Result<Reading, ServiceError> {
    let seen = records.notice_seen(user, account)?;
    let unread = records.notices_after(account, seen)?;
    Ok(Reading { seen, unread })
}

/// What catching up brought.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CaughtUp {
    /// Months that were closed.
    #[serde(flatten)]
    pub closing: Closing,
    /// Notices given beside those of the months.
    pub notices: u64,
}

impl Service {
    /// Does what became due: closes months, then gives the notices that are due. Idempotent.
    pub fn catch_up(&self) -> Result<CaughtUp, ServiceError> {
        let closing = self.close_due_months()?;
        let notices = self.give_due_notices()?;
        self.forget_old_tokens()?;
        Ok(CaughtUp { closing, notices })
    }

    /// Gives every account the notices that are due; returns how many were new.
    pub fn give_due_notices(&self) -> Result<u64, ServiceError> {
        let now = self.now();
        let accounts = self.ports.store.read(|records| records.accounts())?;
        let mut given = 0;
        for account in accounts {
            let due = self
                .ports
                .store
                .read(|records| self.due_notices(records, account.id, now))?;
            // Most of the time nothing is new; then nothing is written.
            let fresh = self.ports.store.read(|records| {
                let mut fresh = Vec::new();
                for notice in &due {
                    if !records.has_notice(account.id, &notice.key())? {
                        fresh.push(notice);
                    }
                }
                Ok::<_, ServiceError>(fresh)
            })?;
            if fresh.is_empty() {
                continue;
            }
            given += self.ports.store.write(|records| {
                let mut given = 0;
                for notice in &fresh {
                    given += u64::from(tell(records, account.id, notice, now)?);
                }
                Ok::<_, ServiceError>(given)
            })?;
        }
        Ok(given)
    }

    /// An account's notices before one, the newest first.
    pub fn notices_before(
        &self,
        account: AccountId,
        before: Option<u64>,
        most: u64,
    ) -> Result<Vec<NoticeView>, ServiceError> {
        let before = before.unwrap_or(u64::MAX);
        let records = self.ports.store.read(|records| {
            account_of(records, account)?;
            Ok::<_, ServiceError>(records.notices_before(account, before, most)?)
        })?;
        records.into_iter().map(view).collect()
    }

    /// How far a user has read an account's notices.
    pub fn reading(&self, account: AccountId, user: u64) -> Result<Reading, ServiceError> {
        self.ports.store.read(|records| {
            account_of(records, account)?;
            reading(records, account, user)
        })
    }

    /// Notes that a user has seen a notice of an account, and all before it; never back.
    pub fn see_notices(
        &self,
        account: AccountId,
        user: u64,
        notice: u64,
    ) -> Result<Reading, ServiceError> {
        self.ports.store.write(|records| {
            account_of(records, account)?;
            let known = records.notice(notice)?;
            if known.is_none_or(|known| known.account != account) {
                return Err(ServiceError::not_found("notice", notice));
            }
            records.see_notice(user, account, notice)?;
            reading(records, account, user)
        })
    }

    /// An account's notices, the newest first.
    pub fn notices(&self, account: AccountId, most: u64) -> Result<Vec<NoticeView>, ServiceError> {
        let records = self.ports.store.read(|records| {
            account_of(records, account)?;
            Ok::<_, ServiceError>(records.notices(account, most)?)
        })?;
        records.into_iter().map(view).collect()
    }

    fn due_notices(
        &self,
        records: &mut Records<'_>,
        account: AccountId,
        now: Moment,
    ) -> Result<Vec<Notice>, ServiceError> {
        let grants = records.grants(account)?;
        let mut licences = Vec::new();
        for activity in records.activities(account)? {
            licences.extend(records.licences(activity.id)?);
        }
        let input = DueInput {
            grants: &grants,
            licences: &licences,
        };
        Ok(due(&input, &self.catalogue(), self.calendar(), now))
    }

    fn forget_old_tokens(&self) -> Result<(), ServiceError> {
        let today = self.now().unix_ms().div_euclid(86_400_000);
        self.ports
            .store
            .write(|records| Ok(records.forget_tokens_before(today - 1)?))
            .map(|_: u64| ())
    }

    /// Tells that a bill was drawn, and that it leaves the account in arrears.
    pub(crate) fn tell_of_bill(
        &self,
        records: &mut Records<'_>,
        bill: &Bill,
        now: Moment,
    ) -> Result<(), ServiceError> {
        let drawn = Notice::BillDrawn {
            month: bill.month,
            calls: bill.calls,
            amount: bill.amount,
            paid: bill.paid.is_some(),
        };
        tell(records, bill.account, &drawn, now)?;
        if bill.paid.is_none() {
            let (owed, balance) = owed_and_balance(records, bill.account)?;
            if let Refusal::InArrears {
                owed,
                balance,
                short,
            } = Refusal::in_arrears(owed, balance)
            {
                let arrears = Notice::InArrears {
                    month: bill.month,
                    owed,
                    balance,
                    short,
                };
                tell(records, bill.account, &arrears, now)?;
            }
        }
        Ok(())
    }

    /// Tells that bills were paid late and calls are let in again.
    pub(crate) fn tell_of_payment(
        &self,
        records: &mut Records<'_>,
        account: AccountId,
        months: &[Month],
        paid: Money,
        now: Moment,
    ) -> Result<(), ServiceError> {
        let unpaid = records.unpaid_bills(account)?;
        let Some(&last) = months.last().filter(|_| unpaid.is_empty()) else {
            return Ok(());
        };
        // A bill paid when it is drawn never stopped the service.
        let arrears = Notice::InArrears {
            month: last,
            owed: Money::ZERO,
            balance: Money::ZERO,
            short: Money::ZERO,
        };
        if records.has_notice(account, &arrears.key())? {
            let restored = Notice::ServiceRestored { month: last, paid };
            tell(records, account, &restored, now)?;
        }
        Ok(())
    }
}

/// Gives a notice, once.
pub(crate) fn tell(
    records: &mut Records<'_>,
    account: AccountId,
    notice: &Notice,
    now: Moment,
) -> Result<bool, ServiceError> {
    let body = serde_json::to_string(notice);
    let body = body.map_err(|error| store::StoreError::Unreadable(error.to_string()))?;
    Ok(records.add_notice(account, &notice.key(), &body, now)?)
}

fn owed_and_balance(
    records: &mut Records<'_>,
    account: AccountId,
) -> Result<(Money, Money), ServiceError> {
    let owed = records.balance(LedgerAccount::Owed(account))?.negated();
    Ok((owed, records.balance(LedgerAccount::Customer(account))?))
}

fn view(record: NoticeRecord) -> Result<NoticeView, ServiceError> {
    let NoticeRecord { id, at, body, .. } = record;
    let notice = serde_json::from_str(&body);
    let notice = notice.map_err(|error| store::StoreError::Unreadable(error.to_string()))?;
    Ok(NoticeView { id, at, notice })
}
