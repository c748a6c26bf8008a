//! Fusions: their mark, waiting for a core, the call itself, its delivery.

use super::Shared;
use super::fetching;
use super::marks::{self, LOGO_KEPT};
use super::order::{Admitted, Order};
use super::reply::Reply;
use crate::codes::ApiError;
use data_encoding::BASE64;
use service::clock::Clock as _;
use service::course::{Course, Stage};
use service::pool::TurnOf;
use service::{CallFailure, FusedPicture, MadeCall};
use std::sync::Arc;
use tokio::sync::oneshot;

use crate::wire::{Answer, Logo, ResultForm};

/// Seconds in which a call must begin.
pub(super) const BEGINS_WITHIN_S: u32 = 10;

/// Reads the mark, fetches what is given by URL, waits for a core, has it make the picture, and a courier keep and charge it. A client that goes away drops this, and a
/// call that did not begin yet never does.
pub(super) async fn fuse(
    shared: &Arc<Shared>,
    mut order: Order,
    admitted: Admitted,
    course: &Arc<Course>,
) -> Reply {
    match marks::mark(shared, &order).await {
        Ok(mark) => order.labelling.mark = mark,
        Err(error) => return error.into(),
    }
    let (order, admitted) = match fetching::fetch(shared, order, admitted, course).await {
        Ok(fetched) => fetched,
        Err(error) => return error.into(),
    };
    let (answered, answer) = oneshot::channel();
    let deadline_ns = shared.stopwatch.monotonic_ns() + u64::from(BEGINS_WITHIN_S) * 1_000_000_000;
    let group = order.activity().number();
    let worker = Arc::clone(shared);
    let (course, came_ns) = (Arc::clone(course), course.now_ns());
    // Who went away does not want the answer any more.
    let answer_with = |reply| drop(answered.send(reply));
    let submitted = shared.pool.submit(group, deadline_ns, move |turn| {
        course.note(Stage::Queue, came_ns, course.now_ns());
        if turn == TurnOf::Expired {
            worker.watch.numbers().queue_expired();
            let most_s = BEGINS_WITHIN_S;
            return answer_with(ApiError::TimedOut { most_s }.into());
        }
        let made = course.follow(|| order.make(&worker.service, admitted));
        // The core is free for the next; what is left waits for disks.
        let shared = Arc::clone(&worker);
        shared.couriers.send(move || {
            answer_with(course.follow(|| deliver(&order, &worker, made)));
        });
    });
    let _wanted = match submitted {
        Ok(wanted) => wanted,
        Err(overload) => {
            shared.watch.numbers().queue_refused(&overload);
            return ApiError::from(overload).into();
        }
    };
    answer.await.unwrap_or_else(|_| {
        let detail = "a worker broke down during the call".to_owned();
        ApiError::ChargeUnknown { detail }.into()
    })
}

fn deliver(order: &Order, shared: &Shared, made: Result<MadeCall, CallFailure>) -> Reply {
    match made.and_then(|made| shared.service.deliver(made, &order.labelling)) {
        Ok(fused) => {
            let keeps_mark = matches!(order.logo(), Some(Logo::Absent)) && !order.is_exempt;
            Reply {
                result: Ok(answer_of(order, &fused)),
                charged: Some(fused.charged),
                warning: keeps_mark.then_some(LOGO_KEPT),
            }
        }
        Err(failure) => {
            let charged = match &failure {
                CallFailure::Picture { charged, .. } => Some(charged.clone()),
                _ => None,
            };
            Reply {
                result: Err(failure.into()),
                charged,
                warning: None,
            }
        }
    }
}

/// The answer with the picture, or with where it can be fetched.
fn answer_of(order: &Order, fused: &FusedPicture) -> Answer {
    let picture = match (order.result(), &fused.kept) {
        (ResultForm::Url, Some(kept)) => format!("{}/results/{}", order.base, kept.key),
        _ => BASE64.encode(&fused.bytes),
    };
    Answer::fused(order.operation, picture, order.review())
}
