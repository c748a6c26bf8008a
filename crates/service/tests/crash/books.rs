//! The parent: it knows what the books must say.

use crate::life::{self, Part, STEP_MS, STEPS, TOP_UP};
use crate::script::{Fate, Script};
use crate::world::audit::audit;
use crate::world::clock::WorldClock;
use crate::world::ports::{ports, quick_settings};
use billing::{
    AccountId, ActivityId, AlgorithmVersion, CallId, CallRow, ChargedTo, Digest, GrantId,
    GrantKind, Moment, Money, Purchase,
};
use service::random::SeededRandom;
use service::{NewActivity, Service};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::{Order, Store, StoreError};

/// Between the beginnings of two rounds.
const ROUND_MS: i64 = 12 * 3_600_000;

/// Rounds after which all of the books is read again, not only what is new.
const FULL_AUDIT: u64 = 100;

/// What the parent knows of the books.
pub(crate) struct Books {
    folder: PathBuf,
    begins: Moment,
    buyer: AccountId,
    /// Licensed activities; the first is the buyer's.
    licensed: Vec<(AccountId, ActivityId)>,
    /// How far each account's log was read.
    logs: BTreeMap<AccountId, Log>,
    used: BTreeMap<GrantId, u64>,
    sums: Sums,
}

struct Log {
    seq: u64,
    head: Digest,
}

#[derive(Debug, Default)]
struct Sums {
    rounds: u64,
    answered: u64,
    refused: u64,
    in_flight: u64,
    recovered: u64,
    made_anew: u64,
    orders: u64,
    top_ups: u64,
}

/// The books, open between two rounds.
struct Desk {
    service: Service,
    store: Store,
}

impl Desk {
    fn open(folder: &Path, now: Moment) -> Desk {
        let clock = Arc::new(WorldClock::at(now));
        let random = Arc::new(SeededRandom::new(now.unix_ms().unsigned_abs()));
        let (ports, _) = ports(folder, &clock, &random);
        let store = ports.store.clone();
        let service = Service::open(ports, quick_settings()).unwrap();
        Desk { service, store }
    }

    fn create_activity(&self, account: AccountId) -> ActivityId {
        let new = NewActivity {
            name: "Lantern feast".to_owned(),
            details: String::new(),
            algorithm: AlgorithmVersion::Natural,
            quota: None,
        };
        self.service.create_activity(account, &new).unwrap().id
    }

    fn license(&self, account: AccountId, activity: ActivityId, key: &str) {
        let purchase = Purchase::Licence {
            activity,
            renew: true,
            qps: Vec::new(),
        };
        self.service.order(account, &purchase, key, None).unwrap();
    }
}

impl Books {
    /// Two accounts, three licensed activities, and grants so small that they run out.
    pub(crate) fn begin(folder: &Path) -> Books {
        let begins: Moment = "2027-01-10T08:00:00+08:00".parse().unwrap();
        let desk = Desk::open(folder, begins);
        let text = billing::catalogue::DEFAULT_TEXT
            .replace("version = \"2027-01\"", "version = \"small\"")
            .replace("calls = 500 ", "calls = 40 ")
            .replace("calls = 10_000\n", "calls = 70\n")
            .replace("calls = 100_000\n", "calls = 20\n")
            .replace("\"1700.00\"", "\"1.00\"")
            .replace("price = \"210.00\"", "price = \"2.10\"");
        desk.service.apply_catalogue(&text).unwrap();
        let mut licensed = Vec::new();
        let mut logs = BTreeMap::new();
        for activities in [2, 1] {
            let account = desk.service.create_account("Lanterns Ltd").unwrap().id;
            let service = &desk.service;
            service
                .top_up(account, Money::from_fen(50_000_000), "start", "")
                .unwrap();
            service.set_activity_limit(account, Some(u32::MAX)).unwrap();
            for _ in 0..activities {
                let activity = desk.create_activity(account);
                desk.license(account, activity, &format!("licence of {activity}"));
                licensed.push((account, activity));
            }
            let head = Digest::origin(account);
            logs.insert(account, Log { seq: 0, head });
        }
        Books {
            folder: folder.to_owned(),
            begins,
            buyer: licensed[0].0,
            licensed,
            logs,
            used: BTreeMap::new(),
            sums: Sums::default(),
        }
    }

    /// The part of the next child: it calls the licensed activities, and a new one that has free calls only.
    pub(crate) fn next_part(&mut self, round: u64) -> Part {
        self.begins = self.begins.plus_ms(ROUND_MS);
        let desk = Desk::open(&self.folder, self.begins);
        for &(account, activity) in &self.licensed {
            let view = desk.service.activity(account, activity).unwrap();
            let soon = self.begins.plus_ms(ROUND_MS * 4);
            if view.licensed_until.is_none_or(|until| until < soon) {
                desk.license(account, activity, &format!("{activity} in round {round}"));
            }
        }
        let mut activities = self.licensed.clone();
        activities.push((self.buyer, desk.create_activity(self.buyer)));
        Part {
            folder: self.folder.clone(),
            round,
            begins: self.begins,
            activities,
        }
    }

    /// Compares the books with what a child told, and asks again what it had no answer to.
    pub(crate) fn check(&mut self, round: u64, script: &Script) {
        // Later than the child came to: its tokens are still known.
        let now = self.begins.plus_ms((STEPS + 1) * STEP_MS);
        let desk = Desk::open(&self.folder, now);
        let rows = self.read_log(&desk);
        self.check_calls(&desk, script, &rows);
        self.check_orders(&desk, round, script);
        self.check_top_ups(&desk, script);
        // What was asked again is in the log too.
        self.read_log(&desk);
        self.check_grants(&desk);
        check_ledger(&desk);
        self.sums.rounds += 1;
        if (round + 1).is_multiple_of(FULL_AUDIT) {
            audit(&desk.service, &desk.store);
        }
    }

    /// Holds all of the books to their rules once more; returns what there was in all.
    pub(crate) fn end(&self) -> String {
        let now = self.begins.plus_ms(ROUND_MS);
        let desk = Desk::open(&self.folder, now);
        let logs = audit(&desk.service, &desk.store);
        let calls: usize = logs.values().map(Vec::len).sum();
        let bills: usize = self
            .logs
            .keys()
            .map(|account| desk.service.bills(*account).unwrap().len())
            .sum();
        let mut text = format!("{:?}, {calls} calls in the log, {bills} bills", self.sums);
        text.retain(|c| c != '\n');
        text
    }

    /// The rows that are new since it was last read, held to the chain, by their call's id.
    fn read_log(&mut self, desk: &Desk) -> BTreeMap<CallId, CallRow> {
        let mut rows = BTreeMap::new();
        for (&account, log) in &mut self.logs {
            let read = desk.store.read(|records| {
                let (last, head, _) = records.call_log_end(account)?;
                let (mut seq, mut digest) = (log.seq, log.head);
                let mut new = Vec::new();
                records.each_call(account, seq + 1, u64::MAX >> 1, |row| {
                    seq += 1;
                    assert_eq!(row.seq, seq, "a gap in the log of {account}");
                    digest = digest.then(&row);
                    assert_eq!(row.digest, digest, "the chain of {account} is broken");
                    new.push(row);
                    Ok::<_, StoreError>(())
                })?;
                assert_eq!((seq, digest), (last, head));
                Ok::<_, StoreError>((seq, digest, new))
            });
            let (seq, head, new) = read.unwrap();
            *log = Log { seq, head };
            for row in new {
                if let ChargedTo::Grant(grant) = row.charged_to {
                    *self.used.entry(grant).or_default() += 1;
                }
                let id = row.id;
                assert!(
                    rows.insert(id, row).is_none(),
                    "call {id} was charged twice"
                );
            }
        }
        rows
    }

    fn check_calls(&mut self, desk: &Desk, script: &Script, rows: &BTreeMap<CallId, CallRow>) {
        for id in rows.keys() {
            assert!(script.calls.contains_key(id), "call {id} was never made");
        }
        for (&id, call) in &script.calls {
            let told = rows.get(&id).map(|row| (row.seq, row.charged_to));
            let row = rows.get(&id);
            assert!(row.is_none_or(|row| row.account == call.account));
            assert!(row.is_none_or(|row| row.activity == call.activity));
            match &call.fate {
                Fate::Answered(answer) => {
                    assert_eq!(told, Some(*answer), "call {id} was answered");
                    self.sums.answered += 1;
                }
                Fate::Refused => {
                    assert_eq!(told, None, "call {id} was refused");
                    self.sums.refused += 1;
                }
                Fate::Unknown => {
                    self.sums.in_flight += 1;
                    let again = life::charge(&desk.service, (call.account, call.activity), id);
                    match told {
                        // Charged but not answered: the client gets its answer now and pays nothing.
                        Some(_) => {
                            assert_eq!(again, told, "call {id} cannot be recovered");
                            self.sums.recovered += 1;
                        }
                        None => self.sums.made_anew += u64::from(again.is_some()),
                    }
                }
            }
        }
    }

    fn check_orders(&mut self, desk: &Desk, round: u64, script: &Script) {
        let orders = self.orders(desk);
        let today = desk.service.calendar().day_of(self.begins);
        let of_round = format!("{round}-");
        for key in orders.keys().filter(|key| key.starts_with(&of_round)) {
            assert!(script.orders.contains_key(key), "{key} was never ordered");
        }
        for (key, fate) in &script.orders {
            let kept = orders.get(key);
            match fate {
                Fate::Answered(id) => assert_eq!(kept.map(|order| order.id), Some(*id), "{key}"),
                Fate::Refused => assert_eq!(kept, None, "{key}"),
                Fate::Unknown => {}
            }
            if let Some(kept) = kept {
                let before = desk.service.account(self.buyer).unwrap().balance;
                let qps = matches!(kept.purchase, Purchase::Qps { .. });
                let purchase = life::purchase(qps, self.licensed[0].1, today);
                let again = desk.service.order(self.buyer, &purchase, key, None);
                let again = again.unwrap();
                assert_eq!((&again.order, again.repeated), (kept, true), "{key}");
                assert_eq!(again.balance, before, "{key}");
                self.sums.orders += 1;
            }
        }
        self.check_deliveries(desk, &orders);
    }

    fn orders(&self, desk: &Desk) -> BTreeMap<String, Order> {
        let (from, to) = (Moment::default(), Moment::from_unix_ms(i64::MAX));
        let orders = desk.service.orders(self.buyer, from, to).unwrap();
        let count = orders.len();
        let by_key: BTreeMap<_, _> = orders.into_iter().map(|o| (o.key.clone(), o)).collect();
        assert_eq!(by_key.len(), count, "a key has two orders");
        by_key
    }

    /// What was paid was delivered, and nothing else.
    fn check_deliveries(&self, desk: &Desk, orders: &BTreeMap<String, Order>) {
        let ordered =
            |is: fn(&Purchase) -> bool| orders.values().filter(|o| is(&o.purchase)).count();
        let (grants, upgrades) = desk
            .store
            .read(|records| {
                let first = billing::Day::new(2000, 1, 1).unwrap();
                let upgrades = records.upgrades(self.licensed[0].1, first)?;
                Ok::<_, StoreError>((records.grants(self.buyer)?, upgrades))
            })
            .unwrap();
        let packs = grants.iter().filter(|grant| grant.kind == GrantKind::Pack);
        let packs = packs.count();
        assert_eq!(packs, ordered(|p| matches!(p, Purchase::Pack { .. })));
        assert_eq!(
            upgrades.len(),
            ordered(|p| matches!(p, Purchase::Qps { .. }))
        );
    }

    fn check_top_ups(&mut self, desk: &Desk, script: &Script) {
        for (key, fate) in &script.top_ups {
            let done = desk.service.top_up(self.buyer, TOP_UP, key, "").unwrap();
            assert!(done.repeated || *fate == Fate::Unknown, "{key} is lost");
            self.sums.top_ups += 1;
        }
    }

    /// No grant gave more than it has, and each what the log says.
    fn check_grants(&self, desk: &Desk) {
        for &account in self.logs.keys() {
            let grants = desk.store.read(|records| records.grants(account)).unwrap();
            for grant in grants {
                let counted = self.used.get(&grant.id).copied().unwrap_or(0);
                assert_eq!(grant.used, counted, "grant {}", grant.id);
                assert!(grant.used <= grant.total, "grant {}", grant.id);
            }
        }
    }
}

fn check_ledger(desk: &Desk) {
    let sums = desk.store.read(|records| records.ledger_audit()).unwrap();
    for (name, kept, summed) in &sums {
        assert_eq!(kept, summed, "{name}");
    }
    let sum: i64 = sums.iter().map(|(_, kept, _)| kept.fen()).sum();
    assert_eq!(sum, 0);
}
