//! The month's end: bills are drawn at 00:00 on the 1st and settled from the balance at once.

use crate::error::ServiceError;
use crate::service::{Service, account_of};
use billing::{AccountId, LedgerAccount, Moment, Month, Transfer, rate};
use serde::Serialize;
use store::{Bill, ClosedMonth, PaidMovement, Records};

/// What closing months brought.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Closing {
    /// Months closed now, over all accounts.
    pub months: u64,
    /// Bills drawn now.
    pub bills: Vec<Bill>,
}

impl Service {
    /// Closes every month of every account that is over and not closed yet, each in its own
    /// transaction: stopped in the middle it goes on where it was, and run again it does nothing.
    pub fn close_due_months(&self) -> Result<Closing, ServiceError> {
        let now = self.now();
        let accounts = self.ports.store.read(|records| records.accounts())?;
        let mut closing = Closing::default();
        for account in accounts {
            while let Some(month) = self.due_month(account.id, account.created, now)? {
                let bill = self.close_month(account.id, month, now)?;
                closing.months += 1;
                closing.bills.extend(bill);
            }
        }
        Ok(closing)
    }

    /// An account's bills.
    pub fn bills(&self, account: AccountId) -> Result<Vec<Bill>, ServiceError> {
        self.ports.store.read(|records| {
            account_of(records, account)?;
            Ok(records.bills(account)?)
        })
    }

    /// The first month of an account that is over and not closed.
    fn due_month(
        &self,
        account: AccountId,
        created: Moment,
        now: Moment,
    ) -> Result<Option<Month>, ServiceError> {
        let last = self
            .ports
            .store
            .read(|records| records.last_closed_month(account))?;
        let next = match last {
            Some(closed) => closed.month.next(),
            None => self.calendar().month_of(created),
        };
        Ok((next < self.calendar().month_of(now)).then_some(next))
    }

    fn close_month(
        &self,
        account: AccountId,
        month: Month,
        now: Moment,
    ) -> Result<Option<Bill>, ServiceError> {
        let ends = self.calendar().end_of_month(month);
        let bill = self.ports.store.write(|records| {
            // Another thread may have been quicker.
            let last = records.last_closed_month(account)?;
            if last.is_some_and(|closed| closed.month >= month) {
                return Ok(None);
            }
            // From here on no call is written with a time in the month.
            records.hold_call_log(account, ends)?;
            let last_seq = records.last_call_before(account, ends)?;
            let head = match records.call(account, last_seq)? {
                Some(call) => call.digest,
                None => billing::Digest::origin(account),
            };
            let closed = ClosedMonth {
                month,
                last_seq,
                head,
                closed: now,
            };
            records.close_month(account, &closed)?;
            self.draw_bill(records, account, month, ends, now)
        })?;
        self.meter().refresh_account(account);
        Ok(bill)
    }

    fn draw_bill(
        &self,
        records: &mut Records<'_>,
        account: AccountId,
        month: Month,
        ends: Moment,
        now: Moment,
    ) -> Result<Option<Bill>, ServiceError> {
        let calls = records.postpaid_calls(account, month)?;
        let catalogue = self.catalogue_at(records, ends)?;
        let Some(rated) = rate(&catalogue, calls) else {
            return Ok(None);
        };
        let mut bill = Bill {
            id: records.next_bill()?,
            account,
            month,
            catalogue: catalogue.version.clone(),
            calls,
            amount: rated.amount,
            drawn: now,
            paid: None,
        };
        records.add_bill(&bill)?;
        let movement = PaidMovement {
            account,
            kind: "bill_drawn",
            key: &bill.id.to_string(),
            note: &month.to_string(),
            at: now,
        };
        records.book(&movement, &Transfer::bill_drawn(account, bill.amount))?;
        let paid = self.pay_bills(records, account, now)?;
        bill.paid = paid.contains(&month).then_some(now);
        self.tell_of_bill(records, &bill, now)?;
        Ok(Some(bill))
    }

    /// Pays unpaid bills from the balance, the oldest first, as long as it suffices for a whole bill;
    /// returns their months.
    pub(crate) fn pay_bills(
        &self,
        records: &mut Records<'_>,
        account: AccountId,
        now: Moment,
    ) -> Result<Vec<Month>, ServiceError> {
        let (mut paid, mut amount) = (Vec::new(), billing::Money::ZERO);
        for bill in records.unpaid_bills(account)? {
            let balance = records.balance(LedgerAccount::Customer(account))?;
            if balance < bill.amount {
                break;
            }
            records.set_bill_paid(bill.id, now)?;
            let movement = PaidMovement {
                account,
                kind: "bill_paid",
                key: &bill.id.to_string(),
                note: &bill.month.to_string(),
                at: now,
            };
            records.book(&movement, &Transfer::bill_paid(account, bill.amount))?;
            paid.push(bill.month);
            amount = amount.plus(bill.amount).unwrap_or(amount);
        }
        if !paid.is_empty() {
            self.tell_of_payment(records, account, &paid, amount, now)?;
        }
        Ok(paid)
    }
}
