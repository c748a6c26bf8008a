use super::Problem;
use crate::codes::refusal_chinese;
use axum::http::StatusCode;
use billing::Refusal;
use billing::plan::PlanRefusal;
use serde::Serialize;
use serde_json::Value;
use service::{CampaignFault, PeopleFault};
use std::fmt::Display;

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        let chinese = refusal_chinese::chinese(&refusal);
        of(status(&refusal), chinese, &refusal)
    }
}

impl From<PlanRefusal> for Problem {
    fn from(refusal: PlanRefusal) -> Problem {
        let chinese = super::chinese::plan(&refusal);
        of(StatusCode::UNPROCESSABLE_ENTITY, chinese, &refusal)
    }
}

impl From<PeopleFault> for Problem {
    fn from(fault: PeopleFault) -> Problem {
        let status = match fault {
            PeopleFault::WrongLogin | PeopleFault::CodeNeeded => StatusCode::UNAUTHORIZED,
            // Who signs in has no session yet; who changes something has one, and keeps it.
            PeopleFault::WrongCode => StatusCode::UNAUTHORIZED,
            PeopleFault::TooManyAttempts { .. } => StatusCode::TOO_MANY_REQUESTS,
            PeopleFault::LoginTaken { .. }
            | PeopleFault::AlreadyMember { .. }
            | PeopleFault::LastOwner
            | PeopleFault::LastOperator
            | PeopleFault::TotpActive
            | PeopleFault::NoTotp => StatusCode::CONFLICT,
            PeopleFault::WrongPassword
            | PeopleFault::BadLogin { .. }
            | PeopleFault::PasswordLength { .. }
            | PeopleFault::PasswordIsLogin
            | PeopleFault::EndsInThePast => StatusCode::UNPROCESSABLE_ENTITY,
        };
        of(status, super::people_chinese::chinese(&fault), &fault)
    }
}

impl From<CampaignFault> for Problem {
    fn from(fault: CampaignFault) -> Problem {
        let status = match fault {
            CampaignFault::NoConsent => StatusCode::FORBIDDEN,
            CampaignFault::TooManyVisits { .. } => StatusCode::TOO_MANY_REQUESTS,
            CampaignFault::SlugTaken { .. }
            | CampaignFault::NothingToShow
            | CampaignFault::NothingPays
            | CampaignFault::ConsentOutdated => StatusCode::CONFLICT,
            CampaignFault::BadSlug { .. }
            | CampaignFault::TextLength { .. }
            | CampaignFault::TextControl { .. }
            | CampaignFault::BadColour { .. }
            | CampaignFault::OutOfRange { .. }
            | CampaignFault::TooManyChosen { .. }
            | CampaignFault::NotOfActivity { .. }
            | CampaignFault::BadCover { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        };
        of(status, super::campaign_chinese::chinese(&fault), &fault)
    }
}

/// A refusal with its own code and numbers, as it serialises.
fn of(status: StatusCode, chinese: String, refusal: &(impl Serialize + Display)) -> Problem {
    let code = match serde_json::to_value(refusal) {
        Ok(Value::Object(fields)) => fields
            .get("code")
            .and_then(Value::as_str)
            .map(str::to_owned),
        _ => None,
    };
    let code = code.unwrap_or_else(|| "refused".to_owned());
    Problem::new(status, code, chinese, refusal.to_string()).with_fields(refusal)
}

/// 409 for what another state of things would allow, 422 for what no state does.
fn status(refusal: &Refusal) -> StatusCode {
    match refusal {
        Refusal::OverQps { .. } => StatusCode::TOO_MANY_REQUESTS,
        Refusal::AccountSuspended
        | Refusal::InArrears { .. }
        | Refusal::NotEntitled { .. }
        | Refusal::TokenReused
        | Refusal::QuotaBelowMaterials { .. }
        | Refusal::TooManyActivities { .. }
        | Refusal::LockedByLicence { .. }
        | Refusal::MaterialsFrozen { .. }
        | Refusal::QuotaFull { .. }
        | Refusal::WrongReviewState { .. }
        | Refusal::AlreadyLicensed { .. }
        | Refusal::NotLicensed
        | Refusal::NoLicensedActivity
        | Refusal::BeyondLicence { .. }
        | Refusal::AboveCeiling { .. }
        | Refusal::BalanceTooLow { .. }
        | Refusal::PriceChanged { .. }
        | Refusal::OrderKeyReused => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}
