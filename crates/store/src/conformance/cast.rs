//! What the cases begin with: accounts, activities, grants and calls, each in a line.

use crate::{
    Account, AccountState, Charge, Charged, ClientToken, Order, Records, Store, StoreError,
};
use billing::{
    AccountId, Activity, ActivityId, AlgorithmVersion, Calendar, CallId, CallRow, ChargedTo, Grant,
    GrantId, GrantKind, LicencePeriod, Moment, Money, Outcome, Purchase, Quote, Refusal,
};

/// Chinese, an emoji, quotes and a backslash: texts that come back only where nothing is done to them.
pub(super) const TEXT: &str = "人脸 🎭 'single' \"double\" \\ $1 % line\nend";

pub(super) fn at(text: &str) -> Moment {
    text.parse().unwrap()
}

/// A day on which nothing special happens.
pub(super) fn noon() -> Moment {
    at("2027-03-10T12:00:00+08:00")
}

/// Every byte there is.
pub(super) fn all_bytes() -> Vec<u8> {
    (0..=255).collect()
}

pub(super) fn write<T>(
    store: &Store,
    work: impl FnMut(&mut Records<'_>) -> Result<T, StoreError>,
) -> T {
    store.write(work).unwrap()
}

pub(super) fn read<T>(
    store: &Store,
    work: impl FnMut(&mut Records<'_>) -> Result<T, StoreError>,
) -> T {
    store.read(work).unwrap()
}

/// Asserts that the tables themselves refuse some work.
pub(super) fn assert_refused(
    store: &Store,
    what: &str,
    work: impl FnMut(&mut Records<'_>) -> Result<(), StoreError>,
) {
    let refused = store.write(work);
    assert!(
        matches!(refused, Err(StoreError::Constraint(_))),
        "{what}: {refused:?}"
    );
}

pub(super) fn some_account(id: AccountId) -> Account {
    Account {
        id,
        name: TEXT.to_owned(),
        state: AccountState::Active,
        activity_limit: None,
        created: noon(),
        data_key: all_bytes(),
    }
}

pub(super) fn add_account(store: &Store) -> AccountId {
    write(store, |records| {
        let id = records.next_account()?;
        records.add_account(&some_account(id))?;
        Ok(id)
    })
}

pub(super) fn some_activity(id: ActivityId, account: AccountId) -> Activity {
    Activity {
        id,
        account,
        name: "新年".to_owned(),
        details: TEXT.to_owned(),
        algorithm: AlgorithmVersion::Natural,
        quota: 10,
        created: noon(),
    }
}

pub(super) fn add_activity(store: &Store, account: AccountId) -> ActivityId {
    write(store, |records| {
        let id = records.next_activity()?;
        records.add_activity(&some_activity(id, account))?;
        Ok(id)
    })
}

/// An order of one pack, without lines.
pub(super) fn add_order(store: &Store, account: AccountId, key: &str) -> Order {
    write(store, |records| {
        let order = Order {
            id: records.next_order()?,
            account,
            key: key.to_owned(),
            purchase: Purchase::Pack {
                pack: "pack-100k".to_owned(),
            },
            quote: Quote {
                catalogue: "2027-01".to_owned(),
                lines: Vec::new(),
                total: Money::from_fen(170_000),
            },
            paid: noon(),
        };
        records.add_order(&order)?;
        Ok(order)
    })
}

/// A period that was bought before it starts, as a renewal is.
pub(super) fn period(starts: Moment, ends: Moment) -> LicencePeriod {
    LicencePeriod {
        bought: starts.plus_ms(-1),
        starts,
        ends,
        window_ends: ends,
    }
}

/// Licenses an activity from one moment to another.
pub(super) fn license(store: &Store, activity: ActivityId, starts: Moment, ends: Moment) {
    let account = read(store, |records| records.activity(activity));
    let account = account.unwrap().account;
    let order = add_order(store, account, &format!("licence {activity} {starts}"));
    write(store, |records| {
        let period = period(starts, ends);
        records.add_licence(activity, order.id, "package-1", 10, &period)
    });
}

/// Licenses an activity for the years of all cases.
pub(super) fn license_for_long(store: &Store, activity: ActivityId) {
    let (starts, ends) = (
        at("2027-01-01T00:00:00+08:00"),
        at("2029-01-01T00:00:00+08:00"),
    );
    license(store, activity, starts, ends);
}

/// A grant that somebody gives to an account.
pub(super) struct Gift {
    pub(super) kind: GrantKind,
    pub(super) activity: Option<ActivityId>,
    pub(super) total: u64,
    pub(super) bought: Moment,
    pub(super) ends: Option<Moment>,
}

impl Gift {
    pub(super) fn free(activity: ActivityId, total: u64) -> Gift {
        Gift {
            kind: GrantKind::Free,
            activity: Some(activity),
            total,
            bought: noon(),
            ends: None,
        }
    }

    pub(super) fn pack(total: u64, ends: &str) -> Gift {
        Gift {
            kind: GrantKind::Pack,
            activity: None,
            total,
            bought: at("2027-01-01T00:00:00+08:00"),
            ends: Some(at(ends)),
        }
    }

    pub(super) fn licence(activity: ActivityId, total: u64, ends: &str) -> Gift {
        Gift {
            kind: GrantKind::Licence,
            activity: Some(activity),
            ..Gift::pack(total, ends)
        }
    }

    pub(super) fn bought(self, bought: &str) -> Gift {
        Gift {
            bought: at(bought),
            ..self
        }
    }

    pub(super) fn to(&self, store: &Store, account: AccountId) -> GrantId {
        write(store, |records| {
            let grant = Grant {
                id: records.next_grant()?,
                kind: self.kind,
                activity: self.activity,
                total: self.total,
                used: 0,
                bought: self.bought,
                ends: self.ends,
            };
            records.add_grant(account, None, &grant)?;
            Ok(grant.id)
        })
    }
}

/// An account with one activity that is licensed for long; its calls are postpaid.
pub(super) fn licensed(store: &Store) -> (AccountId, ActivityId) {
    let account = add_account(store);
    let activity = add_activity(store, account);
    license_for_long(store, activity);
    (account, activity)
}

/// A call that ended in a picture; its id is made of a number.
pub(super) fn call(number: u64, account: AccountId, activity: ActivityId) -> Charge {
    let mut id = [0xf0; 16];
    id[..8].copy_from_slice(&number.to_be_bytes());
    Charge {
        id: CallId(id),
        account,
        activity,
        material: None,
        outcome: Outcome::Fused,
        token: None,
    }
}

/// The same call under a client token; tokens and bodies are told by numbers.
pub(super) fn under(token: u8, body: u8, mut charge: Charge) -> Charge {
    charge.token = Some(some_token(token, body));
    charge
}

pub(super) fn some_token(token: u8, body: u8) -> ClientToken {
    ClientToken {
        token: [token; 16],
        body: [body; 16],
    }
}

pub(super) fn charge(
    store: &Store,
    charges: &[Charge],
    now: Moment,
) -> Vec<Result<Charged, Refusal>> {
    let calendar = Calendar::default();
    let results = write(store, |records| records.charge(charges, &calendar, now));
    assert_eq!(results.len(), charges.len(), "a result for each call");
    results
}

/// Charges calls of which none is refused.
pub(super) fn charge_all(store: &Store, charges: &[Charge], now: Moment) -> Vec<Charged> {
    let results = charge(store, charges, now);
    results.into_iter().map(Result::unwrap).collect()
}

pub(super) fn payers(charged: &[Charged]) -> Vec<ChargedTo> {
    charged.iter().map(|charged| charged.charged_to).collect()
}

/// An account's whole call log, whose chain is checked on the way.
pub(super) fn call_log(store: &Store, account: AccountId) -> Vec<CallRow> {
    let (rows, end) = read(store, |records| {
        let mut rows = Vec::new();
        records.each_call(account, 1, i64::MAX as u64, |row| {
            rows.push(row);
            Ok::<_, StoreError>(())
        })?;
        Ok((rows, records.call_log_end(account)?))
    });
    let mut digest = billing::Digest::origin(account);
    let mut last = Moment::default();
    for (index, row) in rows.iter().enumerate() {
        assert_eq!(row.seq, index as u64 + 1, "numbered without gaps");
        assert!(
            row.at >= last,
            "call {} is older than the one before",
            row.seq
        );
        digest = digest.then(row);
        assert_eq!(digest, row.digest, "the chain at call {}", row.seq);
        last = row.at;
    }
    assert_eq!((end.0, end.1), (rows.len() as u64, digest), "the log's end");
    assert!(end.2 >= last, "the log's time");
    rows
}

/// How much is used of each of an account's grants.
pub(super) fn used(store: &Store, account: AccountId) -> Vec<(GrantId, u64)> {
    let grants = read(store, |records| records.grants(account));
    grants.iter().map(|grant| (grant.id, grant.used)).collect()
}
