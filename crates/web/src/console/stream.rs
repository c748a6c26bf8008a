//! Answers that are read from the books while they are sent.

use axum::body::{Body, Bytes, HttpBody};
use http_body::Frame;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::sync::mpsc::{Receiver, channel};

/// Pieces that wait to be sent.
const MOST_WAITING: usize = 2;

struct Pieces(Receiver<io::Result<Bytes>>);

impl HttpBody for Pieces {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let piece = self.0.poll_recv(context);
        piece.map(|piece| piece.map(|piece| piece.map(Frame::data)))
    }
}

/// A body of `head` and what `more` adds, asked again until it says that there is no more. It runs on a
/// thread that may wait, never far ahead of what was sent, and not at all once the receiver is gone. After an
/// error the body ends early, which its receiver sees.
pub(crate) fn stream(
    head: String,
    mut more: impl FnMut(&mut String) -> io::Result<bool> + Send + 'static,
) -> Body {
    let (sender, receiver) = channel(MOST_WAITING);
    tokio::task::spawn_blocking(move || {
        let mut text = head;
        loop {
            let went_on = more(&mut text);
            let (piece, is_last) = match went_on {
                Ok(is_more) => (Ok(Bytes::from(std::mem::take(&mut text))), !is_more),
                Err(error) => (Err(error), true),
            };
            let is_empty = piece.as_ref().is_ok_and(Bytes::is_empty);
            if !is_empty && sender.blocking_send(piece).is_err() || is_last {
                return;
            }
        }
    });
    Body::new(Pieces(receiver))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::to_bytes;

    fn received(body: impl FnOnce() -> Body) -> Option<Vec<u8>> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        let bytes = runtime.block_on(async { to_bytes(body(), usize::MAX).await });
        bytes.ok().map(|bytes| bytes.to_vec())
    }

    #[test]
    fn pieces_in_their_order() {
        let mut left = 9;
        let more = move |text: &mut String| {
            left -= 1;
            text.push_str(&left.to_string());
            Ok(left > 0)
        };
        let bytes = received(|| stream("head ".to_owned(), more));
        assert_eq!(bytes.unwrap(), b"head 876543210");
        let bytes = received(|| stream(String::new(), |_| Ok(false)));
        assert_eq!(bytes.unwrap(), b"");
    }

    #[test]
    fn an_error_is_no_end() {
        let bytes = received(|| stream("head".to_owned(), |_| Err(io::Error::other("no disk"))));
        assert_eq!(bytes, None);
    }
}
