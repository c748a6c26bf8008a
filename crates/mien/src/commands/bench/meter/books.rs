//! Books to charge against: an account whose activities may call as fast as they can.

use crate::failure::Failure;
use billing::catalogue::DEFAULT_TEXT;
use billing::{
    AccountId, ActivityId, AlgorithmVersion, Calendar, CallId, MaterialId, Money, Outcome, Purchase,
};
use service::clock::{Clock, SystemClock};
use service::random::OsRandom;
use service::vault::{OperatorKey, Vault};
use service::{NewActivity, Ports, Service, Settings};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::objects::FileObjects;
use store::sqlite::SqliteDriver;
use store::{Charge, ClientToken, Store};

/// Activities that calls are spread over.
const ACTIVITIES: usize = 8;

/// Calls in one transaction while filling a log.
const FILL_TOGETHER: u64 = 4096;

pub(super) struct Books {
    folder: PathBuf,
    pub(super) store: Store,
    pub(super) service: Service,
    pub(super) account: AccountId,
    pub(super) activities: Vec<ActivityId>,
    pub(super) calendar: Calendar,
    pub(super) clock: Arc<dyn Clock>,
}

fn internal(error: impl std::fmt::Display) -> Failure {
    Failure::Internal(format!("the benchmark: {error}"))
}

impl Books {
    /// New books in a folder: a licence for each activity, its price paid.
    pub(super) fn create(folder: &Path) -> Result<Books, Failure> {
        let (store, service, clock) = open(folder)?;
        let text = DEFAULT_TEXT
            .replace("version = \"2027-01\"", "version = \"bench\"")
            .replace("qps = 10\n", "qps = 1_000_000\n")
            .replace("calls = 10_000\n", "calls = 1_000_000_000\n")
            .replace("ceiling = 1000 ", "ceiling = 1_000_000 ");
        service.apply_catalogue(&text).map_err(internal)?;
        let account = service.create_account("bench").map_err(internal)?.id;
        let yuan = Money::from_fen(10_000_000);
        service
            .top_up(account, yuan, "bench", "")
            .map_err(internal)?;
        let mut activities = Vec::new();
        for number in 0..ACTIVITIES {
            let new = NewActivity {
                name: format!("bench {number}"),
                details: String::new(),
                algorithm: AlgorithmVersion::Natural,
                quota: Some(10),
            };
            let activity = service.create_activity(account, &new).map_err(internal)?.id;
            let licence = Purchase::Licence {
                activity,
                renew: false,
                qps: Vec::new(),
            };
            let key = format!("licence {number}");
            service
                .order(account, &licence, &key, None)
                .map_err(internal)?;
            activities.push(activity);
        }
        Ok(Books {
            folder: folder.to_owned(),
            store,
            service,
            account,
            activities,
            calendar: Calendar::default(),
            clock,
        })
    }

    /// Books that were opened again.
    pub(super) fn reopened(
        folder: &Path,
        store: Store,
        service: Service,
        clock: Arc<dyn Clock>,
        account: AccountId,
    ) -> Result<Books, Failure> {
        let activities = service.activities(account).map_err(internal)?;
        Ok(Books {
            folder: folder.to_owned(),
            store,
            service,
            account,
            activities: activities.into_iter().map(|activity| activity.id).collect(),
            calendar: Calendar::default(),
            clock,
        })
    }

    /// The charge of the `number`th call.
    pub(super) fn charge(&self, number: u64, tokens: bool) -> Charge {
        let activity = self.activities[number as usize % self.activities.len()];
        Charge {
            id: call_id(number),
            account: self.account,
            activity,
            material: Some(material(activity)),
            outcome: Outcome::Fused,
            token: tokens.then(|| client_token(number)),
        }
    }

    /// Charges calls as fast as can be, many in a transaction.
    pub(super) fn fill(&self, calls: u64, tokens: bool) -> Result<(), Failure> {
        let mut next = 0;
        while next < calls {
            let last = calls.min(next + FILL_TOGETHER);
            let charges: Vec<Charge> = (next..last).map(|n| self.charge(n, tokens)).collect();
            let now = self.clock.now();
            let charged = self
                .store
                .write(|records| records.charge(&charges, &self.calendar, now));
            charged.map_err(internal)?;
            next = last;
        }
        Ok(())
    }

    /// Bytes of the books when nothing waits in the write-ahead log.
    pub(super) fn size_after_checkpoint(&self) -> Result<u64, Failure> {
        let database = self.folder.join("mien.db");
        let mut copied = 0;
        // The last reader of a copy folds the log into it.
        let copy = tempfile::tempdir_in(&self.folder).map_err(internal)?;
        for name in ["mien.db", "mien.db-wal"] {
            copied += fs::copy(database.with_file_name(name), copy.path().join(name))
                .map_err(internal)?;
        }
        drop(open(copy.path())?);
        let size = fs::metadata(copy.path().join("mien.db"))
            .map_err(internal)?
            .len();
        Ok(size.min(copied))
    }
}

/// Opens the books in a folder, new or not.
pub(super) fn open(folder: &Path) -> Result<(Store, Service, Arc<dyn Clock>), Failure> {
    fs::create_dir_all(folder).map_err(|error| Failure::write(folder, error))?;
    let driver = SqliteDriver::open(&folder.join("mien.db")).map_err(internal)?;
    let store = Store::new(Arc::new(driver));
    let objects = FileObjects::open(folder.join("objects")).map_err(internal)?;
    let key = OperatorKey::parse(&"07".repeat(32)).map_err(internal)?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
    let ports = Ports {
        store: store.clone(),
        objects: Arc::new(objects),
        vault: Arc::new(Vault::new(key)),
        clock: Arc::clone(&clock),
        random: Arc::new(OsRandom),
        fetcher: None,
        signer: None,
    };
    let service = Service::open(ports, Settings::default()).map_err(internal)?;
    Ok((store, service, clock))
}

/// Scrambles a number so that ids and tokens lie as scattered as drawn ones.
fn scatter(number: u64) -> [u8; 16] {
    let mut bytes = [0; 16];
    let mixed = number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    bytes[..8].copy_from_slice(&(mixed ^ (mixed >> 29)).to_be_bytes());
    bytes[8..].copy_from_slice(&number.to_be_bytes());
    bytes
}

fn call_id(number: u64) -> CallId {
    CallId(scatter(number))
}

pub(super) fn material(activity: ActivityId) -> MaterialId {
    MaterialId {
        activity,
        serial: 154_001,
        number: 1,
    }
}

pub(super) fn client_token(number: u64) -> ClientToken {
    ClientToken {
        token: scatter(number),
        body: [7; 16],
    }
}
