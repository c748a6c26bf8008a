//! How much of a server its clients may take together.

use std::time::Duration;

/// What clients may take: connections, memory, time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Connections that are open at once. Who comes when there are as many waits to be accepted.
    pub connections: usize,
    /// Bytes of all request bodies that are in memory at once. A body that finds no room is refused.
    pub upload_bytes: usize,
    /// How long a client may take to send the head of a request; also how long a connection may be idle
    /// between two requests.
    pub head_timeout: Duration,
    /// How long a client may take to send a body.
    pub body_timeout: Duration,
    /// How long a client may send nothing at all in the middle of a body.
    pub stall_timeout: Duration,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            connections: 4096,
            upload_bytes: 512 << 20,
            head_timeout: Duration::from_secs(30),
            body_timeout: Duration::from_secs(60),
            stall_timeout: Duration::from_secs(15),
        }
    }
}
