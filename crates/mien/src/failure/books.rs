//! Failures of commands on the books: refusals with their numbers, calls that went wrong.

use super::Failure;
use crate::words::paid_by;
use billing::catalogue::{CatalogueError, Fault};
use billing::plan::PlanRefusal;
use billing::{Calendar, Moment, Outcome, Refusal};
use serde::Serialize;
use serde_json::{Map, Value, json};
use service::{CallFailure, ChargeError, PictureRole, ServiceError};
use std::fmt;
use std::path::Path;
use store::StoreError;
use store::objects::ObjectError;

/// Something that the rules do not allow.
#[derive(Debug)]
pub(crate) struct Refused {
    text: String,
    /// `code` and what it says beyond.
    numbers: Map<String, Value>,
    /// Times in the text, which are written there in UTC.
    moments: Vec<Moment>,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Refused {
    fn new(refusal: &(impl Serialize + fmt::Display), moments: Vec<Moment>) -> Refused {
        let numbers = match serde_json::to_value(refusal) {
            Ok(Value::Object(numbers)) => numbers,
            _ => Map::new(),
        };
        Refused {
            text: refusal.to_string(),
            numbers,
            moments,
        }
    }

    pub(super) fn in_zone(mut self, calendar: &Calendar) -> Refused {
        for moment in &self.moments {
            let local = crate::words::end(*moment, calendar);
            self.text = self.text.replace(&moment.to_string(), &local);
        }
        self
    }

    pub(super) fn numbers(&self) -> &Map<String, Value> {
        &self.numbers
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Failure {
        let moments = match refusal {
            Refusal::LockedByLicence { until, .. } | Refusal::AlreadyLicensed { until } => {
                vec![until]
            }
            Refusal::MaterialsFrozen { since } => vec![since],
            _ => Vec::new(),
        };
        Failure::Refused(Box::new(Refused::new(&refusal, moments)))
    }
}

impl From<PlanRefusal> for Failure {
    fn from(refusal: PlanRefusal) -> Failure {
        Failure::Refused(Box::new(Refused::new(&refusal, Vec::new())))
    }
}

impl From<ServiceError> for Failure {
    fn from(error: ServiceError) -> Failure {
        match error {
            ServiceError::Refused(refusal) => Failure::from(refusal),
            ServiceError::People(fault) => {
                Failure::Refused(Box::new(Refused::new(&fault, Vec::new())))
            }
            ServiceError::Campaign(fault) => {
                Failure::Refused(Box::new(Refused::new(&fault, Vec::new())))
            }
            other => Failure::Service(other),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Failure {
        Failure::from(ServiceError::from(error))
    }
}

impl From<CallFailure> for Failure {
    fn from(failure: CallFailure) -> Failure {
        match failure {
            CallFailure::NotAdmitted(error) => Failure::from(error),
            CallFailure::NotKept(error) => Failure::from(error),
            CallFailure::NotCharged(ChargeError::Store(error)) => {
                Failure::Service(ServiceError::Store(error))
            }
            other => Failure::Metered(Box::new(MeteredFailure(other))),
        }
    }
}

/// Name and exit code of what no rule is the reason of.
pub(super) fn kind_of(error: &ServiceError) -> (&'static str, u8) {
    const DATA: (&str, u8) = ("data_unavailable", 9);
    const INTERNAL: (&str, u8) = ("internal", 6);
    match error {
        ServiceError::Refused(_) | ServiceError::People(_) | ServiceError::Campaign(_) => {
            ("refused", 7)
        }
        ServiceError::NotFound { .. } => ("not_found", 8),
        ServiceError::BadName { .. } => ("bad_name", 7),
        ServiceError::CatalogueVersionTaken(_) | ServiceError::Catalogue(_) => ("bad_catalogue", 7),
        ServiceError::FutureMonth(_) => ("future_month", 7),
        ServiceError::Calendar(_) => ("usage", 2),
        ServiceError::WebhookUrl(_) => ("bad_url", 7),
        ServiceError::Store(error) => match error.as_ref() {
            StoreError::InUse { .. } => ("in_use", 9),
            StoreError::Missing(_) => ("no_books", 9),
            StoreError::Constraint(_) | StoreError::Unreadable(_) | StoreError::Sql(_) => INTERNAL,
            _ => DATA,
        },
        ServiceError::Object(ObjectError::TooLarge { .. }) => ("bad_picture", 3),
        ServiceError::Object(_) => DATA,
        ServiceError::Vault(_) => ("operator_key", 9),
        _ => INTERNAL,
    }
}

/// A call, or a trial, that gave no picture.
#[derive(Debug)]
pub(crate) struct MeteredFailure(CallFailure);

impl fmt::Display for MeteredFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)?;
        if let CallFailure::Picture { call, charged, .. } = &self.0 {
            write!(f, "; call {call} counts, paid by {}", paid_by(charged))?;
        }
        Ok(())
    }
}

impl MeteredFailure {
    pub(super) fn kind(&self) -> (&'static str, u8) {
        match &self.0 {
            CallFailure::BadParameter(_) => ("bad_parameter", 2),
            CallFailure::MaterialNotPassed { .. } => ("material_not_passed", 7),
            CallFailure::Picture { outcome, .. } => kind_of_picture(*outcome),
            CallFailure::Trial { fault, .. } => kind_of_picture(fault.outcome()),
            _ => ("internal", 6),
        }
    }

    pub(super) fn numbers(&self) -> Map<String, Value> {
        let numbers = match &self.0 {
            CallFailure::Picture {
                call,
                picture,
                outcome,
                charged,
                ..
            } => json!({
                "code": outcome,
                "photo": number_of(*picture),
                "call": call,
                "charged_to": charged.charged_to,
                "grant_kind": charged.kind,
                "left": charged.left,
                "repeated": charged.repeated,
            }),
            CallFailure::Trial { picture, fault } => {
                json!({ "code": fault.outcome(), "photo": number_of(*picture) })
            }
            CallFailure::MaterialNotPassed { material, status } => {
                json!({ "material": material, "status_code": status })
            }
            _ => json!({}),
        };
        match numbers {
            Value::Object(numbers) => numbers,
            _ => Map::new(),
        }
    }
}

fn kind_of_picture(outcome: Outcome) -> (&'static str, u8) {
    match outcome {
        Outcome::Undecodable | Outcome::BadSize | Outcome::NotFetched => ("bad_picture", 3),
        Outcome::ServiceFailed => ("internal", 6),
        _ => ("no_usable_face", 4),
    }
}

/// Which photo; `None` for a template.
fn number_of(picture: PictureRole) -> Option<usize> {
    match picture {
        PictureRole::Photo(number) => Some(number),
        PictureRole::Template => None,
    }
}

impl Failure {
    /// A catalogue file with faults.
    pub(crate) fn catalogue(path: &Path, error: CatalogueError) -> Failure {
        Failure::Catalogue {
            path: path.to_owned(),
            faults: error.faults,
        }
    }
}

/// One line for each fault, with the place as editors and terminals read it.
pub(super) fn faults_text(path: &Path, faults: &[Fault]) -> String {
    let path = path.display();
    let count = match faults.len() {
        1 => "a fault".to_owned(),
        many => format!("{many} faults"),
    };
    let mut text = format!("{path}: the catalogue has {count} and cannot be used");
    for fault in faults {
        text += &match fault.line {
            0 => format!("\n{path}: {}", fault.problem),
            line => format!("\n{path}:{line}: {}", fault.problem),
        };
    }
    text
}

pub(super) fn config_text(path: Option<&Path>, faults: &[crate::config::Fault]) -> String {
    let name = path.map_or_else(
        || "the settings".to_owned(),
        |path| path.display().to_string(),
    );
    let mut text = format!("{name}: the configuration cannot be used");
    for fault in faults {
        text += &format!("\n{}: {}", fault.place, fault.what);
    }
    text
}

pub(super) fn config_numbers(faults: &[crate::config::Fault]) -> Map<String, Value> {
    let faults: Vec<Value> = faults
        .iter()
        .map(|fault| json!({ "place": fault.place, "problem": fault.what }))
        .collect();
    Map::from_iter([("faults".to_owned(), Value::Array(faults))])
}

pub(super) fn faults_numbers(faults: &[Fault]) -> Map<String, Value> {
    let faults: Vec<Value> = faults
        .iter()
        .map(|fault| json!({ "line": fault.line, "problem": fault.problem }))
        .collect();
    Map::from_iter([("faults".to_owned(), Value::Array(faults))])
}
