//! Materials of all accounts that an operator decides on.

#![expect(
    unused_qualifications,
    reason = "what the operations expand to is not ours"
)]

use crate::console::materials::Material;
use crate::console::shown_picture::{Keeping, Wanted, answer};
use crate::console::{Body, OfReview, Operator, Problem, Problems, Trail, paths, work};
use crate::server::Shared;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use billing::{AccountId, ActivityId, MaterialId, Moment};
use serde::{Deserialize, Serialize};
use service::{ReviewItem, ReviewPlace, Service};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Materials on a page where the caller does not say, and at most.
const USUAL: u64 = 50;
const MOST: u64 = 200;

/// A material of any account with where it belongs.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReviewEntry {
    /// The material with what the machine found.
    material: Material,
    /// Whose.
    #[schema(value_type = String, example = "100001")]
    account: AccountId,
    /// The account's name.
    #[schema(example = "Lanterns Ltd")]
    account_name: String,
    /// Of which activity.
    #[schema(value_type = String, example = "300100")]
    activity: ActivityId,
    /// The activity's name.
    #[schema(example = "春节")]
    activity_name: String,
}

impl From<ReviewItem> for ReviewEntry {
    fn from(item: ReviewItem) -> ReviewEntry {
        ReviewEntry {
            material: item.material.into(),
            account: item.account,
            account_name: item.account_name,
            activity: item.activity,
            activity_name: item.activity_name,
        }
    }
}

/// A page of a queue.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReviewPage {
    /// What waits for a decision comes first where its wait began first; all else where it changed last.
    reviews: Vec<ReviewEntry>,
    /// To be sent as `after` for the next page; `null` on the last.
    #[schema(required = true)]
    next: Option<String>,
    /// How many there are in all.
    counts: ReviewCounts,
}

/// How many materials there are.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReviewCounts {
    /// Wait for a decision.
    #[schema(example = 2)]
    appealed: u64,
    /// Were refused.
    #[schema(example = 7)]
    refused: u64,
    /// All of them.
    #[schema(example = 120)]
    all: u64,
}

/// Which materials.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ReviewQueue {
    /// Those that wait for a decision.
    #[default]
    Appealed,
    /// Those that the machine or a person refused.
    Refused,
    /// All.
    All,
}

impl From<ReviewQueue> for store::ReviewQueue {
    fn from(queue: ReviewQueue) -> store::ReviewQueue {
        match queue {
            ReviewQueue::Appealed => store::ReviewQueue::Appealed,
            ReviewQueue::Refused => store::ReviewQueue::Refused,
            ReviewQueue::All => store::ReviewQueue::All,
        }
    }
}

/// Which materials, and which page of them.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ReviewFilter {
    /// Those that wait for a decision without it.
    #[serde(default)]
    #[param(inline, required = false)]
    state: ReviewQueue,
    /// The `next` of the page before.
    after: Option<String>,
    /// Materials on the page; 50 where it is left out, 200 at most.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
}

/// A decision.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Decision {
    /// Whether the material may be used.
    approve: bool,
    /// Why, for the customer, at most 200 characters; may be empty.
    #[serde(default)]
    #[schema(example = "The face is painted, and meant to be.")]
    reason: String,
}

/// Materials to decide on
#[utoipa::path(
    get,
    path = "/operator/reviews",
    tag = "operator",
    params(ReviewFilter),
    responses((status = 200, description = "A page of them.", body = ReviewPage), Problems)
)]
async fn reviews(
    State(shared): State<Arc<Shared>>,
    _operator: Operator,
    Query(filter): Query<ReviewFilter>,
) -> Result<Json<ReviewPage>, Problem> {
    let after = filter.after.as_deref().map(place_of).transpose()?;
    let most = filter.limit.unwrap_or(USUAL).clamp(1, MOST);
    let queue = filter.state.into();
    // One more tells whether there is another page.
    let (mut items, counts) = work(&shared, move |service| {
        let items = service.reviews(queue, after, most + 1)?;
        Ok::<_, Problem>((items, service.review_counts()?))
    })
    .await?;
    let on_page = usize::try_from(most).unwrap_or(usize::MAX);
    let is_last = items.len() <= on_page;
    items.truncate(on_page);
    let next = items.last().filter(|_| !is_last);
    Ok(Json(ReviewPage {
        next: next.map(|item| written(item.place())),
        reviews: items.into_iter().map(ReviewEntry::from).collect(),
        counts: ReviewCounts {
            appealed: counts.appealed,
            refused: counts.refused,
            all: counts.all,
        },
    }))
}

fn written(place: ReviewPlace) -> String {
    format!("{}.{}", place.updated.unix_ms(), place.serial)
}

fn place_of(text: &str) -> Result<ReviewPlace, Problem> {
    let read = || {
        let (updated, serial) = text.split_once('.')?;
        Some(ReviewPlace {
            updated: Moment::from_unix_ms(updated.parse().ok()?),
            serial: serial.parse().ok()?,
        })
    };
    read().ok_or_else(|| Problem::malformed("`after` is not the `next` of a page"))
}

/// A material to decide on
#[utoipa::path(
    get,
    path = "/operator/reviews/{material}",
    tag = "operator",
    params(OfReview),
    responses((status = 200, description = "The material.", body = ReviewEntry), Problems)
)]
async fn review(
    State(shared): State<Arc<Shared>>,
    _operator: Operator,
    Path(path): Path<OfReview>,
) -> Result<Json<ReviewEntry>, Problem> {
    let id: MaterialId = paths::id("material", &path.material)?;
    let item = work(&shared, move |service| service.review_item(id)).await?;
    Ok(Json(item.into()))
}

/// Decide on a material
#[utoipa::path(
    post,
    path = "/operator/reviews/{material}",
    tag = "operator",
    params(OfReview),
    request_body = Decision,
    responses((status = 200, description = "Its owner is told.", body = ReviewEntry), Problems)
)]
async fn decide(
    State(shared): State<Arc<Shared>>,
    _operator: Operator,
    trail: Trail,
    Path(path): Path<OfReview>,
    Body(decision): Body<Decision>,
) -> Result<Json<ReviewEntry>, Problem> {
    let id: MaterialId = paths::id("material", &path.material)?;
    let verdict = if decision.approve {
        "approved"
    } else {
        "refused"
    };
    trail.detail(format!("{verdict} {}", decision.reason).trim().to_owned());
    let item = work(&shared, move |service| {
        service.decide_material(id, decision.approve, &decision.reason)?;
        service.review_item(id)
    })
    .await?;
    trail.in_account(item.account);
    Ok(Json(item.into()))
}

/// The picture of a material to decide on
#[utoipa::path(
    get,
    path = "/operator/reviews/{material}/picture",
    tag = "operator",
    params(OfReview, Wanted),
    responses(
        (status = 200, description = "The file as it was uploaded, or the small picture asked for.", content((Vec<u8> = "image/jpeg"), (Vec<u8> = "image/png"))),
        (status = 304, description = "The one that `If-None-Match` names is still the one."),
        Problems
    )
)]
async fn picture(
    State(shared): State<Arc<Shared>>,
    _operator: Operator,
    Path(path): Path<OfReview>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let id: MaterialId = paths::id("material", &path.material)?;
    let find = move |service: &Service| Ok(service.review_picture(id)?);
    answer(&shared, &headers, &wanted, Keeping::Session, find).await
}

pub(super) fn operations() -> OpenApiRouter<Arc<Shared>> {
    OpenApiRouter::new()
        .routes(routes!(reviews))
        .routes(routes!(review, decide))
        .routes(routes!(picture))
}
