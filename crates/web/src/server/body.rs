//! Reading a request's body to its end, and keeping no more of it than may be.

use super::Shared;
use super::limits::Limits;
use axum::body::{Body, HttpBody};
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// Bytes that are read, and thrown away, of a body that is not kept: who is still sending does not read the
/// answer yet.
const MOST_READ: usize = 64 << 20;

/// A body that is checked where it was read.
pub(super) const SMALL_BODY: usize = 64 << 10;

/// Bytes of one permit.
const UNIT: usize = 1 << 10;

/// The memory that all bodies share.
#[derive(Clone, Debug)]
pub(crate) struct UploadRoom {
    free: Arc<Semaphore>,
    units: usize,
}

/// A part of that memory; given back when dropped.
#[derive(Debug, Default)]
pub(crate) struct HeldRoom {
    permits: Option<OwnedSemaphorePermit>,
    units: usize,
}

/// A body as it came.
#[derive(Debug)]
pub(crate) enum Received {
    /// All of it, and the room it takes.
    Whole(Vec<u8>, HeldRoom),
    /// More than is kept.
    TooLarge,
    /// There was no room for it, or no place for its call, beside the others.
    NoRoom,
}

impl Received {
    /// Bytes of it that are kept.
    pub(super) fn length(&self) -> usize {
        match self {
            Received::Whole(bytes, _) => bytes.len(),
            Received::TooLarge | Received::NoRoom => 0,
        }
    }
}

impl UploadRoom {
    pub(super) fn new(bytes: usize) -> UploadRoom {
        let units = (bytes / UNIT).min(Semaphore::MAX_PERMITS);
        UploadRoom {
            free: Arc::new(Semaphore::new(units)),
            units,
        }
    }

    /// Bytes that bodies take now.
    pub(super) fn taken_bytes(&self) -> usize {
        self.units.saturating_sub(self.free.available_permits()) * UNIT
    }

    /// Room for so many bytes, if there is any.
    pub(super) fn take(&self, bytes: usize) -> Option<HeldRoom> {
        let mut held = HeldRoom::default();
        self.grow(&mut held, bytes).then_some(held)
    }

    /// Makes `held` as large as `bytes`, if that can be.
    fn grow(&self, held: &mut HeldRoom, bytes: usize) -> bool {
        let units = bytes.div_ceil(UNIT);
        let Some(more) = units.checked_sub(held.units).filter(|&more| more > 0) else {
            return true;
        };
        let more = u32::try_from(more).unwrap_or(u32::MAX);
        let Ok(permits) = Arc::clone(&self.free).try_acquire_many_owned(more) else {
            return false;
        };
        match &mut held.permits {
            Some(own) => own.merge(permits),
            none => *none = Some(permits),
        }
        held.units = units;
        true
    }
}

impl HeldRoom {
    /// Gives back what is beyond so many bytes.
    pub(super) fn shrink(&mut self, bytes: usize) {
        let units = bytes.div_ceil(UNIT);
        let (Some(beyond), Some(permits)) = (self.units.checked_sub(units), &mut self.permits)
        else {
            return;
        };
        drop(permits.split(beyond));
        self.units = units;
    }
}

/// Reads a body, and keeps it if it has no more than `most` bytes; `None` where the client went away or took too long.
pub(crate) async fn receive(body: Body, most: usize, shared: &Shared) -> Option<Received> {
    let received = receive_into(body, most, &shared.uploads, &shared.config.limits).await;
    if matches!(received, Some(Received::NoRoom)) {
        shared.watch.numbers().upload_refused();
    }
    received
}

/// Reads a body that nobody wants, so that who sends it gets to reading the answer; `None` as [`receive`].
pub(super) async fn discard(body: Body, shared: &Shared) -> Option<Received> {
    receive(body, 0, shared).await.map(|_| Received::NoRoom)
}

/// As [`receive`], into a room of its own.
pub(super) async fn receive_into(
    body: Body,
    most: usize,
    room: &UploadRoom,
    limits: &Limits,
) -> Option<Received> {
    let read = read(body, most, room, limits);
    timeout(limits.body_timeout, read).await.ok()?
}

async fn read(mut body: Body, most: usize, room: &UploadRoom, limits: &Limits) -> Option<Received> {
    let (mut kept, mut held) = (Vec::new(), HeldRoom::default());
    let mut has_room = true;
    let mut read = 0;
    loop {
        let next = poll_fn(|context| Pin::new(&mut body).poll_frame(context));
        let Some(frame) = timeout(limits.stall_timeout, next).await.ok()? else {
            break;
        };
        // What is no data is a trailer, which nobody asked for.
        let Ok(data) = frame.ok()?.into_data() else {
            continue;
        };
        read += data.len();
        if read > MOST_READ {
            break;
        }
        has_room = has_room && read <= most && room.grow(&mut held, kept.len() + data.len());
        if has_room {
            kept.extend_from_slice(&data);
        } else {
            (kept, held) = (Vec::new(), HeldRoom::default());
        }
    }
    Some(match read <= most {
        true if has_room => Received::Whole(kept, held),
        true => Received::NoRoom,
        false => Received::TooLarge,
    })
}
