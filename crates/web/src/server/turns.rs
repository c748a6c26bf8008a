//! A core for work that is no cloud-API call but stands in the same lines as those.

use super::Shared;
use billing::ActivityId;
use service::clock::Clock as _;
use service::pool::TurnOf;
use std::sync::Arc;
use tokio::sync::oneshot;

/// Why work was not begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NoTurn {
    /// Too much waits, or it waited too long.
    Busy,
    /// A worker broke down in it; what was done is not known.
    Broken,
}

/// Waits in an activity's line and has the work done on a core, then what waits for disks by a courier; it
/// begins within so many seconds or not at all. Where this is dropped, work that did not begin yet never does.
pub(crate) async fn on_core<M: Send + 'static, T: Send + 'static>(
    shared: &Arc<Shared>,
    activity: ActivityId,
    within_s: u32,
    work: impl FnOnce(&Shared) -> M + Send + 'static,
    then: impl FnOnce(&Shared, M) -> T + Send + 'static,
) -> Result<T, NoTurn> {
    let (answered, answer) = oneshot::channel();
    let deadline_ns = shared.stopwatch.monotonic_ns() + u64::from(within_s) * 1_000_000_000;
    let worker = Arc::clone(shared);
    let submitted = shared
        .pool
        .submit(activity.number(), deadline_ns, move |turn| {
            // Who went away does not want it any more.
            let answer_with = |done| drop(answered.send(done));
            match turn {
                TurnOf::Work => {
                    let made = work(&worker);
                    let shared = Arc::clone(&worker);
                    shared
                        .couriers
                        .send(move || answer_with(Ok(then(&worker, made))));
                }
                TurnOf::Expired => answer_with(Err(NoTurn::Busy)),
            }
        });
    let _wanted = submitted.map_err(|_| NoTurn::Busy)?;
    answer.await.unwrap_or(Err(NoTurn::Broken))
}
