//! Reading a request's body to its end, and keeping no more of it than may be.

use axum::body::{Body, HttpBody};
use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;

/// Bytes that are read, and thrown away, of a body that is too large: who is still sending does not
/// read the answer yet.
const MOST_READ: usize = 64 << 20;

/// How long a client may take to send its body.
const PATIENCE: Duration = Duration::from_secs(60);

/// A body as it came.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Received {
    /// All of it.
    Whole(Vec<u8>),
    /// More than is kept.
    TooLarge,
}

/// Reads a body of at most so many bytes; `None` where the client went away or took too long.
pub(crate) async fn receive(body: Body, most: usize) -> Option<Received> {
    tokio::time::timeout(PATIENCE, read(body, most))
        .await
        .ok()?
}

async fn read(mut body: Body, most: usize) -> Option<Received> {
    let mut kept = Vec::new();
    let mut read = 0;
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        // What is no data is a trailer, which nobody asked for.
        let Ok(data) = frame.ok()?.into_data() else {
            continue;
        };
        read += data.len();
        if read <= most {
            kept.extend_from_slice(&data);
        } else if read > MOST_READ {
            break;
        } else {
            kept = Vec::new();
        }
    }
    Some(match read <= most {
        true => Received::Whole(kept),
        false => Received::TooLarge,
    })
}
