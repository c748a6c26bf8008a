//! The cloud API 3.0 as a server speaks it: who signed a request, what it asks for, how its answer looks.
//!
//! [`tc3`] verifies signatures, [`dispatch`] finds the operation, [`accept`](mod@accept) does both in
//! their order; [`wire`] reads fields into plain values and writes answers; [`codes`] is the one table of
//! errors. All of that is a pure function of its arguments: no sockets, no threads, no clock. [`server`] is
//! the HTTP server around it; `console` and `campaign` answer browsers in it. These three alone are asynchronous.

pub mod accept;
mod campaign;
pub mod codes;
mod console;
pub mod dispatch;
pub mod language;
pub mod request;
pub mod server;
pub mod tc3;
pub mod wire;
