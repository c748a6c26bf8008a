use super::{Records, integer, read, time};
use crate::StoreError;
use crate::sql::{Row, Value};
use billing::{AccountId, LedgerAccount, Moment, Money, Transfer};
use serde::Serialize;

/// A movement at one account of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LedgerLine {
    /// Number of the transfer; entries of one transfer sum to zero.
    pub transfer: u64,
    /// When.
    pub at: Moment,
    /// What for: `top_up`, `order`, `bill_drawn`, `bill_paid`.
    pub kind: String,
    /// The key under which it happened once.
    pub key: String,
    /// A remark.
    pub note: String,
    /// How much; in where positive.
    pub amount: Money,
}

/// A transfer about to be booked.
#[derive(Clone, Copy, Debug)]
pub struct PaidMovement<'a> {
    /// Whose.
    pub account: AccountId,
    /// What for.
    pub kind: &'a str,
    /// Under an account and kind each key is booked once.
    pub key: &'a str,
    /// A remark.
    pub note: &'a str,
    /// When.
    pub at: Moment,
}

fn line(row: &dyn Row) -> Result<LedgerLine, StoreError> {
    Ok(LedgerLine {
        transfer: read::count(row, 0)?,
        at: read::moment(row, 1)?,
        kind: read::text(row, 2)?,
        key: read::text(row, 3)?,
        note: read::text(row, 4)?,
        amount: read::money(row, 5)?,
    })
}

impl Records<'_> {
    /// Books a transfer.
    pub fn book(
        &mut self,
        movement: &PaidMovement<'_>,
        transfer: &Transfer,
    ) -> Result<(), StoreError> {
        let id = self.next("transfer", 1)?;
        self.execute(
            "INSERT INTO transfer (id, account, kind, transfer_key, note, at)
             VALUES ($1, $2, $3, $4, $5, $6)",
            &[
                integer(id),
                integer(movement.account.number()),
                Value::Text(movement.kind),
                Value::Text(movement.key),
                Value::Text(movement.note),
                time(movement.at),
            ],
        )?;
        for (index, entry) in transfer.entries().iter().enumerate() {
            let account = entry.account.to_string();
            let (account, amount) = (Value::Text(&account), Value::Integer(entry.amount.fen()));
            self.execute(
                "INSERT INTO ledger_entry (transfer, line, ledger_account, amount) VALUES ($1, $2, $3, $4)",
                &[integer(id), integer(index as u64), account, amount],
            )?;
            self.execute(
                "INSERT INTO ledger_balance (ledger_account, amount) VALUES ($1, $2)
                 ON CONFLICT (ledger_account) DO UPDATE SET amount = ledger_balance.amount + excluded.amount",
                &[account, amount],
            )?;
        }
        Ok(())
    }

    /// What was booked for an account under a kind and key: its amount at the customer's balance.
    pub fn booked(
        &mut self,
        account: AccountId,
        kind: &str,
        key: &str,
    ) -> Result<Option<Money>, StoreError> {
        let customer = LedgerAccount::Customer(account).to_string();
        self.row(
            "SELECT ledger_entry.amount FROM transfer
             JOIN ledger_entry ON ledger_entry.transfer = transfer.id
             WHERE transfer.account = $1 AND transfer.kind = $2 AND transfer.transfer_key = $3
                AND ledger_entry.ledger_account = $4",
            &[
                integer(account.number()),
                Value::Text(kind),
                Value::Text(key),
                Value::Text(&customer),
            ],
            |row| read::money(row, 0),
        )
    }

    /// The balance of an account of the ledger.
    pub fn balance(&mut self, account: LedgerAccount) -> Result<Money, StoreError> {
        let name = account.to_string();
        let balance = self.row(
            "SELECT amount FROM ledger_balance WHERE ledger_account = $1",
            &[Value::Text(&name)],
            |row| read::money(row, 0),
        )?;
        Ok(balance.unwrap_or(Money::ZERO))
    }

    /// The balance that an account of the ledger had just before a moment: the sum of its entries.
    pub fn balance_before(
        &mut self,
        account: LedgerAccount,
        moment: Moment,
    ) -> Result<Money, StoreError> {
        let name = account.to_string();
        let sum = self.row(
            "SELECT COALESCE(SUM(ledger_entry.amount), 0)
             FROM ledger_entry JOIN transfer ON transfer.id = ledger_entry.transfer
             WHERE ledger_entry.ledger_account = $1 AND transfer.at < $2",
            &[Value::Text(&name), time(moment)],
            |row| read::money(row, 0),
        )?;
        Ok(sum.unwrap_or(Money::ZERO))
    }

    /// The balance that an account of the ledger had before a transfer: the sum of its entries.
    pub fn balance_before_transfer(
        &mut self,
        account: LedgerAccount,
        transfer: u64,
    ) -> Result<Money, StoreError> {
        let name = account.to_string();
        let sum = self.row(
            "SELECT COALESCE(SUM(amount), 0) FROM ledger_entry
             WHERE ledger_account = $1 AND transfer < $2",
            &[Value::Text(&name), integer(transfer)],
            |row| read::money(row, 0),
        )?;
        Ok(sum.unwrap_or(Money::ZERO))
    }

    /// The movements at an account of the ledger before a transfer, the newest first.
    pub fn ledger_before(
        &mut self,
        account: LedgerAccount,
        before: u64,
        most: u64,
    ) -> Result<Vec<LedgerLine>, StoreError> {
        let name = account.to_string();
        self.rows(
            "SELECT transfer.id, transfer.at, transfer.kind, transfer.transfer_key, transfer.note,
                ledger_entry.amount
             FROM ledger_entry JOIN transfer ON transfer.id = ledger_entry.transfer
             WHERE ledger_entry.ledger_account = $1 AND ledger_entry.transfer < $2
             ORDER BY ledger_entry.transfer DESC LIMIT $3",
            &[Value::Text(&name), integer(before), integer(most)],
            line,
        )
    }

    /// Every account of the ledger with its kept balance and the sum of its entries, for an audit.
    pub fn ledger_audit(&mut self) -> Result<Vec<(String, Money, Money)>, StoreError> {
        self.rows(
            "SELECT ledger_balance.ledger_account, ledger_balance.amount,
                (SELECT COALESCE(SUM(ledger_entry.amount), 0) FROM ledger_entry
                 WHERE ledger_entry.ledger_account = ledger_balance.ledger_account)
             FROM ledger_balance ORDER BY ledger_balance.ledger_account",
            &[],
            |row| {
                Ok((
                    read::text(row, 0)?,
                    read::money(row, 1)?,
                    read::money(row, 2)?,
                ))
            },
        )
    }

    /// The movements at an account of the ledger in `from..to`, the oldest first.
    pub fn ledger(
        &mut self,
        account: LedgerAccount,
        from: Moment,
        to: Moment,
    ) -> Result<Vec<LedgerLine>, StoreError> {
        let name = account.to_string();
        self.rows(
            "SELECT transfer.id, transfer.at, transfer.kind, transfer.transfer_key, transfer.note,
                ledger_entry.amount
             FROM ledger_entry JOIN transfer ON transfer.id = ledger_entry.transfer
             WHERE ledger_entry.ledger_account = $1 AND transfer.at >= $2 AND transfer.at < $3
             ORDER BY transfer.id",
            &[Value::Text(&name), time(from), time(to)],
            line,
        )
    }
}
