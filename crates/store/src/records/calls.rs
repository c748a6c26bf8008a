use super::{Records, integer, read};
use crate::StoreError;
use crate::sql::{Row, Value};
use billing::{AccountId, CallId, CallRow, ChargedTo, Digest, MaterialId, Moment, Outcome};

/// The end of an account's call log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Chain {
    pub(super) last_seq: u64,
    pub(super) head: Digest,
    pub(super) last_at: Moment,
}

/// A row of an account's log; the account is known.
fn call(row: &dyn Row, account: AccountId) -> Result<CallRow, StoreError> {
    let activity = read::activity(row, 3)?;
    let (serial, number) = (read::count(row, 4)?, read::count(row, 5)?);
    Ok(CallRow {
        account,
        seq: read::count(row, 0)?,
        id: CallId(read::array(row, 1)?),
        at: read::moment(row, 2)?,
        activity,
        material: (serial > 0).then_some(MaterialId {
            activity,
            serial,
            number,
        }),
        outcome: read::coded(row, 6, Outcome::from_code)?,
        charged_to: read::coded(row, 7, ChargedTo::from_code)?,
        digest: Digest(read::array(row, 8)?),
    })
}

impl Records<'_> {
    pub(super) fn chain(&mut self, account: AccountId) -> Result<Chain, StoreError> {
        let found = self.row(
            "SELECT last_seq, head, last_at FROM call_chain WHERE account = $1",
            &[integer(account.number())],
            |row| {
                Ok(Chain {
                    last_seq: read::count(row, 0)?,
                    head: Digest(read::array(row, 1)?),
                    last_at: read::moment(row, 2)?,
                })
            },
        )?;
        Ok(found.unwrap_or(Chain {
            last_seq: 0,
            head: Digest::origin(account),
            last_at: Moment::default(),
        }))
    }

    pub(super) fn keep_chain(
        &mut self,
        account: AccountId,
        chain: &Chain,
    ) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO call_chain (account, last_seq, head, last_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (account) DO UPDATE
             SET last_seq = excluded.last_seq, head = excluded.head, last_at = excluded.last_at",
            &[
                integer(account.number()),
                integer(chain.last_seq),
                Value::Bytes(&chain.head.0),
                super::time(chain.last_at),
            ],
        )?;
        Ok(())
    }

    /// Sequence number, digest and time of an account's last call; the log's origin before the first.
    pub fn call_log_end(
        &mut self,
        account: AccountId,
    ) -> Result<(u64, Digest, Moment), StoreError> {
        let chain = self.chain(account)?;
        Ok((chain.last_seq, chain.head, chain.last_at))
    }

    /// Holds an account's log to a time: no later call is written before `at`.
    pub fn hold_call_log(&mut self, account: AccountId, at: Moment) -> Result<(), StoreError> {
        let mut chain = self.chain(account)?;
        chain.last_at = chain.last_at.max(at);
        self.keep_chain(account, &chain)
    }

    /// A row of an account's log.
    pub fn call(&mut self, account: AccountId, seq: u64) -> Result<Option<CallRow>, StoreError> {
        self.row(
            "SELECT seq, id, at, activity, serial, number, outcome, payer, digest FROM call_log
             WHERE account = $1 AND seq = $2",
            &[integer(account.number()), integer(seq)],
            |row| call(row, account),
        )
    }

    /// Hands the rows `first..=last` of an account's log to `each`, in order, without holding them all.
    pub fn each_call<E: From<StoreError>>(
        &mut self,
        account: AccountId,
        first: u64,
        last: u64,
        mut each: impl FnMut(CallRow) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut failure = None;
        let outcome = self.session.query(
            "SELECT seq, id, at, activity, serial, number, outcome, payer, digest FROM call_log
             WHERE account = $1 AND seq BETWEEN $2 AND $3 ORDER BY seq",
            &[integer(account.number()), integer(first), integer(last)],
            &mut |row| {
                let call = call(row, account)?;
                each(call).map_err(|error| {
                    failure = Some(error);
                    StoreError::Sql("stopped".to_owned())
                })
            },
        );
        match failure {
            Some(error) => Err(error),
            None => outcome.map_err(E::from),
        }
    }

    /// How many of the rows from `first` on each payer paid.
    pub fn payers_since(
        &mut self,
        account: AccountId,
        first: u64,
    ) -> Result<Vec<(ChargedTo, u64)>, StoreError> {
        self.rows(
            "SELECT payer, COUNT(*) FROM call_log WHERE account = $1 AND seq >= $2
             GROUP BY payer ORDER BY payer",
            &[integer(account.number()), integer(first)],
            |row| {
                Ok((
                    read::coded(row, 0, ChargedTo::from_code)?,
                    read::count(row, 1)?,
                ))
            },
        )
    }

    /// The number of the last row of an account's log that is older than a moment; 0 before the first.
    /// Rows lie in the order of time, so it is found by halving.
    pub fn last_call_before(
        &mut self,
        account: AccountId,
        moment: Moment,
    ) -> Result<u64, StoreError> {
        let (mut before, mut after) = (0, self.chain(account)?.last_seq + 1);
        while after - before > 1 {
            let middle = before + (after - before) / 2;
            let at = self.row(
                "SELECT at FROM call_log WHERE account = $1 AND seq = $2",
                &[integer(account.number()), integer(middle)],
                |row| read::moment(row, 0),
            )?;
            match at {
                Some(at) if at < moment => before = middle,
                _ => after = middle,
            }
        }
        Ok(before)
    }
}
