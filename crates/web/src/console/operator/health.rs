//! How the service does.

use crate::console::{Operator, Problem, Problems, work};
use crate::server::{Shared, watch};
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use service::Load;
use std::sync::Arc;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// How the service does.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Health {
    /// Its version.
    #[schema(example = "0.1.0")]
    version: String,
    /// Seconds since it was started.
    #[schema(example = 86400)]
    uptime_s: u64,
    /// The line before the cores.
    queue: Queue,
    /// How many minutes `stages` and `outcomes` look back, the one under way included.
    #[schema(example = 5)]
    minutes: u64,
    /// How long calls were in each stage, in the order of work; stages that none went through are left out.
    stages: Vec<StageTimes>,
    /// How calls ended, the most frequent first.
    outcomes: Vec<OutcomeCount>,
    /// The room of the data.
    disk: Disk,
    /// How busy the machine is; `null` where the system does not tell.
    #[schema(required = true)]
    load: Option<MachineLoad>,
}

/// The line before the cores.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Queue {
    /// Calls that wait.
    #[schema(example = 0)]
    waiting: usize,
    /// Calls that are worked on.
    #[schema(example = 2)]
    running: usize,
    /// Threads that work.
    #[schema(example = 8)]
    workers: usize,
    /// Calls that may wait; more are refused.
    #[schema(example = 512)]
    most_waiting: usize,
}

/// How long calls were in a stage; right to a sixteenth.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StageTimes {
    /// The stage.
    #[schema(example = "fuse")]
    stage: String,
    /// Calls that went through it.
    #[schema(example = 1300)]
    calls: u64,
    /// Half took no longer, in milliseconds.
    #[schema(example = 21.5)]
    p50_ms: f64,
    /// 95 % took no longer.
    #[schema(example = 33.0)]
    p95_ms: f64,
    /// 99 % took no longer.
    #[schema(example = 41.0)]
    p99_ms: f64,
}

/// How often calls ended in some way.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OutcomeCount {
    /// The code of an error of the cloud API; `OK` for an answer, `ClientGone` for none.
    #[schema(example = "OK")]
    code: String,
    /// How often.
    #[schema(example = 1300)]
    count: u64,
}

/// The room of the data.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Disk {
    /// Bytes that are taken where the pictures lie, by whatever; `null` where that place does not tell.
    #[schema(required = true, example = 42000000000_u64)]
    used_bytes: Option<u64>,
    /// Bytes that are free there.
    #[schema(required = true, example = 58000000000_u64)]
    free_bytes: Option<u64>,
    /// Bytes that the books take.
    #[schema(example = 1200000)]
    books_bytes: u64,
}

/// Processes that run or wait to run, on an average.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MachineLoad {
    /// Over one minute.
    #[schema(example = 0.7)]
    one_minute: f64,
    /// Over five minutes.
    #[schema(example = 0.5)]
    five_minutes: f64,
    /// Over fifteen minutes.
    #[schema(example = 0.4)]
    fifteen_minutes: f64,
}

impl From<Load> for MachineLoad {
    fn from(load: Load) -> MachineLoad {
        let number = |hundredths: u64| hundredths as f64 / 100.0;
        MachineLoad {
            one_minute: number(load.one_minute),
            five_minutes: number(load.five_minutes),
            fifteen_minutes: number(load.fifteen_minutes),
        }
    }
}

impl From<&watch::StageSummary> for StageTimes {
    fn from(stage: &watch::StageSummary) -> StageTimes {
        let ms = |us: u64| us as f64 / 1000.0;
        StageTimes {
            stage: stage.stage.to_owned(),
            calls: stage.count,
            p50_ms: ms(stage.p50_us),
            p95_ms: ms(stage.p95_us),
            p99_ms: ms(stage.p99_us),
        }
    }
}

impl From<&watch::OutcomeCount> for OutcomeCount {
    fn from(outcome: &watch::OutcomeCount) -> OutcomeCount {
        OutcomeCount {
            code: outcome.code.to_owned(),
            count: outcome.count,
        }
    }
}

/// How the service does
#[utoipa::path(
    get,
    path = "/operator/health",
    tag = "operator",
    responses((status = 200, description = "Now, and in the last minutes.", body = Health), Problems)
)]
async fn health(
    State(shared): State<Arc<Shared>>,
    _operator: Operator,
) -> Result<Json<Health>, Problem> {
    let room = work(&shared, |service| service.room()).await?;
    let (size, summary) = (shared.pool().size(), shared.summary());
    Ok(Json(Health {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        uptime_s: shared.uptime_s(),
        queue: Queue {
            waiting: summary.queue_waiting,
            running: summary.queue_working,
            workers: size.workers,
            most_waiting: size.most_waiting,
        },
        minutes: summary.minutes,
        stages: summary.stages.iter().map(StageTimes::from).collect(),
        outcomes: summary.outcomes.iter().map(OutcomeCount::from).collect(),
        disk: Disk {
            used_bytes: room.used_bytes,
            free_bytes: room.free_bytes,
            books_bytes: room.books_bytes,
        },
        load: Load::now().map(MachineLoad::from),
    }))
}

pub(super) fn operations() -> OpenApiRouter<Arc<Shared>> {
    OpenApiRouter::new().routes(routes!(health))
}
