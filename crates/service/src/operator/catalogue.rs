use crate::{Service, ServiceError};
use billing::Catalogue;
use billing::catalogue::{CatalogueError, Difference, differences, path_of_line};
use store::CatalogueEdition;

/// Whether a text can be the next edition of the catalogue, and what it would change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogueCheck {
    /// What is wrong with it; empty where it is valid.
    pub faults: Vec<CatalogueFault>,
    /// In what it differs from the edition in force; empty where it is not valid.
    pub differences: Vec<Difference>,
}

/// Something wrong with a catalogue's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogueFault {
    /// What it is about, such as `licence.0.price`; may be empty.
    pub path: String,
    /// The line, from 1; `None` where a whole part is missing.
    pub line: Option<usize>,
    /// What is wrong and what would be right.
    pub problem: String,
    /// The same in Chinese.
    pub problem_zh: String,
}

impl Service {
    /// Checks a text before it is put into force.
    pub fn check_catalogue(&self, text: &str) -> Result<CatalogueCheck, ServiceError> {
        let catalogue = match Catalogue::read(text) {
            Ok(catalogue) => catalogue,
            Err(error) => {
                return Ok(CatalogueCheck {
                    faults: catalogue_faults(text, &error),
                    differences: Vec::new(),
                });
            }
        };
        let editions = self.catalogue_editions()?;
        let taken = editions.iter().any(|edition| {
            let is_newest = editions.last() == Some(edition);
            edition.version == catalogue.version && !(is_newest && edition.text == text)
        });
        let faults = taken.then(|| CatalogueFault {
            path: "version".to_owned(),
            line: line_of_version(text),
            problem: ServiceError::CatalogueVersionTaken(catalogue.version.clone()).to_string(),
            problem_zh: catalogue_version_taken_zh(&catalogue.version),
        });
        Ok(CatalogueCheck {
            faults: faults.into_iter().collect(),
            differences: differences(&self.catalogue(), &catalogue),
        })
    }

    /// An edition, and in what it differs from the one before it; the first one differs in nothing.
    pub fn catalogue_edition(
        &self,
        number: u64,
    ) -> Result<(CatalogueEdition, Vec<Difference>), ServiceError> {
        let mut editions = self.catalogue_editions()?;
        let place = editions
            .iter()
            .position(|edition| edition.edition == number)
            .ok_or_else(|| ServiceError::not_found("catalogue edition", number))?;
        let differences = match place.checked_sub(1) {
            None => Vec::new(),
            Some(before) => differences(
                &Catalogue::read(&editions[before].text)?,
                &Catalogue::read(&editions[place].text)?,
            ),
        };
        Ok((editions.swap_remove(place), differences))
    }
}

/// What [`ServiceError::CatalogueVersionTaken`] says, in Chinese.
pub fn catalogue_version_taken_zh(version: &str) -> String {
    format!("价目表版本 {version} 已存在且内容不同，请使用新的版本号")
}

fn catalogue_faults(text: &str, error: &CatalogueError) -> Vec<CatalogueFault> {
    let faults = error.faults.iter();
    faults
        .map(|fault| CatalogueFault {
            path: path_of_line(text, fault.line),
            line: (fault.line > 0).then_some(fault.line),
            problem: fault.problem.clone(),
            problem_zh: fault.problem_zh.clone(),
        })
        .collect()
}

fn line_of_version(text: &str) -> Option<usize> {
    let mut lines = text.lines();
    let is_version = |line: &str| {
        let name = line.split('=').next().unwrap_or_default();
        name.trim() == "version"
    };
    lines.position(is_version).map(|index| index + 1)
}
