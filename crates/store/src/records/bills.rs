use super::{Records, integer, read, time};
use crate::StoreError;
use crate::sql::{Row, Value};
use billing::{AccountId, BillId, Digest, Moment, Money, Month};
use serde::Serialize;

/// The bill of a month's postpaid calls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Bill {
    /// Its id.
    pub id: BillId,
    /// Who pays.
    pub account: AccountId,
    /// For which month.
    pub month: Month,
    /// Edition of the catalogue that priced it.
    pub catalogue: String,
    /// Postpaid calls of the month.
    pub calls: u64,
    /// What they cost.
    pub amount: Money,
    /// When it was drawn.
    pub drawn: Moment,
    /// When it was paid; `None` while it is not.
    pub paid: Option<Moment>,
}

/// The end of an account's month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedMonth {
    /// The month.
    pub month: Month,
    /// Number of the last call in it or before it.
    pub last_seq: u64,
    /// Digest of that call.
    pub head: Digest,
    /// When it was closed.
    pub closed: Moment,
}

fn bill(row: &dyn Row) -> Result<Bill, StoreError> {
    Ok(Bill {
        id: BillId::new(read::count(row, 0)?),
        account: read::account(row, 1)?,
        month: read::parsed(row, 2)?,
        catalogue: read::text(row, 3)?,
        calls: read::count(row, 4)?,
        amount: read::money(row, 5)?,
        drawn: read::moment(row, 6)?,
        paid: read::optional_moment(row, 7)?,
    })
}

impl Records<'_> {
    /// The id of the next bill.
    pub fn next_bill(&mut self) -> Result<BillId, StoreError> {
        self.next("bill", 1).map(BillId::new)
    }

    /// Adds a bill.
    pub fn add_bill(&mut self, bill: &Bill) -> Result<(), StoreError> {
        let month = bill.month.to_string();
        self.execute(
            "INSERT INTO bill (id, account, month, catalogue, calls, amount, drawn, paid)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            &[
                integer(bill.id.number()),
                integer(bill.account.number()),
                Value::Text(&month),
                Value::Text(&bill.catalogue),
                integer(bill.calls),
                Value::Integer(bill.amount.fen()),
                time(bill.drawn),
                bill.paid.map_or(Value::Null, time),
            ],
        )?;
        Ok(())
    }

    /// Marks a bill as paid.
    pub fn set_bill_paid(&mut self, id: BillId, at: Moment) -> Result<(), StoreError> {
        let sql = "UPDATE bill SET paid = $1 WHERE id = $2";
        self.execute(sql, &[time(at), integer(id.number())])?;
        Ok(())
    }

    /// An account's bills, the oldest first.
    pub fn bills(&mut self, account: AccountId) -> Result<Vec<Bill>, StoreError> {
        self.rows(
            "SELECT id, account, month, catalogue, calls, amount, drawn, paid FROM bill
             WHERE account = $1 ORDER BY month",
            &[integer(account.number())],
            bill,
        )
    }

    /// Bills of all accounts for the months `first..=last`, by month.
    pub fn bills_of_months(&mut self, first: Month, last: Month) -> Result<Vec<Bill>, StoreError> {
        let (first, last) = (first.to_string(), last.to_string());
        self.rows(
            "SELECT id, account, month, catalogue, calls, amount, drawn, paid FROM bill
             WHERE month >= $1 AND month <= $2 ORDER BY month, id",
            &[Value::Text(&first), Value::Text(&last)],
            bill,
        )
    }

    /// An account's bills that are not paid, the oldest first.
    pub fn unpaid_bills(&mut self, account: AccountId) -> Result<Vec<Bill>, StoreError> {
        self.rows(
            "SELECT id, account, month, catalogue, calls, amount, drawn, paid FROM bill
             WHERE account = $1 AND paid IS NULL ORDER BY month",
            &[integer(account.number())],
            bill,
        )
    }

    /// Marks a month as closed.
    pub fn close_month(
        &mut self,
        account: AccountId,
        closed: &ClosedMonth,
    ) -> Result<(), StoreError> {
        let month = closed.month.to_string();
        self.execute(
            "INSERT INTO month_closed (account, month, last_seq, head, closed) VALUES ($1, $2, $3, $4, $5)",
            &[
                integer(account.number()),
                Value::Text(&month),
                integer(closed.last_seq),
                Value::Bytes(&closed.head.0),
                time(closed.closed),
            ],
        )?;
        Ok(())
    }

    /// The last month of an account that was closed.
    pub fn last_closed_month(
        &mut self,
        account: AccountId,
    ) -> Result<Option<ClosedMonth>, StoreError> {
        self.row(
            "SELECT month, last_seq, head, closed FROM month_closed WHERE account = $1
             ORDER BY month DESC LIMIT 1",
            &[integer(account.number())],
            |row| {
                Ok(ClosedMonth {
                    month: read::parsed(row, 0)?,
                    last_seq: read::count(row, 1)?,
                    head: Digest(read::array(row, 2)?),
                    closed: read::moment(row, 3)?,
                })
            },
        )
    }
}
