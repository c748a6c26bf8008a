//! Where the tests take place: a service on a folder of its own, and short words for what happens there.

use crate::world::audit::audit;
use crate::world::clock::WorldClock;
use crate::world::ports::{ports, quick_settings};
use billing::{
    AccountId, ActivityId, AlgorithmVersion, CallId, Moment, Money, Outcome, Purchase, Refusal,
};
use service::random::{Random, SeededRandom};
use service::{ChargeError, Ended, NewActivity, PaidOrder, Service, ServiceError, Settings};
use std::sync::Arc;
use store::objects::Objects;
use store::sql::{Driver, Value};
use store::sqlite::SqliteDriver;
use store::{Charged, ClientToken, Store};
use tempfile::TempDir;

/// A service on a folder of its own. It begins at eight in the morning of 2027-01-10.
pub(crate) struct Scene {
    pub(crate) folder: TempDir,
    pub(crate) clock: Arc<WorldClock>,
    pub(crate) service: Service,
    pub(crate) random: Arc<SeededRandom>,
    pub(crate) objects: Arc<dyn Objects>,
    driver: Arc<SqliteDriver>,
}

/// A time of Shanghai, such as `2027-01-10 08:00:00` or, for midnight, `2027-01-10`.
pub(crate) fn moment(text: &str) -> Moment {
    let (day, time) = text.split_once(' ').unwrap_or((text, "00:00:00"));
    format!("{day}T{time}+08:00").parse().unwrap()
}

pub(crate) fn yuan(text: &str) -> Money {
    text.parse().unwrap()
}

impl Scene {
    pub(crate) fn new() -> Scene {
        Scene::at("2027-01-10 08:00:00")
    }

    pub(crate) fn at(time: &str) -> Scene {
        let folder = tempfile::tempdir().unwrap();
        Scene::open(folder, moment(time), quick_settings())
    }

    pub(crate) fn open(folder: TempDir, now: Moment, settings: Settings) -> Scene {
        let clock = Arc::new(WorldClock::at(now));
        let random = Arc::new(SeededRandom::new(now.unix_ms().unsigned_abs()));
        let (ports, driver) = ports(folder.path(), &clock, &random);
        let objects = ports.objects.clone();
        let service = Service::open(ports, settings).unwrap();
        Scene {
            folder,
            clock,
            service,
            random,
            objects,
            driver,
        }
    }

    /// Ends the service and begins another on the same folder.
    pub(crate) fn reopened(self) -> Scene {
        let Scene {
            folder,
            service,
            driver,
            ..
        } = self;
        let now = service.now();
        drop((service, driver));
        // Other randomness, for the process would not draw the same again either.
        Scene::open(folder, now.plus_ms(1), quick_settings())
    }

    pub(crate) fn set(&self, time: &str) {
        self.clock.set(moment(time));
    }

    /// An account that lacks no money.
    pub(crate) fn account(&self) -> AccountId {
        let account = self.poor_account();
        let credited = self
            .service
            .top_up(account, yuan("1000000"), "start", "to begin with");
        credited.unwrap();
        account
    }

    /// An account without money.
    pub(crate) fn poor_account(&self) -> AccountId {
        self.service.create_account("Lanterns Ltd").unwrap().id
    }

    /// An activity of the smallest quota.
    pub(crate) fn activity(&self, account: AccountId) -> ActivityId {
        self.activity_of(account, 10)
    }

    pub(crate) fn activity_of(&self, account: AccountId, quota: u64) -> ActivityId {
        let new = new_activity("Lantern feast", quota);
        self.service.create_activity(account, &new).unwrap().id
    }

    pub(crate) fn buy(
        &self,
        account: AccountId,
        purchase: &Purchase,
        key: &str,
    ) -> Result<PaidOrder, Refusal> {
        refused(self.service.order(account, purchase, key, None))
    }

    /// Buys a licence without anything else.
    pub(crate) fn license(&self, account: AccountId, activity: ActivityId) {
        let key = format!("licence of {activity} at {}", self.service.now());
        self.buy(account, &licence(activity), &key).unwrap();
    }

    /// A call that ends in a picture, without one being made.
    pub(crate) fn call(
        &self,
        account: AccountId,
        activity: ActivityId,
    ) -> Result<Charged, Refusal> {
        self.call_with(account, activity, None, Outcome::Fused)
    }

    pub(crate) fn call_with(
        &self,
        account: AccountId,
        activity: ActivityId,
        token: Option<ClientToken>,
        outcome: Outcome,
    ) -> Result<Charged, Refusal> {
        let admission = refused(self.service.meter().admit(account, activity, token))?;
        match self.service.meter().charge(admission, self.ended(outcome)) {
            Ok(charged) => Ok(charged),
            Err(ChargeError::Refused(refusal)) => Err(refusal),
            Err(error) => panic!("{error}"),
        }
    }

    pub(crate) fn calls(&self, account: AccountId, activity: ActivityId, calls: u64) {
        for _ in 0..calls {
            self.call(account, activity).unwrap();
        }
    }

    pub(crate) fn ended(&self, outcome: Outcome) -> Ended {
        let mut id = [0; 16];
        self.random.fill(&mut id).unwrap();
        Ended {
            id: CallId(id),
            material: None,
            outcome,
        }
    }

    /// Makes the books say that all calls of an account's grants are used but `left` of each. The log
    /// knows nothing of it.
    pub(crate) fn use_up_grants(&self, account: AccountId, left: i64) {
        self.sql(
            "UPDATE call_grant SET used = total - $1 WHERE account = $2",
            &[
                Value::Integer(left),
                Value::Integer(account.number() as i64),
            ],
        );
    }

    /// Makes the books say that so many postpaid calls were made in a month. The log knows nothing of it.
    pub(crate) fn count_postpaid(&self, account: AccountId, month: &str, calls: u64) {
        self.sql(
            "INSERT INTO postpaid_month (account, month, calls) VALUES ($1, $2, $3)",
            &[
                Value::Integer(account.number() as i64),
                Value::Text(month),
                Value::Integer(calls as i64),
            ],
        );
    }

    pub(crate) fn sql(&self, statement: &'static str, values: &[Value<'_>]) {
        let write = self
            .driver
            .write(&mut |session| session.execute(statement, values).map(|_| ()));
        write.unwrap();
    }

    pub(crate) fn store(&self) -> Store {
        Store::new(self.driver.clone())
    }

    /// Holds the books to what must always be true of them.
    pub(crate) fn audit(&self) {
        audit(&self.service, &self.store());
    }
}

pub(crate) fn new_activity(name: &str, quota: u64) -> NewActivity {
    NewActivity {
        name: name.to_owned(),
        details: String::new(),
        algorithm: AlgorithmVersion::Natural,
        quota: Some(quota),
    }
}

pub(crate) fn licence(activity: ActivityId) -> Purchase {
    Purchase::Licence {
        activity,
        renew: false,
        qps: Vec::new(),
    }
}

pub(crate) fn renewal(activity: ActivityId) -> Purchase {
    Purchase::Licence {
        activity,
        renew: true,
        qps: Vec::new(),
    }
}

pub(crate) fn pack(id: &str) -> Purchase {
    Purchase::Pack {
        pack: id.to_owned(),
    }
}

/// A portrait's file.
pub(crate) fn portrait(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/portraits");
    std::fs::read(format!("{folder}/{name}.jpg")).unwrap()
}

/// A token by a number, and a body by another.
pub(crate) fn token(token: u8, body: u8) -> ClientToken {
    ClientToken {
        token: [token; 16],
        body: [body; 16],
    }
}

/// The result, or the rule that was against it; anything else ends the test.
pub(crate) fn refused<T>(result: Result<T, ServiceError>) -> Result<T, Refusal> {
    match result {
        Ok(done) => Ok(done),
        Err(ServiceError::Refused(refusal)) => Err(refusal),
        Err(error) => panic!("{error}"),
    }
}

/// Whether the result says that there is no such thing.
pub(crate) fn is_not_found<T>(result: &Result<T, ServiceError>) -> bool {
    matches!(result, Err(ServiceError::NotFound { .. }))
}
