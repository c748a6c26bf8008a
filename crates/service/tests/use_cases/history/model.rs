//! The rules once more, written down in the simplest way and without mien's own types of them: lists that
//! are searched from the beginning each time, days that are counted by hand in Shanghai's fixed offset.

use super::{FREE, LICENCE, PACKS};
use billing::Moment;

const DAY_MS: i64 = 86_400_000;
/// Shanghai is ahead of UTC by so much, without summer time in the years of the tests.
const OFFSET_MS: i64 = 8 * 3_600_000;
const LICENCE_FEN: i64 = 5_000;
const PACK_FEN: [i64; 2] = [200, 300];
const LICENCE_DAYS: i64 = 50;

/// The last number of calls of each tier, and its price in millionths of a yuan.
pub(crate) const TIERS: [(u64, u64); 3] = [(6, 2_500_000), (12, 1_234_500), (u64::MAX, 333_333)];

/// What paid for a call: the grant by its number in the order in which they came, or the month's bill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Payer {
    Grant(usize),
    Postpaid,
}

#[derive(Debug)]
struct Grant {
    /// 0 free, 1 of a licence, 2 a shared pack.
    rank: u8,
    activity: Option<usize>,
    total: u64,
    used: u64,
    bought: i64,
    ends: Option<i64>,
}

#[derive(Debug)]
struct Bill {
    month: (i64, i64),
    calls: u64,
    fen: i64,
    paid: bool,
}

#[derive(Debug, Default)]
struct Account {
    balance: i64,
    grants: Vec<Grant>,
    calls: Vec<(Payer, i64)>,
    /// Token, activity, day and number of its call.
    tokens: Vec<(u8, usize, i64, u64)>,
    bills: Vec<Bill>,
    next_month: (i64, i64),
    /// No call is older than this.
    log_begins: i64,
}

/// Two accounts with two activities each.
#[derive(Debug)]
pub(crate) struct Model {
    accounts: [Account; 2],
    /// When the licence periods of each activity end.
    licences: [Vec<i64>; 4],
}

impl Model {
    pub(crate) fn new(now: Moment) -> Model {
        let month = month_of(now.unix_ms());
        let account = |first: usize| Account {
            grants: [first, first + 1]
                .map(|activity| Grant {
                    rank: 0,
                    activity: Some(activity),
                    total: FREE,
                    used: 0,
                    bought: 0,
                    ends: None,
                })
                .into(),
            next_month: month,
            ..Account::default()
        };
        Model {
            accounts: [account(0), account(2)],
            licences: Default::default(),
        }
    }

    /// The number of a call in its account's log, or that it is refused.
    pub(crate) fn call(&mut self, activity: usize, token: Option<u8>, now: Moment) -> Option<u64> {
        let now = now.unix_ms();
        let licensed_now = self.is_licensed(activity, now);
        let account = &mut self.accounts[activity / 2];
        if account.bills.iter().any(|bill| !bill.paid) {
            return None;
        }
        let at = now.max(account.log_begins);
        let known = token.and_then(|token| account.token(token, at / DAY_MS));
        if let Some((owner, seq)) = known {
            return (owner == activity).then_some(seq);
        }
        let free = account
            .grants
            .iter()
            .any(|g| g.rank == 0 && g.activity == Some(activity) && g.used < g.total);
        // It must be allowed in at the clock's time and be paid at the log's.
        let licensed = self.is_licensed(activity, at);
        let allowed = free || (licensed_now && licensed);
        if !allowed {
            return None;
        }
        let account = &mut self.accounts[activity / 2];
        let payer = account.pay(activity, licensed, at);
        account.calls.push((payer, at));
        account.log_begins = at;
        let seq = account.calls.len() as u64;
        if let Some(token) = token {
            account.tokens.push((token, activity, at / DAY_MS, seq));
        }
        Some(seq)
    }

    pub(crate) fn buy_licence(&mut self, activity: usize, now: Moment) -> bool {
        let now = now.unix_ms();
        if !self.accounts[activity / 2].pay_order(LICENCE_FEN) {
            return false;
        }
        let last = self.licences[activity].iter().copied().max();
        let begins = last.filter(|&ends| now < ends).unwrap_or(now);
        let ends = midnight_after(begins, LICENCE_DAYS);
        self.licences[activity].push(ends);
        self.accounts[activity / 2].grants.push(Grant {
            rank: 1,
            activity: Some(activity),
            total: LICENCE,
            used: 0,
            bought: now,
            ends: Some(ends),
        });
        true
    }

    pub(crate) fn buy_pack(&mut self, account: usize, pack: usize, now: Moment) -> bool {
        let now = now.unix_ms();
        let licensed = [2 * account, 2 * account + 1]
            .iter()
            .any(|&activity| self.is_licensed(activity, now));
        if !licensed || !self.accounts[account].pay_order(PACK_FEN[pack]) {
            return false;
        }
        let (_, calls, days) = PACKS[pack];
        self.accounts[account].grants.push(Grant {
            rank: 2,
            activity: None,
            total: calls,
            used: 0,
            bought: now,
            ends: Some(midnight_after(now, days)),
        });
        true
    }

    pub(crate) fn top_up(&mut self, account: usize, fen: i64) {
        self.accounts[account].balance += fen;
        self.accounts[account].pay_bills();
    }

    pub(crate) fn close_months(&mut self, now: Moment) {
        let this = month_of(now.unix_ms());
        for account in &mut self.accounts {
            while account.next_month < this {
                let month = account.next_month;
                let in_month = |(payer, at): &&(Payer, i64)| {
                    *payer == Payer::Postpaid && month_of(*at) == month
                };
                let calls = account.calls.iter().filter(in_month).count() as u64;
                if calls > 0 {
                    let (_, price) = TIERS.into_iter().find(|(last, _)| calls <= *last).unwrap();
                    // Half a fen is five thousand millionths of a yuan.
                    let fen = (calls * price + 5_000) / 10_000;
                    account.bills.push(Bill {
                        month,
                        calls,
                        fen: fen as i64,
                        paid: false,
                    });
                    account.pay_bills();
                }
                account.next_month = match month {
                    (year, 12) => (year + 1, 1),
                    (year, month) => (year, month + 1),
                };
                account.log_begins = account.log_begins.max(start_of(account.next_month));
            }
        }
    }

    /// What an account holds and owes, in fen.
    pub(crate) fn money(&self, account: usize) -> (i64, i64) {
        let account = &self.accounts[account];
        let unpaid = account.bills.iter().filter(|bill| !bill.paid);
        (account.balance, unpaid.map(|bill| bill.fen).sum())
    }

    /// Calls of each grant in all and used.
    pub(crate) fn grants(&self, account: usize) -> Vec<(u64, u64)> {
        let grants = self.accounts[account].grants.iter();
        grants.map(|grant| (grant.total, grant.used)).collect()
    }

    pub(crate) fn payers(&self, account: usize) -> Vec<Payer> {
        let calls = self.accounts[account].calls.iter();
        calls.map(|&(payer, _)| payer).collect()
    }

    /// Month, calls, fen and whether it is paid, of each bill.
    pub(crate) fn bills(&self, account: usize) -> Vec<(String, u64, i64, bool)> {
        let tell = |bill: &Bill| {
            let (year, month) = bill.month;
            (
                format!("{year}-{month:02}"),
                bill.calls,
                bill.fen,
                bill.paid,
            )
        };
        self.accounts[account].bills.iter().map(tell).collect()
    }

    fn is_licensed(&self, activity: usize, at: i64) -> bool {
        // A licence is in effect from when it was bought, whatever a clock that was set back says.
        self.licences[activity].iter().any(|&ends| at < ends)
    }
}

impl Account {
    /// The activity and number of a call whose token is still known on a day.
    fn token(&self, token: u8, day: i64) -> Option<(usize, u64)> {
        let is_known =
            |known: &&(u8, usize, i64, u64)| known.0 == token && (day - 1..=day).contains(&known.2);
        let known = self.tokens.iter().rev().find(is_known);
        known.map(|&(_, activity, _, seq)| (activity, seq))
    }

    /// Takes a call from the grant that comes before all others that can pay.
    fn pay(&mut self, activity: usize, licensed: bool, at: i64) -> Payer {
        let mut best: Option<usize> = None;
        for (number, grant) in self.grants.iter().enumerate() {
            let serves = grant.activity.is_none_or(|own| own == activity);
            let lasts = grant.ends.is_none_or(|ends| at < ends);
            let allowed = licensed || grant.rank == 0;
            if !(serves && lasts && allowed && grant.used < grant.total) {
                continue;
            }
            // Of equals the one with the smaller number stays.
            let is_better = best.is_none_or(|best| before(grant, &self.grants[best]));
            if is_better {
                best = Some(number);
            }
        }
        match best {
            Some(number) => {
                self.grants[number].used += 1;
                Payer::Grant(number)
            }
            None => Payer::Postpaid,
        }
    }

    fn pay_order(&mut self, fen: i64) -> bool {
        if self.bills.iter().any(|bill| !bill.paid) || self.balance < fen {
            return false;
        }
        self.balance -= fen;
        true
    }

    fn pay_bills(&mut self) {
        for bill in self.bills.iter_mut().filter(|bill| !bill.paid) {
            if self.balance < bill.fen {
                return;
            }
            self.balance -= bill.fen;
            bill.paid = true;
        }
    }
}

/// Whether a grant pays before another: the one that ends first, then the older, within their kind.
fn before(one: &Grant, other: &Grant) -> bool {
    (one.rank, one.ends, one.bought) < (other.rank, other.ends, other.bought)
}

/// The midnight that ends the last of so many days, the day of `at` included.
fn midnight_after(at: i64, days: i64) -> i64 {
    let day = (at + OFFSET_MS) / DAY_MS;
    (day + days) * DAY_MS - OFFSET_MS
}

fn month_of(at: i64) -> (i64, i64) {
    let mut month = (1970, 1);
    let mut days = (at + OFFSET_MS) / DAY_MS;
    while days >= days_in(month) {
        days -= days_in(month);
        month = next(month);
    }
    month
}

fn start_of(month: (i64, i64)) -> i64 {
    let mut days = 0;
    let mut passed = (1970, 1);
    while passed < month {
        days += days_in(passed);
        passed = next(passed);
    }
    days * DAY_MS - OFFSET_MS
}

fn next((year, month): (i64, i64)) -> (i64, i64) {
    if month == 12 {
        (year + 1, 1)
    } else {
        (year, month + 1)
    }
}

fn days_in((year, month): (i64, i64)) -> i64 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}
