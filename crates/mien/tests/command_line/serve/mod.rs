//! `mien serve` as a client meets it: the real process, over sockets, signed.

mod answers;
mod client;
mod process;
mod refusals;
mod sign_in;
mod snippets;
mod watched;
