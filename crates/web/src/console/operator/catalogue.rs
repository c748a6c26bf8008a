//! The catalogue: its editions, and the next one.

use crate::console::planning::Catalogue;
use crate::console::{Body, OfEdition, Operator, Problem, Problems, Trail, paths, work};
use crate::server::Shared;
use axum::Json;
use axum::extract::{Path, State};
use billing::Moment;
use billing::catalogue::Difference;
use serde::{Deserialize, Serialize};
use service::{CatalogueCheck, CatalogueFault, Service};
use std::sync::Arc;
use store::CatalogueEdition;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// An edition of the catalogue.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Edition {
    /// Counts up from 1.
    #[schema(example = 2)]
    edition: u64,
    /// The version it names itself by.
    #[schema(example = "2027-01")]
    version: String,
    /// From when it is, or was, in force.
    #[schema(value_type = String, format = DateTime, example = "2026-11-24T03:00:00Z")]
    since: Moment,
}

impl From<&CatalogueEdition> for Edition {
    fn from(edition: &CatalogueEdition) -> Edition {
        Edition {
            edition: edition.edition,
            version: edition.version.clone(),
            since: edition.since,
        }
    }
}

/// The catalogue and its history.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Editions {
    /// All editions, the newest first; that one is in force.
    editions: Vec<Edition>,
    /// The file of the one in force (TOML).
    text: String,
    /// What it says.
    catalogue: Catalogue,
}

/// An edition with its file.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EditionText {
    /// Counts up from 1.
    #[schema(example = 2)]
    edition: u64,
    /// The version it names itself by.
    #[schema(example = "2027-01")]
    version: String,
    /// From when it is, or was, in force.
    #[schema(value_type = String, format = DateTime, example = "2026-11-24T03:00:00Z")]
    since: Moment,
    /// Its file (TOML).
    text: String,
    /// In what it differs from the edition before; empty for the first.
    diff: Vec<CatalogueChange>,
}

/// The file of an edition (TOML).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CatalogueText {
    /// The file.
    text: String,
}

/// Whether a file can be the next edition.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CatalogueVerdict {
    /// Whether it can.
    valid: bool,
    /// What is wrong with it, by line; empty where it is valid.
    faults: Vec<CatalogueProblem>,
    /// In what it differs from the edition in force, by path; empty where it cannot be read.
    diff: Vec<CatalogueChange>,
}

/// Something wrong with a file.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CatalogueProblem {
    /// What it is about; empty for the whole.
    #[schema(example = "licence.0.price")]
    path: String,
    /// The line, from 1; `null` where a whole part is missing.
    #[schema(required = true, example = 12)]
    line: Option<usize>,
    /// What is wrong and what would be right.
    message: String,
    /// The same in Chinese.
    #[schema(example = "price 为 -1.00，须在 0.00 与 1000000000.00 之间")]
    message_zh: String,
}

/// Something in which two editions differ.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CatalogueChange {
    /// Where; packages and packs go by their ids, tiers by their number from 0.
    #[schema(example = "licences.small.price")]
    path: String,
    /// What was there; `null` for nothing.
    #[schema(required = true, example = "5000.00")]
    before: Option<String>,
    /// What is there now; `null` for nothing.
    #[schema(required = true, example = "4800.00")]
    after: Option<String>,
}

impl From<Difference> for CatalogueChange {
    fn from(difference: Difference) -> CatalogueChange {
        CatalogueChange {
            path: difference.path,
            before: difference.before,
            after: difference.after,
        }
    }
}

impl From<CatalogueFault> for CatalogueProblem {
    fn from(fault: CatalogueFault) -> CatalogueProblem {
        CatalogueProblem {
            path: fault.path,
            line: fault.line,
            message: fault.problem,
            message_zh: fault.problem_zh,
        }
    }
}

impl From<CatalogueCheck> for CatalogueVerdict {
    fn from(check: CatalogueCheck) -> CatalogueVerdict {
        let diff = check.differences.into_iter();
        CatalogueVerdict {
            valid: check.faults.is_empty(),
            faults: check.faults.into_iter().map(Into::into).collect(),
            diff: diff.map(CatalogueChange::from).collect(),
        }
    }
}

/// The catalogue and its history
#[utoipa::path(
    get,
    path = "/operator/catalogue",
    tag = "operator",
    responses((status = 200, description = "The catalogue.", body = Editions), Problems)
)]
async fn catalogue_editions(
    State(shared): State<Arc<Shared>>,
    _operator: Operator,
) -> Result<Json<Editions>, Problem> {
    Ok(Json(work(&shared, editions).await?))
}

fn editions(service: &Service) -> Result<Editions, Problem> {
    let all = service.catalogue_editions()?;
    let text = all.last().map(|newest| newest.text.clone());
    Ok(Editions {
        editions: all.iter().rev().map(Edition::from).collect(),
        text: text.unwrap_or_default(),
        catalogue: Catalogue::from(&*service.catalogue()),
    })
}

/// An edition of the catalogue
#[utoipa::path(
    get,
    path = "/operator/catalogue/{edition}",
    tag = "operator",
    params(OfEdition),
    responses((status = 200, description = "The edition.", body = EditionText), Problems)
)]
async fn catalogue_edition(
    State(shared): State<Arc<Shared>>,
    _operator: Operator,
    Path(path): Path<OfEdition>,
) -> Result<Json<EditionText>, Problem> {
    let number: u64 = paths::id("catalogue edition", &path.edition)?;
    let found = work(&shared, move |service| service.catalogue_edition(number));
    let (edition, differences) = found.await?;
    Ok(Json(EditionText {
        edition: edition.edition,
        version: edition.version,
        since: edition.since,
        text: edition.text,
        diff: differences.into_iter().map(CatalogueChange::from).collect(),
    }))
}

/// Check the next edition
#[utoipa::path(
    post,
    path = "/operator/catalogue/check",
    tag = "operator",
    request_body = CatalogueText,
    responses((status = 200, description = "Whether it can be put into force, and what it would change.", body = CatalogueVerdict), Problems)
)]
async fn check_catalogue(
    State(shared): State<Arc<Shared>>,
    _operator: Operator,
    trail: Trail,
    Body(next): Body<CatalogueText>,
) -> Result<Json<CatalogueVerdict>, Problem> {
    trail.changes_nothing();
    let check = work(&shared, move |service| service.check_catalogue(&next.text)).await?;
    Ok(Json(check.into()))
}

/// Put the next edition into force
#[utoipa::path(
    post,
    path = "/operator/catalogue",
    tag = "operator",
    request_body = CatalogueText,
    responses((status = 200, description = "It is in force from now on; what was bought keeps its price.", body = Editions), Problems)
)]
async fn apply_catalogue(
    State(shared): State<Arc<Shared>>,
    _operator: Operator,
    trail: Trail,
    Body(next): Body<CatalogueText>,
) -> Result<Json<Editions>, Problem> {
    let applied = work(&shared, move |service| {
        let catalogue = service.apply_catalogue(&next.text)?;
        trail.detail(format!("version {}", catalogue.version));
        editions(service)
    });
    Ok(Json(applied.await?))
}

pub(super) fn operations() -> OpenApiRouter<Arc<Shared>> {
    OpenApiRouter::new()
        .routes(routes!(catalogue_editions, apply_catalogue))
        .routes(routes!(check_catalogue))
        .routes(routes!(catalogue_edition))
}
