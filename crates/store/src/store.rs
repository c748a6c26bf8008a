use crate::sql::Driver;
use crate::{Records, StoreError};
use std::fmt;
use std::sync::Arc;

/// The books: runs work in transactions of a database.
#[derive(Clone)]
pub struct Store {
    driver: Arc<dyn Driver>,
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Store")
    }
}

impl Store {
    /// On a database whose schema is up to date.
    pub fn new(driver: Arc<dyn Driver>) -> Store {
        Store { driver }
    }

    /// Runs `work` in a transaction that excludes other writers. Where it fails nothing is changed;
    /// where it succeeds its changes are durable when this returns. It may be run more than once.
    pub fn write<T, E: From<StoreError>>(
        &self,
        mut work: impl FnMut(&mut Records<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        transact(&mut work, |session| self.driver.write(session))
    }

    /// Runs `work`, which only reads, on the state of one moment.
    pub fn read<T, E: From<StoreError>>(
        &self,
        mut work: impl FnMut(&mut Records<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        transact(&mut work, |session| self.driver.read(session))
    }

    /// Bytes the database takes on the disk.
    pub fn size_bytes(&self) -> Result<u64, StoreError> {
        self.driver.size_bytes()
    }
}

/// Carries the work's own result around the driver, which knows only [`StoreError`].
fn transact<T, E: From<StoreError>>(
    work: &mut dyn FnMut(&mut Records<'_>) -> Result<T, E>,
    run: impl FnOnce(&mut crate::sql::Work<'_>) -> Result<(), StoreError>,
) -> Result<T, E> {
    let mut result: Option<Result<T, E>> = None;
    let outcome = run(&mut |session| {
        let ended = work(&mut Records::new(session));
        let failed = ended.is_err();
        result = Some(ended);
        if failed {
            // Any error makes the driver undo; the work's own comes back below.
            return Err(StoreError::Sql("undone".to_owned()));
        }
        Ok(())
    });
    match (outcome, result) {
        (_, Some(Err(error))) => Err(error),
        (Ok(()), Some(Ok(value))) => Ok(value),
        (Err(error), _) => Err(E::from(error)),
        (Ok(()), None) => Err(E::from(StoreError::Sql("the work was not run".to_owned()))),
    }
}
