//! Accounts and what they hold.

use crate::error::ServiceError;
use crate::service::{Service, account_of, check_name};
use billing::{AccountId, Grant, LedgerAccount, Moment, Money, Refusal, Transfer};
use serde::Serialize;
use store::{Account, AccountState, LedgerLine, PaidMovement, Records};

/// Characters in the name of an account.
const LONGEST_NAME: usize = 40;

/// Characters in the remark of a top-up.
const LONGEST_NOTE: usize = 200;

/// The most that one top-up may bring.
const MOST_TOP_UP: Money = Money::from_fen(10_000_000_000);

/// An account with its money.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AccountView {
    /// Its id.
    pub id: AccountId,
    /// Its name.
    pub name: String,
    /// Whether it may be used.
    pub state: AccountState,
    /// What it holds.
    pub balance: Money,
    /// What it owes for bills that are not paid.
    pub owed: Money,
    /// Activities it may create.
    pub activity_limit: u32,
    /// When it was created.
    pub created: Moment,
}

/// What a top-up brought about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TopUp {
    /// What came in.
    pub amount: Money,
    /// The balance after it, and after the bills it paid.
    pub balance: Money,
    /// Months whose bills it paid.
    pub bills_paid: Vec<billing::Month>,
    /// Whether this key was credited before and nothing happened now.
    pub repeated: bool,
}

/// A movement of an account's balance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BalanceMovement {
    /// The movement.
    #[serde(flatten)]
    pub line: LedgerLine,
    /// The balance after it.
    pub balance: Money,
}

/// What a data key is wrapped for.
pub(crate) fn data_key_context(account: AccountId) -> Vec<u8> {
    format!("account:{account}").into_bytes()
}

impl Service {
    /// Creates an account.
    pub fn create_account(&self, name: &str) -> Result<AccountView, ServiceError> {
        check_name("name", name, LONGEST_NAME)?;
        let now = self.now();
        self.ports.store.write(|records| {
            let id = records.next_account()?;
            let (_, wrapped) = self
                .ports
                .vault
                .new_data_key(&data_key_context(id), self.ports.random.as_ref())?;
            let account = Account {
                id,
                name: name.to_owned(),
                state: AccountState::Active,
                activity_limit: None,
                created: now,
                data_key: wrapped.as_bytes().to_vec(),
            };
            records.add_account(&account)?;
            self.account_view(records, account)
        })
    }

    /// All accounts.
    pub fn accounts(&self) -> Result<Vec<AccountView>, ServiceError> {
        self.ports.store.read(|records| {
            let accounts = records.accounts()?;
            accounts
                .into_iter()
                .map(|account| self.account_view(records, account))
                .collect()
        })
    }

    /// One account.
    pub fn account(&self, id: AccountId) -> Result<AccountView, ServiceError> {
        self.ports.store.read(|records| {
            let account = account_of(records, id)?;
            self.account_view(records, account)
        })
    }

    /// Stops an account's calls, or lets them in again.
    pub fn set_account_state(
        &self,
        id: AccountId,
        state: AccountState,
    ) -> Result<AccountView, ServiceError> {
        self.change_account(id, |account| account.state = state)
    }

    /// Sets how many activities an account may create; `None` is the usual number.
    pub fn set_activity_limit(
        &self,
        id: AccountId,
        limit: Option<u32>,
    ) -> Result<AccountView, ServiceError> {
        self.change_account(id, |account| account.activity_limit = limit)
    }

    fn change_account(
        &self,
        id: AccountId,
        change: impl Fn(&mut Account),
    ) -> Result<AccountView, ServiceError> {
        let view = self.ports.store.write(|records| {
            let mut account = account_of(records, id)?;
            change(&mut account);
            records.update_account(&account)?;
            self.account_view(records, account)
        })?;
        self.meter().refresh_account(id);
        Ok(view)
    }

    /// Credits an account once for each key, and pays its bills from what it holds then.
    pub fn top_up(
        &self,
        id: AccountId,
        amount: Money,
        key: &str,
        note: &str,
    ) -> Result<TopUp, ServiceError> {
        if amount <= Money::ZERO {
            return Err(Refusal::NotPositive { amount }.into());
        }
        if amount > MOST_TOP_UP {
            let most = MOST_TOP_UP;
            return Err(Refusal::TooMuch { amount, most }.into());
        }
        check_name("key", key, 64)?;
        if !note.is_empty() {
            check_name("note", note, LONGEST_NOTE)?;
        }
        let now = self.now();
        let done = self.ports.store.write(|records| {
            account_of(records, id)?;
            if let Some(before) = records.booked(id, "top_up", key)? {
                if before != amount {
                    return Err(Refusal::OrderKeyReused.into());
                }
                return Ok(TopUp {
                    amount,
                    balance: records.balance(LedgerAccount::Customer(id))?,
                    bills_paid: Vec::new(),
                    repeated: true,
                });
            }
            let movement = PaidMovement {
                account: id,
                kind: "top_up",
                key,
                note,
                at: now,
            };
            records.book(&movement, &Transfer::top_up(id, amount))?;
            let bills_paid = self.pay_bills(records, id, now)?;
            Ok::<_, ServiceError>(TopUp {
                amount,
                balance: records.balance(LedgerAccount::Customer(id))?,
                bills_paid,
                repeated: false,
            })
        })?;
        self.meter().refresh_account(id);
        Ok(done)
    }

    /// An account's rights to calls, those that are used up or over included, by their ids.
    pub fn grants(&self, id: AccountId) -> Result<Vec<Grant>, ServiceError> {
        self.ports.store.read(|records| {
            account_of(records, id)?;
            Ok(records.grants(id)?)
        })
    }

    /// The movements of an account's balance, the oldest first.
    pub fn ledger(
        &self,
        id: AccountId,
        from: Moment,
        to: Moment,
    ) -> Result<Vec<LedgerLine>, ServiceError> {
        self.ports.store.read(|records| {
            account_of(records, id)?;
            Ok(records.ledger(LedgerAccount::Customer(id), from, to)?)
        })
    }

    /// Movements of an account's balance, the newest first: those before the transfer `before`, where one is
    /// given, and `most` of them at most.
    pub fn ledger_page(
        &self,
        id: AccountId,
        before: Option<u64>,
        most: u64,
    ) -> Result<Vec<BalanceMovement>, ServiceError> {
        self.ports.store.read(|records| {
            account_of(records, id)?;
            let account = LedgerAccount::Customer(id);
            let before = before.unwrap_or(u64::MAX);
            let lines = records.ledger_before(account, before, most)?;
            // From the newest line backwards, each balance is the one after it less what came in with that.
            let mut balance = records.balance_before_transfer(account, before)?;
            let mut movements = Vec::new();
            for line in lines {
                let amount = line.amount;
                movements.push(BalanceMovement { line, balance });
                balance = balance.minus(amount).unwrap_or(balance);
            }
            Ok(movements)
        })
    }

    fn account_view(
        &self,
        records: &mut Records<'_>,
        account: Account,
    ) -> Result<AccountView, ServiceError> {
        Ok(AccountView {
            balance: records.balance(LedgerAccount::Customer(account.id))?,
            owed: records.balance(LedgerAccount::Owed(account.id))?.negated(),
            id: account.id,
            name: account.name,
            state: account.state,
            activity_limit: account
                .activity_limit
                .unwrap_or(self.settings.activity_limit),
            created: account.created,
        })
    }
}
