//! Statements: a month as its customer can check it without the server.

use crate::error::ServiceError;
use crate::service::{Service, account_of};
use crate::vault::{DataKey, WrappedKey};
use billing::statement::{
    ActivityName, GrantBefore, Movement, MovementKind, PaidOrder, PublicKey, SignedStatement,
    SigningKey, Statement, StatementInput, Tally, sign,
};
use billing::{AccountId, CallRow, ChargedTo, Digest, Grant, LedgerAccount, Moment, Month};
use std::collections::HashMap;
use store::{Account, LedgerLine, Records, StoreError};

/// Where mien's own secrets lie among the settings.
const DATA_KEY: &str = "own-data-key";
const SIGNING_KEY: &str = "statement-key";

/// What mien's own secrets are sealed for.
const DATA_KEY_CONTEXT: &[u8] = b"mien";
const SIGNING_KEY_CONTEXT: &[u8] = b"statement-key";

/// The rows of a month in an account's log: `first..=last`, none where `last < first`.
#[derive(Clone, Copy)]
struct MonthRows {
    first: u64,
    last: u64,
    /// Digest of the row before the first.
    before: Digest,
}

impl Service {
    /// An account's statement of a month that has begun, signed.
    pub fn statement(
        &self,
        account: AccountId,
        month: Month,
    ) -> Result<SignedStatement, ServiceError> {
        let key = self.signing_key()?;
        let now = self.now();
        let statement = self.ports.store.read(|records| {
            let owner = account_of(records, account)?;
            self.statement_in(records, &owner, month, now)
        })?;
        sign(statement, &key).map_err(|error| ServiceError::Statement(error.to_string()))
    }

    /// The months of which an account has statements, the newest first, and whether each is over.
    pub fn statement_months(&self, account: AccountId) -> Result<Vec<(Month, bool)>, ServiceError> {
        let owner = self
            .ports
            .store
            .read(|records| account_of(records, account))?;
        let first = self.calendar().month_of(owner.created);
        let last = self.calendar().month_of(self.now());
        let months = std::iter::successors(Some(last), |month| Some(month.previous()));
        let months = months.take_while(|&month| month >= first);
        Ok(months.map(|month| (month, month < last)).collect())
    }

    /// Hands an account's call rows of a month to `each`, in the order of the log.
    pub fn export_calls<E: From<ServiceError> + From<StoreError>>(
        &self,
        account: AccountId,
        month: Month,
        mut each: impl FnMut(CallRow) -> Result<(), E>,
    ) -> Result<(), E> {
        self.ports.store.read(|records| {
            account_of(records, account)?;
            let rows = self.rows_of(records, account, month)?;
            records.each_call(account, rows.first, rows.last, &mut each)
        })
    }

    /// An account's call rows of a month behind the row `after`, in the order of the log, `most` of them at
    /// most. Rows never change, so pages read one after the other make a whole.
    pub fn calls_after(
        &self,
        account: AccountId,
        month: Month,
        after: u64,
        most: u64,
    ) -> Result<Vec<CallRow>, ServiceError> {
        self.ports.store.read(|records| {
            account_of(records, account)?;
            let rows = self.rows_of(records, account, month)?;
            let first = rows.first.max(after.saturating_add(1));
            let last = rows.last.min(first.saturating_add(most).saturating_sub(1));
            let mut found = Vec::new();
            records.each_call(account, first, last, |row| {
                found.push(row);
                Ok::<_, ServiceError>(())
            })?;
            Ok(found)
        })
    }

    /// The public half of the key that signs statements.
    pub fn statement_key(&self) -> Result<PublicKey, ServiceError> {
        Ok(self.signing_key()?.public_key())
    }

    fn statement_in(
        &self,
        records: &mut Records<'_>,
        owner: &Account,
        month: Month,
        now: Moment,
    ) -> Result<Statement, ServiceError> {
        let account = owner.id;
        let (from, to) = self.span_of(month, now)?;
        let rows = self.rows_of(records, account, month)?;
        let mut tally =
            Tally::new(account, self.calendar().clone(), rows.first, rows.before).within(month);
        records.each_call(account, rows.first, rows.last, |row| {
            tally.add(&row).map_err(|fault| {
                ServiceError::from(StoreError::Corrupt(format!("the call log: {fault}")))
            })
        })?;
        let catalogue = self.catalogue_at(records, to)?;
        let customer = LedgerAccount::Customer(account);
        let lines = records.ledger(customer, from, to)?;
        let input = StatementInput {
            account_name: owner.name.clone(),
            month,
            issued: now,
            catalogue: &catalogue,
            activities: activity_names(records, account)?,
            opening: records.balance_before(customer, from)?,
            closing: records.balance_before(customer, to)?,
            movements: lines.iter().filter_map(movement).collect(),
            orders: orders(records, account, from, to)?,
            grants: grants(records, account, rows.first, from, to)?,
        };
        Ok(Statement::assemble(input, tally))
    }

    /// From when to when a month that has begun runs.
    fn span_of(&self, month: Month, now: Moment) -> Result<(Moment, Moment), ServiceError> {
        if month > self.calendar().month_of(now) {
            return Err(ServiceError::FutureMonth(month));
        }
        let calendar = self.calendar();
        Ok((calendar.start_of_month(month), calendar.end_of_month(month)))
    }

    fn rows_of(
        &self,
        records: &mut Records<'_>,
        account: AccountId,
        month: Month,
    ) -> Result<MonthRows, ServiceError> {
        let (from, to) = self.span_of(month, self.now())?;
        let last_before = records.last_call_before(account, from)?;
        let before = match records.call(account, last_before)? {
            Some(row) => row.digest,
            None => Digest::origin(account),
        };
        Ok(MonthRows {
            first: last_before + 1,
            last: records.last_call_before(account, to)?,
            before,
        })
    }

    /// Draws the key that signs statements where there is none yet.
    pub(crate) fn ensure_signing_key(&self) -> Result<(), ServiceError> {
        let known = self
            .ports
            .store
            .read(|records| records.setting(SIGNING_KEY))?;
        if known.is_some() {
            return Ok(());
        }
        let (vault, random) = (&self.ports.vault, self.ports.random.as_ref());
        self.ports.store.write(|records| {
            if records.setting(SIGNING_KEY)?.is_some() {
                return Ok(());
            }
            let (data_key, wrapped) = vault.new_data_key(DATA_KEY_CONTEXT, random)?;
            let mut seed = zeroize::Zeroizing::new([0; 32]);
            random.fill(seed.as_mut())?;
            let sealed = data_key.seal(seed.as_ref(), SIGNING_KEY_CONTEXT, random)?;
            records.keep_setting(DATA_KEY, wrapped.as_bytes())?;
            Ok(records.keep_setting(SIGNING_KEY, &sealed)?)
        })
    }

    fn signing_key(&self) -> Result<SigningKey, ServiceError> {
        let seed = self.ports.store.read(|records| {
            let sealed = records.setting(SIGNING_KEY)?.ok_or_else(no_own_key)?;
            let data_key = self.own_data_key(records)?;
            Ok::<_, ServiceError>(data_key.open(&sealed, SIGNING_KEY_CONTEXT)?)
        })?;
        let seed: &[u8; 32] = seed.as_slice().try_into().map_err(|_| {
            ServiceError::Secret("the key for statements has a wrong length".to_owned())
        })?;
        Ok(SigningKey::from_seed(seed))
    }

    /// The key that seals mien's own secrets and its users'.
    pub(crate) fn own_data_key(&self, records: &mut Records<'_>) -> Result<DataKey, ServiceError> {
        let wrapped = records.setting(DATA_KEY)?.ok_or_else(no_own_key)?;
        let wrapped = WrappedKey::from_bytes(&wrapped)?;
        Ok(self.ports.vault.unwrap(&wrapped, DATA_KEY_CONTEXT)?)
    }
}

fn no_own_key() -> ServiceError {
    ServiceError::Secret("there is no key for statements".to_owned())
}

/// Names of an account's activities, deleted ones included.
fn activity_names(
    records: &mut Records<'_>,
    account: AccountId,
) -> Result<Vec<ActivityName>, ServiceError> {
    let activities = records.activities_ever(account)?;
    let name = |(id, name)| ActivityName { id, name };
    Ok(activities.into_iter().map(name).collect())
}

/// A movement other than an order's, which stands with the orders.
fn movement(line: &LedgerLine) -> Option<Movement> {
    let kind = match line.kind.as_str() {
        "top_up" => MovementKind::TopUp,
        "bill_paid" => MovementKind::BillPaid,
        _ => return None,
    };
    Some(Movement {
        at: line.at,
        kind,
        amount: line.amount,
    })
}

fn orders(
    records: &mut Records<'_>,
    account: AccountId,
    from: Moment,
    to: Moment,
) -> Result<Vec<PaidOrder>, ServiceError> {
    let orders = records.orders(account, from, to)?;
    let paid = |order: store::Order| PaidOrder {
        id: order.id,
        paid: order.paid,
        lines: order.quote.lines,
        total: order.quote.total,
    };
    Ok(orders.into_iter().map(paid).collect())
}

/// The grants that could pay in `from..to`, as they were before the row `first`.
fn grants(
    records: &mut Records<'_>,
    account: AccountId,
    first: u64,
    from: Moment,
    to: Moment,
) -> Result<Vec<GrantBefore>, ServiceError> {
    let since: HashMap<ChargedTo, u64> =
        records.payers_since(account, first)?.into_iter().collect();
    let before = |grant: Grant| {
        let used_since = since.get(&ChargedTo::Grant(grant.id)).copied().unwrap_or(0);
        GrantBefore {
            id: grant.id,
            kind: grant.kind,
            activity: grant.activity,
            total: grant.total,
            used_before: grant.used.saturating_sub(used_since),
            ends: grant.ends,
        }
    };
    let grants = records.grants(account)?;
    let could_pay = |grant: &Grant| grant.bought < to && grant.ends.is_none_or(|ends| ends > from);
    Ok(grants.into_iter().filter(could_pay).map(before).collect())
}
