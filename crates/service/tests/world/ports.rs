use super::clock::WorldClock;
use service::random::SeededRandom;
use service::vault::{OperatorKey, Vault};
use service::{PasswordCost, Ports, Settings};
use std::path::Path;
use std::sync::Arc;
use store::Store;
use store::objects::FileObjects;
use store::sqlite::SqliteDriver;

/// What a service on a folder stands on; the operator's key is always the same.
pub(crate) fn ports(
    folder: &Path,
    clock: &Arc<WorldClock>,
    random: &Arc<SeededRandom>,
) -> (Ports, Arc<SqliteDriver>) {
    let driver = Arc::new(SqliteDriver::open(&folder.join("mien.db")).unwrap());
    let objects = FileObjects::open(folder.join("objects")).unwrap();
    let key = OperatorKey::parse(&"5a".repeat(32)).unwrap();
    let ports = Ports {
        fetcher: None,
        signer: None,
        store: Store::new(driver.clone()),
        objects: Arc::new(objects),
        vault: Arc::new(Vault::new(key)),
        clock: clock.clone(),
        random: random.clone(),
    };
    (ports, driver)
}

/// As an operator finds them, but that passwords cost nothing to try.
pub(crate) fn quick_settings() -> Settings {
    Settings {
        password_cost: PasswordCost::FOR_TESTS,
        ..Settings::default()
    }
}
