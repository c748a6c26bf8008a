//! Client tokens: what a client repeats a lost call by.

use super::{Records, integer, read};
use crate::StoreError;
use crate::sql::Value;
use billing::{AccountId, Moment};

const DAY_MS: i64 = 86_400_000;

/// A client's token of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientToken {
    /// Of the token's text.
    pub token: [u8; 16],
    /// Of the call's body: the same token with another body is refused.
    pub body: [u8; 16],
}

/// What is known of a client's token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenUse {
    /// It is new.
    New,
    /// This very call was charged, as this row of the log.
    Charged(u64),
    /// Another call was charged under it.
    OtherBody,
}

fn day_of(at: Moment) -> i64 {
    at.unix_ms().div_euclid(DAY_MS)
}

impl Records<'_> {
    /// Whether a client's token was used, by the account's log. Tokens are told apart for a day at least.
    pub fn token_use(
        &mut self,
        account: AccountId,
        token: &ClientToken,
        at: Moment,
    ) -> Result<TokenUse, StoreError> {
        // Where the clock was set back the last call's time goes on, as when it was charged.
        let at = at.max(self.chain(account)?.last_at);
        self.known_token(account, token, at)
    }

    /// What is known of a token at a time of its account's log.
    pub(super) fn known_token(
        &mut self,
        account: AccountId,
        token: &ClientToken,
        at: Moment,
    ) -> Result<TokenUse, StoreError> {
        match self.token_of_day(day_of(at), account, token)? {
            TokenUse::New => self.token_of_day(day_of(at) - 1, account, token),
            known => Ok(known),
        }
    }

    /// Takes a token for the call `seq` where it is new; else changes nothing.
    pub(super) fn claim_token(
        &mut self,
        account: AccountId,
        token: &ClientToken,
        at: Moment,
        seq: u64,
    ) -> Result<TokenUse, StoreError> {
        let today = day_of(at);
        match self.token_of_day(today - 1, account, token)? {
            TokenUse::New => {}
            known => return Ok(known),
        }
        let added = self.execute(
            "INSERT INTO call_token (day, account, token, body, seq) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (day, account, token) DO NOTHING",
            &[
                Value::Integer(today),
                integer(account.number()),
                Value::Bytes(&token.token),
                Value::Bytes(&token.body),
                integer(seq),
            ],
        )?;
        match added {
            0 => self.token_of_day(today, account, token),
            _ => Ok(TokenUse::New),
        }
    }

    /// Gives back a token that was claimed at the same time for a call that was refused.
    pub(super) fn free_token(
        &mut self,
        account: AccountId,
        token: &ClientToken,
        at: Moment,
    ) -> Result<(), StoreError> {
        self.execute(
            "DELETE FROM call_token WHERE day = $1 AND account = $2 AND token = $3",
            &[
                Value::Integer(day_of(at)),
                integer(account.number()),
                Value::Bytes(&token.token),
            ],
        )?;
        Ok(())
    }

    fn token_of_day(
        &mut self,
        day: i64,
        account: AccountId,
        token: &ClientToken,
    ) -> Result<TokenUse, StoreError> {
        let found = self.row(
            "SELECT body, seq FROM call_token WHERE day = $1 AND account = $2 AND token = $3",
            &[
                Value::Integer(day),
                integer(account.number()),
                Value::Bytes(&token.token),
            ],
            |row| Ok((read::array::<16>(row, 0)?, read::count(row, 1)?)),
        )?;
        Ok(match found {
            None => TokenUse::New,
            Some((body, seq)) if body == token.body => TokenUse::Charged(seq),
            Some(_) => TokenUse::OtherBody,
        })
    }

    /// Forgets client tokens of days before `day` (days since 1970); a token lives one to two days.
    pub fn forget_tokens_before(&mut self, day: i64) -> Result<u64, StoreError> {
        let sql = "DELETE FROM call_token WHERE day < $1";
        self.execute(sql, &[Value::Integer(day)])
    }
}
