//! A server in this process with an account, a key, an activity and a material, under a clock that stands.

use crate::ports::{Books, Hosts, NoCourier, Place};
use billing::{AccountId, ActivityId, AlgorithmVersion, MaterialId, Moment, Money, Purchase};
use service::clock::ManualClock;
use service::fetch::Fetcher;
use service::labelling::PictureSigner;
use service::random::OsRandom;
use service::vault::{OperatorKey, Vault};
use service::{KeyChange, NewActivity, Ports, Service, Settings};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::thread;
use store::objects::FileObjects;
use store::sql::{Driver, Value};
use store::sqlite::SqliteDriver;
use store::{AccountState, KeyState, Store};
use tempfile::TempDir;
use web::server::{Config, Limits, Server};

/// 2027-01-10 08:00 in Shanghai.
const START_MS: i64 = 1_799_539_200_000;

pub(crate) struct World {
    pub(crate) service: Arc<Service>,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) place: Arc<Place>,
    pub(crate) hosts: Arc<Hosts>,
    pub(crate) endpoint: SocketAddr,
    pub(crate) account: AccountId,
    pub(crate) activity: ActivityId,
    pub(crate) material: MaterialId,
    pub(crate) secret_id: String,
    pub(crate) secret_key: String,
    /// What the server said to its operator.
    pub(crate) log: Arc<Mutex<Vec<String>>>,
    pub(crate) books: Arc<Books>,
    _folder: TempDir,
}

impl World {
    pub(crate) fn new() -> World {
        World::with_limits(Limits::default())
    }

    pub(crate) fn with_limits(limits: Limits) -> World {
        World::with(limits, true, None)
    }

    /// Where no pictures are fetched.
    pub(crate) fn without_fetcher() -> World {
        World::with(Limits::default(), false, None)
    }

    /// Signs its results.
    pub(crate) fn signed(signer: Arc<dyn PictureSigner>) -> World {
        World::with(Limits::default(), true, Some(signer))
    }

    fn with(limits: Limits, fetches: bool, signer: Option<Arc<dyn PictureSigner>>) -> World {
        let hosts = Arc::<Hosts>::default();
        let fetcher = fetches.then(|| Arc::<Hosts>::clone(&hosts) as Arc<dyn Fetcher>);
        let folder = tempfile::tempdir().unwrap();
        let driver = SqliteDriver::open(&folder.path().join("mien.db")).unwrap();
        let books = Arc::new(Books::new(driver));
        let clock = Arc::new(ManualClock::at(Moment::from_unix_ms(START_MS)));
        let objects = FileObjects::open(folder.path().join("objects")).unwrap();
        let place = Arc::new(Place::new(objects));
        let ports = Ports {
            store: Store::new(Arc::<Books>::clone(&books)),
            objects: Arc::<Place>::clone(&place),
            vault: Arc::new(Vault::new(OperatorKey::parse(&"5a".repeat(32)).unwrap())),
            clock: Arc::<ManualClock>::clone(&clock),
            random: Arc::new(OsRandom),
            fetcher: fetcher.clone(),
            signer,
        };
        let service = Arc::new(Service::open(ports, Settings::default()).unwrap());
        let (account, secret_id, secret_key) = new_account(&service);
        let activity = new_activity(&service, account);
        let added = service.add_material(account, activity, "poster", &portrait("T1"));
        let material = added.unwrap().id;
        let log = errors();
        let config = Config {
            public_url: None,
            fetcher,
            courier: Arc::new(NoCourier),
            demo_logins: Vec::new(),
            limits,
            metrics_listen: None,
            metrics_token: None,
            otlp: None,
            log_clients: false,
        };
        let listen = SocketAddr::from(([127, 0, 0, 1], 0));
        let server = Server::bind(Arc::clone(&service), listen, config).unwrap();
        let endpoint = server.address();
        // Ends with the process.
        thread::spawn(move || server.run());
        World {
            service,
            clock,
            place,
            hosts,
            endpoint,
            account,
            activity,
            material,
            secret_id,
            secret_key,
            log,
            books,
            _folder: folder,
        }
    }

    /// Lets so much time pass.
    pub(crate) fn pass(&self, ms: i64) {
        self.clock.set(self.service.now().plus_ms(ms));
    }

    /// A licence for the activity, paid.
    pub(crate) fn license(&self) {
        let money: Money = "100000".parse().unwrap();
        self.service
            .top_up(self.account, money, "start", "")
            .unwrap();
        let licence = Purchase::Licence {
            activity: self.activity,
            renew: false,
            qps: Vec::new(),
        };
        let order = self.service.order(self.account, &licence, "licence", None);
        order.unwrap();
    }

    /// Has the key name the activity that pays.
    pub(crate) fn let_key_pay(&self) {
        let change = KeyChange {
            pays: Some(Some(self.activity)),
            ..KeyChange::default()
        };
        let changed = self
            .service
            .change_key(self.account, &self.secret_id, &change);
        changed.unwrap();
    }

    pub(crate) fn set_key_state(&self, state: KeyState) {
        let set = self
            .service
            .set_key_state(self.account, &self.secret_id, state);
        set.unwrap();
    }

    pub(crate) fn set_account_state(&self, state: AccountState) {
        self.service.set_account_state(self.account, state).unwrap();
    }

    /// Changes the books behind everybody's back.
    pub(crate) fn sql(&self, statement: &'static str, values: &[Value<'_>]) {
        let write = self
            .books
            .write(&mut |session| session.execute(statement, values).map(drop));
        write.unwrap();
    }

    /// A postpaid month that is over and was not paid.
    pub(crate) fn fall_into_arrears(&self) {
        let account = Value::Integer(self.account.number() as i64);
        self.sql(
            "INSERT INTO postpaid_month (account, month, calls) VALUES ($1, '2027-01', 1000)",
            &[account],
        );
        // The first of February.
        self.pass(30 * 24 * 3_600_000);
        self.service.catch_up().unwrap();
    }

    /// Free calls that were used, and how often something paid.
    pub(crate) fn paid(&self) -> (u64, usize) {
        let view = self.service.activity(self.account, self.activity).unwrap();
        let store = Store::new(Arc::<Books>::clone(&self.books));
        let mut paid = 0;
        store
            .read(|records| {
                records.each_call(self.account, 1, u64::from(u32::MAX), |call| {
                    paid += usize::from(call.charged_to != billing::ChargedTo::Nobody);
                    Ok::<_, store::StoreError>(())
                })
            })
            .unwrap();
        (500 - view.free_left, paid)
    }
}

/// A new account with a key: id, secret id, secret key.
pub(crate) fn new_account(service: &Service) -> (AccountId, String, String) {
    let account = service.create_account("Spring campaign").unwrap().id;
    let key = service.create_key(account, "test").unwrap();
    (
        account,
        key.secret_id.as_str().to_owned(),
        key.secret_key.expose().to_owned(),
    )
}

pub(crate) fn new_activity(service: &Service, account: AccountId) -> ActivityId {
    let activity = NewActivity {
        name: "Spring".to_owned(),
        details: String::new(),
        algorithm: AlgorithmVersion::Natural,
        quota: None,
    };
    service.create_activity(account, &activity).unwrap().id
}

/// A portrait's file.
pub(crate) fn portrait(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/portraits");
    std::fs::read(format!("{folder}/{name}.jpg")).unwrap()
}

/// What is logged as an error from now on. A process has one log, and each test a process.
fn errors() -> Arc<Mutex<Vec<String>>> {
    let log = Arc::<Mutex<Vec<String>>>::default();
    let lines = Lines(Arc::clone(&log));
    let _ = tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::ERROR)
        .with_writer(move || lines.clone())
        .try_init();
    log
}

/// Keeps what is written, a line at a time.
#[derive(Clone)]
struct Lines(Arc<Mutex<Vec<String>>>);

impl std::io::Write for Lines {
    fn write(&mut self, line: &[u8]) -> std::io::Result<usize> {
        let line_text = String::from_utf8_lossy(line).into_owned();
        self.0.lock().unwrap().push(line_text);
        Ok(line.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
