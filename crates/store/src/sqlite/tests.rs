use super::SqliteDriver;
use crate::{Store, conformance};
use std::sync::Arc;

#[test]
fn sqlite_conforms() {
    let folder = tempfile::tempdir().unwrap();
    let mut count = 0;
    conformance::conform(|| {
        count += 1;
        let driver = SqliteDriver::open(&folder.path().join(format!("{count}.db"))).unwrap();
        Store::new(Arc::new(driver))
    });
}
