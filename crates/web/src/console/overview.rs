//! The first page of an account.

use super::accounts::Account;
use super::names::GrantKind;
use super::notices::Notice;
use super::{InAccount, Problem, Problems, Reader, work};
use crate::server::Shared;
use axum::Json;
use axum::extract::State;
use billing::{ActivityId, Day, GrantId, Moment, Money};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Notices that are shown.
const NEWEST_NOTICES: u64 = 5;

/// What an account's people look at first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Overview {
    /// The account.
    account: Account,
    /// Calls of today so far.
    today: CallCounts,
    /// Calls of this month so far.
    month: CallCounts,
    /// The most calls that one activity was let make in a second today. Counted since the server started:
    /// what came before it is not in it.
    #[schema(example = 12)]
    qps_peak_today: u32,
    /// Activities there are.
    #[schema(example = 2)]
    activities: u64,
    /// Materials of all activities.
    #[schema(example = 9)]
    materials: u64,
    /// Postpaid calls of this month so far.
    postpaid: PostpaidSoFar,
    /// Rights to calls that have calls left, those that end first first.
    grants: Vec<GrantForecast>,
    /// The newest notices, five at most.
    notices: Vec<Notice>,
    /// Notices that the user has not seen.
    #[schema(example = 3)]
    unread: u64,
    /// The way from nothing to a campaign, in order.
    first_steps: Vec<FirstStep>,
}

/// Calls by their end. Those that were refused before they began are not in it.
#[derive(Clone, Copy, Debug, Default, Serialize, ToSchema)]
pub(crate) struct CallCounts {
    /// All.
    #[schema(example = 1300)]
    pub(super) calls: u64,
    /// Those that ended in a picture.
    #[schema(example = 1280)]
    pub(super) fused: u64,
    /// The others.
    #[schema(example = 20)]
    pub(super) failed: u64,
}

/// Postpaid calls of a month that is not over.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PostpaidSoFar {
    /// How many.
    #[schema(example = 0)]
    calls: u64,
    /// What they would cost if the month ended now, in yuan.
    #[schema(value_type = String, example = "0.00")]
    amount_so_far: Money,
}

/// A right to calls, and how long it lasts at the pace of the last 7 days.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GrantForecast {
    /// Its id.
    #[schema(value_type = String, example = "1")]
    id: GrantId,
    /// What it comes from.
    kind: GrantKind,
    /// The only activity it pays for; `null` pays for all licensed activities.
    #[schema(value_type = Option<String>, required = true, example = "300100")]
    activity: Option<ActivityId>,
    /// Calls in all.
    #[schema(example = 10000)]
    total: u64,
    /// Calls used.
    #[schema(example = 9000)]
    used: u64,
    /// Calls left.
    #[schema(example = 1000)]
    left: u64,
    /// The first moment after it; `null` never ends.
    #[schema(value_type = Option<String>, format = DateTime, required = true)]
    ends: Option<Moment>,
    /// Calls a day that it paid lately: of the last 7 days, or since it first paid if that is later.
    #[schema(example = 250)]
    per_day: u64,
    /// The day on which it will be used up at that pace; `null` where it ends before that, or pays nothing.
    #[schema(value_type = Option<String>, format = Date, required = true, example = "2026-11-28")]
    runs_out_on: Option<Day>,
}

/// A step on the way to a campaign.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FirstStep {
    /// Which.
    step: Step,
    /// Whether it was done.
    done: bool,
}

/// The steps on the way to a campaign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Step {
    /// There is an activity.
    CreateActivity,
    /// There is a material that calls may use.
    AddMaterial,
    /// A material has degrees of its own.
    Tune,
    /// There is an API key.
    CreateKey,
    /// A call was made.
    FirstCall,
    /// A licence was bought.
    BuyLicence,
}

/// Overview
#[utoipa::path(
    get,
    path = "/accounts/{account}/overview",
    tag = "account",
    params(InAccount),
    responses((status = 200, description = "The account at a glance.", body = Overview), Problems)
)]
async fn get_overview(
    State(shared): State<Arc<Shared>>,
    reader: Reader,
) -> Result<Json<Overview>, Problem> {
    let (account, user) = (reader.account, reader.user.id);
    let overview = work(&shared, move |service| {
        let reading = service.reading(account, user)?;
        let told = service.notices_before(account, None, NEWEST_NOTICES)?;
        let notice = |view| Notice::new(view, reading.seen, service.calendar());
        let found = service.overview(account)?;
        Ok::<_, Problem>(Overview {
            account: Account::new(service.account(account)?, service.grants(account)?),
            today: found.today.into(),
            month: found.month.into(),
            qps_peak_today: found.qps_peak_today,
            activities: found.activities,
            materials: found.materials,
            postpaid: PostpaidSoFar {
                calls: found.postpaid_calls,
                amount_so_far: found.postpaid_so_far,
            },
            grants: found.grants.into_iter().map(GrantForecast::from).collect(),
            notices: told.into_iter().map(notice).collect(),
            unread: reading.unread,
            first_steps: first_steps(found.first_steps),
        })
    });
    Ok(Json(overview.await?))
}

impl From<service::CallCounts> for CallCounts {
    fn from(counts: service::CallCounts) -> CallCounts {
        CallCounts {
            calls: counts.calls,
            fused: counts.fused,
            failed: counts.calls - counts.fused,
        }
    }
}

impl From<service::GrantForecast> for GrantForecast {
    fn from(forecast: service::GrantForecast) -> GrantForecast {
        let grant = forecast.grant;
        GrantForecast {
            left: grant.left(),
            id: grant.id,
            kind: grant.kind.into(),
            activity: grant.activity,
            total: grant.total,
            used: grant.used,
            ends: grant.ends,
            per_day: forecast.per_day,
            runs_out_on: forecast.runs_out_on,
        }
    }
}

fn first_steps(done: service::FirstSteps) -> Vec<FirstStep> {
    [
        (Step::CreateActivity, done.create_activity),
        (Step::AddMaterial, done.add_material),
        (Step::Tune, done.tune),
        (Step::CreateKey, done.create_key),
        (Step::FirstCall, done.first_call),
        (Step::BuyLicence, done.buy_licence),
    ]
    .into_iter()
    .map(|(step, done)| FirstStep { step, done })
    .collect()
}

pub(super) fn operations() -> OpenApiRouter<Arc<Shared>> {
    OpenApiRouter::new().routes(routes!(get_overview))
}
