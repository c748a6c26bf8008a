//! Editions of the catalogue.

use crate::error::ServiceError;
use crate::service::Service;
use billing::{Catalogue, Moment};
use std::sync::{Arc, PoisonError};
use store::{CatalogueEdition, Records};

impl Service {
    /// Puts a new edition of the catalogue into force from now on. The same text again changes
    /// nothing; orders and licences keep what they were bought at.
    pub fn apply_catalogue(&self, text: &str) -> Result<Arc<Catalogue>, ServiceError> {
        let catalogue = Catalogue::read(text)?;
        let now = self.now();
        self.ports.store.write(|records| {
            let editions = records.catalogues()?;
            let known = editions
                .iter()
                .find(|edition| edition.version == catalogue.version);
            match known {
                None => Ok(records.add_catalogue(&catalogue.version, text, now)?),
                // The newest again is no change; an older one would have to be in force twice.
                Some(edition) if edition.text == text && editions.last() == Some(edition) => Ok(()),
                Some(edition) => {
                    let version = edition.version.clone();
                    Err(ServiceError::CatalogueVersionTaken(version))
                }
            }
        })?;
        // Of two that apply editions at once the books know which came last.
        let mut current = self
            .catalogue
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        let editions = self.ports.store.read(|records| records.catalogues())?;
        if let Some(newest) = editions.last() {
            *current = Arc::new(Catalogue::read(&newest.text)?);
        }
        Ok(Arc::clone(&current))
    }

    /// The edition that prices what ends at a moment: the newest in force before it.
    pub(crate) fn catalogue_at(
        &self,
        records: &mut Records<'_>,
        end: Moment,
    ) -> Result<Catalogue, ServiceError> {
        match records.catalogue_before(end)? {
            Some(edition) => Ok(Catalogue::read(&edition.text)?),
            None => Ok((*self.catalogue()).clone()),
        }
    }

    /// All editions, the oldest first.
    pub fn catalogue_editions(&self) -> Result<Vec<CatalogueEdition>, ServiceError> {
        Ok(self.ports.store.read(|records| records.catalogues())?)
    }
}
