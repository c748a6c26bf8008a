//! What a call gives by URL, fetched before the call waits for a core.
//!
//! Somebody's slow server takes a thread here and no core. Activities take turns, and none has more than a part of
//! the threads, so that the slow servers of one do not hold the pictures of all others up. The most that a call
//! can fetch has its place in the memory of uploads before it is fetched.

use super::Shared;
use super::fusions::BEGINS_WITHIN_S;
use super::order::{Admitted, Order};
use crate::codes::ApiError;
use service::clock::Clock as _;
use service::course::{Course, Stage};
use service::pool::{Pool, PoolSize, TurnOf};
use std::io;
use std::sync::Arc;
use tokio::sync::oneshot;

/// Threads that fetch, for each core: a picture takes a few hundredths of a second of a core, and from a slow
/// server a second.
const THREADS_PER_CORE: usize = 16;

/// Threads on a small machine.
const LEAST_THREADS: usize = 48;

/// The part of the threads that one activity may have.
const PART_OF_ONE: usize = 3;

/// What a fetch takes until that is known better.
const USUAL_NS: u64 = 200_000_000;

/// Starts the threads that fetch.
pub(super) fn start(cores: usize, now_ns: Arc<dyn Fn() -> u64 + Send + Sync>) -> io::Result<Pool> {
    let workers = (cores * THREADS_PER_CORE).max(LEAST_THREADS);
    let size = PoolSize {
        workers,
        most_waiting: workers * 4,
        most_per_group: workers / PART_OF_ONE,
    };
    Pool::start(size, now_ns, USUAL_NS)
}

/// Has the pictures of a call fetched that it gives by URL. A client that goes away drops this, and a fetch that
/// did not begin yet never does.
pub(super) async fn fetch(
    shared: &Arc<Shared>,
    mut order: Order,
    admitted: Admitted,
    course: &Arc<Course>,
) -> Result<(Order, Admitted), ApiError> {
    let most_bytes = order.most_fetched_bytes();
    if most_bytes == 0 {
        return Ok((order, admitted));
    }
    let (worker, course) = (Arc::clone(shared), Arc::clone(course));
    let came_ns = course.now_ns();
    let group = order.activity().number();
    on_thread(shared, group, move || {
        course.note(Stage::Queue, came_ns, course.now_ns());
        let mut room = worker.uploads.take(most_bytes).ok_or(ApiError::Busy)?;
        let admitted = course.follow(|| order.fetch(&worker.service, admitted));
        room.shrink(admitted.fetched_bytes());
        order.hold(room);
        Ok((order, admitted))
    })
    .await
}

/// Does work that waits for somebody's server when it is the group's turn.
pub(super) async fn on_thread<T: Send + 'static>(
    shared: &Arc<Shared>,
    group: u64,
    work: impl FnOnce() -> Result<T, ApiError> + Send + 'static,
) -> Result<T, ApiError> {
    let (answered, answer) = oneshot::channel();
    let deadline_ns = shared.stopwatch.monotonic_ns() + u64::from(BEGINS_WITHIN_S) * 1_000_000_000;
    let submitted = shared.fetching.submit(group, deadline_ns, move |turn| {
        let most_s = BEGINS_WITHIN_S;
        // Who went away does not want it any more.
        drop(answered.send(match turn {
            TurnOf::Work => work(),
            TurnOf::Expired => Err(ApiError::TimedOut { most_s }),
        }));
    });
    let _wanted = submitted.map_err(|overload| {
        shared.watch.numbers().queue_refused(&overload);
        ApiError::from(overload)
    })?;
    answer.await.unwrap_or_else(|_| {
        let detail = "a thread broke down while it fetched".to_owned();
        Err(ApiError::Internal { detail })
    })
}
