//! Long random histories, told to the service and to a simple model of the rules; both must agree on every
//! step and on all that is left in the end.

mod model;
mod step;

use crate::scene::{Scene, new_activity, yuan};
use billing::{AccountId, ActivityId, Moment};
use model::{Model, Payer};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::thread;
use step::{Step, steps};

/// Free calls, calls of a licence and calls of the two packs in the catalogue of these tests: few.
pub(crate) const FREE: u64 = 5;
pub(crate) const LICENCE: u64 = 7;
pub(crate) const PACKS: [(&str, u64, i64); 2] = [("pack-100k", 4, 45), ("pack-1m", 9, 20)];

fn catalogue() -> String {
    billing::catalogue::DEFAULT_TEXT
        .replace("version = \"2027-01\"", "version = \"small\"")
        .replace("calls = 500 ", "calls = 5 ")
        .replace("calls = 10_000\n", "calls = 7\n")
        // A licence of fifty days and packs of fewer, so that they end within a history.
        .replacen("valid_days = 365", "valid_days = 50", 1)
        .replace(
            "calls = 100_000\nvalid_days = 365",
            "calls = 4\nvalid_days = 45",
        )
        .replace(
            "calls = 1_000_000\nvalid_days = 365",
            "calls = 9\nvalid_days = 20",
        )
        .replace("\"1700.00\"", "\"2.00\"")
        .replace("\"16000.00\"", "\"3.00\"")
        .replacen("\"5000.00\"", "\"50.00\"", 1)
        // Tiers that a month reaches.
        .replace("up_to = 1_000_000", "up_to = 6")
        .replace("over = 1_000_000", "over = 6")
        .replace("up_to = 5_000_000", "up_to = 12")
        .replace("over = 5_000_000", "over = 12")
        .replace("\"0.02\"", "\"2.5\"")
        .replace("\"0.012\"", "\"1.2345\"")
        .replace("\"0.005\"", "\"0.333333\"")
}

/// The scene with its two accounts of two activities each, and the model of it.
struct History {
    scene: Scene,
    model: Model,
    accounts: [AccountId; 2],
    activities: [ActivityId; 4],
    key: u64,
}

impl History {
    fn begin() -> History {
        let scene = Scene::new();
        scene.service.apply_catalogue(&catalogue()).unwrap();
        let accounts = [(); 2].map(|()| scene.poor_account());
        let owner = |index: usize| accounts[index / 2];
        let activities = [0, 1, 2, 3].map(|index| {
            let new = new_activity("Lantern feast", 10);
            let created = scene.service.create_activity(owner(index), &new);
            created.unwrap().id
        });
        let model = Model::new(scene.service.now());
        History {
            scene,
            model,
            accounts,
            activities,
            key: 0,
        }
    }

    fn now(&self) -> Moment {
        self.scene.service.now()
    }

    fn key(&mut self) -> String {
        self.key += 1;
        self.key.to_string()
    }

    fn go(&mut self, step: &Step) {
        let now = self.now();
        match *step {
            Step::Call { activity, token } => self.call(activity, token),
            Step::Together { activity, calls } => self.call_together(activity, calls),
            Step::Licence { activity } => {
                let purchase = crate::scene::renewal(self.activities[activity]);
                let key = self.key();
                let paid = self.scene.buy(self.accounts[activity / 2], &purchase, &key);
                assert_eq!(
                    paid.is_ok(),
                    self.model.buy_licence(activity, now),
                    "{paid:?}"
                );
            }
            Step::Pack { account, pack } => {
                let purchase = crate::scene::pack(PACKS[pack].0);
                let key = self.key();
                let paid = self.scene.buy(self.accounts[account], &purchase, &key);
                assert_eq!(
                    paid.is_ok(),
                    self.model.buy_pack(account, pack, now),
                    "{paid:?}"
                );
            }
            Step::TopUp { account, fen } => {
                let (id, key) = (self.accounts[account], self.key());
                let amount = billing::Money::from_fen(fen);
                self.scene.service.top_up(id, amount, &key, "").unwrap();
                self.model.top_up(account, fen);
            }
            Step::Pass { ms } => self.scene.clock.set(now.plus_ms(ms)),
            Step::Close => {
                self.scene.service.close_due_months().unwrap();
                self.model.close_months(now);
            }
            Step::MonthEnd {
                activity,
                late_ms,
                back_ms,
            } => {
                let calendar = self.scene.service.calendar();
                let ends = calendar.end_of_month(calendar.month_of(now));
                self.scene.clock.set(ends.plus_ms(late_ms));
                self.go(&Step::Close);
                self.scene.clock.set(ends.plus_ms(late_ms - back_ms));
                self.call(activity, None);
            }
            Step::Reopen => self.reopen(),
        }
        self.compare_money();
    }

    fn call(&mut self, activity: usize, token: Option<u8>) {
        let account = self.accounts[activity / 2];
        let client_token = token.map(|number| {
            // The body tells activities apart, as that of a real call does.
            crate::scene::token(number, activity as u8)
        });
        let charged = self.scene.call_with(
            account,
            self.activities[activity],
            client_token,
            billing::Outcome::Fused,
        );
        let now = self.now();
        let expected = self.model.call(activity, token, now);
        let told = charged.as_ref().ok().map(|charged| charged.seq);
        assert_eq!(told, expected, "{charged:?} of activity {activity}");
    }

    /// Calls from several threads at once; who of them is refused is left to chance, how many is not.
    fn call_together(&mut self, activity: usize, calls: usize) {
        let seqs = Mutex::new(Vec::new());
        thread::scope(|scope| {
            for _ in 0..calls {
                scope.spawn(|| {
                    let account = self.accounts[activity / 2];
                    if let Ok(charged) = self.scene.call(account, self.activities[activity]) {
                        seqs.lock().unwrap().push(charged.seq);
                    }
                });
            }
        });
        let mut told = seqs.into_inner().unwrap();
        told.sort_unstable();
        let now = self.now();
        let expected: Vec<u64> = (0..calls)
            .filter_map(|_| self.model.call(activity, None, now))
            .collect();
        assert_eq!(told, expected, "activity {activity}");
    }

    fn reopen(&mut self) {
        let next = History {
            scene: Scene::new(),
            model: Model::new(self.now()),
            accounts: self.accounts,
            activities: self.activities,
            key: self.key,
        };
        let before = std::mem::replace(self, next);
        self.model = before.model;
        self.scene = before.scene.reopened();
        // Opening catches up.
        let now = self.now();
        self.model.close_months(now);
    }

    fn compare_money(&self) {
        for (account, id) in self.accounts.iter().enumerate() {
            let view = self.scene.service.account(*id).unwrap();
            let told = (view.balance.fen(), view.owed.fen());
            assert_eq!(told, self.model.money(account), "account {account}");
        }
    }

    /// Compares all that is left: the payer of each call, the grants, the bills.
    fn end(&self) {
        let logs = crate::world::audit::audit(&self.scene.service, &self.scene.store());
        for (account, id) in self.accounts.iter().enumerate() {
            let grants = self.scene.service.grants(*id).unwrap();
            let used: Vec<(u64, u64)> = grants.iter().map(|g| (g.total, g.used)).collect();
            assert_eq!(used, self.model.grants(account), "account {account}");
            let numbers: BTreeMap<_, usize> =
                grants.iter().enumerate().map(|(n, g)| (g.id, n)).collect();
            let payers: Vec<Payer> = logs[id]
                .iter()
                .map(|row| match row.charged_to {
                    billing::ChargedTo::Grant(grant) => Payer::Grant(numbers[&grant]),
                    billing::ChargedTo::Postpaid => Payer::Postpaid,
                    billing::ChargedTo::Nobody => panic!("all calls gave pictures"),
                })
                .collect();
            assert_eq!(payers, self.model.payers(account), "account {account}");
            let bills = self.scene.service.bills(*id).unwrap();
            let bills: Vec<_> = bills
                .iter()
                .map(|b| {
                    (
                        b.month.to_string(),
                        b.calls,
                        b.amount.fen(),
                        b.paid.is_some(),
                    )
                })
                .collect();
            assert_eq!(bills, self.model.bills(account), "account {account}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 24,
        failure_persistence: None,
        max_shrink_iters: 200,
        ..ProptestConfig::default()
    })]

    #[test]
    fn the_service_does_what_the_rules_say(steps in steps(60..160)) {
        let mut history = History::begin();
        for step in &steps {
            history.go(step);
        }
        history.end();
    }
}

/// The catalogue of these tests is what the constants say.
#[test]
fn the_small_catalogue_is_small() {
    let catalogue = billing::Catalogue::read(&catalogue()).unwrap();
    let package = catalogue.package_for(10).unwrap();
    assert_eq!(catalogue.free.calls, FREE);
    assert_eq!((package.calls, package.valid_days), (LICENCE, 50));
    assert_eq!(package.price, yuan("50"));
    for (id, calls, days) in PACKS {
        let pack = catalogue.pack(id).unwrap();
        assert_eq!((pack.calls, i64::from(pack.valid_days)), (calls, days));
    }
    let prices: Vec<_> = catalogue
        .postpaid
        .iter()
        .map(|tier| tier.unit_price.micro_yuan())
        .collect();
    assert_eq!(prices, model::TIERS.map(|(_, price)| price));
}
