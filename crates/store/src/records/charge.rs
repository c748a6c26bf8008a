//! Charging calls: many at a time, in one transaction, against the real balance of the grants.

use super::calls::Chain;
use super::tokens::{ClientToken, TokenUse};
use super::{Records, integer, time};
use crate::StoreError;
use crate::sql::Value;
use billing::{
    AccountId, ActivityId, Calendar, CallId, CallRow, ChargedTo, Digest, GrantId, GrantKind,
    MaterialId, Moment, Outcome, Refusal, Wallet,
};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

const HOUR_MS: i64 = 3_600_000;

/// A call that ended and is to be charged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charge {
    /// The call.
    pub id: CallId,
    /// Whose.
    pub account: AccountId,
    /// For which activity.
    pub activity: ActivityId,
    /// Into which material, if into one.
    pub material: Option<MaterialId>,
    /// How it ended.
    pub outcome: Outcome,
    /// What the client repeats a lost call by.
    pub token: Option<ClientToken>,
}

/// A charge that was made, now or before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charged {
    /// The call as the log has it: for a repeated call, the one that was charged before.
    pub id: CallId,
    /// The row in the account's call log.
    pub seq: u64,
    /// When it was charged.
    pub at: Moment,
    /// What paid.
    pub charged_to: ChargedTo,
    /// What kind of grant that is, if one.
    pub kind: Option<GrantKind>,
    /// Calls left in it; `None` where no grant paid, or for a repeated call.
    pub left: Option<u64>,
    /// Whether the client's token was charged before: nothing was charged now.
    pub repeated: bool,
    /// How the call ended when it was charged.
    pub outcome: Outcome,
}

/// What a batch knows of one account.
struct Book {
    /// The log's end, and where it was when the batch began.
    chain: Chain,
    began_at_seq: u64,
    at: Moment,
    wallet: Wallet,
    /// Licensed, and free calls in all, for the activities of the batch.
    activities: HashMap<ActivityId, (bool, u64)>,
    postpaid: u64,
}

/// Counts that a batch adds to.
#[derive(Default)]
struct Tallies {
    usage: HashMap<(AccountId, i64, ActivityId, ChargedTo, Outcome), u64>,
    used: HashMap<GrantId, u64>,
}

impl Records<'_> {
    /// Charges calls, in order. Each is charged in whole or refused; either way the others go on.
    ///
    /// A call's time is now, or that of the account's last call where that is later. Calls of one batch
    /// see what those before them used. An error leaves nothing changed.
    pub fn charge(
        &mut self,
        charges: &[Charge],
        calendar: &Calendar,
        now: Moment,
    ) -> Result<Vec<Result<Charged, Refusal>>, StoreError> {
        let mut books: HashMap<AccountId, Book> = HashMap::new();
        let mut tallies = Tallies::default();
        let mut results = Vec::with_capacity(charges.len());
        for charge in charges {
            let book = match books.entry(charge.account) {
                Entry::Occupied(entry) => entry.into_mut(),
                Entry::Vacant(entry) => entry.insert(self.open_book(charge.account, now)?),
            };
            if let Entry::Vacant(entry) = book.activities.entry(charge.activity) {
                let known = self.open_activity(charge, book.at, &mut book.wallet)?;
                entry.insert(known);
            }
            results.push(self.charge_one(charge, book, &mut tallies)?);
        }
        self.keep_books(&books, &tallies, calendar)?;
        Ok(results)
    }

    fn open_book(&mut self, account: AccountId, now: Moment) -> Result<Book, StoreError> {
        let chain = self.chain(account)?;
        let at = now.max(chain.last_at);
        Ok(Book {
            began_at_seq: chain.last_seq,
            chain,
            at,
            wallet: Wallet::new(self.shared_grants(account, at)?),
            activities: HashMap::new(),
            postpaid: 0,
        })
    }

    fn open_activity(
        &mut self,
        charge: &Charge,
        at: Moment,
        wallet: &mut Wallet,
    ) -> Result<(bool, u64), StoreError> {
        let mut free = 0;
        for grant in self.activity_grants(charge.account, charge.activity, at)? {
            if grant.kind == GrantKind::Free {
                free = grant.total;
            }
            wallet.add(grant);
        }
        if free == 0 {
            let used_up = self.free_grant(charge.account, charge.activity)?;
            free = used_up.map_or(0, |grant| grant.total);
        }
        let licensed = self.is_licensed_of(charge.account, charge.activity, at)?;
        Ok((licensed, free))
    }

    fn charge_one(
        &mut self,
        charge: &Charge,
        book: &mut Book,
        tallies: &mut Tallies,
    ) -> Result<Result<Charged, Refusal>, StoreError> {
        // A call that nobody pays leaves its token free: it may be tried again.
        let token = charge.token.as_ref();
        let claimed = token.filter(|_| charge.outcome.is_charged());
        let known = match (token, claimed) {
            (_, Some(token)) => {
                self.claim_token(charge.account, token, book.at, book.chain.last_seq + 1)?
            }
            (Some(token), None) => self.known_token(charge.account, token, book.at)?,
            (None, None) => TokenUse::New,
        };
        match known {
            TokenUse::New => {}
            TokenUse::OtherBody => return Ok(Err(Refusal::TokenReused)),
            TokenUse::Charged(seq) => return self.repeated(charge.account, seq).map(Ok),
        }
        let charged_to = match book.pay(charge) {
            Ok(charged_to) => charged_to,
            Err(refusal) => {
                if let Some(token) = claimed {
                    self.free_token(charge.account, token, book.at)?;
                }
                return Ok(Err(refusal));
            }
        };
        let row = book.append(charge, charged_to);
        self.add_call(&row)?;
        let hour = row.at.unix_ms().div_euclid(HOUR_MS);
        let key = (
            charge.account,
            hour,
            charge.activity,
            charged_to,
            charge.outcome,
        );
        *tallies.usage.entry(key).or_default() += 1;
        let mut charged = Charged {
            id: charge.id,
            seq: row.seq,
            at: row.at,
            charged_to,
            kind: None,
            left: None,
            repeated: false,
            outcome: charge.outcome,
        };
        match charged_to {
            ChargedTo::Grant(id) => {
                let grants = book.wallet.grants();
                if let Some(grant) = grants.iter().find(|grant| grant.id == id) {
                    tallies.used.insert(id, grant.used);
                    charged.kind = Some(grant.kind);
                    charged.left = Some(grant.left());
                }
            }
            ChargedTo::Postpaid => book.postpaid += 1,
            ChargedTo::Nobody => {}
        }
        Ok(Ok(charged))
    }

    fn repeated(&mut self, account: AccountId, seq: u64) -> Result<Charged, StoreError> {
        let row = self.call(account, seq)?.ok_or_else(|| {
            StoreError::Unreadable(format!(
                "a client token names call {seq}, which is not there"
            ))
        })?;
        Ok(Charged {
            id: row.id,
            seq,
            at: row.at,
            charged_to: row.charged_to,
            kind: None,
            left: None,
            repeated: true,
            outcome: row.outcome,
        })
    }

    fn add_call(&mut self, row: &CallRow) -> Result<(), StoreError> {
        let (serial, number) = row
            .material
            .map_or((0, 0), |material| (material.serial, material.number));
        self.execute(
            "INSERT INTO call_log (account, seq, id, at, activity, serial, number, outcome, payer, digest)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            &[
                integer(row.account.number()),
                integer(row.seq),
                Value::Bytes(&row.id.0),
                time(row.at),
                integer(row.activity.number()),
                integer(serial),
                integer(number),
                integer(row.outcome.code().into()),
                Value::Integer(row.charged_to.code()),
                Value::Bytes(&row.digest.0),
            ],
        )?;
        Ok(())
    }

    /// Writes what a batch changed beside the rows themselves, each thing once.
    fn keep_books(
        &mut self,
        books: &HashMap<AccountId, Book>,
        tallies: &Tallies,
        calendar: &Calendar,
    ) -> Result<(), StoreError> {
        for (&account, book) in books {
            if book.chain.last_seq == book.began_at_seq {
                continue;
            }
            self.keep_chain(account, &book.chain)?;
            if book.postpaid > 0 {
                let month = calendar.month_of(book.at).to_string();
                self.execute(
                    "INSERT INTO postpaid_month (account, month, calls) VALUES ($1, $2, $3)
                     ON CONFLICT (account, month) DO UPDATE
                     SET calls = postpaid_month.calls + excluded.calls",
                    &[
                        integer(account.number()),
                        Value::Text(&month),
                        integer(book.postpaid),
                    ],
                )?;
            }
        }
        for (&grant, &used) in &tallies.used {
            self.set_grant_used(grant, used)?;
        }
        for (&(account, hour, activity, payer, outcome), &calls) in &tallies.usage {
            self.add_usage(account, hour, activity, payer, outcome, calls)?;
        }
        Ok(())
    }
}

impl Book {
    /// Takes a call from what pays for it, or tells why nothing does.
    fn pay(&mut self, charge: &Charge) -> Result<ChargedTo, Refusal> {
        if !charge.outcome.is_charged() {
            return Ok(ChargedTo::Nobody);
        }
        let known = self.activities.get(&charge.activity);
        let (licensed, free) = known.copied().unwrap_or_default();
        self.wallet.pay(charge.activity, licensed, free, self.at)
    }

    /// The next row of the account's log.
    fn append(&mut self, charge: &Charge, charged_to: ChargedTo) -> CallRow {
        let mut row = CallRow {
            account: charge.account,
            seq: self.chain.last_seq + 1,
            id: charge.id,
            at: self.at,
            activity: charge.activity,
            material: charge.material,
            outcome: charge.outcome,
            charged_to,
            digest: Digest([0; 32]),
        };
        row.digest = self.chain.head.then(&row);
        self.chain = Chain {
            last_seq: row.seq,
            head: row.digest,
            last_at: row.at,
        };
        row
    }
}

#[cfg(test)]
mod tests;
