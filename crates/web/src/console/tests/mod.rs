//! The console API over HTTP, without a socket.

mod document;
mod members;
mod problems;
mod sessions;
mod trail;
