use super::{Records, integer, read, time};
use crate::StoreError;
use crate::sql::{Row, Value};
use billing::Moment;

/// An edition of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogueEdition {
    /// Counts editions from 1.
    pub edition: u64,
    /// The version it names itself by.
    pub version: String,
    /// The file.
    pub text: String,
    /// From when it is in force.
    pub since: Moment,
}

fn edition(row: &dyn Row) -> Result<CatalogueEdition, StoreError> {
    Ok(CatalogueEdition {
        edition: read::count(row, 0)?,
        version: read::text(row, 1)?,
        text: read::text(row, 2)?,
        since: read::moment(row, 3)?,
    })
}

impl Records<'_> {
    /// Puts a new edition of the catalogue into force.
    pub fn add_catalogue(
        &mut self,
        version: &str,
        text: &str,
        since: Moment,
    ) -> Result<(), StoreError> {
        let edition = self.next("catalogue", 1)?;
        self.execute(
            "INSERT INTO catalogue (edition, version, body, since) VALUES ($1, $2, $3, $4)",
            &[
                integer(edition),
                Value::Text(version),
                Value::Text(text),
                time(since),
            ],
        )?;
        Ok(())
    }

    /// The newest edition in force before a moment; the first one where none was.
    pub fn catalogue_before(&mut self, at: Moment) -> Result<Option<CatalogueEdition>, StoreError> {
        self.row(
            "SELECT edition, version, body, since FROM catalogue WHERE since < $1 OR edition = 1
             ORDER BY edition DESC LIMIT 1",
            &[time(at)],
            edition,
        )
    }

    /// All editions, the oldest first.
    pub fn catalogues(&mut self) -> Result<Vec<CatalogueEdition>, StoreError> {
        self.rows(
            "SELECT edition, version, body, since FROM catalogue ORDER BY edition",
            &[],
            edition,
        )
    }
}
